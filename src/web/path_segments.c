/* Splits a path at its slashes. */
#include <config.h>

#include "web/path_segments.h"

void path_segments_split(struct path_segments *segments, struct text path)
{
    struct text part, rest = path;
    size_t count = 0;
    while (count < PATH_SEGMENTS_MOST && text_split(&rest, '/', &part)) {
        segments->list[count] = part;
        count += part.length > 0;
    }
    segments->path = path;
    segments->count = count;
    segments->open = path.length && path.at[path.length - 1] != '/';
}
