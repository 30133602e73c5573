/* Files of the source tree that tests read: below $TOP_SRCDIR, or the current directory. */
#include <config.h>

#include "tests/fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

void fixture_read(const char *path, struct buf *out)
{
    char whole[4096];
    const char *top = getenv("TOP_SRCDIR");
    snprintf(whole, sizeof whole, "%s/%s", top ? top : ".", path);
    FILE *file = fopen(whole, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", whole);
    for (size_t got = 1; got;) {
        char *room = buf_room(out, 65536);
        ck_assert_ptr_nonnull(room);
        got = fread(room, 1, 65536, file);
        buf_grew(out, got);
    }
    ck_assert_msg(!ferror(file), "cannot read %s", whole);
    fclose(file);
}
