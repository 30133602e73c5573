/*
 * JSON strings and flat objects.  Index lines and log lines are read by the million, so values are
 * not copied unless they contain escapes.
 */
#include <config.h>

#include "base/json.h"

#include <string.h>

#include "base/utf8.h"

/* ---- writing ---- */

static void write_escape(struct buf *out, uint32_t unit)
{
    static const char digits[] = "0123456789abcdef";
    char escape[6] = {'\\',
                      'u',
                      digits[unit >> 12 & 15],
                      digits[unit >> 8 & 15],
                      digits[unit >> 4 & 15],
                      digits[unit & 15]};
    buf_append(out, escape, sizeof escape);
}

static void write_character(struct buf *out, uint32_t character)
{
    static const char controls[] = "\b\f\n\r\t", letters[] = "bfnrt";
    const char *control = character && character < 0x20 ? strchr(controls, (int)character) : NULL;
    if (character == '"' || character == '\\') {
        char escape[2] = {'\\', (char)character};
        buf_append(out, escape, sizeof escape);
    } else if (control) {
        char escape[2] = {'\\', letters[control - controls]};
        buf_append(out, escape, sizeof escape);
    } else if (character < 0x20 || (character >= 0x7f && character < 0x10000)) {
        write_escape(out, character);
    } else if (character >= 0x10000) {
        write_escape(out, 0xd800 + ((character - 0x10000) >> 10));
        write_escape(out, 0xdc00 + ((character - 0x10000) & 0x3ff));
    } else {
        buf_add_char(out, (char)character);
    }
}

static bool is_plain(char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

void json_write_string(struct buf *out, struct text text)
{
    buf_add_char(out, '"');
    while (text.length) {
        size_t plain = 0;
        while (plain < text.length && is_plain(text.at[plain]))
            plain++;
        buf_add_text(out, text_first(text, plain));
        text = text_skip(text, plain);
        if (!text.length)
            break;
        uint32_t character;
        size_t length = utf8_read(text, &character);
        write_character(out, length ? character : 0xfffd);
        text = text_skip(text, length ? length : 1);
    }
    buf_add_char(out, '"');
}

/* ---- reading ---- */

static void skip_space(struct text *rest)
{
    size_t count = 0;
    while (count < rest->length && (rest->at[count] == ' ' || rest->at[count] == '\t' ||
                                    rest->at[count] == '\n' || rest->at[count] == '\r'))
        count++;
    *rest = text_skip(*rest, count);
}

static bool take_char(struct text *rest, char c)
{
    if (!rest->length || rest->at[0] != c)
        return false;
    *rest = text_skip(*rest, 1);
    return true;
}

static void write_utf8(struct buf *out, uint32_t character)
{
    if (character < 0x80) {
        buf_add_char(out, (char)character);
    } else if (character < 0x800) {
        buf_add_char(out, (char)(0xc0 | character >> 6));
        buf_add_char(out, (char)(0x80 | (character & 0x3f)));
    } else {
        if (character < 0x10000) {
            buf_add_char(out, (char)(0xe0 | character >> 12));
        } else {
            buf_add_char(out, (char)(0xf0 | character >> 18));
            buf_add_char(out, (char)(0x80 | (character >> 12 & 0x3f)));
        }
        buf_add_char(out, (char)(0x80 | (character >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (character & 0x3f)));
    }
}

static bool read_unit(struct text text, uint32_t *unit)
{
    *unit = 0;
    if (text.length < 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        int value = hex_value(text.at[i]);
        if (value < 0)
            return false;
        *unit = *unit << 4 | (uint32_t)value;
    }
    return true;
}

/* Decodes what follows "\u".  Half of a surrogate pair on its own becomes U+FFFD. */
static bool unescape_unit(struct text *raw, struct buf *out)
{
    uint32_t unit, second;
    if (!read_unit(*raw, &unit))
        return false;
    *raw = text_skip(*raw, 4);
    if (unit >= 0xd800 && unit < 0xdc00 && raw->length >= 6 && raw->at[0] == '\\' &&
        raw->at[1] == 'u' && read_unit(text_skip(*raw, 2), &second) && second >= 0xdc00 &&
        second < 0xe000) {
        *raw = text_skip(*raw, 6);
        unit = 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
    } else if (unit >= 0xd800 && unit < 0xe000) {
        unit = 0xfffd;
    }
    write_utf8(out, unit);
    return true;
}

static bool unescape(struct text raw, struct buf *out)
{
    static const char letters[] = "bfnrt\"\\/", meanings[] = "\b\f\n\r\t\"\\/";
    while (raw.length) {
        char c = raw.at[0];
        raw = text_skip(raw, 1);
        if (c != '\\') {
            buf_add_char(out, c);
            continue;
        }
        c = raw.length ? raw.at[0] : '\0';
        raw = text_skip(raw, 1);
        const char *letter = c ? strchr(letters, c) : NULL;
        if (letter)
            buf_add_char(out, meanings[letter - letters]);
        else if (c != 'u' || !unescape_unit(&raw, out))
            return false;
    }
    return buf_ok(out);
}

/* Reads a string with its quotes; *raw is what is between them, still escaped. */
static bool take_string(struct text *rest, struct text *raw, bool *escaped)
{
    if (!take_char(rest, '"'))
        return false;
    *escaped = false;
    size_t i = 0;
    for (; i < rest->length && rest->at[i] != '"'; i++) {
        if ((unsigned char)rest->at[i] < 0x20)
            return false;
        if (rest->at[i] == '\\') {
            *escaped = true;
            i++;
        }
    }
    if (i >= rest->length)
        return false;
    *raw = text_first(*rest, i);
    *rest = text_skip(*rest, i + 1);
    return true;
}

static size_t count_digits(struct text text, size_t from)
{
    size_t count = 0;
    while (from + count < text.length && ascii_is_digit(text.at[from + count]))
        count++;
    return count;
}

/* Length of the number (RFC 8259, section 6) at the start of `text`; 0 when there is none. */
static size_t number_length(struct text text)
{
    size_t at = text.length && text.at[0] == '-', digits = count_digits(text, at);
    if (!digits || (digits > 1 && text.at[at] == '0'))
        return 0;
    at += digits;
    if (at < text.length && text.at[at] == '.') {
        digits = count_digits(text, at + 1);
        if (!digits)
            return 0;
        at += 1 + digits;
    }
    if (at < text.length && ascii_lower(text.at[at]) == 'e') {
        at++;
        if (at < text.length && (text.at[at] == '+' || text.at[at] == '-'))
            at++;
        digits = count_digits(text, at);
        if (!digits)
            return 0;
        at += digits;
    }
    return at;
}

static bool take_literal(struct text *rest, struct text *value)
{
    size_t length = number_length(*rest);
    if (!length && text_starts(*rest, TEXT("true")))
        length = 4;
    else if (!length && text_starts(*rest, TEXT("false")))
        length = 5;
    else if (!length && text_starts(*rest, TEXT("null")))
        length = 4;
    *value = text_first(*rest, length);
    *rest = text_skip(*rest, length);
    return length > 0;
}

/* Between calls *rest begins at the comma or brace after the last member. */
int json_next_member(struct text *rest, struct text *name, struct text *value, struct buf *scratch)
{
    bool name_escaped = false, value_escaped = false;
    buf_clear(scratch);
    skip_space(rest);
    bool first = take_char(rest, '{');
    skip_space(rest);
    if (take_char(rest, '}')) {
        skip_space(rest);
        return rest->length ? -1 : 0;
    }
    if (!first) {
        if (!take_char(rest, ','))
            return -1;
        skip_space(rest);
    }
    if (!take_string(rest, name, &name_escaped))
        return -1;
    skip_space(rest);
    if (!take_char(rest, ':'))
        return -1;
    skip_space(rest);
    if (rest->length && rest->at[0] == '"' ? !take_string(rest, value, &value_escaped)
                                           : !take_literal(rest, value))
        return -1;
    skip_space(rest);
    if (!rest->length || (rest->at[0] != ',' && rest->at[0] != '}'))
        return -1;

    /* Unescape both before pointing to either: the second may move the memory of the first. */
    if (name_escaped && !unescape(*name, scratch))
        return -1;
    size_t name_length = scratch->length;
    if (value_escaped && !unescape(*value, scratch))
        return -1;
    if (name_escaped)
        *name = text_first(buf_text(scratch), name_length);
    if (value_escaped)
        *value = text_skip(buf_text(scratch), name_length);
    return 1;
}
