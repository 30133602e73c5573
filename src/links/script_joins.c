/* Reads lists of constants twice: what joins them stands behind them. */
#include <config.h>

#include "links/script_joins.h"

#include "links/bundles.h"

enum { STRINGS_MOST = 64, STRING_MOST = 2083, SEPARATOR_MOST = 3 };

static size_t skip_space(struct text script, size_t at)
{
    while (at < script.length && ascii_is_space(script.at[at]))
        at++;
    return at;
}

/* Goes through strings with commas between them, up to the bracket that ends them; adds them, with
 * the separator, if `out` is set.  0: something else is among them. */
static size_t read_strings(struct text script, size_t at, char bracket, struct text separator,
                           struct buf *out)
{
    struct text string;
    size_t first = at;
    for (int count = 0; count < STRINGS_MOST && at - first <= STRING_MOST; count++) {
        at = skip_space(script, at);
        if (!bundle_string(script, &at, STRING_MOST, &string))
            return 0;
        if (out && count)
            buf_add_text(out, separator);
        if (out)
            buf_add_text(out, string);
        at = skip_space(script, at);
        if (at < script.length && script.at[at] == bracket)
            return at;
        if (at >= script.length || script.at[at] != ',')
            return 0;
        at++;
    }
    return 0;
}

bool script_join_list(struct text script, size_t quote, struct buf *out, size_t *open,
                      size_t *close)
{
    struct text separator, method = TEXT("].join(");
    size_t bracket = quote;
    while (bracket && ascii_is_space(script.at[bracket - 1]))
        bracket--;
    if (!bracket || script.at[bracket - 1] != '[')
        return false;
    size_t at = read_strings(script, quote, ']', TEXT(""), NULL);
    if (!at || !text_starts(text_skip(script, at), method))
        return false;
    at = skip_space(script, at + method.length);
    if (!bundle_string(script, &at, SEPARATOR_MOST, &separator))
        return false;
    at = skip_space(script, at);
    if (at >= script.length || script.at[at] != ')' ||
        !read_strings(script, quote, ']', separator, out))
        return false;
    *open = bracket - 1;
    *close = at;
    return true;
}

bool script_join_concat(struct text script, size_t *at, struct buf *out)
{
    struct text method = TEXT(".concat(");
    size_t from = *at + method.length;
    if (!text_starts(text_skip(script, *at), method))
        return false;
    size_t end = read_strings(script, from, ')', TEXT(""), NULL);
    if (!end || !read_strings(script, from, ')', TEXT(""), out))
        return false;
    *at = end + 1;
    return true;
}
