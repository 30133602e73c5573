/*
 * Reads the bytes of a stored WARC file through a window, and inflates them member by member (RFC
 * 1952).  zlib does the inflating; header and trailer of a member are read here, so that what is
 * wrong with them can be reported.
 */
#include <config.h>

#include "warc/member.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/gzip.h"
#include "warc/arc.h"

enum {
    WINDOW_BYTES = 1 << 17, /* bytes of the stored file in memory */
    PROBE_BYTES = 4096,     /* a member must show within these bytes that a record begins in it */
    FIXED_HEADER = 10,
    TRAILER = 8,
    VERSION_LINE_MOST = 32,
};

/* Flags in the header of a member (RFC 1952, section 2.3.1). */
enum { FLAG_CRC = 2, FLAG_EXTRA = 4, FLAG_NAME = 8, FLAG_COMMENT = 16, FLAGS_RESERVED = 0xe0 };

enum member_state { BETWEEN, INSIDE, ENDED, ENDED_BADLY, DAMAGED };

struct member_file {
    struct source *source;
    int read_error; /* errno of the first read */
    bool gzip, arc;
    struct rule_listener listener;

    size_t start, end;  /* of the unread bytes in the window */
    int64_t window_end; /* the offset in the file of window[end] */
    size_t piece;       /* bytes that were read last; 0: none since a seek */

    enum member_state state;
    int64_t offset;
    z_stream inflater;
    bool inflater_ready;
    uint32_t crc, length;
    bool foreign_trailer; /* of the member that was read last: nothing in it fits */
    char window[WINDOW_BYTES];
};

/* ---- the stored bytes ---- */

int64_t member_position(const struct member_file *file)
{
    return file->window_end - (int64_t)(file->end - file->start);
}

int64_t member_offset(const struct member_file *file)
{
    return file->offset;
}

bool member_is_gzip(const struct member_file *file)
{
    return file->gzip;
}

int64_t member_file_size(const struct member_file *file)
{
    return source_size(file->source);
}

void member_seek(struct member_file *file, int64_t offset)
{
    int64_t window_begin = file->window_end - (int64_t)file->end;
    if (offset < window_begin && offset < source_earliest(file->source))
        offset = source_earliest(file->source);
    if (offset >= window_begin && offset <= file->window_end) {
        file->start = (size_t)(offset - window_begin);
    } else {
        file->start = file->end = 0;
        file->window_end = offset;
        file->piece = 0;
    }
    file->state = BETWEEN;
    file->offset = offset;
}

/* Tries to have `want` bytes in the window.  Fewer means the end of the file. */
static enum result fill(struct member_file *file, size_t want, struct trouble *trouble)
{
    if (file->end - file->start >= want)
        return RESULT_OK;
    memmove(file->window, file->window + file->start, file->end - file->start);
    file->end -= file->start;
    file->start = 0;
    while (file->end < want) {
        size_t room = sizeof file->window - file->end;
        /* Who goes to a place often wants one record of it, who goes on wants more and more. */
        file->piece = file->piece ? 2 * file->piece : PROBE_BYTES;
        if (file->piece < want - file->end)
            file->piece = want - file->end;
        if (file->piece > room)
            file->piece = room;
        ptrdiff_t got =
            source_read(file->source, file->window + file->end, file->piece, file->window_end);
        if (got < 0)
            return trouble_say_os(trouble, RESULT_BROKEN, "cannot read the file");
        if (got == 0)
            break;
        file->end += (size_t)got;
        file->window_end += got;
    }
    return RESULT_OK;
}

bool member_is_at_end(struct member_file *file)
{
    return fill(file, 1, NULL) == RESULT_OK && file->start == file->end;
}

static struct text window_text(const struct member_file *file)
{
    return (struct text){file->window + file->start, file->end - file->start};
}

struct member_file *member_open(struct source *source, struct rule_listener listener)
{
    struct member_file *file = source ? malloc(sizeof *file) : NULL;
    if (!file) {
        source_close(source);
        return NULL;
    }
    memset(file, 0, offsetof(struct member_file, window));
    file->source = source;
    file->listener = listener;
    if (fill(file, VERSION_LINE_MOST, NULL) != RESULT_OK) {
        file->read_error = errno;
        return file;
    }
    struct text name = text_of(source_name(source));
    bool named_gzip = text_ends(name, TEXT(".gz")) || text_ends(name, TEXT(".gz.open"));
    file->gzip = text_starts(window_text(file), TEXT("\x1f\x8b")) ||
                 (named_gzip && !member_version_line(window_text(file)));
    return file;
}

void member_close(struct member_file *file)
{
    if (!file)
        return;
    if (file->inflater_ready)
        inflateEnd(&file->inflater);
    source_close(file->source);
    free(file);
}

/* ---- the frame of a member ---- */

/* Length in bytes of the member header with which `text` begins: 0 when there is none, more than
 * text.length when it is cut. */
static size_t frame_length(struct text text, bool *understood)
{
    static const char magic[] = "\x1f\x8b\x08";
    *understood = false;
    if (!text_starts(text_first(TEXT("\x1f\x8b"), text.length), text_first(text, 2)) ||
        !text.length)
        return 0;
    if (text.length < FIXED_HEADER)
        return FIXED_HEADER;
    unsigned flags = (unsigned char)text.at[3];
    if (!text_starts(text, text_of(magic)) || flags & FLAGS_RESERVED)
        return FIXED_HEADER;
    *understood = true;
    size_t length = FIXED_HEADER;
    if (flags & FLAG_EXTRA) {
        if (text.length < length + 2)
            return length + 2;
        length +=
            2u + (unsigned char)text.at[length] + ((size_t)(unsigned char)text.at[length + 1] << 8);
    }
    for (unsigned flag = FLAG_NAME; flag <= FLAG_COMMENT; flag <<= 1) {
        if (!(flags & flag))
            continue;
        ptrdiff_t end = text_find_char(text_skip(text, length), '\0');
        if (end < 0)
            return text.length + 1;
        length += (size_t)end + 1;
    }
    return length + (flags & FLAG_CRC ? 2 : 0);
}

static bool reset_inflater(struct member_file *file)
{
    if (file->inflater_ready)
        return inflateReset(&file->inflater) == Z_OK;
    file->inflater_ready = inflateInit2(&file->inflater, -MAX_WBITS) == Z_OK;
    return file->inflater_ready;
}

/* A header may end in the lower half of its own CRC-32 (RFC 1952, 2.3.1). */
static void check_header(const struct member_file *file, size_t length)
{
    const unsigned char *header = (const unsigned char *)file->window + file->start;
    unsigned said = header[length - 2] | (unsigned)header[length - 1] << 8;
    unsigned is = (unsigned)crc32(0, header, (uInt)(length - 2)) & 0xffff;
    if (said != is)
        rule_tell(&file->listener, RULE_GZIP_CRC, "%04x in its header instead of %04x", said, is);
}

static enum result begin_gzip(struct member_file *file, struct trouble *trouble)
{
    bool understood;
    size_t length = frame_length(window_text(file), &understood);
    if (length > file->end - file->start) {
        /* Names and extra fields may be long.  Only then the whole window is needed. */
        if (fill(file, WINDOW_BYTES, trouble) != RESULT_OK)
            return RESULT_BROKEN;
        length = frame_length(window_text(file), &understood);
    }
    if (length == 0)
        return RESULT_LOST;
    if (length > file->end - file->start) {
        rule_tell(&file->listener, RULE_FILE_CUT, "in the header of a gzip member");
        return RESULT_LOST;
    }
    if (!understood) {
        rule_tell(&file->listener, RULE_GZIP_HEADER, "method %d, flags %d",
                  (unsigned char)file->window[file->start + 2],
                  (unsigned char)file->window[file->start + 3]);
        return RESULT_LOST;
    }
    unsigned flags = (unsigned char)file->window[file->start + 3];
    if (flags & FLAG_EXTRA)
        rule_tell(&file->listener, RULE_GZIP_EXTRA, "%zu byte%s", length - FIXED_HEADER,
                  PLURAL(length - FIXED_HEADER));
    if (flags & (FLAG_NAME | FLAG_COMMENT))
        rule_tell(&file->listener, RULE_GZIP_NAME, "%zu byte%s", length - FIXED_HEADER,
                  PLURAL(length - FIXED_HEADER));
    if (flags & FLAG_CRC)
        check_header(file, length);
    if (!reset_inflater(file))
        return trouble_say(trouble, RESULT_BROKEN, "no memory to inflate");
    file->start += length;
    return RESULT_OK;
}

enum result member_begin(struct member_file *file, struct trouble *trouble)
{
    if (file->read_error) {
        errno = file->read_error;
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot open the file");
    }
    enum result result = fill(file, PROBE_BYTES, trouble);
    if (result != RESULT_OK)
        return result;
    file->offset = member_position(file);
    if (file->start == file->end)
        return RESULT_END;
    if (file->gzip)
        result = begin_gzip(file, trouble);
    if (result != RESULT_OK)
        return result;
    file->state = INSIDE;
    file->crc = file->length = 0;
    file->foreign_trailer = false;
    return RESULT_OK;
}

static uint32_t little_endian(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Compares the eight bytes after the data of a member with what was inflated. */
static enum result check_trailer(struct member_file *file, struct trouble *trouble)
{
    if (fill(file, TRAILER, trouble) != RESULT_OK)
        return RESULT_BROKEN;
    file->state = ENDED_BADLY;
    if (file->end - file->start < TRAILER) {
        rule_tell(&file->listener, RULE_FILE_CUT,
                  "in the trailer of a gzip member, after %zu of its bytes",
                  file->end - file->start);
        file->start = file->end;
        return RESULT_OK;
    }
    uint32_t crc = little_endian(file->window + file->start),
             length = little_endian(file->window + file->start + 4);
    if (crc != file->crc)
        rule_tell(&file->listener, RULE_GZIP_CRC, "the trailer has %08x, %08x is right",
                  (unsigned)crc, (unsigned)file->crc);
    if (length != file->length)
        rule_tell(&file->listener, RULE_GZIP_LENGTH, "the trailer has %u, %u is right",
                  (unsigned)length, (unsigned)file->length);
    if (crc == file->crc && length == file->length)
        file->state = ENDED;
    file->foreign_trailer = crc != file->crc && length != file->length;
    file->start += TRAILER;
    return RESULT_OK;
}

bool member_has_foreign_trailer(const struct member_file *file)
{
    return file->foreign_trailer;
}

static enum result state_result(const struct member_file *file)
{
    return file->state == ENDED         ? RESULT_END
           : file->state == ENDED_BADLY ? RESULT_FLAWED
                                        : RESULT_LOST;
}

static enum result read_plain(struct member_file *file, char *out, size_t room, size_t *got,
                              struct trouble *trouble)
{
    if (fill(file, 1, trouble) != RESULT_OK)
        return RESULT_BROKEN;
    struct text text = text_first(window_text(file), room);
    if (!text.length) {
        file->state = ENDED;
        return RESULT_END;
    }
    memcpy(out, text.at, text.length);
    file->start += text.length;
    *got = text.length;
    return RESULT_OK;
}

enum result member_read(struct member_file *file, char *out, size_t room, size_t *got,
                        struct trouble *trouble)
{
    *got = 0;
    if (file->state != INSIDE)
        return state_result(file);
    if (!file->gzip)
        return read_plain(file, out, room, got, trouble);
    z_stream *inflater = &file->inflater;
    inflater->next_out = (unsigned char *)out;
    inflater->avail_out = room > 1u << 30 ? 1u << 30 : (unsigned)room;
    unsigned offered = inflater->avail_out;
    while (file->state == INSIDE && inflater->avail_out == offered) {
        if (fill(file, 1, trouble) != RESULT_OK)
            return RESULT_BROKEN;
        if (file->start == file->end) {
            rule_tell(&file->listener, RULE_FILE_CUT, "in the data of a gzip member");
            file->state = DAMAGED;
            break;
        }
        inflater->next_in = (unsigned char *)file->window + file->start;
        inflater->avail_in = (unsigned)(file->end - file->start);
        int result = inflate(inflater, Z_NO_FLUSH);
        file->start = file->end - inflater->avail_in;
        size_t made = offered - inflater->avail_out;
        file->crc = gzip_crc(file->crc, (struct text){out, made});
        file->length += (uint32_t)made;
        if (result == Z_STREAM_END) {
            if (check_trailer(file, trouble) != RESULT_OK)
                return RESULT_BROKEN;
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            rule_tell(&file->listener, RULE_GZIP_DATA, "%s",
                      inflater->msg ? inflater->msg : "it cannot be inflated");
            file->state = DAMAGED;
        }
    }
    *got = offered - inflater->avail_out;
    return *got ? RESULT_OK : state_result(file);
}

/* ---- after damage ---- */

size_t member_version_line(struct text text)
{
    if (!text_starts_nocase(text, TEXT("WARC/")))
        return 0;
    size_t at = 5, digits = 0;
    for (int part = 0; part < 2; part++, digits = 0) {
        while (at < text.length && digits < 4 && ascii_is_digit(text.at[at])) {
            at++;
            digits++;
        }
        if (!digits || (part == 0 && (at >= text.length || text.at[at++] != '.')))
            return 0;
    }
    while (at < text.length && at < VERSION_LINE_MOST &&
           (text.at[at] == ' ' || text.at[at] == '\t'))
        at++;
    if (at < text.length && text.at[at] == '\r')
        at++;
    return at < text.length && text.at[at] == '\n' ? at + 1 : 0;
}

void member_is_arc(struct member_file *file)
{
    file->arc = true;
}

bool member_begins_record(const struct member_file *file, struct text text)
{
    struct arc_line line;
    return file->arc ? arc_line_read(text, &line) : member_version_line(text) > 0;
}

/* Whether the window begins with a member in which a record begins.  The magic bytes alone are not
 * enough: by chance they occur about 64 times per gigabyte of compressed data. */
static bool has_record(struct member_file *file)
{
    bool understood;
    struct text text = text_first(window_text(file), PROBE_BYTES);
    size_t length = frame_length(text, &understood);
    if (!understood || length >= text.length || !reset_inflater(file))
        return false;
    char begin[MEMBER_BEGIN_MOST];
    file->inflater.next_in = (unsigned char *)(uintptr_t)text.at + length;
    file->inflater.avail_in = (unsigned)(text.length - length);
    file->inflater.next_out = (unsigned char *)begin;
    unsigned wanted = file->arc ? sizeof begin : VERSION_LINE_MOST;
    file->inflater.avail_out = wanted;
    int result = inflate(&file->inflater, Z_NO_FLUSH);
    return (result == Z_OK || result == Z_STREAM_END) &&
           member_begins_record(file, (struct text){begin, wanted - file->inflater.avail_out});
}

enum result member_resync(struct member_file *file, int64_t from, struct trouble *trouble)
{
    /* In a plain file the version must begin a line, so the search begins one byte earlier. */
    bool line_begins = from == 0;
    member_seek(file, file->gzip || !from ? from : from - 1);
    for (;;) {
        if (fill(file, PROBE_BYTES, trouble) != RESULT_OK)
            return RESULT_BROKEN;
        if (file->start == file->end)
            break;
        if (file->gzip ? has_record(file)
                       : line_begins && member_begins_record(file, window_text(file))) {
            member_seek(file, member_position(file));
            return RESULT_OK;
        }
        line_begins = file->window[file->start++] == '\n';
        if (line_begins && !file->gzip)
            continue;
        /* Skips to the next byte that may begin a record. */
        const char *at = file->window + file->start;
        const char *next = memchr(at, file->gzip ? 0x1f : '\n', file->end - file->start);
        file->start = next ? (size_t)(next - file->window) : file->end;
    }
    member_seek(file, member_position(file));
    return RESULT_END;
}
