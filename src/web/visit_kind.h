/*
 * Why the crawler visits a URL.  The frontier orders visits by their kind; metadata records name it
 * in "class:".
 *
 * The path to a URL is written as in Heritrix, one letter per hop from a seed: L link, E embedded,
 * R redirect, P robots.txt, M sitemap, I inferred, X speculative.
 */
#ifndef WEB_VISIT_KIND_H
#define WEB_VISIT_KIND_H

#include <stdbool.h>

#include "base/result.h"
#include "base/text.h"
#include "web/media_type.h"

/* When a URL has several kinds, the earliest in this list counts.  Earlier kinds are also
 * visited first. But requisites come before pagers and date archives, so that a page is complete
 * before the next is begun. */
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

enum { VISIT_HOPS_MOST = 63 }; /* of a longer path, the last 63 letters are kept */

/* "robots", "seed", ... Static. */
const char *visit_kind_name(enum visit_kind kind);

/* What a response is taken for when nothing is known but its media type. */
enum visit_kind visit_kind_of_media(enum media_kind media);

/* Whether no link led to a URL: the crawl asked for it because such sites have it.  Redirects since
 * then make no difference.  What such a URL names in turn is linked, and no guess. */
MUST_CHECK bool visit_hops_guessed(struct text hops);

/* The kind with this name.  False when there is none; *kind is then unchanged. */
MUST_CHECK bool visit_kind_of_name(struct text name, enum visit_kind *kind);

#endif
