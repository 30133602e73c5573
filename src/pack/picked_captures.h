/*
 * Which captures belong to a package: those of the dates and the run that were asked for, and what
 * their revisits refer to.
 */
#ifndef PACK_PICKED_CAPTURES_H
#define PACK_PICKED_CAPTURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/text.h"
#include "collection/index_cdxj.h"
#include "pack/pack.h"

struct picked_captures {
    const struct pack_options *options;
    uint64_t *originals; /* hashes of URL and date; sorted when first asked */
    size_t count, room;
    bool sorted;
    struct hash_key key;
};

/* `options` is borrowed.  Release it in any case. */
void picked_captures_begin(struct picked_captures *picked, const struct pack_options *options);
void picked_captures_release(struct picked_captures *picked);

/* Whether everything is wanted: neither dates nor a run were asked for. */
bool picked_captures_is_all(const struct picked_captures *picked);

/* A capture was read, from a file that the run wrote or not.  If it is wanted and a revisit, the
 * original is wanted too: its URL and date (14 digits), or empty.  False: no memory. */
MUST_CHECK bool picked_captures_note(struct picked_captures *picked, bool is_of_run,
                                     const struct cdxj_entry *entry, struct text original_url,
                                     struct text original_date);

/* Whether a capture of this URL and date is in the package.  Only after all were noted. */
bool picked_captures_has(struct picked_captures *picked, bool is_of_run, struct text url,
                         struct text date);

#endif
