/*
 * The index of a package under the names that pywb, py-wacz and wabac.js accept.
 *
 * Up to PACKAGE_INDEX_PLAIN lines it is one plain file, indexes/index.cdx.  A longer one is
 * compressed by blocks: indexes/index.cdx.gz has the blocks, indexes/index.idx the first key of
 * each (CDXJ "cdxj-gzip-1.0").  There, a line whose key wabac.js computes otherwise (player_key.h)
 * stands under both keys, so that both players find it.
 */
#ifndef PACK_PACKAGE_INDEX_H
#define PACK_PACKAGE_INDEX_H

#include <stdint.h>

#include "base/result.h"
#include "base/spool.h"

enum {
    PACKAGE_INDEX_PLAIN = 100 * 1000, /* lines */
    PACKAGE_INDEX_BLOCK = 1024,       /* lines in a block */
};

/* Makes the compressed index of sorted CDXJ lines, each with its LF: `blocks` and `keys` are
 * appended to.  `directory` is for temporary files.  OK; BROKEN: no memory, or the disk failed. */
MUST_CHECK enum result package_index_compress(const struct spool *lines, const char *directory,
                                              struct spool *blocks, struct spool *keys,
                                              struct trouble *trouble);

#endif
