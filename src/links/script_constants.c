/* Looks at what stands before strings that end in a slash: "=" or ":" and a name. */
#include <config.h>

#include "links/script_constants.h"

#include <string.h>

#include "links/part_name.h"

enum { NAME_LEAST = 3, NAME_MOST = 60, VALUE_MOST = 200 };

static bool is_word(char c)
{
    return ascii_is_alnum(c) || c == '_' || c == '$' || c == '.';
}

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
    *constants = (struct script_constants){.script = script};
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

/* ---- names in front of a string ---- */

/* The name that `what` ends with, and where its expression begins: cfg.base.  False: there is none,
 * or more is joined to it in front. */
static bool name_at_end(struct text what, struct text *name, size_t *from)
{
    size_t end = skip_space_back(what, what.length);
    bool named = end && (ascii_is_alnum(what.at[end - 1]) || what.at[end - 1] == '_');
    *name = named ? name_before(what, end) : TEXT("");
    size_t begin = end - name->length;
    while (begin && (ascii_is_alnum(what.at[begin - 1]) || what.at[begin - 1] == '.') &&
           end - begin < NAME_MOST)
        begin--;
    size_t before = skip_space_back(what, begin);
    *from = begin;
    return name->length && !(before && what.at[before - 1] == '+');
}

/* What the script gives to the name of one or two letters at `at`, which is followed by '='. False:
 * no string. */
static bool read_given(struct text script, size_t at, struct text *value)
{
    while (at < script.length && (script.at[at] == '=' || ascii_is_space(script.at[at])))
        at++;
    char quote = at < script.length ? script.at[at] : '\0';
    *value = text_first(text_skip(script, at + 1), VALUE_MOST);
    ptrdiff_t end = quote == '"' || quote == '\'' ? text_find_char(*value, quote) : -1;
    *value = text_first(*value, end < 0 ? 0 : (size_t)end);
    return value->length && part_is_clean(*value);
}

/* Whether the word between the two offsets is joined to something: B+"a", "a"+B, `${B}a`. */
static bool is_joined(struct text script, size_t begin, size_t end)
{
    size_t before = skip_space_back(script, begin);
    while (end < script.length && ascii_is_space(script.at[end]))
        end++;
    return (before && script.at[before - 1] == '+') ||
           (end < script.length && script.at[end] == '+') ||
           (before > 1 && script.at[before - 1] == '{' && script.at[before - 2] == '$');
}

/* A name of one or two letters: given one string, and only joined to others. */
static bool find_short(struct script_constants *constants, struct text name, struct text *value)
{
    struct text script = constants->script;
    int given = 0;
    if (constants->short_lookups++ >= SCRIPT_LOOKUPS_MOST)
        return false;
    for (size_t at = 0;;) {
        ptrdiff_t found = text_find(text_skip(script, at), name);
        if (found < 0)
            return given == 1;
        size_t begin = at + (size_t)found, end = begin + name.length;
        at = end;
        if ((begin && is_word(script.at[begin - 1])) ||
            (end < script.length && is_word(script.at[end])))
            continue;
        struct text rest = text_trim(text_first(text_skip(script, end), 8));
        bool is_given = text_starts(rest, TEXT("=")) && !text_starts(rest, TEXT("==")) &&
                        !text_starts(rest, TEXT("=>"));
        given += is_given;
        if (is_given ? !read_given(script, end, value) : !is_joined(script, begin, end))
            return false;
    }
}

/* A name of one or two letters alone: not o.n. */
static bool is_short(struct text what, struct text name, size_t from)
{
    return name.length < NAME_LEAST && name.at == what.at + from;
}

bool script_constant_before(struct script_constants *constants, struct text what,
                            struct text *value, size_t *from)
{
    struct text name;
    size_t begin;
    if (!name_at_end(what, &name, &begin))
        return false;
    for (size_t i = 0; i < constants->count; i++)
        if (!constants->list[i].vague && text_equal(constants->list[i].name, name)) {
            *value = constants->list[i].value;
            *from = begin;
            return true;
        }
    *from = begin;
    return is_short(what, name, begin) && find_short(constants, name, value) &&
           text_ends(*value, TEXT("/")) && part_is_shaped(*value);
}

enum given { GIVEN_NOTHING, GIVEN_ONE, GIVEN_SEVERAL };

/* Whether a string is given to, or compared with, the name that ends at `at`: ="/assets". */
static enum given given_to(struct text script, size_t at, struct text *value)
{
    static const bool between[256] = {['"'] = true, ['\''] = true, [' '] = true, ['\n'] = true};
    while (at < script.length && between[(unsigned char)script.at[at]])
        at++;
    if (at >= script.length || (script.at[at] != '=' && script.at[at] != ':'))
        return GIVEN_NOTHING;
    bool compares = text_starts(text_skip(script, at), TEXT("=="));
    while (at < script.length &&
           (script.at[at] == '=' || script.at[at] == ':' || ascii_is_space(script.at[at])))
        at++;
    if (at >= script.length || (script.at[at] != '"' && script.at[at] != '\''))
        return GIVEN_NOTHING;
    *value = text_first(text_skip(script, at + 1), VALUE_MOST);
    ptrdiff_t end = text_find_char(*value, script.at[at]);
    *value = text_first(*value, end < 0 ? 0 : (size_t)end);
    return end < 0 || compares ? GIVEN_SEVERAL : GIVEN_ONE;
}

/* Looks for the strings that the script gives to the name. */
static enum given find_given(struct script_constants *constants, struct text name,
                             struct text *value)
{
    struct text script = constants->script, here;
    enum given given = GIVEN_NOTHING;
    if (name.length < NAME_LEAST || constants->lookups++ >= SCRIPT_LOOKUPS_MOST)
        return GIVEN_SEVERAL;
    for (size_t at = 0; given != GIVEN_SEVERAL;) {
        ptrdiff_t found = text_find(text_skip(script, at), name);
        if (found < 0)
            break;
        size_t begin = at + (size_t)found;
        at = begin + name.length;
        bool inside = begin && (ascii_is_alnum(script.at[begin - 1]) ||
                                memchr("_$", script.at[begin - 1], 2));
        enum given now = inside ? GIVEN_NOTHING : given_to(script, at, &here);
        if (now == GIVEN_ONE && given == GIVEN_ONE && !text_equal(here, *value))
            now = GIVEN_SEVERAL;
        if (now == GIVEN_ONE)
            *value = here;
        given = now == GIVEN_NOTHING ? given : now;
    }
    return given;
}

bool script_path_before(struct script_constants *constants, struct text what, struct text *value,
                        size_t *from)
{
    struct text name;
    if (!name_at_end(what, &name, from) ||
        !(is_short(what, name, *from) ? find_short(constants, name, value)
                                      : find_given(constants, name, value) == GIVEN_ONE))
        return false;
    bool here = !value->length || text_equal(*value, TEXT("."));
    return (here || (part_is_shaped(*value) && part_is_clean(*value))) &&
           !text_ends(*value, TEXT("/"));
}

bool script_base_before(struct script_constants *constants, struct text what, size_t *from)
{
    static const struct text ends[] = {WORD("base"),       WORD("root"),       WORD("baseurl"),
                                       WORD("baseuri"),    WORD("basepath"),   WORD("basehref"),
                                       WORD("rooturl"),    WORD("rootpath"),   WORD("siteurl"),
                                       WORD("publicpath"), WORD("pathprefix"), WORD("assetsurl"),
                                       WORD("assetspath"), WORD("assetpath"),  WORD("bundlepath")};
    struct text name, value;
    char letters[NAME_MOST];
    size_t count = 0;
    if (!name_at_end(what, &name, from))
        return false;
    for (size_t i = 0; i < name.length && count < sizeof letters; i++)
        if (ascii_is_alnum(name.at[i])) /* BASE_URL is baseUrl */
            letters[count++] = name.at[i];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (text_ends_nocase((struct text){letters, count}, ends[i]))
            return !text_ends_nocase(name, TEXT("database")) &&
                   find_given(constants, name, &value) == GIVEN_NOTHING;
    return false;
}

/* What is a constant with the end of a part's name. */
static bool is_end(struct text value)
{
    return value.length > 1 && value.at[0] == '.' && ascii_is_alpha(value.at[1]) &&
           part_is_clean(value);
}

bool script_end_after(struct script_constants *constants, size_t *at, struct buf *out)
{
    struct text script = constants->script, value, string = buf_text(out);
    size_t from = *at;
    while (from < script.length && ascii_is_space(script.at[from]))
        from++;
    if (from >= script.length || script.at[from] != '+' || text_find_char(string, '/') < 0 ||
        part_of_address(string))
        return false;
    from++;
    while (from < script.length && ascii_is_space(script.at[from]))
        from++;
    size_t end = from;
    while (end < script.length && end - from < NAME_MOST && is_word(script.at[end]))
        end++;
    struct text name = name_before(script, end);
    char next = end < script.length ? script.at[end] : ';';
    bool known = name.length && !ascii_is_digit(name.at[0]) && next != '(' && next != '[' &&
                 (name.length < NAME_LEAST ? find_short(constants, name, &value)
                                           : find_given(constants, name, &value) == GIVEN_ONE);
    if (!known || !is_end(value))
        return false;
    buf_add_text(out, value);
    *at = end;
    return true;
}
