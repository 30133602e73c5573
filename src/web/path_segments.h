/*
 * The segments of a URL's path, split once for all the rules that examine them.
 */
#ifndef WEB_PATH_SEGMENTS_H
#define WEB_PATH_SEGMENTS_H

#include "base/text.h"

enum { PATH_SEGMENTS_MOST = 64 };

struct path_segments {
    struct text path;                     /* whole */
    struct text list[PATH_SEGMENTS_MOST]; /* the first 64 that are not empty */
    size_t count;
    bool open; /* the path does not end in a slash, so its last segment names a file */
};

/* Splits a path.  All texts point into `path`. */
void path_segments_split(struct path_segments *segments, struct text path);

/* The last segment; empty when there is none. */
static inline struct text path_segments_last(const struct path_segments *segments)
{
    return segments->count ? segments->list[segments->count - 1] : TEXT("");
}

#endif
