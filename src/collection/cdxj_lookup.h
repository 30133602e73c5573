/* Finds captures in a CDXJ index the way a reader does: binary search in the sorted file, no
 * loading of it. */
#ifndef COLLECTION_CDXJ_LOOKUP_H
#define COLLECTION_CDXJ_LOOKUP_H

#include <stdint.h>

#include "base/result.h"
#include "collection/index_cdxj.h"

struct cdxj_lookup;

/* Maps the index read-only.  NULL and words when it can't be read. */
struct cdxj_lookup *cdxj_lookup_open(const char *index_path, struct trouble *trouble);
void cdxj_lookup_close(struct cdxj_lookup *lookup);

/* The newest capture of `url` (same SURT key), preferring one with the very same URL, then one
 * whose status is 2xx, 3xx. OK and *entry (valid until the next call), END when there is none. */
MUST_CHECK enum result cdxj_lookup_newest(struct cdxj_lookup *lookup, struct text url,
                                          struct cdxj_entry *entry);

/* The capture of exactly this address at this moment (14 digits), revisits passed over: what a
 * revisit refers to. */
MUST_CHECK enum result cdxj_lookup_original(struct cdxj_lookup *lookup, struct text url,
                                            struct text timestamp, struct cdxj_entry *entry);

/* Every line in order; END after the last, LOST for what is no CDXJ line.  *line_offset is the
 * line's place in the file. */
MUST_CHECK enum result cdxj_lookup_first(struct cdxj_lookup *lookup, struct cdxj_entry *entry,
                                         struct text *line, int64_t *line_offset);
MUST_CHECK enum result cdxj_lookup_next(struct cdxj_lookup *lookup, struct cdxj_entry *entry,
                                        struct text *line, int64_t *line_offset);

#endif
