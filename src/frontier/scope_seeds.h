/*
 * The seeds of a scope, found by their URL and by their site.  There may be a hundred thousand, and
 * every link is judged by them. So a link is compared only with seeds of its own site, and only
 * with one of each directory.
 */
#ifndef FRONTIER_SCOPE_SEEDS_H
#define FRONTIER_SCOPE_SEEDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/hash.h"
#include "base/text.h"
#include "web/url.h"

struct seed {
    struct url url;
    struct text directory; /* of its path, with the trailing slash; points into url */
    bool given;            /* by the user; otherwise a redirect led to it */
    /* Places of other seeds, plus 1; 0: none. */
    size_t next_of_url, next_of_site; /* in the same slot */
    size_t next_place;                /* the same, but only one of each directory */
};

enum { SEEDS_MOST = 1000000 };

/* All zero is empty. */
struct scope_seeds {
    struct seed *list; /* in the order in which they came */
    size_t count, room;
    struct hash_key key;
    size_t *by_url, *by_site, *places; /* slots with places in `list`, plus 1 */
    size_t slots;                      /* of each: a power of two, or 0 */
};

void scope_seeds_release(struct scope_seeds *seeds);

/* NULL: it is none. */
struct seed *scope_seeds_find(const struct scope_seeds *seeds, const struct url *url);
/* Adds a copy of a URL that is none yet.  False: there is no memory, or there are SEEDS_MOST. */
bool scope_seeds_add(struct scope_seeds *seeds, const struct url *url, bool given);

/* The first seed that may be on the site of `host`; and the one after `seed`.  The caller compares,
 * because some may be on other sites.  NULL: there is no other. */
const struct seed *scope_seeds_on(const struct scope_seeds *seeds, struct text host);
const struct seed *scope_seeds_next_on(const struct scope_seeds *seeds, const struct seed *seed);
/* The same, with one seed for each directory of a site. */
const struct seed *scope_seeds_place(const struct scope_seeds *seeds, struct text host);
const struct seed *scope_seeds_next_place(const struct scope_seeds *seeds, const struct seed *seed);

#endif
