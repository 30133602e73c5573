/*
 * Writes a WACZ file: a ZIP file whose entries are stored as they are, so that players read parts
 * of them by offset (WACZ 1.1.1, section "Zip Compression").  Files and offsets may have any size
 * (ZIP64).
 *
 * The file has the name PATH.new until it is complete and on the disk.  Equal entries with equal
 * times make equal bytes, if the time zone is UTC: ZIP stores local time.
 *
 * One thread.  Functions return OK, or BROKEN with words that name the path.
 */
#ifndef PACK_WACZ_WRITER_H
#define PACK_WACZ_WRITER_H

#include <stdint.h>
#include <time.h>

#include "base/result.h"
#include "base/spool.h"
#include "base/text.h"

enum { WACZ_DIGEST_SIZE = 65 }; /* SHA-256 in lower-case hexadecimal, and NUL */

struct wacz_writer;

/* An entry that was written. */
struct wacz_entry {
    int64_t bytes;
    char sha256[WACZ_DIGEST_SIZE];
};

/* Told how many bytes of files were copied since the last call.  May be NULL. */
typedef void wacz_copied(void *context, uint64_t bytes);

/* Creates PATH.new, in place of what an interrupted run left there.  BROKEN also when another
 * process is writing it.  `path` is copied; `time` is
 * that of every entry.  The caller ends the writer in one of the two ways below. */
MUST_CHECK enum result wacz_writer_open(struct wacz_writer **writer, const char *path, time_t time,
                                        struct trouble *trouble);

/* Adds an entry with these bytes.  `name` is its path in the ZIP file.  *entry is filled in. */
MUST_CHECK enum result wacz_writer_add(struct wacz_writer *writer, const char *name,
                                       struct text bytes, struct wacz_entry *entry,
                                       struct trouble *trouble);
MUST_CHECK enum result wacz_writer_add_spool(struct wacz_writer *writer, const char *name,
                                             const struct spool *spool, struct wacz_entry *entry,
                                             struct trouble *trouble);
/* The same with the content of a file, which must not change meanwhile. */
MUST_CHECK enum result wacz_writer_add_file(struct wacz_writer *writer, const char *name,
                                            const char *path, struct wacz_entry *entry,
                                            struct trouble *trouble);
/* Who is told of the bytes of files. */
void wacz_writer_tell(struct wacz_writer *writer, wacz_copied *copied, void *context);

/* Ends the file, syncs it, and gives it its name, in place of a file that may have it.  Frees the
 * writer in any case. */
MUST_CHECK enum result wacz_writer_finish(struct wacz_writer *writer, struct trouble *trouble);
/* Removes what was written, and frees the writer.  NULL is allowed. */
void wacz_writer_drop(struct wacz_writer *writer);

#endif
