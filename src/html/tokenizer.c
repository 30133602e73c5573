/*
 * A tokenizer for whole documents in memory.  It searches for '<' and quotes instead of stepping
 * through the standard's states byte by byte, with the same result.
 */
#include <config.h>

#include "html/tokenizer.h"

#include <string.h>

void tokenizer_init(struct tokenizer *t, struct text input)
{
    t->input = input;
    t->at = t->tag_at = 0;
    t->raw = TEXT("");
    t->foreign = 0;
    t->attribute_count = 0;
    t->wanted = NULL;
    t->noted = 0;
    t->other_count = 0;
}

struct text tokenizer_attribute(const struct tokenizer *t, const char *name)
{
    struct text wanted = text_of(name);
    for (size_t i = 0; i < t->attribute_count; i++)
        if (text_equal_nocase(t->attributes[i].name, wanted))
            return t->attributes[i].value;
    return (struct text){NULL, 0};
}

static struct text from_to(const struct tokenizer *t, size_t from, size_t to)
{
    return (struct text){t->input.at + from, to - from};
}

enum { SPACE = 1, NAME_END = 2, VALUE_END = 4, EQUALS = 8 };

/* What a byte means inside a tag. */
static const unsigned char marks[256] = {
    [' '] = SPACE | NAME_END | VALUE_END,  ['\t'] = SPACE | NAME_END | VALUE_END,
    ['\n'] = SPACE | NAME_END | VALUE_END, ['\r'] = SPACE | NAME_END | VALUE_END,
    ['\f'] = SPACE | NAME_END | VALUE_END, ['/'] = NAME_END,
    ['>'] = NAME_END | VALUE_END,          ['='] = EQUALS,
};

static bool is(char c, int mark)
{
    return marks[(unsigned char)c] & mark;
}

static bool ends_name(char c)
{
    return is(c, NAME_END);
}

/* Reads the name at `at`, of at least `more` bytes, up to a byte with one of these marks; *word is
 * its tag_name_word().  All such bytes are below '@', so most names end within eight bytes that are
 * tested at once. */
static inline __attribute__((always_inline)) struct text
read_name(const struct tokenizer *t, size_t at, size_t more, int mark, uint64_t *word)
{
    const char *input = t->input.at + at;
    size_t left = t->input.length - at, length = more;
    uint64_t bytes;
    if (left > sizeof bytes) {
        memcpy(&bytes, input, sizeof bytes);
        bytes = system_little_endian(bytes);
        uint64_t below = ~bytes & (UINT64_C(0x0101010101010101) * '@') & UINT64_MAX << 8 * more;
        length = below ? (size_t)__builtin_ctzll(below) / 8 : sizeof bytes;
        if (is(input[length], mark)) {
            *word = tag_name_lower(tag_name_first(bytes, length));
            return (struct text){input, length};
        }
    }
    while (length < left && !is(input[length], mark))
        length++;
    *word = tag_name_word((struct text){input, length}, input + left);
    return (struct text){input, length};
}

/* Whether the end tag "</NAME" is at `at`. */
static bool is_close_of(const struct tokenizer *t, size_t at, struct text name)
{
    struct text here = text_skip(t->input, at);
    return text_starts(here, TEXT("</")) && text_starts_nocase(text_skip(here, 2), name) &&
           here.length > name.length + 2 && ends_name(here.at[name.length + 2]);
}

/* ---- raw content ---- */

/* The offset of the raw element's end tag, or the end of the input. */
static size_t find_close(const struct tokenizer *t, struct text name)
{
    for (size_t at = t->at; at < t->input.length; at++) {
        const char *next = memchr(t->input.at + at, '<', t->input.length - at);
        if (!next)
            break;
        at = (size_t)(next - t->input.at);
        if (is_close_of(t, at, name))
            return at;
    }
    return t->input.length;
}

/* The offset, from `at` on, of the next byte that can change the state of script data: '<', and '-'
 * inside a comment. */
static size_t next_script_mark(const struct tokenizer *t, size_t at, bool plain)
{
    static const bool stops[256] = {['<'] = true, ['-'] = true};
    if (!plain)
        return text_stop(t->input, at, stops);
    const char *found =
        at < t->input.length ? memchr(t->input.at + at, '<', t->input.length - at) : NULL;
    return found ? (size_t)(found - t->input.at) : t->input.length;
}

/* Finds the end tag of a script.  After "<!--", "<script" opens an inner script, whose end tag does
 * not count (sections 13.2.5.15 to 13.2.5.31). */
static size_t find_script_close(const struct tokenizer *t)
{
    enum { PLAIN, ESCAPED, TWICE } state = PLAIN;
    struct text name = TEXT("script");
    for (size_t at = t->at; (at = next_script_mark(t, at, state == PLAIN)) < t->input.length;
         at++) {
        struct text here = text_skip(t->input, at);
        char c = here.at[0];
        if (c == '-') {
            if (text_starts(here, TEXT("-->")))
                state = PLAIN;
        } else if (is_close_of(t, at, name)) {
            if (state != TWICE)
                return at;
            state = ESCAPED;
        } else if (state == PLAIN && text_starts(here, TEXT("<!--"))) {
            state = ESCAPED;
            at += 1; /* so that "<!-->" ends at once, as in the standard */
        } else if (state == ESCAPED && text_starts_nocase(text_skip(here, 1), name) &&
                   here.length > 7 && ends_name(here.at[7]))
            state = TWICE;
    }
    return t->input.length;
}

static struct text raw_element(struct text name)
{
    /* The second letters of all names below, for a quick test. */
    static const bool seconds[256] = {['c'] = true, ['t'] = true, ['e'] = true, ['i'] = true,
                                      ['m'] = true, ['f'] = true, ['o'] = true, ['l'] = true};
    if (name.length < 3 || !seconds[(unsigned char)ascii_lower(name.at[1])])
        return TEXT("");
    static const struct text names[] = {WORD("script"),  WORD("style"),    WORD("textarea"),
                                        WORD("title"),   WORD("xmp"),      WORD("iframe"),
                                        WORD("noembed"), WORD("noframes"), WORD("plaintext")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(name, names[i]))
            return names[i];
    return TEXT("");
}

static enum token_kind raw_text(struct tokenizer *t)
{
    size_t end = t->input.length;
    if (text_equal(t->raw, TEXT("script")))
        end = find_script_close(t);
    else if (!text_equal(t->raw, TEXT("plaintext")))
        end = find_close(t, t->raw);
    t->text = from_to(t, t->at, end);
    t->at = end;
    t->raw = TEXT("");
    return TOKEN_TEXT;
}

/* ---- markup other than tags ---- */

static size_t find_from(const struct tokenizer *t, size_t at, struct text needle)
{
    ptrdiff_t found = text_find(text_skip(t->input, at), needle);
    return found < 0 ? t->input.length : at + (size_t)found;
}

/* Without the beginning of an end mark, if the input ends inside one. */
static struct text without_end(struct text comment)
{
    static const struct text ends[] = {WORD("--!"), WORD("--"), WORD("-")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (text_ends(comment, ends[i]))
            return text_first(comment, comment.length - ends[i].length);
    return comment;
}

/* Reads "<!-- ... -->" with all the ways in which it may end (sections 13.2.5.43 to 13.2.5.52). */
static enum token_kind comment(struct tokenizer *t)
{
    size_t from = t->at + 4, at = from;
    struct text here = text_skip(t->input, from);
    if (text_starts(here, TEXT(">")) || text_starts(here, TEXT("->"))) {
        t->text = from_to(t, from, from);
        t->at = from + (here.at[0] == '>' ? 1 : 2);
        return TOKEN_COMMENT;
    }
    for (;; at++) {
        at = find_from(t, at, TEXT("--"));
        struct text rest = text_skip(t->input, at);
        bool bang = text_starts(rest, TEXT("--!>"));
        if (!rest.length) {
            t->text = without_end(from_to(t, from, at));
            t->at = at;
            return TOKEN_COMMENT;
        }
        if (bang || text_starts(rest, TEXT("-->"))) {
            t->text = from_to(t, from, at);
            t->at = at + (bang ? 4 : 3);
            return TOKEN_COMMENT;
        }
    }
}

static enum token_kind declaration(struct tokenizer *t)
{
    struct text here = text_skip(t->input, t->at);
    if (text_starts(here, TEXT("<!--")))
        return comment(t);
    bool cdata = t->foreign > 0 && text_starts(here, TEXT("<![CDATA["));
    size_t from = t->at + (cdata ? 9 : 2),
           end = find_from(t, from, cdata ? TEXT("]]>") : TEXT(">"));
    t->text = from_to(t, from, end);
    t->at = end + (end < t->input.length ? cdata ? 3 : 1 : 0);
    return cdata ? TOKEN_TEXT : TOKEN_COMMENT;
}

/* ---- tags ---- */

static size_t skip_space(const struct tokenizer *t, size_t at)
{
    while (at < t->input.length && is(t->input.at[at], SPACE))
        at++;
    return at;
}

/* Reads the value after '=', from *at on.  False at the end of the input. */
static bool read_value(const struct tokenizer *t, size_t *at, struct text *value)
{
    size_t from = skip_space(t, *at), end = from;
    if (from == t->input.length)
        return false;
    char quote = t->input.at[from];
    if (quote == '"' || quote == '\'') {
        const char *closing = memchr(t->input.at + from + 1, quote, t->input.length - from - 1);
        if (!closing)
            return false;
        end = (size_t)(closing - t->input.at);
        *value = from_to(t, from + 1, end);
        *at = end + 1;
        return true;
    }
    while (end < t->input.length && !is(t->input.at[end], VALUE_END))
        end++;
    *value = from_to(t, from, end);
    *at = end;
    return end < t->input.length;
}

/* Whether the value may contain a URL. */
static bool may_be_address(struct text value)
{
    static const bool telling[256] = {['.'] = true, ['/'] = true, ['?'] = true};
    return value.length > 2 && text_stop(value, 0, telling) < value.length;
}

/* Keeps the attribute in the list, or at its place among the wanted ones.  Of two attributes with
 * the same name, the first counts. */
static void keep_attribute(struct tokenizer *t, struct text name, uint64_t word, struct text value)
{
    if (t->wanted) {
        int place = tag_names_place(t->wanted, word, name);
        if (place >= 0 && !(t->noted >> place & 1)) {
            t->noted |= (uint64_t)1 << place;
            t->values[place] = value;
        } else if (place < 0 && may_be_address(value) && t->other_count < OTHERS_MOST)
            t->others[t->other_count++] = (struct attribute){name, value};
    } else if (t->attribute_count < ATTRIBUTES_MOST)
        t->attributes[t->attribute_count++] = (struct attribute){name, value};
}

static bool read_attribute(struct tokenizer *t, size_t *at)
{
    uint64_t word;
    /* A '=' at the start is part of the name. */
    struct text name = read_name(t, *at, 1, NAME_END | EQUALS, &word);
    struct text value = TEXT("");
    size_t after = skip_space(t, *at + name.length);
    *at = after;
    if (after < t->input.length && t->input.at[after] == '=') {
        *at = after + 1;
        if (!read_value(t, at, &value))
            return false;
    }
    keep_attribute(t, name, word, value);
    return true;
}

/* Reads the attributes from `at` to '>' inclusive.  False when the input ends before that. */
static bool read_attributes(struct tokenizer *t, size_t at)
{
    t->attribute_count = 0;
    t->noted = 0;
    t->other_count = 0;
    t->self_closing = false;
    for (;;) {
        at = skip_space(t, at);
        if (at == t->input.length)
            return false;
        char c = t->input.at[at];
        if (c == '>') {
            t->at = at + 1;
            return true;
        }
        if (c == '/') {
            at++;
            t->self_closing = at < t->input.length && t->input.at[at] == '>';
        } else if (!read_attribute(t, &at))
            return false;
    }
}

/* Reads the tag whose name is at `at`.  False when the input ends before the tag does. */
static bool tag(struct tokenizer *t, size_t at)
{
    t->tag_at = t->at;
    t->text = read_name(t, at, 0, NAME_END, &t->name);
    if (read_attributes(t, at + t->text.length))
        return true;
    t->at = t->input.length;
    return false;
}

/* Whether CDATA sections are allowed inside this element. */
static bool is_foreign(struct text name)
{
    return text_equal_nocase(name, TEXT("svg")) || text_equal_nocase(name, TEXT("math"));
}

static enum token_kind start_tag(struct tokenizer *t)
{
    if (!tag(t, t->at + 1))
        return TOKEN_END;
    bool foreign = is_foreign(t->text);
    if (foreign && !t->self_closing)
        t->foreign++;
    if (!t->foreign || foreign)
        t->raw = raw_element(t->text);
    return TOKEN_START;
}

static enum token_kind end_tag(struct tokenizer *t)
{
    struct text name = read_name(t, t->at + 2, 0, NAME_END, &t->name);
    size_t after = t->at + 2 + name.length;
    if (after < t->input.length && t->input.at[after] == '>') { /* nearly always */
        t->tag_at = t->at;
        t->text = name;
        t->at = after + 1;
    } else if (!tag(t, t->at + 2))
        return TOKEN_END;
    if (t->foreign && is_foreign(t->text))
        t->foreign--;
    return TOKEN_CLOSE;
}

bool tokenizer_hides_raw(const struct tokenizer *t)
{
    return t->raw.length && !text_equal(t->raw, TEXT("title")) &&
           !text_equal(t->raw, TEXT("textarea"));
}

void tokenizer_skip_text(struct tokenizer *t)
{
    const char *found =
        t->at < t->input.length ? memchr(t->input.at + t->at, '<', t->input.length - t->at) : NULL;
    t->at = found ? (size_t)(found - t->input.at) : t->input.length;
}

enum token_kind tokenizer_next(struct tokenizer *t)
{
    if (t->raw.length)
        return raw_text(t);
    if (t->at >= t->input.length)
        return TOKEN_END;
    size_t from = t->at;
    while (t->at < t->input.length) {
        const char *found = memchr(t->input.at + t->at, '<', t->input.length - t->at);
        size_t at = found ? (size_t)(found - t->input.at) : t->input.length;
        char next = at + 1 < t->input.length ? t->input.at[at + 1] : ' ';
        char after = at + 2 < t->input.length ? t->input.at[at + 2] : ' ';
        bool markup = found && (ascii_is_alpha(next) || next == '!' || next == '?' ||
                                (next == '/' && at + 2 < t->input.length));
        if (!markup) {
            t->at = found ? at + 1 : at;
            continue;
        }
        if (at > from) {
            t->text = from_to(t, from, at);
            t->at = at;
            return TOKEN_TEXT;
        }
        t->at = at;
        if (next == '!')
            return declaration(t);
        if (next == '/' && ascii_is_alpha(after))
            return end_tag(t);
        if (next == '/' || next == '?') { /* a bogus comment (section 13.2.5.41) */
            size_t end = find_from(t, at + 2, TEXT(">"));
            t->text = from_to(t, at + (next == '/' ? 2 : 1), end);
            t->at = end + (end < t->input.length);
            if (next == '/' && after == '>') { /* "</>" is ignored */
                from = t->at;
                continue;
            }
            return TOKEN_COMMENT;
        }
        return start_tag(t);
    }
    t->text = from_to(t, from, t->at);
    return t->text.length ? TOKEN_TEXT : TOKEN_END;
}
