/*
 * SURT keys of any bytes: never empty, and without white space and control characters, for a key
 * stands before the first blank of a line of the index.
 */
#include <config.h>

#include "base/buf.h"
#include "tests/fuzz/fuzz.h"
#include "web/surt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text url = fuzz_text(data, size);
    struct buf key, behind;
    buf_init(&key, 1 << 24);
    buf_init(&behind, 1 << 24);
    surt_write(url, &key);
    FUZZ_CHECK(buf_ok(&key) && key.length > 0);
    for (size_t i = 0; i < key.length; i++)
        FUZZ_CHECK((unsigned char)key.data[i] > ' ' && key.data[i] != 0x7f);
    /* It is appended, and what is there already makes no difference. */
    buf_add(&behind, "x ");
    surt_write(url, &behind);
    FUZZ_CHECK(text_starts(buf_text(&behind), TEXT("x ")));
    FUZZ_CHECK(text_equal(text_skip(buf_text(&behind), 2), buf_text(&key)));
    buf_release(&key);
    buf_release(&behind);
    return 0;
}
