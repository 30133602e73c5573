/*
 * Bytes are pulled through layers.  The source is at the bottom, then the removal of chunk framing,
 * then one layer for each content coding, the last one applied first.
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
    bool full; /* the decoder filled its room and may have more to give */
    bool damaged;
    char *out; /* LAYER_BYTES, allocated when first needed and kept */
};

struct body_reader {
    struct body_source source;
    struct text bytes; /* from the source, not yet processed */
    bool chunked;
    struct dechunker dechunker;
    struct layer layers[CODINGS_MOST];
    size_t layer_count;
    char coding[128]; /* the codings that are not removed */
    bool undecoded;   /* some remain, although decoding was wanted */
    bool ended;
    enum body_error error;
    const char *words;
    /* When the source is a spool or a text: */
    struct spool *spool; /* NULL when it is not a spool */
    size_t from;
    int64_t at;
    char *room;       /* PIECE_BYTES for a spool in a file, allocated when first needed and kept */
    struct text text; /* the rest of a body in memory */
    bool lasting;     /* the source's bytes stay valid after the next call */
};

static const char *const error_names[BODY_ERRORS] = {"sound",         "too-long",
                                                     "ends-early",    "chunks-broken",
                                                     "coding-broken", "coding-unknown",
                                                     "unreadable",    "undecodable"};

const char *body_error_name(enum body_error error)
{
    return error_names[error];
}

bool body_error_of_name(struct text name, enum body_error *error)
{
    for (int i = 0; i < BODY_ERRORS; i++)
        if (text_equal(name, text_of(error_names[i]))) {
            *error = (enum body_error)i;
            return true;
        }
    return false;
}

const char *body_error_words(enum body_error error)
{
    static const char *const words[BODY_ERRORS] = {
        "is sound",
        "is longer than the part that is read",
        "ends early",
        "has broken chunk framing",
        "can be decoded only in part",
        "has an unknown content coding",
        "cannot be read",
        "cannot be decoded: the process that reads it failed"};
    return words[error];
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

static enum result lose(struct body_reader *reader, enum body_error error, const char *words)
{
    if (!reader->words[0]) {
        reader->error = error;
        reader->words = words;
    }
    return RESULT_LOST;
}

/* ---- the layers ---- */

/* Makes sure that reader->bytes is not empty. */
static enum result read_source(struct body_reader *reader)
{
    if (reader->bytes.length)
        return RESULT_OK;
    enum result result = reader->source.next(reader->source.context, &reader->bytes);
    if (result == RESULT_OK || result == RESULT_END)
        return result;
    reader->bytes = TEXT("");
    return lose(reader, BODY_UNREADABLE,
                result == RESULT_LOST ? "the block is cut off or damaged"
                                      : "the body cannot be read");
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
            return lose(reader, BODY_ENDS_EARLY, "the last chunk is missing");
        if (result != RESULT_OK)
            return result;
        if (reader->chunked)
            dechunker_take(dechunker, &reader->bytes, piece);
        else {
            *piece = reader->bytes;
            reader->bytes = TEXT("");
        }
    }
    return RESULT_OK;
}

static enum result read_layer(struct body_reader *reader, size_t number, struct text *piece);

/* Decodes the next bytes of a layer, at least one, into `out`. */
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
static bool add_layer(struct body_reader *reader, enum coding_kind kind, bool is_text)
{
    struct layer *layer = &reader->layers[reader->layer_count];
    if (!(layer->coding = coding_new(kind))) {
        lose(reader, BODY_UNREADABLE, "there is no memory to decode the body");
        return false;
    }
    if (kind == CODING_UNNAMED && is_text)
        coding_expect_text(layer->coding);
    layer->input = TEXT("");
    layer->full = layer->damaged = false;
    reader->layer_count++;
    return true;
}

/* Content-Encoding names the codings in the order in which they were applied (RFC 9110, section
 * 8.4), so the last is removed first.  An unknown one leaves all before it in place. */
static void take_codings_off(struct body_reader *reader, const struct http_head *head,
                             enum body_wanted wanted)
{
    struct text left = text_trim(http_field(head, "Content-Encoding"));
    bool is_text = text_starts_nocase(text_trim(http_field(head, "Content-Type")), TEXT("text/"));

    while (left.length) {
        size_t from = left.length;
        while (from && left.at[from - 1] != ',')
            from--;
        enum coding_kind kind = coding_of(text_trim(text_skip(left, from)));
        if (kind != CODING_NONE) {
            reader->undecoded = wanted == BODY_DECODED &&
                                (kind == CODING_UNKNOWN || reader->layer_count == CODINGS_MOST);
            if (wanted == BODY_AS_CODED || reader->undecoded ||
                !add_layer(reader, kind, is_text && !from))
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
    reader->bytes = TEXT("");
    reader->chunked = head && http_body_is_chunked(head);
    dechunker_init(&reader->dechunker);
    reader->ended = reader->undecoded = reader->lasting = false;
    reader->error = BODY_SOUND;
    reader->words = "";
    reader->coding[0] = '\0';
    reader->spool = NULL;
    if (head)
        take_codings_off(reader, head, wanted);
}

void body_reader_unframed(struct body_reader *reader)
{
    reader->chunked = false;
}

static enum result next_of_spool(void *context, struct text *bytes)
{
    struct body_reader *reader = context;
    if (reader->at >= reader->spool->length)
        return RESULT_END;
    if (reader->spool->fd >= 0 && !reader->room && !(reader->room = malloc(PIECE_BYTES)))
        return RESULT_BROKEN;
    *bytes = spool_piece(reader->spool, reader->at, reader->room, PIECE_BYTES);
    reader->at += (int64_t)bytes->length;
    return bytes->length ? RESULT_OK : RESULT_BROKEN;
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

static enum result next_of_text(void *context, struct text *bytes)
{
    struct body_reader *reader = context;
    *bytes = reader->text;
    reader->text = TEXT("");
    return bytes->length ? RESULT_OK : RESULT_END;
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
    add_layer(reader, CODING_GZIP, false);
}

/* ---- a whole body ---- */

/* Whether the body lies in one piece, without framing and coding, so that it need not be copied. */
static bool lies_whole(struct body_reader *reader, struct text *whole)
{
    if (reader->chunked || reader->layer_count || (!reader->spool && !reader->lasting))
        return false;
    *whole = reader->spool ? text_skip(spool_bytes(reader->spool), reader->from) : reader->text;
    if (!reader->spool || whole->length || (int64_t)reader->from >= reader->spool->length)
        return true;
    return false; /* it cannot be mapped, so it is read like any other */
}

/* Reads the body into `room`.  The top layer decodes straight into it. */
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
            first = piece; /* usually the only one, and then nothing is copied */
            continue;
        }
        buf_add_text(room, first);
        first = TEXT("");
        size_t left = room->limit - room->length;
        buf_add_text(room, text_first(piece, left));
        if (piece.length > left)
            reader->error = BODY_TOO_LONG;
        if (!buf_ok(room))
            lose(reader, BODY_UNREADABLE, "there is no memory for the body");
        if (piece.length > left || !buf_ok(room))
            break;
    }
    return first.length ? first : buf_text(room);
}

struct text body_reader_all(struct body_reader *reader, struct buf *room, enum body_error *error)
{
    struct text body = TEXT("");
    buf_clear(room);
    if (reader->undecoded)
        ; /* coded bytes are of no use to the caller */
    else if (!reader->words[0] && lies_whole(reader, &body)) {
        if (body.length > room->limit)
            reader->error = BODY_TOO_LONG;
        body = text_first(body, room->limit);
    } else if (!reader->words[0])
        body = gather(reader, room);
    *error = body_reader_error(reader);
    return body;
}

/* ---- what is known of the body ---- */

enum body_error body_reader_error(const struct body_reader *reader)
{
    return reader->error != BODY_SOUND ? reader->error
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
