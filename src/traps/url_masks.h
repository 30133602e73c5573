/*
 * The parts of a URL that may be tokens: values of its query and segments of its path. For each,
 * the URL with that part masked. Pages whose URLs are equal but for one part can then be compared.
 */
#ifndef TRAPS_URL_MASKS_H
#define TRAPS_URL_MASKS_H

#include "base/hash.h"
#include "web/url.h"

enum { URL_MASKS_MOST = 8 };

struct url_mask {
    uint64_t place;   /* the host, and the parameter's name or the path before the part */
    uint64_t masked;  /* the URL without the part */
    uint64_t value;   /* the part */
    struct text part; /* ... as it is written; empty: several together */
    struct text authority;
    uint64_t head;      /* the URL up to the part */
    struct text before; /* of a segment: the path before it; at == NULL: a value of the query */
    struct text name;   /* of the parameter */
    bool random;        /* it looks like chance: letters and digits mixed */
    bool in_path;
};

/* Fills `masks` and returns how many there are: one for each part, and one for all parts together
 * that look random, if they are several. Texts point into the URL. */
size_t url_masks_of(const struct hash_key *key, const struct url *url,
                    struct url_mask masks[URL_MASKS_MOST]);

/* The hash of another URL with the part at the same place masked. *value gets the hash of what is
 * there. False: it has no such part. */
bool url_mask_apply(const struct hash_key *key, const struct url_mask *mask, const struct url *url,
                    uint64_t *masked, uint64_t *value);

#endif
