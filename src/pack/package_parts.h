/*
 * The parts of a package: WACZ files of bounded size, each with the index and the pages of its own
 * WARC files.  Most packages have one part.
 */
#ifndef PACK_PACKAGE_PARTS_H
#define PACK_PACKAGE_PARTS_H

#include "base/line_sort.h"
#include "base/result.h"
#include "pack/pack.h"
#include "pack/packed_files.h"
#include "pack/packed_pages.h"
#include "pack/picked_captures.h"
#include "pack/wacz_writer.h"

struct package_part;

/* The caller fills in all but the last members, which must be zero.  Everything is borrowed. */
struct package_parts {
    const struct pack_options *options;
    struct pack_summary *summary;
    struct packed_files *files;
    const struct packed_pages *pages;
    struct picked_captures *picked;
    const char *directory; /* for temporary files */
    wacz_copied *copied;   /* told of the bytes of WARC files */
    void *context;

    struct package_part *list;
    size_t count;
    char newest[PACK_DATE]; /* of all captures */
    char *main_page;        /* the URL; NULL: there is none */
    char main_page_date[PACK_DATE];
    size_t main_page_part;
};

/* Gives each file its part, takes the sorted lines of all captures, and leaves out what is not
 * wanted.  END: nothing is left; BROKEN. */
MUST_CHECK enum result package_parts_begin(struct package_parts *parts, struct line_sort *lines,
                                           struct trouble *trouble);
/* Whether a file may be written there: nothing is, or the user lets a package be replaced.  What is
 * no package is never replaced.  OK, or BROKEN with the way out. */
MUST_CHECK enum result package_may_write(const struct pack_options *options, const char *path,
                                         struct trouble *trouble);

/* Writes all parts, and the list of them if there are several. */
MUST_CHECK enum result package_parts_write(struct package_parts *parts, struct trouble *trouble);
void package_parts_release(struct package_parts *parts);

#endif
