/*
 * Text from strangers, made harmless for terminals and logs. A control character could change a
 * terminal's title, move its cursor, reverse the direction of writing, or begin a new line in a
 * log.
 */
#ifndef BASE_PLAIN_TEXT_H
#define BASE_PLAIN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

/* Whether a character may be shown as it is.  Not so: C0 (including TAB and LF), DEL, C1,
 * characters that change the direction of writing (UAX #9), and the separators of lines and
 * paragraphs. */
bool plain_text_may_show(uint32_t character);

/* Appends the text.  What may not be shown, and bytes that are not UTF-8, are written as \xNN or
 * \uNNNN. */
void plain_text_add(struct buf *out, struct text text);

/* The same in place, for `words` of at most `size` bytes, NUL included: what has no room is cut
 * off. */
void plain_text_settle(char *words, size_t size);

#endif
