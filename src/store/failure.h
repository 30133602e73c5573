/* What a store keeps of a URL that failed: see failure_state.h. */
#ifndef STORE_FAILURE_H
#define STORE_FAILURE_H

#include <stdbool.h>
#include <stdint.h>

/* The failures of a URL. */
struct failure {
    int64_t key;
    int way;              /* of the last one (web/failure_way.h) */
    int counted_way;      /* of the last one that was counted */
    int rounds;           /* counted, in a row */
    int same_rounds;      /* of these, the last ones in the same way */
    int64_t since_ms;     /* the first round that was counted; 0: none was */
    int64_t round_ms;     /* the last one */
    int64_t not_until_ms; /* it is not asked for again before; 0: in each round */
    bool known_dead;
};

#endif
