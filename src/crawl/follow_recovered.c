/*
 * A page as its metadata record tells of it: the links that were written down when it was captured
 * climb the ladder again.
 */
#include <config.h>

#include <stdlib.h>

#include "crawl/follow_internal.h"
#include "series/date_archive.h"

enum { TOLD_OFF_BYTES = 64 * 1024 * 1024 };

/* ---- links that were left out on purpose ---- */

static int by_text(const void *left, const void *right)
{
    return text_compare(*(const struct text *)left, *(const struct text *)right);
}

/* Collects their URLs, in order.  False without memory. */
static bool read_told_off(struct text lines, struct buf *told_off)
{
    struct provenance_line line;
    while (provenance_next(&lines, &line))
        if (line.kind == PROVENANCE_NOT_FOLLOWED)
            buf_append(told_off, &line.url, sizeof line.url);
    if (told_off->length)
        qsort(told_off->data, told_off->length / sizeof line.url, sizeof line.url, by_text);
    return buf_ok(told_off);
}

static bool is_told_off(const struct buf *told_off, struct text url)
{
    return told_off->length &&
           bsearch(&url, told_off->data, told_off->length / sizeof url, sizeof url, by_text);
}

/* ---- links ---- */

/* A link as it stands in the record. */
static void follow_again(struct follow *follow, struct follow_page *page,
                         const struct provenance_line *line)
{
    struct link link = {.url = line->url,
                        .where = line->where,
                        .parsed = &follow->link,
                        .class = line->class,
                        .certainty = line->certainty,
                        .rule = line->rule};
    if (url_parse(&follow->link, line->url, NULL, TEXT("")) != URL_OK)
        return;
    if (line->hop == 'I')
        follow_inferred(follow, page, &link, 0);
    else
        follow_link(follow, page, &link);
}

static void redirect_again(struct follow *follow, struct follow_page *page, struct text target)
{
    if (url_parse(&follow->link, target, NULL, TEXT("")) == URL_OK)
        follow_page_result(page, follow_offer_redirect(follow, &page->origin, &follow->link, 0,
                                                       NULL, page->trouble));
}

enum result follow_recovered(struct follow *follow, const struct follow_origin *origin,
                             const struct provenance_record *provenance, struct trouble *trouble)
{
    struct follow_page page = {.origin = *origin, .lines = NULL, .trouble = trouble};
    struct text lines = provenance->lines;
    struct provenance_line line;
    struct buf told_off;
    buf_init(&told_off, TOLD_OFF_BYTES);
    follow_begin_page(follow, &page, DATE_ARCHIVE_ANY_YEAR);
    if (!read_told_off(lines, &told_off))
        page.result = trouble_say(trouble, RESULT_BROKEN, "no memory for the links of a page");
    if (provenance->redirect.length && !is_told_off(&told_off, provenance->redirect))
        redirect_again(follow, &page, provenance->redirect);
    while (page.result == RESULT_OK && provenance_next(&lines, &line))
        if (line.kind == PROVENANCE_OUTLINK && line.class != LINK_CLASSES &&
            !is_told_off(&told_off, line.url))
            follow_again(follow, &page, &line);
    buf_release(&told_off);
    return follow_end_page(follow, &page);
}
