/* A plain one is copied.  A coded one goes to the reader of bodies. */
#include <config.h>

#include "crawl/recover_robots.h"

#include "http/http_coding.h"
#include "web/robots.h"

int recover_robots_flags(const struct page_reader *bodies)
{
    return bodies ? 0 : WARC_PAYLOAD_DECODED;
}

/* The bytes as the payload gives them. */
static void gather(struct warc_payload *payload, struct buf *out)
{
    struct text piece;
    size_t left = ROBOTS_READ_BYTES;
    while (left && warc_payload_error(payload) == WARC_PAYLOAD_SOUND &&
           warc_payload_read(payload, &piece.at, &piece.length) == WARC_OK) {
        piece = text_first(piece, left);
        buf_add_text(out, piece);
        left -= piece.length;
    }
}

struct coded_robots {
    struct text bytes;
    bool begun;
};

static enum result next_piece(void *context, struct text *bytes)
{
    struct coded_robots *coded = context;
    *bytes = coded->begun ? TEXT("") : coded->bytes;
    coded->begun = true;
    return bytes->length ? RESULT_OK : RESULT_END;
}

static struct body_source open_robots(void *context)
{
    struct coded_robots *coded = context;
    coded->begun = false;
    return (struct body_source){next_piece, coded};
}

static void decode(struct page_reader *bodies, const struct page_source *source, struct buf *out)
{
    struct body_facts facts;
    struct trouble trouble;
    if (page_reader_read(bodies, source, &facts, &trouble) == RESULT_OK)
        buf_add_text(out, text_first(page_reader_text(bodies, &facts.error), ROBOTS_READ_BYTES));
    page_reader_leave(bodies);
}

void recover_robots_read(struct page_reader *bodies, struct text url, const struct http_head *head,
                         struct text head_bytes, struct warc_payload *payload, struct buf *out)
{
    struct buf bytes;
    buf_clear(out);
    if (!bodies || coding_of(http_field(head, "Content-Encoding")) == CODING_NONE) {
        gather(payload, out);
        return;
    }
    buf_init(&bytes, ROBOTS_READ_BYTES);
    gather(payload, &bytes);
    struct coded_robots coded = {.bytes = buf_text(&bytes)};
    const struct page_source source = {.url = url,
                                       .head = head,
                                       .head_bytes = head_bytes,
                                       .use = PAGE_FOR_RULES,
                                       .response_bytes = bytes.length,
                                       .dechunked = true,
                                       .open = open_robots,
                                       .context = &coded,
                                       .reopens = true};
    decode(bodies, &source, out);
    if (buf_is_out_of_memory(&bytes))
        buf_fail(out);
    buf_release(&bytes);
}
