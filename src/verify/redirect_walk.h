/*
 * Follows the redirects of an archive to their end: by the metadata records, which say where each
 * leads, and by the index, which has the responses.
 */
#ifndef VERIFY_REDIRECT_WALK_H
#define VERIFY_REDIRECT_WALK_H

#include "collection/cdxj_lookup.h"
#include "verify/crawl_claims.h"

enum redirect_end {
    REDIRECT_ENDS,     /* at a response that is not a redirect */
    REDIRECT_LEAVES,   /* at a URL that the archive does not have, or nobody knows where */
    REDIRECT_TO_LOGIN, /* by the URL of its target (traps/login.h) */
    REDIRECT_IN_CIRCLE,
    REDIRECT_BROKEN, /* one on the way was not followed, as the crawl says */
};

struct redirect_walk;

/* Everything is borrowed.  NULL without memory. */
struct redirect_walk *redirect_walk_new(const struct crawl_claims *claims,
                                        struct cdxj_lookup *lookup);
void redirect_walk_free(struct redirect_walk *walk);

/* Begins at the newest capture of a URL, which is a redirect.  ENDS: *entry is the response at the
 * end, valid until the next lookup.  Else the URL that it leads to last is redirect_walk_url(). */
enum redirect_end redirect_walk_follow(struct redirect_walk *walk, struct text url,
                                       struct cdxj_entry *entry);
/* Valid until the next walk. */
struct text redirect_walk_url(const struct redirect_walk *walk);

#endif
