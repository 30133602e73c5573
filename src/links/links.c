/* The entry points: which extractor reads what, and how a string becomes a link. */
#include <config.h>

#include "links/links.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "html/characters.h"
#include "html/encoding.h"
#include "http/body_reader.h"
#include "links/extract.h"
#include "links/page_reader.h"
#include "series/date_archive.h"
#include "series/pager_url.h"
#include "traps/page_marks.h"

enum {
    SEEN_FIRST = 256,
    SEEN_FIRST_MOST = 4096,
    BYTES_A_LINK = 256,
    FOUND_FIRST = 64 * 1024,
    TOO_LONG_MOST = 16,         /* links of one page that are too long, and are told of */
    GIVEN_AT = 4 * 1024 * 1024, /* bytes noted about links */
    TRANSCODE_MOST = 2 * BODY_READ_MOST,
    ROOM_KEPT = 256 * 1024,
};

/* ---- adding links ---- */

/* A link that waits for the end of the page. Its URL may turn out to be certain further down,
 * such as an image that the head only names for previews. Its bytes follow in the buffer: the URL
 * with a NUL, then `where`. A page may have very many, so it is small. */
struct waiting {
    int64_t dated_ms;
    struct remembered *slot;
    uint64_t mark; /* the slot's, while it belongs to this anchor */
    uint32_t url_length, where_length;
    int32_t posts;
    struct url_parts parts;
    uint16_t rule, suspect;
    uint8_t class, certainty, referrer;
    bool document, any_host;
};

static bool grow_seen(struct extract *extract)
{
    /* Start with room for twice the links of an average page. */
    size_t size = extract->seen.size ? extract->seen.size * 2 : SEEN_FIRST;
    while (!extract->seen.size && size < SEEN_FIRST_MOST &&
           size * BYTES_A_LINK < extract->source->bytes.length)
        size *= 2;
    struct seen_link *seen = calloc(size, sizeof *seen);
    if (!seen)
        return false;
    for (size_t i = 0; i < extract->seen.size; i++)
        if (extract->seen.list[i].hash) {
            size_t slot = extract->seen.list[i].hash & (size - 1);
            while (seen[slot].hash)
                slot = (slot + 1) & (size - 1);
            seen[slot] = extract->seen.list[i];
        }
    free(extract->seen.list);
    extract->seen.list = seen;
    extract->seen.size = size;
    return true;
}

static uint64_t hash_of(const struct extract *extract, enum link_class class, struct text address)
{
    struct hash_key key = {extract->anchors->key.low ^ (uint64_t) class,
                           extract->anchors->key.high};
    return hash_text(&key, address) | 1;
}

/* The place of a link among those seen; a free one if the link is new. NULL: out of memory. */
static struct seen_link *find_seen(struct extract *extract, uint64_t hash)
{
    if (extract->seen.count * 4 >= extract->seen.size * 3 && !grow_seen(extract)) {
        extract->failed = true;
        return NULL;
    }
    size_t slot = hash & (extract->seen.size - 1);
    while (extract->seen.list[slot].hash && extract->seen.list[slot].hash != hash)
        slot = (slot + 1) & (extract->seen.size - 1);
    return &extract->seen.list[slot];
}

void extract_settle_place(struct extract *extract)
{
    const struct url *parts[] = {extract->source->url, &extract->base};
    struct hash_key key = extract->anchors->key;
    key.low += (uint64_t)extract->source->year;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        key.high ^= hash_text(&key, text_first(url_href(parts[i]), parts[i]->path));
        key.low++;
    }
    extract->place = hash_text(&key, extract->encoding);
}

/* Whether enough links are too long, and this one would be, too.  A few of them are enough to
 * know the page. Each can be expensive, because its base may be long. */
static bool is_one_more_too_long(const struct extract *extract, struct text raw)
{
    return extract->seen.too_long >= TOO_LONG_MOST &&
           (raw.length > URL_USABLE ||
            (url_href(&extract->base).length > URL_USABLE && !text_starts(raw, TEXT("/")) &&
             !text_starts_nocase(raw, TEXT("http"))));
}

bool extract_resolve(struct extract *extract, struct text raw)
{
    if (is_one_more_too_long(extract, raw))
        return false;
    extract->seen.resolved++;
    enum url_result result = url_parse(&extract->url, raw, &extract->base, extract->encoding);
    extract->failed = extract->failed || result == URL_NO_MEMORY;
    if (result != URL_OK)
        return false;
    if (url_resource(&extract->url).length > URL_USABLE &&
        extract->seen.too_long++ >= TOO_LONG_MOST)
        return false;
    path_segments_split(&extract->segments, url_path(&extract->url));
    return true;
}

bool extract_copy(struct extract *extract, struct url *to)
{
    bool copied = url_copy(to, &extract->url);
    extract->failed = extract->failed || !copied;
    return copied;
}

void extract_release(struct extract *extract, struct buf *buf)
{
    extract->failed = extract->failed || buf_is_out_of_memory(buf);
    buf_release(buf);
}

/* Seeing a link again only matters if it makes a possible link certain, or says how many posts
 * there are. */
static void see_again(struct extract *extract, const struct seen_link *seen,
                      const struct known *known)
{
    struct waiting waiting;
    if (seen->entry < extract->seen.given)
        return;
    char *place = extract->found.data + seen->entry - extract->seen.given;
    memcpy(&waiting, place, sizeof waiting);
    bool surer = known->certainty == LINK_CERTAIN && !extract->written.depth &&
                 waiting.certainty == LINK_POSSIBLE,
         wider = known->any_host && !waiting.any_host;
    if (!surer && !wider && (waiting.posts || !known->posts))
        return;
    waiting.any_host = waiting.any_host || known->any_host;
    waiting.certainty = surer ? LINK_CERTAIN : waiting.certainty;
    waiting.posts = waiting.posts ? waiting.posts : known->posts;
    memcpy(place, &waiting, sizeof waiting);
}

/* The rule that makes the current URL a trap, as far as this page can prove it. *suspect: it needs
 * a proof. */
static enum url_rule trap_rule(struct extract *extract, const struct found *found,
                               enum url_rule *suspect)
{
    struct trap_finding finding =
        traps_find(&extract->anchors->tables->traps, extract->source->url, &extract->url,
                   &extract->segments, extract->source->year);
    if (!finding.rule || finding.proof == PROOF_CERTAIN)
        return finding.rule;
    /* A page needs its requisites; what a sitemap names is a page by the site's own word. */
    if (found->class == LINK_REQUISITE || extract->source->kind == MEDIA_SITEMAP)
        return URL_RULE_NONE;
    *suspect = finding.rule;
    /* The site itself calls it nothing to look at. A rule by a number has no word. */
    if (found->nofollow && finding.word.length)
        return finding.rule;
    unsigned *programs = &extract->anchors->programs;
    if (!*programs)
        *programs = page_marks_read(extract->source->bytes) | PROGRAMS_READ;
    return trap_is_proven(&finding, *programs) ? finding.rule : URL_RULE_NONE;
}

void extract_know(struct extract *extract, const struct found *found, struct known *known)
{
    *known = (struct known){.address = url_resource(&extract->url),
                            .parts = &extract->url,
                            .class = found->class,
                            .certainty = found->certainty,
                            .rule = found->rule,
                            .document = found->document,
                            .any_host = found->any_host,
                            .element = found->element,
                            .attribute = found->attribute};
    known->hash = hash_of(extract, known->class, known->address);
    const struct seen_link *seen = find_seen(extract, known->hash);
    if (seen && seen->hash)
        return; /* it was not a trap then, so it is not one now */
    enum url_rule trap = trap_rule(extract, found, &known->suspect);
    if (!trap)
        return;
    known->class = LINK_TRAP;
    known->certainty = LINK_CERTAIN;
    known->rule = trap;
    known->hash = hash_of(extract, known->class, known->address);
}

/* ---- hosts of parts ---- */

static uint64_t hash_host(const struct extract *extract, const struct url *url)
{
    return hash_text(&extract->anchors->key, url_host(url)) | 1;
}

static bool knows_host(const struct extract *extract, uint64_t host)
{
    for (size_t i = 0; i < extract->hosts.count; i++)
        if (extract->hosts.list[i] == host)
            return true;
    return false;
}

/* Notes the host of a certain requisite. Frames show the pages of other sites. */
static void note_host(struct extract *extract, const struct known *known)
{
    if (known->class != LINK_REQUISITE || known->certainty != LINK_CERTAIN || known->document ||
        extract->written.depth || extract->hosts.count == HOSTS_MOST ||
        text_equal(url_host(known->parts), url_host(extract->source->url)))
        return;
    uint64_t host = hash_host(extract, known->parts);
    if (!knows_host(extract, host))
        extract->hosts.list[extract->hosts.count++] = host;
}

/* Whether other parts certainly come from the host of this one. A script on another host was such
 * a part itself. */
static bool is_from_known_host(const struct extract *extract, const struct url *url)
{
    return (extract->source->kind != MEDIA_HTML &&
            text_equal(url_host(url), url_host(extract->source->url))) ||
           (extract->hosts.count && knows_host(extract, hash_host(extract, url)));
}

/* ---- adding a link ---- */

static char *put(char *to, const void *bytes, size_t length)
{
    memcpy(to, bytes, length);
    return to + length;
}

void extract_too_long(struct extract *extract)
{
    if (extract->source->error)
        *extract->source->error = BODY_TOO_LONG;
}

ptrdiff_t extract_give_known(struct extract *extract, const struct known *known)
{
    if (extract->written.parts_only && known->class != LINK_REQUISITE)
        return NO_ENTRY;
    struct seen_link *seen = find_seen(extract, known->hash);
    /* A page may have some hundred thousand URLs. Input with more is not a page. */
    bool full = extract->found.length > FOUND_MOST - 2 * URL_LONGEST;
    if (seen && full && !seen->hash)
        extract_too_long(extract);
    if (!seen || full)
        return NO_ENTRY;
    note_host(extract, known);
    if (seen->hash) {
        see_again(extract, seen, known);
        return (ptrdiff_t)seen->entry;
    }
    *seen = (struct seen_link){known->hash, extract->seen.given + extract->found.length};
    extract->seen.count++;
    size_t element = strlen(known->element),
           attribute = known->attribute ? strlen(known->attribute) + 1 : 0,
           where = extract->container.length + element + attribute;
    struct waiting waiting = {.dated_ms = extract->container.length ? 0 : extract->here.dated_ms,
                              .slot = known->slot,
                              .mark = known->slot ? known->slot->mark : 0,
                              .url_length = (uint32_t)known->address.length,
                              .where_length = (uint32_t)where,
                              .posts = known->posts,
                              .rule = (uint16_t)known->rule,
                              .suspect = (uint16_t)known->suspect,
                              .class = (uint8_t)known->class,
                              .certainty = (uint8_t)(extract->written.depth ? LINK_POSSIBLE
                                                                            : known->certainty),
                              .referrer = (uint8_t)extract->here.referrer,
                              .document = known->document,
                              .any_host = known->any_host || extract->written.depth};
    url_parts_keep(&waiting.parts, known->parts);
    size_t size = sizeof waiting + known->address.length + 1 + where;
    char *room = buf_room(&extract->found, size);
    if (!room) {
        extract->failed = true;
        return NO_ENTRY;
    }
    room = put(room, &waiting, sizeof waiting);
    room = put(room, known->address.at, known->address.length);
    room = put(room, "", 1);
    room = put(room, extract->container.at, extract->container.length);
    room = put(room, known->element, element);
    if (known->attribute) {
        room = put(room, "@", 1);
        put(room, known->attribute, attribute - 1);
    }
    buf_grew(&extract->found, size);
    return (ptrdiff_t)seen->entry;
}

void extract_give_resolved(struct extract *extract, const struct found *found)
{
    struct known known;
    extract_know(extract, found, &known);
    extract_give_known(extract, &known);
}

/* Corrects pagination links in the light of the rest of the page. */
static void settle_siblings(struct extract *extract)
{
    struct pager_rows *pager_rows = &extract->pager_rows;
    if (!pager_rows->count)
        return;
    pager_rows_settle(pager_rows, pager_url_list_key(extract->source->url));
    for (size_t i = 0; i < pager_rows->count; i++) {
        struct waiting waiting;
        char *place = extract->found.data + pager_rows->list[i].entry;
        if (!pager_rows->list[i].verdict)
            continue;
        memcpy(&waiting, place, sizeof waiting);
        waiting.certainty = pager_rows->list[i].verdict > 0 ? LINK_CERTAIN : LINK_POSSIBLE;
        memcpy(place, &waiting, sizeof waiting);
    }
    pager_rows_release(pager_rows);
}

void extract_give(struct extract *extract, const struct found *found)
{
    struct text raw = text_trim(found->raw);
    if (raw.length && extract_resolve(extract, raw))
        extract_give_resolved(extract, found);
}

/* Whether a name in brackets begins here: "{width}". */
static bool is_hole(struct text here)
{
    size_t length = 1;
    while (length < here.length && length < 24 &&
           (ascii_is_alpha(here.at[length]) || here.at[length] == '_'))
        length++;
    return length > 1 && length < here.length && here.at[length] == '}';
}

bool extract_is_template(struct text value)
{
    static const bool begins[256] = {
        ['{'] = true, ['<'] = true, ['$'] = true, ['['] = true, ['%'] = true};
    for (size_t i = 0; (i = text_stop(value, i, begins)) + 1 < value.length; i++) {
        char c = value.at[i], next = value.at[i + 1];
        if ((c == '{' && next == '{') || (c == '<' && (next == '%' || next == '?')) ||
            (c == '{' && is_hole(text_skip(value, i))) || (c == '$' && next == '{') ||
            (c == '[' && next == '[') || (c == '%' && next == 's'))
            return true;
    }
    return false;
}

bool extract_resolve_filled(struct extract *extract, struct text raw)
{
    return raw.length && raw.at[0] != '#' && extract_resolve(extract, raw) &&
           (extract->url.plain || !extract_is_template(raw));
}

void extract_address(struct extract *extract, struct text raw, enum link_class class,
                     enum link_certainty certainty, const char *element, const char *attribute)
{
    struct found found = {.raw = text_trim(raw),
                          .class = class,
                          .certainty = certainty,
                          .element = element,
                          .attribute = attribute};
    if (extract_resolve_filled(extract, found.raw))
        extract_give_resolved(extract, &found);
}

/* ---- entry points ---- */

struct links {
    struct links_source source;
    struct extract extract;
    struct anchor_cache own; /* if the source has no cache */
    struct buf transcoded, unpacked;
    char encoding[64];
    struct sitemap_reader sitemap; /* of a sitemap */
    bool is_sitemap, more;         /* more: not yet read to the end */
    bool ok;
    bool jailed;    /* they come from source.reader, and nothing else here is used */
    size_t at;      /* in extract.found: the next link */
    struct url url; /* parts of the current link, over the bytes in extract.found */
};

static void read_json(struct extract *extract, struct text body)
{
    extract_json(extract, body, "json");
    extract_json_list(extract, body);
}

static void dispatch(struct links *links, enum media_kind kind, struct text body)
{
    struct extract *extract = &links->extract;
    switch (kind) {
    case MEDIA_HTML:
        extract->page.pieces.html = body;
        extract_html(extract, body, 0);
        break;
    case MEDIA_SVG:
        extract_html(extract, body, 0);
        break;
    case MEDIA_XSL:
        extract_xsl(extract, body);
        break;
    case MEDIA_PLAYLIST:
        extract_playlist(extract, body);
        break;
    case MEDIA_DASH:
        extract_dash(extract, body);
        break;
    case MEDIA_CSS:
        extract_css(extract, body, "css");
        break;
    case MEDIA_FEED:
        extract_feed(extract, body);
        break;
    case MEDIA_SITEMAP:
        sitemap_reader_init(&links->sitemap, body);
        links->is_sitemap = true;
        links->more = extract_sitemap(extract, &links->sitemap, GIVEN_AT);
        break;
    case MEDIA_ROBOTS:
        extract_robots(extract, body);
        break;
    case MEDIA_JAVASCRIPT:
        if (!extract_list(extract, body))
            extract_script(extract, body, "script");
        break;
    case MEDIA_JSON:
        if (!extract_list(extract, body))
            read_json(extract, body);
        break;
    case MEDIA_MANIFEST:
        extract_manifest(extract, body);
        break;
    case MEDIA_OTHER:
    case MEDIA_IMAGE:
        break;
    }
}

static void take_room(struct extract *extract)
{
    struct anchor_cache *anchors = extract->anchors;
    anchors->programs = 0;
    extract->found = anchors->found;
    extract->page.pieces = anchors->pieces;
    extract->page.pieces.html = (struct text){NULL, 0};
    extract->seen.list = anchors->seen;
    extract->seen.size = anchors->seen_size;
    buf_init(&anchors->found, FOUND_MOST);
    page_pieces_init(&anchors->pieces);
    anchors->seen = NULL;
    anchors->seen_size = 0;
    buf_room(&extract->found, FOUND_FIRST);
}

/* Returns the buffers for the next page, unless an unusual page made them large. A cache made for
 * this page only has no next one. */
static void leave_room(struct extract *extract)
{
    struct anchor_cache *anchors = extract->anchors;
    if (extract->found.capacity <= ROOM_KEPT) {
        buf_clear(&extract->found);
        buf_take(&anchors->found, &extract->found);
    }
    buf_release(&extract->found);
    if (extract->page.pieces.list.capacity <= ROOM_KEPT) {
        buf_clear(&extract->page.pieces.list);
        buf_take(&anchors->pieces.list, &extract->page.pieces.list);
    }
    buf_release(&extract->page.pieces.list);
    if (extract->seen.size * sizeof *extract->seen.list <= ROOM_KEPT) {
        anchors->seen = extract->seen.list;
        anchors->seen_size = extract->seen.size;
        if (anchors->seen && extract->source->anchors)
            memset(anchors->seen, 0, anchors->seen_size * sizeof *anchors->seen);
    } else
        free(extract->seen.list);
}

/* Decompresses a sitemap. Its content may be a feed. */
static enum media_kind unpack(struct extract *extract, struct text *body, struct buf *unpacked)
{
    const struct links_source *source = extract->source;
    enum body_error error = BODY_UNREADABLE; /* out of memory */
    if (source->kind != MEDIA_SITEMAP || !text_starts(*body, TEXT("\x1f\x8b")))
        return source->kind;
    struct body_reader *reader = body_reader_new();
    if (reader) {
        body_reader_begin_gzip(reader, *body);
        *body = body_reader_all(reader, unpacked, &error);
    }
    body_reader_free(reader);
    extract->failed = extract->failed || error == BODY_UNREADABLE;
    if (source->error && error != BODY_SOUND)
        *source->error = error;
    return media_kind_of(TEXT(""), TEXT("/"), *body) == MEDIA_FEED ? MEDIA_FEED : MEDIA_SITEMAP;
}

static bool has_memory(const struct extract *extract, const struct buf *transcoded,
                       const struct buf *unpacked)
{
    return !extract->failed && !buf_is_out_of_memory(&extract->value) &&
           !buf_is_out_of_memory(&extract->converted) &&
           !buf_is_out_of_memory(&extract->page.pieces.list) && !buf_is_out_of_memory(transcoded) &&
           !buf_is_out_of_memory(unpacked);
}

/* Converts the whole text to UTF-8. The encoding still counts for queries, except UTF-16 (URL
 * Standard, 4.4: "output encoding"). */
static void convert(struct links *links, struct text *body)
{
    struct extract *extract = &links->extract;
    char *encoding = links->encoding;
    struct text named = encoding_of(links->source.kind, links->source.charset, body);
    if (!named.length || named.length >= sizeof links->encoding)
        return;
    memcpy(encoding, named.at, named.length);
    encoding[named.length] = '\0';
    bool known = encoding_convert(*body, encoding, &links->transcoded);
    if (!known && !utf8_is(*body)) { /* an unknown label counts as no label */
        snprintf(encoding, sizeof links->encoding, "windows-1252");
        known = encoding_convert(*body, encoding, &links->transcoded);
    }
    if (!known)
        return;
    *body = buf_text(&links->transcoded);
    extract->encoding =
        text_starts_nocase(text_of(encoding), TEXT("UTF-16")) ? TEXT("") : text_of(encoding);
    extract_settle_place(extract);
}

static void init(struct links *links, const struct links_source *source)
{
    struct extract *extract = &links->extract;
    links->source = *source;
    *extract = (struct extract){.source = &links->source, .container = TEXT("")};
    extract->anchors = source->anchors ? source->anchors : &links->own;
    if (!source->anchors)
        anchor_cache_init(&links->own, false);
    url_init(&extract->base);
    url_init(&extract->url);
    buf_init(&extract->value, URL_LONGEST * 4);
    buf_init(&extract->converted, URL_LONGEST * 4);
    buf_init(&links->transcoded, TRANSCODE_MOST);
    buf_init(&links->unpacked, BODY_READ_MOST);
    links->is_sitemap = links->more = false;
    links->at = 0;
    take_room(extract);
}

struct page_facts links_page_facts(const struct links *links)
{
    if (links->jailed)
        return page_reader_page_facts(links->source.reader);
    const struct said_by_page *page = &links->extract.page;
    bool whole = links->source.kind == MEDIA_HTML && buf_ok(&page->pieces.list);
    return (struct page_facts){.robots = page->robots,
                               .referrer = page->referrer,
                               .pieces = whole ? &page->pieces : NULL};
}

struct links *links_open(const struct links_source *source)
{
    /* not calloc: most of what is large in it is seldom used */
    struct links *links = malloc(sizeof *links);
    struct text body = source->bytes;
    if (!links)
        return NULL;
    links->jailed = page_reader_is_jailed(source->reader);
    if (links->jailed) {
        links->source = *source;
        result_ignore(page_reader_open_links(source->reader, source)); /* or there are none */
        return links;
    }
    init(links, source);
    struct extract *extract = &links->extract;
    links->ok = url_copy(&extract->base, source->url);
    extract_settle_place(extract);
    if (source->head)
        extract_head(extract, source->head);
    if (source->kind == MEDIA_OTHER || source->kind == MEDIA_IMAGE)
        body = TEXT(""); /* has no links, whatever its bytes are */
    enum media_kind kind = unpack(extract, &body, &links->unpacked);
    convert(links, &body);
    dispatch(links, kind, body);
    settle_siblings(extract);
    return links;
}

/* Reads on in a sitemap. False: the end. */
static bool read_more(struct links *links)
{
    struct extract *extract = &links->extract;
    while (links->more && links->at >= extract->found.length) {
        extract->seen.given += extract->found.length;
        buf_clear(&extract->found);
        links->at = 0;
        links->more = extract_sitemap(extract, &links->sitemap, GIVEN_AT);
    }
    return links->at < extract->found.length;
}

bool links_next(struct links *links, struct link *link)
{
    struct waiting waiting;
    if (links->jailed)
        return page_reader_next_link(links->source.reader, link);
    if ((links->at >= links->extract.found.length && !read_more(links)) || links->extract.failed)
        return false;
    const char *at = links->extract.found.data + links->at;
    memcpy(&waiting, at, sizeof waiting);
    const char *url = at + sizeof waiting;
    *link = (struct link){.url = {url, waiting.url_length},
                          .class = (enum link_class)waiting.class,
                          .certainty = (enum link_certainty)waiting.certainty,
                          .where = {url + waiting.url_length + 1, waiting.where_length},
                          .rule = (enum url_rule)waiting.rule,
                          .suspect = (enum url_rule)waiting.suspect,
                          .referrer = (enum referrer_policy)waiting.referrer,
                          .posts = waiting.posts,
                          .dated_ms = waiting.dated_ms,
                          .document = waiting.document,
                          .any_host = waiting.any_host};
    /* The parts of the URL refer to the bytes here. */
    url_parts_view(&links->url, &waiting.parts, link->url);
    link->parsed = &links->url;
    link->any_host = link->class == LINK_REQUISITE &&
                     (link->any_host || is_from_known_host(&links->extract, link->parsed));
    /* Another anchor of the page may have taken its slot since. */
    link->note = waiting.slot && waiting.slot->mark == waiting.mark ? &waiting.slot->note : NULL;
    links->at += sizeof waiting + link->url.length + 1 + link->where.length;
    return true;
}

bool links_ok(const struct links *links)
{
    if (links && links->jailed)
        return page_reader_has_links(links->source.reader);
    return links && links->ok && has_memory(&links->extract, &links->transcoded, &links->unpacked);
}

static bool close_jailed(struct links *links)
{
    bool has_all = page_reader_close_links(links->source.reader);
    free(links);
    return has_all;
}

bool links_close(struct links *links)
{
    if (!links)
        return false;
    if (links->jailed)
        return close_jailed(links);
    struct extract *extract = &links->extract;
    if (links->is_sitemap)
        sitemap_reader_release(&links->sitemap, extract);
    bool ok = links_ok(links);
    url_release(&extract->base);
    url_release(&extract->url);
    buf_release(&extract->value);
    buf_release(&extract->converted);
    buf_release(&links->transcoded);
    buf_release(&links->unpacked);
    leave_room(extract);
    if (!links->source.anchors)
        anchor_cache_release(&links->own);
    free(links);
    return ok;
}
