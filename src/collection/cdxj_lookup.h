/* Finds captures in a CDXJ index as a replay tool does: binary search in the sorted file, which is
 * not loaded. */
#ifndef COLLECTION_CDXJ_LOOKUP_H
#define COLLECTION_CDXJ_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "collection/index_cdxj.h"

struct cdxj_lookup;

/* Maps the index read-only. NULL: it can't be read; *trouble says why. */
struct cdxj_lookup *cdxj_lookup_open(const char *index_path, struct trouble *trouble);
void cdxj_lookup_close(struct cdxj_lookup *lookup);

/* The newest capture of `url` (same SURT key). One of exactly this URL is preferred, then one with
 * a status of 2xx or 3xx. OK: *entry is valid until the next call. END: there is none. */
MUST_CHECK enum result cdxj_lookup_newest(struct cdxj_lookup *lookup, struct text url,
                                          struct cdxj_entry *entry);

/* The same whatever the status: what the site said last. */
MUST_CHECK enum result cdxj_lookup_last(struct cdxj_lookup *lookup, struct text url,
                                        struct cdxj_entry *entry);

/* The capture of exactly this URL at this moment (14 digits) that a revisit refers to: of several
 * in that second, the first with this payload digest, or else the first.  An empty digest matches
 * any.  Revisits themselves are skipped.  OK, or END: there is none. */
MUST_CHECK enum result cdxj_lookup_original(struct cdxj_lookup *lookup, struct text url,
                                            struct text timestamp, struct text digest,
                                            struct cdxj_entry *entry);

/* A capture of `url` (same SURT key) with that payload digest. The revisit records of older
 * writers name their original only so.  Revisits are skipped.  OK, or END: there is none. */
MUST_CHECK enum result cdxj_lookup_payload(struct cdxj_lookup *lookup, struct text url,
                                           struct text digest, struct cdxj_entry *entry);

/* Calls `take` for each capture of `url` (same SURT key), from the oldest to the newest.  Those of
 * one second come as they stand in the archive, by file name and offset.  The entry lives until it
 * returns, and its line as long as the lookup. */
typedef void cdxj_take(void *context, const struct cdxj_entry *entry, struct text line);
void cdxj_lookup_each(struct cdxj_lookup *lookup, struct text url, cdxj_take *take, void *context);

/* Every line in order. END after the last; LOST: not a CDXJ line. *line_offset is the line's place
 * in the file. */
MUST_CHECK enum result cdxj_lookup_first(struct cdxj_lookup *lookup, struct cdxj_entry *entry,
                                         struct text *line, int64_t *line_offset);
MUST_CHECK enum result cdxj_lookup_next(struct cdxj_lookup *lookup, struct cdxj_entry *entry,
                                        struct text *line, int64_t *line_offset);

/* Goes to the first line that does not sort before `prefix`, which cdxj_lookup_next() returns
 * then. */
void cdxj_lookup_seek(struct cdxj_lookup *lookup, struct text prefix);
/* The line at a place that cdxj_lookup_next() has given. */
struct text cdxj_lookup_line(const struct cdxj_lookup *lookup, int64_t line_offset);

/* When the capture was made, in milliseconds since 1970; false when that is not a date. */
bool cdxj_entry_time(const struct cdxj_entry *entry, int64_t *ms);

#endif
