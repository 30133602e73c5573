/*
 * The collection as a reader meets it: every page, sheet, feed and sitemap is found through the index, its body decoded,
 * its links extracted again by the crawler's own code, and every requisite and every pager and archive link looked up.
 * What is missing is told, unless the archive itself says why.
 */
#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/index_cdxj.h"
#include "archive/lookup.h"
#include "base/clock.h"
#include "discover/links.h"
#include "discover/periods.h"
#include "discover/robots.h"
#include "discover/series.h"
#include "verify/check.h"
#include "http/http_body.h"
#include "http/http_message.h"
#include "web/media_type.h"
#include "web/surt.h"

enum { BODY_MOST = 16 * 1024 * 1024, ORIGINS_MOST = 4096, ASKED_FIRST = 1 << 12 };

/* robots.txt of one origin, as the archive holds it. */
struct origin {
    char *name;
    struct robots *robots;
};

struct closure {
    struct verification *v;
    struct lookup *lookup;
    struct links_memory *memory;
    struct warc_reader *reader;
    char reader_path[PATH_MAX];
    const char *archive_directory;
    struct buf block, payload, body, key, page_url;
    struct url url;
    struct periods periods;   /* what archives promise, and the pages that are there */
    enum media_kind kind;     /* of the document at hand */
    struct origin *origins;
    size_t origin_count;
    uint64_t *asked;          /* hashes of addresses that were looked up already, open addressing */
    size_t asked_size, asked_count;
};

/* ---- reading through the index ----------------------------------------------------------------------------- */

/* Reads the header of the record that a line points at; false when it can't be read. */
static bool read_header(struct closure *c, const struct cdxj_entry *entry, const struct warc_record **record)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%.*s", c->archive_directory, TEXT_ARGS(entry->filename));
    if (!c->reader || strcmp(path, c->reader_path) != 0) {
        warc_reader_close(c->reader);
        c->reader = warc_reader_open(path);
        memcpy(c->reader_path, path, sizeof path);
    }
    if (!c->reader || warc_reader_seek(c->reader, entry->offset) != WARC_OK)
        return false;
    enum warc_answer got = warc_reader_next(c->reader, record);
    return got == WARC_OK || got == WARC_FLAWED;
}

/* The block of the response that a line points at. */
static bool read_block(struct closure *c, const struct cdxj_entry *entry)
{
    const struct warc_record *record;
    const char *bytes;
    size_t length;
    buf_clear(&c->block);
    if (!read_header(c, entry, &record) || record->type != WARC_RESPONSE)
        return false;
    while (buf_ok(&c->block) && warc_reader_block(c->reader, &bytes, &length) == WARC_OK)
        buf_append(&c->block, bytes, length);
    if (!buf_ok(&c->block)) /* very large: its beginning is enough to read links from */
        c->block.failed = false;
    return true;
}

/* A revisit's line gives way to that of the response it refers to; any other line stays.  False when there is none. */
static bool find_original(struct closure *c, struct cdxj_entry *entry)
{
    const struct warc_record *record;
    char timestamp[DATE_14_SIZE];
    int64_t date_ms;
    if (!text_equal(entry->mime, TEXT("warc/revisit")))
        return true;
    if (!read_header(c, entry, &record))
        return false;
    const char *url = warc_record_field(record, "WARC-Refers-To-Target-URI");
    const char *date = warc_record_field(record, "WARC-Refers-To-Date");
    if (!url || !date || !date_read_warc(text_of(date), &date_ms))
        return false;
    date_write_14(date_ms, timestamp);
    return lookup_original(c->lookup, text_of(url), text_of(timestamp), entry) == ANSWER_OK;
}

/* The decoded body of the HTTP answer in c->block. */
static struct text decode(struct closure *c, const struct http_head *head)
{
    struct text body = text_skip(buf_text(&c->block), head->length), codings = http_field(head, "Content-Encoding");
    if (http_body_is_chunked(head)) {
        buf_clear(&c->payload);
        http_body_payload(head, body, &c->payload);
        body = buf_text(&c->payload);
    }
    if (codings.length && !text_equal_nocase(codings, TEXT("identity"))) {
        buf_clear(&c->body);
        http_body_decode(codings, body, &c->body);
        body = buf_text(&c->body);
    }
    return body;
}

/* ---- why something may be missing -------------------------------------------------------------------------- */

static const struct robots *robots_of(struct closure *c, const struct url *url)
{
    char address[512];
    struct cdxj_entry entry;
    struct text authority = url_authority(url);
    for (size_t i = 0; i < c->origin_count; i++)
        if (text_equal(text_of(c->origins[i].name), authority))
            return c->origins[i].robots;
    if (c->origin_count == ORIGINS_MOST)
        return NULL;
    struct origin origin = {.name = text_copy(authority)};
    snprintf(address, sizeof address, "http%s://%.*s/robots.txt", url->https ? "s" : "", TEXT_ARGS(authority));
    struct http_head head = {0};
    /* Another page is at hand in c->block: the rules are read into buffers of their own. */
    struct buf block = c->block, payload = c->payload, body = c->body;
    buf_init(&c->block, BODY_MOST);
    buf_init(&c->payload, BODY_MOST);
    buf_init(&c->body, BODY_MOST);
    if (lookup_newest(c->lookup, text_of(address), &entry) == ANSWER_OK && text_equal(entry.status, TEXT("200")) &&
        find_original(c, &entry) && read_block(c, &entry) && http_response_read(&head, buf_text(&c->block)))
        origin.robots = robots_read(decode(c, &head), TEXT("warccap"));
    http_head_release(&head);
    buf_release(&c->block);
    buf_release(&c->payload);
    buf_release(&c->body);
    c->block = block;
    c->payload = payload;
    c->body = body;
    struct origin *longer = realloc(c->origins, (c->origin_count + 1) * sizeof *longer);
    if (!longer || !origin.name) {
        c->v->out_of_memory = true;
        free(origin.name);
        robots_free(origin.robots);
        return NULL;
    }
    c->origins = longer;
    c->origins[c->origin_count++] = origin;
    return origin.robots;
}

static int by_value(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

/* Whether a metadata record of the archive says that this address failed or was left out. */
static bool is_excused(struct closure *c, struct text address)
{
    buf_clear(&c->key);
    surt_write(address, &c->key);
    uint64_t hash = hash_text(&c->v->hash_key, buf_text(&c->key));
    return c->v->excused_count &&
           bsearch(&hash, c->v->excused, c->v->excused_count, sizeof hash, by_value) != NULL;
}

/* ---- links ------------------------------------------------------------------------------------------------- */

/* Whether an address was looked up for this line of the ledger before; it is from then on. */
static bool was_asked(struct closure *c, enum ledger_source line, struct text address)
{
    struct hash_key key = {c->v->hash_key.low, c->v->hash_key.high ^ (uint64_t)line};
    uint64_t hash = hash_text(&key, address) | 1;
    if (c->asked_count * 2 >= c->asked_size) {
        size_t size = c->asked_size ? c->asked_size * 2 : ASKED_FIRST;
        uint64_t *asked = calloc(size, sizeof *asked);
        if (!asked) {
            c->v->out_of_memory = true;
            return true;
        }
        for (size_t i = 0; i < c->asked_size; i++)
            if (c->asked[i]) {
                size_t slot = c->asked[i] & (size - 1);
                while (asked[slot])
                    slot = (slot + 1) & (size - 1);
                asked[slot] = c->asked[i];
            }
        free(c->asked);
        c->asked = asked;
        c->asked_size = size;
    }
    size_t slot = hash & (c->asked_size - 1);
    while (c->asked[slot] && c->asked[slot] != hash)
        slot = (slot + 1) & (c->asked_size - 1);
    if (c->asked[slot])
        return true;
    c->asked[slot] = hash;
    c->asked_count++;
    return false;
}

static enum ledger_source line_of(enum link_class class)
{
    switch (class) {
    case LINK_PAGER:
        return LEDGER_PAGER;
    case LINK_ARCHIVE:
        return LEDGER_ARCHIVE;
    case LINK_FEED:
        return LEDGER_FEED;
    case LINK_SITEMAP:
        return LEDGER_SITEMAP;
    case LINK_REQUISITE:
        return LEDGER_REQUISITE;
    default:
        return LEDGER_PAGE;
    }
}

static void tell_missing(struct closure *c, const struct link *link, bool excused)
{
    static const char *const rules[LINK_CLASSES] = {"missing-pager", "missing-archive", "missing-feed",
                                                    "missing-sitemap", "missing-page", "missing-requisite",
                                                    "missing-media", "missing-trap"};
    char address[1024];
    snprintf(address, sizeof address, "%.*s", (int)(link->url.length < 1000 ? link->url.length : 1000), link->url.at);
    verification_find(c->v, excused ? FINDING_NOTE : FINDING_WARNING, rules[link->class], c->page_url.data, -1, NULL,
                      address, excused ? "not in the archive, which says why (%.*s)" : "not in the archive (%.*s)",
                      TEXT_ARGS(link->where));
}

/* Looks a link up and enters what came of it in a line of the ledger. */
static void look_up(struct closure *c, const struct link *link, enum ledger_source which, bool must)
{
    struct cdxj_entry entry;
    if (was_asked(c, which, link->url))
        return;
    struct ledger_line *line = &c->v->summary->ledger[which];
    line->promised++;
    if (lookup_newest(c->lookup, link->url, &entry) == ANSWER_OK) {
        line->captured++;
        return;
    }
    const struct robots *robots = robots_of(c, link->parsed);
    bool closed = robots && !robots_allows(robots, url_target(link->parsed), NULL);
    bool off_site = link->class != LINK_REQUISITE && !url_same_site(link->parsed, &c->url);
    if (closed || off_site) {
        line->elsewhere++;
        if (closed && must)
            tell_missing(c, link, true);
    } else if (must)
        tell_missing(c, link, is_excused(c, link->url));
}

static void take_link(void *context, const struct link *link)
{
    struct closure *c = context;
    bool must = link->class == LINK_REQUISITE || link->class == LINK_PAGER || link->class == LINK_ARCHIVE;
    if (link->class == LINK_TRAP || link->certainty != LINK_CERTAIN)
        return;
    if (link->posts && url_same_site(link->parsed, &c->url))
        periods_promise(&c->periods, series_period(link->parsed, SERIES_ANY_YEAR), link->posts);
    look_up(c, link, line_of(link->class), must);
    if (link->class == LINK_PAGE && (c->kind == MEDIA_FEED || c->kind == MEDIA_SITEMAP))
        look_up(c, link, c->kind == MEDIA_FEED ? LEDGER_FEED_ENTRIES : LEDGER_SITEMAP_ENTRIES, false);
}

static void tell_short_period(void *context, int first_day, int promised, int present)
{
    struct closure *c = context;
    char period[16];
    snprintf(period, sizeof period, first_day / 100 % 100 ? "%04d-%02d" : "%04d", first_day / 10000, first_day / 100 % 100);
    verification_find(c->v, FINDING_WARNING, "short-period", period, -1, NULL, NULL,
                      "the site says that it holds %d posts; %d are in the archive", promised, present);
}

/* ---- pages ------------------------------------------------------------------------------------------------- */

static bool is_readable(const struct cdxj_entry *entry)
{
    static const char *const types[] = {"text/html", "application/xhtml+xml", "text/css", "text/xml", "application/xml",
                                        "application/rss+xml", "application/atom+xml"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_equal(entry->mime, text_of(types[i])))
            return text_equal(entry->status, TEXT("200"));
    return false;
}

static void read_page(struct closure *c, const struct cdxj_entry *line)
{
    struct http_head head = {0};
    struct cdxj_entry entry;
    buf_clear(&c->page_url);
    buf_add_text(&c->page_url, line->url);
    if (lookup_newest(c->lookup, buf_text(&c->page_url), &entry) != ANSWER_OK ||
        url_parse(&c->url, buf_text(&c->page_url), NULL, TEXT("")) != URL_OK)
        return;
    if (!find_original(c, &entry)) {
        verification_find(c->v, FINDING_WARNING, "revisit-unresolved", c->page_url.data, -1, NULL, NULL,
                          "the newest capture is a revisit, and the index does not lead to what it refers to: readers show "
                          "nothing");
        return;
    }
    if (is_readable(&entry) && read_block(c, &entry) && http_response_read(&head, buf_text(&c->block))) {
        struct text type = http_field(&head, "Content-Type"), body = decode(c, &head);
        struct links_source source = {.url = &c->url, .charset = media_type_charset(type), .bytes = body,
                                      .head = &head, .memory = c->memory, .year = date_year(clock_wall_ms())};
        source.kind = c->kind = media_kind_of(type, url_path(&c->url), body);
        if (source.kind == MEDIA_HTML)
            periods_page(&c->periods, &c->url);
        if (!links_extract(&source, take_link, c))
            c->v->out_of_memory = true;
    }
    http_head_release(&head);
}

static void release(struct closure *c)
{
    for (size_t i = 0; i < c->origin_count; i++) {
        free(c->origins[i].name);
        robots_free(c->origins[i].robots);
    }
    free(c->origins);
    free(c->asked);
    warc_reader_close(c->reader);
    lookup_close(c->lookup);
    links_memory_free(c->memory);
    url_release(&c->url);
    struct buf *const buffers[] = {&c->block, &c->payload, &c->body, &c->key, &c->page_url};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        buf_release(buffers[i]);
}

void check_closure(struct verification *v, const char *index_path, const char *archive_directory)
{
    static const char *const sources[LEDGER_LINES] = {"pager",     "archive", "feed",         "sitemap",
                                                      "requisite", "page",    "feed entries", "sitemap entries",
                                                      "archive's counts"};
    struct closure c = {.v = v, .archive_directory = archive_directory};
    struct trouble trouble;
    struct cdxj_entry entry;
    struct text line, key = TEXT("");
    int64_t offset;
    for (size_t i = 0; i < LEDGER_LINES; i++)
        v->summary->ledger[i].source = sources[i];
    /* Two walks over one index: lines one by one here, questions in between there. */
    struct lookup *lines = lookup_open(index_path, &trouble);
    c.lookup = lookup_open(index_path, &trouble);
    c.memory = links_memory_new();
    buf_init(&c.block, BODY_MOST);
    buf_init(&c.payload, BODY_MOST);
    buf_init(&c.body, BODY_MOST);
    buf_init(&c.key, 1 << 20);
    buf_init(&c.page_url, 1 << 20);
    url_init(&c.url);
    if (v->excused_count)
        qsort(v->excused, v->excused_count, sizeof *v->excused, by_value);
    if (lines && c.lookup)
        for (enum answer got = lookup_first(lines, &entry, &line, &offset); got != ANSWER_END && !v->out_of_memory;
             got = lookup_next(lines, &entry, &line, &offset)) {
            /* Of several captures of an address the newest is read, once. */
            bool revisit = text_equal(entry.mime, TEXT("warc/revisit"));
            if (got != ANSWER_OK || (!revisit && !is_readable(&entry)) || text_equal(entry.key, key))
                continue;
            key = entry.key;
            read_page(&c, &entry);
        }
    struct ledger_line *counts = &v->summary->ledger[LEDGER_COUNTS];
    if (c.periods.comparable)
        periods_compare(&c.periods, &counts->promised, &counts->captured, tell_short_period, &c);
    lookup_close(lines);
    release(&c);
}
