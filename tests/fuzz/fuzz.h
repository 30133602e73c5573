/*
 * What the fuzz targets share.  A target is a LLVMFuzzerTestOneInput() that hands the bytes to one
 * reader of strangers' bytes and wants more of it than to survive: FUZZ_CHECK() says what has to
 * hold.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

/* Not assert(): it has to hold in every build. */
#define FUZZ_CHECK(condition)                                                                   \
    do {                                                                                        \
        if (!(condition)) {                                                                     \
            fprintf(stderr, "%s:%d: this does not hold: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                            \
        }                                                                                       \
    } while (0)

/* For libFuzzer and for driver.c; always 0. */
__attribute__((visibility("default"))) int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline struct text fuzz_text(const uint8_t *data, size_t size)
{
    return (struct text){size ? (const char *)data : "", size};
}

static inline bool fuzz_is_inside(struct text outer, struct text inner)
{
    return !inner.length || (inner.at >= outer.at && inner.length <= outer.length &&
                             (size_t)(inner.at - outer.at) <= outer.length - inner.length);
}

/* Nothing but visible ASCII: what may stand in a request line or an index. */
static inline bool fuzz_is_visible(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] <= ' ' || (unsigned char)text.at[i] >= 0x7f)
            return false;
    return true;
}

#endif
