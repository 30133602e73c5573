/* Sorted lists of claims: what could not be captured, what is known dead, and which responses
 * were not the URL's own. */
#include <config.h>

#include "verify/failed_claims.h"

#include <stdlib.h>

struct failed_claim {
    uint64_t key;
    int64_t date_ms;
    enum url_state state;
};

struct dead_claim {
    uint64_t key;
    int64_t since_ms;
};

struct stood_in_claim {
    uint64_t key;
    int64_t date_ms;
};

void failed_claims_release(struct failed_claims *claims)
{
    free(claims->failed.items);
    free(claims->dead.items);
    free(claims->stood_in.items);
}

void failed_claims_add(struct failed_claims *claims, uint64_t key, int64_t date_ms,
                       enum url_state state)
{
    struct failed_claim *place = claim_list_grow(&claims->failed, sizeof *place);
    if (place)
        *place = (struct failed_claim){key, date_ms, state};
    claims->no_memory = claims->no_memory || !place;
}

void failed_claims_add_dead(struct failed_claims *claims, uint64_t key, int64_t since_ms)
{
    struct dead_claim *place = claim_list_grow(&claims->dead, sizeof *place);
    if (place)
        *place = (struct dead_claim){key, since_ms};
    claims->no_memory = claims->no_memory || !place;
}

void failed_claims_add_stood_in(struct failed_claims *claims, uint64_t key, int64_t date_ms)
{
    struct stood_in_claim *place = claim_list_grow(&claims->stood_in, sizeof *place);
    if (place)
        *place = (struct stood_in_claim){key, date_ms};
    claims->no_memory = claims->no_memory || !place;
}

/* The newest first.  At one time, a metadata record says more than a response that is only a part:
 * what is broken is last. */
static int by_newest(const void *left, const void *right)
{
    const struct failed_claim *a = left, *b = right;
    int order = claim_list_by_key(left, right);
    if (!order)
        order = (a->date_ms < b->date_ms) - (a->date_ms > b->date_ms);
    return order ? order : (a->state == STATE_BROKEN) - (b->state == STATE_BROKEN);
}

void failed_claims_settle(struct failed_claims *claims)
{
    claim_list_sort(&claims->failed, sizeof(struct failed_claim), by_newest);
    claim_list_sort(&claims->dead, sizeof(struct dead_claim), claim_list_by_key);
    claim_list_sort(&claims->stood_in, sizeof(struct stood_in_claim), claim_list_by_key);
}

bool failed_claims_find(const struct failed_claims *claims, uint64_t key, int64_t since_ms,
                        enum url_state *state)
{
    const struct failed_claim *newest = claim_list_find(&claims->failed, sizeof *newest, key);
    bool failed = newest && newest->date_ms >= since_ms;
    if (failed && state)
        *state = newest->state;
    return failed;
}

bool failed_claims_stood_in(const struct failed_claims *claims, uint64_t key, int64_t since_ms,
                            int64_t before_ms)
{
    const struct stood_in_claim *all = claims->stood_in.items,
                                *claim = claim_list_find(&claims->stood_in, sizeof *claim, key);
    for (; claim && claim < all + claims->stood_in.count && claim->key == key; claim++)
        if (claim->date_ms >= since_ms && claim->date_ms < before_ms)
            return true;
    return false;
}

int64_t failed_claims_dead_since(const struct failed_claims *claims, uint64_t key)
{
    const struct dead_claim *dead = claim_list_find(&claims->dead, sizeof *dead, key);
    return dead ? dead->since_ms : 0;
}
