/*
 * Files, as an archive needs them: created exclusively, written whole or not at all, synced,
 * renamed without replacing. Every failure names the path.
 */
#ifndef BASE_DISK_H
#define BASE_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

/* Makes `path` and its missing parents (mode 0777 less the umask), durably.  OK also when it is
 * there already. */
MUST_CHECK enum result disk_make_directory(const char *path, struct trouble *trouble);

/* Creates `path` for writing; it must not exist (O_EXCL).  -1 and words on failure. */
MUST_CHECK int disk_create(const char *path, struct trouble *trouble);

/* Writes all of it, through short writes and EINTR.  BROKEN on any error: how much arrived is then
 * unknown. */
MUST_CHECK enum result disk_write(int fd, const void *bytes, size_t length, const char *path,
                                  struct trouble *trouble);

/* Brings what was written to the disk itself; see system_sync(). */
MUST_CHECK enum result disk_sync(int fd, const char *path, struct trouble *trouble);

/* Makes names in `directory` durable (fsync of the directory itself). */
MUST_CHECK enum result disk_sync_directory(const char *directory, struct trouble *trouble);

/* Renames, refusing to replace an existing `to`; the directory is the caller's to sync. */
MUST_CHECK enum result disk_rename(const char *from, const char *to, struct trouble *trouble);

/* Replaces `path` by `bytes` such that a reader sees the old or the new, whole: temporary file
 * beside it, sync, rename, sync of the directory. */
MUST_CHECK enum result disk_replace(const char *path, struct text bytes, struct trouble *trouble);

/* Reads the whole file ("-" is standard input) into out, which is cleared first.  BROKEN also when
 * it is longer than out's limit. */
MUST_CHECK enum result disk_read(const char *path, struct buf *out, struct trouble *trouble);

/* Calls `visit` with the name of each entry of the directory but "." and "..", in byte order. */
MUST_CHECK enum result disk_list(const char *directory,
                                 void (*visit)(void *context, const char *name), void *context,
                                 struct trouble *trouble);

bool disk_is_directory(const char *path);
bool disk_exists(const char *path);
/* Whether another process holds it by flock(). */
bool disk_is_locked(const char *path);
/* -1 when it can't be told. */
int64_t disk_file_size(const char *path);
/* Bytes that an ordinary process may still write on the file system of `path`; -1 when it can't be
 * told. */
int64_t disk_free_bytes(const char *path);

#endif
