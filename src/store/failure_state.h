/*
 * Which URLs failed, in which way, and in how many rounds in a row.  A contract like queue.h.
 * queue_finish() notes the way of each failure; what is counted is the caller's to decide.  All
 * functions return OK or BROKEN, and any other result given beside them.
 */
#ifndef STORE_FAILURE_STATE_H
#define STORE_FAILURE_STATE_H

#include <stdint.h>

#include "base/result.h"
#include "base/text.h"
#include "store/failure.h"
#include "store/queue.h"

/* A failure, and its URL as the queue knows it. */
struct failed_visit {
    struct failure failure;
    struct text url; /* lives until the callback returns */
    enum visit_kind kind;
    enum url_state state;
    int status;
    int64_t done_ms;
};

struct failure_state;

struct failure_state_ops {
    enum result (*find)(struct failure_state *state, int64_t key, struct failure *failure,
                        struct trouble *trouble);
    enum result (*keep)(struct failure_state *state, const struct failure *failure,
                        struct trouble *trouble);
    enum result (*forget)(struct failure_state *state, int64_t key, struct trouble *trouble);
    enum result (*each)(struct failure_state *state, int64_t after, int most,
                        void (*each)(void *context, const struct failed_visit *visit),
                        void *context, struct trouble *trouble);
};

struct failure_state {
    const struct failure_state_ops *ops;
};

/* END: no failure of that URL is known. */
MUST_CHECK static inline enum result failure_state_find(struct failure_state *state, int64_t key,
                                                        struct failure *failure,
                                                        struct trouble *trouble)
{
    return state->ops->find(state, key, failure, trouble);
}
/* Replaces what is known of the URL's failures. */
MUST_CHECK static inline enum result failure_state_keep(struct failure_state *state,
                                                        const struct failure *failure,
                                                        struct trouble *trouble)
{
    return state->ops->keep(state, failure, trouble);
}
MUST_CHECK static inline enum result failure_state_forget(struct failure_state *state, int64_t key,
                                                          struct trouble *trouble)
{
    return state->ops->forget(state, key, trouble);
}

/* Calls `each` for at most `most` failures of known URLs, by rising keys after `after` (0: from the
 * first one).  `each` must not use the store. */
MUST_CHECK static inline enum result
failure_state_each(struct failure_state *state, int64_t after, int most,
                   void (*each)(void *context, const struct failed_visit *visit), void *context,
                   struct trouble *trouble)
{
    return state->ops->each(state, after, most, each, context, trouble);
}

#endif
