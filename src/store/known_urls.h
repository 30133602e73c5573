/*
 * The known URLs: every URL that was ever offered to the queue, in whatever state, and what other
 * options or a forgotten seed mean for them.
 *
 * A contract like queue.h, over the same URLs. All functions return OK or BROKEN, and any other
 * result given beside them.
 */
#ifndef STORE_KNOWN_URLS_H
#define STORE_KNOWN_URLS_H

#include "store/queue.h"

/* Which visits known_urls_each() lists, and in which order. */
enum visit_listing {
    /* What is broken, and pages and lists that are refused, unless they are known dead; the latest
     * first. */
    LISTING_FAILED,
    LISTING_KNOWN_DEAD, /* those that are (failure_state.h), in the order in which they were met */
    LISTING_SEEDS,      /* all seeds, in the order in which they were added */
    LISTING_FORGOTTEN,  /* those that were forgotten, but not what they were redirected to */
    LISTING_PAGERS,     /* pages of lists that are kept, with a status below 300, in any order */
    LISTING_PAGES,      /* pages that are kept, with a status below 300, in any order */
    LISTING_COUNT,
};
struct listed_visit {
    struct text url; /* texts live until the callback returns */
    enum visit_kind kind;
    bool given; /* no hop led to it: the user gave it as a seed */
    enum url_state state;
    int status;
    struct text reason;     /* empty: none */
    struct failure failure; /* key 0: none is known */
};
/* Must not use the store. */
typedef void listed_visit_visitor(void *context, const struct listed_visit *visit);

/* A visit that waits and was never answered. */
struct waiting_visit {
    int64_t key;
    enum visit_kind kind;
    struct text url; /* lives until the callback returns */
};
/* Must not use the store. */
typedef void waiting_visit_visitor(void *context, const struct waiting_visit *visit);

struct known_urls;

struct known_urls_ops {
    enum result (*find)(struct known_urls *known, int64_t key, struct visit *visit,
                        struct buf *texts, struct trouble *trouble);
    enum result (*next_missing)(struct known_urls *known, int64_t after, struct visit *visit,
                                struct buf *texts, struct trouble *trouble);
    enum result (*leave_out)(struct known_urls *known, int64_t key, const char *reason,
                             struct trouble *trouble);
    enum result (*forget_seed)(struct known_urls *known, int64_t key, struct trouble *trouble);
    enum result (*served)(struct known_urls *known, int64_t host, int place, struct visit *visit,
                          struct buf *texts, struct trouble *trouble);
    enum result (*count)(struct known_urls *known, uint64_t counts[VISIT_KINDS][STATE_COUNT],
                         struct trouble *trouble);
    enum result (*count_waiting)(struct known_urls *known, uint64_t *waiting,
                                 struct trouble *trouble);
    enum result (*each_waiting)(struct known_urls *known, int64_t host, waiting_visit_visitor *each,
                                void *context, struct trouble *trouble);
    enum result (*each)(struct known_urls *known, enum visit_listing listing, int most,
                        listed_visit_visitor *each, void *context, struct trouble *trouble);
};

struct known_urls {
    const struct known_urls_ops *ops;
};

/* The visit with this key, in whatever state. Its texts are copied into `texts`. END: it is not
 * known. */
MUST_CHECK static inline enum result known_urls_find(struct known_urls *known, int64_t key,
                                                     struct visit *visit, struct buf *texts,
                                                     struct trouble *trouble)
{
    return known->ops->find(known, key, visit, texts, trouble);
}

/* Of the visits that wait, failed or were excluded, the one with the lowest key above `after`
 * (INT64_MIN: with the lowest of all), as known_urls_find(). It is not leased. END: there are no
 * more.
 */
MUST_CHECK static inline enum result known_urls_next_missing(struct known_urls *known,
                                                             int64_t after, struct visit *visit,
                                                             struct buf *texts,
                                                             struct trouble *trouble)
{
    return known->ops->next_missing(known, after, visit, texts, trouble);
}

/* An option leaves out a URL that waits, failed or was excluded, or that this owner has leased.
 * What the archive has of it counts as captured again, as before it was put back in the queue. If
 * the archive has nothing of it, a seed is excluded, and any other URL is no longer known and may
 * be offered again. Other keys stay as they are. */
MUST_CHECK static inline enum result known_urls_leave_out(struct known_urls *known, int64_t key,
                                                          const char *reason,
                                                          struct trouble *trouble)
{
    return known->ops->leave_out(known, key, reason, trouble);
}

/* Forgets a seed, and all that was found from it, directly or through other pages. If nothing else
 * is known on a host, its robots.txt is forgotten, too, with its rules (hosts.h) and what its
 * robots.txt led to. The robots.txt of any other host stays. To every other function these URLs are
 * unknown. A forgotten URL that is offered again gets the hops of the offer, and has the state that
 * it had. What was captured is not requested anew. END: the key is not that of a seed. */
MUST_CHECK static inline enum result known_urls_forget_seed(struct known_urls *known, int64_t key,
                                                            struct trouble *trouble)
{
    return known->ops->forget_seed(known, key, trouble);
}

/* A URL that the host has answered with 200, and that is kept or waits to be asked for again: pages
 * and lists before their parts, then by time, the `place`th from 0 on. Only key, host, kind and url
 * are filled in; the URL's text is copied into `texts`. END: there is none. Reads all URLs: not to
 * be called often. */
MUST_CHECK static inline enum result known_urls_served(struct known_urls *known, int64_t host,
                                                       int place, struct visit *visit,
                                                       struct buf *texts, struct trouble *trouble)
{
    return known->ops->served(known, host, place, visit, texts, trouble);
}

/* counts[kind][state] of all URLs that are counted (url_is_counted()); a redirect of a URL to
 * itself, letter by letter, is one URL.  What waits to be asked for again (queue_ask_again(),
 * queue_retry_failed()) keeps its old state in all counts and listings until there is news of it.
 */
MUST_CHECK static inline enum result known_urls_count(struct known_urls *known,
                                                      uint64_t counts[VISIT_KINDS][STATE_COUNT],
                                                      struct trouble *trouble)
{
    return known->ops->count(known, counts, trouble);
}

/* How many visits are in the queue or leased, of all kinds, counted or not. Includes what was
 * answered before and is to be asked for again. */
MUST_CHECK static inline enum result
known_urls_count_waiting(struct known_urls *known, uint64_t *waiting, struct trouble *trouble)
{
    return known->ops->count_waiting(known, waiting, trouble);
}

/* Calls `each` for the host's visits that wait, or are leased, and are not to be asked for again,
 * in any order. */
MUST_CHECK static inline enum result known_urls_each_waiting(struct known_urls *known, int64_t host,
                                                             waiting_visit_visitor *each,
                                                             void *context, struct trouble *trouble)
{
    return known->ops->each_waiting(known, host, each, context, trouble);
}

/* Calls `each` for at most `most` visits of a listing. `each` must not use the store. */
MUST_CHECK static inline enum result
known_urls_each(struct known_urls *known, enum visit_listing listing, int most,
                void (*each)(void *context, const struct listed_visit *visit), void *context,
                struct trouble *trouble)
{
    return known->ops->each(known, listing, most, each, context, trouble);
}

#endif
