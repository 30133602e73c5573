/* One record while it is read: what warc_check(3) tells of it, and where.  Private to this room. */
#ifndef VERIFY_RECORD_CHECK_H
#define VERIFY_RECORD_CHECK_H

#include "verify/check.h"

struct record_check {
    struct verification *v;
    const struct warc_record *record;
    const struct warc_check *check; /* NULL: only its fields are learned from */
    struct warc_reader *reader;
    int64_t date_ms; /* of the record, since 1970; 0: none that can be read */
    struct finding_place at;
    uint64_t block_length; /* as much of the block as could be read */
    bool bodiless;         /* as in struct seen_record */
    bool doubtful;         /* the payload is not that of its digest */
};

/* Checks what the payload is, once its record is read. */
void payload_check(struct record_check *check);
/* A hash of the beginning of the payload; 0: nothing is known of it. */
uint32_t payload_mark(const struct record_check *check);

#endif
