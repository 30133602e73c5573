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

ptrdiff_t text_find_nocase(struct text text, struct text needle)
{
    char first = needle.length ? ascii_lower(needle.at[0]) : '\0';
    for (size_t i = 0; i + needle.length <= text.length; i++)
        if (!needle.length ||
            (ascii_lower(text.at[i]) == first && text_starts_nocase(text_skip(text, i), needle)))
            return (ptrdiff_t)i;
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
