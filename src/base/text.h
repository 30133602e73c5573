/*
 * Borrowed bytes: a pointer and a length, never assumed to end in NUL.  Everything that comes from
 * the network or from a file is passed this way.
 *
 * A result that is a struct text points into the argument and lives as long as that.  "nocase"
 * ignores the case of ASCII letters, whatever the locale.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/result.h"

struct text {
    const char *at;
    size_t length;
};

/* A literal as a text. */
#define TEXT(literal) ((struct text){"" literal, sizeof(literal) - 1})
/* The same in the initializer of a static table. */
#define WORD(literal)                   \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }
/* For printf("%.*s", TEXT_ARGS(text)); prints at most 4096 bytes. */
#define TEXT_ARGS(text) (int)((text).length > 4096 ? 4096 : (text).length), (text).at

/* A string without its NUL.  NULL gives the empty text. */
struct text text_of(const char *string);
bool text_ends_nocase(struct text text, struct text suffix);

/* Compares by bytes, as `LC_ALL=C sort` does: negative, 0 or positive. */
int text_compare(struct text a, struct text b);

/* The offset of the first `needle` in `text`, -1 if there is none.  An empty needle is at 0. */
ptrdiff_t text_find(struct text text, struct text needle);
ptrdiff_t text_find_nocase(struct text text, struct text needle);

/* Whether the text contains, or equals, one of `count` words; the case of ASCII letters is ignored.
 */
bool text_has_any(struct text text, const struct text *words, size_t count);
bool text_is_any(struct text text, const struct text *words, size_t count);
/* The same with an array. */
#define TEXT_HAS_ANY(text, words) text_has_any(text, words, sizeof(words) / sizeof *(words))
#define TEXT_IS_ANY(text, words) text_is_any(text, words, sizeof(words) / sizeof *(words))

/* Reads the whole text as a decimal number without sign.  False when it is empty, contains anything
 * else or overflows; *number is then unchanged. */
MUST_CHECK bool text_to_number(struct text text, uint64_t *number);

/* The value of a hexadecimal digit, -1 when `c` is not one. */
int hex_value(char c);

/* A NUL-terminated copy, which the caller frees; NULL without memory. */
char *text_copy(struct text text);

/* ---- inline, because these are the inner loops of every parser ---- */

static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* space TAB CR LF FF */
static inline bool ascii_is_space(char c)
{
    const uint64_t spaces = UINT64_C(1) << ' ' | 1 << '\t' | 1 << '\r' | 1 << '\n' | 1 << '\f';
    return (unsigned char)c <= ' ' && (spaces >> c & 1);
}

static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ascii_is_alnum(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

/* The text without its first `count` bytes; empty when there are fewer. */
static inline struct text text_skip(struct text text, size_t count)
{
    if (count > text.length)
        count = text.length;
    /* C has no NULL + 0. The condition costs no instruction. */
    return (struct text){count ? text.at + count : text.at, text.length - count};
}

/* The first `count` bytes; the whole text when there are fewer. */
static inline struct text text_first(struct text text, size_t count)
{
    return (struct text){text.at, count < text.length ? count : text.length};
}

static inline bool text_equal(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

static inline bool text_starts(struct text text, struct text prefix)
{
    return text.length >= prefix.length &&
           (prefix.length == 0 ||
            (text.at[0] == prefix.at[0] && memcmp(text.at, prefix.at, prefix.length) == 0));
}

static inline bool text_starts_nocase(struct text text, struct text prefix)
{
    if (text.length < prefix.length)
        return false;
    for (size_t i = 0; i < prefix.length; i++)
        if (ascii_lower(text.at[i]) != ascii_lower(prefix.at[i]))
            return false;
    return true;
}

static inline bool text_equal_nocase(struct text a, struct text b)
{
    return a.length == b.length && text_starts_nocase(a, b);
}

static inline bool text_ends(struct text text, struct text suffix)
{
    return text.length >= suffix.length &&
           text_starts(text_skip(text, text.length - suffix.length), suffix);
}

/* The offset of the first `c`, -1 if there is none. */
static inline ptrdiff_t text_find_char(struct text text, char c)
{
    const char *found = text.length ? memchr(text.at, c, text.length) : NULL;
    return found ? found - text.at : -1;
}

/* The offset of the first byte at or after `from` that is marked in `stops`; the text's length when
 * there is none.  `from` is at most the text's length. */
static inline size_t text_stop(struct text text, size_t from, const bool stops[256])
{
    const unsigned char *bytes = (const unsigned char *)text.at;
    while (text.length - from >= 4 && !(stops[bytes[from]] | stops[bytes[from + 1]] |
                                        stops[bytes[from + 2]] | stops[bytes[from + 3]]))
        from += 4;
    while (from < text.length && !stops[bytes[from]])
        from++;
    return from;
}

static inline bool text_has_digit(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (ascii_is_digit(text.at[i]))
            return true;
    return false;
}

/* The text without leading and trailing ASCII white space. */
static inline struct text text_trim(struct text text)
{
    while (text.length && ascii_is_space(text.at[0]))
        text = text_skip(text, 1);
    while (text.length && ascii_is_space(text.at[text.length - 1]))
        text.length--;
    return text;
}

/* Moves the part before the first `separator` from *rest to *part and drops the separator.  The
 * last call gives what is left, and sets rest->at to NULL.  False when it is NULL already: there is
 * no part left. */
static inline bool text_split(struct text *rest, char separator, struct text *part)
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

/* Moves the line at the start of *rest to *line. It ends in LF, CR or both (which leaves an empty
 * line). False: the end. */
bool text_split_line(struct text *rest, struct text *line);

#endif
