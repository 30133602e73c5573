/*
 * The grammar of a record's header (WARC 1.1, clause 4): a version line, then lines "name: value",
 * all ending in CR LF.  Parsing is lenient and reports every departure from the grammar.
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
        /* the header with the empty line at its end; the caller fills it in, and parsing writes
         * into it */
        bytes;
    struct warc_field *fields; /* names and values point into `bytes` */
    size_t count, room;
    int version; /* as in struct warc_record */
};

void header_init(struct header *header);
void header_release(struct header *header);

/* Length in bytes of the header with which `text` begins, with its empty line; 0 when the end is
 * not in `text`.  No end may lie before `from`: a caller that searched before passes how far. */
size_t header_length(struct text text, size_t from);

/* Cuts header->bytes, which begin with a version line, into fields.  Names and values get a NUL in
 * place.  Reports broken rules to `listener`.  False when there is no memory. */
MUST_CHECK bool header_parse(struct header *header, const struct rule_listener *listener);

#endif
