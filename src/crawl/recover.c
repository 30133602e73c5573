/*
 * Reads the archive's WARC files from where the knowledge of the store ends.  Each record tells the
 * index, the deduplication and the store what it contains.
 */
#include <config.h>

#include "crawl/recover.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/text.h"
#include "base/wording.h"
#include "capture/payload_identity.h"
#include "capture/writer_set.h"
#include "collection/index_cdxj.h"
#include "collection/request_method.h"
#include "crawl/recover_foreign.h"
#include "crawl/recover_robots.h"
#include "http/http_message.h"
#include "warc/mend.h"
#include "warccap/warc.h"
#include "web/robots.h"

enum {
    METADATA_MOST = CAPTURE_OUTLINKS_MOST + 16 * 1024 * 1024,
    HEAD_MOST = 1024 * 1024,
    TAG_NAMES_MOST = 64 * 1024 * 1024,
    LINES_FLUSH = 8 << 20
};

/* The last response that was read. */
struct last_response {
    int status;
    struct buf robots;        /* its body, if it is a robots.txt */
    struct held_capture held; /* from it; status 0: unknown */
    struct buf held_url;
    char digest[DIGEST_SHA1_TEXT]; /* of its payload, computed; empty: it was not */
};

/* The file that is read. */
struct present_file {
    bool is_foreign; /* another program wrote it */
    struct request_method method;
};

/* What reads bodies. */
struct foreign_reading {
    struct page_reader *bodies;    /* NULL: they are read here */
    struct foreign_reader *reader; /* NULL: there was no such file yet */
};

/* What is found of the archive's files before they are read. */
struct files_found {
    int known;               /* to the store */
    int missing;             /* ... and not there any more */
    char first_missing[256]; /* empty: none */
};

struct recovery {
    const struct collection *collection;
    struct store *store;
    struct dedup *dedup;
    struct payload_reader payload;
    recover_take *take;
    void (*say)(void *context, bool is_damage, const char *words);
    void *context;
    const volatile sig_atomic_t *stop;
    struct trouble *trouble;
    bool no_index;       /* it is missing or empty, and is made anew */
    bool no_dedup_state; /* no file is known to be in it: payloads of all files are learned */
    struct files_found files;
    struct buf names; /* of WARC files, each with a NUL */
    struct buf block; /* of the present record, as much as is needed */
    struct buf lines; /* new lines of the index */
    struct buf scratch;
    struct last_response last;
    struct present_file file;
    struct foreign_reading foreign;
};

/* ---- files that a killed run left open ---- */

/* The file can't be finished, because a finished file has its name.  Under another name nothing is
 * lost, and nothing is taken for more than it is. */
static enum result put_aside(struct recovery *recovery, const char *path, const char *finished)
{
    char aside[PATH_MAX], date[DATE_14_SIZE], words[3 * PATH_MAX + 100];
    date_write_14(clock_wall_ms(), date);
    if (snprintf(aside, sizeof aside, "%.*s.torn-%s", (int)(strlen(finished) - strlen(".warc.gz")),
                 finished, date) >= (int)sizeof aside)
        return trouble_say(recovery->trouble, RESULT_BROKEN, "the path is too long: %s", finished);
    if (disk_rename(path, aside, recovery->trouble) != RESULT_OK)
        return RESULT_BROKEN;
    snprintf(words, sizeof words,
             "%s already exists, with other contents: %s was put aside as %s, complete", finished,
             path, aside);
    recovery->say(recovery->context, true, words);
    return RESULT_OK;
}

static bool is_stopped(void *context)
{
    const struct recovery *recovery = context;
    return *recovery->stop;
}

static struct give_up until_stopped(struct recovery *recovery)
{
    return (struct give_up){is_stopped, recovery};
}

static enum result say_stopped(struct recovery *recovery)
{
    return trouble_say(recovery->trouble, RESULT_END,
                       "stopped by a signal while the archive was read");
}

/* A revisit must not refer to a record that is lost, and it is not known which payloads were
 * lost.  So all are learned anew, from what is there.  A failure is left in recovery->trouble. */
static void forget_payloads(struct recovery *recovery)
{
    if (recovery->dedup && !dedup_is_empty(recovery->dedup))
        result_ignore(dedup_forget(recovery->dedup, recovery->trouble));
}

static void mend_if_open(void *context, const char *name)
{
    struct recovery *recovery = context;
    char path[PATH_MAX], finished[PATH_MAX], final[256], words[512];
    struct file_progress file;
    if (recovery->trouble->result != RESULT_OK || !text_ends(text_of(name), TEXT(".warc.gz.open")))
        return;
    snprintf(path, sizeof path, "%s/%s", recovery->collection->archive, name);
    snprintf(final, sizeof final, "%.*s", (int)(strlen(name) - strlen(".open")), name);
    if (progress_file(recovery->store->progress, final, &file, recovery->trouble) != RESULT_OK)
        return;
    enum warc_result result = warc_mend_until(path, file.known_bytes, until_stopped(recovery),
                                              final, words, sizeof words);
    snprintf(finished, sizeof finished, "%.*s", (int)(strlen(path) - strlen(".open")), path);
    if (result == WARC_BROKEN && *recovery->stop)
        result_ignore(say_stopped(recovery));
    /* the lock in state/ may be gone while its run still writes */
    else if (result == WARC_BROKEN && disk_is_locked(path))
        trouble_say(recovery->trouble, RESULT_AGAIN,
                    "another run is writing %s, although state/ does not know of it. Wait "
                    "until it ends, or stop it",
                    path);
    else if (result == WARC_BROKEN && disk_exists(finished))
        put_aside(recovery, path, finished);
    else if (result != WARC_BROKEN) {
        if (result == WARC_LOST)
            forget_payloads(recovery);
        recovery->say(recovery->context, result == WARC_LOST, words);
    } else if (recovery->trouble->result == RESULT_OK)
        trouble_say(recovery->trouble, RESULT_BROKEN, "%s", words);
}

/* A file is left alone, or not all of it can be taken in.  Its name, what, and what to do. */
static void say_of_file(struct recovery *recovery, bool is_damage, const char *name,
                        const char *what)
{
    char words[PATH_MAX + 512];
    snprintf(words, sizeof words, "%s/%s %s", recovery->collection->archive, name, what);
    recovery->say(recovery->context, is_damage, words);
}

static void note_file(void *context, const char *name)
{
    struct recovery *recovery = context;
    char path[PATH_MAX];
    if (!collection_is_archive_file(name))
        return;
    snprintf(path, sizeof path, "%s/%s", recovery->collection->archive, name);
    if (disk_is_directory(path))
        say_of_file(recovery, false, name, "is a directory: WARC files must be in archive/ itself");
    else if (!disk_file_size(path))
        say_of_file(recovery, false, name, "is empty, and is left alone");
    else
        buf_append(&recovery->names, name, strlen(name) + 1);
}

static void note_missing(void *context, struct text name)
{
    struct recovery *recovery = context;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%.*s", recovery->collection->archive, TEXT_ARGS(name));
    recovery->files.known++;
    if (disk_exists(path))
        return;
    if (!recovery->files.missing++)
        snprintf(recovery->files.first_missing, sizeof recovery->files.first_missing, "%.*s",
                 TEXT_ARGS(name));
}

/* Captured URLs are not requested again, and revisits refer to their records.  Without these files
 * the run can't continue. */
static enum result check_all_are_there(struct recovery *recovery)
{
    enum result result =
        progress_each_file(recovery->store->progress, note_missing, recovery, recovery->trouble);
    if (result != RESULT_OK || !recovery->files.missing)
        return result;
    return trouble_say(recovery->trouble, RESULT_BROKEN,
                       "finished files are missing from %s (%d, the first is %s). If a disk is not "
                       "mounted, mount it; otherwise restore them from a copy. If there is none, "
                       "move the directory state/ away: then what was lost is captured again",
                       recovery->collection->archive, recovery->files.missing,
                       recovery->files.first_missing);
}

/* Only a store that knows files can tell whether one is missing. */
static void check_payloads(struct recovery *recovery)
{
    if (!recovery->files.known)
        forget_payloads(recovery);
    recovery->no_dedup_state = recovery->dedup && dedup_is_empty(recovery->dedup);
}

/* ---- records ---- */

/* Reads up to `most` bytes of the present block. */
static void read_block(struct warc_reader *reader, struct buf *out, size_t most)
{
    const char *bytes;
    size_t length;
    buf_clear(out);
    while (out->length < most && warc_reader_block(reader, &bytes, &length) == WARC_OK)
        buf_append(out, bytes, length < most - out->length ? length : most - out->length);
}

static enum result learn_metadata(struct recovery *recovery, const struct warc_record *record)
{
    struct text url = foreign_uri(record, "WARC-Target-URI");
    if (!url.length)
        return RESULT_OK;
    struct recovered recovered = {.url = url, .status = recovery->last.status};
    provenance_read(buf_text(&recovery->block), &recovered.provenance, NULL);
    if (recovered.provenance.kind == VISIT_ROBOTS)
        recovered.robots = buf_text(&recovery->last.robots);
    else if (recovery->last.held.status) {
        recovery->last.held.original_url = buf_text(&recovery->last.held_url);
        recovered.held = &recovery->last.held;
    }
    enum result result = recovery->take(recovery->context, &recovered, recovery->trouble);
    recovery->last.status = 0;
    recovery->last.held.status = 0;
    return result;
}

static void copy_field(const struct warc_record *record, const char *name, char *out, size_t size)
{
    const char *value = warc_record_field(record, name);
    snprintf(out, size, "%s", value ? value : "");
}

static void copy_text(struct text text, char *out, size_t size)
{
    snprintf(out, size, "%.*s", text.length < size ? (int)text.length : 0, text.at);
}

/* Learns from a response, or from a revisit of one, what the archive has of its URL. */
static void learn_held(struct recovery *recovery, const struct warc_record *record,
                       const struct http_head *head)
{
    bool recrawl = record->type == WARC_REVISIT;
    struct held_capture *held = &recovery->last.held;
    struct text url =
        foreign_uri(record, recrawl ? "WARC-Refers-To-Target-URI" : "WARC-Target-URI");
    if (head->status != 200 || !url.length || (!recrawl && !foreign_may_be_referred_to(record)) ||
        (!recrawl && warc_record_field(record, "WARC-Truncated")))
        return;
    *held = (struct held_capture){.status = 200};
    copy_text(http_field(head, "ETag"), held->etag, sizeof held->etag);
    copy_text(http_field(head, "Last-Modified"), held->modified, sizeof held->modified);
    copy_field(record, "WARC-Payload-Digest", held->digest, sizeof held->digest);
    copy_field(record, recrawl ? "WARC-Refers-To" : "WARC-Record-ID", held->original_id,
               sizeof held->original_id);
    copy_field(record, recrawl ? "WARC-Refers-To-Date" : "WARC-Date", held->original_date,
               sizeof held->original_date);
    buf_clear(&recovery->last.held_url);
    buf_add_text(&recovery->last.held_url, url);
}

/* Whether later responses may refer to this payload: it is complete, and not known yet. */
static bool may_be_original(const struct recovery *recovery, const struct warc_record *record)
{
    return recovery->last.status && record->type == WARC_RESPONSE &&
           !warc_record_field(record, "WARC-Truncated") && foreign_may_be_referred_to(record) &&
           foreign_uri(record, "WARC-Target-URI").length <= ORIGINAL_URL_MOST;
}

static void learn_dedup(struct recovery *recovery, const struct warc_record *record,
                        const struct payload_identity *identity)
{
    struct dedup_original original;
    if (dedup_find(recovery->dedup, &identity->payload, &original) != DEDUP_NONE)
        return;
    copy_field(record, "WARC-Record-ID", original.id, sizeof original.id);
    copy_field(record, "WARC-Date", original.date, sizeof original.date);
    snprintf(original.url, sizeof original.url, "%.*s",
             TEXT_ARGS(foreign_uri(record, "WARC-Target-URI")));
    dedup_add(recovery->dedup, &identity->payload, &original);
}

/* False: the record gets no line, so players do not find it. */
static bool index_record(struct recovery *recovery, const struct warc_record *record,
                         const struct warc_place *place)
{
    struct cdxj_entry entry;
    buf_clear(&recovery->scratch);
    bool indexed = cdxj_entry_from_record(record, buf_text(&recovery->block), place, &entry,
                                          &recovery->scratch);
    if (indexed)
        cdxj_line_write(&entry, &recovery->lines);
    return indexed;
}

/* Gathers the head of a response or revisit in recovery->block.  If it is not HTTP: the start of
 * its block. */
static void read_head(struct recovery *recovery, struct warc_payload *payload)
{
    struct buf *out = &recovery->block;
    const char *bytes;
    size_t length;
    const char *head = warc_payload_head(payload, &length);
    buf_clear(out);
    if (head) {
        buf_append(out, head, length);
        return;
    }
    while (out->length < HEAD_MOST && warc_payload_read(payload, &bytes, &length) == WARC_OK)
        buf_append(out, bytes, length < HEAD_MOST - out->length ? length : HEAD_MOST - out->length);
}

/* Learns from a response or revisit what later records and captures need.  Sets *identity when the
 * payload may be an original. */
static enum result learn_response(struct recovery *recovery, struct warc_reader *reader,
                                  const struct warc_record *record, bool wants_payload,
                                  struct payload_identity *identity)
{
    struct http_head head = {0};
    struct text url = foreign_uri(record, "WARC-Target-URI");
    struct page_reader *bodies = recovery->foreign.bodies;
    bool robots = text_ends(url, TEXT("/robots.txt"));
    struct warc_payload *payload =
        warc_payload_open(reader, record, robots ? recover_robots_flags(bodies) : 0);
    if (!payload)
        return trouble_say(recovery->trouble, RESULT_BROKEN, "no memory to read the archive");
    read_head(recovery, payload);
    recovery->last.digest[0] = '\0';
    if (url.length) {
        recovery->last.held.status = 0;
        recovery->last.status =
            http_response_read(&head, buf_text(&recovery->block)) ? head.status : 0;
        if (head.no_memory)
            buf_fail(&recovery->block);
        if (recovery->last.status)
            learn_held(recovery, record, &head);
        buf_clear(&recovery->last.robots);
        if (robots && recovery->last.status)
            recover_robots_read(bodies, url, &head, buf_text(&recovery->block), payload,
                                &recovery->last.robots);
        else if (wants_payload && may_be_original(recovery, record) &&
                 payload_read_stored(&recovery->payload, &head, payload, identity) == RESULT_OK) {
            identity->known = payload_identity_may_be_shared(identity, &head);
            digest_sha1_text(identity->payload.sha1, recovery->last.digest);
        }
        if (!recovery->last.status && record->type == WARC_REVISIT)
            recovery->last.status = 200; /* the archive has what it refers to */
    }
    warc_payload_close(payload);
    http_head_release(&head);
    return RESULT_OK;
}

/* A response in a file of another program: no metadata record follows that would tell of it.  Its
 * own digest may be missing, or of another kind than those that later captures are compared with.
 */
static enum result learn_foreign(struct recovery *recovery, const struct warc_record *record,
                                 const struct warc_place *place)
{
    struct held_capture *held = &recovery->last.held;
    struct recovered recovered = {.url = foreign_uri(record, "WARC-Target-URI"),
                                  .status = recovery->last.status};
    enum result result = recovery->foreign.reader
                             ? RESULT_OK
                             : foreign_reader_new(&recovery->foreign.reader, recovery->collection,
                                                  recovery->foreign.bodies, recovery->trouble);
    if (result == RESULT_OK)
        result = foreign_read(recovery->foreign.reader, place, record->type == WARC_REVISIT,
                              &recovered, recovery->trouble);
    if (recovery->last.digest[0])
        memcpy(held->digest, recovery->last.digest, sizeof recovery->last.digest);
    if (held->status && recovered.provenance.kind != VISIT_ROBOTS) {
        held->original_url = buf_text(&recovery->last.held_url);
        recovered.held = held;
    }
    if (result == RESULT_OK)
        result = recovery->take(recovery->context, &recovered, recovery->trouble);
    recovery->last.status = held->status = 0;
    return result == RESULT_END ? RESULT_OK : result;
}

/* Then what was read is not all that there was. */
static bool has_no_memory(const struct recovery *recovery)
{
    return buf_is_out_of_memory(&recovery->block) || buf_is_out_of_memory(&recovery->lines) ||
           buf_is_out_of_memory(&recovery->scratch) ||
           buf_is_out_of_memory(&recovery->last.robots) ||
           buf_is_out_of_memory(&recovery->last.held_url) || !buf_ok(&recovery->lines) ||
           recovery->file.method.no_memory;
}

static enum result learn_record(struct recovery *recovery, struct warc_reader *reader,
                                const struct warc_record *record, bool unknown)
{
    struct warc_place place;
    struct payload_identity identity = {.known = false};
    bool metadata = record->type == WARC_METADATA, warcinfo = record->type == WARC_WARCINFO,
         response = record->type == WARC_RESPONSE || record->type == WARC_REVISIT;
    /* If the record is known already, its head is enough, for the index. */
    bool payload = recovery->dedup && (unknown || recovery->no_dedup_state);
    enum result result = RESULT_OK;
    if (response)
        result = learn_response(recovery, reader, record, payload, &identity);
    else
        read_block(reader, &recovery->block, metadata || warcinfo ? METADATA_MOST : HEAD_MOST);
    /* The header lives until the next record; the place is known at the end of this one. */
    if (result != RESULT_OK || warc_reader_finish(reader, &place) <= WARC_LOST)
        return result;
    if (record->type == WARC_REQUEST && recovery->file.is_foreign)
        request_method_note(&recovery->file.method, record, buf_text(&recovery->block));
    if (response && recovery->file.is_foreign &&
        !request_method_is_get(&recovery->file.method, record, &place))
        return RESULT_OK; /* not what the URL has */
    if (identity.known)
        learn_dedup(recovery, record, &identity);
    bool indexed = index_record(recovery, record, &place);
    if (has_no_memory(recovery))
        return trouble_say(recovery->trouble, RESULT_BROKEN, "no memory to read the archive");
    if (warcinfo)
        recovery->file.is_foreign = !foreign_is_ours(buf_text(&recovery->block));
    if (warcinfo && unknown && !recovery->file.is_foreign) {
        const struct recovered recovered = {.warcinfo = buf_text(&recovery->block)};
        return recovery->take(recovery->context, &recovered, recovery->trouble);
    }
    if (recovery->file.is_foreign)
        return response && unknown && indexed ? learn_foreign(recovery, record, &place) : RESULT_OK;
    return metadata && unknown ? learn_metadata(recovery, record) : RESULT_OK;
}

static enum result flush_lines(struct recovery *recovery)
{
    enum result result = RESULT_OK;
    if (recovery->lines.length)
        result = cdxj_sort(&recovery->lines, recovery->trouble);
    if (result == RESULT_OK && recovery->lines.length)
        result =
            cdxj_merge(recovery->collection->index, buf_text(&recovery->lines), recovery->trouble);
    buf_clear(&recovery->lines);
    return result;
}

/* How much of a file could be taken in. */
struct file_taken {
    int64_t records, lost, lost_at; /* how many; where the first one was lost */
    char words[256];                /* why */
};

static void note_lost(struct file_taken *taken, const struct warc_reader *reader)
{
    if (taken->lost++)
        return;
    taken->lost_at = warc_reader_offset(reader);
    snprintf(taken->words, sizeof taken->words, "%s", warc_reader_words(reader));
}

static void say_what_is_lost(struct recovery *recovery, const char *name,
                             const struct file_taken *taken)
{
    char what[512];
    if (!taken->records)
        snprintf(
            what, sizeof what,
            "is not a WARC or ARC file: no record could be read from offset %lld on (%s). It is "
            "left alone; move it out of archive/",
            (long long)taken->lost_at, taken->lost ? taken->words : "there is none");
    else
        snprintf(what, sizeof what,
                 "is damaged at offset %lld (%s). %lld %s could be read and %s taken in; "
                 "for a sound copy, ask whoever made it",
                 (long long)taken->lost_at, taken->words, (long long)taken->records,
                 wording_plural((uint64_t)taken->records, "record", "records"),
                 wording_plural((uint64_t)taken->records, "is", "are"));
    say_of_file(recovery, true, name, what);
}

/* A file is learned up to `size`.  `is_new`: some of it was not known before. */
static enum result keep_file(struct recovery *recovery, const char *name, bool is_new, int64_t size)
{
    enum result result = flush_lines(recovery);
    if (result == RESULT_OK)
        result = progress_keep_file(recovery->store->progress, name,
                                    (struct file_progress){size, size}, recovery->trouble);
    /* After each file, so that a start that is killed in a large archive has not worked in vain. */
    if (result == RESULT_OK && is_new && recovery->dedup)
        result = dedup_commit(recovery->dedup, recovery->trouble);
    if (result == RESULT_OK && is_new)
        result = store_commit(recovery->store, recovery->trouble);
    return result;
}

/* Reads what the store or the index does not know of a file yet. */
static enum result learn_file(struct recovery *recovery, const char *name)
{
    char path[PATH_MAX];
    struct file_progress file;
    enum result result = progress_file(recovery->store->progress, name, &file, recovery->trouble);
    int64_t known = file.known_bytes, indexed = file.indexed_bytes;
    snprintf(path, sizeof path, "%s/%s", recovery->collection->archive, name);
    if (recovery->no_index)
        indexed = 0;
    int64_t size = disk_file_size(path), from = recovery->no_dedup_state ? 0
                                                : known < indexed        ? known
                                                                         : indexed;
    if (result == RESULT_OK && size < known)
        return trouble_say(
            recovery->trouble, RESULT_BROKEN,
            "%s has only %lld of the %lld bytes that were written and synced. "
            "Restore it from a copy. If there is none, move the directory state/ away: "
            "then what was lost is captured again",
            path, (long long)size, (long long)known);
    if (result != RESULT_OK || from >= size)
        return result;
    struct warc_reader *reader = warc_reader_open_until(path, until_stopped(recovery));
    if (!reader)
        return trouble_say(recovery->trouble, RESULT_BROKEN, "no memory to read %s", path);
    /* Until its warcinfo says otherwise.  Of our own files only the end may be unknown. */
    recovery->file.is_foreign = !known;
    request_method_init(&recovery->file.method, path);
    struct file_taken taken = {.records = 0};
    const struct warc_record *record;
    enum warc_result got = from ? warc_reader_seek(reader, from) : WARC_OK;
    while (result == RESULT_OK && got != WARC_BROKEN &&
           (got = warc_reader_next(reader, &record)) != WARC_END && got != WARC_BROKEN) {
        taken.records += got != WARC_LOST;
        if (got == WARC_LOST) {
            note_lost(&taken, reader);
            continue;
        }
        if (*recovery->stop)
            break;
        result = learn_record(recovery, reader, record, warc_reader_offset(reader) >= known);
        if (result == RESULT_OK && recovery->lines.length > LINES_FLUSH)
            result = flush_lines(recovery);
    }
    if (result == RESULT_OK && *recovery->stop)
        result = say_stopped(recovery);
    else if (result == RESULT_OK && got == WARC_BROKEN)
        result = trouble_say(recovery->trouble, RESULT_BROKEN, "cannot read %s: %s", path,
                             warc_reader_words(reader));
    warc_reader_close(reader);
    request_method_release(&recovery->file.method);
    if (result == RESULT_OK && !known && (taken.lost || !taken.records))
        say_what_is_lost(recovery, name, &taken);
    return result == RESULT_OK ? keep_file(recovery, name, known < size, size) : result;
}

enum result recover_collection(const struct collection *collection, struct store *store,
                               struct dedup *dedup, recover_take *take,
                               void (*say)(void *context, bool is_damage, const char *words),
                               void *context, const volatile sig_atomic_t *stop,
                               struct page_reader *reader, struct trouble *trouble)
{
    struct recovery recovery = {.collection = collection,
                                .foreign = {.bodies = reader},
                                .store = store,
                                .dedup = dedup,
                                .take = take,
                                .say = say,
                                .context = context,
                                .stop = stop,
                                .trouble = trouble};
    if (!payload_reader_init(&recovery.payload, PAYLOAD_SHA256)) {
        payload_reader_release(&recovery.payload);
        return trouble_say(trouble, RESULT_BROKEN, "no memory to read the archive");
    }
    buf_init(&recovery.last.held_url, METADATA_MOST);
    buf_init(&recovery.names, TAG_NAMES_MOST);
    buf_init(&recovery.block, METADATA_MOST);
    buf_init(&recovery.lines, 4 * (size_t)LINES_FLUSH);
    buf_init(&recovery.scratch, METADATA_MOST);
    buf_init(&recovery.last.robots, ROBOTS_READ_BYTES);
    *trouble = trouble_none();
    recovery.payload.give_up = until_stopped(&recovery);
    recovery.no_index = disk_file_size(collection->index) <= 0;
    enum result result = disk_list(collection->archive, mend_if_open, &recovery, trouble);
    if (result == RESULT_OK)
        result = trouble->result;
    if (result == RESULT_OK)
        result = check_all_are_there(&recovery);
    if (result == RESULT_OK)
        check_payloads(&recovery);
    if (result == RESULT_OK)
        result = trouble->result;
    if (result == RESULT_OK)
        result = disk_list(collection->archive, note_file, &recovery, trouble);
    if (result == RESULT_OK && !buf_ok(&recovery.names))
        result = trouble_say(trouble, RESULT_BROKEN, "no memory for the names of files");
    for (size_t at = 0; result == RESULT_OK && at < recovery.names.length;) {
        const char *name = recovery.names.data + at;
        result = learn_file(&recovery, name);
        at += strlen(name) + 1;
    }
    if (result == RESULT_OK && dedup)
        result = dedup_commit(dedup, trouble);
    if (result == RESULT_OK)
        result = store_commit(store, trouble);
    foreign_reader_free(recovery.foreign.reader);
    payload_reader_release(&recovery.payload);
    buf_release(&recovery.last.held_url);
    buf_release(&recovery.names);
    buf_release(&recovery.block);
    buf_release(&recovery.lines);
    buf_release(&recovery.scratch);
    buf_release(&recovery.last.robots);
    return result;
}
