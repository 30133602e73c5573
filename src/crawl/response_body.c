/* Decodes bodies into memory that is reused, and skips those that can't contain links. */
#include <config.h>

#include "crawl/response_body.h"

#include <stdlib.h>

#include "http/http_body.h"
#include "http/http_coding.h"
#include "web/media_type.h"

enum { ROOM_KEPT = 1024 * 1024, START_BYTES = 16 * 1024 };

struct response_body {
    struct body_reader *reader;
    struct buf room;
};

struct response_body *response_body_new(void)
{
    struct response_body *body = calloc(1, sizeof *body);
    if (!body)
        return NULL;
    buf_init(&body->room, BODY_READ_MOST);
    body->reader = body_reader_new();
    if (body->reader)
        return body;
    response_body_free(body);
    return NULL;
}

void response_body_free(struct response_body *body)
{
    if (!body)
        return;
    body_reader_free(body->reader);
    buf_release(&body->room);
    free(body);
}

void response_body_leave(struct response_body *body)
{
    if (body->room.capacity > ROOM_KEPT)
        buf_release(&body->room);
}

/* Decodes without keeping anything.  Limited, because a few bytes may become very many. */
static enum body_fault try_decoding(struct body_reader *reader)
{
    struct text piece;
    size_t left = BODY_READ_MOST;
    while (body_reader_fault(reader) == BODY_SOUND && left &&
           body_reader_next(reader, &piece) == RESULT_OK)
        left -= piece.length < left ? piece.length : left;
    return body_reader_fault(reader);
}

static struct text path_of(struct text url)
{
    ptrdiff_t scheme = text_find(url, TEXT("://"));
    struct text rest = text_skip(url, scheme < 0 ? 0 : (size_t)scheme + 3), path = TEXT("");
    ptrdiff_t slash = text_find_char(rest, '/');
    rest = text_skip(rest, slash < 0 ? rest.length : (size_t)slash);
    text_split(&rest, '?', &path);
    return path;
}

/* The kind of a body, by its type and its bytes. */
static enum media_kind kind_of(const struct exchange *exchange, const struct http_head *head,
                               struct text text)
{
    return media_kind_of(http_field(head, "Content-Type"), path_of(buf_text(&exchange->url)), text);
}

static bool names_links(const struct exchange *exchange, const struct http_head *head,
                        struct text text)
{
    enum media_kind kind = kind_of(exchange, head, text);
    return kind != MEDIA_OTHER && kind != MEDIA_IMAGE;
}

static void begin(struct response_body *body, struct exchange *exchange,
                  const struct http_head *head)
{
    body_reader_begin_spool(body->reader, head, BODY_DECODED, &exchange->response,
                            exchange->head_length);
}

/* Whether the body may contain links: by its type alone if that is enough, otherwise by its first
 * bytes. */
static bool may_name_links(struct response_body *body, struct exchange *exchange,
                           const struct http_head *head)
{
    struct text piece;
    if (names_links(exchange, head, TEXT("")))
        return true;
    buf_clear(&body->room);
    begin(body, exchange, head);
    while (body->room.length < START_BYTES && body_reader_next(body->reader, &piece) == RESULT_OK)
        buf_add_text(&body->room, text_first(piece, START_BYTES));
    return names_links(exchange, head, buf_text(&body->room));
}

/* Reads as much as is read of its kind: of a longer body, the beginning is enough. */
static struct text read_all(struct response_body *body, struct exchange *exchange,
                            const struct http_head *head, enum body_fault *fault)
{
    body->room.limit = body_read_most(spool_bytes(&exchange->response).length);
    begin(body, exchange, head);
    struct text text = body_reader_all(body->reader, &body->room, fault);
    if (*fault != BODY_TOO_LONG || body->room.limit == BODY_READ_MOST ||
        kind_of(exchange, head, text) != MEDIA_SITEMAP)
        return text;
    body->room.limit = BODY_READ_MOST;
    begin(body, exchange, head);
    return body_reader_all(body->reader, &body->room, fault);
}

struct text response_body_read(struct response_body *body, struct exchange *exchange,
                               const struct http_head *head, enum body_use use,
                               enum body_fault *fault)
{
    struct text text = TEXT("");
    bool coded = coding_of(http_field(head, "Content-Encoding")) != CODING_NONE;
    bool framed = http_body_is_chunked(head), is_in_place = !coded && !framed;
    bool wanted = use == BODY_FOR_RULES || is_in_place || may_name_links(body, exchange, head);
    *fault = BODY_SOUND;
    if (wanted)
        text = read_all(body, exchange, head, fault);
    else if (coded || framed) {
        begin(body, exchange, head);
        *fault = try_decoding(body->reader);
    }
    if (*fault == BODY_TOO_LONG && !names_links(exchange, head, text))
        *fault = BODY_SOUND; /* nobody reads it */
    if (exchange->cut == CUT_LENGTH)
        *fault = BODY_TOO_LONG;
    else if (exchange->cut != CUT_NONE && *fault == BODY_SOUND)
        *fault = BODY_ENDS_EARLY;
    return text;
}
