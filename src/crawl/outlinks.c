#include <config.h>

#include "crawl/outlinks_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "discover/family.h"
#include "discover/feed_total.h"
#include "discover/robots.h"
#include "discover/series.h"
#include "discover/visible.h"
#include "http/http_body.h"
#include "web/media_type.h"

enum {
    BODY_MOST = 16 * 1024 * 1024,
    REDIRECTS_MOST = 20,
    LINE_BESIDES = 96,          /* of an outlink line: all but address and place */
    HELD_MOST = 16 * 1024 * 1024,
    ROOM_KEPT = 1024 * 1024,    /* a buffer that an uncommon page made larger goes back */
    REQUESTS_MOST = 8,
    RULES_MET = 64,
};

enum answer outlinks_new(struct outlinks **out, struct frontier *frontier, struct scope *scope,
                         struct revisit *revisit, const struct crawl_options *options, struct trouble *trouble)
{
    struct outlinks *outlinks = calloc(1, sizeof *outlinks);
    *out = outlinks;
    if (!outlinks)
        return trouble_say(trouble, ANSWER_BROKEN, "no memory for links");
    outlinks->frontier = frontier;
    outlinks->scope = scope;
    outlinks->revisit = revisit;
    outlinks->rules_off = options->rules_off;
    outlinks->rules_off_count = options->rules_off_count;
    outlinks->memory = links_memory_new();
    traps_init(&outlinks->traps);
    outlinks->families = families_new();
    outlinks->echoes = echoes_new();
    outlinks->burrows = burrows_new();
    outlinks->choices = choices_new();
    buf_init(&outlinks->payload, BODY_MOST);
    buf_init(&outlinks->decoded, BODY_MOST);
    buf_init(&outlinks->scratch, 8 * URL_LONGEST);
    buf_init(&outlinks->family, 2 * URL_LONGEST);
    buf_init(&outlinks->held, HELD_MOST);
    buf_init(&outlinks->names, HELD_MOST);
    url_init(&outlinks->base);
    url_init(&outlinks->link);
    return outlinks->memory && outlinks->families && outlinks->echoes && outlinks->burrows && outlinks->choices
               ? ANSWER_OK : trouble_say(trouble, ANSWER_BROKEN, "no memory for links");
}

void outlinks_free(struct outlinks *outlinks)
{
    if (!outlinks)
        return;
    links_memory_free(outlinks->memory);
    families_free(outlinks->families);
    echoes_free(outlinks->echoes);
    burrows_free(outlinks->burrows);
    choices_free(outlinks->choices);
    buf_release(&outlinks->payload);
    buf_release(&outlinks->decoded);
    buf_release(&outlinks->scratch);
    buf_release(&outlinks->family);
    buf_release(&outlinks->held);
    buf_release(&outlinks->names);
    url_release(&outlinks->base);
    url_release(&outlinks->link);
    free(outlinks);
}

/* ---- rules that say no -------------------------------------------------------------------------------------- */

const struct refusal *outlinks_refusals(const struct outlinks *outlinks, size_t *count)
{
    *count = outlinks->refusal_count;
    return outlinks->refusals;
}

static void count_refusal(struct outlinks *outlinks, const char *rule)
{
    size_t i = 0;
    while (i < outlinks->refusal_count && strcmp(outlinks->refusals[i].rule, rule) != 0)
        i++;
    if (i == REFUSALS_MOST)
        return;
    if (i == outlinks->refusal_count)
        snprintf(outlinks->refusals[outlinks->refusal_count++].rule, RULE_BYTES, "%s", rule);
    outlinks->refusals[i].count++;
}

static bool is_off(struct outlinks *outlinks, const char *rule)
{
    for (int i = 0; i < outlinks->rules_off_count; i++)
        if (strcmp(outlinks->rules_off[i], rule) == 0) {
            outlinks->rules_met |= i < RULES_MET ? UINT64_C(1) << i : 0;
            return true;
        }
    return false;
}

bool outlinks_met_rule(const struct outlinks *outlinks, int which)
{
    return which >= RULES_MET || outlinks->rules_met >> which & 1;
}

static void refuse(struct outlinks *outlinks, const char *rule, struct text url, int64_t key)
{
    count_refusal(outlinks, rule);
    outlinks->answer = frontier_refuse(outlinks->frontier, key, url, rule, outlinks->via_key, outlinks->trouble);
}

/* ---- bodies ------------------------------------------------------------------------------------------------- */

struct text outlinks_body(struct outlinks *outlinks, struct exchange *exchange, const struct http_head *head, bool *cut)
{
    struct text body = text_skip(spool_bytes(&exchange->response), exchange->head_length);
    struct text codings = http_field(head, "Content-Encoding");
    *cut = exchange->cut != CUT_NONE || body.length > BODY_MOST;
    body = text_first(body, BODY_MOST);
    if (http_body_is_chunked(head)) {
        buf_clear(&outlinks->payload);
        http_body_payload(head, body, &outlinks->payload);
        body = buf_text(&outlinks->payload);
    }
    if (codings.length && !text_equal_nocase(codings, TEXT("identity"))) {
        buf_clear(&outlinks->decoded);
        *cut = http_body_decode(codings, body, &outlinks->decoded) != DECODE_OK || *cut;
        body = buf_text(&outlinks->decoded);
    }
    return body;
}

/* ---- one link ---------------------------------------------------------------------------------------------- */

/* Hop letters are Heritrix's; pager and archive links are navigation (L) that costs no depth. */
static void judge(const struct link *link, enum visit_kind from, enum visit_kind *kind, char *hop, int *depth)
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
        /* What a feed or sitemap names is needed by no page yet: the page that needs it moves it up. */
        *kind = !certain                                         ? VISIT_SPECULATIVE
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

static char *put(char *to, struct text text)
{
    memcpy(to, text.at, text.length);
    return to + text.length;
}

/* "outlink: URL HOP CLASS[?] WHERE", of a trap "outlink: URL L trap:RULE WHERE".  There are some hundred a page, hence by
 * hand. */
static void write_line(struct buf *lines, const struct link *link, char hop)
{
    const char hop_between[] = {' ', hop, ' '};
    struct text rule = link->class == LINK_TRAP ? text_first(text_of(link->rule), RULE_BYTES - 1) : TEXT("");
    char *line = buf_room(lines, link->url.length + link->where.length + LINE_BESIDES), *to = line;
    if (!line)
        return;
    to = put(to, TEXT("outlink: "));
    to = put(to, link->url);
    to = put(to, (struct text){hop_between, sizeof hop_between});
    to = put(to, text_of(link_class_name(link->class)));
    if (rule.length) {
        to = put(to, TEXT(":"));
        to = put(to, rule);
    }
    to = put(to, link->certainty == LINK_CERTAIN ? TEXT(" ") : TEXT("? "));
    to = put(to, link->where);
    to = put(to, TEXT("\r\n"));
    buf_grew(lines, (size_t)(to - line));
}

/* The key of the link's address, kept with its anchor for the next page. */
static int64_t key_of(struct outlinks *outlinks, const struct link *link)
{
    if (link->note && *link->note)
        return (int64_t)*link->note;
    int64_t key = frontier_key(outlinks->frontier, link->parsed);
    if (link->note)
        *link->note = (uint64_t)key;
    return key;
}

static void promise(struct outlinks *outlinks, const struct link *link, int64_t key)
{
    if (outlinks->source != NO_SOURCE && link->class == LINK_PAGE && link->certainty == LINK_CERTAIN)
        outlinks->answer = frontier_promise(outlinks->frontier, (enum promise_source)outlinks->source, key,
                                            outlinks->trouble);
}

/* What a list names is kept, for the next time it is read; and when it says that something changed. */
static void note_name(struct outlinks *outlinks, const struct link *link, int64_t key)
{
    bool post = link->class == LINK_PAGE && !series_is_topic(link->parsed);
    if (link->certainty != LINK_CERTAIN || (!post && link->class != LINK_PAGER && link->class != LINK_ARCHIVE &&
                                            link->class != LINK_FEED && link->class != LINK_SITEMAP))
        return;
    buf_append(&outlinks->names, &key, sizeof key);
    if (link->dated_ms && (post || link->class == LINK_SITEMAP))
        outlinks->answer = revisit_date(outlinks->revisit, key, link->dated_ms, outlinks->trouble);
    outlinks->says_dates = outlinks->says_dates || link->dated_ms;
    outlinks->news = outlinks->news || (post && !revisit_walks(outlinks->revisit) && revisit_is_new(outlinks->revisit, key));
}

static int *told_posts(struct outlinks *outlinks, int period)
{
    int year = period / 10000 - PERIOD_FIRST_YEAR, month = period / 100 % 100;
    return period && period % 100 == 0 && year >= 0 && year < PERIOD_YEARS && month <= 12 ? &outlinks->told_posts[year][month] : NULL;
}

/* The archive's counts stand on every page: it is enough to read them where the run began, and where they are lists. */
static void promise_posts(struct outlinks *outlinks, const struct link *link)
{
    int period = outlinks->source == PROMISED_BY_PAGER ? series_period(link->parsed, SERIES_ANY_YEAR) : 0;
    int *told = told_posts(outlinks, period);
    if (!told || *told == link->posts || !url_same_site(link->parsed, &outlinks->base))
        return;
    *told = link->posts;
    outlinks->answer = frontier_promise_posts(outlinks->frontier, period, link->posts, outlinks->trouble);
}

/* Whether a proof of completeness would miss the link: what pages of lists name, and the pages of lists themselves. */
static bool is_missed(const struct outlinks *outlinks, const struct link *link)
{
    bool list = link->class == LINK_PAGER || link->class == LINK_ARCHIVE || link->class == LINK_FEED || link->class == LINK_SITEMAP;
    return (list || (link->class == LINK_PAGE && outlinks->source != NO_SOURCE)) && link->certainty == LINK_CERTAIN &&
           url_same_site(link->parsed, &outlinks->base);
}

/* Whether it was left out because an option wants less than the site lists. */
static bool is_choice(const char *rule)
{
    return strcmp(rule, "excluded") == 0 || strcmp(rule, "not-included") == 0 || strcmp(rule, "too-deep") == 0;
}

/* What is missed but left out on purpose: the archive says so. */
static void refuse_page_of_list(struct outlinks *outlinks, const char *rule, struct text url, int64_t key)
{
    if (outlinks->lines) {
        buf_add(outlinks->lines, "notFollowed: ");
        buf_add(outlinks->lines, rule);
        buf_add_char(outlinks->lines, ' ');
        buf_add_text(outlinks->lines, url);
        buf_add(outlinks->lines, "\r\n");
    }
    refuse(outlinks, rule, url, key);
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

static void name_family(const struct outlinks *outlinks, const struct url *url, struct buf *out)
{
    buf_clear(out);
    if (outlinks->is_feed)
        name_feed(url, out);
    else
        family_name(url, outlinks->row_period, out);
}

/* Whether the address is one of the row that the page at hand stands in. */
static bool is_of_family(struct outlinks *outlinks, const struct url *url)
{
    struct text family = buf_text(&outlinks->family), authority = url_authority(url);
    if (!text_starts(family, authority))
        return false;
    /* Most differ before the first number. */
    struct text path = text_skip(family, authority.length);
    path = text_first(path, strcspn(path.at, "#&"));
    if (!text_starts(url_path(url), path))
        return false;
    name_family(outlinks, url, &outlinks->scratch);
    return text_equal(buf_text(&outlinks->scratch), family);
}

/* Whether a link to something outside its row tells a page of the row from the others.  A calendar has a new date on each
 * page, and nothing new. */
static bool may_be_news(const struct outlinks *outlinks, const struct link *link)
{
    if (outlinks->dated && (link->class == LINK_ARCHIVE || series_is_bare_date(url_path(link->parsed))))
        return false;
    return link->class == LINK_PAGE || link->class == LINK_PAGER || link->class == LINK_ARCHIVE ||
           link->class == LINK_REQUISITE || link->class == LINK_MEDIA;
}

/* A link that waits for the end of the page; its address follows in the buffer. */
struct held {
    enum visit_kind kind;
    int depth;
    char hop;
    bool own;      /* it is of the page's own row */
    bool deeper;
    bool of_period; /* it pages on through an archive's period */
    size_t length;
};

/* False when there is no room: a page with so many links is no trap for want of them. */
static bool hold(struct outlinks *outlinks, const struct link *link, struct held held)
{
    if (outlinks->held.limit - outlinks->held.length < sizeof held + link->url.length)
        return false;
    held.length = link->url.length;
    buf_append(&outlinks->held, &held, sizeof held);
    buf_add_text(&outlinks->held, link->url);
    return true;
}

static enum answer offer_of_period(struct outlinks *outlinks, const struct url *url, enum visit_kind kind, int depth,
                                   char hop, int period)
{
    struct offer offer = {.url = url, .kind = kind, .depth = depth, .via_hops = outlinks->hops, .hop = hop,
                          .via_key = outlinks->via_key, .period = period};
    return frontier_offer(outlinks->frontier, &offer, NULL, outlinks->trouble);
}

enum answer outlinks_offer(struct outlinks *outlinks, const struct url *url, enum visit_kind kind, int depth, char hop)
{
    /* Only what pages on through an archive's period belongs to it. */
    return offer_of_period(outlinks, url, kind, depth, hop, kind == VISIT_PAGER ? outlinks->period : 0);
}

/* Blogger's archives page on beyond their period, to the beginning of the blog: 186 chains more on one front page. */
static bool leaves_period(const struct outlinks *outlinks, const struct link *link)
{
    int cursor = outlinks->period && link->class == LINK_PAGER ? series_cursor(link->parsed) : 0;
    return cursor && cursor < outlinks->period;
}

/* Whether the archive at hand names as many posts of its period as the site says there are, or the archives of a year's months
 * have them: what it pages on to are others. */
static bool is_period_whole(struct outlinks *outlinks)
{
    const int *told = outlinks->kind == VISIT_ARCHIVE ? told_posts(outlinks, outlinks->period) : NULL;
    int posts = outlinks->named_posts, by_month = 0;
    for (int month = 1; told && outlinks->period % 10000 == 0 && month <= 12; month++)
        by_month += told[month];
    posts = by_month > posts ? by_month : posts;
    return told && *told && posts >= *told && !is_off(outlinks, "blogger.period-whole");
}

/* Pages say in their heads what their address is (canonical, og:url), and often spell it as no link does: with index.html,
 * with www.  Followed, every page of the site would be asked for twice. */
static bool names_itself(const struct outlinks *outlinks, const struct link *link)
{
    bool in_head = text_ends(link->where, TEXT("link@href")) || text_ends(link->where, TEXT("meta@content")) ||
                   text_equal(link->where, TEXT("script"));
    return in_head && link->class == LINK_PAGE && outlinks->html.length && url_same_page(link->parsed, &outlinks->base);
}

static void infer_titles(struct outlinks *outlinks, const struct link *link);

void outlinks_take_link(void *context, const struct link *given)
{
    struct outlinks *outlinks = context;
    struct link link = *given;
    enum visit_kind kind;
    char hop;
    int depth = outlinks->depth;
    /* Where a redirect leads is offered by outlinks_redirect(). */
    if (outlinks->answer != ANSWER_OK || text_starts(link.where, TEXT("Location")))
        return;
    if (link.class == LINK_TRAP && outlinks->rules_off_count && is_off(outlinks, link.rule)) {
        link.class = LINK_PAGE;
        link.certainty = LINK_POSSIBLE;
    }
    judge(&link, outlinks->kind, &kind, &hop, &depth);
    if (outlinks->lines)
        write_line(outlinks->lines, &link, hop);
    int64_t key = key_of(outlinks, &link);
    bool own = outlinks->in_family && link.class != LINK_REQUISITE && is_of_family(outlinks, link.parsed);
    if (outlinks->in_family && !own && may_be_news(outlinks, &link))
        families_link(outlinks->families, key);
    if (outlinks->html.length) {
        echoes_link(outlinks->echoes, link.parsed, key, link.class == LINK_REQUISITE);
        choices_link(outlinks->choices, link.parsed, key);
    }
    if (outlinks->in_burrow && (link.class == LINK_REQUISITE || link.class == LINK_MEDIA))
        burrows_part(outlinks->burrows, link.parsed, key);
    if (link.posts)
        promise_posts(outlinks, &link);
    if (outlinks->kind == VISIT_ARCHIVE && outlinks->period && link.class == LINK_PAGE)
        outlinks->named_posts += periods_hold(outlinks->period, link.parsed);
    if (outlinks->source != NO_SOURCE && outlinks->revisit)
        note_name(outlinks, &link, key);
    if (outlinks->platform == PLATFORM_BLOGGER && link.class == LINK_ARCHIVE)
        infer_titles(outlinks, &link);
    /* A page's widgets name the same addresses again and again: most end here. */
    if (frontier_surely_knows(outlinks->frontier, key, kind)) {
        promise(outlinks, &link, key);
        return;
    }
    const char *refused = scope_refuses(outlinks->scope, &link, link.parsed, depth, outlinks->hops);
    /* A picture elsewhere that only a feed or a sitemap names is needed by no page. */
    bool listed = outlinks->kind == VISIT_FEED || outlinks->kind == VISIT_SITEMAP;
    if (!refused && listed && (link.class == LINK_REQUISITE || link.class == LINK_MEDIA) && !scope_holds(outlinks->scope, link.parsed))
        refused = "off-site";
    if (!refused && names_itself(outlinks, &link) && !is_off(outlinks, "page.itself"))
        refused = "page.itself";
    if (!refused && outlinks->stand_in && link.class != LINK_REQUISITE && !is_off(outlinks, "page.stand-in"))
        refused = "page.stand-in";
    if (!refused && link.class != LINK_REQUISITE && echoes_knows(outlinks->echoes, link.parsed) &&
        !is_off(outlinks, "url.session"))
        refused = "url.session";
    if (!refused && link.class != LINK_REQUISITE && choices_join(outlinks->choices, link.parsed) && !is_off(outlinks, "url.facets"))
        refused = "url.facets";
    if (refused) {
        if (is_choice(refused) && url_same_site(link.parsed, &outlinks->base))
            promise(outlinks, &link, key);
        (is_missed(outlinks, &link) ? refuse_page_of_list : refuse)(outlinks, refused, link.url, key);
        return;
    }
    if (leaves_period(outlinks, &link) && !is_off(outlinks, "blogger.outside-period")) {
        refuse_page_of_list(outlinks, "blogger.outside-period", link.url, key);
        return;
    }
    promise(outlinks, &link, key);
    bool deeper = outlinks->html.length && link.class != LINK_REQUISITE && echoes_leads_deeper(outlinks->echoes, link.parsed);
    bool of_period = outlinks->kind == VISIT_ARCHIVE && link.class == LINK_PAGER && series_cursor(link.parsed);
    bool waits = own || deeper || of_period || (outlinks->in_burrow && link.class != LINK_REQUISITE && burrows_are_deep(outlinks->burrows));
    struct held held = {.kind = kind, .depth = depth, .hop = hop, .own = own, .deeper = deeper, .of_period = of_period};
    if ((!waits || !hold(outlinks, &link, held)) && outlinks->answer == ANSWER_OK)
        outlinks->answer = outlinks_offer(outlinks, link.parsed, kind, depth, hop);
}

void outlinks_begin_page(struct outlinks *outlinks, int64_t via_key, int depth, const char *hops, enum visit_kind kind,
                       int period, struct buf *lines, struct trouble *trouble)
{
    outlinks->via_key = via_key;
    outlinks->depth = depth;
    outlinks->hops = hops;
    outlinks->kind = kind;
    outlinks->period = outlinks->row_period = period;
    outlinks->lines = lines;
    outlinks->answer = ANSWER_OK;
    outlinks->trouble = trouble;
    outlinks->html = TEXT("");
    outlinks->platform = PLATFORM_UNKNOWN;
    outlinks->in_family = outlinks->in_burrow = outlinks->is_feed = outlinks->stand_in = false;
    outlinks->news = outlinks->says_dates = false;
    outlinks->named_posts = 0;
    buf_clear(&outlinks->names);
    buf_clear(&outlinks->held);
    outlinks->source = kind == VISIT_PAGER || kind == VISIT_SEED ? PROMISED_BY_PAGER
                       : kind == VISIT_ARCHIVE                   ? PROMISED_BY_ARCHIVE
                       : kind == VISIT_FEED                      ? PROMISED_BY_FEED
                       : kind == VISIT_SITEMAP                   ? PROMISED_BY_SITEMAP
                                                                 : NO_SOURCE;
}

/* ---- rows of pages ------------------------------------------------------------------------------------------ */

/* Pagers and archives stand in rows; any other page does when it was found on a page of its own family. */
static void begin_family(struct outlinks *outlinks, const struct capture *capture)
{
    name_family(outlinks, &outlinks->base, &outlinks->family);
    outlinks->in_family = capture->kind == VISIT_PAGER || capture->kind == VISIT_ARCHIVE || outlinks->is_feed ||
                          (capture->kind == VISIT_PAGE &&
                           url_parse(&outlinks->link, buf_text(&capture->via), NULL, TEXT("")) == URL_OK &&
                           is_of_family(outlinks, &outlinks->link));
    if (!outlinks->in_family)
        return;
    outlinks->dated = family_is_dated(&outlinks->base);
    families_begin(outlinks->families, buf_text(&outlinks->family), outlinks->dated);
}

/* The row that the page stands in is read up to it: NULL when it goes on, else the rule that ends it. */
static const char *end_family(struct outlinks *outlinks)
{
    if (!outlinks->in_family)
        return NULL;
    if (!families_have_news(outlinks->families))
        families_words(outlinks->families, outlinks->html);
    /* Each page of a row says how many there are. */
    bool look = outlinks->kind == VISIT_PAGER && families_pages_before(outlinks->families) < 2;
    int pages = look ? visible_page_count(outlinks->html) : 0;
    if (pages) {
        buf_clear(&outlinks->scratch);
        family_name(&outlinks->base, 0, &outlinks->scratch); /* as the ledger counts what was captured of it */
        outlinks->answer = frontier_promise_pages(outlinks->frontier, buf_text(&outlinks->scratch), pages, outlinks->trouble);
    }
    const char *rule = families_end(outlinks->families);
    /* Between walks a row is read as far as it names posts that nobody knew. */
    if (!rule && outlinks->kind == VISIT_PAGER && outlinks->names.length && !outlinks->news &&
        !revisit_walks(outlinks->revisit))
        rule = "series.known";
    outlinks->in_family = false;
    return rule && !is_off(outlinks, rule) ? rule : NULL;
}

/* The page is read: what was held back of its links is offered, unless a rule has come to say no. */
static enum answer end_page(struct outlinks *outlinks)
{
    struct held held;
    const char *row_rule = end_family(outlinks), *deep_rule = NULL, *page_rule = NULL;
    if (outlinks->html.length && echoes_end(outlinks->echoes, outlinks->html) && !is_off(outlinks, "url.path-loop"))
        deep_rule = "url.path-loop";
    if (outlinks->html.length)
        choices_end(outlinks->choices);
    if (outlinks->in_burrow && burrows_end(outlinks->burrows, outlinks->html) && !is_off(outlinks, "page.nothing-new"))
        page_rule = "page.nothing-new";
    for (size_t at = 0; outlinks->answer == ANSWER_OK && at < outlinks->held.length; at += sizeof held + held.length) {
        memcpy(&held, outlinks->held.data + at, sizeof held);
        struct text url = {outlinks->held.data + at + sizeof held, held.length};
        const char *rule = held.own && row_rule ? row_rule : held.deeper && deep_rule ? deep_rule : page_rule;
        if (!rule && held.of_period && is_period_whole(outlinks))
            rule = "blogger.period-whole";
        if (url_parse(&outlinks->link, url, NULL, TEXT("")) != URL_OK)
            continue;
        if (rule)
            refuse_page_of_list(outlinks, rule, url, frontier_key(outlinks->frontier, &outlinks->link));
        else
            outlinks->answer = outlinks_offer(outlinks, &outlinks->link, held.kind, held.depth, held.hop);
    }
    return outlinks->answer;
}

/* ---- inferred requests -------------------------------------------------------------------------------------- */

static void infer(struct outlinks *outlinks, struct text path, enum link_class class, int period)
{
    struct link link = {.class = class, .certainty = LINK_CERTAIN, .parsed = &outlinks->link};
    enum visit_kind kind = class == LINK_SITEMAP ? VISIT_SITEMAP : class == LINK_FEED ? VISIT_FEED : VISIT_PAGE;
    char where[64];
    snprintf(where, sizeof where, "inferred: %s", platform_name(outlinks->platform));
    if (outlinks->answer != ANSWER_OK || url_parse(&outlinks->link, path, &outlinks->base, TEXT("")) != URL_OK)
        return;
    link.url = url_resource(&outlinks->link);
    link.where = text_of(where);
    if (outlinks->lines)
        write_line(outlinks->lines, &link, 'I');
    const char *refused = scope_refuses(outlinks->scope, &link, &outlinks->link, outlinks->depth, outlinks->hops);
    if (refused)
        refuse(outlinks, refused, link.url, frontier_key(outlinks->frontier, &outlinks->link));
    else
        outlinks->answer = offer_of_period(outlinks, &outlinks->link, kind, outlinks->depth, 'I', period);
}

/* The archive widget's titles come by script: what it would ask for lists every post, a year at a time. */
static void infer_titles(struct outlinks *outlinks, const struct link *link)
{
    int period = series_period(link->parsed, SERIES_ANY_YEAR) / 10000 * 10000;
    char year[16];
    if (!period)
        return;
    snprintf(year, sizeof year, "/%d/", period / 10000);
    if (url_parse(&outlinks->link, text_of(year), link->parsed, TEXT("")) != URL_OK)
        return;
    buf_clear(&outlinks->scratch);
    if (platform_titles(outlinks->html, url_resource(&outlinks->link), &outlinks->scratch))
        infer(outlinks, buf_text(&outlinks->scratch), LINK_FEED, period);
}

static void infer_requests(struct outlinks *outlinks)
{
    struct platform_request requests[REQUESTS_MOST];
    outlinks->platform = platform_of(outlinks->html);
    size_t count = platform_requests(outlinks->platform, outlinks->html, requests, REQUESTS_MOST);
    for (size_t i = 0; i < count; i++) {
        infer(outlinks, requests[i].path, requests[i].class, 0);
        if (text_find_char(text_skip(url_path(&outlinks->base), 1), '/') >= 0) /* it may be installed below the root */
            infer(outlinks, text_skip(requests[i].path, 1), requests[i].class, 0);
    }
}

/* ---- a page ------------------------------------------------------------------------------------------------ */

/* Only what says no is noted: "index, follow" asks for nothing. */
static void note_wish(struct capture *capture, struct text wish)
{
    size_t length = 0;
    capture->wish[0] = '\0';
    if (text_find_nocase(wish, TEXT("no")) < 0)
        return;
    for (size_t i = 0; i < wish.length && length + 1 < sizeof capture->wish; i++)
        if (wish.at[i] >= ' ' && wish.at[i] != 127)
            capture->wish[length++] = wish.at[i];
    capture->wish[length] = '\0';
}

/* The items of a feed that does not say when they were changed; what stands in front of them is often the date of asking. */
static struct text undated_items(const struct outlinks *outlinks, const struct capture *capture, struct text body)
{
    ptrdiff_t at = capture->kind == VISIT_FEED && !outlinks->says_dates ? text_find_nocase(body, TEXT("<item")) : -1;
    if (at < 0 && capture->kind == VISIT_FEED && !outlinks->says_dates)
        at = text_find_nocase(body, TEXT("<entry"));
    return at < 0 ? TEXT("") : text_skip(body, (size_t)at);
}

static enum answer keep_list(struct outlinks *outlinks, const struct capture *capture, struct text body,
                             struct trouble *trouble)
{
    struct list_read list = {.key = capture->key, .kind = capture->kind, .changed = !capture->same, .news = outlinks->news,
                             .items = undated_items(outlinks, capture, body),
                             .names = (int64_t *)(void *)outlinks->names.data,
                             .name_count = outlinks->names.length / sizeof(int64_t)};
    if (outlinks->source == NO_SOURCE || capture->exchange->cut != CUT_NONE)
        return ANSWER_OK;
    if (!buf_ok(&outlinks->names))
        return trouble_say(trouble, ANSWER_BROKEN, "no memory for the names in %s", capture->exchange->url.data);
    return revisit_list(outlinks->revisit, &list, trouble);
}

/* The page's own bytes are not looked at any more. */
static void leave_room(struct outlinks *outlinks)
{
    struct buf *const buffers[] = {&outlinks->payload, &outlinks->decoded, &outlinks->held, &outlinks->names};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        if (buffers[i]->capacity > ROOM_KEPT) {
            size_t limit = buffers[i]->limit;
            buf_release(buffers[i]);
            buf_init(buffers[i], limit);
        }
    outlinks->html = TEXT("");
}

/* Whether a page came where robots.txt or a list was asked for that no link names: the site's way to say that there is none.
 * It is the front page, more often than not, and would open its rows of pages once more. */
static bool is_stand_in(const struct capture *capture, enum media_kind kind)
{
    size_t hops = strlen(capture->hops);
    while (hops && capture->hops[hops - 1] == 'R')
        hops--;
    return kind == MEDIA_HTML && (capture->kind == VISIT_ROBOTS || (hops && capture->hops[hops - 1] == 'I'));
}

static int64_t via_key_of(struct outlinks *outlinks, const struct capture *capture)
{
    return url_parse(&outlinks->link, buf_text(&capture->via), NULL, TEXT("")) == URL_OK
               ? frontier_key(outlinks->frontier, &outlinks->link) : 0;
}

enum answer outlinks_follow(struct outlinks *outlinks, struct capture *capture, const struct http_head *head,
                            struct text body, struct trouble *trouble)
{
    struct text type = http_field(head, "Content-Type");
    if (url_parse(&outlinks->base, buf_text(&capture->exchange->url), NULL, TEXT("")) != URL_OK)
        return ANSWER_OK;
    struct links_source source = {.url = &outlinks->base, .charset = media_type_charset(type), .bytes = body,
                                  .head = head, .memory = outlinks->memory, .year = date_year(capture->exchange->began_ms)};
    source.kind = media_kind_of(type, url_path(&outlinks->base), body);
    outlinks_begin_page(outlinks, capture->key, capture->depth, capture->hops, capture->kind, capture->period, &capture->outlinks,
               trouble);
    outlinks->stand_in = is_stand_in(capture, source.kind);
    if (capture->kind == VISIT_ARCHIVE)
        outlinks->period = series_period(&outlinks->base, source.year);
    struct text wish = http_field(head, "X-Robots-Tag");
    /* No browser shows the body of a redirect. */
    if (capture->target.length)
        source.bytes = body = TEXT("");
    if (source.kind == MEDIA_FEED && capture->kind == VISIT_FEED) {
        outlinks->is_feed = true;
        begin_family(outlinks, capture);
    }
    if (source.kind == MEDIA_HTML && !capture->target.length) {
        wish = wish.length ? wish : robots_wish(body);
        outlinks->html = body;
        int64_t via_key = via_key_of(outlinks, capture);
        echoes_begin(outlinks->echoes, &outlinks->base, capture->key, via_key);
        choices_begin(outlinks->choices, &outlinks->base);
        begin_family(outlinks, capture);
        /* Of a row, its own rules tell whether it goes on; but those of a calendar's dates are easily led astray. */
        outlinks->in_burrow = !outlinks->in_family || outlinks->dated || !families_pages_before(outlinks->families);
        if (outlinks->in_burrow)
            burrows_begin(outlinks->burrows, &outlinks->base, capture->key, via_key);
        if (capture->kind == VISIT_SEED && head->status == 200)
            infer_requests(outlinks);
    }
    note_wish(capture, wish);
    int total = source.kind == MEDIA_FEED ? feed_total(&outlinks->base, body) : 0;
    if (total)
        outlinks->answer = frontier_promise_entries(outlinks->frontier, total, trouble);
    if (!links_extract(&source, outlinks_take_link, outlinks) || !buf_ok(&capture->outlinks) || !buf_ok(&outlinks->held))
        return trouble_say(trouble, ANSWER_BROKEN, "no memory for the links of %s", capture->exchange->url.data);
    if (outlinks->answer == ANSWER_OK)
        outlinks->answer = end_page(outlinks);
    if (outlinks->answer == ANSWER_OK && head->status == 200)
        outlinks->answer = keep_list(outlinks, capture, body, trouble);
    leave_room(outlinks);
    return outlinks->answer;
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

/* The rule by which the redirect is not followed.  Each thing that only members may do leads to a page that asks who you are,
 * which knows where it is to lead back: as many pages as there are things to do.  A site that begins with it is another matter. */
static const char *refuses_redirect(struct outlinks *outlinks, const struct capture *capture, int year)
{
    if (trailing_redirects(capture->hops) >= REDIRECTS_MOST)
        return "too-many-redirects";
    struct segments segments;
    segments_split(&segments, url_path(&outlinks->link));
    const char *rule = traps_rule(&outlinks->traps, &outlinks->base, &outlinks->link, &segments, year);
    bool login = rule && strcmp(rule, "login") == 0 && capture->kind != VISIT_SEED && capture->kind != VISIT_ROBOTS;
    return login && !is_off(outlinks, rule) ? rule : NULL;
}

enum answer outlinks_redirect(struct outlinks *outlinks, struct capture *capture, const struct http_head *head,
                              int64_t robots_for, struct trouble *trouble)
{
    struct text location = http_field(head, "Location");
    burrows_pass(outlinks->burrows, capture->key, via_key_of(outlinks, capture));
    if (!location.length || url_parse(&outlinks->base, buf_text(&capture->exchange->url), NULL, TEXT("")) != URL_OK ||
        url_parse(&outlinks->link, location, &outlinks->base, TEXT("")) != URL_OK)
        return ANSWER_END;
    buf_add_text(&capture->target, url_resource(&outlinks->link));
    buf_add(&capture->outlinks, "outlink: ");
    buf_add_text(&capture->outlinks, buf_text(&capture->target));
    buf_add(&capture->outlinks, " R redirect Location\r\n");
    const char *rule = refuses_redirect(outlinks, capture, date_year(capture->exchange->began_ms));
    if (rule) {
        buf_printf(&capture->outlinks, "notFollowed: %s ", rule);
        buf_add_text(&capture->outlinks, buf_text(&capture->target));
        buf_add(&capture->outlinks, "\r\n");
        count_refusal(outlinks, rule);
        enum answer kept = frontier_refuse(outlinks->frontier, frontier_key(outlinks->frontier, &outlinks->link),
                                           buf_text(&capture->target), rule, capture->key, trouble);
        return kept == ANSWER_OK ? ANSWER_END : kept;
    }
    bool is_new;
    struct offer offer = {.url = &outlinks->link, .kind = capture->kind, .depth = capture->depth,
                          .via_hops = capture->hops, .hop = 'R', .via_key = capture->key,
                          .redirect_from = capture->key, .robots_for = robots_for};
    enum answer answer = ANSWER_OK;
    if (capture->kind == VISIT_SEED)
        answer = scope_add_seed(outlinks->scope, &outlinks->link, trouble);
    if (answer == ANSWER_OK)
        answer = frontier_offer(outlinks->frontier, &offer, &is_new, trouble);
    return answer == ANSWER_OK && !is_new ? ANSWER_END : answer;
}
