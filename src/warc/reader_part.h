/* Reads a WARC file that lies in another file, such as a member of a ZIP archive that is not
 * compressed. */
#ifndef WARC_READER_PART_H
#define WARC_READER_PART_H

#include <stdint.h>

#include "base/give_up.h"
#include "warccap/warc.h"

/* Like warc_reader_open() for `length` bytes of `path` from byte `from` on; the reader's offsets
 * count from there.  `name` is what the part is called. */
struct warc_reader *warc_reader_open_part(const char *path, int64_t from, int64_t length,
                                          const char *name);
/* The same, and reads fail as soon as `give_up` is asked. */
struct warc_reader *warc_reader_open_part_until(const char *path, int64_t from, int64_t length,
                                                const char *name, struct give_up give_up);

#endif
