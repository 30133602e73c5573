/* Decodes bodies into memory that is reused, and stops early where no links can be. */
#include <config.h>

#include "links/page_body.h"

#include "http/http_body.h"
#include "http/http_coding.h"
#include "web/media_type.h"

enum { ROOM_KEPT = 1024 * 1024, START_BYTES = 16 * 1024 };

bool page_body_init(struct page_body *body)
{
    buf_init(&body->room, BODY_READ_MOST);
    body->text = TEXT("");
    body->reader = body_reader_new();
    return body->reader != NULL;
}

void page_body_release(struct page_body *body)
{
    body_reader_free(body->reader);
    buf_release(&body->room);
}

void page_body_leave(struct page_body *body)
{
    body->text = TEXT("");
    if (body->room.capacity > ROOM_KEPT)
        buf_release(&body->room);
}

/* The kind of a body that begins like this. */
static enum media_kind kind_of(const struct page_body_head *head, struct text text)
{
    struct text type = head->head ? http_field(head->head, "Content-Type") : TEXT("");
    return media_kind_of(type, head->path, text);
}

static bool names_links(const struct page_body_head *head, struct text text)
{
    enum media_kind kind = kind_of(head, text);
    return kind != MEDIA_OTHER && kind != MEDIA_IMAGE;
}

bool page_body_is_wanted(const struct page_body_head *head)
{
    return head->use != PAGE_FOR_LINKS || names_links(head, TEXT(""));
}

/* Whether the body may contain links: by its type alone if that is enough, otherwise by its first
 * bytes, which it reads. */
static bool may_name_links(struct page_body *body, const struct page_body_head *head)
{
    struct text piece;
    if (page_body_is_wanted(head))
        return true;
    while (body->room.length < START_BYTES && body_reader_next(body->reader, &piece) == RESULT_OK)
        buf_add_text(&body->room, piece);
    return names_links(head, buf_text(&body->room));
}

/* Reads on without keeping anything.  Limited, because a few bytes may become very many. */
static void try_decoding(struct page_body *body)
{
    struct text piece;
    size_t left = BODY_READ_MOST - body->room.length;
    while (left && body_reader_next(body->reader, &piece) == RESULT_OK)
        left -= piece.length < left ? piece.length : left;
}

/* Reads on, as much as is read of the body's kind: of a longer one, the beginning is enough.
 * Whether it is longer. */
static bool read_all(struct page_body *body, const struct page_body_head *head)
{
    struct buf *room = &body->room;
    size_t most = body_read_most(head->response_bytes);
    struct text piece = TEXT("");
    do {
        if (room->length + piece.length > most && most < BODY_READ_MOST &&
            kind_of(head, buf_text(room)) == MEDIA_SITEMAP)
            most = BODY_READ_MOST;
        size_t left = most > room->length ? most - room->length : 0;
        buf_add_text(room, text_first(piece, left));
        if (piece.length > left)
            return true;
    } while (buf_ok(room) && body_reader_next(body->reader, &piece) == RESULT_OK);
    return false;
}

/* A file is judged by its bytes, then by its name; a piece of HTML counts as a page. */
static enum media_kind kind_of_file(const struct page_body_head *head, struct text text)
{
    enum { LOOKED_AT_BYTES = 64 * 1024 };
    enum media_kind kind = kind_of(head, text);
    if (kind == MEDIA_OTHER || kind == MEDIA_JSON) {
        struct buf name; /* as the path of a URL */
        buf_init(&name, 1 << 16);
        buf_add_char(&name, '/');
        buf_add_text(&name, head->name);
        kind = media_kind_of(TEXT(""), buf_text(&name), text);
        buf_release(&name);
    }
    struct text rest = text_first(text, LOOKED_AT_BYTES);
    for (ptrdiff_t at; kind == MEDIA_OTHER && (at = text_find_char(rest, '<')) >= 0;) {
        rest = text_skip(rest, (size_t)at + 1);
        if (rest.length && ascii_is_alpha(rest.at[0]))
            kind = MEDIA_HTML;
    }
    return kind;
}

static bool is_coded(const struct http_head *head)
{
    return head && coding_of(http_field(head, "Content-Encoding")) != CODING_NONE;
}

static bool is_framed(const struct http_head *head)
{
    return head && http_body_is_chunked(head);
}

/* Of a body that is in memory as it is, nothing has to be decoded or copied.  Whether it is longer
 * than what is read of its kind. */
static bool read_plain(struct page_body *body, const struct page_body_head *head)
{
    struct text plain = head->plain;
    size_t most = body_read_most(head->response_bytes);
    body->facts = (struct body_facts){.error = BODY_SOUND};
    body->facts.wanted =
        page_body_is_wanted(head) || names_links(head, text_first(plain, START_BYTES));
    if (plain.length > most && kind_of(head, text_first(plain, most)) == MEDIA_SITEMAP)
        most = BODY_READ_MOST;
    body->text = text_first(plain, body->facts.wanted ? most : START_BYTES);
    return body->facts.wanted && plain.length > most;
}

/* Whether the body is longer than what is read of its kind. */
static bool read_coded(struct page_body *body, const struct page_body_head *head,
                       struct body_source source)
{
    bool too_long = false;
    body_reader_begin(body->reader, head->head, BODY_DECODED, source);
    if (head->dechunked)
        body_reader_unframed(body->reader);
    body->facts = (struct body_facts){.error = body_reader_error(body->reader)};
    if (body->facts.error != BODY_CODING_UNKNOWN) { /* coded bytes are of no use to anybody */
        body->facts.wanted = may_name_links(body, head);
        if (body->facts.wanted)
            too_long = read_all(body, head);
        else if (is_coded(head->head) || (!head->dechunked && is_framed(head->head)))
            try_decoding(body);
        body->facts.error = body_reader_error(body->reader);
    }
    body->text = buf_text(&body->room);
    return too_long;
}

void page_body_read(struct page_body *body, const struct page_body_head *head,
                    struct body_source source)
{
    buf_clear(&body->room);
    bool too_long = head->plain.length ? read_plain(body, head) : read_coded(body, head, source);
    if (too_long)
        body->facts.error = BODY_TOO_LONG;
    body->facts.kind =
        head->name.length ? kind_of_file(head, body->text) : kind_of(head, body->text);
    if (!body->facts.wanted)
        body->text = TEXT("");
    if (!buf_ok(&body->room))
        body->facts.error = BODY_UNREADABLE;
    if (body->facts.error == BODY_TOO_LONG && !head->name.length && !names_links(head, body->text))
        body->facts.error = BODY_SOUND; /* nobody reads it */
    body->facts.length = body->text.length;
}
