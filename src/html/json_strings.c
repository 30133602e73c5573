/* Scans JSON for strings and remembers the names on the way to each. */
#include <config.h>

#include "html/json_strings.h"

#include "html/characters.h"

enum { STRING_MOST = 16 * 1024 * 1024 };

/* ---- escapes ---- */

/* The number in the `digits` hexadecimal digits at `at`; -1 when they are not there. */
static long hex_number(struct text text, size_t at, size_t digits)
{
    long number = 0;
    for (size_t i = at; i < at + digits; i++) {
        int digit = i < text.length ? hex_value(text.at[i]) : -1;
        if (digit < 0)
            return -1;
        number = number << 4 | digit;
    }
    return number;
}

/* Decodes the escape whose backslash was just before `at`, and returns its length. */
static size_t take_escape(struct text text, size_t at, struct buf *out)
{
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    char c = text.at[at];
    size_t digits = c == 'u' ? 4 : c == 'x' ? 2 : 0;
    long code = digits ? hex_number(text, at + 1, digits) : -1;
    if (code >= 0) {
        size_t taken = 1 + digits;
        struct text rest = text_skip(text, at + taken);
        long low = code >= 0xd800 && code < 0xdc00 && text_starts(rest, TEXT("\\u"))
                       ? hex_number(rest, 2, 4)
                       : -1;
        bool pair = low >= 0xdc00 && low < 0xe000;
        utf8_add(out,
                 (unsigned long)(pair ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : code));
        return taken + (pair ? 6 : 0);
    }
    ptrdiff_t letter = text_find_char(text_of(letters), c);
    buf_add_char(out, letter < 0 ? c : meanings[letter]);
    return 1;
}

struct text json_unescape(struct text text, struct buf *out)
{
    ptrdiff_t backslash = text_find_char(text, '\\');
    if (backslash < 0)
        return text;
    buf_clear(out);
    while (backslash >= 0 && (size_t)backslash + 1 < text.length) {
        buf_add_text(out, text_first(text, (size_t)backslash));
        text = text_skip(text, (size_t)backslash + 1);
        text = text_skip(text, take_escape(text, 0, out));
        backslash = text_find_char(text, '\\');
    }
    buf_add_text(out, text);
    return buf_text(out);
}

/* ---- strings ---- */

void json_strings_init(struct json_strings *strings, struct text json)
{
    *strings = (struct json_strings){.rest = json};
    buf_init(&strings->unescaped, STRING_MOST);
}

void json_strings_release(struct json_strings *strings)
{
    buf_release(&strings->unescaped);
}

/* Takes a string from *rest, which begins after the first quote.  False when it does not end. */
static bool take_string(struct text *rest, struct text *string)
{
    size_t at = 0;
    while (at < rest->length && rest->at[at] != '"')
        at += rest->at[at] == '\\' ? 2 : 1;
    if (at >= rest->length) {
        *rest = TEXT("");
        return false;
    }
    *string = text_first(*rest, at);
    *rest = text_skip(*rest, at + 1);
    return true;
}

static void change_level(struct json_strings *strings, int by)
{
    strings->depth += strings->depth + by < 0 ? 0 : by;
    strings->opened += by > 0;
    if (by > 0 && strings->depth < JSON_DEPTH) {
        strings->names[strings->depth] = TEXT("");
        strings->numbers[strings->depth] = strings->opened;
    }
}

/* The name of the innermost member that contains the string, if only through arrays. */
static struct text name_here(const struct json_strings *strings)
{
    for (int level = strings->depth < JSON_DEPTH ? strings->depth : -1; level >= 0; level--)
        if (strings->names[level].length)
            return strings->names[level];
    return TEXT("");
}

/* Takes a number or a word such as true, whose first character was just taken. */
static void take_scalar(struct json_strings *strings)
{
    struct text *rest = &strings->rest;
    const char *from = rest->at - 1;
    while (rest->length && (ascii_is_alnum(rest->at[0]) || rest->at[0] == '.' ||
                            rest->at[0] == '+' || rest->at[0] == '-'))
        *rest = text_skip(*rest, 1);
    strings->name = name_here(strings);
    strings->value = (struct text){from, (size_t)(rest->at - from)};
}

bool json_strings_next(struct json_strings *strings)
{
    struct text *rest = &strings->rest, string;
    while (rest->length) {
        char c = rest->at[0];
        *rest = text_skip(*rest, 1);
        if (c == '{' || c == '[')
            change_level(strings, 1);
        else if (c == '}' || c == ']')
            change_level(strings, -1);
        else if (c == '"' && take_string(rest, &string)) {
            while (rest->length && ascii_is_space(rest->at[0]))
                *rest = text_skip(*rest, 1);
            if (!rest->length || rest->at[0] != ':') {
                strings->name = name_here(strings);
                strings->value = json_unescape(string, &strings->unescaped);
                strings->is_scalar = false;
                return true;
            }
            if (strings->depth < JSON_DEPTH)
                strings->names[strings->depth] = string;
        } else if (strings->scalars && (ascii_is_alnum(c) || c == '-')) {
            take_scalar(strings);
            strings->is_scalar = true;
            return true;
        }
    }
    return false;
}

bool json_strings_within(const struct json_strings *strings, struct text name)
{
    int deepest = strings->depth < JSON_DEPTH ? strings->depth : JSON_DEPTH - 1;
    for (int level = 0; level <= deepest; level++)
        if (text_equal_nocase(strings->names[level], name))
            return true;
    return false;
}
