/*
 * The segments of a path, split once for all the rules that look at them.
 */
#ifndef DISCOVER_SEGMENTS_H
#define DISCOVER_SEGMENTS_H

#include "base/text.h"

enum { SEGMENTS_MOST = 64 };

struct segments {
    struct text path;                /* whole */
    struct text list[SEGMENTS_MOST]; /* those that are not empty; what is beyond is left out */
    size_t count;
    bool open;                       /* no slash closes the path: its last segment names a file rather than a directory */
};

void segments_split(struct segments *segments, struct text path);

/* The last one; the empty text when there is none. */
static inline struct text segments_last(const struct segments *segments)
{
    return segments->count ? segments->list[segments->count - 1] : TEXT("");
}

#endif
