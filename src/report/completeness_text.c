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
    for (int i = 0; i < LIST_SOURCES; i++) {
        uint64_t closed = completeness->lines[i].lists.left_out[LEFT_OUT_BY_ROBOTS];
        if (!closed)
            continue;
        fprintf(out, "%s%s (%llu)", first ? "robots.txt closes lists of the site: " : ", ",
                source_names[i], (unsigned long long)closed);
        first = false;
    }
    if (first)
        return;
    fprintf(out, "; pages came from ");
    first = true;
    for (int i = 0; i < LIST_SOURCES; i++) {
        const struct state_counts *lists = &completeness->lines[i].lists;
        if (!completeness->lines[i].pages.of[STATE_KEPT] ||
            state_counts_all(lists) == lists->left_out[LEFT_OUT_BY_ROBOTS])
            continue;
        fprintf(out, "%s%s", first ? "" : ", ", source_names[i]);
        first = false;
    }
    fprintf(out, "%s.\n", first ? "no list" : "");
}

/* "  sitemaps  1 of 1 kept, 280 of 300 pages kept, 3 gone" */
static void print_row(FILE *out, const char *name, const struct state_counts *counts)
{
    struct buf words;
    buf_init(&words, 1000);
    state_counts_words(counts, &words);
    fprintf(out, "  %-32s %s\n", name, words.data);
    buf_release(&words);
}

static void print_totals(const struct url_totals *totals, FILE *out)
{
    bool any = false;
    for (int i = 0; i < URL_GROUPS; i++) {
        struct buf words;
        buf_init(&words, 1000);
        url_totals_words(totals, (enum url_group)i, &words);
        if (words.length)
            fprintf(out, "%s  %-32s %s\n", any ? "" : "What is known of the site:\n",
                    url_group_name((enum url_group)i), words.data);
        any = any || words.length;
        buf_release(&words);
    }
}

static void print_table(const struct completeness *completeness, FILE *out)
{
    char name[64];
    fprintf(out, "What the site lists:\n");
    for (int i = 0; i < LIST_SOURCES; i++)
        if (state_counts_all(&completeness->lines[i].lists))
            print_row(out, source_names[i], &completeness->lines[i].lists);
    for (int i = 0; i < LIST_SOURCES; i++) {
        snprintf(name, sizeof name, "pages in %s", source_names[i]);
        if (state_counts_all(&completeness->lines[i].pages))
            print_row(out, name, &completeness->lines[i].pages);
    }
    if (state_counts_all(&completeness->all))
        print_row(out, "all these pages, each once", &completeness->all);
    if (completeness->counted && completeness->archive_counts.comparable)
        fprintf(out, "  %-32s %llu of %llu kept\n", "posts by the site's own counts",
                (unsigned long long)completeness->counted_kept,
                (unsigned long long)completeness->counted);
    else if (completeness->counted)
        fprintf(out, "  %-32s cannot be compared: the URLs contain no dates\n",
                "posts by the site's own counts");
}

void completeness_print(const struct completeness *completeness, FILE *out)
{
    print_totals(&completeness->totals, out);
    if (completeness_lists_anything(completeness))
        print_table(completeness, out);
    if (completeness->told)
        fprintf(out, "Pages by the page numbers that the site shows: %llu of %llu kept.\n",
                (unsigned long long)completeness->told_kept,
                (unsigned long long)completeness->told);
    if (completeness->entries)
        fprintf(out, "The feed reports %llu %s; %llu %s kept.\n",
                (unsigned long long)completeness->entries,
                wording_plural(completeness->entries, "entry", "entries"),
                (unsigned long long)completeness->posts,
                wording_plural(completeness->posts, "page that is not a list is",
                               "pages that are not lists are"));
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

void completeness_add_gaps(const struct completeness *completeness, struct buf *out)
{
    struct buf gaps;
    buf_init(&gaps, 1000);
    url_totals_add_gaps(&completeness->totals, &gaps);
    add_gap(&gaps, completeness->told - completeness->told_kept,
            "page missing by the page numbers that the site shows",
            "pages missing by the page numbers that the site shows");
    if (completeness->archive_counts.comparable)
        add_gap(&gaps, completeness->counted - completeness->counted_kept,
                "post missing by the counts of the date archives",
                "posts missing by the counts of the date archives");
    uint64_t told = 0;
    for (int i = 0; i < URL_GROUPS; i++)
        told += completeness->totals.of[i].of[STATE_WAITING];
    if (completeness->waiting > told)
        add_gap(&gaps, completeness->waiting - told,
                told ? "other URL waiting" : "URL waiting to be looked at",
                told ? "other URLs waiting" : "URLs waiting to be looked at");
    add_gap(&gaps, completeness->unread, "page whose links could not be read",
            "pages whose links could not be read");
    if (completeness->entries > completeness->posts)
        add_gap(&gaps, completeness->entries - completeness->posts,
                "entry missing by the total of the feed",
                "entries missing by the total of the feed");
    if (gaps.length)
        buf_printf(out, "%s%s", out->length ? ", " : "", gaps.data);
    buf_release(&gaps);
}

/* "20 pages that rules leave out (print 12, share 8)" */
static void add_suspects(const struct completeness *completeness, struct buf *out)
{
    const char *between = " that rules leave out (";
    wording_add_count(out, completeness_suspects(completeness), "page", "pages");
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++)
        if (completeness->suspects[rule]) {
            buf_printf(out, "%s%s %llu", between, url_rule_name(rule),
                       (unsigned long long)completeness->suspects[rule]);
            between = ", ";
        }
    buf_add(out, ")");
}

/* "12 pages that robots.txt closes and 3 pages that your options leave out" */
static void add_left_out(const struct completeness *completeness, struct buf *out)
{
    uint64_t robots = completeness_left_out(completeness, LEFT_OUT_BY_ROBOTS), closed = 0,
             option = completeness_left_out(completeness, LEFT_OUT_BY_OPTION);
    for (int i = 0; i < URL_GROUPS; i++)
        closed += completeness->totals.of[i].left_out[LEFT_OUT_BY_ROBOTS];
    if (robots) {
        wording_add_count(out, robots, "page", "pages");
        buf_add(out, " that robots.txt closes");
    } else if (closed)
        buf_add(out, "what robots.txt closes");
    if (completeness_suspects(completeness)) {
        buf_add(out, out->length ? " and " : "");
        add_suspects(completeness, out);
    }
    if (option) {
        buf_add(out, out->length ? " and " : "");
        wording_add_count(out, option, "page", "pages");
        buf_add(out, " that your options leave out");
    }
}

void completeness_add_complete(const struct completeness *completeness, struct buf *out)
{
    uint64_t dead = 0, refused = completeness->totals.of[GROUP_PARTS].of[STATE_REFUSED];
    struct buf but;
    buf_init(&but, 1000);
    add_left_out(completeness, &but);
    for (int i = 0; i < URL_GROUPS; i++)
        dead += completeness->totals.known_dead[i];
    buf_printf(out, "Complete%s%s: all that the site lists", but.length ? " but for " : "",
               but.length ? but.data : "");
    buf_add(out, dead || refused ? " is in the archive."
                                 : ", and every URL in scope, is in the "
                                   "archive.");
    if (dead) {
        buf_add(out, " ");
        wording_add_count(out, dead, "URL is", "URLs are");
        buf_add(out, " known dead, and missing.");
    }
    if (refused) {
        buf_add(out, " ");
        wording_add_count(out, refused, "requisite or media file is",
                          "requisites and media files are");
        buf_add(out, " refused, and missing.");
    }
    buf_release(&but);
}
