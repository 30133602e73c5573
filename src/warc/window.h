/*
 * The bytes of a member that were read and not used yet.
 *
 *     member   | header CRLF CRLF | block ... | CRLF CRLF |     one record, as it should be
 *     window            [start ........ end)
 *
 * In a gzip file it also goes on from one member to the next where a record does.
 */
#ifndef WARC_WINDOW_H
#define WARC_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "base/text.h"
#include "warc/flaws.h"
#include "warc/member.h"

enum { VERSION_LINE_MOST = 32 };

struct window {
    struct member_file *file;
    char *bytes;
    size_t start, end, room;
    bool in_member;         /* the bytes of a member are being read or are in the window */
    enum result member_end; /* how the member ended; RESULT_OK while it has not */
    int64_t bad_member;     /* where it begins, if it ended badly; 0 if not */
    bool foreign_trailer;   /* ... and nothing in its trailer fits it (member.h) */
    /* the member began with bytes of something else, or with the end of another record */
    bool behind_other;
    bool arc;            /* the file is an ARC file */
    bool broken;         /* *trouble says why; nothing more is read */
    int64_t pulled;      /* bytes that were read into the window, up to its end */
    int64_t no_end;      /* no header that begins before that many bytes ends before them */
    int64_t pulled_when; /* what was pulled when the present member or record began */
    int64_t in_vain;     /* bytes that were read before reading went back: see window_resync() */
    struct flaws *flaws;
    struct trouble *trouble;
};

/* Opens the file and takes *source, even when it fails.  *flaws and *trouble must outlive it. False
 * without memory; it must be released nevertheless. */
MUST_CHECK bool window_init(struct window *window, struct source *source, struct flaws *flaws,
                            struct trouble *trouble);
void window_release(struct window *window);

/* What is in the window. */
struct text window_text(const struct window *window);

/* The offset in the stored file of the first byte in the window.  In a gzip file, the offset of its
 * member. */
int64_t window_here(const struct window *window);
/* Drops what is in the window. */
void window_clear(struct window *window);
/* Tries to have `want` bytes of the member in the window, and returns what is there. */
struct text window_need(struct window *window, size_t want);
/* Whether neither window nor member have another byte. */
bool window_is_over(struct window *window);

/* Whether a record begins here.  Looks as far ahead as necessary. */
bool window_begins_record(struct window *window);
/* Whether only the beginning of a version line is left. */
bool window_is_version_cut(struct window *window);

/* A member or a record begins: what is read from now on is in vain if reading goes back. */
void window_begin(struct window *window);
/* Whether half of the bytes that may be read in vain were read. Then records that are known to
 * be cut are not read any more. */
bool window_is_wasteful(const struct window *window);

/* The member has ended inside a record.  Does the next member continue the record?  It does unless
 * a record begins there.  Then its bytes are in the window after those that were left.  Otherwise
 * nothing has changed. */
bool window_goes_on(struct window *window);
/* Takes all CR and LF off the window and counts them.  *exact: they were CR LF CR LF. */
size_t window_take_line_ends(struct window *window, bool *exact);
/* Skips to the next version line or the end of the member.  Returns the number of skipped bytes. */
int64_t window_skip_to_version(struct window *window);
/* Moves to the next beginning of a record, at offset `from` of the stored file or after it.  Going
 * back has a limit: then reading goes on from here. So a file whose records claim to overlap is
 * read a few times, and not once for each of them. */
void window_resync(struct window *window, int64_t from);

#endif
