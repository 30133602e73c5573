/*
 * Pulled through layers: the source; its octets without chunk framing; and on top one layer for
 * each content coding that is taken off, the one that was applied last at the bottom.
 */
#include <config.h>

#include "http/body_reader.h"

#include <stdio.h>
#include <stdlib.h>

#include "http/http_body.h"
#include "http/http_coding.h"

enum { CODINGS_MOST = 3, LAYER_BYTES = 32 * 1024, PIECE_BYTES = 64 * 1024 };

struct layer {
    struct coding *coding;
    struct text input;
    bool full; /* there may be more to come of what went in */
    bool damaged;
    char *out; /* LAYER_BYTES, made when first needed and kept */
};

struct body_reader {
    struct body_source source;
    struct text octets; /* of the source, not looked at yet */
    bool chunked;
    struct dechunker dechunker;
    struct layer layers[CODINGS_MOST];
    size_t layer_count;
    char coding[128]; /* those that stay on */
    bool undecoded;   /* although decoding was wanted */
    bool ended;
    enum body_fault fault;
    const char *words;
    /* Of a spool or a text: */
    struct spool *spool; /* NULL: it is none */
    size_t from;
    int64_t at;
    char *room;       /* PIECE_BYTES of a spool in a file, made when first needed and kept */
    struct text text; /* what is left of a body in memory */
    bool lasting;     /* the source's octets outlive the call that gave them */
};

static const char *const fault_names[BODY_FAULTS] = {"sound",         "too-long",
                                                     "ends-early",    "chunks-broken",
                                                     "coding-broken", "coding-unknown",
                                                     "unreadable"};

const char *body_fault_name(enum body_fault fault)
{
    return fault_names[fault];
}

bool body_fault_of_name(struct text name, enum body_fault *fault)
{
    for (int i = 0; i < BODY_FAULTS; i++)
        if (text_equal(name, text_of(fault_names[i]))) {
            *fault = (enum body_fault)i;
            return true;
        }
    return false;
}

const char *body_fault_words(enum body_fault fault)
{
    static const char *const words[BODY_FAULTS] = {"is sound",
                                                   "is longer than what is read of it",
                                                   "ends early",
                                                   "has broken chunk framing",
                                                   "cannot be decoded to its end",
                                                   "has a content coding that is not known here",
                                                   "cannot be read"};
    return words[fault];
}

struct body_reader *body_reader_new(void)
{
    struct body_reader *reader = calloc(1, sizeof *reader);
    if (reader)
        reader->words = "";
    return reader;
}

static void drop_layers(struct body_reader *reader)
{
    for (size_t i = 0; i < reader->layer_count; i++)
        coding_free(reader->layers[i].coding);
    reader->layer_count = 0;
}

void body_reader_free(struct body_reader *reader)
{
    if (!reader)
        return;
    drop_layers(reader);
    for (size_t i = 0; i < CODINGS_MOST; i++)
        free(reader->layers[i].out);
    free(reader->room);
    free(reader);
}

static enum result lose(struct body_reader *reader, enum body_fault fault, const char *words)
{
    if (!reader->words[0]) {
        reader->fault = fault;
        reader->words = words;
    }
    return RESULT_LOST;
}

/* ---- the layers ---- */

/* Has octets of the source in reader->octets. */
static enum result read_source(struct body_reader *reader)
{
    if (reader->octets.length)
        return RESULT_OK;
    enum result result = reader->source.next(reader->source.context, &reader->octets);
    if (result == RESULT_OK || result == RESULT_END)
        return result;
    reader->octets = TEXT("");
    return lose(reader, BODY_UNREADABLE,
                result == RESULT_LOST ? "the block is cut or damaged" : "the body cannot be read");
}

static enum result read_payload(struct body_reader *reader, struct text *piece)
{
    struct dechunker *dechunker = &reader->dechunker;
    *piece = TEXT("");
    while (!piece->length) {
        if (reader->chunked && dechunker->state != BODY_MORE)
            return dechunker->state == BODY_WHOLE
                       ? RESULT_END
                       : lose(reader, BODY_CHUNKS_BROKEN, "the chunk framing is broken");
        enum result result = read_source(reader);
        if (result == RESULT_END && reader->chunked)
            return lose(reader, BODY_ENDS_EARLY, "the chunked body has no end");
        if (result != RESULT_OK)
            return result;
        if (reader->chunked)
            dechunker_take(dechunker, &reader->octets, piece);
        else {
            *piece = reader->octets;
            reader->octets = TEXT("");
        }
    }
    return RESULT_OK;
}

static enum result read_layer(struct body_reader *reader, size_t number, struct text *piece);

/* Decodes some octets of a layer, at least one, into `out`. */
static enum result decode(struct body_reader *reader, size_t number, char *out, size_t room,
                          size_t *made)
{
    struct layer *layer = &reader->layers[number - 1];
    for (*made = 0; !*made;) {
        if (layer->damaged)
            return lose(reader, BODY_CODING_BROKEN, "the coded body is damaged");
        if (!layer->input.length && !layer->full) {
            enum result result = read_layer(reader, number - 1, &layer->input);
            if (result == RESULT_END && !coding_may_end(layer->coding))
                return lose(reader, BODY_ENDS_EARLY, "the coded body ends early");
            if (result != RESULT_OK)
                return result;
        }
        layer->damaged = !coding_take(layer->coding, &layer->input, out, room, made);
        layer->full = *made == room;
    }
    return RESULT_OK;
}

static enum result read_layer(struct body_reader *reader, size_t number, struct text *piece)
{
    if (number == 0)
        return read_payload(reader, piece);
    struct layer *layer = &reader->layers[number - 1];
    size_t made = 0;
    if (!layer->out && !(layer->out = malloc(LAYER_BYTES)))
        return lose(reader, BODY_UNREADABLE, "there is no memory to decode the body");
    enum result result = decode(reader, number, layer->out, LAYER_BYTES, &made);
    *piece = (struct text){layer->out, made};
    return result;
}

enum result body_reader_next(struct body_reader *reader, struct text *piece)
{
    enum result result = reader->words[0] ? RESULT_LOST
                         : reader->ended  ? RESULT_END
                                          : read_layer(reader, reader->layer_count, piece);
    reader->ended = result == RESULT_END;
    if (result != RESULT_OK)
        *piece = TEXT("");
    return result;
}

/* ---- beginning ---- */

/* False without memory. */
static bool add_layer(struct body_reader *reader, enum coding_kind kind)
{
    struct layer *layer = &reader->layers[reader->layer_count];
    if (!(layer->coding = coding_new(kind))) {
        lose(reader, BODY_UNREADABLE, "there is no memory to decode the body");
        return false;
    }
    layer->input = TEXT("");
    layer->full = layer->damaged = false;
    reader->layer_count++;
    return true;
}

/* The codings were applied in the order in which they are named: the last comes off first.  One
 * that is not known keeps those before it on. */
static void take_codings_off(struct body_reader *reader, struct text left, enum body_wanted wanted)
{
    left = text_trim(left);
    while (left.length) {
        size_t from = left.length;
        while (from && left.at[from - 1] != ',')
            from--;
        enum coding_kind kind = coding_of(text_trim(text_skip(left, from)));
        if (kind != CODING_NONE) {
            reader->undecoded = wanted == BODY_DECODED &&
                                (kind == CODING_UNKNOWN || reader->layer_count == CODINGS_MOST);
            if (wanted == BODY_AS_CODED || reader->undecoded || !add_layer(reader, kind))
                break;
        }
        left = text_trim(text_first(left, from ? from - 1 : 0));
    }
    snprintf(reader->coding, sizeof reader->coding, "%.*s", TEXT_ARGS(left));
}

void body_reader_begin(struct body_reader *reader, const struct http_head *head,
                       enum body_wanted wanted, struct body_source source)
{
    drop_layers(reader);
    reader->source = source;
    reader->octets = TEXT("");
    reader->chunked = head && http_body_is_chunked(head);
    dechunker_init(&reader->dechunker);
    reader->ended = reader->undecoded = reader->lasting = false;
    reader->fault = BODY_SOUND;
    reader->words = "";
    reader->coding[0] = '\0';
    reader->spool = NULL;
    if (head)
        take_codings_off(reader, http_field(head, "Content-Encoding"), wanted);
}

static enum result next_of_spool(void *context, struct text *octets)
{
    struct body_reader *reader = context;
    if (reader->at >= reader->spool->length)
        return RESULT_END;
    if (reader->spool->fd >= 0 && !reader->room && !(reader->room = malloc(PIECE_BYTES)))
        return RESULT_BROKEN;
    *octets = spool_piece(reader->spool, reader->at, reader->room, PIECE_BYTES);
    reader->at += (int64_t)octets->length;
    return octets->length ? RESULT_OK : RESULT_BROKEN;
}

void body_reader_begin_spool(struct body_reader *reader, const struct http_head *head,
                             enum body_wanted wanted, struct spool *spool, size_t from)
{
    body_reader_begin(reader, head, wanted, (struct body_source){next_of_spool, reader});
    reader->spool = spool;
    reader->from = from;
    reader->at = (int64_t)from;
    reader->lasting = spool->fd < 0;
}

static enum result next_of_text(void *context, struct text *octets)
{
    struct body_reader *reader = context;
    *octets = reader->text;
    reader->text = TEXT("");
    return octets->length ? RESULT_OK : RESULT_END;
}

void body_reader_begin_text(struct body_reader *reader, const struct http_head *head,
                            enum body_wanted wanted, struct text body)
{
    body_reader_begin(reader, head, wanted, (struct body_source){next_of_text, reader});
    reader->text = body;
    reader->lasting = true;
}

void body_reader_begin_gzip(struct body_reader *reader, struct text file)
{
    body_reader_begin_text(reader, NULL, BODY_DECODED, file);
    add_layer(reader, CODING_GZIP);
}

/* ---- a body at once ---- */

/* A body that lies in one piece where it is, without framing and coding. */
static bool lies_whole(struct body_reader *reader, struct text *whole)
{
    if (reader->chunked || reader->layer_count || (!reader->spool && !reader->lasting))
        return false;
    *whole = reader->spool ? text_skip(spool_bytes(reader->spool), reader->from) : reader->text;
    if (!reader->spool || whole->length || (int64_t)reader->from >= reader->spool->length)
        return true;
    return false; /* it can't be mapped: it is read like any other */
}

/* Gathers into `room` what does not lie there anyway. */
static struct text gather(struct body_reader *reader, struct buf *room)
{
    struct text first = TEXT(""), piece;
    while (reader->layer_count && room->length < room->limit) {
        size_t most = room->limit - room->length, made = 0;
        most = most < PIECE_BYTES ? most : PIECE_BYTES;
        char *to = buf_room(room, most);
        if (!to)
            lose(reader, BODY_UNREADABLE, "there is no memory for the body");
        if (!to || decode(reader, reader->layer_count, to, most, &made) != RESULT_OK)
            return buf_text(room);
        buf_grew(room, made);
    }
    while (body_reader_next(reader, &piece) == RESULT_OK) {
        if (!first.length && !room->length && reader->lasting && !reader->layer_count &&
            piece.length <= room->limit) {
            first = piece; /* mostly it is the only one */
            continue;
        }
        buf_add_text(room, first);
        first = TEXT("");
        size_t left = room->limit - room->length;
        buf_add_text(room, text_first(piece, left));
        if (piece.length > left)
            reader->fault = BODY_TOO_LONG;
        if (!buf_ok(room))
            lose(reader, BODY_UNREADABLE, "there is no memory for the body");
        if (piece.length > left || !buf_ok(room))
            break;
    }
    return first.length ? first : buf_text(room);
}

struct text body_reader_all(struct body_reader *reader, struct buf *room, enum body_fault *fault)
{
    struct text body = TEXT("");
    buf_clear(room);
    if (reader->undecoded)
        ; /* coded octets are no text to be read */
    else if (!reader->words[0] && lies_whole(reader, &body)) {
        if (body.length > room->limit)
            reader->fault = BODY_TOO_LONG;
        body = text_first(body, room->limit);
    } else if (!reader->words[0])
        body = gather(reader, room);
    *fault = body_reader_fault(reader);
    return body;
}

/* ---- what is known of it ---- */

enum body_fault body_reader_fault(const struct body_reader *reader)
{
    return reader->fault != BODY_SOUND ? reader->fault
           : reader->undecoded         ? BODY_CODING_UNKNOWN
                                       : BODY_SOUND;
}

const char *body_reader_words(const struct body_reader *reader)
{
    return reader->words;
}

const char *body_reader_coding(const struct body_reader *reader)
{
    return reader->coding;
}

bool body_reader_has_trailers(const struct body_reader *reader)
{
    return reader->dechunker.has_trailers;
}
