/* Reads the lines of a spool one after the other, in little memory. */
#ifndef PACK_SPOOL_LINES_H
#define PACK_SPOOL_LINES_H

#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/spool.h"
#include "base/text.h"

struct spool_lines {
    const struct spool *spool;
    int64_t at;       /* in the spool: what comes after `bytes` */
    struct buf bytes; /* what was read */
    size_t taken;     /* of `bytes` */
    char *piece;      /* NULL: none was read yet */
};

/* Begins at the first line.  The spool is borrowed, and must not change. */
void spool_lines_init(struct spool_lines *lines, const struct spool *spool);
void spool_lines_release(struct spool_lines *lines);

/* The next line without its LF, until the next call.  OK; END; BROKEN: no memory, or the temporary
 * file cannot be read. */
MUST_CHECK enum result spool_lines_next(struct spool_lines *lines, struct text *line,
                                        struct trouble *trouble);

#endif
