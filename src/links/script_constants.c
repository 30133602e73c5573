/* Looks at what stands before strings that end in a slash: "=" or ":" and a name. */
#include <config.h>

#include "links/script_constants.h"

#include "links/part_name.h"

enum { NAME_LEAST = 3, NAME_MOST = 60, VALUE_MOST = 200 };

static size_t skip_space_back(struct text script, size_t at)
{
    while (at && ascii_is_space(script.at[at - 1]))
        at--;
    return at;
}

/* The name that ends at `end`, with or without its quotes; the part after the last dot. */
static struct text name_before(struct text script, size_t end)
{
    if (end && (script.at[end - 1] == '"' || script.at[end - 1] == '\''))
        end--;
    size_t from = end;
    while (from && end - from < NAME_MOST &&
           (ascii_is_alnum(script.at[from - 1]) || script.at[from - 1] == '_' ||
            script.at[from - 1] == '$'))
        from--;
    return (struct text){script.at + from, end - from};
}

static void note(struct script_constants *constants, struct text name, struct text value)
{
    for (size_t i = 0; i < constants->count; i++)
        if (text_equal(constants->list[i].name, name)) {
            constants->list[i].vague =
                constants->list[i].vague || !text_equal(constants->list[i].value, value);
            return;
        }
    if (constants->count < SCRIPT_CONSTANTS_MOST)
        constants->list[constants->count++] =
            (struct script_constant){.name = name, .value = value};
}

/* The string that ends with the quote at `close`, up to the same quote before it. */
static struct text string_before(struct text script, size_t close)
{
    size_t from = close;
    while (from && close - from <= VALUE_MOST && script.at[from - 1] != script.at[close] &&
           script.at[from - 1] != '\n')
        from--;
    bool whole = from && script.at[from - 1] == script.at[close];
    return whole ? (struct text){script.at + from, close - from} : TEXT("");
}

/* What the quote at `close` ends, if the name before it is all that it belongs to. */
static void read_string(struct script_constants *constants, struct text script, size_t close)
{
    struct text value = string_before(script, close);
    if (!part_is_shaped(value) || !part_is_clean(value))
        return;
    size_t open = (size_t)(value.at - script.at) - 1, at = skip_space_back(script, open);
    char sign = at ? script.at[at - 1] : '\0';
    bool compares = sign == '=' && at > 1 && (script.at[at - 2] == '=' || script.at[at - 2] == '!');
    if ((sign != '=' && sign != ':') || compares)
        return;
    size_t after = close + 1;
    while (after < script.length && ascii_is_space(script.at[after]))
        after++;
    struct text name = name_before(script, skip_space_back(script, at - 1));
    if (name.length >= NAME_LEAST && (after >= script.length || script.at[after] != '+'))
        note(constants, name, value);
}

void script_constants_read(struct script_constants *constants, struct text script)
{
    constants->count = 0;
    for (size_t at = 0; at + 1 < script.length; at++) {
        ptrdiff_t slash = text_find_char(text_skip(script, at), '/');
        if (slash < 0)
            break;
        at += (size_t)slash;
        char next = at + 1 < script.length ? script.at[at + 1] : '\0';
        if (next == '"' || next == '\'' || next == '`')
            read_string(constants, script, at + 1);
    }
}

bool script_constant_before(const struct script_constants *constants, struct text what,
                            struct text *value, size_t *from)
{
    size_t end = skip_space_back(what, what.length);
    struct text name = end && ascii_is_alnum(what.at[end - 1]) ? name_before(what, end) : TEXT("");
    size_t begin = end - name.length;
    while (begin && (ascii_is_alnum(what.at[begin - 1]) || what.at[begin - 1] == '.') &&
           end - begin < NAME_MOST)
        begin--;
    size_t before = skip_space_back(what, begin);
    if (before && what.at[before - 1] == '+')
        return false;
    for (size_t i = 0; name.length && i < constants->count; i++)
        if (!constants->list[i].vague && text_equal(constants->list[i].name, name)) {
            *value = constants->list[i].value;
            *from = begin;
            return true;
        }
    return false;
}
