/*
 * The segments of a path, split once for all the rules that look at them.
 */
#ifndef WEB_PATH_SEGMENTS_H
#define WEB_PATH_SEGMENTS_H

#include "base/text.h"

enum { PATH_SEGMENTS_MOST = 64 };

struct path_segments {
    struct text path;                     /* whole */
    struct text list[PATH_SEGMENTS_MOST]; /* those that are not empty; what is beyond is left out */
    size_t count;
    bool open; /* no slash closes the path: its last segment names a file rather than a directory */
};

void path_segments_split(struct path_segments *segments, struct text path);

/* The last one; the empty text when there is none. */
static inline struct text path_segments_last(const struct path_segments *segments)
{
    return segments->count ? segments->list[segments->count - 1] : TEXT("");
}

#endif
