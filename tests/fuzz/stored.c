#include <config.h>

#include "tests/fuzz/stored.h"

#include "base/gzip.h"
#include "tests/fuzz/fuzz.h"

static struct scratch scratch;

static void remove_scratch(void)
{
    scratch_remove(&scratch);
}

const struct scratch *stored_directory(void)
{
    if (!scratch.directory[0]) {
        scratch = scratch_new();
        atexit(remove_scratch);
    }
    return &scratch;
}

bool stored_is_plain(struct text bytes)
{
    return !text_starts(bytes, TEXT("\x1f"));
}

void stored_pack(struct text plain, struct buf *out)
{
    static struct gzip *gzip; /* kept, so that it is made once */
    gzip = gzip ? gzip : gzip_new();
    FUZZ_CHECK(gzip);
    while (plain.length) {
        ptrdiff_t next = text_find(text_skip(plain, 1), TEXT("\nWARC/"));
        struct text member = next < 0 ? plain : text_first(plain, (size_t)next + 2);
        FUZZ_CHECK(gzip_member(gzip, GZIP_STORE, member, out));
        plain = text_skip(plain, member.length);
    }
}
