/* A finding of verify: one broken rule, at one place.  The checks make it, the command prints it.
 */
#ifndef VERIFY_FINDING_H
#define VERIFY_FINDING_H

#include <stdint.h>

#include "warccap/warc.h"

/* Where a finding is.  Everything is borrowed; NULL where nothing is known. */
struct finding_place {
    const char *file;      /* path as given to verify; NULL: the finding is about no single file */
    int64_t offset;        /* in the file as stored; -1: the finding is about the whole file */
    int64_t length;        /* of the record as stored; 0: unknown */
    const char *record_id; /* WARC-Record-ID */
    const char *url;       /* what it is about */
    const char *page;      /* the page that names the URL */
};

struct finding {
    enum warc_level level; /* after the levels that the user gave */
    int rule;              /* verify/check_rules.h has its name, and what to do */
    struct finding_place at;
    const char *detail; /* what is special here; empty: the rule's sentence says all */
};

#endif
