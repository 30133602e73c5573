/*
 * Takes the records of a file one by one.  A record that is the only one in a sound gzip member is
 * copied as it is stored.  A record without such a member (in a plain file, or behind another in
 * its member) is compressed into the part while it is read, and removed again if it is not sound.
 */
#include <config.h>

#include "repair/repair_records.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "repair/part.h"
#include "warc/member.h"
#include "warc/reader_head.h"
#include "warc/rules.h"

enum { HEAD_MOST = WARC_HEADER_MOST + 4096, SAID_MOST = 1024, PEEK_BYTES = 32, DEPTH_MOST = 8 };

/* What is known of bytes that are lost, until it is known where they end. */
struct loss {
    bool open, cut; /* `cut`: it was the end of the file that was missing */
    enum change_kind kind;
    int64_t from;
    char record_id[SAID_MOST], url[SAID_MOST]; /* of what could be read; empty: nothing */
    char detail[SAID_MOST];
};

struct taking {
    struct repaired_file *file;
    const struct repair_options *options;
    const struct repair_observer *observer;
    struct trouble *trouble;
    int fd;
    int64_t size;
    struct record_part part;
};

/* A range of the file, which is read as a file of its own. */
struct stored_range {
    const struct taking *taking;
    int64_t from, size;
};

/* The records of a range. */
struct run {
    struct taking *taking;
    struct stored_range range;
    const char *name; /* for the reader */
    int depth;        /* how many ranges it lies in, whose records are stored otherwise */
    struct warc_reader *reader, *again;
    struct buf head, again_head;
    int64_t end; /* of what was read, in the range */
    struct loss loss;
};

/* A record while it is read. */
struct record_taking {
    const struct warc_record *record;
    int64_t before, read; /* bytes of the part before it; bytes of its block */
    char last;            /* the last byte of the block */
    bool rewrites;        /* it is compressed anew while it is read */
    bool brackets;        /* they are taken away */
    char record_id[SAID_MOST], url[SAID_MOST];
};

/* What is to be done with a record that was read. */
struct record_mending {
    const char *rule;           /* why it is left out; NULL: it is not */
    const char *words;          /* of that flaw; borrowed from the reader */
    bool changes[CHANGE_KINDS]; /* what is mended */
    bool any;                   /* one of them */
    bool stuff_follows;         /* bytes that are none of the record's */
};

/* ---- a range as a source ---- */

static ptrdiff_t read_range(void *context, void *out, size_t room, int64_t offset)
{
    const struct stored_range *range = context;
    if (give_up_asked(&range->taking->options->give_up)) {
        errno = ECANCELED;
        return -1;
    }
    int64_t left = range->size - offset;
    if (left <= 0)
        return 0;
    return pread(range->taking->fd, out, (uint64_t)left < room ? (size_t)left : room,
                 range->from + offset);
}

static struct warc_reader *open_reader(struct run *run, struct buf *head)
{
    const struct warc_source source = {.struct_size = sizeof source,
                                       .read_at = read_range,
                                       .context = &run->range,
                                       .size = run->range.size,
                                       .name = run->name};
    struct warc_reader *reader = warc_reader_open_source(&source);
    if (reader && warc_reader_check_digests(reader)) {
        warc_reader_keep_head(reader, head);
        return reader;
    }
    warc_reader_close(reader);
    return NULL;
}

/* ---- changes ---- */

static void note(struct run *run, const struct repair_change *told)
{
    struct repair_change change = *told;
    if (change.offset >= 0)
        change.offset += run->range.from;
    if (change.record_id && !*change.record_id)
        change.record_id = NULL;
    if (change.url && !*change.url)
        change.url = NULL;
    repaired_file_note(run->taking->file, &change, run->taking->observer);
}

static enum result take_range(struct taking *taking, int64_t from, int64_t size, const char *name,
                              int depth);

/* Bytes between gzip members may be records that were not compressed, and the other way round. */
static enum result take_inner(struct run *run, int64_t from, int64_t length, bool *taken)
{
    char peek[PEEK_BYTES];
    ssize_t got = pread(run->taking->fd, peek, sizeof peek, run->range.from + from);
    struct text begin = {peek, got > 0 ? (size_t)got : 0};
    bool gzip = warc_reader_is_gzip(run->reader);
    begin = text_first(begin, (size_t)length);
    *taken = run->depth < DEPTH_MOST && !run->taking->file->is_arc &&
             (gzip ? member_version_line(begin) > 0 : text_starts(begin, TEXT("\x1f\x8b\x08")));
    return *taken ? take_range(run->taking, run->range.from + from, length,
                               gzip ? "inner.warc" : "inner.warc.gz", run->depth + 1)
                  : RESULT_OK;
}

/* The lost bytes end where the next record begins, or with the file. */
static enum result close_loss(struct run *run, int64_t end)
{
    struct loss *loss = &run->loss;
    if (!loss->open)
        return RESULT_OK;
    loss->open = false;
    int64_t length = end > loss->from ? end - loss->from : 0;
    bool at_end = end == run->range.size && !run->depth, taken = false;
    if (loss->kind == CHANGE_DAMAGE && length) {
        enum result result = take_inner(run, loss->from, length, &taken);
        if (result != RESULT_OK || taken)
            return result;
    }
    if (loss->kind == CHANGE_DAMAGE && loss->cut && at_end)
        loss->kind = CHANGE_TORN_TAIL;
    note(run, &(struct repair_change){.kind = loss->kind,
                                      .offset = loss->from,
                                      .length = length,
                                      .record_id = loss->record_id,
                                      .url = loss->url,
                                      .detail = loss->detail});
    return RESULT_OK;
}

static bool is_rule(const struct warc_flaw *flaw, enum rule rule)
{
    return flaw && strcmp(flaw->rule, warc_rule(rule)->name) == 0;
}

static void open_loss(struct run *run, const struct record_taking *t)
{
    struct loss *loss = &run->loss;
    const struct warc_flaw *flaw = warc_reader_flaw(run->reader, 0);
    *loss =
        (struct loss){.open = true, .kind = CHANGE_DAMAGE, .from = warc_reader_offset(run->reader)};
    for (size_t i = 0; flaw && flaw->level == WARC_NOTE; i++)
        flaw = warc_reader_flaw(run->reader, i);
    const char *why = flaw ? flaw->words : warc_reader_words(run->reader);
    if (!t && is_rule(flaw, RULE_MEMBER_EMPTY))
        loss->kind = CHANGE_MEMBER_EMPTY;
    if (!t && is_rule(flaw, RULE_BLANK_BEFORE_RECORD) && !warc_reader_flaw(run->reader, 1))
        loss->kind = CHANGE_BLANK_LINES; /* a member has nothing else */
    loss->cut = is_rule(flaw, RULE_FILE_CUT) || is_rule(flaw, RULE_HEADER_CUT) ||
                is_rule(flaw, RULE_LENGTH_BEYOND_FILE);
    if (!t) {
        snprintf(loss->detail, sizeof loss->detail, "%.*s", 300, why);
        return;
    }
    snprintf(loss->record_id, sizeof loss->record_id, "%s", t->record_id);
    snprintf(loss->url, sizeof loss->url, "%s", t->url);
    snprintf(loss->detail, sizeof loss->detail,
             "%.*s; of this %s record, the header could be read, and %lld of %lld byte%s of its "
             "block",
             300, why, warc_type_name(t->record->type), (long long)t->read,
             (long long)t->record->content_length, PLURAL(t->record->content_length));
}

/* ---- what to do with a record ---- */

/* A broken rule that can be mended in exactly one way. */
static bool mending_of(const char *rule, enum change_kind *kind)
{
    static const struct {
        enum rule rule;
        enum change_kind kind;
    } rows[] = {{RULE_MEMBER_SHARED, CHANGE_MEMBER_SPLIT},
                {RULE_MEMBER_WHOLE_FILE, CHANGE_MEMBER_SPLIT},
                {RULE_RECORD_OVER_MEMBERS, CHANGE_MEMBERS_JOINED},
                {RULE_RECORD_TRAILER, CHANGE_TRAILER},
                {RULE_BLANK_BEFORE_RECORD, CHANGE_BLANK_LINES},
                {RULE_GZIP_LENGTH, CHANGE_MEMBER_END},
                {RULE_FILE_CUT, CHANGE_MEMBER_END},
                {RULE_LENGTH_TOO_SHORT, CHANGE_DAMAGE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(warc_rule(rows[i].rule)->name, rule) == 0) {
            *kind = rows[i].kind;
            return true;
        }
    return false;
}

/* Whether the block is proven to be the one that was written.  A digest that does not fit is a
 * flaw of its own. */
static bool is_proven(const struct run *run, const struct warc_record *record)
{
    const struct warc_flaw *flaw;
    for (size_t i = 0; (flaw = warc_reader_flaw(run->reader, i)); i++)
        if (is_rule(flaw, RULE_DIGEST_UNCHECKED))
            return false;
    return warc_record_field(record, "WARC-Block-Digest") != NULL;
}

/* Without a digest, a wrong trailer may also mean a wrong Content-Length. */
static bool may_be_length(const struct run *run, const struct record_taking *t)
{
    return !is_proven(run, t->record) && (!t->record->content_length || t->last == '\r' ||
                                          t->last == '\n' || warc_reader_is_gzip(run->reader));
}

static void judge_record(const struct run *run, const struct record_taking *t,
                         struct record_mending *verdict)
{
    const struct warc_flaw *flaw;
    enum change_kind kind = CHANGE_TRAILER;
    *verdict = (struct record_mending){.rule = NULL};
    for (size_t i = 0; (flaw = warc_reader_flaw(run->reader, i)); i++) {
        if (flaw->level != WARC_ERROR)
            continue;
        bool mends = mending_of(flaw->rule, &kind);
        if (mends && kind == CHANGE_TRAILER)
            mends = run->taking->file->is_arc || !may_be_length(run, t);
        else if (mends && kind == CHANGE_MEMBER_END && is_rule(flaw, RULE_FILE_CUT))
            mends = is_proven(run, t->record);
        else if (mends && kind == CHANGE_DAMAGE)
            mends = verdict->stuff_follows = is_proven(run, t->record);
        if (!mends && !verdict->rule) {
            verdict->rule = flaw->rule;
            verdict->words = flaw->words;
        }
        if (mends)
            verdict->any = verdict->changes[kind] = true;
    }
    verdict->changes[CHANGE_DAMAGE] = false; /* told by itself, with its own place */
    if (t->brackets)
        verdict->changes[CHANGE_BRACKETS] = verdict->any = true;
    if (t->rewrites && !warc_reader_is_gzip(run->reader))
        verdict->changes[CHANGE_COMPRESSED] = verdict->any = true;
    else if (t->rewrites)
        verdict->changes[CHANGE_MEMBER_SPLIT] = verdict->any = true;
}

/* ---- writing ---- */

static bool in_brackets(const char *url)
{
    size_t length = url ? strlen(url) : 0;
    return length > 2 && url[0] == '<' && url[length - 1] == '>';
}

/* Adds the header, without the brackets around WARC-Target-URI if they are to go. */
static enum result add_head(struct record_part *part, struct text head, bool brackets)
{
    struct text name = TEXT("WARC-Target-URI:"), line;
    enum result result = RESULT_OK;
    for (struct text rest = head; brackets && text_split(&rest, '\n', &line);) {
        ptrdiff_t open = text_find_char(line, '<');
        size_t close = line.length;
        while (close && (line.at[close - 1] == '\r' || line.at[close - 1] == ' '))
            close--;
        if (!text_starts_nocase(line, name) || open < 0 || !close || line.at[close - 1] != '>')
            continue;
        size_t from = (size_t)(line.at - head.at);
        result = part_add(part, text_first(head, from + (size_t)open));
        if (result == RESULT_OK)
            result = part_add(part, text_skip(text_first(line, close - 1), (size_t)open + 1));
        return result == RESULT_OK ? part_add(part, text_skip(head, from + close)) : result;
    }
    return part_add(part, head);
}

static enum result begin_record(struct record_part *part, const struct buf *head, bool brackets)
{
    if (!buf_ok(head))
        return trouble_say(part->trouble, RESULT_BROKEN, "no memory for a header");
    enum result result = part_begin_member(part);
    return result == RESULT_OK ? add_head(part, buf_text(head), brackets) : result;
}

static enum result end_record(const struct taking *taking, struct record_part *part)
{
    enum result result = part_add(part, taking->file->is_arc ? TEXT("\n") : TEXT("\r\n\r\n"));
    return result == RESULT_OK ? part_end_member(part) : result;
}

static enum result reader_broke(const struct run *run, const struct warc_reader *reader)
{
    return trouble_say(run->taking->trouble, RESULT_BROKEN, "%s: %s", run->taking->file->source,
                       reader ? warc_reader_words(reader) : "no memory to read it");
}

/* Reads a record a second time, the first that can be read at `offset`, and compresses it. */
static enum result rewrite(struct run *run, int64_t offset, bool brackets)
{
    const struct warc_record *record;
    struct record_part *part = &run->taking->part;
    const char *bytes;
    size_t length;
    enum warc_result got;
    if (!run->again)
        run->again = open_reader(run, &run->again_head);
    if (!run->again || warc_reader_seek(run->again, offset) == WARC_BROKEN)
        return reader_broke(run, run->again);
    while ((got = warc_reader_next(run->again, &record)) == WARC_LOST)
        continue;
    if (got != WARC_OK && got != WARC_FLAWED)
        return reader_broke(run, run->again);
    enum result result = begin_record(part, &run->again_head, brackets);
    while (result == RESULT_OK && (got = warc_reader_block(run->again, &bytes, &length)) == WARC_OK)
        result = part_add(part, (struct text){bytes, length});
    if (result == RESULT_OK && got != WARC_END)
        return reader_broke(run, run->again);
    return result == RESULT_OK ? end_record(run->taking, part) : result;
}

/* ---- a record ---- */

static void note_verdict(struct run *run, const struct record_taking *t,
                         const struct record_mending *verdict, const struct warc_place *place)
{
    struct repair_change change = {.kind = CHANGE_RECORD_LEFT_OUT,
                                   .offset = place->offset,
                                   .length = place->length,
                                   .record_id = t->record_id,
                                   .url = t->url};
    char detail[SAID_MOST];
    if (verdict->rule) {
        snprintf(detail, sizeof detail, "%s: %s%s", verdict->rule, verdict->words,
                 strcmp(verdict->rule, warc_rule(RULE_URI_BRACKETS)->name) == 0
                     ? " (--brackets takes them away)"
                     : "");
        change.detail = detail;
        note(run, &change);
        return;
    }
    for (enum change_kind kind = 0; kind < CHANGE_KINDS; kind++)
        if (verdict->changes[kind]) {
            change.kind = kind;
            note(run, &change);
        }
}

/* A record is proven to be whole, and before the next one there are bytes that belong to none. */
static void lose_what_follows(struct run *run, const struct record_taking *t,
                              struct warc_place *place)
{
    struct loss *loss = &run->loss;
    bool gzip = warc_reader_is_gzip(run->reader);
    char ends[4];
    *loss = (struct loss){.open = true, .kind = CHANGE_DAMAGE, .from = place->offset};
    if (gzip) {
        snprintf(loss->detail, sizeof loss->detail,
                 "bytes behind a whole record, inside its gzip member");
        return;
    }
    loss->from += (int64_t)run->head.length + t->record->content_length;
    ssize_t got = pread(run->taking->fd, ends, sizeof ends, run->range.from + loss->from);
    for (ssize_t i = 0; i < got && ends[i] == "\r\n\r\n"[i]; i++)
        loss->from++;
    place->length = loss->from - place->offset;
    snprintf(loss->detail, sizeof loss->detail, "bytes behind a whole record, and before the next");
}

/* The record was read to its end. */
static enum result settle(struct run *run, const struct record_taking *t, struct warc_place *place)
{
    struct record_part *part = &run->taking->part;
    struct record_mending verdict;
    enum result result = RESULT_OK;
    judge_record(run, t, &verdict);
    if (verdict.rule)
        result = part_cut(part, t->before);
    else if (t->rewrites)
        result = end_record(run->taking, part);
    else if (verdict.any)
        result = rewrite(run, place->offset, t->brackets);
    else
        result = part_copy(part, run->taking->fd, run->range.from + place->offset, place->length);
    run->taking->file->records += !verdict.rule;
    if (verdict.stuff_follows && !verdict.rule)
        lose_what_follows(run, t, place);
    note_verdict(run, t, &verdict, place);
    return result;
}

static void copy_field(const struct warc_record *record, const char *name, char out[SAID_MOST])
{
    const char *value = warc_record_field(record, name);
    snprintf(out, SAID_MOST, "%s", value ? value : "");
}

static enum result take_record(struct run *run, const struct warc_record *record)
{
    struct record_part *part = &run->taking->part;
    struct record_taking t = {.record = record, .before = part->length};
    struct warc_place place;
    const char *bytes;
    size_t length;
    int64_t offset = warc_reader_offset(run->reader);
    enum result result = RESULT_OK;
    t.rewrites = !warc_reader_is_gzip(run->reader) || offset < run->end;
    t.brackets = run->taking->options->brackets && !run->taking->file->is_arc &&
                 in_brackets(warc_record_field(record, "WARC-Target-URI"));
    copy_field(record, "WARC-Record-ID", t.record_id);
    copy_field(record, "WARC-Target-URI", t.url);
    if (t.rewrites)
        result = begin_record(part, &run->head, t.brackets);
    while (result == RESULT_OK && warc_reader_block(run->reader, &bytes, &length) == WARC_OK) {
        t.read += (int64_t)length;
        t.last = bytes[length - 1];
        if (t.rewrites)
            result = part_add(part, (struct text){bytes, length});
    }
    if (result != RESULT_OK)
        return result;
    enum warc_result end = warc_reader_finish(run->reader, &place);
    if (end == WARC_BROKEN)
        return reader_broke(run, run->reader);
    run->end = end == WARC_LOST ? offset + 1 : place.offset + place.length;
    if (end != WARC_LOST)
        return settle(run, &t, &place);
    open_loss(run, &t);
    return part_cut(part, t.before);
}

/* ---- a range, a file ---- */

static enum result take_records(struct run *run)
{
    const struct warc_record *record;
    for (;;) {
        enum warc_result got = warc_reader_next(run->reader, &record);
        int64_t at = got == WARC_END ? run->range.size : warc_reader_offset(run->reader);
        if (got == WARC_BROKEN)
            return reader_broke(run, run->reader);
        enum result result = close_loss(run, at);
        if (result != RESULT_OK || got == WARC_END)
            return result;
        if (got == WARC_LOST) {
            open_loss(run, NULL);
            run->end = at + 1;
            continue;
        }
        if (record->version < 10) /* of an ARC file */
            run->taking->file->is_arc = true;
        result = take_record(run, record);
        if (result != RESULT_OK)
            return result;
    }
}

static enum result take_range(struct taking *taking, int64_t from, int64_t size, const char *name,
                              int depth)
{
    struct run run = {
        .taking = taking, .range = {taking, from, size}, .name = name, .depth = depth};
    buf_init(&run.head, HEAD_MOST);
    buf_init(&run.again_head, HEAD_MOST);
    run.reader = open_reader(&run, &run.head);
    enum result result = run.reader ? take_records(&run) : reader_broke(&run, NULL);
    warc_reader_close(run.reader);
    warc_reader_close(run.again);
    buf_release(&run.head);
    buf_release(&run.again_head);
    return result;
}

enum result repair_records(struct repaired_file *file, const struct repair_options *options,
                           const struct repair_observer *observer, struct trouble *trouble)
{
    struct taking taking = {.file = file,
                            .options = options,
                            .observer = observer,
                            .trouble = trouble,
                            .fd = disk_open_to_read(file->source)};
    if (taking.fd < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot open %s", file->source);
    taking.size = disk_file_size(file->source);
    enum result result = part_create(&taking.part, file->part, options->give_up, trouble);
    if (result == RESULT_OK)
        result = take_range(&taking, 0, taking.size, file->source, 0);
    part_close(&taking.part);
    close(taking.fd);
    return result;
}
