/* One record while its content is checked: what warc_check(3) keeps.  Private to this room. */
#ifndef WARC_CHECKER_H
#define WARC_CHECKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"
#include "http/body_reader.h"
#include "http/http_split.h"
#include "warc/digests.h"
#include "warc/flaws.h"
#include "warccap/warc.h"

/* A block while it is read. */
struct block_source {
    struct warc_block block;
    struct text rest; /* of the piece that was read last */
    uint64_t length;  /* bytes so far */
    bool lost;        /* it ended before its length */
};

/* The beginning of a payload. */
struct payload_start {
    char bytes[4096];
    size_t length;
    bool coded;   /* the bytes are still coded */
    bool decoded; /* a coding was removed, so they are not those that the digest covers */
};

struct warc_check {
    const struct warc_record *record;
    struct block_source source;
    struct digests *digests; /* NULL: they are not checked, or were not needed yet */
    bool with_digests;       /* of the record at hand */
    struct flaws flaws;
    struct trouble trouble;
    struct buf fields; /* a block of application/warc-fields */
    bool http;
    struct http_split split;
    struct text pending; /* the beginning of the body, which was read with the head */
    struct body_reader *body;
    bool decoding; /* the payload is taken as it is decoded */
    enum body_error coding_error;
    uint64_t body_length; /* of the HTTP body as stored */
    struct payload_start start;
    bool no_memory;
};

/* Adds a finding about the record at hand; with "" the rule's sentence says all. */
void checker_find(struct warc_check *check, enum rule rule, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same, as no more than a note. */
void checker_note(struct warc_check *check, enum rule rule, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Gives the next bytes of the block.  False at its end. */
bool checker_block(struct warc_check *check, struct text *piece);

/* Reads the block to its end, takes it apart, and tries to decode the body. */
void message_read(struct warc_check *check);
/* Checks the message that was read. */
void message_check(struct warc_check *check);
/* Checks whether a request asks for the URL of its record. */
void request_check(struct warc_check *check);
/* Checks what the beginning of the payload shows, and the clock of the server. */
void start_check(struct warc_check *check, int64_t date_ms);

#endif
