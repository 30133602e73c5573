#include <config.h>

#include "store/completeness.h"

static bool is_whole(const struct completeness *ledger, bool closed_counts)
{
    for (int i = 0; i < LIST_SOURCES; i++) {
        const struct completeness_line *line = &ledger->lines[i];
        uint64_t closed = closed_counts ? 0 : line->lists_closed;
        if (line->lists != line->lists_captured + closed || line->missing || line->left_out ||
            (closed_counts && line->closed))
            return false;
    }
    if (ledger->unseen || ledger->told != ledger->told_captured || ledger->entries > ledger->pages)
        return false;
    return !ledger->periods.comparable || ledger->counted == ledger->counted_captured;
}

void completeness_judge(struct completeness *ledger)
{
    archive_counts_compare(&ledger->periods, &ledger->counted, &ledger->counted_captured, NULL,
                           NULL);
    ledger->complete = is_whole(ledger, true);
    ledger->complete_but_closed = is_whole(ledger, false);
}

/* ---- telling
 * ------------------------------------------------------------------------------------------------
 */

static void say_closed(const struct completeness *ledger, FILE *out)
{
    bool first = true;
    for (int i = 0; i < LIST_SOURCES; i++)
        if (ledger->lines[i].lists_closed) {
            fprintf(out, "%s%s (%llu)", first ? "robots.txt closes lists of the site: " : ", ",
                    list_source_name((enum list_source)i),
                    (unsigned long long)ledger->lines[i].lists_closed);
            first = false;
        }
    if (first)
        return;
    fprintf(out, "; pages came from ");
    first = true;
    for (int i = 0; i < LIST_SOURCES; i++)
        if (ledger->lines[i].captured && ledger->lines[i].lists > ledger->lines[i].lists_closed) {
            fprintf(out, "%s%s", first ? "" : ", ", list_source_name((enum list_source)i));
            first = false;
        }
    fprintf(out, "%s.\n", first ? "no list" : "");
}

void completeness_print(const struct completeness *ledger, FILE *out)
{
    fprintf(out, "  what the site lists    lists captured   pages named captured   robots left out "
                 " missing\n");
    for (int i = 0; i < LIST_SOURCES; i++) {
        const struct completeness_line *line = &ledger->lines[i];
        fprintf(out, "  %-18s %9llu %8llu   %11llu %8llu %8llu %8llu %8llu\n",
                list_source_name((enum list_source)i), (unsigned long long)line->lists,
                (unsigned long long)line->lists_captured, (unsigned long long)line->named,
                (unsigned long long)line->captured, (unsigned long long)line->closed,
                (unsigned long long)line->left_out, (unsigned long long)line->missing);
    }
    if (ledger->counted && ledger->periods.comparable)
        fprintf(out, "  %-18s %9s %8s   %11llu %8llu %8s %8s %8llu\n", "archive's counts", "", "",
                (unsigned long long)ledger->counted, (unsigned long long)ledger->counted_captured,
                "", "", (unsigned long long)(ledger->counted - ledger->counted_captured));
    else
        fprintf(out, "  %-18s %s\n", "archive's counts",
                ledger->counted ? "can't be compared: the addresses bear no dates"
                                : "none are shown");
    if (ledger->told)
        fprintf(out, "  Rows that say how many pages they have: %llu pages, %llu captured.\n",
                (unsigned long long)ledger->told, (unsigned long long)ledger->told_captured);
    if (ledger->entries)
        fprintf(out, "  The feed says that it has %llu entries; %llu pages are captured.\n",
                (unsigned long long)ledger->entries, (unsigned long long)ledger->pages);
    say_closed(ledger, out);
}

void completeness_json(const struct completeness *ledger, struct buf *out)
{
    buf_add(out, "\"complete\": ");
    buf_add(out, ledger->complete ? "true" : "false");
    buf_add(out, ", \"promises\": {");
    for (int i = 0; i < LIST_SOURCES; i++) {
        const struct completeness_line *line = &ledger->lines[i];
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
               (unsigned long long)ledger->told, (unsigned long long)ledger->told_captured,
               (unsigned long long)ledger->entries);
    buf_printf(out, "\"counts\": {\"comparable\": %s, \"named\": %llu, \"captured\": %llu}}",
               ledger->periods.comparable ? "true" : "false", (unsigned long long)ledger->counted,
               (unsigned long long)ledger->counted_captured);
}
