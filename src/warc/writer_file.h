/*
 * The file that a writer appends to.  Bytes wait in `pending`; `whole` is the offset at which the
 * current event began.  When writing fails, the file is cut back to `whole`, or to the event before
 * it if the file does not reach that far.  What was synced is never cut off: the caller was told
 * that it is safe, and other records may refer to it.  From then on the file is broken: a file with
 * a hole must never get its final name.  warc_mend() finishes it later.
 *
 * When a sync fails, the file is cut back to the last good sync.  Bytes after that may still be
 * readable, but the system may have given up on writing them.  A second sync would then report
 * success, so warc_mend() must not find them.  No caller was told that they are safe.
 */
#ifndef WARC_WRITER_FILE_H
#define WARC_WRITER_FILE_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/result.h"
#include "warccap/warc.h"

enum { PREFIX_MOST = 100, HOSTNAME_MOST = 64 };

struct writer_file {
    char *directory; /* empty: the working directory */
    char prefix[PREFIX_MOST + 1], hostname[HOSTNAME_MOST + 1];
    unsigned serial;           /* of the next file */
    bool logs_commits;         /* each file gets a commit log */
    struct digester *digester; /* SHA-256 of the file so far; NULL: not needed */
    struct digester *at_whole; /* ... and as it was at `whole`, once more than that was written */

    int fd;         /* -1: no file is open */
    int commits_fd; /* -1: there is no commit log */
    char name[256];
    char open_path[PATH_MAX], final_path[PATH_MAX];
    int64_t written;   /* bytes written to the file */
    int64_t whole;     /* the offset at which the current event began */
    int64_t kept;      /* the last end of an event or sync up to which all bytes were written */
    int64_t synced;    /* bytes that were synced to the disk */
    int64_t committed; /* bytes that the commit log says are synced */
    struct buf pending;
    bool broken;
};

/* Takes the directory, names and commit log from the options.  `digests`: the file is digested as
 * it is written.  False without memory; it must be released nevertheless. */
MUST_CHECK bool writer_file_init(struct writer_file *file,
                                 const struct warc_writer_options *options, bool digests);
/* Closes what is open, without renaming it. */
void writer_file_release(struct writer_file *file);

/* The size of the file with what is pending. */
int64_t writer_file_size(const struct writer_file *file);

/* Opens the next file, under a name that no other file has.  WARC_OK or WARC_BROKEN. */
MUST_CHECK enum warc_result writer_file_create(struct writer_file *file, struct trouble *trouble);
/* Writes what is pending.  WARC_OK or WARC_BROKEN. */
MUST_CHECK enum warc_result writer_file_flush(struct writer_file *file, struct trouble *trouble);
/* Writes and syncs what is pending, and notes it in the commit log.  WARC_OK or WARC_BROKEN. */
MUST_CHECK enum warc_result writer_file_sync(struct writer_file *file, struct trouble *trouble);

/* Cuts off what is after the last whole event, because of *trouble, to whose words it adds.  If
 * that cannot be synced, cuts off everything after the last sync.  Returns WARC_BROKEN. */
MUST_CHECK enum warc_result writer_file_break(struct writer_file *file, struct trouble *trouble);

/* Takes back all bytes of the current event, written or pending.  The next one can begin.  WARC_OK,
 * or WARC_BROKEN when the file cannot be cut. */
MUST_CHECK enum warc_result writer_file_drop_event(struct writer_file *file,
                                                   struct trouble *trouble);

/* Closes the synced file and gives it its final name.  With `drops`, removes it instead.  The name
 * and `written` stay until writer_file_forget().  WARC_OK or WARC_BROKEN. */
MUST_CHECK enum warc_result writer_file_finish(struct writer_file *file, bool drops,
                                               struct trouble *trouble);
/* Makes ready for the next file. */
void writer_file_forget(struct writer_file *file);

#endif
