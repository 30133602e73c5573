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
 * Compressed bytes wait in `pending`.  `whole` is the offset at which the current event began.
 * When writing fails, the file is cut back to `whole`, or to the event before it if the file does
 * not reach that far.  The writer is broken from then on: a file with a hole in it must never get
 * its final name.  warc_mend() finishes it later.
 *
 * When a sync fails, the file is cut back to the last good sync.  Bytes after that may still be
 * readable, but the system may have given up on writing them.  A second sync would then report
 * success, so warc_mend() must not find them.  No caller was told that they are safe.
 */
#include <config.h>

#include "warccap/warc.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/disk.h"
#include "base/gzip.h"
#include "base/spool.h"
#include "base/system.h"
#include "base/text.h"
#include "http/http_split.h"
#include "warc/commits.h"
#include "warc/ids.h"
#include "warc/rules.h"
#include "warc/structs.h"

enum {
    PIECE_BYTES = 1 << 18,        /* bytes read from a file at a time */
    SPOOL_IN_MEMORY = 1 << 20,    /* bytes of a block in pieces that stay in memory */
    WHOLE_RECORD_MOST = 16 << 20, /* bytes; larger blocks are streamed, even from memory */
    FLUSH_BETWEEN_EVENTS = 1 << 18,
    FLUSH_INSIDE_EVENT = 4 << 20,
    PENDING_MOST = 64 << 20,
    NAME_TRIES = 100,
    PREFIX_MOST = 100,
    HOSTNAME_MOST = 64,
    FILE_SIZE_BYTES = 1000000000, /* the default (WARC 1.1, annex C) */
    PAYLOAD_DIGEST_MOST = 256,
    FRAME_FIELDS = 10, /* the most fields that the writer adds itself */
};

/* The range of WARC-Date: 0001-01-01 to 9999-12-31. */
static const int64_t DATE_FIRST_MS = -62135596800000, DATE_LAST_MS = 253402300799999;

struct warc_writer {
    char *directory, *warcinfo;
    char prefix[PREFIX_MOST + 1], hostname[HOSTNAME_MOST + 1];
    int64_t file_size_bytes;
    enum warc_effort effort;

    struct digester *digester;
    struct digester *payload_digester; /* made when first needed */
    struct http_split split;           /* splits the block whose payload is digested */
    int64_t payload_length;
    bool digests_payload; /* the block is an HTTP message, whose payload the writer digests */
    struct digester *whole_digester; /* SHA-256 of the file so far; NULL: not needed */
    void (*finished)(void *context, const char *file, int64_t bytes,
                     const unsigned char sha256[32]);
    void *context;
    struct gzip *gzip;
    struct warc_field *fields; /* of the current record */
    size_t field_room;
    struct buf record; /* the header of the current record, and its block if that is small */
    char *piece;       /* PIECE_BYTES, made when first needed */
    struct buf pending;

    struct ids ids; /* of the records in the file */
    struct id_maker id_maker;
    char id[WARC_ID_SIZE];                    /* of the last record */
    char payload_digest[PAYLOAD_DIGEST_MOST]; /* of the last record; empty: it has none */

    int fd; /* -1: no file is open */
    bool logs_commits;
    int commits_fd;  /* -1: there is no commit log */
    unsigned serial; /* of the next file */
    char name[256];
    char open_path[PATH_MAX], final_path[PATH_MAX];
    char warcinfo_id[WARC_ID_SIZE];
    int64_t records;   /* records in the file, without its warcinfo */
    int64_t written;   /* bytes written to the file */
    int64_t whole;     /* the offset at which the current event began */
    int64_t kept;      /* the last end of an event up to which all bytes were written */
    int64_t synced;    /* bytes that were synced to the disk */
    int64_t committed; /* bytes that the commit log says are synced */

    struct warc_draft draft; /* the record whose block comes in pieces, which are in `spool` */
    struct spool spool;
    enum warc_result in_pieces; /* OK: a record comes in pieces; LOST: some were lost; END: none */

    bool broken;
    struct trouble trouble;
};

/* Letters, digits, '-', '_' and the characters in `also` stay; others become '_'. */
static void clean_name(const char *from, char *to, size_t most, const char *also)
{
    size_t i = 0;
    for (; from && from[i] && i < most; i++)
        to[i] = ascii_is_alnum(from[i]) || strchr("-_", from[i]) || strchr(also, from[i]) ? from[i]
                                                                                          : '_';
    to[i] = '\0';
}

struct warc_writer *warc_writer_new(const struct warc_writer_options *given)
{
    struct warc_writer_options taken, *options = &taken;
    if (!struct_take(options, sizeof *options, given, sizeof *options))
        return NULL;
    struct warc_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return NULL;
    writer->fd = writer->commits_fd = -1;
    writer->logs_commits = options->commit_log;
    http_split_init(&writer->split);
    writer->in_pieces = WARC_END;
    spool_init(&writer->spool, SPOOL_IN_MEMORY, ".");
    writer->trouble = trouble_none();
    writer->file_size_bytes = options->file_size_bytes ? options->file_size_bytes : FILE_SIZE_BYTES;
    clean_name(options->prefix && *options->prefix ? options->prefix : "warc", writer->prefix,
               PREFIX_MOST, "");
    clean_name(options->hostname, writer->hostname, HOSTNAME_MOST, ".");
    writer->directory = text_copy(text_of(options->directory));
    writer->warcinfo = text_copy(text_of(options->warcinfo));
    writer->digester = digester_new(DIGEST_SHA1);
    writer->finished = options->finished;
    writer->context = options->context;
    writer->whole_digester = writer->finished ? digester_new(DIGEST_SHA256) : NULL;
    writer->gzip = gzip_new();
    buf_init(&writer->record, (size_t)WHOLE_RECORD_MOST * 2);
    buf_init(&writer->pending, PENDING_MOST);
    if (!writer->directory || !writer->warcinfo || !writer->digester || !writer->gzip ||
        (writer->finished && !writer->whole_digester)) {
        result_ignore(warc_writer_close(writer)); /* there is no file yet */
        return NULL;
    }
    if (*writer->directory)
        writer->spool.directory = writer->directory;
    return writer;
}

void warc_writer_set_effort(struct warc_writer *writer, enum warc_effort effort)
{
    writer->effort = effort;
}

const char *warc_writer_file(const struct warc_writer *writer)
{
    return writer->name;
}

int64_t warc_writer_size(const struct warc_writer *writer)
{
    return writer->written + (int64_t)writer->pending.length;
}

const char *warc_writer_id(const struct warc_writer *writer)
{
    return writer->id;
}

const char *warc_writer_payload_digest(const struct warc_writer *writer)
{
    return writer->payload_digest;
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

/* Cuts off what is after `end`, and adds that to the words of the trouble. */
static void cut_back(struct warc_writer *writer, int64_t end)
{
    size_t said = strlen(writer->trouble.words);
    char *more = writer->trouble.words + said;
    if (ftruncate(writer->fd, end) == 0)
        snprintf(more, sizeof writer->trouble.words - said,
                 "; it was cut back to its last whole event (%lld bytes)", (long long)end);
    else
        snprintf(more, sizeof writer->trouble.words - said,
                 "; cutting it to %lld bytes failed too: %s", (long long)end, strerror(errno));
    writer->written = end;
    writer->trouble.offset = end;
}

/* Cuts off what is after the last whole event.  If that cannot be synced, cuts off everything after
 * the last sync. */
static enum warc_result break_off(struct warc_writer *writer)
{
    struct stat facts;
    writer->broken = true;
    buf_clear(&writer->pending);
    if (writer->fd < 0)
        return WARC_BROKEN;
    int64_t end = writer->kept;
    if (fstat(writer->fd, &facts) == 0 && facts.st_size >= writer->whole)
        end = writer->whole;
    cut_back(writer, end);
    if (system_sync(writer->fd) != 0 && end > writer->synced)
        cut_back(writer, writer->synced);
    return WARC_BROKEN;
}

static enum warc_result broken(struct warc_writer *writer, enum result result, const char *what)
{
    trouble_say(&writer->trouble, result, "%s", what);
    return break_off(writer);
}

static enum warc_result flush(struct warc_writer *writer)
{
    if (!buf_ok(&writer->pending))
        return broken(writer, RESULT_BROKEN, "no memory for the compressed record");
    if (disk_write(writer->fd, writer->pending.data, writer->pending.length, writer->open_path,
                   &writer->trouble) != RESULT_OK)
        return break_off(writer);
    writer->written += (int64_t)writer->pending.length;
    if (writer->whole_digester)
        digester_add(writer->whole_digester, writer->pending.data, writer->pending.length);
    buf_clear(&writer->pending);
    if (writer->written >= writer->whole)
        writer->kept = writer->whole;
    return WARC_OK;
}

static bool join_path(const struct warc_writer *writer, const char *ending, char out[PATH_MAX])
{
    const char *directory = *writer->directory ? writer->directory : ".";
    return snprintf(out, PATH_MAX, "%s/%s%s", directory, writer->name, ending) < PATH_MAX;
}

/* Opens the next file under a name that no other file has. */
static enum warc_result create_file(struct warc_writer *writer)
{
    for (int i = 0; i < NAME_TRIES; i++) {
        char date[DATE_17_SIZE];
        date_write_17(clock_wall_ms(), date);
        snprintf(writer->name, sizeof writer->name, "%s-%s-%05u%s%s.warc.gz", writer->prefix, date,
                 writer->serial++ % 100000u, *writer->hostname ? "-" : "", writer->hostname);
        if (!join_path(writer, ".open", writer->open_path) ||
            !join_path(writer, "", writer->final_path)) {
            trouble_say(&writer->trouble, RESULT_BROKEN, "the path is too long: %s",
                        writer->directory);
            break;
        }
        if (disk_exists(writer->final_path))
            continue;
        writer->fd = disk_create(writer->open_path, &writer->trouble);
        if (writer->fd >= 0 || writer->trouble.os_error != EEXIST)
            break;
    }
    if (writer->fd < 0) {
        writer->name[0] = '\0';
        writer->broken = true;
        return WARC_BROKEN;
    }
    /* The lock tells warc_mend() that a running writer has the file.  File systems without locks do
     * without. */
    flock(writer->fd, LOCK_EX | LOCK_NB);
    writer->records = writer->written = writer->whole = writer->kept = writer->synced =
        writer->committed = 0;
    ids_clear(&writer->ids);
    if (writer->logs_commits &&
        (writer->commits_fd = commits_create(writer->final_path, &writer->trouble)) < 0)
        return break_off(writer);
    if (writer->whole_digester)
        digester_begin(writer->whole_digester);
    if (disk_sync_directory(*writer->directory ? writer->directory : ".", &writer->trouble) !=
        RESULT_OK)
        return break_off(writer);
    return WARC_OK;
}

static enum warc_result put_warcinfo(struct warc_writer *writer)
{
    const struct warc_field filename = {"WARC-Filename", writer->name};
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

enum warc_result warc_writer_begin_event(struct warc_writer *writer)
{
    if (writer->broken)
        return WARC_BROKEN;
    enum warc_result result = WARC_OK;
    writer->whole = warc_writer_size(writer);
    if (writer->fd >= 0 && writer->records > 0 &&
        warc_writer_size(writer) >= writer->file_size_bytes)
        result = warc_writer_finish_file(writer);
    if (result == WARC_OK && writer->fd < 0) {
        result = create_file(writer);
        if (result == WARC_OK)
            result = put_warcinfo(writer);
        if (result == WARC_OK)
            writer->whole = warc_writer_size(writer);
    }
    if (result == WARC_OK && writer->pending.length >= FLUSH_BETWEEN_EVENTS)
        result = flush(writer);
    return result;
}

enum warc_result warc_writer_sync(struct warc_writer *writer)
{
    if (writer->broken)
        return WARC_BROKEN;
    if (writer->fd < 0)
        return WARC_OK;
    enum warc_result result = flush(writer);
    if (result == WARC_OK &&
        disk_sync(writer->fd, writer->open_path, &writer->trouble) != RESULT_OK) {
        writer->broken = true;
        cut_back(writer, writer->synced);
        return WARC_BROKEN;
    }
    if (result == WARC_OK)
        writer->synced = writer->written;
    if (result == WARC_OK && writer->commits_fd >= 0 && writer->committed != writer->synced) {
        if (commits_add(writer->commits_fd, writer->final_path, writer->synced, &writer->trouble) !=
            RESULT_OK)
            return break_off(writer);
        writer->committed = writer->synced;
    }
    return result;
}

static void close_commits(struct warc_writer *writer)
{
    if (writer->commits_fd >= 0)
        close(writer->commits_fd);
    writer->commits_fd = -1;
}

enum warc_result warc_writer_finish_file(struct warc_writer *writer)
{
    enum warc_result result = warc_writer_sync(writer);
    if (result != WARC_OK || writer->fd < 0)
        return result;
    enum result done = RESULT_OK;
    int closed = close(writer->fd);
    writer->fd = -1;
    if (closed != 0)
        done =
            trouble_say_os(&writer->trouble, RESULT_BROKEN, "cannot close %s", writer->open_path);
    else if (writer->records)
        done = disk_rename(writer->open_path, writer->final_path, &writer->trouble);
    else if (unlink(writer->open_path) != 0) /* nothing but a warcinfo: not worth a file */
        done =
            trouble_say_os(&writer->trouble, RESULT_BROKEN, "cannot remove %s", writer->open_path);
    if (done == RESULT_OK)
        done = disk_sync_directory(*writer->directory ? writer->directory : ".", &writer->trouble);
    writer->broken = done != RESULT_OK;
    if (done == RESULT_OK && writer->commits_fd >= 0)
        commits_remove(writer->final_path);
    close_commits(writer);
    if (done == RESULT_OK && writer->records && writer->finished) {
        unsigned char sha256[DIGEST_MOST_BYTES];
        digester_end(writer->whole_digester, sha256);
        writer->finished(writer->context, writer->name, writer->written, sha256);
    }
    writer->name[0] = '\0';
    writer->records = writer->written = writer->whole = writer->kept = writer->synced =
        writer->committed = 0;
    return done == RESULT_OK ? WARC_OK : WARC_BROKEN;
}

enum warc_result warc_writer_close(struct warc_writer *writer)
{
    if (!writer)
        return WARC_OK;
    enum warc_result result = warc_writer_finish_file(writer);
    if (writer->fd >= 0)
        close(writer->fd);
    close_commits(writer);
    ids_release(&writer->ids);
    http_split_release(&writer->split);
    digester_free(writer->payload_digester);
    spool_release(&writer->spool);
    buf_release(&writer->record);
    buf_release(&writer->pending);
    digester_free(writer->digester);
    digester_free(writer->whole_digester);
    gzip_free(writer->gzip);
    free(writer->fields);
    free(writer->piece);
    free(writer->directory);
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
        return broken(writer, RESULT_BROKEN, "no memory to read the block");
    for (int64_t at = 0; at < draft->block_fd_length && result == WARC_OK;) {
        int64_t left = draft->block_fd_length - at;
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
    digester_add(writer->digester, piece.at, piece.length);
    while (writer->digests_payload && piece.length) {
        struct text body, payload;
        http_split_take(&writer->split, &piece, &body, &payload);
        digester_add(writer->payload_digester, payload.at, payload.length);
        writer->payload_length += (int64_t)payload.length;
    }
    return WARC_OK;
}

static enum warc_result compress_piece(struct warc_writer *writer, struct text piece)
{
    if (!gzip_stream_add(writer->gzip, piece, &writer->pending))
        return broken(writer, RESULT_BROKEN, "no memory for the compressed record");
    return writer->pending.length >= FLUSH_INSIDE_EVENT ? flush(writer) : WARC_OK;
}

/* ---- the header ---- */

/* The values of the fields that the writer makes. */
struct frame {
    char date[DATE_WARC_SIZE];
    char block_digest[DIGEST_SHA1_TEXT];
    char payload_digest[DIGEST_SHA1_TEXT];
    char length[24];
};

/* Whether the standard has a payload digest for such a record, and the draft leaves it to the
 * writer.  That of a segment covers all segments, so the writer cannot compute it. */
static bool wants_payload_digest(const struct warc_draft *draft)
{
    const struct warc_record record = {.fields = draft->fields, .field_count = draft->field_count};
    return !draft->payload_digest && !warc_record_field(&record, "WARC-Segment-Number") &&
           (draft->type == WARC_RESPONSE || draft->type == WARC_RESOURCE ||
            draft->type == WARC_REQUEST || draft->type == WARC_CONVERSION);
}

static bool is_http(const struct warc_draft *draft)
{
    return draft->content_type &&
           text_starts_nocase(text_of(draft->content_type), TEXT("application/http"));
}

/* Digests the block, and the payload too unless the payload is the block. */
static enum warc_result digest_block(struct warc_writer *writer, const struct warc_draft *draft)
{
    digester_begin(writer->digester);
    writer->digests_payload = wants_payload_digest(draft) && is_http(draft);
    writer->payload_length = 0;
    if (writer->digests_payload) {
        if (!writer->payload_digester && !(writer->payload_digester = digester_new(DIGEST_SHA1)))
            return broken(writer, RESULT_BROKEN, "no memory for a digest");
        digester_begin(writer->payload_digester);
        http_split_begin(&writer->split, draft->type == WARC_REQUEST);
    }
    enum warc_result result = read_block(writer, draft, digest_piece);
    if (writer->digests_payload)
        http_split_end(&writer->split);
    return result;
}

/* The payload digest of the record; NULL: it has none.  A request without a body has no payload.
 * Neither has a message that cannot be parsed. */
static const char *payload_digest_of(struct warc_writer *writer, const struct warc_draft *draft,
                                     struct frame *frame)
{
    unsigned char sha1[DIGEST_MOST_BYTES];
    if (draft->payload_digest)
        return *draft->payload_digest ? draft->payload_digest : NULL;
    if (!wants_payload_digest(draft))
        return NULL;
    if (!writer->digests_payload)
        return frame->block_digest;
    if (!writer->split.readable || (draft->type == WARC_REQUEST && !writer->payload_length))
        return NULL;
    digester_end(writer->payload_digester, sha1);
    digest_sha1_text(sha1, frame->payload_digest);
    return frame->payload_digest;
}

static void add_field(struct warc_record *record, struct warc_field *fields, const char *name,
                      const char *value)
{
    if (value)
        fields[record->field_count++] = (struct warc_field){name, value};
}

static void add_slot(struct warc_record *record, struct warc_field *fields,
                     const struct warc_draft *draft, enum field_slot slot)
{
    for (size_t i = 0; i < draft->field_count; i++)
        if (rules_slot(draft->fields[i].name) == slot)
            add_field(record, fields, draft->fields[i].name, draft->fields[i].value);
}

/* Puts all fields in their order.  False when there is no memory. */
static bool arrange_fields(struct warc_writer *writer, const struct warc_draft *draft,
                           struct frame *frame, struct warc_record *record)
{
    size_t most = draft->field_count + FRAME_FIELDS;
    if (most > writer->field_room) {
        struct warc_field *more = realloc(writer->fields, most * sizeof *more);
        if (!more)
            return false;
        writer->fields = more;
        writer->field_room = most;
    }
    struct warc_field *fields = writer->fields;
    record->fields = fields;
    add_field(record, fields, "WARC-Type", warc_type_name(draft->type));
    add_field(record, fields, "WARC-Record-ID", draft->id);
    add_field(record, fields, "WARC-Date", frame->date);
    add_field(record, fields, "WARC-Target-URI", draft->target_uri);
    add_slot(record, fields, draft, SLOT_FRONT);
    if (draft->type != WARC_WARCINFO)
        add_field(record, fields, "WARC-Warcinfo-ID", writer->warcinfo_id);
    add_slot(record, fields, draft, SLOT_MIDDLE);
    add_field(record, fields, "WARC-Block-Digest", frame->block_digest);
    const char *digest = payload_digest_of(writer, draft, frame);
    snprintf(writer->payload_digest, sizeof writer->payload_digest, "%s", digest ? digest : "");
    add_field(record, fields, "WARC-Payload-Digest", digest);
    add_slot(record, fields, draft, SLOT_BACK);
    add_field(record, fields, "Content-Type", draft->content_type);
    add_field(record, fields, "Content-Length", frame->length);
    return true;
}

/* Whether the rule is about something that the standard allows but that has a form which every tool
 * understands.  A careful writer uses that form. */
static bool has_better_form(enum rule rule)
{
    return rule == RULE_DIGEST_CASE || rule == RULE_DIGEST_PADDED ||
           rule == RULE_ADDRESS_CANONICAL || rule == RULE_HEADER_ENCODED_WORD;
}

/* Keeps the words of the first rule that the record breaks. */
static void refuse(void *context, enum rule rule, const char *words)
{
    struct warc_writer *writer = context;
    if ((rule_row(rule)->level == WARC_NOTE && !has_better_form(rule)) ||
        writer->trouble.result == RESULT_LOST)
        return;
    trouble_say(&writer->trouble, RESULT_LOST, "the record breaks the rule %s (WARC 1.1, %s): %s",
                rule_row(rule)->name, rule_row(rule)->clause, words);
}

/* Writes the header into writer->record. */
static enum warc_result build_header(struct warc_writer *writer, const struct warc_draft *draft,
                                     int64_t length)
{
    struct frame frame;
    unsigned char sha1[DIGEST_MOST_BYTES];
    struct warc_record record = {.type = draft->type, .version = 11, .content_length = length};
    digester_end(writer->digester, sha1);
    digest_sha1_text(sha1, frame.block_digest);
    date_write_warc(draft->date_ms ? draft->date_ms : clock_wall_ms(), frame.date);
    snprintf(frame.length, sizeof frame.length, "%lld", (long long)length);
    if (!arrange_fields(writer, draft, &frame, &record))
        return broken(writer, RESULT_BROKEN, "no memory for the fields of the record");

    struct rule_listener listener = {refuse, writer};
    writer->trouble = trouble_none();
    rules_check(&record, &listener);
    if (writer->trouble.result == RESULT_LOST)
        return WARC_LOST;

    struct buf *out = &writer->record;
    buf_clear(out);
    buf_add(out, "WARC/1.1\r\n");
    for (size_t i = 0; i < record.field_count; i++) {
        buf_add(out, record.fields[i].name);
        buf_add(out, ": ");
        buf_add(out, record.fields[i].value);
        buf_add(out, "\r\n");
    }
    buf_add(out, "\r\n");
    if (!buf_ok(out) || out->length > WARC_HEADER_MOST) {
        rule_tell(&listener, RULE_HEADER_TOO_LONG, "%zu bytes", out->length);
        return WARC_LOST;
    }
    return WARC_OK;
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
                                                 buf_text(&writer->record), &writer->pending))
        return broken(writer, RESULT_BROKEN, "no memory for the compressed record");
    return writer->pending.length >= FLUSH_INSIDE_EVENT ? flush(writer) : WARC_OK;
}

/* Here a block that cannot be read breaks the writer, because part of the record may be in the file
 * already. */
static enum warc_result compress_in_pieces(struct warc_writer *writer,
                                           const struct warc_draft *draft)
{
    enum warc_result result = WARC_OK;
    if (!gzip_stream_begin(writer->gzip, effort_for(writer, draft)))
        return broken(writer, RESULT_BROKEN, "no memory to compress");
    result = compress_piece(writer, buf_text(&writer->record));
    if (result == WARC_OK)
        result = read_block(writer, draft, compress_piece);
    if (result == WARC_LOST)
        return break_off(writer);
    if (result == WARC_OK)
        result = compress_piece(writer, TEXT("\r\n\r\n"));
    if (result == WARC_OK && !gzip_stream_end(writer->gzip, &writer->pending))
        result = broken(writer, RESULT_BROKEN, "no memory for the compressed record");
    return result;
}

static enum warc_result lose(struct warc_writer *writer, const char *words)
{
    trouble_say(&writer->trouble, RESULT_LOST, "%s", words);
    return WARC_LOST;
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
    if (writer->broken)
        return WARC_BROKEN;
    if (writer->fd < 0)
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
        snprintf(place->file, sizeof place->file, "%s", writer->name);
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
