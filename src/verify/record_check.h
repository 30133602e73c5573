/* One record while it is read, and the checks of the HTTP message in it.  Private to this room. */
#ifndef VERIFY_RECORD_CHECK_H
#define VERIFY_RECORD_CHECK_H

#include "http/body_reader.h"
#include "http/http_split.h"
#include "verify/check.h"

/* The beginning of a payload. */
struct payload_start {
    char bytes[4096];
    size_t length;
    bool coded;    /* the bytes are still coded */
    bool doubtful; /* they were decoded, or the payload is not that of its digest */
};

struct record_check {
    struct verification *v;
    const struct warc_record *record;
    int64_t date_ms; /* of the record, since 1970; 0: none that can be read */
    struct finding_place at;
    bool http;
    struct http_split split;
    struct payload_start start;
    uint64_t body_length;  /* of the HTTP body as stored */
    uint64_t block_length; /* as much of it as could be read */
    bool bodiless;         /* as in struct seen_record */
    enum body_error coding_error;
};

/* Reads the block to its end, takes it apart, and tries to decode the body.  A block of fields is
 * then in v->scratch. */
void message_read(struct record_check *check, struct warc_reader *reader);
/* Checks the message that was read.  The record's place is known by now. */
void message_check(struct record_check *check);

/* Begins a payload; `coded`: its bytes are still coded.  Then take it piece by piece. */
void payload_begin(struct record_check *check, bool coded);
void payload_take(struct record_check *check, struct text piece);
/* Checks what the payload is, once its record is read.  `date_ms`: of the record; 0: unknown. */
void payload_check(struct record_check *check, int64_t date_ms);
/* A hash of the beginning; 0: nothing is known of it. */
uint32_t payload_mark(const struct record_check *check);

#endif
