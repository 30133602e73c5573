/* A growing buffer of bytes.  The capacity doubles, so that appending is cheap. */
#include <config.h>

#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *buf, size_t limit)
{
    *buf = (struct buf){.limit = limit};
}

void buf_release(struct buf *buf)
{
    free(buf->data);
    buf_init(buf, buf->limit);
}

void buf_clear(struct buf *buf)
{
    buf->length = 0;
    buf->failed = false;
    if (buf->data)
        buf->data[0] = '\0';
}

void buf_fail(struct buf *buf)
{
    buf->failed = buf->out_of_memory = true;
}

bool buf_ok(const struct buf *buf)
{
    return !buf->failed;
}

bool buf_is_out_of_memory(const struct buf *buf)
{
    return buf->out_of_memory;
}

struct text buf_text(const struct buf *buf)
{
    return (struct text){buf->data ? buf->data : "", buf->length};
}

char *buf_room(struct buf *buf, size_t more)
{
    if (buf->failed || more > buf->limit || buf->length > buf->limit - more) {
        buf->failed = true;
        return NULL;
    }
    size_t need = buf->length + more + 1;
    if (need > buf->capacity) {
        size_t capacity = buf->capacity ? buf->capacity * 2 : 64;
        if (capacity < need)
            capacity = need;
        char *data = realloc(buf->data, capacity);
        if (!data) {
            buf->failed = true;
            buf->out_of_memory = true;
            return NULL;
        }
        buf->data = data;
        buf->capacity = capacity;
    }
    return buf->data + buf->length;
}

void buf_grew(struct buf *buf, size_t written)
{
    buf->length += written;
    buf->data[buf->length] = '\0';
}

void buf_append_slowly(struct buf *buf, const void *bytes, size_t length)
{
    char *room = buf_room(buf, length);
    if (!room)
        return;
    if (length)
        memcpy(room, bytes, length);
    buf_grew(buf, length);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        buf->failed = true;
        return;
    }
    char *room = buf_room(buf, (size_t)length);
    if (!room)
        return;
    va_start(arguments, format);
    vsnprintf(room, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buf_grew(buf, (size_t)length);
}

void buf_take(struct buf *to, struct buf *from)
{
    bool out_of_memory = to->out_of_memory || from->out_of_memory;
    free(to->data);
    *to = *from;
    to->out_of_memory = out_of_memory;
    buf_init(from, from->limit);
}
