/* Counts the nodes that regcomp() would make. */
#include <config.h>

#include "base/pattern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum {
    NODES_MOST = 2000, /* of a pattern, with everything that its intervals repeat */
    NESTED_MOST = 64,  /* nested parentheses */
};

/* The larger bound of the interval that begins the text: "{2,30}", "{5}", "{5,}"; at least 1. */
static int64_t interval_bound(const char *interval)
{
    char *end;
    long low = strtol(interval + 1, &end, 10), high = *end == ',' ? strtol(end + 1, NULL, 10) : 0;
    long bound = low > high ? low : high;
    return bound < 1 ? 1 : bound > NODES_MOST ? NODES_MOST : bound;
}

/* The end of the bracket expression that begins the text, or the end of the text. */
static const char *bracket_end(const char *at)
{
    at += at[1] == '^' ? 2 : 1;
    at += *at == ']';
    while (*at && *at != ']')
        at += at[0] == '[' && (at[1] == ':' || at[1] == '.' || at[1] == '=') ? 2 : 1;
    return at;
}

bool pattern_is_cheap(const char *pattern)
{
    /* nodes of the open groups, and of the last item */
    int64_t nodes[NESTED_MOST + 1] = {0}, last = 0;
    int depth = 0;
    if (strlen(pattern) > NODES_MOST)
        return false;
    for (const char *at = pattern; *at; at++) {
        bool escaped = *at == '\\' && at[1];
        at += escaped;
        if (escaped && ascii_is_digit(*at))
            return false;
        if (*at == '(' && !escaped) {
            if (++depth > NESTED_MOST)
                return false;
            nodes[depth] = last = 0;
        } else if (*at == ')' && !escaped && depth > 0) {
            last = nodes[depth--] + 1;
            nodes[depth] += last;
        } else if ((*at == '{' || *at == '+') && !escaped) {
            int64_t bound = *at == '+' ? 2 : interval_bound(at); /* a+ is compiled as aa* */
            nodes[depth] += last * (bound - 1);
            last *= bound;
        } else {
            if (*at == '[' && !escaped)
                at = bracket_end(at);
            last = 1;
            nodes[depth]++;
        }
        if (nodes[depth] > NODES_MOST)
            return false;
        if (!*at)
            break;
    }
    return true;
}
