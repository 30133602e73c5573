/*
 * Checks the collection as a player sees it.  Every page, style sheet, feed and sitemap is found
 * through the index and decoded. The crawler's own code extracts its links again. Every requisite,
 * and every link of pagination and date archives, is looked up.  What is missing is reported: as a
 * note if the archive itself says why, else as a warning.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/wording.h"
#include "collection/index_cdxj.h"
#include "html/page_text.h"
#include "http/http_message.h"
#include "series/archive_counts.h"
#include "series/feed_total.h"
#include "series/series_key.h"
#include "verify/closure_internal.h"
#include "verify/redirect_targets.h"
#include "verify/sound_capture.h"
#include "web/media_type.h"

static void tell_short_period(void *context, int first_day, int listed, int present)
{
    struct closure *c = context;
    char period[16];
    snprintf(period, sizeof period, first_day / 100 % 100 ? "%04d-%02d" : "%04d", first_day / 10000,
             first_day / 100 % 100);
    verification_find_file(c->v, CHECK_SHORT_PERIOD, c->archive, "%s: %d %s; the archive has %d",
                           period, listed, wording_plural((uint64_t)listed, "post", "posts"),
                           present);
}

/* ---- pages ---- */

/* Whether the crawl asked for it as for a robots.txt: it may name sitemaps. */
static bool is_robots(const struct closure *c, const struct cdxj_entry *entry)
{
    const struct asked_claim *asked = crawl_claims_asked(c->v->claims, entry->url);
    return asked && asked->kind == VISIT_ROBOTS && text_equal(entry->status, TEXT("200"));
}

static bool is_readable(void *context, const struct cdxj_entry *entry)
{
    const struct closure *c = context;
    static const char *const types[] = {
        "text/html",           "application/xhtml+xml", "text/css", "text/xml", "application/xml",
        "application/rss+xml", "application/atom+xml"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_equal(entry->mime, text_of(types[i])))
            return text_equal(entry->status, TEXT("200"));
    if (is_robots(c, entry))
        return true;
    /* Lists have other types too: text, JSON, script, gzip. */
    const struct list_page *list =
        text_equal(entry->status, TEXT("200")) ? crawl_claims_list(c->v->claims, entry->url) : NULL;
    return list && (list->source == LISTED_BY_FEED || list->source == LISTED_BY_SITEMAP);
}

/* Notes a page of a numbered series, and how many pages it says the series has. */
static void note_row(struct closure *c, struct text html, const struct page_pieces *pieces)
{
    struct page_words words;
    struct buf name;
    size_t i = 0;
    buf_init(&name, 2 * URL_LONGEST);
    series_key_write(&c->url, 0, &name);
    page_words_begin(&words, html, pieces);
    uint64_t key = hash_text(&c->v->hash_key, buf_text(&name)),
             told = (uint64_t)page_words_page_count(&words);
    buf_release(&name);
    while (i < c->numbered_count && c->numbered[i].key != key)
        i++;
    if (i == c->numbered_count) {
        if (!verification_grow(c->v, &c->numbered, &c->numbered_count, &c->numbered_room,
                               sizeof *c->numbered))
            return;
        c->numbered[i] = (struct numbered_series){.key = key};
    }
    c->numbered[i].kept++;
    if (told > c->numbered[i].told)
        c->numbered[i].told = told;
}

/* Counts a page of a list that the crawl asked for. */
static void count_list(struct closure *c, int source, struct text url, const struct fate *fate)
{
    if (!closure_has_seen(c, ASKED_LIST + source, url))
        closure_add_list(c, source, fate);
}

static void take_all(struct closure *c);

/* The crawl requested a list and got another response. */
static void note_response(struct closure *c, const struct cdxj_entry *entry)
{
    const struct list_page *list = crawl_claims_list(c->v->claims, entry->url);
    if (!list || list->seed)
        return;
    take_all(c); /* in the order of the index */
    if (url_parse(&c->url, entry->url, NULL, TEXT("")) != URL_OK)
        return;
    crawl_claims_begin_page(c->v->claims, &c->url);
    const struct page_question question = {.kind = closure_list_kinds[list->source],
                                           .hops = crawl_claims_inferred(c->v->claims) ? "I" : "",
                                           .wanted = true};
    struct cdxj_entry last;
    if (cdxj_lookup_last(c->lookup, entry->url, &last) != RESULT_OK)
        return;
    struct fate fate = fate_of_entry(c->fates, &last, &question);
    count_list(c, (int)list->source, entry->url, &fate);
}

/* Whether the crawl asked for the current document as for a page of a list that is paginated. */
static bool is_in_row(const struct closure *c, struct text url)
{
    const struct list_page *list = crawl_claims_list(c->v->claims, url);
    return list && list->source == LISTED_BY_PAGER && !list->seed;
}

/* Counts the current document. */
static void note_document(struct closure *c, enum media_kind kind, struct text body,
                          const struct fate *fate)
{
    const struct list_page *list = crawl_claims_list(c->v->claims, buf_text(&c->page_url));
    c->document.source = list                    ? (int)list->source
                         : kind == MEDIA_FEED    ? LISTED_BY_FEED
                         : kind == MEDIA_SITEMAP ? LISTED_BY_SITEMAP
                                                 : -1;
    if (c->document.source >= 0 && !(list && list->seed))
        count_list(c, c->document.source, buf_text(&c->page_url), fate);
    c->document.listing =
        c->document.source == LISTED_BY_FEED || c->document.source == LISTED_BY_SITEMAP;
    /* A page came instead of a list: there is no list. */
    if (kind == MEDIA_HTML && crawl_claims_inferred(c->v->claims))
        c->document.source = -1;
    if (kind == MEDIA_HTML) {
        archive_counts_page(&c->completeness->archive_counts, &c->url);
        c->document.in_row = c->document.in_row && c->document.source == LISTED_BY_PAGER;
    }
    if (kind == MEDIA_FEED && !c->document.older) {
        uint64_t entries = (uint64_t)feed_total(&c->url, body);
        c->completeness->entries =
            entries > c->completeness->entries ? entries : c->completeness->entries;
    }
}

/* Reports a body that could not be read whole, because links may be in the rest.  What is wrong
 * with its bytes is only a note: check_message.c reports the record. */
static void tell_body_error(struct closure *c, const struct stored_response *response)
{
    static const int rules[BODY_ERRORS] = {[BODY_TOO_LONG] = CHECK_BODY_TOO_LONG,
                                           [BODY_ENDS_EARLY] = RULE_BODY_ENDS_EARLY,
                                           [BODY_CHUNKS_BROKEN] = CHECK_BODY_CHUNKS_BROKEN,
                                           [BODY_CODING_BROKEN] = RULE_BODY_CODING_BROKEN,
                                           [BODY_CODING_UNKNOWN] = CHECK_BODY_CODING_UNKNOWN,
                                           [BODY_UNDECODABLE] = CHECK_BODY_UNDECODABLE};
    const struct finding_place at = {.file = c->archive, .offset = -1, .url = c->page_url.data};
    bool told = response->error == BODY_CHUNKS_BROKEN || response->error == BODY_CODING_BROKEN ||
                response->error == BODY_ENDS_EARLY;
    if (response->error == BODY_SOUND || response->error == BODY_UNREADABLE)
        return;
    if (response->error == BODY_UNDECODABLE) {
        verification_find(c->v, CHECK_BODY_UNDECODABLE, &at, "the process %s",
                          page_reader_words(c->reading.reader));
        c->completeness->unread++;
        return;
    }
    (told ? verification_note
          : verification_find)(c->v, rules[response->error], &at, "only %zu %s read",
                               response->body.length,
                               wording_plural(response->body.length, "byte was", "bytes were"));
}

/* What became of the page since it was captured. */
static struct fate fate_of_document(struct closure *c)
{
    struct cdxj_entry last;
    const struct page_question question = {.kind = VISIT_PAGE, .hops = "", .wanted = true};
    if (cdxj_lookup_last(c->lookup, buf_text(&c->page_url), &last) != RESULT_OK)
        return (struct fate){.state = STATE_KEPT, .is_counted = true};
    return fate_of_entry(c->fates, &last, &question);
}

/* Looks up the links of a page. */
static void follow_page(struct closure *c, struct stored_response *response)
{
    struct fate fate = fate_of_document(c);
    struct text type = http_field(response->head, "Content-Type");
    struct links_source source = {.url = &c->url,
                                  .charset = media_type_charset(type),
                                  .bytes = response->body,
                                  .head = response->head,
                                  .anchors = c->anchors,
                                  .error = &response->error,
                                  .year = c->reading.year,
                                  .reader = c->reading.reader};
    source.kind = media_kind_of(type, url_path(&c->url), response->body);
    crawl_claims_begin_page(c->v->claims, &c->url);
    source.without_text = !c->document.in_row;
    note_document(c, source.kind, response->body, &fate);
    struct links *links = links_open(&source);
    struct link link;
    if (links && c->document.in_row && source.kind == MEDIA_HTML)
        note_row(c, response->body, links_page_facts(links).pieces);
    while (links && links_next(links, &link))
        closure_take_link(c, &link);
    if (!links_close(links))
        c->v->out_of_memory = true;
    tell_body_error(c, response);
}

/* Takes the first page that waits.  False: there is none. */
static bool take_page(struct closure *c)
{
    struct waiting_page page;
    if (!waiting_pages_take(c->reading.waiting, &page))
        return false;
    buf_clear(&c->page_url);
    buf_add_text(&c->page_url, page.url);
    c->document.in_row = page.in_row;
    c->document.older = page.older;
    if (!page.resolved)
        verification_find(
            c->v, CHECK_REVISIT_UNRESOLVED,
            &(struct finding_place){.file = c->archive, .offset = -1, .url = c->page_url.data},
            "%s", "");
    else if (page.has_record && url_parse(&c->url, page.url, NULL, TEXT("")) == URL_OK)
        follow_page(c, &page.response);
    return true;
}

static void take_all(struct closure *c)
{
    while (take_page(c))
        ;
}

/* Takes pages once many wait, so that the process that reads them always has some. */
static void take_some(struct closure *c)
{
    while (waiting_pages_is_full(c->reading.waiting) && take_page(c))
        while (waiting_pages_count(c->reading.waiting) > PAGES_AHEAD_MOST / 2 && take_page(c))
            ;
}

static void put_page(struct closure *c, const struct cdxj_entry *line)
{
    struct cdxj_entry entry;
    buf_clear(&c->reading.url);
    buf_add_text(&c->reading.url, line->url);
    struct text url = buf_text(&c->reading.url);
    if (sound_capture_find(c->lookup, c->v->claims, url, &c->reading.scratch, &entry) !=
            RESULT_OK ||
        url_parse(&c->url, url, NULL, TEXT("")) != URL_OK)
        return;
    const struct waiting_page page = {.url = url,
                                      .in_row = is_in_row(c, url),
                                      .resolved =
                                          capture_reader_find_original(c->reading.pages, &entry)};
    const struct page_ahead ahead = {.year = c->reading.year, .without_text = !page.in_row};
    if (page.resolved && !is_readable(c, &entry))
        return;
    c->v->out_of_memory |= !waiting_pages_put(c->reading.waiting, &page, &entry, &ahead);
    take_some(c);
}

/* What a list named once, the crawl knows for ever: so of lists older captures are read, too.  The
 * same bytes at another URL are another list, because their links are relative. */
static void put_older(struct closure *c, const struct cdxj_entry *line)
{
    const struct waiting_page page = {.url = line->url, .older = true, .resolved = true};
    const struct page_ahead ahead = {.year = c->reading.year, .without_text = true};
    struct cdxj_entry entry = *line;
    if (!sound_capture_is_older_list(c->lookup, c->v->claims, line) ||
        !capture_reader_find_original(c->reading.pages, &entry) || !is_readable(c, &entry) ||
        closure_has_asked(c, ASKED_OLDER,
                          asked_urls_pair_hash(&c->asked.key, line->digest, line->url)))
        return;
    c->v->out_of_memory |= !waiting_pages_put(c->reading.waiting, &page, &entry, &ahead);
    take_some(c);
}

static void release(struct closure *c)
{
    free(c->numbered);
    free(c->cut_rows);
    counted_pages_release(&c->counted);
    tally_free(c->tally);
    fates_free(c->fates);
    asked_urls_release(&c->asked);
    waiting_pages_free(c->reading.waiting);
    page_reader_free(c->reading.own);
    buf_release(&c->reading.url);
    buf_release(&c->reading.scratch);
    capture_reader_close(c->reading.pages);
    capture_reader_close(c->reading.rules);
    cdxj_lookup_close(c->lookup);
    anchor_cache_free(c->anchors);
    url_release(&c->url);
    buf_release(&c->page_url);
}

/* What is looked at in every capture, not only in the newest. */
static void check_capture(struct closure *c, const struct cdxj_entry *entry)
{
    const struct redirect_targets targets = {.v = c->v,
                                             .archive = c->archive,
                                             .lookup = c->lookup,
                                             .reader = c->reading.rules,
                                             .fates = c->fates};
    if (redirect_targets_is_one(entry))
        redirect_targets_check(&targets, entry);
    obedience_check(&c->reading.obedience, entry);
}

static void read_index(struct closure *c, struct cdxj_lookup *lines)
{
    struct cdxj_entry entry;
    struct text line, key = TEXT("");
    int64_t offset;
    for (enum result got = cdxj_lookup_first(lines, &entry, &line, &offset);
         got != RESULT_END && !c->v->out_of_memory;
         got = cdxj_lookup_next(lines, &entry, &line, &offset)) {
        /* Of several captures of a URL only the newest is read, except of lists. */
        bool revisit = text_equal(entry.mime, TEXT("warc/revisit"));
        bool read = revisit ? text_equal(entry.status, TEXT("200")) : is_readable(c, &entry);
        if (got == RESULT_OK && !read)
            note_response(c, &entry);
        if (got == RESULT_OK)
            check_capture(c, &entry);
        if (got != RESULT_OK || (!revisit && !is_readable(c, &entry)))
            continue;
        if (!text_equal(entry.key, key))
            put_page(c, &entry);
        key = entry.key;
        put_older(c, &entry);
    }
    take_all(c);
}

/* The first page of a series usually has a URL of another form, so one page may seem to be
 * missing. */
static void add_up(struct closure *c)
{
    for (size_t i = 0; i < c->numbered_count; i++) {
        uint64_t there = c->numbered[i].kept + 1;
        for (size_t cut = 0; cut < c->cut_count; cut++)
            there += c->cut_rows[cut] == c->numbered[i].key ? c->numbered[i].told : 0;
        c->completeness->told += c->numbered[i].told;
        c->completeness->told_kept += there < c->numbered[i].told ? there : c->numbered[i].told;
    }
    uint64_t walled = counted_pages_judge(&c->counted);
    if (walled)
        verification_find_file(c->v, CHECK_WALL, c->archive, "%llu of the URLs that it lists",
                               (unsigned long long)walled);
    c->v->out_of_memory = c->v->out_of_memory || c->counted.no_memory;
    completeness_judge(c->completeness);
    if (c->completeness->archive_counts.comparable) {
        uint64_t listed, present;
        archive_counts_compare(&c->completeness->archive_counts, &listed, &present,
                               tell_short_period, c);
    }
    c->v->summary->has_completeness = true;
}

void check_closure(struct verification *v, const char *index_path, const char *archive_directory)
{
    struct closure c = {.v = v,
                        .archive = archive_directory,
                        .completeness = &v->summary->completeness,
                        .document.source = -1,
                        .asked = {.key = v->hash_key}};
    struct trouble trouble;
    /* Two readers of one index: one goes line by line, the other looks URLs up in between. */
    struct cdxj_lookup *lines = cdxj_lookup_open(index_path, &trouble);
    c.lookup = cdxj_lookup_open(index_path, &trouble);
    bool opened =
        capture_reader_open(&c.reading.pages, index_path, archive_directory, &trouble) ==
            RESULT_OK &&
        capture_reader_open(&c.reading.rules, index_path, archive_directory, &trouble) == RESULT_OK;
    if (opened) {
        c.reading.own = v->options->pages ? NULL : page_reader_new(NULL);
        c.reading.reader = v->options->pages ? v->options->pages : c.reading.own;
        if (c.reading.reader)
            c.reading.waiting = waiting_pages_new(c.reading.pages, c.reading.reader);
        c.reading.decoded_rules.text_only = true;
        page_captures_use(&c.reading.decoded_rules, v->options->rules, c.reading.rules);
    }
    c.reading.year = date_year(clock_wall_ms());
    c.anchors = anchor_cache_new();
    c.fates = fates_new(v->claims, c.lookup, c.reading.rules, &v->hash_key);
    const struct tally_parts parts = {.claims = v->claims,
                                      .fates = c.fates,
                                      .lookup = c.lookup,
                                      .hash_key = &v->hash_key,
                                      .completeness = c.completeness,
                                      .counted = &c.counted};
    c.tally = tally_new(&parts);
    v->out_of_memory = v->out_of_memory || !c.fates || !c.tally || (opened && !c.reading.waiting);
    buf_init(&c.page_url, 1 << 20);
    buf_init(&c.reading.url, 1 << 20);
    buf_init(&c.reading.scratch, 1 << 22);
    url_init(&c.url);
    if (crawl_claims_settle(v->claims, archive_directory, &trouble) == RESULT_LOST)
        verification_find_file(v, CHECK_WARCINFO_OPTION, archive_directory, "%s", trouble.words);
    v->out_of_memory = v->out_of_memory || !crawl_claims_ok(v->claims);
    c.completeness->nothing_kept = true; /* until the tally finds a page */
    if (lines && c.lookup && opened && !v->out_of_memory) {
        obedience_begin(&c.reading.obedience, v, archive_directory, c.lookup, c.reading.rules);
        read_index(&c, lines);
        obedience_end(&c.reading.obedience);
        tally_archive(c.tally, lines);
    }
    v->out_of_memory =
        v->out_of_memory || (c.fates && !fates_ok(c.fates)) || (c.tally && !tally_ok(c.tally));
    add_up(&c);
    cdxj_lookup_close(lines);
    release(&c);
}
