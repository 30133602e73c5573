/*
 * Files and directories, handled as an archive needs: created without overwriting, written
 * completely or reported, synced, renamed without replacing.
 *
 * Functions that take a struct trouble return RESULT_OK, or RESULT_BROKEN with words that name the
 * path, and errno.  Paths are NUL-terminated strings that the caller owns.
 */
#ifndef BASE_DISK_H
#define BASE_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

/* Makes `path` and its missing parents (mode 0777 less the umask), and syncs each parent.  OK also
 * when the directory exists already. */
MUST_CHECK enum result disk_make_directory(const char *path, struct trouble *trouble);

/* Creates `path` for appending; it must not exist (O_EXCL).  Returns a descriptor, which the caller
 * closes, or -1 and fills *trouble. */
MUST_CHECK int disk_create(const char *path, struct trouble *trouble);

/* Writes all bytes, across short writes and EINTR.  `path` is for messages only.  After BROKEN it
 * is unknown how many bytes were written. */
MUST_CHECK enum result disk_write(int fd, const void *bytes, size_t length, const char *path,
                                  struct trouble *trouble);

/* Makes the file's data durable (see system_sync()).  `path` is for messages only. */
MUST_CHECK enum result disk_sync(int fd, const char *path, struct trouble *trouble);

/* Makes the names in `directory` durable (fsync of the directory itself). */
MUST_CHECK enum result disk_sync_directory(const char *directory, struct trouble *trouble);

/* Renames; BROKEN with EEXIST when `to` exists.  The caller syncs the directory. */
MUST_CHECK enum result disk_rename(const char *from, const char *to, struct trouble *trouble);

/* Replaces the content of `path` atomically: writes and syncs PATH.new, renames it, syncs the
 * directory.  Other processes see the old file or the new one, never part of one. */
MUST_CHECK enum result disk_replace(const char *path, struct text bytes, struct trouble *trouble);

/* Opens a file to read it, and never waits. A FIFO, a device or a socket is not opened (ENOTSUP).
 * Exceptions are /dev/null, and what the shell has opened already (/dev/stdin, /dev/fd/N).  -1 with
 * errno. */
int disk_open_to_read(const char *path);

/* Reads the whole file ("-" is standard input) into *out, which is cleared first.  BROKEN also when
 * the file is longer than out's limit. */
MUST_CHECK enum result disk_read(const char *path, struct buf *out, struct trouble *trouble);

/* Calls `visit` with the name of each entry of the directory except "." and "..", in byte order.
 * The name is valid during the call only. */
MUST_CHECK enum result disk_list(const char *directory,
                                 void (*visit)(void *context, const char *name), void *context,
                                 struct trouble *trouble);

bool disk_is_directory(const char *path);
bool disk_exists(const char *path);
/* Whether another process has locked the file exclusively with flock(). */
bool disk_is_locked(const char *path);
/* In bytes; -1 when it cannot be determined. */
int64_t disk_file_size(const char *path);
/* Bytes that an unprivileged process can still write on the file system of `path`; -1 when that
 * cannot be determined. */
int64_t disk_free_bytes(const char *path);

#endif
