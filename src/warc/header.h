/*
 * The grammar of a record's header (WARC 1.1, clause 4): a version line, lines "name: value", all
 * ending in CR LF. Read leniently, each kindness told.
 */
#ifndef WARC_HEADER_H
#define WARC_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/result.h"
#include "warc/rules.h"

struct header {
    struct buf
        bytes; /* filled in by the caller, with the empty line at the end; parsing writes into it */
    struct warc_field *fields; /* point into bytes */
    size_t count, room;
    int version; /* as in struct warc_record */
};

void header_init(struct header *header);
void header_release(struct header *header);

/* Length of the header that begins `text`, with its empty line; 0 when its end is not there. `from`
 * is a place before which no end was found earlier. */
size_t header_length(struct text text, size_t from);

/* Cuts header->bytes, which begin with a version line, into fields.  False without memory. */
MUST_CHECK bool header_parse(struct header *header, const struct rule_listener *listener);

#endif
