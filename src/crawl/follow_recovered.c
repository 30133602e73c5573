/* What a metadata record says of a page's links, followed as the page's own links were. */
#include <config.h>

#include <stdlib.h>

#include "crawl/follow_internal.h"

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

static enum result learn_inferred(struct follow *follow, const struct link *link)
{
    enum visit_kind kind = link->class == LINK_SITEMAP ? VISIT_SITEMAP
                           : link->class == LINK_FEED  ? VISIT_FEED
                                                       : VISIT_PAGE;
    if (scope_refuses(follow->scope, link, link->parsed, follow->depth, follow->hops))
        return RESULT_OK;
    return follow_offer(follow, link->parsed, kind, follow->depth, 'I');
}

/* A link as it stands in the record. */
static void follow_again(struct follow *follow, const struct provenance_line *line)
{
    struct link link = {.url = line->url,
                        .where = line->where,
                        .parsed = &follow->link,
                        .class = line->class,
                        .certainty = line->certainty,
                        .rule = line->rule};
    if (line->hop == 'I')
        follow->result = learn_inferred(follow, &link);
    else
        follow_link(follow, &link);
}

static enum result redirect_again(struct follow *follow, struct text target)
{
    bool seed = follow->kind == VISIT_SEED;
    if (url_parse(&follow->link, target, NULL, TEXT("")) != URL_OK)
        return RESULT_OK;
    struct offer offer = {.url = &follow->link,
                          .kind = follow->kind,
                          .depth = follow->depth,
                          .via_hops = follow->hops,
                          .hop = 'R',
                          .via_key = follow->via_key,
                          .redirect_from = follow->via_key};
    enum result result =
        seed ? scope_add_seed(follow->scope, &follow->link, follow->trouble) : RESULT_OK;
    return result == RESULT_OK ? frontier_offer(follow->frontier, &offer, NULL, follow->trouble)
                               : result;
}

enum result follow_recovered(struct follow *follow, const struct provenance_record *provenance,
                             int64_t via_key, const char *hops, int period, struct trouble *trouble)
{
    struct text lines = provenance->lines;
    struct provenance_line line;
    struct buf told_off;
    follow_begin_page(follow, via_key, provenance->depth, hops, provenance->kind, period, NULL,
                      trouble);
    buf_init(&told_off, TOLD_OFF_BYTES);
    if (!read_told_off(lines, &told_off))
        follow->result = trouble_say(trouble, RESULT_BROKEN, "no memory for the links of a page");
    if (follow->result == RESULT_OK && provenance->redirect.length &&
        !is_told_off(&told_off, provenance->redirect))
        follow->result = redirect_again(follow, provenance->redirect);
    while (follow->result == RESULT_OK && provenance_next(&lines, &line))
        if (line.kind == PROVENANCE_OUTLINK && line.class != LINK_CLASSES &&
            url_parse(&follow->link, line.url, NULL, TEXT("")) == URL_OK &&
            !is_told_off(&told_off, line.url))
            follow_again(follow, &line);
    buf_release(&told_off);
    return follow->result;
}
