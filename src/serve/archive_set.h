/*
 * The archives that are served, each with its sorted index, and the choice among their captures.
 * Nothing is loaded: a look-up is a binary search.  An index that was replaced by a newer one is
 * opened again.  One thread at a time.
 */
#ifndef SERVE_ARCHIVE_SET_H
#define SERVE_ARCHIVE_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/result.h"
#include "base/text.h"
#include "collection/cdxj_lookup.h"
#include "serve/served_body.h"

/* Where an archive is.  The strings must outlive the set. */
struct archive_place {
    const char *name;               /* for people */
    const char *index;              /* the CDXJ file */
    const char *directory;          /* of the files that it names */
    const char *package;            /* the WACZ file that it came in; NULL: it is none */
    const struct wacz_parts *parts; /* the files in it, if they are read there; else NULL */
    const char *runs; /* the directory of the summaries of runs; NULL: there is none */
};

struct archive_set;

/* BROKEN: an index cannot be read, or no memory; *set is then NULL. */
MUST_CHECK enum result archive_set_open(struct archive_set **set,
                                        const struct archive_place *places, size_t count,
                                        struct trouble *trouble);
void archive_set_close(struct archive_set *set);

size_t archive_set_count(const struct archive_set *set);
const char *archive_set_name(const struct archive_set *set, size_t number);
/* What it was opened with. */
const struct archive_place *archive_set_place(const struct archive_set *set, size_t number);
/* The directory of the summaries of its runs; NULL: there is none. */
const char *archive_set_runs(const struct archive_set *set, size_t number);
/* The index of one, to go through it.  Valid until the next archive_set_find(). */
struct cdxj_lookup *archive_set_index(struct archive_set *set, size_t number);

/* Writes the path of a file that the index names, and which part of it that is; NULL: all.  False:
 * its name is not plain, or is not in the package. */
MUST_CHECK bool archive_set_write_path(const struct archive_set *set, size_t number,
                                       struct text filename, struct buf *path,
                                       const struct wacz_part **part);

/* What is looked for. */
struct archive_wish {
    struct text url;
    struct text date;  /* 14 digits; empty: the newest */
    bool no_redirects; /* captures that are redirects do not count */
    bool nearest;      /* nothing but URL and date counts: no alike URL, and not the status */
};

struct archive_find {
    struct cdxj_entry entry;   /* what was found, with its own date; valid until the next call */
    struct served_place place; /* of its body; for revisits, the original's */
    bool alike;                /* it is a capture of another URL (alike_urls.h) */
};

/* The capture that is shown for a URL: one of exactly this URL, by http or https; or one with
 * the same key in the index; or one of a URL that is alike.  Success comes before failure, but not
 * before a capture of exactly that date, and then the nearest to the date.  END: there is none.
 * LOST: the index has one, but it cannot be served; *trouble says why. */
MUST_CHECK enum result archive_set_find(struct archive_set *set, const struct archive_wish *wish,
                                        struct archive_find *find, struct trouble *trouble);

#endif
