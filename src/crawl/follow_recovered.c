/*
 * Reads a page's metadata record: the links that were written down at its capture are judged again.
 */
#include <config.h>

#include <stdlib.h>

#include "crawl/follow_internal.h"
#include "series/date_archive.h"

enum { LEFT_OUT_BYTES = 64 * 1024 * 1024 };

/* ---- links that were left out on purpose ---- */

struct left_out {
    struct text url;
    enum url_rule rule;
    bool suspected; /* as in struct left_out_url */
};

static int by_url(const void *left, const void *right)
{
    const struct left_out *a = left, *b = right;
    return text_compare(a->url, b->url);
}

/* Whether a rule leaves out what it left out when the page was captured, or would have if it had
 * not been off.  Options, and the scope and limits that follow from them, are those of this run.
 * Other rules stay in force unless they are now off. */
static bool holds_now(const struct follow *follow, enum url_rule rule)
{
    enum url_rule_kind kind = url_rule_row(rule)->kind;
    return kind != URL_RULE_BY_OPTION && kind != URL_RULE_BY_SCOPE && kind != URL_RULE_BY_ROBOTS &&
           (kind != URL_RULE_BY_LIMIT || rule == URL_RULE_TOO_MANY_REDIRECTS) &&
           !follow->rules_off.has[rule];
}

/* Collects their URLs, sorted.  False without memory. */
static bool read_left_out(const struct follow *follow, struct text lines, struct buf *left_out)
{
    struct provenance_line line;
    while (provenance_next(&lines, &line)) {
        const struct left_out one = {line.url, line.rule, line.suspected};
        if ((line.kind == PROVENANCE_NOT_FOLLOWED || line.kind == PROVENANCE_RULE_OFF) &&
            holds_now(follow, line.rule))
            buf_append(left_out, &one, sizeof one);
    }
    if (left_out->length)
        qsort(left_out->data, left_out->length / sizeof(struct left_out), sizeof(struct left_out),
              by_url);
    return buf_ok(left_out);
}

/* NULL: no rule leaves the URL out. */
static const struct left_out *find_left_out(const struct buf *left_out, struct text url)
{
    const struct left_out wanted = {.url = url}, *found = NULL;
    if (left_out->length)
        found = bsearch(&wanted, left_out->data, left_out->length / sizeof wanted, sizeof wanted,
                        by_url);
    return found;
}

/* ---- links ---- */

/* Whether the store says that pages have shown the link to be a trap. */
static bool is_known_trap(struct follow *follow, struct follow_page *page)
{
    int64_t key = frontier_key(follow->frontier, &follow->link);
    enum url_rule rule = URL_RULE_NONE;
    if (page->origin.again && page->result == RESULT_OK &&
        !frontier_surely_knows(follow->frontier, key, VISIT_SPECULATIVE))
        follow_page_result(page, frontier_refusal(follow->frontier, key, &rule, page->trouble));
    return rule && url_rule_row(rule)->kind == URL_RULE_BY_PAGES && holds_now(follow, rule);
}

/* The link that the record names.  Parse its URL into follow->link. */
static struct link link_of(struct follow *follow, const struct provenance_line *line)
{
    return (struct link){.url = line->url,
                         .where = line->where,
                         .parsed = &follow->link,
                         .class = line->class,
                         .certainty = line->certainty,
                         .rule = line->rule};
}

/* Keeps in the store what the record says was left out, unless another page had it asked for. */
static void leave_out(struct follow *follow, struct follow_page *page,
                      const struct left_out *left_out, const struct provenance_line *line)
{
    const struct link link = link_of(follow, line);
    if (url_parse(&follow->link, line->url, NULL, TEXT("")) != URL_OK)
        return;
    int64_t key = frontier_key(follow->frontier, &follow->link);
    if (frontier_surely_knows(follow->frontier, key, VISIT_SPECULATIVE))
        return;
    if (left_out->suspected)
        follow_refuse_suspect(follow, page, &link, left_out->rule, key);
    else
        follow_refuse(follow, page, left_out->rule, line->url, key);
}

/* Judges a link from the record. */
static void follow_again(struct follow *follow, struct follow_page *page,
                         const struct provenance_line *line)
{
    const struct link link = link_of(follow, line);
    if (url_parse(&follow->link, line->url, NULL, TEXT("")) != URL_OK ||
        is_known_trap(follow, page))
        return;
    if (line->hop == 'I')
        follow_inferred(follow, page, &link, 0);
    else
        follow_link(follow, page, &link);
}

static void redirect_again(struct follow *follow, struct follow_page *page, struct text target,
                           bool left_out)
{
    if (url_parse(&follow->link, target, NULL, TEXT("")) != URL_OK)
        return;
    bool to_login = follow_is_login(follow, page->origin.url, DATE_ARCHIVE_ANY_YEAR);
    follow_page_result(page, follow_note_redirect(follow, &page->origin, to_login, page->trouble));
    /* Options decide nothing about the redirects of a robots.txt. */
    bool rules = page->origin.again && page->origin.kind == VISIT_ROBOTS;
    if (left_out || rules || page->result != RESULT_OK)
        return;
    if (follow_excludes_redirect(follow, page->origin.kind))
        follow_refuse(follow, page, URL_RULE_EXCLUDED, target,
                      frontier_key(follow->frontier, &follow->link));
    else
        follow_page_result(page, follow_offer_redirect(follow, &page->origin, &follow->link,
                                                       page->origin.rules_of, NULL, page->trouble));
}

enum result follow_recovered(struct follow *follow, const struct follow_origin *origin,
                             const struct provenance_record *provenance, struct trouble *trouble)
{
    struct follow_page page = {.origin = *origin, .lines = NULL, .trouble = trouble};
    struct text lines = provenance->lines;
    struct provenance_line line;
    struct buf left_out;
    buf_init(&left_out, LEFT_OUT_BYTES);
    follow_begin_page(follow, &page, DATE_ARCHIVE_ANY_YEAR);
    if (!read_left_out(follow, lines, &left_out))
        page.result = trouble_say(trouble, RESULT_BROKEN, "no memory for the links of a page");
    if (provenance->redirect.length)
        redirect_again(follow, &page, provenance->redirect,
                       find_left_out(&left_out, provenance->redirect) != NULL);
    while (page.result == RESULT_OK && provenance_next(&lines, &line)) {
        if (line.kind != PROVENANCE_OUTLINK || line.class == LINK_CLASSES)
            continue;
        const struct left_out *one = find_left_out(&left_out, line.url);
        if (one)
            leave_out(follow, &page, one, &line);
        else
            follow_again(follow, &page, &line);
    }
    buf_release(&left_out);
    return follow_end_page(follow, &page);
}
