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

/* ---- telling ---- */

static void say_closed(const struct completeness *completeness, FILE *out)
{
    bool first = true;
    for (int i = 0; i < LIST_SOURCES; i++)
        if (completeness->lines[i].lists_closed) {
            fprintf(out, "%s%s (%llu)", first ? "robots.txt closes lists of the site: " : ", ",
                    list_source_name((enum list_source)i),
                    (unsigned long long)completeness->lines[i].lists_closed);
            first = false;
        }
    if (first)
        return;
    fprintf(out, "; pages came from ");
    first = true;
    for (int i = 0; i < LIST_SOURCES; i++)
        if (completeness->lines[i].captured &&
            completeness->lines[i].lists > completeness->lines[i].lists_closed) {
            fprintf(out, "%s%s", first ? "" : ", ", list_source_name((enum list_source)i));
            first = false;
        }
    fprintf(out, "%s.\n", first ? "no list" : "");
}

void completeness_print(const struct completeness *completeness, FILE *out)
{
    fprintf(out, "  what the site lists    lists captured   pages named captured   robots left out "
                 " missing\n");
    for (int i = 0; i < LIST_SOURCES; i++) {
        const struct completeness_line *line = &completeness->lines[i];
        fprintf(out, "  %-18s %9llu %8llu   %11llu %8llu %8llu %8llu %8llu\n",
                list_source_name((enum list_source)i), (unsigned long long)line->lists,
                (unsigned long long)line->lists_captured, (unsigned long long)line->named,
                (unsigned long long)line->captured, (unsigned long long)line->closed,
                (unsigned long long)line->left_out, (unsigned long long)line->missing);
    }
    if (completeness->counted && completeness->archive_counts.comparable)
        fprintf(out, "  %-18s %9s %8s   %11llu %8llu %8s %8s %8llu\n", "archive's counts", "", "",
                (unsigned long long)completeness->counted,
                (unsigned long long)completeness->counted_captured, "", "",
                (unsigned long long)(completeness->counted - completeness->counted_captured));
    else
        fprintf(out, "  %-18s %s\n", "archive's counts",
                completeness->counted ? "can't be compared: the addresses bear no dates"
                                      : "none are shown");
    if (completeness->told)
        fprintf(out, "  Rows that say how many pages they have: %llu pages, %llu captured.\n",
                (unsigned long long)completeness->told,
                (unsigned long long)completeness->told_captured);
    if (completeness->entries)
        fprintf(out, "  The feed says that it has %llu entries; %llu pages are captured.\n",
                (unsigned long long)completeness->entries, (unsigned long long)completeness->pages);
    say_closed(completeness, out);
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
