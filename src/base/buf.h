/*
 * A growing row of bytes with a ceiling.
 *
 * Appending past the ceiling, or without memory, marks the buffer as failed and drops what was to
 * be added; all later appends are dropped too, so that a builder may append freely and ask buf_ok()
 * once at the end.  The bytes are always followed by a NUL that is not counted, so that text in a
 * buffer can be handed to C functions.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct buf {
    char *data; /* NULL until the first append */
    size_t length;
    size_t capacity;
    size_t limit; /* most bytes it may hold */
    bool failed;
    bool out_of_memory; /* it failed for want of memory at some time */
};

void buf_init(struct buf *buf, size_t limit);
void buf_release(struct buf *buf);

/* Empties it and forgets a failure; the memory is kept. */
void buf_clear(struct buf *buf);
bool buf_ok(const struct buf *buf);
/* Whether it ever failed for want of memory, rather than at its ceiling; buf_clear() does not
 * forget this, so that one question at the end is enough. */
bool buf_is_out_of_memory(const struct buf *buf);
struct text buf_text(const struct buf *buf);

void buf_append(struct buf *buf, const void *bytes, size_t length);
static inline void buf_add(struct buf *buf,
                           const char *string) /* here, so that a literal's length is known */
{
    buf_append(buf, string, strlen(string));
}
void buf_add_text(struct buf *buf, struct text text);
void buf_add_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Makes room for `more` bytes behind the present ones and gives their place, NULL when it can't;
 * buf_grew() then counts those that were really written. */
char *buf_room(struct buf *buf, size_t more);
void buf_grew(struct buf *buf, size_t written);

/* Moves the content out: *to gets it, *from is left empty with its limit. */
void buf_take(struct buf *to, struct buf *from);

#endif
