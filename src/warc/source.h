/*
 * Where the bytes of a WARC file come from: something that can be read at any offset, or a stream
 * that only moves forward.  The last 8 MiB of a stream are kept, so that reading can go back after
 * damage as in a file.  Anything before that is gone.
 */
#ifndef WARC_SOURCE_H
#define WARC_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/give_up.h"
#include "warccap/warc.h"

struct source;

/* Makes a source from a description.  The description and its name are copied; its context is
 * borrowed.  source_close() calls its close(), and so does a failure here, unless struct_size is
 * wrong.  NULL when there is no memory, or with errno EINVAL when the description is not filled
 * in. */
struct source *source_new(const struct warc_source *description);
void source_close(struct source *source);

/* Reads at most `room` bytes at `offset`, which must not be before source_earliest().  Returns the
 * number of bytes; 0 at the end; -1 with errno. */
ptrdiff_t source_read(struct source *source, void *out, size_t room, int64_t offset);

/* The offset of the first byte that can still be read. */
int64_t source_earliest(const struct source *source);
/* Size in bytes; -1 for a stream whose end was not reached yet. */
int64_t source_size(const struct source *source);
/* The name from the description, at most 255 bytes; it lives as long as the source. */
const char *source_name(const struct source *source);

/* Descriptions of files.  source_new() takes over their context; context is NULL when there is no
 * memory.  A path that cannot be opened gives a source whose reads fail with that errno.  A file
 * descriptor stays open and belongs to the caller. */
struct warc_source source_of_path(const char *path);
struct warc_source source_of_fd(int fd, const char *name);
/* `length` bytes of a file, which are called `name`; `give_up` as above. */
struct warc_source source_of_part(const char *path, int64_t from, int64_t length, const char *name,
                                  struct give_up give_up);
/* A file whose reads fail with ECANCELED as soon as `give_up` is asked. */
struct warc_source source_of_path_until(const char *path, struct give_up give_up);

#endif
