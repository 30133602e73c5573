/* Reads a metadata record and writes it again, for the unit test and the fuzz target. */
#ifndef TESTS_COLLECTION_PROVENANCE_REWRITE_H
#define TESTS_COLLECTION_PROVENANCE_REWRITE_H

#include "base/buf.h"

/* Appends to *out what the reader understands of the block. Links that warccap would not write are
 * left out. */
void provenance_rewrite(struct text block, struct buf *out);

#endif
