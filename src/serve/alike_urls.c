/* Parameters are compared one by one, those that are tokens left out. */
#include <config.h>

#include "serve/alike_urls.h"

/* Names whose values are tokens whatever they are; a '*' at the end stands for anything. */
static const struct text token_names[] = {WORD("utm_*"),   WORD("fbclid"),     WORD("gclid"),
                                          WORD("msclkid"), WORD("xssi_token"), WORD("callback"),
                                          WORD("jsonp")};
/* Names whose values are tokens if they are numbers. */
static const struct text number_names[] = {WORD("_"), WORD("cb"), WORD("uncache")};
/* Names whose values are tokens if they are a time in milliseconds, or a random number below 1. */
static const struct text chance_names[] = {WORD("t"),    WORD("v"),       WORD("r"),
                                           WORD("ts"),   WORD("rand"),    WORD("rnd"),
                                           WORD("time"), WORD("nocache"), WORD("cachebust")};

struct text alike_urls_path(struct text key)
{
    ptrdiff_t mark = text_find_char(key, '?');
    return mark < 0 ? key : text_first(key, (size_t)mark);
}

static bool is_among(struct text name, const struct text *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct text known = names[i];
        if (known.at[known.length - 1] == '*'
                ? text_starts(name, text_first(known, known.length - 1))
                : text_equal(name, known))
            return true;
    }
    return false;
}

static bool is_number(struct text value)
{
    for (size_t i = 0; i < value.length; i++)
        if (!ascii_is_digit(value.at[i]))
            return false;
    return value.length > 0;
}

/* 13 digits that begin with 1, or "0." and digits. */
static bool is_chance(struct text value)
{
    if (text_starts(value, TEXT("0.")))
        return is_number(text_skip(value, 2));
    return value.length == 13 && value.at[0] == '1' && is_number(value);
}

#define IS_AMONG(name, names) is_among(name, names, sizeof(names) / sizeof *(names))

static bool is_token(struct text parameter)
{
    struct text value = parameter, name = parameter;
    text_split(&value, '=', &name);
    return IS_AMONG(name, token_names) || (IS_AMONG(name, number_names) && is_number(value)) ||
           (IS_AMONG(name, chance_names) && is_chance(value));
}

/* The next parameter that is no token. */
static bool next_parameter(struct text *query, struct text *parameter)
{
    while (text_split(query, '&', parameter))
        if (parameter->length && !is_token(*parameter))
            return true;
    return false;
}

static bool have_same_parameters(struct text a, struct text b)
{
    struct text one, other;
    for (;;) {
        bool more = next_parameter(&a, &one);
        if (more != next_parameter(&b, &other))
            return false;
        if (!more)
            return true;
        if (!text_equal(one, other))
            return false;
    }
}

/* Whether a path names a file whose content does not depend on the query. */
static bool is_file(struct text path)
{
    static const struct text programs[] = {WORD("asp"), WORD("aspx"), WORD("jsp"),
                                           WORD("php"), WORD("pl"),   WORD("exe"),
                                           WORD("dll"), WORD("cgi"),  WORD("do")};
    struct text rest = path, part, ending = TEXT("");
    ptrdiff_t host_end = text_find_char(path, ')');
    if (host_end < 0)
        return false;
    rest = text_skip(path, (size_t)host_end + 1);
    while (text_split(&rest, '/', &part))
        ending = part;
    struct text name = ending;
    bool has_dot = false;
    while (text_split(&name, '.', &part)) {
        has_dot = has_dot || name.at;
        ending = part;
    }
    return has_dot && ending.length > 0 && ending.length < 6 && !TEXT_IS_ANY(ending, programs);
}

enum alike alike_urls_compare(struct text asked, struct text other)
{
    struct text path = alike_urls_path(asked);
    if (!text_equal(path, alike_urls_path(other)))
        return ALIKE_NOT;
    if (have_same_parameters(text_skip(asked, path.length + 1), text_skip(other, path.length + 1)))
        return ALIKE_TOKEN;
    return is_file(path) ? ALIKE_PATH : ALIKE_NOT;
}
