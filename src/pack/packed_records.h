/*
 * Reads a WARC file for a package: the line of the index that each capture has, and what the list
 * of pages says of each page.
 *
 * The lines are made from the records themselves, so no index that is old or wrong gets into the
 * package.
 */
#ifndef PACK_PACKED_RECORDS_H
#define PACK_PACKED_RECORDS_H

#include <stdbool.h>

#include "base/result.h"
#include "base/text.h"
#include "collection/index_cdxj.h"
#include "links/page_reader.h"

/* A response that a person would open: HTML with status 200, requested as a page. */
struct packed_page {
    struct text url, timestamp; /* as in the line of its capture */
    struct text title;          /* UTF-8; empty: it has none */
    struct text words;          /* what a visitor reads, if wanted */
    bool seed;
};

/* Who gets what is read.  All is borrowed until the function returns.  Any result but OK ends the
 * reading, and is returned. */
struct packed_records_sink {
    void *context;
    /* A capture.  `original` is what a revisit refers to: a URL, and a date as in the index. It
     * is empty if the record is not a revisit, or does not say. */
    enum result (*capture)(void *context, const struct cdxj_entry *entry,
                           const struct packed_page *original, struct trouble *trouble);
    enum result (*page)(void *context, const struct packed_page *page, struct trouble *trouble);
};

struct packed_records_wish {
    struct page_reader *reader; /* decodes the pages */
    bool words;                 /* packed_page.words are wanted */
};

/* OK; LOST: a part of the file is damaged, *trouble says where, and the rest was read; BROKEN. */
MUST_CHECK enum result packed_records_read(const char *path, const struct packed_records_wish *wish,
                                           const struct packed_records_sink *sink,
                                           struct trouble *trouble);

#endif
