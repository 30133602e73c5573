#include <config.h>

#include "report/completeness_text.h"

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
