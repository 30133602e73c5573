/*
 * What the files of the frontier share.  frontier.c takes visits, frontier_hosts.c knows when a
 * host may be sent a request, frontier_rules.c what its robots.txt allows, and frontier_page.c
 * gathers what pages name.
 */
#ifndef FRONTIER_FRONTIER_INTERNAL_H
#define FRONTIER_FRONTIER_INTERNAL_H

#include "base/buf.h"
#include "base/result.h"
#include "frontier/frontier.h"
#include "frontier/frontier_lockout.h"
#include "frontier/host_health.h"
#include "frontier/host_turns.h"
#include "frontier/page_batch.h"
#include "frontier/visit_judge.h"
#include "web/robots.h"

enum {
    ROBOTS_AGE_MS = 86400000, /* RFC 9309, 2.4: not to be used longer than 24 hours */
    ROBOTS_LOOK_MS = 600000,  /* how often a long run checks the age of robots.txt */
    CRAWL_DELAY_MOST_MS = 300000,
    READY_NEVER = -1,
    /* a host that wants to be left alone for longer waits for the next run */
    LEAVE_MOST_MS = 300000,
    LEAVE_FIRST_MS = 1000, /* after a refusal without Retry-After, then twice as long each time */
    LEAVE_LONGEST_MS = 3600000,
    REFUSALS_FORGOTTEN_MS = 3600000,
    PARTS_BEHIND = 16, /* requisites that may wait on another host before no new page is started */
    PARTS_LOOKED_AT = 64,      /* hosts for which much waits that are looked at for this */
    TEXT_MOST_BYTES = 1 << 20, /* of a text from the store: robots.txt, a host's name */
    /* at once; the other connections are for hosts that are known to be up */
    PROBES_MOST = 48,
    SLOW_MS = 5000, /* a host that has not responded for so long holds nothing up */
    /* nor does one that takes so long for each request, and some times as long as the other */
    SLOW_PACE_MS = 2000,
    SLOW_PACE_FACTOR = 4,
};

/* Whether the host is up. */
struct host_presence {
    struct host_health health;
    char *dead_words; /* why it is dead; NULL: it is not */
    int dead_way;     /* the same as a way to fail (web/failure_way.h) */
    bool probing;     /* a request is running that will show whether it is up */
    bool responds;    /* it responded to the last request */
};

enum rules_state { RULES_UNKNOWN, RULES_ASKED, RULES_KNOWN };

/* What a host's robots.txt says. */
struct host_rules {
    enum rules_state state;
    int64_t looked_at_ms; /* wall clock: when its age was last checked */
    bool came;            /* a response brought it in this run; its record may not be written yet */
    bool unused;          /* nothing was requested by it since it came */
    int64_t came_ms;      /* steady clock: when it did */
    /* the host that robots.txt was redirected to, and is being requested at; 0: it was not */
    int64_t elsewhere;
    struct robots *robots; /* NULL: not known yet */
    char *unreachable;     /* why robots.txt could not be fetched; NULL: it could */
    bool shut;             /* for that reason nothing is taken in this run: visits wait */
};

/* Other spellings of its URLs: frontier_spelling.c. */
struct host_spellings {
    unsigned urls;          /* that were offered */
    unsigned orders;        /* parameters in another order that were offered */
    unsigned same;          /* spellings in a row that were the same as their URLs */
    unsigned failed;        /* spellings in a row that were not there */
    unsigned running;       /* spellings that are being requested */
    int64_t waits_since_ms; /* others wait for those; 0: none does */
    bool read;              /* what earlier runs saw has been read from the store */
};

/* Replaces a scheme that nobody answers by the other one: frontier_turn_scheme(). */
struct scheme_turn {
    bool turned; /* all URLs of the host are requested by `to_https`, whatever they say */
    bool to_https;
    bool responds; /* the other scheme has responded */
    bool failed;   /* it did not respond either */
    struct host_spellings spellings;
};

/* Whether the host shuts us out: frontier_lockout.c. */
struct host_lockout {
    struct lockout *watch;     /* NULL: it has not responded yet, or ... */
    struct lockout_pack *pack; /* ... it is not asked for anything now; NULL: it is */
    bool gently; /* the run before was shut out: one request at a time until one is served */
    int held;    /* responses that the crawl keeps back */
    int64_t probe_at_ms; /* steady clock */
    bool probe_runs;
    int64_t slower_ms; /* it shut us out for a while: the least delay from now on; 0: it did not */
    int64_t known;     /* key of a URL that it served, from the store; 0: none */
    struct shut_out accused; /* the responses for which it is suspected */
    struct shut_out told;    /* how it shut us out; host NULL: it did not */
};

/* Of all hosts. */
struct frontier_lockouts {
    int held;                 /* responses that the crawl keeps back */
    int probed;               /* suspected hosts */
    struct host_list watched; /* hosts that are either, or were */
};

/* Lists come before parts, and both before pages.  Lists without end, or parts that take for ever,
 * must not keep a run from its pages. So once that many lists came without a page, each second turn
 * is for a page or a part, alternately. */
enum {
    LISTS_IN_A_ROW = 200,
    LISTS_A_CUT = 40,     /* lists that a response counts for that was cut, whatever it was */
    LISTS_A_MISSING = 10, /* ... and one that is not there */
};

struct host {
    int64_t number;
    char *name;
    bool https; /* scheme of the first URL seen, for robots.txt */
    struct scheme_turn scheme;
    struct host_rules rules;
    /* A hint: visits in the store that are not leased, as far as this process knows.  Another
     * process may add or take some. */
    int64_t waiting;
    int running;
    int lists;           /* since the last page: see LISTS_IN_A_ROW */
    bool parts_are_next; /* not pages */
    int foreign_robots;  /* robots.txt of other hosts that were redirected here: waiting or running
                          */
    struct host_presence presence;
    struct host_lockout lockout;
    int64_t asked_ms;       /* steady clock: when the last request was sent */
    int64_t rests_until_ms; /* steady clock */
    struct host_state host_state;
    bool host_state_known;
    int64_t visits_ready_ms; /* wall clock: earliest retry, when nothing else waits */
    struct host_turn turn;
    struct host *next_in_slot, *next; /* of all hosts, in the order in which they came */
};

/* Whom all wait for, and until when by the steady clock. */
struct frontier_wait {
    const char *for_host; /* "": for nobody */
    int64_t until_ms;
};

enum { SPELLING_SLOTS = 1 << 13 };

/* How a known URL was spelled last. */
struct spelling {
    int64_t key;
    uint64_t hash; /* of the spelling */
};

struct spellings {
    struct spelling *slots; /* SPELLING_SLOTS: the last one for each */
    bool plain_met;         /* some URL was met with http */
};

/* All hosts: a list, and a table that finds them by number and grows with them. */
struct host_table {
    struct host *first, *last;
    struct spellings spellings;
    struct host_list crowded; /* more than PARTS_BEHIND visits wait for them, or did */
    struct host **slots;
    size_t count, room; /* of slots: a power of two, or 0 */
    int unseeded;       /* how many hosts no seed named */
};

struct frontier {
    struct store *store;
    struct frontier_options options;
    struct visit_judge *judge; /* NULL: everything that waits is taken */
    struct host_table hosts;
    struct host_turns turns;
    int64_t waiting;      /* a hint: of all hosts */
    bool no_memory;       /* for a host that the store named */
    bool requisites_only; /* no other visits are taken */
    bool gives_up_closed; /* frontier_give_up_closed() was called */
    struct frontier_wait waits;
    struct frontier_lockouts lockouts;
    int probing; /* hosts that a running request probes */
    int64_t began_steady_ms;
    struct buf seen_key, turned_url, text;
    struct buf taken; /* texts of the visit that was taken last */
    struct url scratch;
    struct url plain; /* a URL without its user information */
    struct page_batch batch;
};

/* ---- frontier.c ---- */

/* A visit to the host was taken: it runs from now on. */
void frontier_note_taken(struct frontier *frontier, struct host *host);
/* As queue_finish(), but a visit that another process has leased in the meantime is not an
 * error. */
MUST_CHECK enum result frontier_finish_visit(struct frontier *frontier,
                                             const struct outcome *outcome,
                                             struct trouble *trouble);

/* ---- frontier_hosts.c ---- */

struct host *frontier_find_host(const struct frontier *frontier, int64_t number);
/* Something happened to the host that may change when it can be asked.  Every function that changes
 * a host calls this. */
void frontier_wake(struct frontier *frontier, struct host *host);
/* One more visit waits for it, and it is woken. */
void frontier_count_up(struct frontier *frontier, struct host *host);
/* Finds the host, or makes it; NULL without memory. */
struct host *frontier_host_of(struct frontier *frontier, int64_t number, struct text name);
MUST_CHECK enum result frontier_get_host_state(struct frontier *frontier, struct host *host,
                                               struct trouble *trouble);
/* Milliseconds between two requests to the host. */
int64_t frontier_delay_of(const struct frontier *frontier, const struct host *host);
/* How long a request to the host takes, with the rest after it. */
int64_t frontier_pace_ms(const struct frontier *frontier, const struct host *host);
/* How many requests to the host may run at the same time. */
int frontier_connections_of(const struct frontier *frontier, const struct host *host);
int64_t frontier_ready_in(const struct frontier *frontier, const struct host *host);
bool frontier_is_left_alone(const struct frontier *frontier, const struct host *host);
void frontier_use_scheme(struct frontier *frontier, const struct host *host, struct visit *visit);

/* ---- frontier_lockout.c ---- */

/* It shuts us out: no more requests in this run. */
bool frontier_is_locked(const struct host *host);
/* It is locked, or suspected: no more requests but probes. */
bool frontier_is_suspect(const struct host *host);

/* ---- frontier_rules.c ---- */

/* Takes the host's robots.txt from the store, however old it is, if it is there. */
MUST_CHECK enum result frontier_recall_rules(struct frontier *frontier, struct host *host,
                                             struct trouble *trouble);
MUST_CHECK enum result frontier_forget_old_rules(struct frontier *frontier, struct host *host,
                                                 struct trouble *trouble);
/* Before the first visit to a host in this run, and while its rules are pending: takes its
 * robots.txt from the store, or requests it.  OK: *visit is a robots.txt to request now, this
 * host's or one that was redirected here; RESULT_END: none can be taken now; AGAIN: the rules are
 * known, and any visit may be taken. */
MUST_CHECK enum result frontier_take_rules(struct frontier *frontier, struct host *host,
                                           struct visit *visit, struct trouble *trouble);
/* Notes that the robots.txt of a host is requested at `where` from now on; NULL: nowhere else. */
void frontier_note_elsewhere(struct frontier *frontier, struct host *governed, struct host *where);
/* Puts the URL of a robots.txt in the queue, though it was requested before. */
MUST_CHECK enum result frontier_offer_robots(struct frontier *frontier, struct host *host,
                                             const struct visit *visit, struct trouble *trouble);
bool frontier_closed_by_robots(const struct frontier *frontier, const struct host *host,
                               const struct visit *visit, const struct url *url);

#endif
