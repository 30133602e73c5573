/*
 * Follows a response: reads and judges its links one by one, requests the lists that its platform
 * is known to have, and follows a redirect.
 */
#include <config.h>

#include "crawl/follow_internal.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "frontier/frontier_referrer.h"
#include "frontier/frontier_spelling.h"
#include "links/part_name.h"
#include "series/date_archive.h"
#include "series/feed_total.h"
#include "web/location.h"
#include "web/media_type.h"

enum {
    REDIRECTS_MOST = 20,
    ROBOTS_REDIRECTS_MOST = 5, /* RFC 9309, 2.3.1.2 */
    REQUESTS_MOST = 8,
    LINES_LEFT = 1024 * 1024, /* room for the last lines of a page */
    /* A short page with a long base would name more URLs than there is memory for. */
    LINES_ALWAYS = 8 * 1024 * 1024, /* what any page may name, as lines, and besides ... */
    LINES_A_BYTE = 2,               /* ... so many for each byte of it */
    ROOM_KEPT = 1024 * 1024,        /* a buffer that an unusual page made larger is freed */
};

/* ---- inferred requests ---- */

static void infer(struct follow *follow, struct follow_page *page, struct text path,
                  enum link_class class, int period)
{
    struct link link = {.class = class, .certainty = LINK_CERTAIN, .parsed = &follow->link};
    char where[64];
    snprintf(where, sizeof where, "inferred: %s", page->platform->name);
    if (page->result != RESULT_OK ||
        url_parse(&follow->link, path, &follow->base, TEXT("")) != URL_OK)
        return;
    link.url = url_resource(&follow->link);
    link.where = text_of(where);
    provenance_write_outlink(page->lines, &link, 'I');
    follow_inferred(follow, page, &link, period);
}

/* Requests the list of posts of a date archive's year, as the page's own script would. */
static void infer_archive_list(struct follow *follow, struct follow_page *page,
                               const struct link *link)
{
    int period = date_archive_period(link->parsed, DATE_ARCHIVE_ANY_YEAR) / 10000 * 10000;
    char year[16];
    if (!period)
        return;
    snprintf(year, sizeof year, "/%d/", period / 10000);
    if (url_parse(&follow->link, text_of(year), link->parsed, TEXT("")) != URL_OK)
        return;
    buf_clear(&follow->scratch);
    if (page->platform->write_archive_list(page->trap.html, url_resource(&follow->link),
                                           &follow->scratch))
        infer(follow, page, buf_text(&follow->scratch), LINK_FEED, period);
}

static void infer_requests(struct follow *follow, struct follow_page *page)
{
    struct platform_request requests[REQUESTS_MOST];
    page->platform = platform_of_page(page->trap.html);
    size_t count = platform_requests(page->platform, page->trap.html, requests, REQUESTS_MOST);
    for (size_t i = 0; i < count; i++) {
        infer(follow, page, requests[i].path, requests[i].class, 0);
        /* the platform may be installed below the root */
        if (text_find_char(text_skip(url_path(&follow->base), 1), '/') >= 0)
            infer(follow, page, text_skip(requests[i].path, 1), requests[i].class, 0);
    }
}

/* With --robots off, robots.txt is requested only for its sitemaps, and only if a seed's page links
 * to no page of its site, as that of an application often does. */
static void ask_unheeded_robots(struct follow *follow, struct follow_page *page)
{
    struct offer offer = {.url = &follow->link,
                          .kind = VISIT_ROBOTS,
                          .depth = page->origin.depth,
                          .via_hops = page->origin.hops,
                          .hop = 'P',
                          .via_key = page->origin.key};
    if (page->result == RESULT_OK && follow->robots.unheeded && !page->names_pages &&
        !page->platform && /* its lists are known */
        url_parse(&follow->link, TEXT("/robots.txt"), &follow->base, TEXT("")) == URL_OK)
        follow_page_result(page, frontier_offer(follow->frontier, &offer, NULL, page->trouble));
}

/* ---- a page ---- */

/* Notes only values with a "no": "index, follow" asks for nothing. */
static void note_robots_meta(struct capture *capture, struct text words)
{
    size_t length = 0;
    capture->robots_meta[0] = '\0';
    if (text_find_nocase(words, TEXT("no")) < 0)
        return;
    for (size_t i = 0; i < words.length && length + 1 < sizeof capture->robots_meta; i++)
        if (words.at[i] >= ' ' && words.at[i] != 127)
            capture->robots_meta[length++] = words.at[i];
    capture->robots_meta[length] = '\0';
}

/* Frees the buffers that this page made unusually large. */
static void leave_room(struct follow *follow)
{
    struct buf *const buffers[] = {&follow->held, &follow->names};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        if (buffers[i]->capacity > ROOM_KEPT) {
            size_t limit = buffers[i]->limit;
            buf_release(buffers[i]);
            buf_init(buffers[i], limit);
        }
}

/* Whether a page came in place of a robots.txt, or of an inferred list that no link names.  A date
 * archive is a page anyway. */
static bool is_stand_in(const struct capture *capture, enum media_kind kind)
{
    bool inferred = visit_hops_guessed(text_of(capture->hops)) && capture->kind != VISIT_ARCHIVE;
    return kind == MEDIA_HTML && (capture->kind == VISIT_ROBOTS || inferred);
}

/* Whether a page came in place of a picture, a script or another part. Its own parts would be taken
 * for more of them, and so on. */
static bool is_error_for_part(const struct follow *follow, const struct capture *capture,
                              enum media_kind kind, int status)
{
    bool part = capture->kind == VISIT_REQUISITE || capture->kind == VISIT_SPECULATIVE ||
                capture->kind == VISIT_MEDIA;
    return part &&
           (status >= 400 || (kind == MEDIA_HTML && status != 300 && capture->kind != VISIT_MEDIA &&
                              part_of_path(url_path(&follow->base))));
}

/* Puts the URL of the page that led here into follow->via; NULL when there is none. */
static const struct url *via_of(struct follow *follow, const struct capture *capture)
{
    return url_parse(&follow->via, buf_text(&capture->via), NULL, TEXT("")) == URL_OK ? &follow->via
                                                                                      : NULL;
}

static int64_t key_of(struct follow *follow, const struct url *url)
{
    return url ? frontier_key(follow->frontier, url) : 0;
}

static struct follow_origin origin_of(const struct follow *follow, const struct capture *capture)
{
    return (struct follow_origin){.url = &follow->base,
                                  .key = capture->key,
                                  .depth = capture->depth,
                                  .hops = capture->hops,
                                  .kind = capture->kind,
                                  .period = capture->period};
}

/* Fills in what is known about the page before its links are read. */
static void describe_page(struct follow *follow, struct follow_page *page,
                          const struct capture *capture, enum media_kind kind, struct text body)
{
    struct trap_page *trap = &page->trap;
    trap->url = page->origin.url;
    trap->stand_in = is_stand_in(capture, kind);
    trap->via = via_of(follow, capture);
    trap->via_key = key_of(follow, trap->via);
    const struct platform *platform = kind == MEDIA_JSON ? platform_of_list(trap->url) : NULL;
    bool feed = kind == MEDIA_FEED || (platform && platform->list_has_pages);
    /* Parts of a list that a script loads are a series like the pages of a feed. */
    if ((feed && capture->kind == VISIT_FEED) || (kind == MEDIA_JSON && !platform))
        trap->body = BODY_FEED;
    /* Browsers do not show the body of a redirect. */
    if (kind != MEDIA_HTML || capture->target.length || page->is_spelling)
        return;
    trap->body = BODY_HTML;
    trap->html = body;
}

/* The page that a script belongs to: what the script loads is relative to it. NULL for anything
 * else, and for a script that another script named. */
static const struct url *page_of_script(const struct url *via, enum visit_kind of,
                                        enum media_kind kind)
{
    bool part = of == VISIT_REQUISITE || of == VISIT_SPECULATIVE;
    return kind == MEDIA_JAVASCRIPT && part && via && !part_of_path(url_path(via)) ? via : NULL;
}

/* How many bytes of lines the page's record may get. */
static size_t lines_most(const struct follow_page *page, const struct links_source *source)
{
    size_t most = page->lines->limit - LINES_LEFT;
    return source->bytes.length < (most - LINES_ALWAYS) / LINES_A_BYTE
               ? LINES_ALWAYS + LINES_A_BYTE * source->bytes.length
               : most;
}

/* Judges each link of the page. */
static void judge_links(struct follow *follow, struct follow_page *page,
                        const struct links_source *source, struct links *links)
{
    struct link link;
    size_t most = lines_most(page, source);
    while (links && page->result == RESULT_OK && links_next(links, &link)) {
        if (captured_lines_length(page->record) > most) {
            *source->error = BODY_TOO_LONG; /* the record has no room for more links */
            break;
        }
        follow_link(follow, page, &link);
        page->names_sitemap |= link.class == LINK_SITEMAP;
        if (page->platform && page->platform->write_archive_list && link.class == LINK_ARCHIVE)
            infer_archive_list(follow, page, &link);
        follow_spill(page);
    }
}

static enum result no_memory(const struct capture *capture, struct trouble *trouble)
{
    return trouble_say(trouble, RESULT_BROKEN, "no memory for the links of %s",
                       capture->exchange->url.data);
}

/* Notes what the page wants its requests to say of it.  Its element counts more than its header. */
static void keep_referrer(struct follow *follow, struct follow_page *page,
                          const struct http_head *head, struct text meta)
{
    enum referrer_policy policy = REFERRER_UNSAID, said;
    for (size_t i = 0; i < head->field_count; i++)
        if (text_equal_nocase(head->fields[i].name, TEXT("Referrer-Policy")) &&
            (said = referrer_policy_of_field(head->fields[i].value)))
            policy = said;
    said = referrer_policy_of_meta(meta);
    if (page->result == RESULT_OK)
        follow_page_result(page, frontier_keep_referrer(follow->frontier, REFERRER_OF_PAGE,
                                                        page->origin.key, said ? said : policy,
                                                        page->trouble));
}

/* Reads the page, judges its links, and keeps what it says of itself.  `links_count`: it is not a
 * page in place of something else. */
static enum result read_page(struct follow *follow, struct follow_page *page,
                             struct capture *capture, const struct http_head *head,
                             const struct links_source *source, bool links_count)
{
    struct links *links = links_open(source);
    struct page_facts facts = {.robots = TEXT(""), .referrer = TEXT("")};
    struct text words = http_field(head, "X-Robots-Tag");
    if (links && page->trap.body == BODY_HTML)
        facts = links_page_facts(links);
    page->trap.pieces = facts.pieces;
    note_robots_meta(capture, words.length ? words : facts.robots);
    if (links && links_count)
        judge_links(follow, page, source, links);
    if (!links_ok(links) || !buf_ok(page->lines) || !buf_ok(&follow->held))
        follow_page_result(page, trouble_say(page->trouble, RESULT_BROKEN,
                                             "no memory for the links of %s",
                                             url_href(page->origin.url).at));
    if (page->result == RESULT_OK && capture->kind == VISIT_SEED && head->status == 200)
        ask_unheeded_robots(follow, page);
    follow_usual_sitemap(follow, page, head->status);
    keep_referrer(follow, page, head, facts.referrer);
    if (page->result == RESULT_OK)
        follow_page_result(page, follow_end_page(follow, page));
    page->trap.pieces = NULL; /* it ends with the links */
    links_close(links);
    return page->result;
}

/* Whether the response leads to another URL: then nobody reads its body. */
static bool leads_on(struct follow *follow, const struct capture *capture,
                     const struct http_head *head)
{
    struct text location = http_field(head, "Location");
    return http_status_redirects(head->status) && location.length &&
           url_parse(&follow->base, buf_text(&capture->exchange->url), NULL, TEXT("")) == URL_OK &&
           location_parse(&follow->link, location, &follow->base) == URL_OK;
}

struct page_ahead follow_page_ahead(struct follow *follow, const struct capture *capture,
                                    const struct http_head *head)
{
    bool has_page = page_of_script(via_of(follow, capture), capture->kind, MEDIA_JAVASCRIPT);
    return (struct page_ahead){.year = date_year(capture->exchange->began_ms),
                               .without_body = leads_on(follow, capture, head),
                               .page = has_page ? buf_text(&capture->via) : TEXT("")};
}

enum result follow_page(struct follow *follow, struct capture *capture,
                        const struct http_head *head, struct text body, struct trouble *trouble)
{
    struct text type = http_field(head, "Content-Type");
    enum url_result parsed =
        url_parse(&follow->base, buf_text(&capture->exchange->url), NULL, TEXT(""));
    if (parsed != URL_OK)
        return parsed == URL_NO_MEMORY ? no_memory(capture, trouble) : RESULT_OK;
    struct links_source source = {.url = &follow->base,
                                  .charset = media_type_charset(type),
                                  .bytes = capture->target.length ? TEXT("") : body,
                                  .head = head,
                                  .anchors = follow->reading.anchors,
                                  .error = &capture->body.error,
                                  .year = date_year(capture->exchange->began_ms),
                                  .reader = follow->reading.reader,
                                  .without_body = capture->target.length > 0};
    source.kind = media_kind_of(type, url_path(&follow->base), body);
    struct follow_page page = {
        .origin = origin_of(follow, capture),
        .choices = head->status == 300,
        .is_spelling = frontier_is_spelling(follow->frontier, capture->kind, capture->key,
                                            buf_text(&capture->exchange->url)),
        .record = &capture->outlinks,
        .lines = &capture->outlinks.last,
        .trouble = trouble};
    bool links_count = !is_error_for_part(follow, capture, source.kind, head->status);
    if (!links_count)
        source.error = NULL;
    describe_page(follow, &page, capture, source.kind, body);
    source.page = page_of_script(page.trap.via, capture->kind, source.kind);
    follow_begin_page(follow, &page, source.year);
    if (page.trap.body == BODY_HTML && capture->kind == VISIT_SEED && head->status == 200)
        infer_requests(follow, &page);
    int total =
        source.kind == MEDIA_FEED && links_count ? feed_total(&follow->base, source.bytes) : 0;
    if (total && page.result == RESULT_OK)
        follow_page_result(&page, frontier_note_feed_total(follow->frontier, total, trouble));
    follow->limits.successes += head->status == 200;
    enum result result = read_page(follow, &page, capture, head, &source, links_count);
    capture->body.limit = capture->body.limit ? capture->body.limit : page.limit;
    if (result == RESULT_OK && head->status == 200)
        result = follow_keep_list(follow, &page, capture, source.bytes);
    leave_room(follow);
    return result;
}

/* ---- redirects ---- */

static int trailing_redirects(const char *hops)
{
    size_t length = strlen(hops);
    int count = 0;
    while (length && hops[length - 1] == 'R') {
        count++;
        length--;
    }
    return count;
}

/* Whether the run has followed as many redirects as it may.  Those of seeds and of robots.txt are
 * few, and always followed. */
static bool has_followed_enough(const struct follow *follow, enum visit_kind kind)
{
    int64_t most = follow->limits.redirects, each = REDIRECTS_EACH * follow->limits.successes;
    if (most == REDIRECTS_AUTO)
        most = each > REDIRECTS_LEAST ? each : REDIRECTS_LEAST;
    return most && follow->limits.followed >= most && kind != VISIT_SEED && kind != VISIT_ROBOTS;
}

/* The rule that stops the redirect.  Every members-only action redirects to a login page that names
 * the way back, so there are as many login URLs as actions.  A site that begins with a login is
 * another matter. */
static enum url_rule refuses_redirect(struct follow *follow, struct capture *capture, int year)
{
    if (trailing_redirects(capture->hops) >=
        (capture->kind == VISIT_ROBOTS ? ROBOTS_REDIRECTS_MOST : REDIRECTS_MOST))
        return URL_RULE_TOO_MANY_REDIRECTS;
    if (has_followed_enough(follow, capture->kind))
        return URL_RULE_REDIRECTS_IN_ALL;
    if (follow_excludes_redirect(follow, capture->kind))
        return URL_RULE_EXCLUDED;
    if (follow_ends_session(follow, &follow->link))
        return URL_RULE_LOGOUT;
    struct path_segments segments;
    path_segments_split(&segments, url_path(&follow->link));
    enum url_rule rule =
        traps_find(&follow->traps, &follow->base, &follow->link, &segments, year).rule;
    bool login =
        rule == URL_RULE_LOGIN && capture->kind != VISIT_SEED && capture->kind != VISIT_ROBOTS;
    if (!login)
        return URL_RULE_NONE;
    if (!follow_is_off(follow, rule))
        return rule;
    provenance_write_rule_off(&capture->outlinks.last, rule, buf_text(&capture->target));
    return URL_RULE_NONE;
}

/* Notes in the archive and in the store why the redirect is not followed. */
static enum result refuse_redirect(struct follow *follow, struct capture *capture,
                                   enum url_rule rule, struct trouble *trouble)
{
    provenance_write_not_followed(&capture->outlinks.last, rule, buf_text(&capture->target));
    follow->limits.refused[rule]++;
    capture->body.limit = limit_of_rule(rule);
    limit_note(&follow->limits.ledger, capture->body.limit, buf_text(&capture->exchange->url));
    const struct left_out_url left_out = {.key = frontier_key(follow->frontier, &follow->link),
                                          .rule = rule,
                                          .url = buf_text(&capture->target),
                                          .via_key = capture->key};
    enum result kept = frontier_refuse(follow->frontier, &left_out, trouble);
    return kept == RESULT_OK ? RESULT_END : kept;
}

enum result follow_redirect(struct follow *follow, struct capture *capture,
                            const struct http_head *head, struct text rules_of,
                            struct trouble *trouble)
{
    struct text location = http_field(head, "Location");
    detectors_see_redirect(&follow->detectors, capture->key,
                           key_of(follow, via_of(follow, capture)));
    if (!location.length)
        return RESULT_END;
    enum url_result parsed =
        url_parse(&follow->base, buf_text(&capture->exchange->url), NULL, TEXT(""));
    if (parsed == URL_OK)
        parsed = location_parse(&follow->link, location, &follow->base);
    if (parsed != URL_OK)
        return parsed == URL_NO_MEMORY ? no_memory(capture, trouble) : RESULT_END;
    buf_add_text(&capture->target, url_resource(&follow->link));
    if (!buf_ok(&capture->target))
        return no_memory(capture, trouble);
    enum url_rule rule = refuses_redirect(follow, capture, date_year(capture->exchange->began_ms));
    capture->body.to_login = rule == URL_RULE_LOGIN;
    struct text target = buf_text(&capture->target);
    capture->body.to_itself =
        text_equal(target, buf_text(&capture->exchange->url)) ||
        (trailing_redirects(capture->hops) && text_equal(target, buf_text(&capture->via)));
    struct follow_origin origin = origin_of(follow, capture);
    enum result result = follow_note_redirect(
        follow, &origin,
        follow_is_login(follow, &follow->base, date_year(capture->exchange->began_ms)), trouble);
    if (result != RESULT_OK)
        return result;
    if (rule)
        return refuse_redirect(follow, capture, rule, trouble);
    bool is_new = false;
    result = follow_offer_redirect(follow, &origin, &follow->link, rules_of, &is_new, trouble);
    follow->limits.followed += is_new;
    return result == RESULT_OK && !is_new ? RESULT_END : result;
}
