/*
 * Reads WARC files, also those that other programs wrote or that are damaged.
 *
 * Bytes come from a member file (gzip members, or a plain file) into a window.  A record has three
 * parts.  Its header is taken out of the window whole and parsed.  Its block is returned piece by
 * piece.  Its trailer is what follows the block.
 *
 *     member   | header CRLF CRLF | block ... | CRLF CRLF |     one record, as it should be
 *     window            [start ........ end)                    read and not used yet
 *
 * A broken rule becomes a flaw, and reading goes on where that makes sense: in a gzip file at the
 * next member, in a plain file at the next version line.  A record that cannot be read, or whose
 * block is incomplete, is reported as WARC_LOST.
 */
#include <config.h>

#include "warccap/warc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "warc/arc.h"
#include "warc/digests.h"
#include "warc/header.h"
#include "warc/member.h"
#include "warc/rules.h"

enum {
    WINDOW_BYTES = 1 << 16,
    WINDOW_MOST = WARC_HEADER_MOST + WINDOW_BYTES,
    FLAWS_MOST = 64, /* per record; more are dropped, because they tell nothing new */
    VERSION_LINE_MOST = 32,
};

enum stage { OUTSIDE, IN_BLOCK, BLOCK_CUT };

struct warc_reader {
    struct member_file *file;
    char name[256];
    struct trouble trouble;
    bool broken;
    bool begun; /* something was read, or warc_reader_seek() was called */
    bool any_record, arc;

    char *window;
    size_t start, end, room;
    bool in_member;         /* the bytes of a member are being read or are in the window */
    enum result member_end; /* how the member ended; RESULT_OK while it has not */
    int records_in_member;
    /* the member began with bytes of something else, or with the end of another record */
    bool behind_other;

    enum stage stage;
    int64_t offset;       /* of the current record, in the stored file */
    int64_t block_offset; /* of its block; only right in a plain file */
    int64_t block_length, block_left;
    struct header header;
    struct warc_record record;
    struct digests *digests; /* NULL: digests are not checked */

    struct warc_flaw flaws[FLAWS_MOST];
    size_t flaw_count;
    bool flawed; /* at least one flaw is more than a note */
    bool strict;
    bool deaf; /* flaws are ignored while next_member_goes_on() looks ahead */
    int64_t flaw_offset;
};

/* ---- opening ---- */

static void note_flaw(void *context, enum rule rule, const char *words)
{
    struct warc_reader *reader = context;
    if (reader->deaf)
        return;
    const struct rule_row *row = rule_row(rule);
    if (row->level > WARC_NOTE) {
        reader->flawed = true;
        trouble_say(&reader->trouble, RESULT_FLAWED, "%s: %s", row->name, words);
    }
    if (reader->flaw_count == FLAWS_MOST)
        return;
    struct warc_flaw *flaw = &reader->flaws[reader->flaw_count++];
    *flaw = (struct warc_flaw){.rule = row->name,
                               .level = row->level,
                               .clause = row->clause,
                               .offset = reader->flaw_offset};
    snprintf(flaw->words, sizeof flaw->words, "%s", words);
}

static void forget_flaws(struct warc_reader *reader)
{
    reader->flaw_count = 0;
    reader->flawed = false;
}

static struct rule_listener listener_of(struct warc_reader *reader)
{
    return (struct rule_listener){note_flaw, reader};
}

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
    header_init(&reader->header);
    reader->room = WINDOW_BYTES;
    reader->window = malloc(reader->room);
    reader->file = member_open(source, listener_of(reader));
    if (!reader->window || !reader->file) {
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
    member_close(reader->file);
    digests_free(reader->digests);
    header_release(&reader->header);
    free(reader->window);
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

bool warc_reader_is_gzip(const struct warc_reader *reader)
{
    return member_is_gzip(reader->file);
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
    return number < reader->flaw_count ? &reader->flaws[number] : NULL;
}

/* ---- the window ---- */

static enum warc_result break_off(struct warc_reader *reader)
{
    reader->broken = true;
    reader->stage = OUTSIDE;
    return WARC_BROKEN;
}

/* A strict reader stops at the first flaw. */
static enum warc_result result_of_reading(struct warc_reader *reader, enum warc_result result)
{
    if (reader->strict && reader->flawed)
        return break_off(reader);
    return result == WARC_OK && reader->flawed ? WARC_FLAWED : result;
}

static struct text window_text(const struct warc_reader *reader)
{
    return (struct text){reader->window + reader->start, reader->end - reader->start};
}

/* The offset in the stored file of the first byte in the window.  In a gzip file, the offset of its
 * member. */
static int64_t here(const struct warc_reader *reader)
{
    if (member_is_gzip(reader->file))
        return member_offset(reader->file);
    return member_position(reader->file) - (int64_t)(reader->end - reader->start);
}

static void clear_window(struct warc_reader *reader)
{
    reader->start = reader->end = 0;
}

/* Reads once into the window.  False when the member has ended or the reader is broken. */
static bool pull(struct warc_reader *reader)
{
    size_t got;
    if (!reader->in_member || reader->member_end != RESULT_OK || reader->broken)
        return false;
    enum result result = member_read(reader->file, reader->window + reader->end,
                                     reader->room - reader->end, &got, &reader->trouble);
    reader->end += got;
    if (result == RESULT_OK)
        return true;
    if (result == RESULT_BROKEN)
        break_off(reader);
    else
        reader->member_end = result;
    return false;
}

/* Tries to have `want` bytes of the member in the window, and returns what is there. */
static struct text need(struct warc_reader *reader, size_t want)
{
    if (reader->start == reader->end)
        clear_window(reader);
    while (reader->end - reader->start < want) {
        if (reader->start) {
            memmove(reader->window, reader->window + reader->start, reader->end - reader->start);
            reader->end -= reader->start;
            reader->start = 0;
        }
        if (reader->end == reader->room) {
            char *more = reader->room < WINDOW_MOST ? realloc(reader->window, WINDOW_MOST) : NULL;
            if (!more) {
                trouble_say(&reader->trouble, RESULT_BROKEN, "no memory to read a header");
                break_off(reader);
                break;
            }
            reader->window = more;
            reader->room = WINDOW_MOST;
        }
        reader->flaw_offset = member_offset(reader->file);
        if (!pull(reader))
            break;
    }
    return window_text(reader);
}

/* Whether a record begins here.  Looks as far ahead as necessary. */
static bool record_begins(struct warc_reader *reader)
{
    return member_begins_record(reader->file,
                                need(reader, reader->arc ? ARC_LINE_MOST : VERSION_LINE_MOST));
}

static bool member_is_over(struct warc_reader *reader)
{
    return need(reader, 1).length == 0;
}

/* The member has ended inside a record.  Does the next member continue the record?  It does unless
 * a record begins there.  Then its bytes are in the window after those that were left.  Otherwise
 * nothing has changed. */
static bool next_member_goes_on(struct warc_reader *reader)
{
    if (!member_is_gzip(reader->file) || reader->member_end == RESULT_LOST || reader->broken)
        return false;
    size_t left = reader->end - reader->start;
    int64_t position = member_position(reader->file), offset = member_offset(reader->file);
    reader->deaf = true;
    bool goes_on = member_begin(reader->file, &reader->trouble) == RESULT_OK;
    if (goes_on) {
        enum result ended = reader->member_end;
        reader->member_end = RESULT_OK;
        size_t most = reader->arc ? ARC_LINE_MOST : VERSION_LINE_MOST;
        struct text text = text_skip(need(reader, left + most), left);
        goes_on = text.length > 0 && !member_begins_record(reader->file, text);
        if (!goes_on) {
            reader->member_end = ended;
            reader->end = reader->start + left;
        }
    }
    reader->deaf = false;
    if (!goes_on && !reader->broken)
        member_seek(reader->file, position);
    if (goes_on) {
        reader->behind_other = true;
        reader->flaw_offset = position;
        struct rule_listener listener = listener_of(reader);
        rule_tell(&listener, RULE_RECORD_OVER_MEMBERS, "it begins at %lld and goes on at %lld",
                  (long long)offset, (long long)position);
    }
    return goes_on;
}

static void flaw(struct warc_reader *reader, int64_t offset, enum rule rule, const char *format,
                 ...) __attribute__((format(printf, 4, 5)));

static void flaw(struct warc_reader *reader, int64_t offset, enum rule rule, const char *format,
                 ...)
{
    char detail[RULE_WORDS];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    struct rule_listener listener = listener_of(reader);
    reader->flaw_offset = offset;
    rule_tell(&listener, rule, "%s", detail);
}

/* ---- the block and what follows it ---- */

enum warc_result warc_reader_block(struct warc_reader *reader, const char **bytes, size_t *length)
{
    *bytes = "";
    *length = 0;
    if (reader->broken)
        return WARC_BROKEN;
    if (reader->stage == BLOCK_CUT)
        return WARC_LOST;
    if (reader->stage == OUTSIDE || reader->block_left == 0)
        return WARC_END;
    struct text text = need(reader, 1);
    if (!text.length && next_member_goes_on(reader))
        text = need(reader, 1);
    if (reader->broken)
        return WARC_BROKEN;
    if (!text.length) {
        reader->stage = BLOCK_CUT;
        if (reader->member_end != RESULT_LOST) /* otherwise the damage was reported already */
            flaw(reader, reader->offset,
                 member_is_gzip(reader->file) ? RULE_LENGTH_BEYOND_MEMBER : RULE_LENGTH_BEYOND_FILE,
                 "%lld of %lld bytes are missing", (long long)reader->block_left,
                 (long long)reader->block_length);
        return WARC_LOST;
    }
    if (text.length > (uint64_t)reader->block_left)
        text.length = (size_t)reader->block_left;
    reader->start += text.length;
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
    int64_t size = member_file_size(reader->file), rest = size - here(reader);
    /* A difference is compared, because a sum could overflow. */
    int64_t missing = reader->block_left > rest ? reader->block_left - rest : 0;
    bool in_window = reader->block_left <= (int64_t)(reader->end - reader->start);
    if (member_is_gzip(reader->file) || size < 0 || in_window || reader->digests ||
        reader->stage != IN_BLOCK) {
        while (warc_reader_block(reader, &bytes, &length) == WARC_OK)
            continue;
        return;
    }
    clear_window(reader);
    member_seek(reader->file, missing ? size : size - rest + reader->block_left);
    enum result result = member_begin(reader->file, &reader->trouble);
    reader->member_end = result == RESULT_END ? RESULT_END : RESULT_OK;
    if (result == RESULT_BROKEN) {
        break_off(reader);
    } else if (missing) {
        reader->stage = BLOCK_CUT;
        flaw(reader, reader->offset, RULE_LENGTH_BEYOND_FILE, "%lld of %lld bytes are missing",
             (long long)missing, (long long)reader->block_length);
    }
    reader->block_left = 0;
}

/* Takes all CR and LF off the window and counts them.  *exact: they were CR LF CR LF. */
static size_t take_line_ends(struct warc_reader *reader, bool *exact)
{
    size_t count = 0;
    *exact = true;
    for (;;) {
        struct text text = need(reader, 1);
        if (!text.length || (text.at[0] != '\r' && text.at[0] != '\n'))
            break;
        if (count >= 4 || text.at[0] != "\r\n\r\n"[count])
            *exact = false;
        reader->start++;
        count++;
    }
    *exact = *exact && count == 4;
    return count;
}

/* Skips to the next version line or the end of the member.  Returns the number of skipped bytes. */
static int64_t skip_to_version(struct warc_reader *reader)
{
    int64_t skipped = 0;
    for (;;) {
        if (record_begins(reader) || reader->start == reader->end)
            return skipped;
        struct text text = window_text(reader);
        ptrdiff_t end = text_find_char(text, '\n');
        size_t step = end < 0 ? text.length : (size_t)end + 1;
        reader->start += step;
        skipped += (int64_t)step;
    }
}

/* Moves to the next beginning of a record, at offset `from` of the stored file or after it. */
static void resync(struct warc_reader *reader, int64_t from)
{
    clear_window(reader);
    reader->in_member = false;
    if (member_resync(reader->file, from, &reader->trouble) == RESULT_BROKEN)
        break_off(reader);
}

/* After the block comes neither its trailer nor a record: Content-Length was wrong. */
static void leave_wrong_length(struct warc_reader *reader, size_t line_ends)
{
    if (member_is_gzip(reader->file)) {
        int64_t skipped = skip_to_version(reader) + (int64_t)line_ends;
        reader->behind_other = true;
        flaw(reader, reader->offset, RULE_LENGTH_TOO_SHORT, "%lld byte%s", (long long)skipped,
             PLURAL(skipped));
        return;
    }
    /* A plain file can be read again.  The next record may begin inside the block. */
    int64_t block_end = here(reader) - (int64_t)line_ends;
    resync(reader, reader->block_offset);
    int64_t next = member_position(reader->file);
    if (next < block_end)
        flaw(reader, reader->offset, RULE_LENGTH_TOO_LONG,
             "the next record begins %lld bytes earlier", (long long)(block_end - next));
    else
        flaw(reader, reader->offset, RULE_LENGTH_TOO_SHORT, "%lld byte%s",
             (long long)(next - block_end), PLURAL(next - block_end));
}

/* Whether only the beginning of a version line is left. */
static bool is_version_cut(struct warc_reader *reader)
{
    struct text text = need(reader, VERSION_LINE_MOST);
    return text.length && text.length < VERSION_LINE_MOST && text_find_char(text, '\n') < 0 &&
           text_starts_nocase(text, text_first(TEXT("WARC/"), text.length));
}

static void check_trailer(struct warc_reader *reader)
{
    bool exact;
    size_t count = take_line_ends(reader, &exact);
    if (!count && member_is_over(reader) && next_member_goes_on(reader))
        count = take_line_ends(reader, &exact);
    bool over = member_is_over(reader);
    if (over && reader->member_end == RESULT_LOST)
        return; /* the file ends here, which was reported */
    if (!over && !record_begins(reader) && !is_version_cut(reader)) {
        leave_wrong_length(reader, count);
        return;
    }
    if (!exact && !reader->arc) /* an ARC record ends in one line end, several or none */
        flaw(reader, reader->offset, RULE_RECORD_TRAILER, "%zu byte%s of line ends", count,
             PLURAL(count));
    if (!over && member_is_gzip(reader->file) && reader->records_in_member == 1)
        flaw(reader, reader->offset, RULE_MEMBER_SHARED,
             "another record follows in the same member");
}

/* Moves on after a member.  Damage in it may have swallowed the beginning of the next one. */
static void leave_member(struct warc_reader *reader)
{
    int64_t begin = member_offset(reader->file), end = member_position(reader->file);
    bool at_end = member_is_at_end(reader->file);
    if (reader->records_in_member > 1 && begin == 0 && member_is_gzip(reader->file) && at_end)
        flaw(reader, 0, RULE_MEMBER_WHOLE_FILE, "%d records", reader->records_in_member);
    reader->in_member = false;
    clear_window(reader);
    if (!member_is_gzip(reader->file) || reader->member_end == RESULT_END || at_end)
        return;
    if (reader->member_end == RESULT_FLAWED)
        resync(reader, end);
    if (reader->member_end == RESULT_LOST || member_position(reader->file) != end)
        resync(reader, begin + 1);
}

/* The offset in the stored file at which the record just left ends.  In a member with more records,
 * only what was read so far is known. */
static int64_t record_end(const struct warc_reader *reader)
{
    return member_is_gzip(reader->file) ? member_position(reader->file) : here(reader);
}

/* Leaves the record: the end of its block was reached, or cannot be. */
static void leave_record(struct warc_reader *reader)
{
    if (reader->stage == IN_BLOCK) {
        struct rule_listener listener = listener_of(reader);
        reader->flaw_offset = reader->offset;
        if (reader->digests)
            digests_end(reader->digests, &listener);
        check_trailer(reader);
    } else if (!member_is_gzip(reader->file))
        resync(reader, reader->block_offset);
    reader->stage = OUTSIDE;
    if (reader->in_member && member_is_over(reader) && !reader->broken)
        leave_member(reader);
}

enum warc_result warc_reader_finish(struct warc_reader *reader, struct warc_place *place)
{
    if (reader->broken)
        return WARC_BROKEN;
    if (reader->stage == OUTSIDE) {
        trouble_say(&reader->trouble, RESULT_LOST, "no record is being read");
        return WARC_LOST;
    }
    skip_block(reader);
    bool cut = reader->stage == BLOCK_CUT;
    leave_record(reader);
    if (reader->broken)
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
    if (reader->broken)
        return WARC_BROKEN;
    member_seek(reader->file, offset);
    clear_window(reader);
    forget_flaws(reader);
    reader->in_member = false;
    reader->stage = OUTSIDE;
    reader->begun = true;
    return WARC_OK;
}

/* No record can be read from here: moves on and returns WARC_LOST. */
static enum warc_result lose(struct warc_reader *reader, int64_t resync_from)
{
    /* Never go back to what was read already. */
    if (reader->in_member && (!member_is_gzip(reader->file) || reader->member_end == RESULT_LOST))
        resync(reader, resync_from > reader->offset ? resync_from : reader->offset + 1);
    else if (reader->in_member) {
        reader->behind_other = true;
        skip_to_version(reader);
    }
    if (reader->in_member && member_is_over(reader))
        leave_member(reader);
    reader->stage = OUTSIDE;
    return reader->broken ? WARC_BROKEN : WARC_LOST;
}

/* Begins the next member.  Bytes that are not a member are skipped and reported once as a whole. */
static enum warc_result enter_member(struct warc_reader *reader)
{
    int64_t from = member_position(reader->file);
    size_t told = reader->flaw_count;
    bool first = !reader->begun;
    reader->begun = true;
    reader->offset = reader->flaw_offset = from;
    enum result result = member_begin(reader->file, &reader->trouble);
    if (result == RESULT_BROKEN)
        return break_off(reader);
    if (result == RESULT_END && first) {
        flaw(reader, 0, RULE_FILE_EMPTY, "0 bytes");
        return WARC_LOST;
    }
    if (result == RESULT_END)
        return WARC_END;
    if (result == RESULT_LOST) {
        resync(reader, from + 1);
        if (reader->flaw_count == told) {
            int64_t skipped = member_position(reader->file) - from;
            flaw(reader, from, RULE_GARBAGE, "%lld byte%s", (long long)skipped, PLURAL(skipped));
        }
        return reader->broken ? WARC_BROKEN : WARC_LOST;
    }
    clear_window(reader);
    reader->in_member = true;
    reader->member_end = RESULT_OK;
    reader->records_in_member = 0;
    reader->behind_other = false;
    return WARC_OK;
}

/* The first record that is read decides whether a file is an ARC file. */
static bool is_arc_record(struct warc_reader *reader)
{
    struct arc_line line;
    struct text text = need(reader, ARC_LINE_MOST);
    if (reader->broken || !arc_line_read(text, &line) || (!reader->arc && reader->any_record))
        return false;
    reader->arc = true;
    member_is_arc(reader->file);
    return true;
}

/* Finds the beginning of a record in the member and skips blank lines. */
static enum warc_result find_record(struct warc_reader *reader)
{
    bool exact;
    if (member_is_over(reader) && !reader->broken) {
        int64_t from = here(reader);
        if (reader->member_end != RESULT_LOST)
            flaw(reader, from, RULE_MEMBER_EMPTY, "it has %lld bytes",
                 (long long)(member_position(reader->file) - from));
        return lose(reader, from + 1);
    }
    size_t blank = take_line_ends(reader, &exact);
    reader->offset = here(reader);
    if (blank && !reader->arc)
        flaw(reader, reader->offset, RULE_BLANK_BEFORE_RECORD, "%zu byte%s of line ends", blank,
             PLURAL(blank));
    struct text text = need(reader, VERSION_LINE_MOST);
    if (reader->broken)
        return WARC_BROKEN;
    if (!text.length)
        return lose(reader, reader->offset + 1);
    if ((reader->arc || !member_version_line(text)) && !is_arc_record(reader)) {
        text = window_text(reader);
        size_t shown = text.length > 20 ? 20 : text.length;
        if (!is_version_cut(reader))
            flaw(reader, reader->offset, RULE_VERSION_MISSING, "it begins \"%.*s\"", (int)shown,
                 text.at);
        else if (reader->member_end != RESULT_LOST) /* otherwise the damage was reported */
            flaw(reader, reader->offset, RULE_HEADER_CUT, "it ends after %zu bytes", text.length);
        return lose(reader, reader->offset + 1);
    }
    if (reader->behind_other && member_is_gzip(reader->file))
        flaw(reader, reader->offset, RULE_MEMBER_SHARED,
             "something else precedes this record, which cannot be read on its own");
    reader->behind_other = false;
    return WARC_OK;
}

/* Takes the line of an ARC record out of the window. */
static enum warc_result take_arc_line(struct warc_reader *reader)
{
    struct arc_line line;
    /* The line and the beginning of the block, which tells the type of the record. */
    struct text text = need(reader, ARC_LINE_MOST + sizeof "HTTP/");
    reader->flaw_offset = reader->offset;
    struct rule_listener listener = listener_of(reader);
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
    reader->start += line.length;
    return WARC_OK;
}

/* Takes the header out of the window. */
static enum warc_result take_header(struct warc_reader *reader)
{
    size_t want = VERSION_LINE_MOST, searched = 0, length = 0;
    int64_t offset = reader->offset;
    for (;;) {
        struct text text = need(reader, want);
        if (reader->broken)
            return WARC_BROKEN;
        length = header_length(text, searched);
        if (length || text.length > WARC_HEADER_MOST)
            break;
        searched = text.length > 3 ? text.length - 3 : 0;
        if (text.length < want && !next_member_goes_on(reader)) {
            if (reader->member_end != RESULT_LOST)
                flaw(reader, offset, RULE_HEADER_CUT, "it ends after %zu bytes", text.length);
            reader->start = reader->end;
            return lose(reader, offset + 1);
        }
        want = text.length + 1;
    }
    if (!length || length > WARC_HEADER_MOST) {
        flaw(reader, offset, RULE_HEADER_TOO_LONG, "more than %d bytes", WARC_HEADER_MOST);
        reader->start++; /* the same version line must not be found again */
        return lose(reader, offset + 1);
    }
    buf_clear(&reader->header.bytes);
    buf_append(&reader->header.bytes, reader->window + reader->start, length);
    reader->start += length;
    reader->flaw_offset = offset;
    struct rule_listener listener = listener_of(reader);
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
    reader->flaw_offset = reader->offset;
    struct rule_listener listener = listener_of(reader);
    if (!reader->arc)
        rules_check(record, &listener);
    else if (!length_known)
        rule_tell(&listener, RULE_LENGTH_FORM, "%.40s", given);
    reader->any_record = true;
    reader->records_in_member++;
    reader->block_length = reader->block_left = record->content_length;
    reader->block_offset = here(reader);
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
    if (reader->broken)
        return WARC_BROKEN;
    forget_flaws(reader);
    if (reader->stage != OUTSIDE) {
        skip_block(reader);
        leave_record(reader);
    }
    enum warc_result result = reader->broken ? WARC_BROKEN : WARC_OK;
    if (result == WARC_OK && !reader->in_member)
        result = enter_member(reader);
    if (result == WARC_OK)
        result = find_record(reader);
    if (result == WARC_OK)
        result = reader->arc ? take_arc_line(reader) : take_header(reader);
    if (result == WARC_OK)
        result = begin_block(reader);
    result = result_of_reading(reader, result);
    if (result == WARC_OK || result == WARC_FLAWED)
        *record = &reader->record;
    return result;
}
