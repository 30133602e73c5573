/*
 * Counts all URLs of an archive by group and state (web/url_totals.h), as the crawl counts them in
 * its store.  First every link of every page is taken; then the index, which has what was captured.
 */
#ifndef VERIFY_TALLY_H
#define VERIFY_TALLY_H

#include "store/completeness.h"
#include "verify/counted_pages.h"
#include "verify/fate.h"

struct tally;

/* What is counted, and by what.  Everything is borrowed. */
struct tally_parts {
    const struct crawl_claims *claims;
    struct fates *fates;
    struct cdxj_lookup *lookup;
    const struct hash_key *hash_key;
    struct completeness
        *completeness; /* `totals`, `posts`, `nothing_kept`, `why_nothing` are kept up */
    struct counted_pages *counted;
};

/* NULL without memory. */
struct tally *tally_new(const struct tally_parts *parts);
void tally_free(struct tally *tally);
/* False once memory ran out: then something is lacking. */
bool tally_ok(const struct tally *tally);

/* A list names a URL, as a page for certain (`as_page`: feeds and sitemaps name nothing else). */
void tally_listed(struct tally *tally, struct text url, bool as_page);
/* Whether the link's URL is met for the first time.  Then tally_link() takes what became of it. */
bool tally_is_new(struct tally *tally, const struct link *link);
void tally_link(struct tally *tally, const struct link *link, const struct fate *fate);
/* At the end: goes through the index by a reader of its own, and through what failed. */
void tally_archive(struct tally *tally, struct cdxj_lookup *lines);

#endif
