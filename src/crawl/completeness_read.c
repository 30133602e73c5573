/* Counts what lists name, by what became of it. */
#include <config.h>

#include "crawl/completeness_read.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"
#include "capture/keeping.h"
#include "series/series_key.h"
#include "traps/login.h"

/* In the JSON of a run; it is kept in memory, and the next run reads it. */
enum { GAPS_BYTES = 8 * 1024 * 1024 };

static const enum visit_kind kinds[LIST_SOURCES] = {VISIT_PAGER, VISIT_ARCHIVE, VISIT_FEED,
                                                    VISIT_SITEMAP};

struct page_count {
    struct completeness *completeness;
    struct buf last; /* URL of the last gap */
    bool no_memory;  /* for the page at hand, so that it was not counted */
};

static void count_url(struct page_count *pages, struct text text)
{
    struct url url;
    url_init(&url);
    enum url_result parsed = url_parse(&url, text, NULL, TEXT(""));
    if (parsed == URL_OK)
        archive_counts_page(&pages->completeness->archive_counts, &url);
    pages->no_memory = pages->no_memory || parsed == URL_NO_MEMORY;
    url_release(&url);
}

static void count_page(void *context, const struct listed_visit *page)
{
    count_url(context, page->url);
}

static void count_period(void *context, int first_day, int posts)
{
    struct completeness *completeness = context;
    archive_counts_list(&completeness->archive_counts, first_day, posts);
}

/* ---- series of pages ---- */

struct series_count {
    uint64_t hash; /* hash of its key */
    uint64_t told, kept;
};

struct series_counts {
    struct series_count *list;
    size_t count, most;
    bool no_memory; /* for the page at hand, so that it was not counted */
};

/* hashes are compared within one run only */
static const struct hash_key series_hash_key = {0x726f77, 0};

static void add_series(void *context, struct text series, int pages)
{
    struct series_counts *all = context;
    if (all->count < all->most)
        all->list[all->count++] = (struct series_count){.hash = hash_text(&series_hash_key, series),
                                                        .told = (uint64_t)pages};
}

static void count_series(void *context, struct text series, int pages)
{
    (void)series;
    (void)pages;
    ((struct series_counts *)context)->most++;
}

/* Counts a page in its series.  `left_out`: the series ends there by the user's choice. */
static void count_in_series(struct series_counts *all, struct text page, bool left_out)
{
    struct url url;
    struct buf name;
    url_init(&url);
    buf_init(&name, 2 * URL_LONGEST);
    enum url_result parsed = url_parse(&url, page, NULL, TEXT(""));
    if (parsed == URL_OK) {
        series_key_write(&url, 0, &name);
        uint64_t hash = hash_text(&series_hash_key, buf_text(&name));
        for (size_t i = 0; i < all->count; i++)
            if (all->list[i].hash == hash)
                all->list[i].kept += left_out ? all->list[i].told : 1;
    }
    all->no_memory = all->no_memory || parsed == URL_NO_MEMORY || buf_is_out_of_memory(&name);
    url_release(&url);
    buf_release(&name);
}

static void count_series_page(void *context, const struct listed_visit *page)
{
    count_in_series(context, page->url, false);
}

static void count_series_gap(void *context, const struct listed_gap *gap)
{
    if (gap->state == STATE_LEFT_OUT && gap->by == LEFT_OUT_BY_OPTION)
        count_in_series(context, gap->url, true);
}

/* Each page once, though several lists name it.  What an option leaves out counts as if it were
 * kept; what a rule leaves out is told by the name of the rule. */
static void count_left_out(void *context, const struct listed_gap *gap)
{
    struct page_count *pages = context;
    if (gap->state != STATE_LEFT_OUT || gap->by == LEFT_OUT_BY_ROBOTS ||
        text_equal(gap->url, buf_text(&pages->last)))
        return;
    buf_clear(&pages->last);
    buf_add_text(&pages->last, gap->url);
    pages->no_memory = pages->no_memory || !buf_ok(&pages->last);
    if (gap->by == LEFT_OUT_BY_RULE)
        completeness_note_suspect(pages->completeness, url_rule_by_name(gap->reason));
    else
        count_url(pages, gap->url);
}

/* The first page of a series often has a URL of its own ("/blog/"), so one page may seem to be
 * missing. */
static enum result read_series(struct completeness *completeness, struct store *store,
                               struct trouble *trouble)
{
    struct series_counts all = {.count = 0};
    enum result result = site_counts_each_pages(store->site_counts, count_series, &all, trouble);
    if (result != RESULT_OK || !all.most)
        return result;
    all.list = calloc(all.most, sizeof *all.list);
    if (!all.list)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the completeness report");
    result = site_counts_each_pages(store->site_counts, add_series, &all, trouble);
    if (result == RESULT_OK)
        result = known_urls_each(store->known, LISTING_PAGERS, INT_MAX, count_series_page, &all,
                                 trouble);
    if (result == RESULT_OK)
        result =
            completeness_each_gap(store->completeness, INT_MAX, count_series_gap, &all, trouble);
    if (result == RESULT_OK && all.no_memory)
        result = trouble_say(trouble, RESULT_BROKEN, "no memory for the completeness report");
    for (size_t i = 0; i < all.count; i++) {
        const struct series_count *one = &all.list[i];
        completeness->told += one->told;
        completeness->told_kept += one->kept + 1 < one->told ? one->kept + 1 : one->told;
    }
    free(all.list);
    return result;
}

/* Whether anything is kept, and whether what a seed was redirected to tells so. */
struct seen {
    bool nothing_kept;
    bool seed_kept, elsewhere; /* a given seed is; or leads to a page of another site only */
};

static void note_seed_end(void *context, const struct listed_visit *seed)
{
    struct seen *seen = context;
    seen->seed_kept = seen->seed_kept || (seed->given && seed->state == STATE_KEPT);
    seen->elsewhere =
        seen->elsewhere || (seed->given && text_starts(seed->reason, TEXT(KEEPING_ELSEWHERE)));
}

/* Whether a login came in the place of what was asked for. */
static bool is_only_login(const struct url_history *history)
{
    struct url url;
    url_init(&url);
    bool login = history->via_kind != VISIT_KINDS &&
                 url_parse(&url, history->url, NULL, TEXT("")) == URL_OK &&
                 login_is_target(&url, URL_RULE_NONE);
    url_release(&url);
    return login;
}

/* A site that refuses us, or is down, lists nothing.  That does not make its capture complete. */
static void note_seen(void *context, const struct url_history *history)
{
    struct seen *seen = context;
    if (!seen->nothing_kept)
        return;
    bool page = history->kind == VISIT_SEED || history->kind == VISIT_PAGE ||
                history->kind == VISIT_PAGER || history->kind == VISIT_ARCHIVE;
    if (page && history->state == STATE_KEPT &&
        (history->status / 100 == 2 || history->status == 304))
        seen->nothing_kept =
            is_only_login(history) || (history->kind == VISIT_SEED && history->status / 100 == 2 &&
                                       seen->elsewhere && !seen->seed_kept);
}

/* A given seed that is kept was seen, also when the state was lost and its history with it. */
static void note_seed_seen(void *context, const struct listed_visit *seed)
{
    struct seen *seen = context;
    if (seed->given && seed->state == STATE_KEPT && seed->status / 100 == 2)
        seen->nothing_kept = false;
}

/* What is to be looked at again is still kept. */
static void note_page_seen(void *context, const struct listed_visit *page)
{
    struct seen *seen = context;
    if (!login_is_href(page->url))
        seen->nothing_kept = false;
}

/* Why the first given seed is not kept, in words. */
static void say_seed(void *context, const struct listed_visit *seed)
{
    char *words = context, status[40] = "", reason[200];
    size_t size = sizeof((struct completeness *)0)->why_nothing;
    if (words[0] || !seed->given || seed->state == STATE_WAITING)
        return;
    snprintf(status, sizeof status, "the site answered %d", seed->status);
    snprintf(reason, sizeof reason, "%.*s",
             seed->reason.length ? (int)seed->reason.length : (int)strlen(status),
             seed->reason.length ? seed->reason.at : status);
    if (seed->state == STATE_KEPT)
        snprintf(words, size, "%.*s leads to nothing that is kept (%s)", TEXT_ARGS(seed->url),
                 status);
    else if (seed->state == STATE_LEFT_OUT)
        snprintf(words, size, "%.*s is left out by %s", TEXT_ARGS(seed->url), reason);
    else
        snprintf(words, size, "%.*s is %s (%s)", TEXT_ARGS(seed->url), url_state_name(seed->state),
                 reason);
}

static void note_forgotten(void *context, const struct listed_visit *seed)
{
    bool *any = context;
    *any = *any || seed->given;
}

/* What was taken back is kept, but no seed leads to it any more. */
static enum result find_why_nothing(struct completeness *completeness, struct store *store,
                                    struct trouble *trouble)
{
    enum result result = known_urls_each(store->known, LISTING_SEEDS, INT_MAX, say_seed,
                                         completeness->why_nothing, trouble);
    bool seeds = completeness->why_nothing[0], forgotten = false;
    if (result == RESULT_OK && !seeds)
        result =
            known_urls_each(store->known, LISTING_SEEDS, INT_MAX, note_forgotten, &seeds, trouble);
    if (result == RESULT_OK && !seeds)
        result = known_urls_each(store->known, LISTING_FORGOTTEN, INT_MAX, note_forgotten,
                                 &forgotten, trouble);
    completeness->no_seeds = !seeds && forgotten;
    if (completeness->no_seeds)
        snprintf(completeness->why_nothing, sizeof completeness->why_nothing,
                 "no seed is left; what was archived stays");
    return result;
}

/* ---- reading ---- */

static void add_totals(struct url_totals *totals, uint64_t counts[VISIT_KINDS][STATE_COUNT])
{
    for (int kind = 0; kind < VISIT_KINDS; kind++)
        for (int state = 0; state < STATE_COUNT; state++)
            url_totals_add(totals, (enum visit_kind)kind, (enum url_state)state,
                           counts[kind][state]);
}

/* Nothing but robots.txt leaves out a visit that no rule is noted for. */
static void count_lists(struct state_counts *lists, const uint64_t counts[STATE_COUNT])
{
    for (int state = 0; state < STATE_COUNT; state++)
        if (state == STATE_LEFT_OUT)
            state_counts_leave_out(lists, LEFT_OUT_BY_ROBOTS, counts[state]);
        else
            state_counts_add(lists, (enum url_state)state, counts[state]);
}

static enum result find_kept(struct completeness *completeness, struct store *store,
                             struct trouble *trouble)
{
    struct seen seen = {.nothing_kept = true};
    enum result result =
        known_urls_each(store->known, LISTING_SEEDS, INT_MAX, note_seed_end, &seen, trouble);
    if (result == RESULT_OK)
        result = recrawl_state_each_history(store->recrawl, NULL, 0, note_seen, &seen, trouble);
    if (result == RESULT_OK && seen.nothing_kept)
        result =
            known_urls_each(store->known, LISTING_SEEDS, INT_MAX, note_seed_seen, &seen, trouble);
    if (result == RESULT_OK && seen.nothing_kept)
        result =
            known_urls_each(store->known, LISTING_PAGES, INT_MAX, note_page_seen, &seen, trouble);
    completeness->nothing_kept = seen.nothing_kept;
    return result;
}

enum result completeness_read(struct completeness *completeness, struct store *store,
                              uint64_t counts[VISIT_KINDS][STATE_COUNT], uint64_t waiting,
                              struct trouble *trouble)
{
    struct listed_counts counted;
    struct page_count pages = {.completeness = completeness};
    buf_init(&pages.last, 4 * URL_LONGEST);
    memset(completeness, 0, sizeof *completeness);
    completeness->waiting = waiting;
    enum result result = completeness_count_listed(store->completeness, &counted, trouble);
    for (int i = 0; result == RESULT_OK && i < LIST_SOURCES; i++) {
        count_lists(&completeness->lines[i].lists, counts[kinds[i]]);
        completeness->lines[i].pages = counted.by[i];
    }
    if (result == RESULT_OK)
        completeness->all = counted.all;
    if (result == RESULT_OK)
        result = site_counts_each_archive(store->site_counts, count_period, completeness, trouble);
    if (result == RESULT_OK)
        result = known_urls_each(store->known, LISTING_PAGES, INT_MAX, count_page, &pages, trouble);
    if (result == RESULT_OK)
        result =
            completeness_each_gap(store->completeness, INT_MAX, count_left_out, &pages, trouble);
    buf_release(&pages.last);
    if (result == RESULT_OK && pages.no_memory)
        result = trouble_say(trouble, RESULT_BROKEN, "no memory to count pages");
    if (result == RESULT_OK)
        result = read_series(completeness, store, trouble);
    if (result == RESULT_OK)
        result = find_kept(completeness, store, trouble);
    if (result == RESULT_OK && completeness->nothing_kept)
        result = find_why_nothing(completeness, store, trouble);
    int64_t entries = 0;
    if (result == RESULT_OK)
        result = progress_number(store->progress, "feed_entries", &entries, trouble);
    completeness->entries = (uint64_t)entries;
    completeness->posts = counts[VISIT_PAGE][STATE_KEPT];
    add_totals(&completeness->totals, counts);
    if (result == RESULT_OK)
        completeness_judge(completeness);
    return result;
}

/* ---- telling ---- */

/* A list in JSON, and how many gaps it has no room for. */
struct json_gaps {
    struct buf *out;
    size_t most; /* bytes of `out` */
    uint64_t untold;
};

static void json_gap(void *context, const struct listed_gap *gap)
{
    struct json_gaps *gaps = context;
    struct buf *out = gaps->out;
    if (out->length + gap->url.length > gaps->most) {
        gaps->untold++;
        return;
    }
    buf_add(out, text_ends(buf_text(out), TEXT("[")) ? "" : ", ");
    buf_printf(out,
               "{\"list\": \"%s\", \"state\": \"%s\", \"url\": ", list_source_name(gap->source),
               url_state_row(gap->state)->member);
    json_write_string(out, gap->url);
    buf_add(out, ", \"reason\": ");
    json_write_string(out, gap->reason);
    buf_add(out, "}");
}

static void json_period(void *context, int first_day, int listed, int present)
{
    struct buf *out = context;
    buf_printf(out, "%s{\"period\": \"%04d", text_ends(buf_text(out), TEXT("[")) ? "" : ", ",
               first_day / 10000);
    if (first_day / 100 % 100)
        buf_printf(out, "-%02d", first_day / 100 % 100);
    buf_printf(out, "\", \"listed\": %d, \"promised\": %d, \"kept\": %d}", listed, listed, present);
}

enum result completeness_json_whole(const struct completeness *completeness, struct store *store,
                                    struct buf *out, struct trouble *trouble)
{
    uint64_t listed, present;
    completeness_json(completeness, out);
    buf_add(out, ", \"gaps\": [");
    struct json_gaps gaps = {.out = out, .most = out->length + GAPS_BYTES};
    enum result result =
        completeness_each_gap(store->completeness, INT_MAX, json_gap, &gaps, trouble);
    buf_printf(out, "], \"gaps_untold\": %llu, \"short_periods\": [",
               (unsigned long long)gaps.untold);
    if (completeness->archive_counts.comparable)
        archive_counts_compare(&completeness->archive_counts, &listed, &present, json_period, out);
    buf_add(out, "]");
    return result;
}
