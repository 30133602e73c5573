/*
 * A growing buffer of bytes with a limit.
 *
 * An append that would exceed the limit, or for which there is no memory, marks the buffer as
 * failed and adds nothing.  All later appends add nothing either.  So a caller can append freely
 * and check buf_ok() once at the end.
 *
 * The content is always followed by a NUL that is not counted, so it can be passed to C functions
 * that want a string (unless it contains NULs itself).
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct buf {
    char *data; /* NULL until the first append; owned by the buffer */
    size_t length;
    size_t capacity;
    size_t limit; /* the most bytes it may contain, without the NUL */
    bool failed;
    bool out_of_memory; /* an allocation has failed at some time */
};

/* Makes an empty buffer that may grow to `limit` bytes.  Allocates nothing. */
void buf_init(struct buf *buf, size_t limit);

/* Frees the content.  The buffer is then as after buf_init(), with the same limit. */
void buf_release(struct buf *buf);

/* Empties the buffer and resets the failure; keeps the memory for reuse. */
void buf_clear(struct buf *buf);

/* As if an append had failed for want of memory: what was to be appended could not be made. */
void buf_fail(struct buf *buf);

/* Whether every append since buf_init() or buf_clear() succeeded. */
bool buf_ok(const struct buf *buf);

/* Whether an allocation ever failed, as opposed to the limit being reached.  buf_clear() does not
 * reset this, so one check at the end is enough. */
bool buf_is_out_of_memory(const struct buf *buf);

/* The content.  Valid until the next call that changes or releases the buffer. */
struct text buf_text(const struct buf *buf);

/* Append bytes, a C string, a text, one byte or formatted output.  Failures show in buf_ok().
 * Inline as long as there is room, because most are short, and the compiler knows the length of a
 * literal.
 */
void buf_append_slowly(struct buf *buf, const void *bytes, size_t length);
static inline void buf_append(struct buf *buf, const void *bytes, size_t length)
{
    if (buf->failed || length >= buf->capacity - buf->length || length > buf->limit - buf->length) {
        buf_append_slowly(buf, bytes, length);
        return;
    }
    if (length) /* of nothing, `bytes` may be NULL */
        memcpy(buf->data + buf->length, bytes, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
}
static inline void buf_add(struct buf *buf, const char *string)
{
    buf_append(buf, string, strlen(string));
}
static inline void buf_add_text(struct buf *buf, struct text text)
{
    buf_append(buf, text.at, text.length);
}
static inline void buf_add_char(struct buf *buf, char c)
{
    buf_append(buf, &c, 1);
}
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Makes room for `more` bytes after the content and returns a pointer to it, valid until the next
 * call.  The caller writes there, then calls buf_grew().  NULL when the buffer has failed. */
char *buf_room(struct buf *buf, size_t more);

/* Adds to the content the `written` bytes that the caller put into the room.  At most as many as
 * buf_room() was asked for. */
void buf_grew(struct buf *buf, size_t written);

/* Moves content, limit and failure from *from to *to, and frees what *to had. If either was out
 * of memory, *to is afterwards.  *from is left empty with its limit. */
void buf_take(struct buf *to, struct buf *from);

#endif
