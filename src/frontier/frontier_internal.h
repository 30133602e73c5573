/*
 * Inside the frontier: what its files share.  frontier.c gives out visits, frontier_hosts.c knows
 * when a host may be asked, frontier_rules.c what it allows, and frontier_page.c takes what pages
 * name.
 */
#ifndef FRONTIER_FRONTIER_INTERNAL_H
#define FRONTIER_FRONTIER_INTERNAL_H

#include "base/buf.h"
#include "base/result.h"
#include "frontier/frontier.h"
#include "frontier/host_health.h"
#include "frontier/page_batch.h"
#include "web/robots.h"

enum {
    HOST_SLOTS = 1 << 12,     /* of the table from number to host; it grows by chaining */
    ROBOTS_AGE_MS = 86400000, /* RFC 9309, 2.4: not to be used longer than 24 hours */
    ROBOTS_LOOK_MS =
        600000, /* also by a run that lasts longer than that: their age is looked at so often */
    CRAWL_DELAY_MOST_MS = 300000,
    READY_NEVER = -1,
    LEAVE_MOST_MS = 300000, /* a host that wants to be left alone longer is left to the next run */
    LEAVE_FIRST_MS = 1000,  /* after a refusal without Retry-After, then twice as long each time */
    LEAVE_LONGEST_MS = 3600000,
    REFUSALS_FORGOTTEN_MS = 3600000,
    PARTS_BEHIND = 16, /* requisites that may wait on another host while a further page is begun */
    TEXT_MOST_BYTES = 1 << 20, /* of a text that the store gives: robots.txt, a host's name */
    PROBES_MOST = 48,          /* at once; the other connections are for hosts that are there */
    SLOW_MS = 5000,            /* a host that has not answered for so long is not waited for */
};

/* Whether the host is there, and what follows from it. */
struct host_presence {
    struct host_health health;
    char *dead_words; /* why it is dead; NULL: it is not */
    bool probing;     /* what runs is to show whether it is there */
    bool answers;     /* the last time that it was asked it did */
};

enum rules_state { RULES_UNKNOWN, RULES_ASKED, RULES_KNOWN };

/* What robots.txt says of a host. */
struct host_rules {
    enum rules_state state;
    int64_t looked_at_ms; /* wall clock: when it was last seen that they are not too old */
    bool came;      /* a response brought them in this run; its record may not be written yet */
    bool elsewhere; /* robots.txt was redirected to another host, which is being asked */
    struct robots *robots; /* NULL: none yet */
    char *unreachable;     /* why robots.txt could not be had; NULL: it could */
};

/* A scheme that nobody answers under is turned to the other one: frontier_turn_scheme(). */
struct scheme_turn {
    bool turned; /* all URLs of the host are asked for by `to_https`, whatever they say */
    bool to_https;
    bool answers; /* the other scheme has answered */
    bool failed;  /* it did not either */
};

struct host {
    int64_t number;
    char *name;
    bool https; /* scheme of the first address met, for robots.txt */
    struct scheme_turn scheme;
    struct host_rules rules;
    int64_t waiting; /* a hint: visits in the store that are not leased, as far as this process
                        has heard; another may add some or take them */
    int running;
    struct host_presence presence;
    int64_t asked_ms;       /* steady clock */
    int64_t rests_until_ms; /* steady clock */
    struct host_state host_state;
    bool host_state_known;
    int64_t visits_ready_ms; /* wall clock: earliest retry, when nothing else waits */
    struct host *next_in_slot;
    struct host *next; /* all hosts, in a ring, so that each gets its turn */
};

struct frontier {
    struct store *store;
    struct frontier_options options;
    struct host *slots[HOST_SLOTS];
    struct host *turn;    /* the host to look at first */
    int64_t waiting;      /* a hint: of all hosts */
    bool no_memory;       /* for a host that the store told of */
    bool requisites_only; /* are taken */
    const char *waits_for;
    int probing;            /* hosts of which one request shows whether they are there */
    int64_t waits_until_ms; /* steady clock */
    int64_t began_steady_ms;
    struct buf seen_key, address, text;
    struct buf taken; /* texts of the visit that was taken last */
    struct url scratch;
    struct url plain; /* an address without its user information */
    struct page_batch batch;
};

/* ---- frontier.c ---- */

/* Who leased a visit meanwhile finishes it: that is no trouble of ours. */
MUST_CHECK enum result frontier_finish_visit(struct frontier *frontier,
                                             const struct outcome *outcome,
                                             struct trouble *trouble);

/* ---- frontier_hosts.c ---- */

struct host *frontier_find_host(const struct frontier *frontier, int64_t number);
/* Made at need; NULL without memory. */
struct host *frontier_host_of(struct frontier *frontier, int64_t number, struct text name);
MUST_CHECK enum result frontier_get_host_state(struct frontier *frontier, struct host *host,
                                               struct trouble *trouble);
int64_t frontier_ready_in(const struct frontier *frontier, const struct host *host);
bool frontier_is_left_alone(const struct frontier *frontier, const struct host *host);
void frontier_use_scheme(struct frontier *frontier, const struct host *host, struct visit *visit);

/* ---- frontier_rules.c ---- */

MUST_CHECK enum result frontier_use_robots(struct host *host, int status, struct text body,
                                           struct trouble *trouble);
MUST_CHECK enum result frontier_forget_old_rules(struct frontier *frontier, struct host *host,
                                                 struct trouble *trouble);
MUST_CHECK enum result frontier_get_rules(struct frontier *frontier, struct host *host,
                                          struct trouble *trouble);
bool frontier_closed_by_robots(const struct frontier *frontier, const struct host *host,
                               const struct visit *visit, const struct url *url);

#endif
