/*
 * Borrowed bytes: a pointer and a length, never assumed to end in NUL.  All that comes from strangers travels so.
 * Case is folded for ASCII only, whatever the locale.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    const char *at;
    size_t length;
};

#define TEXT(literal) ((struct text){"" literal, sizeof(literal) - 1})
/* For printf("%.*s", TEXT_ARGS(text)). */
#define TEXT_ARGS(text) (int)((text).length > 4096 ? 4096 : (text).length), (text).at

struct text text_of(const char *string); /* NULL gives the empty text */
bool text_equal(struct text a, struct text b);
bool text_equal_nocase(struct text a, struct text b);
bool text_starts(struct text text, struct text prefix);
bool text_starts_nocase(struct text text, struct text prefix);
bool text_ends(struct text text, struct text suffix);
bool text_ends_nocase(struct text text, struct text suffix);

/* Order of bytes, as LC_ALL=C sort has it: negative, 0, positive. */
int text_compare(struct text a, struct text b);

/* Where `needle` first lies in `text`, -1 if nowhere.  An empty needle lies at 0. */
ptrdiff_t text_find(struct text text, struct text needle);
ptrdiff_t text_find_nocase(struct text text, struct text needle);
ptrdiff_t text_find_char(struct text text, char c);

/* What is left without `count` first bytes (at most all of them). */
struct text text_skip(struct text text, size_t count);
struct text text_first(struct text text, size_t count);

/* Without leading and trailing ASCII white space (space, TAB, CR, LF, FF). */
struct text text_trim(struct text text);

/* Cuts the part before the first `separator` off *rest and gives it in *part; the separator is dropped.  False when
 * *rest was used up already (its `at` is NULL then). */
bool text_split(struct text *rest, char separator, struct text *part);

/* Whole text as a decimal number without sign; false when it is empty, holds anything else or overflows. */
bool text_to_number(struct text text, uint64_t *number);

char ascii_lower(char c);
bool ascii_is_space(char c); /* space TAB CR LF FF */
bool ascii_is_digit(char c);
bool ascii_is_alpha(char c);
bool ascii_is_alnum(char c);
int hex_value(char c); /* -1 when it is no hexadecimal digit */

/* A malloc'ed NUL-terminated copy; NULL without memory. */
char *text_copy(struct text text);

#endif
