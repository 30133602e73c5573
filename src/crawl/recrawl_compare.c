/*
 * Compares a response with the last capture of its URL: first by digest, then, for pages, by the
 * text that a reader sees.
 */
#include <config.h>

#include "crawl/recrawl_compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "capture/payload_identity.h"
#include "collection/capture_reader.h"
#include "crawl/chapter.h"
#include "crawl/slow_compare.h"
#include "links/page_captures.h"

enum { NAMES_BYTES = 1 << 26, URL_BYTES = 1 << 18 };

struct recrawl_compare {
    struct store *store;
    struct recrawl *recrawl;
    const struct collection *collection;
    const struct crawl_options *options;
    bool first;
    struct capture_reader *reading; /* opened when a page has changed */
    struct page_reader *responses, *archive;
    struct page_captures decoded; /* what `reading` has read */
    struct payload_reader payload;
    struct slow_compare *slow;
    struct buf names; /* what a list named last time; read only to see whether that is known */
};

enum result recrawl_compare_new(struct recrawl_compare **out, struct store *store,
                                struct recrawl *recrawl, const struct collection *collection,
                                const struct crawl_options *options, bool first,
                                struct trouble *trouble)
{
    struct recrawl_compare *compare = calloc(1, sizeof *compare);
    *out = compare;
    if (compare)
        buf_init(&compare->names, NAMES_BYTES);
    enum payload_digests digests = options->capture.no_dedup ? PAYLOAD_SHA1 : PAYLOAD_SHA256;
    if (!compare || !payload_reader_init(&compare->payload, digests) ||
        !(compare->slow = slow_compare_new(digests)))
        return trouble_say(trouble, RESULT_BROKEN,
                           "this OpenSSL has no SHA-1, or there is no memory for it");
    compare->store = store;
    compare->recrawl = recrawl;
    compare->collection = collection;
    compare->options = options;
    compare->first = first;
    return RESULT_OK;
}

void recrawl_compare_give_up_when(struct recrawl_compare *compare, struct give_up give_up)
{
    compare->payload.give_up = give_up;
    slow_compare_give_up_when(compare->slow, give_up);
}

void recrawl_compare_free(struct recrawl_compare *compare)
{
    if (!compare)
        return;
    capture_reader_close(compare->reading);
    payload_reader_release(&compare->payload);
    slow_compare_free(compare->slow);
    buf_release(&compare->names);
    free(compare);
}

void recrawl_compare_use(struct recrawl_compare *compare, struct page_reader *responses,
                         struct page_reader *archive)
{
    compare->responses = responses;
    compare->archive = archive;
}

/* ---- before the request ---- */

static bool is_list(enum visit_kind kind)
{
    return kind == VISIT_SEED || kind == VISIT_PAGER || kind == VISIT_ARCHIVE ||
           kind == VISIT_FEED || kind == VISIT_SITEMAP;
}

/* The value comes from a server, through the store or the archive. It must not add a line to the
 * request. */
static void add_condition(struct capture *capture, const char *name, const char *value)
{
    if (value[0] && http_value_is_clean(text_of(value)))
        buf_printf(&capture->exchange->conditions, "%s: %s\n", name, value);
}

enum result recrawl_compare_load(struct recrawl_compare *compare, struct capture *capture,
                                 struct trouble *trouble)
{
    struct held_capture *before = &capture->before;
    if (compare->first || capture->kind == VISIT_ROBOTS)
        return RESULT_OK;
    enum result result = recrawl_state_held(compare->store->recrawl, capture->key, before,
                                            &capture->original_url, trouble);
    if (result != RESULT_OK)
        return result == RESULT_END ? RESULT_OK : result;
    if (compare->options->recrawl.no_if_modified_since || !before->original_id[0])
        return RESULT_OK;
    /* A list may answer 304 only if we know what it names.  A store that was rebuilt from the
     * archive does not know. */
    if (is_list(capture->kind)) {
        result = recrawl_state_list_names(compare->store->recrawl, capture->key, &compare->names,
                                          trouble);
        if (result != RESULT_OK)
            return result == RESULT_END ? RESULT_OK : result;
    }
    add_condition(capture, "If-None-Match", before->etag);
    add_condition(capture, "If-Modified-Since", before->modified);
    capture->conditional = capture->exchange->conditions.length > 0;
    return RESULT_OK;
}

/* ---- the response ---- */

bool recrawl_compare_may_be_page(enum visit_kind kind)
{
    return kind != VISIT_REQUISITE && kind != VISIT_ROBOTS;
}

bool recrawl_compare_is_page(const struct capture *capture, const struct http_head *head)
{
    return capture->exchange->status == 200 && recrawl_compare_may_be_page(capture->kind) &&
           text_starts_nocase(http_field(head, "Content-Type"), TEXT("text/html"));
}

/* Keeps the validators that the next run will send, if they fit and are what a request may have. */
static void note_validators(struct capture *capture, const struct http_head *head)
{
    struct text etag = http_field(head, "ETag"), modified = http_field(head, "Last-Modified");
    struct held_capture *now = &capture->now;
    if (etag.length && etag.length < sizeof now->etag && http_value_is_clean(etag))
        memcpy(now->etag, etag.at, etag.length);
    if (modified.length && modified.length < sizeof now->modified && http_value_is_clean(modified))
        memcpy(now->modified, modified.at, modified.length);
}

/* Whether the payload is the one that was captured last.  Its digests are kept for the writer. */
static bool is_same(struct recrawl_compare *compare, struct capture *capture,
                    const struct http_head *head)
{
    struct exchange *exchange = capture->exchange;
    char digest[DIGEST_SHA1_TEXT];
    struct trouble trouble;
    if (exchange->cut != CUT_NONE)
        return false;
    if (!capture->body.identity.known &&
        payload_read_spool(&compare->payload, head, &exchange->response, exchange->head_length,
                           &capture->body.identity, &trouble) != RESULT_OK)
        return false;
    digest_sha1_text(capture->body.identity.payload.sha1, digest);
    return strcmp(digest, capture->before.digest) == 0;
}

bool recrawl_compare_is_same(struct recrawl_compare *compare, struct capture *capture,
                             const struct http_head *head)
{
    return !compare->first && capture->before.status == 200 && head->status == 200 &&
           is_same(compare, capture, head);
}

/* Reads a capture from the archive.  False: it can't be read. */
static bool read_archive(struct recrawl_compare *compare, struct text url, const char *date,
                         struct stored_response *old)
{
    struct trouble trouble;
    if (!compare->reading) {
        if (capture_reader_open(&compare->reading, compare->collection->index,
                                compare->collection->archive, &trouble) != RESULT_OK)
            return false;
        page_captures_use(&compare->decoded, compare->archive, compare->reading);
    }
    return capture_reader_read(compare->reading, url, date, old);
}

enum result recrawl_compare_read_held(struct recrawl_compare *compare, int64_t key,
                                      struct text *body, struct trouble *trouble)
{
    struct held_capture held;
    struct stored_response old;
    struct buf url;
    buf_init(&url, URL_BYTES);
    enum result result = recrawl_state_held(compare->store->recrawl, key, &held, &url, trouble);
    if (result == RESULT_OK && (!read_archive(compare, buf_text(&url), held.original_date, &old) ||
                                old.error != BODY_SOUND || old.truncated))
        result = RESULT_END;
    if (result == RESULT_OK)
        *body = old.body;
    buf_release(&url);
    return result;
}

/* Whether the visible text of a page differs from that of its last capture.  A capture that can't
 * be read counts as different. */
static bool says_something_else(struct recrawl_compare *compare, const struct capture *capture)
{
    struct stored_response old;
    enum body_error error = BODY_SOUND;
    return !read_archive(compare, buf_text(&capture->original_url), capture->before.original_date,
                         &old) ||
           page_reader_fingerprint(compare->archive, &error) !=
               page_reader_fingerprint(compare->responses, &error) ||
           error != BODY_SOUND;
}

static enum change change_of(struct recrawl_compare *compare, const struct capture *capture,
                             const struct http_head *head)
{
    bool was = capture->before.status >= 200 && capture->before.status < 300;
    if (head->status == 404 || head->status == 410)
        return was ? CHANGE_GONE : CHANGE_NONE;
    if (head->status >= 300 && head->status < 400)
        return was ? CHANGE_MOVED : CHANGE_NONE;
    if (head->status != 200 || capture->same)
        return CHANGE_NONE;
    /* a store that was rebuilt from the archive knows little */
    if (!capture->before.status)
        return recrawl_is_new(compare->recrawl, capture->key) ? CHANGE_NEW : CHANGE_NONE;
    if (!was)
        return CHANGE_NEW; /* it has come back */
    return recrawl_compare_is_page(capture, head) && !says_something_else(compare, capture)
               ? CHANGE_REFRESHED
               : CHANGE_CHANGED;
}

bool recrawl_compare_defers(struct recrawl_compare *compare, struct capture *capture)
{
    const struct exchange *exchange = capture->exchange;
    return !compare->first && capture->kind != VISIT_ROBOTS && capture->before.status == 200 &&
           exchange->status == 200 && exchange->cut == CUT_NONE && !capture->body.identity.known &&
           slow_compare_takes(compare->slow, capture);
}

struct slow_compare *recrawl_compare_slow(struct recrawl_compare *compare)
{
    return compare->slow;
}

bool recrawl_compare_needs_text(struct recrawl_compare *compare, struct capture *capture,
                                const struct http_head *head)
{
    int before = capture->before.status;
    return !compare->first && capture->kind != VISIT_ROBOTS && before >= 200 && before < 300 &&
           head->status == 200 && recrawl_compare_is_page(capture, head) &&
           (before != 200 || !is_same(compare, capture, head));
}

bool recrawl_compare_response(struct recrawl_compare *compare, struct capture *capture,
                              const struct http_head *head)
{
    if (capture->kind == VISIT_ROBOTS)
        return true;
    note_validators(capture, head);
    if (compare->first)
        return true;
    capture->same =
        capture->before.status == 200 && head->status == 200 && is_same(compare, capture, head);
    if (!capture->body.identity.known && capture->exchange->response.fd >= 0 &&
        give_up_asked(&compare->payload.give_up))
        return false;
    capture->change = change_of(compare, capture, head);
    return true;
}

/* ---- afterwards ---- */

/* Of a numbered row, pages that are themselves what it consists of change as pages do. */
static enum result kind_in_row(struct recrawl_compare *compare, const struct capture *capture,
                               enum visit_kind *kind, struct trouble *trouble)
{
    bool chapter;
    enum result result = chapter_judge(compare->store, capture->key,
                                       buf_text(&capture->exchange->url), &chapter, trouble);
    if (result == RESULT_OK && chapter)
        *kind = VISIT_PAGE;
    return result;
}

enum result recrawl_compare_keep(struct recrawl_compare *compare, struct capture *capture,
                                 struct changes *changes, struct held_entry *held,
                                 struct trouble *trouble)
{
    const struct exchange *exchange = capture->exchange;
    struct held_capture *before = &capture->before, *now = &capture->now;
    int status = capture->not_modified ? 200 : exchange->status;
    bool whole = status == 200 && exchange->cut == CUT_NONE && !capture->not_modified;
    if (capture->kind == VISIT_ROBOTS || (!whole && !before->status))
        return RESULT_OK;
    int64_t dated;
    enum result result = recrawl_state_date(compare->store->recrawl, capture->key, &dated, trouble);
    bool other = !capture->same || status != before->status;
    /* what surrounds a text says nothing about the text's age */
    bool changed = other && capture->change != CHANGE_REFRESHED;
    if (!whole)
        *now = *before;
    now->status = status;
    now->original_url = buf_text(&capture->original_url);
    now->dated_ms = dated;
    if (before->status) {
        now->checks = before->checks + 1;
        now->changes = before->changes + changed;
        now->changed_ms = changed ? exchange->began_ms : before->changed_ms;
        if (result == RESULT_OK)
            result = recrawl_note_response(compare->recrawl, before, changed, dated, trouble);
    } else
        now->changed_ms = dated || compare->first ? dated : exchange->began_ms;
    if (capture->change != CHANGE_NONE) {
        enum visit_kind kind = capture->kind;
        if (result == RESULT_OK && kind == VISIT_PAGER)
            result = kind_in_row(compare, capture, &kind, trouble);
        changes_note(changes, capture->change, kind, buf_text(&exchange->url),
                     buf_text(&capture->target));
        const struct untold_change change = {capture->change, kind, buf_text(&exchange->url),
                                             buf_text(&capture->target)};
        if (result == RESULT_OK)
            result = progress_note_change(compare->store->progress, &change, trouble);
    }
    *held = (struct held_entry){capture->key, now};
    return result;
}
