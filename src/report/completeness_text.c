/* How complete a capture is, in words for a person. */
#include <config.h>

#include "report/completeness_text.h"

#include "base/wording.h"

static const char *const source_names[LIST_SOURCES] = {
    [LISTED_BY_PAGER] = "pagination",
    [LISTED_BY_ARCHIVE] = "date archives",
    [LISTED_BY_FEED] = "feeds",
    [LISTED_BY_SITEMAP] = "sitemaps",
};

/* ---- the table ---- */

static void print_closed_lists(const struct completeness *completeness, FILE *out)
{
    bool first = true;
    for (int i = 0; i < LIST_SOURCES; i++)
        if (completeness->lines[i].lists_closed) {
            fprintf(out, "%s%s (%llu)", first ? "robots.txt closes lists of the site: " : ", ",
                    source_names[i], (unsigned long long)completeness->lines[i].lists_closed);
            first = false;
        }
    if (first)
        return;
    fprintf(out, "; pages came from ");
    first = true;
    for (int i = 0; i < LIST_SOURCES; i++)
        if (completeness->lines[i].captured &&
            completeness->lines[i].lists > completeness->lines[i].lists_closed) {
            fprintf(out, "%s%s", first ? "" : ", ", source_names[i]);
            first = false;
        }
    fprintf(out, "%s.\n", first ? "no list" : "");
}

static void print_row(FILE *out, const char *name, const char *lists, const struct buf *pages)
{
    if (pages->length)
        fprintf(out, "  %-20s %-21s %s\n", name, lists, pages->data);
    else
        fprintf(out, "  %-20s %s\n", name, lists);
}

static void add_reason(struct buf *out, uint64_t count, const char *reason)
{
    static const char opening[] = " (";
    bool first = text_find(buf_text(out), text_of(opening)) < 0;
    if (count)
        buf_printf(out, "%s%llu %s", first ? opening : ", ", (unsigned long long)count, reason);
}

/* "280 of 300 (3 closed by robots.txt, 17 missing)" */
static void add_pages(struct buf *out, const struct completeness_line *line)
{
    if (!line->named)
        return;
    buf_printf(out, "%llu of %llu", (unsigned long long)line->captured,
               (unsigned long long)line->named);
    add_reason(out, line->closed, "closed by robots.txt");
    add_reason(out, line->left_out, "left out");
    add_reason(out, line->missing, "missing");
    if (text_find_char(buf_text(out), '(') >= 0)
        buf_add(out, ")");
}

static bool lists_anything(const struct completeness *completeness)
{
    bool any = completeness->counted > 0;
    for (int i = 0; i < LIST_SOURCES; i++)
        any = any || completeness->lines[i].lists || completeness->lines[i].named;
    return any;
}

static void print_table(const struct completeness *completeness, FILE *out)
{
    struct buf pages;
    char lists[64];
    buf_init(&pages, 1000);
    buf_add(&pages, "pages captured");
    print_row(out, "what the site lists", "list pages captured", &pages);
    for (int i = 0; i < LIST_SOURCES; i++) {
        const struct completeness_line *line = &completeness->lines[i];
        if (!line->lists && !line->named)
            continue;
        snprintf(lists, sizeof lists, "%llu of %llu", (unsigned long long)line->lists_captured,
                 (unsigned long long)line->lists);
        buf_clear(&pages);
        add_pages(&pages, line);
        print_row(out, source_names[i], line->lists ? lists : "", &pages);
    }
    buf_clear(&pages);
    if (completeness->counted && completeness->archive_counts.comparable)
        buf_printf(&pages, "%llu of %llu", (unsigned long long)completeness->counted_captured,
                   (unsigned long long)completeness->counted);
    else if (completeness->counted)
        buf_add(&pages, "cannot be compared: the URLs contain no dates");
    if (completeness->counted)
        print_row(out, "post counts", "", &pages);
    buf_release(&pages);
}

void completeness_print(const struct completeness *completeness, FILE *out)
{
    if (lists_anything(completeness))
        print_table(completeness, out);
    if (completeness->told)
        fprintf(out, "Pages by the page numbers that the site shows: %llu of %llu.\n",
                (unsigned long long)completeness->told_captured,
                (unsigned long long)completeness->told);
    if (completeness->entries)
        fprintf(out, "The feed reports %llu %s; %llu %s captured.\n",
                (unsigned long long)completeness->entries,
                wording_plural(completeness->entries, "entry", "entries"),
                (unsigned long long)completeness->pages,
                wording_plural(completeness->pages, "page is", "pages are"));
    print_closed_lists(completeness, out);
}

/* ---- the gaps ---- */

static void add_gap(struct buf *out, uint64_t count, const char *one, const char *many)
{
    if (!count)
        return;
    buf_add(out, out->length ? ", " : "");
    wording_add_count(out, count, one, many);
}

/* Several lists may name one page: of them the list with most gaps counts. */
static void add_page_gaps(const struct completeness *completeness, enum completeness_gaps which,
                          struct buf *out)
{
    uint64_t lists = 0, missing = 0, left_out = 0;
    for (int i = 0; i < LIST_SOURCES; i++) {
        const struct completeness_line *line = &completeness->lines[i];
        uint64_t there = line->lists_captured + line->lists_closed;
        lists += line->lists > there ? line->lists - there : 0;
        missing = line->missing > missing ? line->missing : missing;
        left_out = line->left_out > left_out ? line->left_out : left_out;
    }
    if (which == GAPS_ALL) {
        add_gap(out, lists, "list page missing", "list pages missing");
        add_gap(out, missing, "page missing", "pages missing");
    }
    add_gap(out, left_out, "page left out by options or rules",
            "pages left out by options or rules");
}

void completeness_add_gaps(const struct completeness *completeness, enum completeness_gaps which,
                           struct buf *out)
{
    struct buf gaps;
    buf_init(&gaps, 1000);
    add_page_gaps(completeness, which, &gaps);
    add_gap(&gaps, completeness->told - completeness->told_captured,
            "page missing by the page numbers that the site shows",
            "pages missing by the page numbers that the site shows");
    if (completeness->archive_counts.comparable)
        add_gap(&gaps, completeness->counted - completeness->counted_captured,
                "post missing by the counts of the date archives",
                "posts missing by the counts of the date archives");
    if (completeness->entries > completeness->pages)
        add_gap(&gaps, completeness->entries - completeness->pages,
                "entry missing by the total of the feed",
                "entries missing by the total of the feed");
    if (gaps.length)
        buf_printf(out, "%s%s", out->length ? ", " : "", gaps.data);
    buf_release(&gaps);
}
