/* What an archive says about URLs that could not be captured: when that was, and what it means
 * for the URL; and which are known dead.  First add all, then settle, then ask.  Keys are the
 * caller's. */
#ifndef VERIFY_FAILED_CLAIMS_H
#define VERIFY_FAILED_CLAIMS_H

#include <stdbool.h>
#include <stdint.h>

#include "verify/claim_list.h"
#include "web/url_state.h"

/* All zero: empty. */
struct failed_claims {
    struct claim_list failed, dead, stood_in;
    bool no_memory; /* something is lacking */
};

void failed_claims_release(struct failed_claims *claims);

/* A URL could not be captured at that time (milliseconds since 1970): it is broken or refused,
 * or waits because it is not known what its response was. */
void failed_claims_add(struct failed_claims *claims, uint64_t key, int64_t date_ms,
                       enum url_state state);
/* What came of the URL last, at that time or before, was not the URL's own. */
void failed_claims_add_stood_in(struct failed_claims *claims, uint64_t key, int64_t date_ms);
/* It is known dead since then. */
void failed_claims_add_dead(struct failed_claims *claims, uint64_t key, int64_t since_ms);
void failed_claims_settle(struct failed_claims *claims);

/* Whether a URL could not be had at that time or later; *state (may be NULL) gets its state by the
 * newest claim. */
bool failed_claims_find(const struct failed_claims *claims, uint64_t key, int64_t since_ms,
                        enum url_state *state);
/* Whether such a claim is from that time on, and before the other. */
bool failed_claims_stood_in(const struct failed_claims *claims, uint64_t key, int64_t since_ms,
                            int64_t before_ms);
/* Since when the URL is known dead; 0: it is not. */
int64_t failed_claims_dead_since(const struct failed_claims *claims, uint64_t key);

#endif
