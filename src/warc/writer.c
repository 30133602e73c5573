/*
 * Writes WARC files: one gzip member per record, and never an event in two files.  A failure leaves
 * nothing half-written behind.
 *
 *     draft -> digest of the block -> header -> gzip member -> pending -> NAME.warc.gz.open
 *     NAME.warc.gz.open -> NAME.warc.gz when the file is finished
 *
 * A record of ordinary size is put together in one buffer and compressed whole.  A block that is in
 * a file, or is very large, is read twice, once for the digest and once to compress it.
 *
 * draft_head.c makes the header; writer_file.c has the file, and cuts it back when writing fails.
 */
#include <config.h>

#include "warccap/warc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/gzip.h"
#include "base/spool.h"
#include "base/text.h"
#include "warc/draft_head.h"
#include "warc/ids.h"
#include "warc/structs.h"
#include "warc/writer_file.h"
#include "warc/writer_stop.h"

enum {
    PIECE_BYTES = 1 << 18,        /* bytes read from a file at a time */
    SPOOL_IN_MEMORY = 1 << 20,    /* bytes of a block in pieces that stay in memory */
    WHOLE_RECORD_MOST = 16 << 20, /* bytes; larger blocks are streamed, even from memory */
    FLUSH_BETWEEN_EVENTS = 1 << 18,
    FLUSH_INSIDE_EVENT = 4 << 20,
    FILE_SIZE_BYTES = 1000000000, /* the default (WARC 1.1, annex C) */
};

/* The range of WARC-Date: 0001-01-01 to 9999-12-31. */
static const int64_t DATE_FIRST_MS = -62135596800000, DATE_LAST_MS = 253402300799999;

/* The event that is being written. */
struct event {
    int64_t records_before; /* records in the file when it began */
    int64_t expected_bytes; /* of the next one */
    struct give_up give_up;
    bool given_up; /* the last block was not read to its end */
};

struct warc_writer {
    struct writer_file file;
    struct trouble trouble;
    char *warcinfo;
    char warcinfo_id[WARC_ID_SIZE];
    int64_t file_size_bytes;
    enum warc_effort effort;
    void (*finished)(void *context, const char *file, int64_t bytes,
                     const unsigned char sha256[32]);
    void *context;

    struct draft_head head;
    struct gzip *gzip;
    struct buf record; /* the header of the current record, and its block if that is small */
    char *piece;       /* PIECE_BYTES, made when first needed */

    int64_t records; /* records in the file, without its warcinfo */
    struct ids ids;  /* of the records in the file */
    struct id_maker id_maker;
    struct event event;
    char id[WARC_ID_SIZE]; /* of the last record */

    struct warc_draft draft; /* the record whose block comes in pieces, which are in `spool` */
    struct spool spool;
    enum warc_result in_pieces; /* OK: a record comes in pieces; LOST: some were lost; END: none */
};

struct warc_writer *warc_writer_new(const struct warc_writer_options *given)
{
    struct warc_writer_options taken, *options = &taken;
    if (!struct_take(options, sizeof *options, given, sizeof *options))
        return NULL;
    struct warc_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return NULL;
    writer->in_pieces = WARC_END;
    spool_init(&writer->spool, SPOOL_IN_MEMORY, ".");
    writer->trouble = trouble_none();
    writer->file_size_bytes = options->file_size_bytes ? options->file_size_bytes : FILE_SIZE_BYTES;
    writer->warcinfo = text_copy(text_of(options->warcinfo));
    writer->finished = options->finished;
    writer->context = options->context;
    writer->gzip = gzip_new();
    buf_init(&writer->record, (size_t)WHOLE_RECORD_MOST * 2);
    bool file_ready = writer_file_init(&writer->file, options, writer->finished != NULL);
    bool head_ready = draft_head_init(&writer->head);
    if (!file_ready || !head_ready || !writer->warcinfo || !writer->gzip) {
        result_ignore(warc_writer_close(writer)); /* there is no file yet */
        return NULL;
    }
    if (*writer->file.directory)
        writer->spool.directory = writer->file.directory;
    return writer;
}

void warc_writer_set_effort(struct warc_writer *writer, enum warc_effort effort)
{
    writer->effort = effort;
}

void warc_writer_give_up_when(struct warc_writer *writer, struct give_up give_up)
{
    writer->event.give_up = give_up;
}

const char *warc_writer_file(const struct warc_writer *writer)
{
    return writer->file.name;
}

int64_t warc_writer_size(const struct warc_writer *writer)
{
    return writer_file_size(&writer->file);
}

const char *warc_writer_id(const struct warc_writer *writer)
{
    return writer->id;
}

const char *warc_writer_payload_digest(const struct warc_writer *writer)
{
    return writer->head.payload_digest;
}

const char *warc_writer_words(const struct warc_writer *writer)
{
    return writer->trouble.words;
}

int warc_writer_errno(const struct warc_writer *writer)
{
    return writer->trouble.os_error;
}

/* ---- the file ---- */

static enum warc_result break_off(struct warc_writer *writer)
{
    return writer_file_break(&writer->file, &writer->trouble);
}

static enum warc_result broken(struct warc_writer *writer, const char *what)
{
    trouble_say(&writer->trouble, RESULT_BROKEN, "%s", what);
    return break_off(writer);
}

static enum warc_result lose(struct warc_writer *writer, const char *words)
{
    trouble_say(&writer->trouble, RESULT_LOST, "%s", words);
    return WARC_LOST;
}

static enum warc_result put_warcinfo(struct warc_writer *writer)
{
    const struct warc_field filename = {"WARC-Filename", writer->file.name};
    struct warc_draft draft = {
        .struct_size = sizeof draft,
        .type = WARC_WARCINFO,
        .content_type = "application/warc-fields",
        .fields = &filename,
        .field_count = 1,
        .block = {writer->warcinfo},
        .block_length = {strlen(writer->warcinfo)},
    };
    enum warc_result result = warc_writer_put(writer, &draft, NULL);
    memcpy(writer->warcinfo_id, writer->id, sizeof writer->warcinfo_id);
    writer->records = 0;
    return result == WARC_LOST ? break_off(writer) : result;
}

void warc_writer_expect(struct warc_writer *writer, int64_t bytes)
{
    writer->event.expected_bytes = bytes;
}

enum warc_result warc_writer_begin_event(struct warc_writer *writer)
{
    if (writer->file.broken)
        return WARC_BROKEN;
    enum warc_result result = WARC_OK;
    writer->file.whole = warc_writer_size(writer);
    if (writer->file.fd >= 0 && writer->records > 0 &&
        (writer->file.whole >= writer->file_size_bytes ||
         writer->event.expected_bytes > writer->file_size_bytes - writer->file.whole))
        result = warc_writer_finish_file(writer);
    if (result == WARC_OK && writer->file.fd < 0) {
        result = writer_file_create(&writer->file, &writer->trouble);
        ids_clear(&writer->ids);
        if (result == WARC_OK)
            result = put_warcinfo(writer);
        if (result == WARC_OK)
            writer->file.whole = warc_writer_size(writer);
    }
    writer->event.records_before = writer->records;
    writer->event.expected_bytes = 0;
    if (result == WARC_OK && writer->file.pending.length >= FLUSH_BETWEEN_EVENTS)
        result = writer_file_flush(&writer->file, &writer->trouble);
    return result;
}

enum warc_result warc_writer_drop_event(struct warc_writer *writer)
{
    writer->records = writer->event.records_before;
    return writer_file_drop_event(&writer->file, &writer->trouble);
}

enum warc_result warc_writer_sync(struct warc_writer *writer)
{
    return writer_file_sync(&writer->file, &writer->trouble);
}

enum warc_result warc_writer_finish_file(struct warc_writer *writer)
{
    struct writer_file *file = &writer->file;
    enum warc_result result = warc_writer_sync(writer);
    if (result != WARC_OK || file->fd < 0)
        return result;
    bool drops = !writer->records; /* nothing but a warcinfo: not worth a file */
    result = writer_file_finish(file, drops, &writer->trouble);
    if (result == WARC_OK && !drops && writer->finished) {
        unsigned char sha256[DIGEST_MOST_BYTES];
        digester_end(file->digester, sha256);
        writer->finished(writer->context, file->name, file->written, sha256);
    }
    writer_file_forget(file);
    writer->records = 0;
    return result;
}

enum warc_result warc_writer_close(struct warc_writer *writer)
{
    if (!writer)
        return WARC_OK;
    enum warc_result result = warc_writer_finish_file(writer);
    writer_file_release(&writer->file);
    draft_head_release(&writer->head);
    ids_release(&writer->ids);
    spool_release(&writer->spool);
    buf_release(&writer->record);
    gzip_free(writer->gzip);
    free(writer->piece);
    free(writer->warcinfo);
    free(writer);
    return result;
}

/* ---- the block ---- */

/* Passes the block to `take` in pieces. */
static enum warc_result read_block(struct warc_writer *writer, const struct warc_draft *draft,
                                   enum warc_result (*take)(struct warc_writer *writer,
                                                            struct text piece))
{
    enum warc_result result = WARC_OK;
    for (size_t i = 0; i < 2 && result == WARC_OK; i++)
        if (draft->block_length[i])
            result = take(writer, (struct text){draft->block[i], draft->block_length[i]});
    if (!draft->block_fd_length || result != WARC_OK)
        return result;
    if (!writer->piece)
        writer->piece = malloc(PIECE_BYTES);
    if (!writer->piece)
        return broken(writer, "no memory to read the block");
    for (int64_t at = 0; at < draft->block_fd_length && result == WARC_OK;) {
        int64_t left = draft->block_fd_length - at;
        if ((writer->event.given_up = give_up_asked(&writer->event.give_up)))
            return lose(writer, "the block was given up, because the program is to end");
        ssize_t got = pread(draft->block_fd, writer->piece,
                            left < PIECE_BYTES ? (size_t)left : PIECE_BYTES, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            trouble_say_os(&writer->trouble, RESULT_LOST, "cannot read the file with the block");
            return WARC_LOST;
        }
        if (got == 0) {
            trouble_say(&writer->trouble, RESULT_LOST,
                        "the file with the block ends after %lld of %lld bytes", (long long)at,
                        (long long)draft->block_fd_length);
            return WARC_LOST;
        }
        result = take(writer, (struct text){writer->piece, (size_t)got});
        at += got;
    }
    return result;
}

static enum warc_result digest_piece(struct warc_writer *writer, struct text piece)
{
    draft_head_add(&writer->head, piece);
    return WARC_OK;
}

static enum warc_result digest_block(struct warc_writer *writer, const struct warc_draft *draft)
{
    if (!draft_head_begin(&writer->head, draft))
        return broken(writer, "no memory for a digest");
    enum warc_result result = read_block(writer, draft, digest_piece);
    draft_head_end(&writer->head);
    return result;
}

/* Writes the header into writer->record. */
static enum warc_result build_header(struct warc_writer *writer, const struct warc_draft *draft,
                                     int64_t length)
{
    enum warc_result result = draft_head_write(&writer->head, draft, length, writer->warcinfo_id,
                                               &writer->record, &writer->trouble);
    return result == WARC_BROKEN ? break_off(writer) : result;
}

static enum warc_result compress_piece(struct warc_writer *writer, struct text piece)
{
    if (!gzip_stream_add(writer->gzip, piece, &writer->file.pending))
        return broken(writer, "no memory for the compressed record");
    return writer->file.pending.length >= FLUSH_INSIDE_EVENT
               ? writer_file_flush(&writer->file, &writer->trouble)
               : WARC_OK;
}

/* ---- the record ---- */

/* A block that is compressed already is only worth the cheapest pass that still shrinks the
 * headers. */
static enum gzip_effort effort_for(const struct warc_writer *writer, const struct warc_draft *draft)
{
#ifdef HAVE_ISAL
    if (draft->compressed_already)
        return GZIP_FAST;
#else
    if (draft->compressed_already)
        return GZIP_STORE;
#endif
    return writer->effort == WARC_EFFORT_FAST ? GZIP_FAST : GZIP_SMALL;
}

static enum warc_result compress_whole(struct warc_writer *writer, const struct warc_draft *draft)
{
    for (size_t i = 0; i < 2; i++)
        buf_append(&writer->record, draft->block[i], draft->block_length[i]);
    buf_add(&writer->record, "\r\n\r\n");
    if (!buf_ok(&writer->record) || !gzip_member(writer->gzip, effort_for(writer, draft),
                                                 buf_text(&writer->record), &writer->file.pending))
        return broken(writer, "no memory for the compressed record");
    return writer->file.pending.length >= FLUSH_INSIDE_EVENT
               ? writer_file_flush(&writer->file, &writer->trouble)
               : WARC_OK;
}

/* Here a block that cannot be read breaks the writer, because part of the record may be in the file
 * already. */
static enum warc_result compress_in_pieces(struct warc_writer *writer,
                                           const struct warc_draft *draft)
{
    enum warc_result result = WARC_OK;
    if (!gzip_stream_begin(writer->gzip, effort_for(writer, draft)))
        return broken(writer, "no memory to compress");
    result = compress_piece(writer, buf_text(&writer->record));
    if (result == WARC_OK)
        result = read_block(writer, draft, compress_piece);
    if (result == WARC_LOST && !writer->event.given_up)
        return break_off(writer);
    if (result == WARC_OK)
        result = compress_piece(writer, TEXT("\r\n\r\n"));
    if (result == WARC_OK && !gzip_stream_end(writer->gzip, &writer->file.pending))
        result = broken(writer, "no memory for the compressed record");
    return result;
}

/* Copies the draft of the program, and refuses one that cannot be checked further. */
static enum warc_result take_draft(struct warc_writer *writer, struct warc_draft *draft,
                                   const struct warc_draft *given)
{
    if (!struct_take(draft, sizeof *draft, given, sizeof *draft))
        return lose(writer, "struct_size of the draft is not set, or the draft has members that "
                            "this version of the library does not know");
    if ((int)draft->type < WARC_WARCINFO || (int)draft->type >= WARC_UNKNOWN)
        return lose(writer, "the type of the record is not one of the standard");
    if (!memchr(draft->id, '\0', sizeof draft->id))
        return lose(writer, "the identifier does not end in NUL");
    if (draft->block_fd_length < 0)
        return lose(writer, "the length of the block is negative");
    if (draft->date_ms < DATE_FIRST_MS || draft->date_ms > DATE_LAST_MS)
        return lose(writer, "the year of the date does not have four digits");
    if (!*draft->id)
        id_maker_next(&writer->id_maker, draft->id);
    else if (ids_have(&writer->ids, draft->id)) {
        trouble_say(&writer->trouble, RESULT_LOST,
                    "another record of the file has the identifier %s (WARC 1.1, 5.2)", draft->id);
        return WARC_LOST;
    }
    return WARC_OK;
}

enum warc_result warc_writer_put(struct warc_writer *writer, const struct warc_draft *given,
                                 struct warc_place *place)
{
    struct warc_draft taken, *draft = &taken;
    if (writer->file.broken)
        return WARC_BROKEN;
    if (writer->file.fd < 0)
        return lose(writer, "no event was begun: call warc_writer_begin_event()");
    if (take_draft(writer, draft, given) != WARC_OK)
        return WARC_LOST;
    int64_t offset = warc_writer_size(writer);
    int64_t in_memory = (int64_t)(draft->block_length[0] + draft->block_length[1]);
    int64_t in_file = draft->block_fd_length;

    enum warc_result result = digest_block(writer, draft);
    if (result == WARC_OK)
        result = build_header(writer, draft, in_memory + in_file);
    if (result == WARC_OK && !in_file && in_memory <= WHOLE_RECORD_MOST)
        result = compress_whole(writer, draft);
    else if (result == WARC_OK)
        result = compress_in_pieces(writer, draft);
    if (result != WARC_OK)
        return result;

    writer->records++;
    ids_add(&writer->ids, draft->id);
    memcpy(writer->id, draft->id, sizeof writer->id);
    if (place) {
        snprintf(place->file, sizeof place->file, "%s", writer->file.name);
        place->offset = offset;
        place->length = warc_writer_size(writer) - offset;
    }
    return WARC_OK;
}

/* ---- blocks that come in pieces ---- */

enum warc_result warc_writer_add(struct warc_writer *writer, const void *bytes, size_t length)
{
    if (writer->in_pieces == WARC_END)
        return lose(writer, "no record was begun: call warc_writer_begin_record()");
    if (writer->in_pieces == WARC_OK && length &&
        spool_append(&writer->spool, bytes, length, &writer->trouble) != RESULT_OK)
        writer->in_pieces = WARC_LOST;
    return writer->in_pieces;
}

enum warc_result warc_writer_begin_record(struct warc_writer *writer,
                                          const struct warc_draft *draft)
{
    spool_clear(&writer->spool);
    writer->in_pieces = take_draft(writer, &writer->draft, draft);
    if (writer->in_pieces == WARC_OK && writer->draft.block_fd_length)
        writer->in_pieces = lose(writer, "a block in pieces cannot begin with a file");
    for (size_t i = 0; i < 2; i++) {
        result_ignore(
            warc_writer_add(writer, writer->draft.block[i], writer->draft.block_length[i]));
        writer->draft.block[i] = "";
        writer->draft.block_length[i] = 0;
    }
    return writer->in_pieces;
}

enum warc_result warc_writer_end_record(struct warc_writer *writer, struct warc_place *place)
{
    enum warc_result result = warc_writer_add(writer, "", 0);
    struct spool *spool = &writer->spool;
    if (result == WARC_OK) {
        writer->draft.block[0] = spool->fd < 0 && spool->length ? spool->memory.data : "";
        writer->draft.block_length[0] = spool->fd < 0 ? (size_t)spool->length : 0;
        writer->draft.block_fd = spool->fd;
        writer->draft.block_fd_length = spool->fd < 0 ? 0 : spool->length;
        result = warc_writer_put(writer, &writer->draft, place);
    }
    writer->in_pieces = WARC_END;
    spool_clear(spool);
    return result;
}
