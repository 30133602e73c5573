/* The pages that were found while records were read, in their order, until it is known which parts
 * of the package get them. */
#ifndef PACK_PACKED_PAGES_H
#define PACK_PACKED_PAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/spool.h"
#include "pack/packed_records.h"
#include "pack/spool_lines.h"

struct packed_pages {
    struct spool lines;
    struct buf line;
};

/* A page that is listed.  Its texts live until the next call. */
struct listed_page {
    size_t file; /* number of its WARC file */
    bool seed;
    struct text url, date; /* date: 14 digits */
    struct text json;      /* its line of pages.jsonl, without LF */
};

/* `directory` is borrowed, for a temporary file. */
void packed_pages_init(struct packed_pages *pages, const char *directory);
void packed_pages_release(struct packed_pages *pages);

/* Adds a page of the WARC file with that number.  OK; BROKEN. */
MUST_CHECK enum result packed_pages_add(struct packed_pages *pages, size_t file,
                                        const struct packed_page *page, struct trouble *trouble);

/* Reads the pages: spool_lines_init() with pages->lines first.  OK; END; BROKEN. */
MUST_CHECK enum result packed_pages_next(struct spool_lines *lines, struct listed_page *page,
                                         struct trouble *trouble);

#endif
