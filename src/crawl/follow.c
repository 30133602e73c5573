#include <config.h>

#include "crawl/follow_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "collection/provenance.h"
#include "html/page_text.h"
#include "html/robots_meta.h"
#include "series/date_archive.h"
#include "series/feed_total.h"
#include "series/series_key.h"
#include "web/media_type.h"

enum {
    REDIRECTS_MOST = 20,
    HELD_MOST = 16 * 1024 * 1024,
    ROOM_KEPT = 1024 * 1024, /* a buffer that an uncommon page made larger goes back */
    REQUESTS_MOST = 8,
};

enum result follow_new(struct follow **out, struct frontier *frontier, struct scope *scope,
                       struct recrawl *recrawl, const struct crawl_options *options,
                       struct trouble *trouble)
{
    struct follow *follow = calloc(1, sizeof *follow);
    *out = follow;
    if (!follow)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for links");
    follow->frontier = frontier;
    follow->scope = scope;
    follow->recrawl = recrawl;
    follow->rules_off = options->rules_off;
    follow->memory = anchor_cache_new();
    traps_init(&follow->traps);
    follow->series_novelty = series_novelty_new();
    follow->path_echo = path_echo_new();
    follow->novelty_budget = novelty_budget_new();
    follow->path_facets = path_facets_new();
    buf_init(&follow->scratch, 8 * URL_LONGEST);
    buf_init(&follow->family, 2 * URL_LONGEST);
    buf_init(&follow->held, HELD_MOST);
    buf_init(&follow->names, HELD_MOST);
    url_init(&follow->base);
    url_init(&follow->link);
    return follow->memory && follow->series_novelty && follow->path_echo &&
                   follow->novelty_budget && follow->path_facets
               ? RESULT_OK
               : trouble_say(trouble, RESULT_BROKEN, "no memory for links");
}

void follow_free(struct follow *follow)
{
    if (!follow)
        return;
    anchor_cache_free(follow->memory);
    series_novelty_free(follow->series_novelty);
    path_echo_free(follow->path_echo);
    novelty_budget_free(follow->novelty_budget);
    path_facets_free(follow->path_facets);
    buf_release(&follow->scratch);
    buf_release(&follow->family);
    buf_release(&follow->held);
    buf_release(&follow->names);
    url_release(&follow->base);
    url_release(&follow->link);
    free(follow);
}

/* ---- rules that say no ---- */

uint64_t follow_refused(const struct follow *follow, enum url_rule rule)
{
    return follow->refused[rule];
}

/* Whether the user has turned the rule off that would leave the link at hand out. */
static bool is_off(struct follow *follow, enum url_rule rule)
{
    bool off = follow->rules_off.has[rule];
    follow->rules_met.has[rule] = follow->rules_met.has[rule] || off;
    return off;
}

bool follow_met_rule(const struct follow *follow, enum url_rule rule)
{
    return follow->rules_met.has[rule];
}

static void refuse(struct follow *follow, enum url_rule rule, struct text url, int64_t key)
{
    follow->refused[rule]++;
    follow->result =
        frontier_refuse(follow->frontier, key, url, rule, follow->via_key, follow->trouble);
}

/* ---- one link ---- */

/* Hop letters are Heritrix's; pager and archive links are navigation (L) that costs no depth. */
static void judge(const struct link *link, enum visit_kind from, enum visit_kind *kind, char *hop,
                  int *depth)
{
    bool certain = link->certainty == LINK_CERTAIN;
    *hop = 'L';
    switch (link->class) {
    case LINK_PAGER:
        *kind = certain ? VISIT_PAGER : VISIT_PAGE;
        *depth += !certain;
        break;
    case LINK_ARCHIVE:
        *kind = certain ? VISIT_ARCHIVE : VISIT_PAGE;
        *depth += !certain;
        break;
    case LINK_FEED:
        *kind = VISIT_FEED;
        break;
    case LINK_SITEMAP:
        *kind = VISIT_SITEMAP;
        *hop = 'M';
        break;
    case LINK_REQUISITE:
        /* What a feed or sitemap names is needed by no page yet: the page that needs it moves it
         * up. */
        *kind = !certain                                      ? VISIT_SPECULATIVE
                : from == VISIT_FEED || from == VISIT_SITEMAP ? VISIT_MEDIA
                                                              : VISIT_REQUISITE;
        *hop = certain ? 'E' : 'X';
        break;
    case LINK_MEDIA:
        *kind = VISIT_MEDIA;
        *depth += 1;
        break;
    default:
        *kind = VISIT_PAGE;
        *hop = from == VISIT_SITEMAP ? 'M' : 'L';
        *depth += 1;
        break;
    }
}

/* The key of the link's address, kept with its anchor for the next page. */
static int64_t key_of(struct follow *follow, const struct link *link)
{
    if (link->note && *link->note)
        return (int64_t)*link->note;
    int64_t key = frontier_key(follow->frontier, link->parsed);
    if (link->note)
        *link->note = (uint64_t)key;
    return key;
}

static void note_listed(struct follow *follow, const struct link *link, int64_t key)
{
    if (follow->source != NO_SOURCE && link->class == LINK_PAGE && link->certainty == LINK_CERTAIN)
        follow->result = frontier_note_listed(follow->frontier, (enum list_source)follow->source,
                                              key, follow->trouble);
}

/* What a list names is kept, for the next time it is read; and when it says that something changed.
 */
static void note_name(struct follow *follow, const struct link *link, int64_t key)
{
    bool post = link->class == LINK_PAGE && !date_archive_is_topic(link->parsed);
    if (link->certainty != LINK_CERTAIN ||
        (!post && link->class != LINK_PAGER && link->class != LINK_ARCHIVE &&
         link->class != LINK_FEED && link->class != LINK_SITEMAP))
        return;
    buf_append(&follow->names, &key, sizeof key);
    if (link->dated_ms && (post || link->class == LINK_SITEMAP))
        follow->result = recrawl_date(follow->recrawl, key, link->dated_ms, follow->trouble);
    follow->says_dates = follow->says_dates || link->dated_ms;
    follow->news = follow->news || (post && !recrawl_walks(follow->recrawl) &&
                                    recrawl_is_new(follow->recrawl, key));
}

static int *told_posts(struct follow *follow, int period)
{
    int year = period / 10000 - ARCHIVE_FIRST_YEAR, month = period / 100 % 100;
    return period && period % 100 == 0 && year >= 0 && year < ARCHIVE_YEARS && month <= 12
               ? &follow->told_posts[year][month]
               : NULL;
}

/* The archive's counts stand on every page: it is enough to read them where the run began, and
 * where they are lists. */
static void note_archive_count(struct follow *follow, const struct link *link)
{
    int period = follow->source == LISTED_BY_PAGER
                     ? date_archive_period(link->parsed, DATE_ARCHIVE_ANY_YEAR)
                     : 0;
    int *told = told_posts(follow, period);
    if (!told || *told == link->posts || !url_same_site(link->parsed, &follow->base))
        return;
    *told = link->posts;
    follow->result =
        frontier_note_archive_count(follow->frontier, period, link->posts, follow->trouble);
}

/* Whether a proof of completeness would miss the link: what pages of lists name, and the pages of
 * lists themselves. */
static bool is_missed(const struct follow *follow, const struct link *link)
{
    bool list = link->class == LINK_PAGER || link->class == LINK_ARCHIVE ||
                link->class == LINK_FEED || link->class == LINK_SITEMAP;
    return (list || (link->class == LINK_PAGE && follow->source != NO_SOURCE)) &&
           link->certainty == LINK_CERTAIN && url_same_site(link->parsed, &follow->base);
}

/* What is missed but left out on purpose: the archive says so. */
static void refuse_page_of_list(struct follow *follow, enum url_rule rule, struct text url,
                                int64_t key)
{
    if (follow->lines)
        provenance_write_not_followed(follow->lines, rule, url);
    refuse(follow, rule, url, key);
}

/* The pages of a feed: whatever has a digit in it counts them, or is a token. */
static void name_feed(const struct url *url, struct buf *out)
{
    struct text query = url_query(url), part;
    buf_add_text(out, url_authority(url));
    buf_add_text(out, url_path(url));
    while (query.length && text_split(&query, '&', &part))
        if (!text_has_digit(part)) {
            buf_add_char(out, '&');
            buf_add_text(out, part);
        }
}

static void name_family(const struct follow *follow, const struct url *url, struct buf *out)
{
    buf_clear(out);
    if (follow->is_feed)
        name_feed(url, out);
    else
        series_key_write(url, follow->row_period, out);
}

/* Whether the address is one of the row that the page at hand stands in. */
static bool is_of_family(struct follow *follow, const struct url *url)
{
    struct text family = buf_text(&follow->family), authority = url_authority(url);
    if (!text_starts(family, authority))
        return false;
    /* Most differ before the first number. */
    struct text path = text_skip(family, authority.length);
    path = text_first(path, strcspn(path.at, "#&"));
    if (!text_starts(url_path(url), path))
        return false;
    name_family(follow, url, &follow->scratch);
    return text_equal(buf_text(&follow->scratch), family);
}

/* Whether a link to something outside its row tells a page of the row from the others.  A calendar
 * has a new date on each page, and nothing new. */
static bool may_be_news(const struct follow *follow, const struct link *link)
{
    if (follow->dated &&
        (link->class == LINK_ARCHIVE || date_archive_is_bare_date(url_path(link->parsed))))
        return false;
    return link->class == LINK_PAGE || link->class == LINK_PAGER || link->class == LINK_ARCHIVE ||
           link->class == LINK_REQUISITE || link->class == LINK_MEDIA;
}

/* A link that waits for the end of the page; its address follows in the buffer. */
struct held {
    enum visit_kind kind;
    int depth;
    char hop;
    bool own; /* it is of the page's own row */
    bool deeper;
    bool of_period; /* it pages on through an archive's period */
    size_t length;
};

/* False when there is no room: a page with so many links is no trap for want of them. */
static bool hold(struct follow *follow, const struct link *link, struct held held)
{
    if (follow->held.limit - follow->held.length < sizeof held + link->url.length)
        return false;
    held.length = link->url.length;
    buf_append(&follow->held, &held, sizeof held);
    buf_add_text(&follow->held, link->url);
    return true;
}

static enum result offer_of_period(struct follow *follow, const struct url *url,
                                   enum visit_kind kind, int depth, char hop, int period)
{
    struct offer offer = {.url = url,
                          .kind = kind,
                          .depth = depth,
                          .via_hops = follow->hops,
                          .hop = hop,
                          .via_key = follow->via_key,
                          .period = period};
    return frontier_offer(follow->frontier, &offer, NULL, follow->trouble);
}

enum result follow_offer(struct follow *follow, const struct url *url, enum visit_kind kind,
                         int depth, char hop)
{
    /* Only what pages on through an archive's period belongs to it. */
    return offer_of_period(follow, url, kind, depth, hop, kind == VISIT_PAGER ? follow->period : 0);
}

/* Blogger's archives page on beyond their period, to the beginning of the blog: 186 chains more on
 * one front page. */
static bool leaves_period(const struct follow *follow, const struct link *link)
{
    int cursor =
        follow->period && link->class == LINK_PAGER ? date_archive_cursor(link->parsed) : 0;
    return cursor && cursor < follow->period;
}

/* Whether the archive at hand names as many posts of its period as the site says there are, or the
 * archives of a year's months have them: what it pages on to are others. */
static bool is_period_whole(struct follow *follow)
{
    const int *told = follow->kind == VISIT_ARCHIVE ? told_posts(follow, follow->period) : NULL;
    int posts = follow->named_posts, by_month = 0;
    for (int month = 1; told && follow->period % 10000 == 0 && month <= 12; month++)
        by_month += told[month];
    posts = by_month > posts ? by_month : posts;
    return told && *told && posts >= *told && !is_off(follow, URL_RULE_BLOGGER_PERIOD_WHOLE);
}

/* Pages say in their heads what their address is (canonical, og:url), and often spell it as no link
 * does: with index.html, with www.  Followed, every page of the site would be asked for twice. */
static bool names_itself(const struct follow *follow, const struct link *link)
{
    bool in_head = text_ends(link->where, TEXT("link@href")) ||
                   text_ends(link->where, TEXT("meta@content")) ||
                   text_equal(link->where, TEXT("script"));
    return in_head && link->class == LINK_PAGE && follow->html.length &&
           url_same_page(link->parsed, &follow->base);
}

static void infer_titles(struct follow *follow, const struct link *link);

void follow_link(void *context, const struct link *given)
{
    struct follow *follow = context;
    struct link link = *given;
    enum visit_kind kind;
    char hop;
    int depth = follow->depth;
    /* Where a redirect leads is offered by follow_redirect(). */
    if (follow->result != RESULT_OK || text_starts(link.where, TEXT("Location")))
        return;
    if (link.class == LINK_TRAP && is_off(follow, link.rule)) {
        link.class = LINK_PAGE;
        link.certainty = LINK_POSSIBLE;
    }
    judge(&link, follow->kind, &kind, &hop, &depth);
    if (follow->lines)
        provenance_write_outlink(follow->lines, &link, hop);
    int64_t key = key_of(follow, &link);
    bool own =
        follow->in_family && link.class != LINK_REQUISITE && is_of_family(follow, link.parsed);
    if (follow->in_family && !own && may_be_news(follow, &link))
        series_novelty_link(follow->series_novelty, key);
    if (follow->html.length) {
        path_echo_link(follow->path_echo, link.parsed, key, link.class == LINK_REQUISITE);
        path_facets_link(follow->path_facets, link.parsed, key);
    }
    if (follow->in_burrow && (link.class == LINK_REQUISITE || link.class == LINK_MEDIA))
        novelty_budget_part(follow->novelty_budget, link.parsed, key);
    if (link.posts)
        note_archive_count(follow, &link);
    if (follow->kind == VISIT_ARCHIVE && follow->period && link.class == LINK_PAGE)
        follow->named_posts += archive_counts_hold(follow->period, link.parsed);
    if (follow->source != NO_SOURCE && follow->recrawl)
        note_name(follow, &link, key);
    if (follow->platform == PLATFORM_BLOGGER && link.class == LINK_ARCHIVE)
        infer_titles(follow, &link);
    /* A page's widgets name the same addresses again and again: most end here. */
    if (frontier_surely_knows(follow->frontier, key, kind)) {
        note_listed(follow, &link, key);
        return;
    }
    enum url_rule refused = scope_refuses(follow->scope, &link, link.parsed, depth, follow->hops);
    /* A picture elsewhere that only a feed or a sitemap names is needed by no page. */
    bool listed = follow->kind == VISIT_FEED || follow->kind == VISIT_SITEMAP;
    if (!refused && listed && (link.class == LINK_REQUISITE || link.class == LINK_MEDIA) &&
        !scope_holds(follow->scope, link.parsed))
        refused = URL_RULE_OFF_SITE;
    if (!refused && names_itself(follow, &link) && !is_off(follow, URL_RULE_PAGE_ITSELF))
        refused = URL_RULE_PAGE_ITSELF;
    if (!refused && follow->stand_in && link.class != LINK_REQUISITE &&
        !is_off(follow, URL_RULE_PAGE_STAND_IN))
        refused = URL_RULE_PAGE_STAND_IN;
    if (!refused && link.class != LINK_REQUISITE &&
        path_echo_knows(follow->path_echo, link.parsed) && !is_off(follow, URL_RULE_URL_SESSION))
        refused = URL_RULE_URL_SESSION;
    if (!refused && link.class != LINK_REQUISITE &&
        path_facets_join(follow->path_facets, link.parsed) && !is_off(follow, URL_RULE_URL_FACETS))
        refused = URL_RULE_URL_FACETS;
    if (refused) {
        if (url_rule_row(refused)->is_gap && url_same_site(link.parsed, &follow->base))
            note_listed(follow, &link, key);
        (is_missed(follow, &link) ? refuse_page_of_list : refuse)(follow, refused, link.url, key);
        return;
    }
    if (leaves_period(follow, &link) && !is_off(follow, URL_RULE_BLOGGER_OUTSIDE_PERIOD)) {
        refuse_page_of_list(follow, URL_RULE_BLOGGER_OUTSIDE_PERIOD, link.url, key);
        return;
    }
    note_listed(follow, &link, key);
    bool deeper = follow->html.length && link.class != LINK_REQUISITE &&
                  path_echo_leads_deeper(follow->path_echo, link.parsed);
    bool of_period = follow->kind == VISIT_ARCHIVE && link.class == LINK_PAGER &&
                     date_archive_cursor(link.parsed);
    bool waits = own || deeper || of_period ||
                 (follow->in_burrow && link.class != LINK_REQUISITE &&
                  novelty_budget_is_spent(follow->novelty_budget));
    struct held held = {.kind = kind,
                        .depth = depth,
                        .hop = hop,
                        .own = own,
                        .deeper = deeper,
                        .of_period = of_period};
    if ((!waits || !hold(follow, &link, held)) && follow->result == RESULT_OK)
        follow->result = follow_offer(follow, link.parsed, kind, depth, hop);
}

void follow_begin_page(struct follow *follow, int64_t via_key, int depth, const char *hops,
                       enum visit_kind kind, int period, struct buf *lines, struct trouble *trouble)
{
    follow->via_key = via_key;
    follow->depth = depth;
    follow->hops = hops;
    follow->kind = kind;
    follow->period = follow->row_period = period;
    follow->lines = lines;
    follow->result = RESULT_OK;
    follow->trouble = trouble;
    follow->html = TEXT("");
    follow->platform = PLATFORM_UNKNOWN;
    follow->in_family = follow->in_burrow = follow->is_feed = follow->stand_in = false;
    follow->news = follow->says_dates = false;
    follow->named_posts = 0;
    buf_clear(&follow->names);
    buf_clear(&follow->held);
    follow->source = kind == VISIT_PAGER || kind == VISIT_SEED ? LISTED_BY_PAGER
                     : kind == VISIT_ARCHIVE                   ? LISTED_BY_ARCHIVE
                     : kind == VISIT_FEED                      ? LISTED_BY_FEED
                     : kind == VISIT_SITEMAP                   ? LISTED_BY_SITEMAP
                                                               : NO_SOURCE;
}

/* ---- rows of pages ---- */

/* Pagers and archives stand in rows; any other page does when it was found on a page of its own
 * family. */
static void begin_family(struct follow *follow, const struct capture *capture)
{
    name_family(follow, &follow->base, &follow->family);
    follow->in_family =
        capture->kind == VISIT_PAGER || capture->kind == VISIT_ARCHIVE || follow->is_feed ||
        (capture->kind == VISIT_PAGE &&
         url_parse(&follow->link, buf_text(&capture->via), NULL, TEXT("")) == URL_OK &&
         is_of_family(follow, &follow->link));
    if (!follow->in_family)
        return;
    follow->dated = series_key_is_dated(&follow->base);
    series_novelty_begin(follow->series_novelty, buf_text(&follow->family), follow->dated);
}

/* The row that the page stands in is read up to it: URL_RULE_NONE when it goes on, else the rule
 * that ends it. */
static enum url_rule end_family(struct follow *follow)
{
    if (!follow->in_family)
        return URL_RULE_NONE;
    if (!series_novelty_has_news(follow->series_novelty))
        series_novelty_words(follow->series_novelty, follow->html);
    /* Each page of a row says how many there are. */
    bool look =
        follow->kind == VISIT_PAGER && series_novelty_pages_before(follow->series_novelty) < 2;
    int pages = look ? page_text_page_count(follow->html) : 0;
    if (pages) {
        buf_clear(&follow->scratch);
        series_key_write(&follow->base, 0,
                         &follow->scratch); /* as the ledger counts what was captured of it */
        follow->result = frontier_note_row_pages(follow->frontier, buf_text(&follow->scratch),
                                                 pages, follow->trouble);
    }
    enum url_rule rule = series_novelty_end(follow->series_novelty);
    /* Between walks a row is read as far as it names posts that nobody knew. */
    if (!rule && follow->kind == VISIT_PAGER && follow->names.length && !follow->news &&
        !recrawl_walks(follow->recrawl))
        rule = URL_RULE_SERIES_KNOWN;
    follow->in_family = false;
    return rule && !is_off(follow, rule) ? rule : URL_RULE_NONE;
}

/* The page is read: what was held back of its links is offered, unless a rule has come to say no.
 */
static enum result end_page(struct follow *follow)
{
    struct held held;
    enum url_rule row_rule = end_family(follow), deep_rule = URL_RULE_NONE,
                  page_rule = URL_RULE_NONE;
    if (follow->html.length && path_echo_end(follow->path_echo, follow->html) &&
        !is_off(follow, URL_RULE_URL_PATH_LOOP))
        deep_rule = URL_RULE_URL_PATH_LOOP;
    if (follow->html.length)
        path_facets_end(follow->path_facets);
    if (follow->in_burrow && novelty_budget_end(follow->novelty_budget, follow->html) &&
        !is_off(follow, URL_RULE_PAGE_NOTHING_NEW))
        page_rule = URL_RULE_PAGE_NOTHING_NEW;
    for (size_t at = 0; follow->result == RESULT_OK && at < follow->held.length;
         at += sizeof held + held.length) {
        memcpy(&held, follow->held.data + at, sizeof held);
        struct text url = {follow->held.data + at + sizeof held, held.length};
        enum url_rule rule = held.own && row_rule       ? row_rule
                             : held.deeper && deep_rule ? deep_rule
                                                        : page_rule;
        if (!rule && held.of_period && is_period_whole(follow))
            rule = URL_RULE_BLOGGER_PERIOD_WHOLE;
        if (url_parse(&follow->link, url, NULL, TEXT("")) != URL_OK)
            continue;
        if (rule)
            refuse_page_of_list(follow, rule, url, frontier_key(follow->frontier, &follow->link));
        else
            follow->result = follow_offer(follow, &follow->link, held.kind, held.depth, held.hop);
    }
    return follow->result;
}

/* ---- inferred requests ---- */

static void infer(struct follow *follow, struct text path, enum link_class class, int period)
{
    struct link link = {.class = class, .certainty = LINK_CERTAIN, .parsed = &follow->link};
    enum visit_kind kind = class == LINK_SITEMAP ? VISIT_SITEMAP
                           : class == LINK_FEED  ? VISIT_FEED
                                                 : VISIT_PAGE;
    char where[64];
    snprintf(where, sizeof where, "inferred: %s", platform_name(follow->platform));
    if (follow->result != RESULT_OK ||
        url_parse(&follow->link, path, &follow->base, TEXT("")) != URL_OK)
        return;
    link.url = url_resource(&follow->link);
    link.where = text_of(where);
    if (follow->lines)
        provenance_write_outlink(follow->lines, &link, 'I');
    enum url_rule refused =
        scope_refuses(follow->scope, &link, &follow->link, follow->depth, follow->hops);
    if (refused)
        refuse(follow, refused, link.url, frontier_key(follow->frontier, &follow->link));
    else
        follow->result = offer_of_period(follow, &follow->link, kind, follow->depth, 'I', period);
}

/* The archive widget's titles come by script: what it would ask for lists every post, a year at a
 * time. */
static void infer_titles(struct follow *follow, const struct link *link)
{
    int period = date_archive_period(link->parsed, DATE_ARCHIVE_ANY_YEAR) / 10000 * 10000;
    char year[16];
    if (!period)
        return;
    snprintf(year, sizeof year, "/%d/", period / 10000);
    if (url_parse(&follow->link, text_of(year), link->parsed, TEXT("")) != URL_OK)
        return;
    buf_clear(&follow->scratch);
    if (platform_titles(follow->html, url_resource(&follow->link), &follow->scratch))
        infer(follow, buf_text(&follow->scratch), LINK_FEED, period);
}

static void infer_requests(struct follow *follow)
{
    struct platform_request requests[REQUESTS_MOST];
    follow->platform = platform_of(follow->html);
    size_t count = platform_requests(follow->platform, follow->html, requests, REQUESTS_MOST);
    for (size_t i = 0; i < count; i++) {
        infer(follow, requests[i].path, requests[i].class, 0);
        if (text_find_char(text_skip(url_path(&follow->base), 1), '/') >=
            0) /* it may be installed below the root */
            infer(follow, text_skip(requests[i].path, 1), requests[i].class, 0);
    }
}

/* ---- a page ---- */

/* Only what says no is noted: "index, follow" asks for nothing. */
static void note_robots_meta(struct capture *capture, struct text wish)
{
    size_t length = 0;
    capture->robots_meta[0] = '\0';
    if (text_find_nocase(wish, TEXT("no")) < 0)
        return;
    for (size_t i = 0; i < wish.length && length + 1 < sizeof capture->robots_meta; i++)
        if (wish.at[i] >= ' ' && wish.at[i] != 127)
            capture->robots_meta[length++] = wish.at[i];
    capture->robots_meta[length] = '\0';
}

/* The items of a feed that does not say when they were changed; what stands in front of them is
 * often the date of asking. */
static struct text undated_items(const struct follow *follow, const struct capture *capture,
                                 struct text body)
{
    ptrdiff_t at = capture->kind == VISIT_FEED && !follow->says_dates
                       ? text_find_nocase(body, TEXT("<item"))
                       : -1;
    if (at < 0 && capture->kind == VISIT_FEED && !follow->says_dates)
        at = text_find_nocase(body, TEXT("<entry"));
    return at < 0 ? TEXT("") : text_skip(body, (size_t)at);
}

static enum result keep_list(struct follow *follow, const struct capture *capture, struct text body,
                             struct trouble *trouble)
{
    struct list_read list = {.key = capture->key,
                             .kind = capture->kind,
                             .changed = !capture->same,
                             .news = follow->news,
                             .items = undated_items(follow, capture, body),
                             .names = (int64_t *)(void *)follow->names.data,
                             .name_count = follow->names.length / sizeof(int64_t)};
    if (follow->source == NO_SOURCE || capture->exchange->cut != CUT_NONE)
        return RESULT_OK;
    if (!buf_ok(&follow->names))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the names in %s",
                           capture->exchange->url.data);
    return recrawl_list(follow->recrawl, &list, trouble);
}

/* The page's own bytes are not looked at any more. */
static void leave_room(struct follow *follow)
{
    struct buf *const buffers[] = {&follow->held, &follow->names};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        if (buffers[i]->capacity > ROOM_KEPT) {
            size_t limit = buffers[i]->limit;
            buf_release(buffers[i]);
            buf_init(buffers[i], limit);
        }
    follow->html = TEXT("");
}

/* Whether a page came where robots.txt or a list was asked for that no link names: the site's way
 * to say that there is none. It is the front page, more often than not, and would open its rows of
 * pages once more. */
static bool is_stand_in(const struct capture *capture, enum media_kind kind)
{
    size_t hops = strlen(capture->hops);
    while (hops && capture->hops[hops - 1] == 'R')
        hops--;
    return kind == MEDIA_HTML &&
           (capture->kind == VISIT_ROBOTS || (hops && capture->hops[hops - 1] == 'I'));
}

static int64_t via_key_of(struct follow *follow, const struct capture *capture)
{
    return url_parse(&follow->link, buf_text(&capture->via), NULL, TEXT("")) == URL_OK
               ? frontier_key(follow->frontier, &follow->link)
               : 0;
}

enum result follow_page(struct follow *follow, struct capture *capture,
                        const struct http_head *head, struct text body, struct trouble *trouble)
{
    struct text type = http_field(head, "Content-Type");
    if (url_parse(&follow->base, buf_text(&capture->exchange->url), NULL, TEXT("")) != URL_OK)
        return RESULT_OK;
    struct links_source source = {.url = &follow->base,
                                  .charset = media_type_charset(type),
                                  .bytes = body,
                                  .head = head,
                                  .memory = follow->memory,
                                  .packed_fault = &capture->body_fault,
                                  .year = date_year(capture->exchange->began_ms)};
    source.kind = media_kind_of(type, url_path(&follow->base), body);
    follow_begin_page(follow, capture->key, capture->depth, capture->hops, capture->kind,
                      capture->period, &capture->outlinks, trouble);
    follow->stand_in = is_stand_in(capture, source.kind);
    if (capture->kind == VISIT_ARCHIVE)
        follow->period = date_archive_period(&follow->base, source.year);
    struct text wish = http_field(head, "X-Robots-Tag");
    /* No browser shows the body of a redirect. */
    if (capture->target.length)
        source.bytes = body = TEXT("");
    if (source.kind == MEDIA_FEED && capture->kind == VISIT_FEED) {
        follow->is_feed = true;
        begin_family(follow, capture);
    }
    if (source.kind == MEDIA_HTML && !capture->target.length) {
        wish = wish.length ? wish : robots_meta(body);
        follow->html = body;
        int64_t via_key = via_key_of(follow, capture);
        path_echo_begin(follow->path_echo, &follow->base, capture->key, via_key);
        path_facets_begin(follow->path_facets, &follow->base);
        begin_family(follow, capture);
        /* Of a row, its own rules tell whether it goes on; but those of a calendar's dates are
         * easily led astray. */
        follow->in_burrow = !follow->in_family || follow->dated ||
                            !series_novelty_pages_before(follow->series_novelty);
        if (follow->in_burrow)
            novelty_budget_begin(follow->novelty_budget, &follow->base, capture->key, via_key);
        if (capture->kind == VISIT_SEED && head->status == 200)
            infer_requests(follow);
    }
    note_robots_meta(capture, wish);
    int total = source.kind == MEDIA_FEED ? feed_total(&follow->base, body) : 0;
    if (total)
        follow->result = frontier_note_feed_total(follow->frontier, total, trouble);
    if (!links_extract(&source, follow_link, follow) || !buf_ok(&capture->outlinks) ||
        !buf_ok(&follow->held))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the links of %s",
                           capture->exchange->url.data);
    if (follow->result == RESULT_OK)
        follow->result = end_page(follow);
    if (follow->result == RESULT_OK && head->status == 200)
        follow->result = keep_list(follow, capture, body, trouble);
    leave_room(follow);
    return follow->result;
}

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

/* The rule by which the redirect is not followed.  Each thing that only members may do leads to a
 * page that asks who you are, which knows where it is to lead back: as many pages as there are
 * things to do.  A site that begins with it is another matter. */
static enum url_rule refuses_redirect(struct follow *follow, const struct capture *capture,
                                      int year)
{
    if (trailing_redirects(capture->hops) >= REDIRECTS_MOST)
        return URL_RULE_TOO_MANY_REDIRECTS;
    struct path_segments segments;
    path_segments_split(&segments, url_path(&follow->link));
    enum url_rule rule = traps_rule(&follow->traps, &follow->base, &follow->link, &segments, year);
    bool login =
        rule == URL_RULE_LOGIN && capture->kind != VISIT_SEED && capture->kind != VISIT_ROBOTS;
    return login && !is_off(follow, rule) ? rule : URL_RULE_NONE;
}

enum result follow_redirect(struct follow *follow, struct capture *capture,
                            const struct http_head *head, int64_t robots_for,
                            struct trouble *trouble)
{
    struct text location = http_field(head, "Location");
    novelty_budget_pass(follow->novelty_budget, capture->key, via_key_of(follow, capture));
    if (!location.length ||
        url_parse(&follow->base, buf_text(&capture->exchange->url), NULL, TEXT("")) != URL_OK ||
        url_parse(&follow->link, location, &follow->base, TEXT("")) != URL_OK)
        return RESULT_END;
    buf_add_text(&capture->target, url_resource(&follow->link));
    enum url_rule rule = refuses_redirect(follow, capture, date_year(capture->exchange->began_ms));
    if (rule) {
        provenance_write_not_followed(&capture->outlinks, rule, buf_text(&capture->target));
        follow->refused[rule]++;
        enum result kept =
            frontier_refuse(follow->frontier, frontier_key(follow->frontier, &follow->link),
                            buf_text(&capture->target), rule, capture->key, trouble);
        return kept == RESULT_OK ? RESULT_END : kept;
    }
    bool is_new;
    struct offer offer = {.url = &follow->link,
                          .kind = capture->kind,
                          .depth = capture->depth,
                          .via_hops = capture->hops,
                          .hop = 'R',
                          .via_key = capture->key,
                          .redirect_from = capture->key,
                          .robots_for = robots_for};
    enum result result = RESULT_OK;
    if (capture->kind == VISIT_SEED)
        result = scope_add_seed(follow->scope, &follow->link, trouble);
    if (result == RESULT_OK)
        result = frontier_offer(follow->frontier, &offer, &is_new, trouble);
    return result == RESULT_OK && !is_new ? RESULT_END : result;
}
