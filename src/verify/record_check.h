/* One record while it is read, and the checks of the HTTP message in it.  Private to this room. */
#ifndef VERIFY_RECORD_CHECK_H
#define VERIFY_RECORD_CHECK_H

#include "http/body_reader.h"
#include "http/http_split.h"
#include "verify/check.h"

struct record_check {
    struct verification *v;
    const struct warc_record *record;
    int64_t date_ms; /* of the record, since 1970; 0: none that can be read */
    struct finding_place at;
    bool http;
    struct http_split split;
    uint64_t body_length; /* of the HTTP body as stored */
    bool bodiless;        /* as in struct seen_record */
    enum body_error coding_error;
};

/* Reads the block to its end, takes it apart, and tries to decode the body.  A block of fields is
 * then in v->scratch. */
void message_read(struct record_check *check, struct warc_reader *reader);
/* Checks the message that was read.  The record's place is known by now. */
void message_check(struct record_check *check);

#endif
