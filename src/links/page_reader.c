/* Bodies and their texts, here or in the jail. */
#include <config.h>

#include "links/page_reader_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/entropy.h"

struct page_reader *page_reader_new(struct jail *jail)
{
    struct page_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return NULL;
    reader->jail = jail;
    reader->worker_most = WORKER_MOST;
    url_init(&reader->url);
    buf_init(&reader->text, BODY_READ_MOST);
    buf_init(&reader->links.metas, 2 * WIRE_META_MOST);
    buf_init(&reader->links.visible, PAGE_VISIBLE_MOST);
    page_pieces_init(&reader->links.pieces);
    entropy_fill(&reader->key, sizeof reader->key);
    if (page_body_init(&reader->own) &&
        (!jail || (reader->known = calloc(KNOWN_SLOTS, sizeof *reader->known))))
        return reader;
    page_reader_free(reader);
    return NULL;
}

void page_reader_free(struct page_reader *reader)
{
    if (!reader)
        return;
    page_body_release(&reader->own);
    url_release(&reader->url);
    buf_release(&reader->text);
    buf_release(&reader->links.metas);
    buf_release(&reader->links.visible);
    buf_release(&reader->links.pieces.list);
    free(reader->known);
    free(reader);
}

bool page_reader_is_jailed(const struct page_reader *reader)
{
    return reader && reader->jail;
}

const char *page_reader_words(const struct page_reader *reader)
{
    return reader->words;
}

void page_reader_leave(struct page_reader *reader)
{
    reader->source = NULL;
    reader->has_text = reader->has_fingerprint = reader->is_alone = false;
    page_body_leave(&reader->own);
    if (reader->text.capacity > ROOM_KEPT)
        buf_release(&reader->text);
}

/* ---- in this process ---- */

struct page_body_head page_reader_head(struct page_reader *reader, const struct page_source *source)
{
    bool parsed = url_parse(&reader->url, source->url, NULL, TEXT("")) == URL_OK;
    return (struct page_body_head){.head = source->head,
                                   .path = parsed ? url_path(&reader->url) : TEXT("/"),
                                   .name = source->name,
                                   .use = source->use,
                                   .response_bytes = source->response_bytes,
                                   .dechunked = source->dechunked,
                                   .plain = source->plain};
}

static void read_here(struct page_reader *reader, const struct page_source *source)
{
    const struct page_body_head head = page_reader_head(reader, source);
    page_body_read(&reader->own, &head, source->open(source->context));
    reader->facts = reader->own.facts;
}

/* ---- reading ---- */

static enum result read_there(struct page_reader *reader, const struct page_source *source,
                              struct trouble *trouble)
{
    enum result result = RESULT_AGAIN;
    page_reader_skip_ahead(reader);
    bool is_first = page_reader_drop_before(reader, source);
    page_reader_replace_old(reader);
    if (is_first)
        page_reader_ask_more(reader);
    reader->words[0] = '\0';
    if (is_first)
        result = page_reader_read_first(reader);
    if (result == RESULT_AGAIN)
        result = page_reader_read_alone(reader, source, true, trouble);
    if (result == RESULT_LOST && source->reopens) /* it may have ended for another reason */
        result = page_reader_read_alone(reader, source, true, trouble);
    if (result == RESULT_OK)
        page_reader_ask_more(reader);
    return result;
}

enum result page_reader_read(struct page_reader *reader, const struct page_source *source,
                             struct body_facts *facts, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    reader->source = source;
    reader->has_text = reader->has_fingerprint = reader->is_alone = false;
    if (!reader->jail)
        read_here(reader, source);
    else if ((result = read_there(reader, source, trouble)) == RESULT_LOST) {
        reader->facts = (struct body_facts){.error = BODY_UNDECODABLE};
        result = RESULT_OK;
    }
    *facts = reader->facts;
    return result;
}

/* ---- the text ---- */

struct text page_reader_text(struct page_reader *reader, enum body_error *error)
{
    const struct page_source *source = reader->source;
    if (source->plain.at && reader->facts.error != BODY_UNDECODABLE)
        return text_first(source->plain, reader->facts.wanted
                                             ? (size_t)reader->facts.length
                                             : body_read_most(source->response_bytes));
    if (!reader->jail)
        return reader->own.text;
    if (!reader->facts.length || reader->has_text)
        return reader->facts.length ? buf_text(&reader->text) : TEXT("");
    struct messages *line = page_reader_be_alone(reader);
    reader->has_text = line && messages_put(line, ASK_TEXT, TEXT(""), TEXT("")) &&
                       page_reader_take_text(reader, line);
    if (reader->has_text)
        return buf_text(&reader->text);
    *error = buf_ok(&reader->text) ? BODY_UNDECODABLE : BODY_UNREADABLE;
    reader->facts = (struct body_facts){.error = *error};
    page_reader_dismiss(reader);
    return TEXT("");
}

uint64_t page_reader_fingerprint(struct page_reader *reader, enum body_error *error)
{
    struct message message;
    uint64_t fingerprint;
    if (!reader->jail)
        return page_text_fingerprint(page_reader_text(reader, error));
    if (reader->facts.error == BODY_UNDECODABLE)
        return 0;
    if (reader->has_fingerprint)
        return reader->fingerprint;
    struct messages *line = page_reader_be_alone(reader);
    if (line && messages_put(line, ASK_FINGERPRINT, TEXT(""), TEXT("")) && messages_flush(line) &&
        messages_take(line, &message) == RESULT_OK && message.kind == SAY_FINGERPRINT &&
        message.bytes.length == sizeof fingerprint) {
        memcpy(&fingerprint, message.bytes.at, sizeof fingerprint);
        return fingerprint;
    }
    *error = BODY_UNDECODABLE;
    reader->facts = (struct body_facts){.error = *error};
    page_reader_dismiss(reader);
    return 0;
}
