/*
 * Reads WARC files, also those that other programs wrote or that are damaged.
 *
 * Bytes come from a member file (gzip members, or a plain file) into a window (window.h).  A record
 * has three parts.  Its header is taken out of the window whole and parsed.  Its block is returned
 * piece by piece.  Its trailer is what follows the block.
 *
 * A broken rule becomes a flaw, and reading goes on where that makes sense: in a gzip file at the
 * next member, in a plain file at the next version line.  A record that cannot be read, or whose
 * block is incomplete, is reported as WARC_LOST.
 */
#include <config.h>

#include "warccap/warc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "warc/arc.h"
#include "warc/digests.h"
#include "warc/flaws.h"
#include "warc/header.h"
#include "warc/member.h"
#include "warc/mend.h"
#include "warc/reader_head.h"
#include "warc/reader_part.h"
#include "warc/rules.h"
#include "warc/window.h"

enum stage { OUTSIDE, IN_BLOCK, BLOCK_CUT };

enum { HEADER_END_MOST = 3 }; /* bytes of a header's end that were seen without its last one */

struct warc_reader {
    struct window window;
    struct flaws flaws;
    struct trouble trouble;
    char name[256];
    bool begun; /* something was read, or warc_reader_seek() was called */
    bool any_record;
    bool strict;
    int records_in_member;

    enum stage stage;
    int64_t offset;       /* of the current record, in the stored file */
    int64_t block_offset; /* of its block; only right in a plain file */
    int64_t block_length, block_left;
    struct header header;
    struct warc_record record;
    struct digests *digests; /* NULL: digests are not checked */
    struct buf *head;        /* NULL: the stored header is not kept */
};

/* ---- opening ---- */

struct warc_reader *warc_reader_open_source(const struct warc_source *description)
{
    struct warc_reader *reader = calloc(1, sizeof *reader);
    struct source *source = source_new(description);
    if (!reader) {
        source_close(source);
        return NULL;
    }
    const char *name = source ? source_name(source) : "", *slash = strrchr(name, '/');
    snprintf(reader->name, sizeof reader->name, "%s", slash ? slash + 1 : name);
    reader->trouble = trouble_none();
    reader->flaws.trouble = &reader->trouble;
    header_init(&reader->header);
    if (!window_init(&reader->window, source, &reader->flaws, &reader->trouble)) {
        warc_reader_close(reader);
        return NULL;
    }
    return reader;
}

struct warc_reader *warc_reader_open(const char *path)
{
    struct warc_source source = source_of_path(path);
    return source.context ? warc_reader_open_source(&source) : NULL;
}

struct warc_reader *warc_reader_open_until(const char *path, struct give_up give_up)
{
    struct warc_source source = source_of_path_until(path, give_up);
    return source.context ? warc_reader_open_source(&source) : NULL;
}

struct warc_reader *warc_reader_open_part(const char *path, int64_t from, int64_t length,
                                          const char *name)
{
    return warc_reader_open_part_until(path, from, length, name, (struct give_up){NULL, NULL});
}

struct warc_reader *warc_reader_open_part_until(const char *path, int64_t from, int64_t length,
                                                const char *name, struct give_up give_up)
{
    struct warc_source source = source_of_part(path, from, length, name, give_up);
    return source.context ? warc_reader_open_source(&source) : NULL;
}

struct warc_reader *warc_reader_open_fd(int fd, const char *name)
{
    struct warc_source source = source_of_fd(fd, name);
    return source.context ? warc_reader_open_source(&source) : NULL;
}

struct memory {
    const char *bytes;
    size_t length;
};

static ptrdiff_t read_memory(void *context, void *out, size_t room, int64_t offset)
{
    const struct memory *memory = context;
    size_t left = offset < (int64_t)memory->length ? memory->length - (size_t)offset : 0;
    size_t length = left < room ? left : room;
    memcpy(out, memory->bytes + memory->length - left, length);
    return (ptrdiff_t)length;
}

struct warc_reader *warc_reader_open_memory(const void *bytes, size_t length, const char *name)
{
    struct memory *memory = malloc(sizeof *memory);
    if (!memory)
        return NULL;
    *memory = (struct memory){length ? bytes : "", length};
    return warc_reader_open_source(&(struct warc_source){.struct_size = sizeof(struct warc_source),
                                                         .read_at = read_memory,
                                                         .close = free,
                                                         .context = memory,
                                                         .size = (int64_t)length,
                                                         .name = name});
}

void warc_reader_close(struct warc_reader *reader)
{
    if (!reader)
        return;
    window_release(&reader->window);
    digests_free(reader->digests);
    header_release(&reader->header);
    free(reader);
}

bool warc_reader_check_digests(struct warc_reader *reader)
{
    if (!reader->digests)
        reader->digests = digests_new();
    return reader->digests != NULL;
}

void warc_reader_set_strict(struct warc_reader *reader)
{
    reader->strict = true;
}

void warc_reader_keep_head(struct warc_reader *reader, struct buf *head)
{
    reader->head = head;
}

/* Keeps the stored header, if that is wanted. */
static void keep_head(struct warc_reader *reader, size_t length)
{
    if (!reader->head)
        return;
    buf_clear(reader->head);
    buf_append(reader->head, reader->window.bytes + reader->window.start, length);
}

bool warc_reader_is_gzip(const struct warc_reader *reader)
{
    return member_is_gzip(reader->window.file);
}

int64_t warc_reader_offset(const struct warc_reader *reader)
{
    return reader->offset;
}

const char *warc_reader_words(const struct warc_reader *reader)
{
    return reader->trouble.words;
}

const struct warc_flaw *warc_reader_flaw(const struct warc_reader *reader, size_t number)
{
    return number < reader->flaws.count ? &reader->flaws.list[number] : NULL;
}

/* ---- the window ---- */

static enum warc_result break_off(struct warc_reader *reader)
{
    reader->window.broken = true;
    reader->stage = OUTSIDE;
    return WARC_BROKEN;
}

/* A strict reader stops at the first flaw. */
static enum warc_result result_of_reading(struct warc_reader *reader, enum warc_result result)
{
    if (reader->strict && reader->flaws.flawed)
        return break_off(reader);
    return result == WARC_OK && reader->flaws.flawed ? WARC_FLAWED : result;
}

/* ---- the block and what follows it ---- */

/* How much of the block is missing at the end of a plain file; 0: nothing, or it is not known. */
static int64_t missing_of_block(const struct warc_reader *reader)
{
    int64_t size = member_file_size(reader->window.file),
            rest = size - window_here(&reader->window);
    /* A difference is compared, because a sum could overflow. */
    return !member_is_gzip(reader->window.file) && size >= 0 && reader->block_left > rest
               ? reader->block_left - rest
               : 0;
}

/* The block ends here, before its length says so. */
static enum warc_result cut_block(struct warc_reader *reader, int64_t missing)
{
    reader->stage = BLOCK_CUT;
    /* Damage was reported already. */
    if (reader->window.member_end != RESULT_LOST)
        flaws_add(&reader->flaws, reader->offset,
                  member_is_gzip(reader->window.file) ? RULE_LENGTH_BEYOND_MEMBER
                                                      : RULE_LENGTH_BEYOND_FILE,
                  "%lld of %lld byte%s missing", (long long)missing,
                  (long long)reader->block_length, reader->block_length == 1 ? " is" : "s are");
    return WARC_LOST;
}

enum warc_result warc_reader_block(struct warc_reader *reader, const char **bytes, size_t *length)
{
    *bytes = "";
    *length = 0;
    if (reader->window.broken)
        return WARC_BROKEN;
    if (reader->stage == BLOCK_CUT)
        return WARC_LOST;
    if (reader->stage == OUTSIDE || reader->block_left == 0)
        return WARC_END;
    if (window_is_wasteful(&reader->window) && missing_of_block(reader) > 0)
        return cut_block(reader, missing_of_block(reader));
    struct text text = window_need(&reader->window, 1);
    if (!text.length && window_goes_on(&reader->window))
        text = window_need(&reader->window, 1);
    if (reader->window.broken)
        return WARC_BROKEN;
    if (!text.length)
        return cut_block(reader, reader->block_left);
    if (text.length > (uint64_t)reader->block_left)
        text.length = (size_t)reader->block_left;
    reader->window.start += text.length;
    reader->block_left -= (int64_t)text.length;
    if (reader->digests)
        digests_add(reader->digests, text);
    *bytes = text.at;
    *length = text.length;
    return WARC_OK;
}

/* Skips the rest of the block.  In a plain file this reads nothing.  Otherwise a file of many
 * records that all claim to reach to its end would be read to the end for each of them. */
static void skip_block(struct warc_reader *reader)
{
    const char *bytes;
    size_t length;
    int64_t size = member_file_size(reader->window.file), here = window_here(&reader->window),
            missing = missing_of_block(reader);
    bool in_window = reader->block_left <= (int64_t)(reader->window.end - reader->window.start);
    /* The digest of a block that is not there is not needed. */
    if (member_is_gzip(reader->window.file) || size < 0 || in_window ||
        (reader->digests && !missing) || reader->stage != IN_BLOCK) {
        while (warc_reader_block(reader, &bytes, &length) == WARC_OK)
            continue;
        return;
    }
    window_clear(&reader->window);
    member_seek(reader->window.file, missing ? size : here + reader->block_left);
    enum result result = member_begin(reader->window.file, &reader->trouble);
    reader->window.member_end = result == RESULT_END ? RESULT_END : RESULT_OK;
    if (result == RESULT_BROKEN) {
        break_off(reader);
    } else if (missing)
        cut_block(reader, missing);
    reader->block_left = 0;
}

/* After the block comes neither its trailer nor a record: Content-Length was wrong. */
static void leave_wrong_length(struct warc_reader *reader, size_t line_ends)
{
    if (member_is_gzip(reader->window.file)) {
        int64_t skipped = window_skip_to_version(&reader->window) + (int64_t)line_ends;
        reader->window.behind_other = true;
        flaws_add(&reader->flaws, reader->offset, RULE_LENGTH_TOO_SHORT, "%lld byte%s",
                  (long long)skipped, PLURAL(skipped));
        return;
    }
    /* A plain file can be read again.  The next record may begin inside the block. */
    int64_t block_end = window_here(&reader->window) - (int64_t)line_ends;
    window_resync(&reader->window, reader->block_offset);
    int64_t next = member_position(reader->window.file);
    if (next < block_end)
        flaws_add(&reader->flaws, reader->offset, RULE_LENGTH_TOO_LONG,
                  "the next record begins %lld byte%s earlier", (long long)(block_end - next),
                  PLURAL(block_end - next));
    else
        flaws_add(&reader->flaws, reader->offset, RULE_LENGTH_TOO_SHORT, "%lld byte%s",
                  (long long)(next - block_end), PLURAL(next - block_end));
}

static void check_trailer(struct warc_reader *reader)
{
    bool exact;
    size_t count = window_take_line_ends(&reader->window, &exact);
    if (!count && window_is_over(&reader->window) && window_goes_on(&reader->window))
        count = window_take_line_ends(&reader->window, &exact);
    bool over = window_is_over(&reader->window);
    if (over && reader->window.member_end == RESULT_LOST)
        return; /* the file ends here, which was reported */
    if (!over && !window_begins_record(&reader->window) &&
        !window_is_version_cut(&reader->window)) {
        leave_wrong_length(reader, count);
        return;
    }
    if (!exact && !reader->window.arc) /* an ARC record ends in one line end, several or none */
        flaws_add(&reader->flaws, reader->offset, RULE_RECORD_TRAILER, "%zu byte%s of line ends",
                  count, PLURAL(count));
    if (!over && member_is_gzip(reader->window.file) && reader->records_in_member == 1)
        flaws_add(&reader->flaws, reader->offset, RULE_MEMBER_SHARED,
                  "another record follows in the same member");
}

/* Moves on after a member.  Damage in it may have swallowed the beginning of the next one. */
static void leave_member(struct warc_reader *reader)
{
    int64_t begin = member_offset(reader->window.file), end = member_position(reader->window.file);
    bool at_end = member_is_at_end(reader->window.file);
    if (reader->records_in_member > 1 && begin == 0 && member_is_gzip(reader->window.file) &&
        at_end)
        flaws_add(&reader->flaws, 0, RULE_MEMBER_WHOLE_FILE, "%d records",
                  reader->records_in_member);
    reader->window.in_member = false;
    window_clear(&reader->window);
    /* A file that was cut inside its last record has nothing to search for.  It has if more was
     * inflated than the record, or if the trailer belongs to another member. */
    if (at_end && !reader->window.behind_other && !reader->window.foreign_trailer)
        return;
    if (!member_is_gzip(reader->window.file) || reader->window.member_end == RESULT_END)
        return;
    if (reader->window.member_end == RESULT_FLAWED)
        window_resync(&reader->window, end);
    if (reader->window.member_end == RESULT_LOST || member_position(reader->window.file) != end ||
        reader->window.foreign_trailer)
        window_resync(&reader->window, reader->window.bad_member + 1);
}

/* The offset in the stored file at which the record just left ends.  In a member with more records,
 * only what was read so far is known. */
static int64_t record_end(const struct warc_reader *reader)
{
    return member_is_gzip(reader->window.file) ? member_position(reader->window.file)
                                               : window_here(&reader->window);
}

/* Leaves the record: the end of its block was reached, or cannot be. */
static void leave_record(struct warc_reader *reader)
{
    if (reader->window.broken)
        return;
    if (reader->stage == IN_BLOCK) {
        struct rule_listener listener = flaws_listener(&reader->flaws);
        reader->flaws.offset = reader->offset;
        if (reader->digests)
            digests_end(reader->digests, &listener);
        check_trailer(reader);
    } else if (!member_is_gzip(reader->window.file))
        window_resync(&reader->window, reader->block_offset);
    reader->stage = OUTSIDE;
    if (reader->window.in_member && window_is_over(&reader->window) && !reader->window.broken)
        leave_member(reader);
}

enum warc_result warc_reader_finish(struct warc_reader *reader, struct warc_place *place)
{
    if (reader->window.broken)
        return WARC_BROKEN;
    if (reader->stage == OUTSIDE) {
        trouble_say(&reader->trouble, RESULT_LOST, "no record is being read");
        return WARC_LOST;
    }
    skip_block(reader);
    bool cut = reader->stage == BLOCK_CUT;
    leave_record(reader);
    if (reader->window.broken)
        return WARC_BROKEN;
    if (place) {
        snprintf(place->file, sizeof place->file, "%s", reader->name);
        place->offset = reader->offset;
        place->length = record_end(reader) - reader->offset;
    }
    return result_of_reading(reader, cut ? WARC_LOST : WARC_OK);
}

/* ---- the next record ---- */

enum warc_result warc_reader_seek(struct warc_reader *reader, int64_t offset)
{
    if (reader->window.broken)
        return WARC_BROKEN;
    member_seek(reader->window.file, offset);
    window_clear(&reader->window);
    flaws_clear(&reader->flaws);
    reader->window.in_member = false;
    reader->stage = OUTSIDE;
    reader->begun = true;
    return WARC_OK;
}

/* No record can be read from here: moves on and returns WARC_LOST. */
static enum warc_result lose(struct warc_reader *reader, int64_t resync_from)
{
    /* Never go back to what was read already. */
    if (reader->window.in_member &&
        (!member_is_gzip(reader->window.file) || reader->window.member_end == RESULT_LOST))
        window_resync(&reader->window,
                      resync_from > reader->offset ? resync_from : reader->offset + 1);
    else if (reader->window.in_member) {
        reader->window.behind_other = true;
        window_skip_to_version(&reader->window);
    }
    if (reader->window.in_member && window_is_over(&reader->window))
        leave_member(reader);
    reader->stage = OUTSIDE;
    return reader->window.broken ? WARC_BROKEN : WARC_LOST;
}

/* Begins the next member.  Bytes that are not a member are skipped and reported once as a whole. */
static enum warc_result enter_member(struct warc_reader *reader)
{
    int64_t from = member_position(reader->window.file);
    size_t told = reader->flaws.count;
    bool first = !reader->begun;
    reader->begun = true;
    reader->offset = reader->flaws.offset = from;
    enum result result = member_begin(reader->window.file, &reader->trouble);
    if (result == RESULT_BROKEN)
        return break_off(reader);
    if (result == RESULT_END && first) {
        flaws_add(&reader->flaws, 0, RULE_FILE_EMPTY, "0 bytes");
        return WARC_LOST;
    }
    if (result == RESULT_END)
        return WARC_END;
    if (result == RESULT_LOST) {
        window_resync(&reader->window, from + 1);
        if (reader->flaws.count == told) {
            int64_t skipped = member_position(reader->window.file) - from;
            flaws_add(&reader->flaws, from, RULE_GARBAGE, "%lld byte%s", (long long)skipped,
                      PLURAL(skipped));
        }
        return reader->window.broken ? WARC_BROKEN : WARC_LOST;
    }
    window_clear(&reader->window);
    window_begin(&reader->window);
    reader->window.in_member = true;
    reader->window.member_end = RESULT_OK;
    reader->window.bad_member = 0;
    reader->window.foreign_trailer = false;
    reader->records_in_member = 0;
    reader->window.behind_other = false;
    return WARC_OK;
}

/* The first record that is read decides whether a file is an ARC file. */
static bool is_arc_record(struct warc_reader *reader)
{
    struct arc_line line;
    struct text text = window_need(&reader->window, ARC_LINE_MOST);
    if (reader->window.broken || !arc_line_read(text, &line) ||
        (!reader->window.arc && reader->any_record))
        return false;
    reader->window.arc = true;
    member_is_arc(reader->window.file);
    return true;
}

/* Finds the beginning of a record in the member and skips blank lines. */
static enum warc_result find_record(struct warc_reader *reader)
{
    bool exact;
    if (window_is_over(&reader->window) && !reader->window.broken) {
        int64_t from = window_here(&reader->window);
        if (reader->window.member_end != RESULT_LOST)
            flaws_add(&reader->flaws, from, RULE_MEMBER_EMPTY, "it has %lld byte%s",
                      (long long)(member_position(reader->window.file) - from),
                      PLURAL(member_position(reader->window.file) - from));
        return lose(reader, from + 1);
    }
    size_t blank = window_take_line_ends(&reader->window, &exact);
    reader->offset = window_here(&reader->window);
    if (blank && !reader->window.arc)
        flaws_add(&reader->flaws, reader->offset, RULE_BLANK_BEFORE_RECORD,
                  "%zu byte%s of line ends", blank, PLURAL(blank));
    struct text text = window_need(&reader->window, VERSION_LINE_MOST);
    if (reader->window.broken)
        return WARC_BROKEN;
    if (!text.length)
        return lose(reader, reader->offset + 1);
    if ((reader->window.arc || !member_version_line(text)) && !is_arc_record(reader)) {
        text = window_text(&reader->window);
        size_t shown = text.length > 20 ? 20 : text.length;
        if (!window_is_version_cut(&reader->window))
            flaws_add(&reader->flaws, reader->offset, RULE_VERSION_MISSING, "it begins \"%.*s\"",
                      (int)shown, text.at);
        else if (reader->window.member_end != RESULT_LOST) /* otherwise the damage was reported */
            flaws_add(&reader->flaws, reader->offset, RULE_HEADER_CUT, "it ends after %zu byte%s",
                      text.length, PLURAL(text.length));
        return lose(reader, reader->offset + 1);
    }
    if (reader->window.behind_other && member_is_gzip(reader->window.file))
        flaws_add(&reader->flaws, reader->offset, RULE_MEMBER_SHARED,
                  "something else precedes this record, which cannot be read on its own");
    reader->window.behind_other = false;
    return WARC_OK;
}

/* Takes the line of an ARC record out of the window. */
static enum warc_result take_arc_line(struct warc_reader *reader)
{
    struct arc_line line;
    /* The line and the beginning of the block, which tells the type of the record. */
    struct text text = window_need(&reader->window, ARC_LINE_MOST + sizeof "HTTP/");
    reader->flaws.offset = reader->offset;
    struct rule_listener listener = flaws_listener(&reader->flaws);
    if (!arc_line_read(text, &line))
        return lose(reader, reader->offset + 1);
    buf_clear(&reader->header.bytes);
    arc_header_write(&line, text_skip(text, line.length), &reader->header.bytes);
    if (!buf_ok(&reader->header.bytes) || !header_parse(&reader->header, &listener)) {
        trouble_say(&reader->trouble, RESULT_BROKEN, "no memory for a header");
        return break_off(reader);
    }
    rule_tell(&listener, RULE_ARC_RECORD, "version %d", line.version);
    reader->header.version = line.version;
    keep_head(reader, line.length);
    reader->window.start += line.length;
    return WARC_OK;
}

/* Where the window begins, counted as window.pulled counts. */
static int64_t pulled_at_start(const struct warc_reader *reader)
{
    return reader->window.pulled - (int64_t)(reader->window.end - reader->window.start);
}

/* The header is too long: the next record may begin in it, where it is in the window already. */
static enum warc_result leave_header(struct warc_reader *reader)
{
    reader->window.behind_other = true;
    window_skip_to_version(&reader->window);
    if (window_is_over(&reader->window))
        leave_member(reader);
    reader->stage = OUTSIDE;
    return reader->window.broken ? WARC_BROKEN : WARC_LOST;
}

/* Takes the header out of the window. */
static enum warc_result take_header(struct warc_reader *reader)
{
    int64_t offset = reader->offset, from = pulled_at_start(reader);
    size_t want = VERSION_LINE_MOST, length = 0,
           searched = reader->window.no_end > from + HEADER_END_MOST
                          ? (size_t)(reader->window.no_end - from - HEADER_END_MOST)
                          : 0;
    for (;;) {
        struct text text = window_need(&reader->window, want);
        if (reader->window.broken)
            return WARC_BROKEN;
        length = header_length(text, searched);
        if (length || text.length > WARC_HEADER_MOST)
            break;
        searched = text.length > HEADER_END_MOST ? text.length - HEADER_END_MOST : 0;
        if (text.length < want && !window_goes_on(&reader->window)) {
            if (reader->window.member_end != RESULT_LOST)
                flaws_add(&reader->flaws, offset, RULE_HEADER_CUT, "it ends after %zu byte%s",
                          text.length, PLURAL(text.length));
            /* Nor does any header end that begins in the rest. */
            reader->window.start = reader->window.end;
            return lose(reader, window_here(&reader->window));
        }
        want = text.length + 1;
    }
    if (!length || length > WARC_HEADER_MOST) {
        flaws_add(&reader->flaws, offset, RULE_HEADER_TOO_LONG, "more than %d bytes",
                  WARC_HEADER_MOST);
        if (!length)
            reader->window.no_end = reader->window.pulled;
        reader->window.start++; /* the same version line must not be found again */
        return leave_header(reader);
    }
    buf_clear(&reader->header.bytes);
    buf_append(&reader->header.bytes, reader->window.bytes + reader->window.start, length);
    keep_head(reader, length);
    reader->window.start += length;
    reader->flaws.offset = offset;
    struct rule_listener listener = flaws_listener(&reader->flaws);
    if (!buf_ok(&reader->header.bytes) || !header_parse(&reader->header, &listener)) {
        trouble_say(&reader->trouble, RESULT_BROKEN, "no memory for a header");
        return break_off(reader);
    }
    return WARC_OK;
}

/* Fills in the record from the parsed header, and checks it. */
static enum warc_result begin_block(struct warc_reader *reader)
{
    const struct header *header = &reader->header;
    struct warc_record *record = &reader->record;
    uint64_t length = 0;
    *record = (struct warc_record){.version = header->version,
                                   .fields = header->fields,
                                   .field_count = header->count};
    const char *type = warc_record_field(record, "WARC-Type");
    const char *given = warc_record_field(record, "Content-Length");
    record->type = type ? rules_type(type) : WARC_UNKNOWN;
    bool length_known = given && text_to_number(text_of(given), &length) && length <= INT64_MAX;
    record->content_length = length_known ? (int64_t)length : 0;
    reader->flaws.offset = reader->offset;
    struct rule_listener listener = flaws_listener(&reader->flaws);
    if (!reader->window.arc)
        rules_check(record, &listener);
    else if (!length_known)
        rule_tell(&listener, RULE_LENGTH_FORM, "%.40s", given);
    reader->any_record = true;
    reader->records_in_member++;
    reader->block_length = reader->block_left = record->content_length;
    reader->block_offset = window_here(&reader->window);
    if (!member_is_gzip(reader->window.file))
        window_begin(&reader->window);
    /* Then the end of the block is unknown.  Only the next record can be searched for. */
    if (!length_known)
        return lose(reader, reader->block_offset);
    reader->stage = IN_BLOCK;
    if (reader->digests && !digests_begin(reader->digests, record)) {
        trouble_say(&reader->trouble, RESULT_BROKEN,
                    "no memory to check digests, or OpenSSL does not offer SHA-1");
        return break_off(reader);
    }
    return WARC_OK;
}

enum warc_result warc_reader_next(struct warc_reader *reader, const struct warc_record **record)
{
    *record = NULL;
    if (reader->window.broken)
        return WARC_BROKEN;
    flaws_clear(&reader->flaws);
    if (reader->stage != OUTSIDE) {
        skip_block(reader);
        leave_record(reader);
    }
    enum warc_result result = reader->window.broken ? WARC_BROKEN : WARC_OK;
    if (result == WARC_OK && !reader->window.in_member)
        result = enter_member(reader);
    if (result == WARC_OK)
        result = find_record(reader);
    if (result == WARC_OK)
        result = reader->window.arc ? take_arc_line(reader) : take_header(reader);
    if (result == WARC_OK)
        result = begin_block(reader);
    result = result_of_reading(reader, result);
    if (result == WARC_OK || result == WARC_FLAWED)
        *record = &reader->record;
    return result;
}
