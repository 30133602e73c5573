/* Comparing, searching and copying borrowed bytes. */
#include <config.h>

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct text text_of(const char *string)
{
    return string ? (struct text){string, strlen(string)} : TEXT("");
}

int hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool text_ends_nocase(struct text text, struct text suffix)
{
    return text.length >= suffix.length &&
           text_starts_nocase(text_skip(text, text.length - suffix.length), suffix);
}

int text_compare(struct text a, struct text b)
{
    size_t both = a.length < b.length ? a.length : b.length;
    int order = both ? memcmp(a.at, b.at, both) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

ptrdiff_t text_find(struct text text, struct text needle)
{
    if (needle.length == 0)
        return 0;
    const char *found = text.length ? memmem(text.at, text.length, needle.at, needle.length) : NULL;
    return found ? found - text.at : -1;
}

static const char *find_byte(const char *from, const char *end, char c)
{
    return from < end ? memchr(from, c, (size_t)(end - from)) : NULL;
}

/* The first place from `from` on, and before `end`, at which `needle` begins; NULL: there is none.
 * The needle's first letter is looked for with memchr(), which is many times as fast as comparing
 * byte by byte. */
static const char *find_between(const char *from, const char *end, struct text needle)
{
    char small = ascii_lower(needle.at[0]);
    char large = small >= 'a' && small <= 'z' ? (char)(small - ('a' - 'A')) : small;
    const char *next = find_byte(from, end, small);
    const char *other = large != small ? find_byte(from, end, large) : NULL;
    while (next || other) {
        bool first = next && (!other || next < other);
        const char *at = first ? next : other;
        if (text_starts_nocase((struct text){at, needle.length}, needle))
            return at;
        if (first)
            next = find_byte(at + 1, end, small);
        else
            other = find_byte(at + 1, end, large);
    }
    return NULL;
}

/* In blocks. Otherwise each call would search the rest of a long text for the letter in the
 * other case. */
ptrdiff_t text_find_nocase(struct text text, struct text needle)
{
    enum { BLOCK = 1024 };
    if (!needle.length)
        return 0;
    for (size_t at = 0; at + needle.length <= text.length; at += BLOCK) {
        size_t places = text.length - needle.length + 1 - at;
        const char *from = text.at + at;
        const char *found = find_between(from, from + (places < BLOCK ? places : BLOCK), needle);
        if (found)
            return found - text.at;
    }
    return -1;
}

bool text_has_any(struct text text, const struct text *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_find_nocase(text, words[i]) >= 0)
            return true;
    return false;
}

bool text_is_any(struct text text, const struct text *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_nocase(text, words[i]))
            return true;
    return false;
}

bool text_to_number(struct text text, uint64_t *number)
{
    uint64_t value = 0;
    if (text.length == 0)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned digit = (unsigned)(unsigned char)text.at[i] - '0';
        if (digit > 9 || value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}

char *text_copy(struct text text)
{
    char *copy = malloc(text.length + 1);
    if (!copy)
        return NULL;
    if (text.length)
        memcpy(copy, text.at, text.length);
    copy[text.length] = '\0';
    return copy;
}

bool text_split_line(struct text *rest, struct text *line)
{
    size_t length = 0;
    if (!rest->length)
        return false;
    while (length < rest->length && rest->at[length] != '\n' && rest->at[length] != '\r')
        length++;
    *line = text_first(*rest, length);
    *rest = text_skip(*rest, length + 1);
    return true;
}
