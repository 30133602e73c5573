#include <config.h>

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct text text_of(const char *string)
{
    return string ? (struct text){string, strlen(string)} : TEXT("");
}

char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool ascii_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool ascii_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool ascii_is_alnum(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

int hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool text_equal(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

bool text_equal_nocase(struct text a, struct text b)
{
    return a.length == b.length && text_starts_nocase(a, b);
}

bool text_starts(struct text text, struct text prefix)
{
    return text.length >= prefix.length && (prefix.length == 0 || memcmp(text.at, prefix.at, prefix.length) == 0);
}

bool text_starts_nocase(struct text text, struct text prefix)
{
    if (text.length < prefix.length)
        return false;
    for (size_t i = 0; i < prefix.length; i++)
        if (ascii_lower(text.at[i]) != ascii_lower(prefix.at[i]))
            return false;
    return true;
}

bool text_ends(struct text text, struct text suffix)
{
    return text.length >= suffix.length && text_starts(text_skip(text, text.length - suffix.length), suffix);
}

bool text_ends_nocase(struct text text, struct text suffix)
{
    return text.length >= suffix.length && text_starts_nocase(text_skip(text, text.length - suffix.length), suffix);
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

ptrdiff_t text_find_nocase(struct text text, struct text needle)
{
    for (size_t i = 0; i + needle.length <= text.length; i++)
        if (text_starts_nocase((struct text){text.at + i, text.length - i}, needle))
            return (ptrdiff_t)i;
    return -1;
}

ptrdiff_t text_find_char(struct text text, char c)
{
    const char *found = text.length ? memchr(text.at, c, text.length) : NULL;
    return found ? found - text.at : -1;
}

struct text text_skip(struct text text, size_t count)
{
    if (count > text.length)
        count = text.length;
    return (struct text){text.at + count, text.length - count};
}

struct text text_first(struct text text, size_t count)
{
    return (struct text){text.at, count < text.length ? count : text.length};
}

struct text text_trim(struct text text)
{
    while (text.length && ascii_is_space(text.at[0]))
        text = text_skip(text, 1);
    while (text.length && ascii_is_space(text.at[text.length - 1]))
        text.length--;
    return text;
}

bool text_split(struct text *rest, char separator, struct text *part)
{
    if (!rest->at)
        return false;
    ptrdiff_t end = text_find_char(*rest, separator);
    if (end < 0) {
        *part = *rest;
        *rest = (struct text){NULL, 0};
    } else {
        *part = text_first(*rest, (size_t)end);
        *rest = text_skip(*rest, (size_t)end + 1);
    }
    return true;
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
