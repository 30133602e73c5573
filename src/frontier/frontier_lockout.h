/*
 * Hosts that shut us out, as the crawl sees them (frontier/lockout.h judges).  The crawl notes
 * every response to a page or a part. It keeps a response back while it is not clear whether the
 * host refuses us.  A suspected host gets no visits but probes, after a pause.  A locked host gets
 * none in this run; what waits for it waits for the next one, which begins with one request at a
 * time.
 *
 * One thread.  A host that is not known is never suspected.
 */
#ifndef FRONTIER_FRONTIER_LOCKOUT_H
#define FRONTIER_FRONTIER_LOCKOUT_H

#include "frontier/frontier.h"
#include "frontier/lockout.h"

/* Notes a response, after frontier_rest().  *advice: whether to keep it back. */
MUST_CHECK enum result frontier_lockout_note(struct frontier *frontier, int64_t host,
                                             const struct lockout_response *response,
                                             struct lockout_advice *advice,
                                             struct trouble *trouble);

/* What is to be done with the responses that are kept back. */
struct lockout_ruling {
    enum lockout_verdict verdict; /* UNDECIDED: nothing yet */
    /* URLs whose responses counted already: see lockout_firsts(), and from alike_count on
     * lockout_unproved() */
    int64_t firsts[LOCKOUT_FIRSTS + LOCKOUT_RECENT];
    int first_count, alike_count;
};

/* The crawl keeps so many more responses of the host back, or fewer.  They count as waiting. */
void frontier_lockout_hold(struct frontier *frontier, int64_t host, int more);

/* Looks whether the host is suspected now.  `idle`: it has nothing else to be asked for. */
MUST_CHECK enum result frontier_lockout_look(struct frontier *frontier, int64_t host, bool idle,
                                             struct lockout_ruling *ruling,
                                             struct trouble *trouble);

/* Finds a host of which responses are kept back, but which has nothing else to be asked for and
 * no request running.  Requests on other hosts do not count.  `soon`: any host of which responses
 * are kept back, unless it is being probed.  False: there is none. */
bool frontier_lockout_idle(struct frontier *frontier, bool soon, int64_t *host);

/* The next probe.  OK: its texts live until the next visit is taken; the visit is not in the queue.
 * AGAIN: one is due in *wait_ms; END: none. */
MUST_CHECK enum result frontier_lockout_probe(struct frontier *frontier, struct visit *visit,
                                              int *wait_ms, struct trouble *trouble);
/* Judges the response to a probe, after frontier_rest(). */
MUST_CHECK enum result frontier_lockout_probed(struct frontier *frontier, int64_t host,
                                               const struct lockout_response *response,
                                               struct lockout_ruling *ruling,
                                               struct trouble *trouble);

/* The run ends, and there is no time for a probe: what is known about the host's responses that
 * are kept back.  THESE_ONLY: nothing speaks against them; SHUT_OUT; or UNDECIDED, then *ruling has
 * the URLs that are in doubt with them. */
enum lockout_verdict frontier_lockout_at_end(const struct frontier *frontier, int64_t host,
                                             struct lockout_ruling *ruling);

/* A host that is locked, or that was for a while, in this run. */
struct shut_out {
    const char *host; /* lives as long as the frontier */
    int served;       /* responses with success before */
    int urls;         /* that were refused in a row */
    enum lockout_sign sign;
    int status;            /* of the last one; 0: no response */
    const char *challenge; /* the service whose challenge it is; NULL: none.  Static */
    bool over;             /* it served us again */
};
void frontier_lockout_each(const struct frontier *frontier,
                           void (*each)(void *context, const struct shut_out *shut_out),
                           void *context);
/* The host that is suspected now, for which signs, and will be probed in *wait_ms; NULL: none. */
const char *frontier_lockout_suspect(const struct frontier *frontier, enum lockout_sign *sign,
                                     int64_t *wait_ms);

#endif
