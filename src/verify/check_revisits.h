/* Revisits against their originals (WARC 1.1, 6.7).  Private to this room. */
#ifndef VERIFY_CHECK_REVISITS_H
#define VERIFY_CHECK_REVISITS_H

#include "verify/check.h"

/* Checks each revisit of v->records against the record that it refers to, and each other record
 * against what its WARC-Refers-To names.  `ids` are all records by identifier. */
void check_revisits(struct verification *v, const struct record_ids *ids);

#endif
