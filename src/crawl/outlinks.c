#include <config.h>

#include "crawl/outlinks.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "discover/links.h"
#include "web/http_body.h"
#include "web/media_type.h"

enum { BODY_MOST = 16 * 1024 * 1024, REDIRECTS_MOST = 20, LINE_BESIDES = 64 /* of an outlink line: all but address and place */ };

struct outlinks {
    struct frontier *frontier;
    struct scope *scope;
    struct refusal refusals[REFUSALS_MOST];
    size_t refusal_count;
    struct links_memory *memory;
    struct buf payload, decoded;
    struct url base, link;
    /* The page at hand: */
    int64_t via_key;
    int depth;
    const char *hops;
    enum visit_kind kind;
    struct buf *lines; /* NULL: they are written already */
    enum answer answer;
    struct trouble *trouble;
};

enum answer outlinks_new(struct outlinks **out, struct frontier *frontier, struct scope *scope, struct trouble *trouble)
{
    struct outlinks *outlinks = calloc(1, sizeof *outlinks);
    *out = outlinks;
    if (!outlinks)
        return trouble_say(trouble, ANSWER_BROKEN, "no memory for links");
    outlinks->frontier = frontier;
    outlinks->scope = scope;
    outlinks->memory = links_memory_new();
    if (!outlinks->memory)
        return trouble_say(trouble, ANSWER_BROKEN, "no memory for links");
    buf_init(&outlinks->payload, BODY_MOST);
    buf_init(&outlinks->decoded, BODY_MOST);
    url_init(&outlinks->base);
    url_init(&outlinks->link);
    return ANSWER_OK;
}

void outlinks_free(struct outlinks *outlinks)
{
    if (!outlinks)
        return;
    links_memory_free(outlinks->memory);
    buf_release(&outlinks->payload);
    buf_release(&outlinks->decoded);
    url_release(&outlinks->base);
    url_release(&outlinks->link);
    free(outlinks);
}

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
        outlinks->refusals[outlinks->refusal_count++].rule = rule;
    outlinks->refusals[i].count++;
}

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
        *kind = certain ? VISIT_REQUISITE : VISIT_SPECULATIVE;
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

/* "outlink: URL HOP CLASS[?] WHERE".  There are some hundred a page, hence by hand. */
static void write_line(struct buf *lines, const struct link *link, char hop)
{
    const char hop_between[] = {' ', hop, ' '};
    char *line = buf_room(lines, link->url.length + link->where.length + LINE_BESIDES), *to = line;
    if (!line)
        return;
    to = put(to, TEXT("outlink: "));
    to = put(to, link->url);
    to = put(to, (struct text){hop_between, sizeof hop_between});
    to = put(to, text_of(link_class_name(link->class)));
    to = put(to, link->certainty == LINK_CERTAIN ? TEXT(" ") : TEXT("? "));
    to = put(to, link->where);
    to = put(to, TEXT("\r\n"));
    buf_grew(lines, (size_t)(to - line));
}

static void take_link(void *context, const struct link *link)
{
    struct outlinks *outlinks = context;
    enum visit_kind kind;
    char hop;
    int depth = outlinks->depth;
    /* Where a redirect leads is offered by outlinks_redirect(). */
    if (outlinks->answer != ANSWER_OK || text_starts(link->where, TEXT("Location")))
        return;
    judge(link, outlinks->kind, &kind, &hop, &depth);
    if (outlinks->lines && link->class != LINK_TRAP)
        write_line(outlinks->lines, link, hop);
    /* A page's widgets name the same addresses again and again: most end here. */
    if (link->note && *link->note && frontier_surely_knows(outlinks->frontier, (int64_t)*link->note, kind))
        return;
    const char *refused = scope_refuses(outlinks->scope, link, link->parsed, depth, outlinks->hops);
    if (refused) {
        count_refusal(outlinks, refused);
        return;
    }
    struct offer offer = {.url = link->parsed, .kind = kind, .depth = depth, .via_hops = outlinks->hops, .hop = hop,
                          .via_key = outlinks->via_key, .note = link->note};
    outlinks->answer = frontier_offer(outlinks->frontier, &offer, NULL, outlinks->trouble);
}

static void begin_page(struct outlinks *outlinks, int64_t via_key, int depth, const char *hops, enum visit_kind kind,
                       struct buf *lines, struct trouble *trouble)
{
    outlinks->via_key = via_key;
    outlinks->depth = depth;
    outlinks->hops = hops;
    outlinks->kind = kind;
    outlinks->lines = lines;
    outlinks->answer = ANSWER_OK;
    outlinks->trouble = trouble;
}

/* ---- a page ------------------------------------------------------------------------------------------------ */

enum answer outlinks_follow(struct outlinks *outlinks, struct capture *capture, const struct http_head *head,
                            struct text body, struct trouble *trouble)
{
    struct text type = http_field(head, "Content-Type");
    if (url_parse(&outlinks->base, buf_text(&capture->exchange->url), NULL, TEXT("")) != URL_OK)
        return ANSWER_OK;
    struct links_source source = {.url = &outlinks->base, .charset = media_type_charset(type), .bytes = body,
                                  .head = head, .memory = outlinks->memory, .year = date_year(capture->exchange->began_ms)};
    source.kind = media_kind_of(type, url_path(&outlinks->base), body);
    begin_page(outlinks, capture->key, capture->depth, capture->hops, capture->kind, &capture->outlinks, trouble);
    if (!links_extract(&source, take_link, outlinks) || !buf_ok(&capture->outlinks))
        return trouble_say(trouble, ANSWER_BROKEN, "no memory for the links of %s", capture->exchange->url.data);
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

enum answer outlinks_redirect(struct outlinks *outlinks, struct capture *capture, const struct http_head *head,
                              int64_t robots_for, struct trouble *trouble)
{
    struct text location = http_field(head, "Location");
    if (!location.length || url_parse(&outlinks->base, buf_text(&capture->exchange->url), NULL, TEXT("")) != URL_OK ||
        url_parse(&outlinks->link, location, &outlinks->base, TEXT("")) != URL_OK)
        return ANSWER_END;
    buf_add(&capture->outlinks, "outlink: ");
    buf_add_text(&capture->outlinks, url_resource(&outlinks->link));
    buf_add(&capture->outlinks, " R redirect Location\r\n");
    if (trailing_redirects(capture->hops) >= REDIRECTS_MOST) {
        count_refusal(outlinks, "too-many-redirects");
        return ANSWER_END;
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

/* ---- lines read back --------------------------------------------------------------------------------------- */

static bool class_of(struct text word, struct link *link)
{
    link->certainty = text_ends(word, TEXT("?")) ? LINK_POSSIBLE : LINK_CERTAIN;
    if (link->certainty == LINK_POSSIBLE)
        word.length--;
    for (int class = 0; class < LINK_CLASSES; class++)
        if (text_equal(word, text_of(link_class_name((enum link_class)class)))) {
            link->class = (enum link_class)class;
            return true;
        }
    return false;
}

enum answer outlinks_learn(struct outlinks *outlinks, struct text lines, int64_t via_key, int depth, const char *hops,
                           enum visit_kind kind, struct trouble *trouble)
{
    struct text line;
    begin_page(outlinks, via_key, depth, hops, kind, NULL, trouble);
    while (outlinks->answer == ANSWER_OK && text_split(&lines, '\n', &line)) {
        struct text url, hop, class;
        struct link link = {.rule = NULL};
        if (!text_starts(line, TEXT("outlink: ")))
            continue;
        line = text_trim(text_skip(line, 9));
        if (!text_split(&line, ' ', &url) || !text_split(&line, ' ', &hop) || !text_split(&line, ' ', &class))
            continue;
        link.url = url;
        link.where = line.at ? line : TEXT("");
        link.parsed = &outlinks->link;
        if (url_parse(&outlinks->link, url, NULL, TEXT("")) != URL_OK)
            continue;
        if (class_of(class, &link))
            take_link(outlinks, &link);
        if (!text_equal(class, TEXT("redirect")))
            continue;
        if (kind == VISIT_SEED)
            outlinks->answer = scope_add_seed(outlinks->scope, &outlinks->link, trouble);
        struct offer offer = {.url = &outlinks->link, .kind = kind, .depth = depth, .via_hops = hops, .hop = 'R',
                              .via_key = via_key, .redirect_from = via_key};
        if (outlinks->answer == ANSWER_OK)
            outlinks->answer = frontier_offer(outlinks->frontier, &offer, NULL, trouble);
    }
    return outlinks->answer;
}
