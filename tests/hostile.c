#include <config.h>

#include "tests/hostile.h"

#include <check.h>

void hostile_repeat(struct buf *out, const char *piece, size_t count)
{
    struct text text = text_of(piece);
    for (size_t i = 0; i < count; i++)
        buf_add_text(out, text);
    ck_assert(buf_ok(out));
}
