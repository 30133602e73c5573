/* Judges whether a capture is complete, and writes that as JSON. */
#include <config.h>

#include "store/completeness.h"

static bool is_whole(const struct completeness *completeness, bool closed_counts)
{
    for (int i = 0; i < LIST_SOURCES; i++) {
        const struct completeness_line *line = &completeness->lines[i];
        uint64_t closed = closed_counts ? 0 : line->lists_closed;
        if (line->lists != line->lists_captured + closed || line->missing || line->left_out ||
            (closed_counts && line->closed))
            return false;
    }
    if (completeness->unseen || completeness->told != completeness->told_captured ||
        completeness->entries > completeness->pages)
        return false;
    return !completeness->archive_counts.comparable ||
           completeness->counted == completeness->counted_captured;
}

void completeness_judge(struct completeness *completeness)
{
    archive_counts_compare(&completeness->archive_counts, &completeness->counted,
                           &completeness->counted_captured, NULL, NULL);
    completeness->complete = is_whole(completeness, true);
    completeness->complete_but_closed = is_whole(completeness, false);
}

void completeness_json(const struct completeness *completeness, struct buf *out)
{
    buf_add(out, "\"complete\": ");
    buf_add(out, completeness->complete ? "true" : "false");
    buf_add(out, ", \"promises\": {");
    for (int i = 0; i < LIST_SOURCES; i++) {
        const struct completeness_line *line = &completeness->lines[i];
        buf_printf(out,
                   "\"%s\": {\"lists\": %llu, \"lists_captured\": %llu, \"lists_robots\": %llu, "
                   "\"named\": %llu, "
                   "\"captured\": %llu, \"robots\": %llu, \"left_out\": %llu, \"missing\": %llu}, ",
                   list_source_name((enum list_source)i), (unsigned long long)line->lists,
                   (unsigned long long)line->lists_captured, (unsigned long long)line->lists_closed,
                   (unsigned long long)line->named, (unsigned long long)line->captured,
                   (unsigned long long)line->closed, (unsigned long long)line->left_out,
                   (unsigned long long)line->missing);
    }
    buf_printf(out, "\"rows\": {\"named\": %llu, \"captured\": %llu}, \"feed_total\": %llu, ",
               (unsigned long long)completeness->told,
               (unsigned long long)completeness->told_captured,
               (unsigned long long)completeness->entries);
    buf_printf(out, "\"counts\": {\"comparable\": %s, \"named\": %llu, \"captured\": %llu}}",
               completeness->archive_counts.comparable ? "true" : "false",
               (unsigned long long)completeness->counted,
               (unsigned long long)completeness->counted_captured);
}
