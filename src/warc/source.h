/*
 * Where the octets of a WARC file come from: anything that can be read at any place, or a stream,
 * that only goes on.  Of a stream the last few megabytes are kept, so that reading can go back
 * behind damage as in a file; what lies further back is gone.
 */
#ifndef WARC_SOURCE_H
#define WARC_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "warccap/warc.h"

struct source;

/* Copies *description, but for its context; its close() is called by source_close(), or here on
 * failure.  NULL without memory, or (errno EINVAL) when it is not filled in. */
struct source *source_new(const struct warc_source *description);
void source_close(struct source *source);

/* Reads at `offset`, which is not before source_earliest().  The number of octets, 0 at the end, -1
 * with errno. */
ptrdiff_t source_read(struct source *source, void *out, size_t room, int64_t offset);

/* The first octet that can still be read. */
int64_t source_earliest(const struct source *source);
/* -1: not known. */
int64_t source_size(const struct source *source);
const char *source_name(const struct source *source);

/* Descriptions of the usual ones.  A path that can't be opened is one whose reading fails with that
 * errno; a descriptor stays open and the caller's. */
struct warc_source source_of_path(const char *path);
struct warc_source source_of_fd(int fd, const char *name);

#endif
