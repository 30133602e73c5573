/*
 * What the crawler takes a URL for, and how it came to it.  The frontier orders visits by the kind;
 * metadata records name it in "class:".  The path is written as Heritrix writes it, one letter per
 * hop from a seed: L link, E embedded, R redirect, P robots.txt, M sitemap, I inferred, X
 * speculative.
 */
#ifndef WEB_VISIT_KIND_H
#define WEB_VISIT_KIND_H

#include <stdbool.h>

#include "base/result.h"
#include "base/text.h"

/* Why a URL is to be visited.  An earlier kind outweighs a later one, and is taken before it; but
 * requisites are taken before pagers and archives, so that a page is whole before the next is
 * begun. */
enum visit_kind {
    VISIT_ROBOTS,
    VISIT_SEED,
    VISIT_SITEMAP,
    VISIT_FEED,
    VISIT_PAGER,
    VISIT_ARCHIVE,
    VISIT_REQUISITE,
    VISIT_PAGE,
    VISIT_MEDIA,
    VISIT_SPECULATIVE,
    VISIT_KINDS,
};

enum { VISIT_HOPS_MOST = 63 }; /* letters that are kept of a path: the last ones */

const char *visit_kind_name(enum visit_kind kind); /* "robots", "seed" ...; static */

/* The kind with that name.  False, and *kind as it was, when no kind has it. */
MUST_CHECK bool visit_kind_of_name(struct text name, enum visit_kind *kind);

#endif
