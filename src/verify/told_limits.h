/* Which limits a metadata record says that a response, a page or a redirect met. */
#ifndef VERIFY_TOLD_LIMITS_H
#define VERIFY_TOLD_LIMITS_H

#include "collection/provenance.h"
#include "web/limit.h"

/* The record's URL was cut by these. */
struct told_limits {
    bool has[LIMITS];
    struct text first[LIMITS]; /* the first link left out, borrowed from the record; or empty */
};

/* Fills in *told.  False: no limit was met. */
bool told_limits_read(const struct provenance_record *provenance, struct told_limits *told);

#endif
