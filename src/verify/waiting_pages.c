/* A ring of pages.  Each has its own copy of its body. A large one stays in the memory of the
 * capture reader, so nothing is put after it until it is taken. */
#include <config.h>

#include "verify/waiting_pages.h"

#include <stdlib.h>

enum {
    COPIED_MOST = 128 * 1024, /* bytes of a body */
    URL_ROOM = 1 << 20,
    HEAD_ROOM = 1 << 24,
};

struct kept_page {
    struct buf url, head_bytes, bytes; /* copies */
    struct http_head head;
    struct coded_body body;
    struct page_source source;
    struct waiting_page page;
    bool begun; /* its body was given out */
};

struct waiting_pages {
    struct capture_reader *captures;
    struct page_reader *reader;
    int first, count, most;
    bool is_full; /* the last one is large */
    struct kept_page list[PAGES_AHEAD_MOST];
};

struct waiting_pages *waiting_pages_new(struct capture_reader *captures, struct page_reader *reader)
{
    struct waiting_pages *pages = calloc(1, sizeof *pages);
    if (!pages)
        return NULL;
    pages->captures = captures;
    pages->reader = reader;
    pages->most = page_reader_is_jailed(reader) ? PAGES_AHEAD_MOST : 1;
    for (int i = 0; i < PAGES_AHEAD_MOST; i++) {
        buf_init(&pages->list[i].url, URL_ROOM);
        buf_init(&pages->list[i].head_bytes, HEAD_ROOM);
        buf_init(&pages->list[i].bytes, COPIED_MOST);
    }
    return pages;
}

void waiting_pages_free(struct waiting_pages *pages)
{
    if (!pages)
        return;
    page_reader_expect_none(pages->reader);
    for (int i = 0; i < PAGES_AHEAD_MOST; i++) {
        buf_release(&pages->list[i].url);
        buf_release(&pages->list[i].head_bytes);
        buf_release(&pages->list[i].bytes);
        http_head_release(&pages->list[i].head);
    }
    free(pages);
}

bool waiting_pages_is_full(const struct waiting_pages *pages)
{
    return pages->is_full || pages->count == pages->most;
}

int waiting_pages_count(const struct waiting_pages *pages)
{
    return pages->count;
}

/* ---- in ---- */

static enum result next_piece(void *context, struct text *bytes)
{
    struct kept_page *kept = context;
    *bytes = kept->begun ? TEXT("") : kept->body.bytes;
    kept->begun = true;
    return bytes->length ? RESULT_OK : RESULT_END;
}

static struct body_source open_body(void *context)
{
    struct kept_page *kept = context;
    kept->begun = false;
    return (struct body_source){next_piece, kept};
}

/* Makes the page independent of the capture reader.  False: no memory. */
static bool copy(struct kept_page *kept)
{
    struct coded_body *body = &kept->body;
    buf_clear(&kept->head_bytes);
    buf_clear(&kept->bytes);
    buf_add_text(&kept->head_bytes, body->head_bytes);
    buf_add_text(&kept->bytes, body->bytes);
    http_head_release(&kept->head);
    if (!buf_ok(&kept->head_bytes) || !buf_ok(&kept->bytes) ||
        !http_response_read(&kept->head, buf_text(&kept->head_bytes)))
        return false;
    body->head = &kept->head;
    body->head_bytes = buf_text(&kept->head_bytes);
    body->bytes = buf_text(&kept->bytes);
    return true;
}

static void expect(struct waiting_pages *pages, struct kept_page *kept,
                   const struct page_ahead *ahead)
{
    const struct coded_body *body = &kept->body;
    kept->source = (struct page_source){.url = kept->page.url,
                                        .head = body->head,
                                        .head_bytes = body->head_bytes,
                                        .use = PAGE_FOR_RULES, /* the index says that it is read */
                                        .response_bytes = body->response_bytes,
                                        .dechunked = true,
                                        .plain = body->plain ? body->bytes : (struct text){NULL, 0},
                                        .open = open_body,
                                        .context = kept,
                                        .reopens = true,
                                        .ahead = *ahead};
    kept->source.ahead.bytes = body->bytes;
    page_reader_expect(pages->reader, &kept->source);
}

bool waiting_pages_put(struct waiting_pages *pages, const struct waiting_page *page,
                       const struct cdxj_entry *entry, const struct page_ahead *ahead)
{
    struct kept_page *kept = &pages->list[(pages->first + pages->count) % PAGES_AHEAD_MOST];
    buf_clear(&kept->url);
    buf_add_text(&kept->url, page->url);
    if (!buf_ok(&kept->url))
        return false;
    kept->page = *page;
    kept->page.url = buf_text(&kept->url);
    kept->page.has_record =
        page->resolved &&
        capture_reader_read_coded(pages->captures, entry, &kept->body, &kept->page.response);
    pages->is_full = kept->page.has_record && kept->body.bytes.length > COPIED_MOST;
    if (kept->page.has_record && pages->most > 1 && !pages->is_full && !copy(kept))
        return false;
    pages->count++;
    if (kept->page.has_record)
        expect(pages, kept, ahead);
    return true;
}

/* ---- out ---- */

bool waiting_pages_take(struct waiting_pages *pages, struct waiting_page *page)
{
    struct kept_page *kept = &pages->list[pages->first];
    struct body_facts facts;
    struct trouble trouble;
    if (!pages->count)
        return false;
    pages->first = (pages->first + 1) % PAGES_AHEAD_MOST;
    pages->count--;
    pages->is_full = pages->is_full && pages->count; /* a large one is the last */
    *page = kept->page;
    if (!page->has_record)
        return true;
    struct stored_response *response = &page->response;
    enum body_error before = response->error;
    response->head = kept->body.head;
    response->body = TEXT("");
    response->error = BODY_UNDECODABLE;
    if (page_reader_read(pages->reader, &kept->source, &facts, &trouble) == RESULT_OK) {
        response->error = facts.error;
        response->body = page_reader_text(pages->reader, &response->error);
    }
    if (before != BODY_SOUND && response->error != BODY_UNDECODABLE &&
        response->error != BODY_CODING_UNKNOWN)
        response->error = before;
    return true;
}
