#include <config.h>

#include "discover/segments.h"

void segments_split(struct segments *segments, struct text path)
{
    struct text part, rest = path;
    size_t count = 0;
    while (count < SEGMENTS_MOST && text_split(&rest, '/', &part)) {
        segments->list[count] = part;
        count += part.length > 0;
    }
    segments->path = path;
    segments->count = count;
    segments->open = path.length && path.at[path.length - 1] != '/';
}
