/* Ranges of bytes that a request asks for (RFC 9110, section 14). */
#ifndef SERVE_BYTE_RANGE_H
#define SERVE_BYTE_RANGE_H

#include <stdint.h>

#include "base/text.h"

enum range_kind {
    RANGE_WHOLE, /* no range, several, or none that is understood: the whole is sent */
    RANGE_PART,  /* *range is part of it */
    RANGE_NONE,  /* it lies beyond the end: 416 */
};

struct byte_range {
    int64_t first, length;
};

/* Reads a Range field for something of `all` bytes. */
enum range_kind byte_range_read(struct text field, int64_t all, struct byte_range *range);

#endif
