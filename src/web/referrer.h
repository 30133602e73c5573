/*
 * What a request says of the page that led to it, by the page's policy (W3C Referrer Policy).
 * User information and fragments are never told.
 */
#ifndef WEB_REFERRER_H
#define WEB_REFERRER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"
#include "web/url.h"

/* Stores keep these numbers: none may get another meaning. */
enum referrer_policy {
    REFERRER_UNSAID = 0, /* nothing is said: as STRICT_ORIGIN_WHEN_CROSS_ORIGIN */
    REFERRER_NO = 1,
    REFERRER_NO_WHEN_DOWNGRADE = 2,
    REFERRER_SAME_ORIGIN = 3,
    REFERRER_ORIGIN = 4,
    REFERRER_STRICT_ORIGIN = 5,
    REFERRER_ORIGIN_WHEN_CROSS_ORIGIN = 6,
    REFERRER_STRICT_ORIGIN_WHEN_CROSS_ORIGIN = 7,
    REFERRER_UNSAFE_URL = 8,
};

enum { REFERRER_LONGEST = 4096 /* of a longer URL, the origin is told (section 8.4, step 6) */ };

/* The policy with this name (section 3), as in a referrerpolicy attribute; UNSAID when there is
 * none. */
enum referrer_policy referrer_policy_of(struct text name);
/* That of <meta name="referrer">, which also has older names (HTML Standard, section 4.2.5.1). */
enum referrer_policy referrer_policy_of_meta(struct text content);
/* That of a Referrer-Policy field: the last name that is known (section 8.1). */
enum referrer_policy referrer_policy_of_field(struct text value);

/* Appends what a request for `target`, found on `page`, says in its Referer field (section 8.3).
 * Nothing: it has none.  False without memory. */
MUST_CHECK bool referrer_write(enum referrer_policy policy, const struct url *page,
                               const struct url *target, struct buf *out);

#endif
