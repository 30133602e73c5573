/* The worker's end of the line: what runs in the jail. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/system.h"
#include "links/links.h"
#include "links/page_body.h"
#include "links/page_reader.h"
#include "links/page_wire.h"
#include "web/charset.h"

enum { PIECE_BYTES = 64 * 1024, HEAD_MOST = 16 * 1024 * 1024 };

struct page_worker {
    struct messages *line;
    struct page_body body;
    struct anchor_cache *anchors;
    struct buf url_text, page_text, name, charset, head_bytes, batch;
    bool head_ended; /* the next TELL_HEAD is another head's */
    struct http_head head;
    bool has_head;
    struct url url, page;
    bool piece_ended, is_cut; /* is_cut: more would be needed than was sent */
};

static void *prepare(void)
{
    system_return_memory();
    struct page_worker *worker = calloc(1, sizeof *worker);
    if (!worker || !page_body_init(&worker->body) || !(worker->anchors = anchor_cache_new()))
        return NULL;
    buf_init(&worker->url_text, URL_LONGEST);
    buf_init(&worker->page_text, URL_LONGEST);
    buf_init(&worker->name, PIECE_BYTES);
    buf_init(&worker->charset, PIECE_BYTES);
    buf_init(&worker->head_bytes, HEAD_MOST);
    buf_init(&worker->batch, MESSAGE_MOST);
    url_init(&worker->url);
    url_init(&worker->page);
    charset_load_all();
    return worker;
}

static bool put(struct page_worker *worker, enum page_message kind, const void *bytes,
                size_t length)
{
    return messages_put(worker->line, kind, (struct text){bytes, length}, TEXT(""));
}

/* ---- the body ---- */

/* The pieces of the body, as they come over the line. */
static enum result next_piece(void *context, struct text *bytes)
{
    struct page_worker *worker = context;
    struct message message;
    int32_t result = RESULT_BROKEN;
    *bytes = TEXT("");
    if (worker->piece_ended)
        return RESULT_END;
    while (messages_take(worker->line, &message) == RESULT_OK) {
        if (message.kind == TELL_PIECE && message.bytes.length) {
            *bytes = message.bytes;
            return RESULT_OK;
        }
        if (message.kind == TELL_END && message.bytes.length == sizeof result) {
            memcpy(&result, message.bytes.at, sizeof result);
            worker->piece_ended = true;
            return result == RESULT_OK || result == RESULT_AGAIN ? RESULT_BROKEN
                                                                 : (enum result)result;
        }
        if (message.kind == TELL_CUT) {
            worker->piece_ended = worker->is_cut = true;
            return RESULT_END;
        }
        if (message.kind == ASK_WHETHER_MORE &&
            !(put(worker, SAY_MORE, NULL, 0) && messages_flush(worker->line)))
            break;
    }
    return RESULT_BROKEN;
}

static bool read_body(struct page_worker *worker, struct text bytes)
{
    struct body_question question;
    if (bytes.length != sizeof question)
        return false;
    memcpy(&question, bytes.at, sizeof question);
    http_head_release(&worker->head);
    worker->has_head =
        question.has_head && http_response_read(&worker->head, buf_text(&worker->head_bytes));
    worker->head_ended = true;
    bool parsed = url_parse(&worker->url, buf_text(&worker->url_text), NULL, TEXT("")) == URL_OK;
    const struct page_body_head head = {.head = worker->has_head ? &worker->head : NULL,
                                        .path = parsed ? url_path(&worker->url) : TEXT("/"),
                                        .name = buf_text(&worker->name),
                                        .use = (enum page_use)question.use,
                                        .response_bytes = question.response_bytes,
                                        .dechunked = question.dechunked};
    worker->piece_ended = worker->is_cut = false;
    page_body_leave(&worker->body);
    page_body_read(&worker->body, &head, (struct body_source){next_piece, worker});
    const struct body_facts *facts = &worker->body.facts;
    const struct body_answer answer = {.length = facts->length,
                                       .error = (int32_t)facts->error,
                                       .kind = (int32_t)facts->kind,
                                       .wanted = facts->wanted};
    return put(worker, worker->is_cut ? SAY_MORE : SAY_BODY, &answer, sizeof answer);
}

static bool say_text(struct page_worker *worker)
{
    bool fine = true;
    for (struct text rest = worker->body.text; fine && rest.length;
         rest = text_skip(rest, PIECE_BYTES))
        fine = messages_put(worker->line, SAY_TEXT, TEXT(""), text_first(rest, PIECE_BYTES));
    return fine && put(worker, SAY_DONE, NULL, 0);
}

static bool say_fingerprint(struct page_worker *worker)
{
    uint64_t fingerprint = page_text_fingerprint(worker->body.text);
    return put(worker, SAY_FINGERPRINT, &fingerprint, sizeof fingerprint);
}

/* ---- what the page says and shows ---- */

static bool send_pieces(struct page_worker *worker)
{
    bool sent = messages_put(worker->line, SAY_PIECES, TEXT(""), buf_text(&worker->batch));
    buf_clear(&worker->batch);
    return sent;
}

static bool say_piece(struct page_worker *worker, struct text piece)
{
    while (piece.length) {
        uint32_t number = (uint32_t)(piece.length < PIECE_BYTES ? piece.length : PIECE_BYTES);
        struct text bytes = text_first(piece, number);
        if (worker->batch.length + sizeof number + number > MESSAGE_MOST && !send_pieces(worker))
            return false;
        piece = text_skip(piece, number);
        number |= piece.length ? WIRE_PIECE_GOES_ON : 0;
        buf_append(&worker->batch, &number, sizeof number);
        buf_add_text(&worker->batch, bytes);
    }
    return true;
}

/* Whether the pieces lie in the decoded text; not if that had to be converted first. */
static bool lie_in_text(const struct page_worker *worker, const struct page_pieces *pieces)
{
    struct text text = worker->body.text;
    return text.at && pieces->html.at >= text.at && pieces->html.at <= text.at + text.length;
}

static bool send_places(struct page_worker *worker)
{
    bool sent = messages_put(worker->line, SAY_PLACES, TEXT(""), buf_text(&worker->batch));
    buf_clear(&worker->batch);
    return sent;
}

static bool say_places(struct page_worker *worker, const struct page_pieces *pieces)
{
    struct text piece;
    bool fine = true;
    for (size_t at = 0; fine && page_pieces_next(pieces, &at, &piece);) {
        const uint32_t from = (uint32_t)(piece.at - worker->body.text.at);
        const struct piece_place place = {from, from + (uint32_t)piece.length};
        buf_append(&worker->batch, &place, sizeof place);
        if (worker->batch.length > MESSAGE_MOST - sizeof place)
            fine = send_places(worker);
    }
    return fine && (!worker->batch.length || send_places(worker)) &&
           put(worker, SAY_PLACES, NULL, 0); /* the last one */
}

static bool say_pieces(struct page_worker *worker, const struct page_pieces *pieces)
{
    struct text piece;
    bool fine = true;
    for (size_t at = 0; fine && page_pieces_next(pieces, &at, &piece);)
        fine = say_piece(worker, piece);
    return fine && (!worker->batch.length || send_pieces(worker)) &&
           put(worker, SAY_PIECES, NULL, 0); /* the last one */
}

static bool say_page(struct page_worker *worker, const struct page_facts *facts, bool has_text)
{
    struct text robots = text_first(facts->robots, WIRE_META_MOST),
                referrer = text_first(facts->referrer, WIRE_META_MOST), piece;
    bool places = facts->pieces && has_text && lie_in_text(worker, facts->pieces);
    struct facts_answer answer = {.robots_length = (uint32_t)robots.length,
                                  .referrer_length = (uint32_t)referrer.length,
                                  .pieces = places          ? WIRE_PLACES
                                            : facts->pieces ? WIRE_PIECES
                                                            : WIRE_NO_PIECES};
    for (size_t at = 0;
         answer.pieces == WIRE_PIECES && page_pieces_next(facts->pieces, &at, &piece);)
        answer.visible_bytes += piece.length + 1;
    buf_clear(&worker->batch);
    buf_append(&worker->batch, &answer, sizeof answer);
    buf_add_text(&worker->batch, robots);
    buf_add_text(&worker->batch, referrer);
    bool fine = messages_put(worker->line, SAY_FACTS, TEXT(""), buf_text(&worker->batch));
    buf_clear(&worker->batch);
    return fine && (places || !facts->pieces || say_pieces(worker, facts->pieces)) &&
           (!places || say_places(worker, facts->pieces));
}

/* ---- links ---- */

static bool send_batch(struct page_worker *worker)
{
    struct text batch = buf_text(&worker->batch);
    bool sent = !batch.length || messages_put(worker->line, SAY_LINKS, TEXT(""), batch);
    buf_clear(&worker->batch);
    return sent;
}

static bool say_link(struct page_worker *worker, const struct link *link)
{
    size_t most = sizeof(struct link_record) + link->url.length + 1 + WIRE_WHERE_MOST;
    if (worker->batch.length + most > MESSAGE_MOST && !send_batch(worker))
        return false;
    link_wire_write(link, &worker->batch);
    return true;
}

static bool read_links(struct page_worker *worker, struct text bytes)
{
    struct links_question question;
    enum body_error error = BODY_SOUND;
    struct link link;
    if (bytes.length != sizeof question)
        return false;
    memcpy(&question, bytes.at, sizeof question);
    if (url_parse(&worker->url, buf_text(&worker->url_text), NULL, TEXT("")) != URL_OK)
        return false;
    bool has_page = question.has_page && url_parse(&worker->page, buf_text(&worker->page_text),
                                                   NULL, TEXT("")) == URL_OK;
    bool of_body = question.kind == WIRE_KIND_OF_BODY;
    enum media_kind kind = of_body ? worker->body.facts.kind : (enum media_kind)question.kind;
    const struct links_source source = {
        .url = &worker->url,
        .kind = kind,
        .page = has_page && (!of_body || kind == MEDIA_JAVASCRIPT) ? &worker->page : NULL,
        .charset = buf_text(&worker->charset),
        .bytes = question.without_body ? TEXT("") : worker->body.text,
        .head = worker->has_head && !question.without_head ? &worker->head : NULL,
        .anchors = worker->anchors,
        .error = &error,
        .year = question.year};
    struct page_facts facts = {.robots = TEXT(""), .referrer = TEXT("")};
    struct links *links = links_open(&source);
    if (links)
        facts = links_page_facts(links);
    if (question.without_text)
        facts.pieces = NULL;
    bool fine = say_page(worker, &facts, question.has_text);
    while (fine && links && links_next(links, &link))
        fine = say_link(worker, &link);
    struct done_answer done = {.no_memory = !links_close(links)};
    done.error = (int32_t)error;
    /* Should the next body end this process, the answer to this one is out. */
    return fine && send_batch(worker) && put(worker, SAY_DONE, &done, sizeof done) &&
           messages_flush(worker->line);
}

/* ---- questions ---- */

static void keep_text(struct buf *buf, struct text text)
{
    buf_clear(buf);
    buf_add_text(buf, text);
}

static void keep_head(struct page_worker *worker, struct text text)
{
    if (worker->head_ended)
        buf_clear(&worker->head_bytes);
    worker->head_ended = false;
    buf_add_text(&worker->head_bytes, text);
}

/* False: the line has ended. */
static bool answer(struct page_worker *worker, const struct message *message)
{
    switch (message->kind) {
    case TELL_URL:
        keep_text(&worker->url_text, message->bytes);
        return true;
    case TELL_PAGE:
        keep_text(&worker->page_text, message->bytes);
        return true;
    case TELL_NAME:
        keep_text(&worker->name, message->bytes);
        return true;
    case TELL_CHARSET:
        keep_text(&worker->charset, message->bytes);
        return true;
    case TELL_HEAD:
        keep_head(worker, message->bytes);
        return true;
    case ASK_BODY:
        return read_body(worker, message->bytes);
    case ASK_TEXT:
        return say_text(worker);
    case ASK_FINGERPRINT:
        return say_fingerprint(worker);
    case ASK_LINKS:
        return read_links(worker, message->bytes);
    default:
        return true; /* a piece that nobody waits for */
    }
}

static void work(void *state, struct messages *line)
{
    struct page_worker *worker = state;
    struct message message;
    worker->line = line;
    while (messages_take(line, &message) == RESULT_OK && answer(worker, &message))
        ;
}

const struct jail_task page_reader_task = {prepare, work};
