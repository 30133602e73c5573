/*
 * Packs what collections and WARC files have into one WACZ file, which players open as it is (WACZ
 * 1.1.1).  The WARC files go into it unchanged, so the digests of SHA256SUMS hold for them there.
 * The index and the list of pages are made from the records.
 *
 * The same files and options make the same bytes, but for a signature.  So all times in the package
 * are that of its newest capture.
 *
 * The caller sets the time zone to UTC (pack/wacz_writer.h).  One thread.
 */
#ifndef PACK_PACK_H
#define PACK_PACK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"
#include "collection/wacz_signature.h"
#include "links/page_reader.h"

enum { PACK_DATE = 15 }; /* 14 digits and NUL */

/* Strings are borrowed.  NULL: not given. */
struct pack_options {
    const char *output; /* path of the WACZ file */
    const char *title;  /* NULL: that of the collection, or else the host of its first page */
    const char *description;
    const char *main_page; /* URL of the page that a player shows first; NULL: the first seed */
    const char *run;       /* only what this run captured, as its manifest lists it */
    /* Only captures from `from` to `to`, both included; empty: no bound.  What their revisits refer
     * to is packed too, with the whole WARC files that contain them. */
    char from[PACK_DATE], to[PACK_DATE];
    int64_t part_bytes; /* a part ends when its WARC files exceed this; 0: one part */
    bool words;         /* the list of pages gets the words of each page, for full-text search */
    bool overwrite;     /* the output may exist */
    const struct wacz_key *key; /* signs the package; NULL: nobody does */
};

struct pack_observer {
    void *context;
    /* So many bytes of `all` were read or copied.  NULL: nobody wants to know. */
    void (*progressed)(void *context, uint64_t done, uint64_t all);
    /* Something was left out, or is damaged: a sentence without a full stop, which lives until the
     * function returns.  NULL: nobody wants to know; *summary counts what is damaged. */
    void (*told)(void *context, const char *words);
};

struct pack_summary {
    uint64_t parts; /* WACZ files; of more than one, the output is a JSON file that lists them */
    uint64_t files, captures, pages, bytes;
    uint64_t damaged; /* WARC files of which a part could not be read */
};

/* Packs `count` paths, of collections, directories of WARC files, or WARC files.  `reader` decodes
 * the pages.  `observer` must not be NULL, but its functions may be; they are called by this
 * thread. *summary is filled in from the beginning, so it counts what was done before a failure,
 * too.
 *
 * OK.  END: there is nothing to pack, and *trouble says why.  BROKEN, with words: no package was
 * written, or not all parts of it; or an option asks for what is not there. */
MUST_CHECK enum result pack_write(char **paths, int count, const struct pack_options *options,
                                  struct page_reader *reader, const struct pack_observer *observer,
                                  struct pack_summary *summary, struct trouble *trouble);

#endif
