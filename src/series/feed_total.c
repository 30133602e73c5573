/* Finds totalResults without parsing the feed. */
#include <config.h>

#include "series/feed_total.h"

int feed_total(const struct url *url, struct text feed)
{
    struct text mark = TEXT("totalResults>");
    ptrdiff_t at = text_find(feed, mark);
    uint64_t total;
    if (at < 0 || text_find(url_path(url), TEXT("comments")) >= 0)
        return 0;
    struct text number = text_skip(feed, (size_t)at + mark.length);
    ptrdiff_t end = text_find_char(number, '<');
    return end > 0 && text_to_number(text_trim(text_first(number, (size_t)end)), &total) &&
                   total < INT32_MAX
               ? (int)total
               : 0;
}
