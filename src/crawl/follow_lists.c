/*
 * Keeps what a page lists. The completeness report and verify use it, and so does the next run,
 * which requests changed lists and new posts.
 */
#include <config.h>

#include "crawl/follow_internal.h"

#include "html/page_text.h"
#include "series/date_archive.h"
#include "series/series_key.h"

void follow_note_listed(struct follow *follow, struct follow_page *page, const struct link *link,
                        int64_t key)
{
    if (page->source != NO_SOURCE && link->certainty == LINK_CERTAIN)
        follow_page_result(page,
                           frontier_note_listed(follow->frontier, (enum list_source)page->source,
                                                key, page->trouble));
}

/* Keeps what a list names, and the dates that it gives, for the next time it is read. */
static void note_name(struct follow *follow, struct follow_page *page, const struct link *link,
                      int64_t key)
{
    bool post = link->class == LINK_PAGE && !date_archive_is_topic(link->parsed);
    if (link->certainty != LINK_CERTAIN ||
        (!post && link->class != LINK_PAGER && link->class != LINK_ARCHIVE &&
         link->class != LINK_FEED && link->class != LINK_SITEMAP))
        return;
    buf_append(&follow->names, &key, sizeof key);
    if (link->dated_ms && (post || link->class == LINK_SITEMAP))
        follow_page_result(page, recrawl_date(follow->recrawl, key, link->dated_ms, page->trouble));
    page->says_dates = page->says_dates || link->dated_ms;
    page->news = page->news ||
                 (post && !recrawl_walks(follow->recrawl) && recrawl_is_new(follow->recrawl, key));
}

/* The counts of date archives are on every page.  It is enough to read them on seeds and
 * pagination. */
static void note_archive_count(struct follow *follow, struct follow_page *page,
                               const struct link *link)
{
    struct archive_counts *counts = &follow->archive_counts;
    int period = page->source == LISTED_BY_PAGER
                     ? date_archive_period(link->parsed, DATE_ARCHIVE_ANY_YEAR)
                     : 0;
    if (!period || archive_counts_listed(counts, period) == link->posts ||
        !url_same_site(link->parsed, page->origin.url))
        return;
    archive_counts_list(counts, period, link->posts);
    if (archive_counts_listed(counts, period) == link->posts)
        follow_page_result(page, frontier_note_archive_count(follow->frontier, period, link->posts,
                                                             page->trouble));
}

void follow_note_link(struct follow *follow, struct follow_page *page, const struct link *link,
                      int64_t key)
{
    if (link->posts)
        note_archive_count(follow, page, link);
    if (page->source != NO_SOURCE && follow->recrawl)
        note_name(follow, page, link, key);
}

/* Each page of a series says how many there are: the first two are enough. */
void follow_note_series_pages(struct follow *follow, struct follow_page *page)
{
    const struct trap_page *trap = &page->trap;
    if (!trap->in_series || page->origin.kind != VISIT_PAGER || trap->series_pages_before >= 2)
        return;
    struct page_words words;
    page_words_begin(&words, trap->html, trap->pieces);
    int pages = page_words_page_count(&words);
    if (!pages || page->result != RESULT_OK)
        return;
    buf_clear(&follow->scratch);
    /* the key under which its captured pages are counted */
    series_key_write(trap->url, 0, &follow->scratch);
    follow_page_result(page, frontier_note_row_pages(follow->frontier, buf_text(&follow->scratch),
                                                     pages, page->trouble));
}

/* Between full recrawls, a series is read as far as it names unknown posts. */
bool follow_names_old_posts(const struct follow *follow, const struct follow_page *page)
{
    return follow->names.length && !page->news && follow->recrawl &&
           !recrawl_follows_lists(follow->recrawl);
}

/* The items of a feed without dates.  What precedes them is often the date of the request. */
static struct text undated_items(const struct follow_page *page, struct text body)
{
    bool undated = page->origin.kind == VISIT_FEED && !page->says_dates;
    ptrdiff_t at = undated ? text_find_nocase(body, TEXT("<item")) : -1;
    if (at < 0 && undated)
        at = text_find_nocase(body, TEXT("<entry"));
    return at < 0 ? TEXT("") : text_skip(body, (size_t)at);
}

enum result follow_keep_list(struct follow *follow, const struct follow_page *page,
                             const struct capture *capture, struct text body)
{
    struct list_read list = {.key = capture->key,
                             .kind = capture->kind,
                             .changed = !capture->same,
                             .news = page->news,
                             .items = undated_items(page, body),
                             .names = (int64_t *)(void *)follow->names.data,
                             .name_count = follow->names.length / sizeof(int64_t)};
    if (page->source == NO_SOURCE || capture->exchange->cut != CUT_NONE)
        return RESULT_OK;
    if (!buf_ok(&follow->names))
        return trouble_say(page->trouble, RESULT_BROKEN, "no memory for the names in %s",
                           capture->exchange->url.data);
    return recrawl_list(follow->recrawl, &list, page->trouble);
}
