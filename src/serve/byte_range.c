/* Several ranges in one request are answered with the whole, which is allowed (RFC 9110, 14.2). */
#include <config.h>

#include "serve/byte_range.h"

static enum range_kind part(uint64_t first, uint64_t last, int64_t all, struct byte_range *range)
{
    if (first >= (uint64_t)all)
        return RANGE_NONE;
    if (last >= (uint64_t)all)
        last = (uint64_t)all - 1;
    *range = (struct byte_range){(int64_t)first, (int64_t)(last - first) + 1};
    return RANGE_PART;
}

enum range_kind byte_range_read(struct text field, int64_t all, struct byte_range *range)
{
    struct text unit = TEXT("bytes=");
    if (all < 0 || !text_starts_nocase(field, unit))
        return RANGE_WHOLE;
    struct text rest = text_skip(field, unit.length), first;
    uint64_t from = 0, to = UINT64_MAX;
    if (text_find_char(rest, ',') >= 0 || !text_split(&rest, '-', &first) || !rest.at)
        return RANGE_WHOLE;
    first = text_trim(first);
    rest = text_trim(rest);
    if (!first.length) {
        if (!text_to_number(rest, &to))
            return RANGE_WHOLE;
        if (!to || !all)
            return RANGE_NONE;
        return part(to < (uint64_t)all ? (uint64_t)all - to : 0, UINT64_MAX, all, range);
    }
    if (!text_to_number(first, &from) || (rest.length && (!text_to_number(rest, &to) || to < from)))
        return RANGE_WHOLE;
    return part(from, to, all, range);
}
