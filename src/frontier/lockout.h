/*
 * Whether a host shuts us out.  Sites that take a crawler for an attack answer each URL with 403, a
 * challenge, one page or one redirect.  Such a response is not the content of the URL: it must not
 * be kept, and hundreds more of them help nobody.
 *
 * The responses of a host are noted in order.  When several URLs in a row are refused, or give the
 * same page or redirect, and others were served before, the host is suspected.  The responses are
 * held back, and the host is probed: first a URL that it has served, then one of those that it
 * refused.  Members-only sections, soft 404s and equal pages pass this test.  A host that also
 * refuses what it has served is locked.
 *
 * If a URL was refused while others were served, a second refusal says nothing about the host, and
 * needs no probe.  Only 429 and 503 always count, because they speak of the time.
 *
 * A host may shut us out before a run begins, or at its last request.  So in a later run, a
 * response that may be a refusal (gone, a redirect, a page without links; of a new URL, or of one
 * that was otherwise before) is suspicious by itself, until the run is served something else.  It
 * is probed with a URL that the run, or else an earlier one, was served; of that one the archive
 * tells what it looks like.  Once such a suspicion was wrong, no other is raised in this run.
 *
 * Pages and their parts are counted apart, because they are often served by different programs.
 * Pure functions; each takes constant time.
 */
#ifndef FRONTIER_LOCKOUT_H
#define FRONTIER_LOCKOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum lockout_sign {
    LOCKOUT_SERVED,     /* a body with 2xx, 404 or 410 */
    LOCKOUT_REDIRECTED, /* to another URL */
    LOCKOUT_REFUSED,    /* any other status, a challenge, or no response */
};

/* What a host does that is suspected for this sign: "refuses", "sends pages that look alike". */
const char *lockout_sign_words(enum lockout_sign sign);

struct lockout_response {
    int64_t key; /* of the URL; not 0 */
    enum lockout_sign sign;
    int status;            /* of HTTP; 0: none */
    const char *challenge; /* the service whose challenge it is (traps/challenge.h); NULL: none */
    /* Of the body, or of the redirect's target; equal marks: "the same".  Pictures that are equal
     * are nothing unusual: each gets a mark of its own. */
    uint64_t mark;
    uint64_t exact; /* of the body's bytes */
    uint64_t place; /* of the URL itself, comparable with the mark of a redirect */
    bool part;      /* not a page or list of the site, but something that pages show */
    bool by_redirect;
    bool later;   /* earlier runs have captured something */
    bool bare;    /* ... and it has nothing that refusals lack; or it had links then */
    bool as_held; /* 200, and it has the mark of what the archive has of the URL ... */
    bool unheld;  /* ... or nobody knows what it has */
    int64_t began_ms, ended_ms; /* of the request, by one clock */
};

enum { LOCKOUT_KEYS = 8, LOCKOUT_RECENT = 12, LOCKOUT_KNOWN = 32 };

/* A response that was taken for sound.  Until a later request is served, it may yet be the first of
 * many that are alike. */
struct lockout_recent {
    int64_t key; /* 0: none */
    uint64_t mark, exact, place;
    int64_t ended_ms;
    enum lockout_sign sign;
    bool good, bare, by_redirect;
};

/* Responses that are alike, with none between them that shows that the host serves us. */
struct lockout_streak {
    uint64_t mark, exact;
    bool exactly;               /* their bodies are equal to the last byte */
    bool passed;                /* a page was served after it: only its own URLs are in question */
    bool later, bare;           /* one of them was so, before anything else was served */
    int count;                  /* of different URLs */
    int status;                 /* of the last one */
    const char *challenge;      /* the same; a probe may show it, too */
    int64_t ended_ms;           /* of the first one */
    int64_t keys[LOCKOUT_KEYS]; /* the last ones: a URL that is tried again counts once */
    int64_t firsts[LOCKOUT_KEYS]; /* those that were taken for sound; 0: none */
};

struct lockout_track {
    struct lockout_streak streaks[LOCKOUT_REFUSED + 1]; /* by sign */
    struct lockout_recent recent[LOCKOUT_RECENT];
    int next;                       /* of these */
    struct lockout_recent goods[2]; /* URLs that were served, followed by others; the last first */
    int64_t known[LOCKOUT_KNOWN];   /* URLs that were refused while others were served; 0: none */
    int known_next;                 /* of these */
};

enum lockout_phase {
    LOCKOUT_WATCHING,
    LOCKOUT_PROBES_GOOD,    /* asks again for a URL that was served */
    LOCKOUT_PROBES_REFUSED, /* ... then for one that was refused */
    LOCKOUT_LOCKED,         /* it gets no more requests in this run */
};

/* All zero: nothing is known. */
struct lockout {
    struct lockout_track pages, parts;
    enum lockout_phase phase;
    bool by_parts; /* the suspicion is about parts ... */
    enum lockout_sign sign;
    bool idle;         /* ... and came when nothing else was to be asked for */
    bool wary;         /* the run before was shut out: little is enough */
    bool unproven;     /* no URL is known that it serves: only the refused one is asked for again */
    bool put_off;      /* there is nothing to probe with: it is judged at the end */
    bool never_served; /* the host is asked in vain, and nothing is held back any more */
    int cleared;       /* how often the suspicion was wrong ... */
    int parts_cleared; /* ... about parts.  Where pages are served, these tell of a lock-out, too */
    int overs;         /* how often it was right, but the host served us again soon */
    int probes;        /* of this phase that were refused, or showed nothing */
    /* What the URL that it had served showed now, if it is not what the archive has of it.  The
     * other URL must not show the same. */
    enum lockout_sign shown;
    uint64_t shown_mark; /* 0: nothing */
    int responses;       /* of this run */
    int served;          /* of these */
};

/* Notes a response; probes are not noted here.  Returns what to do with it. */
struct lockout_advice {
    bool hold; /* keep it back, until it is clear what it is */
    /* What was kept back of this host counts: of parts when this is a part, otherwise all. */
    bool release;
};
struct lockout_advice lockout_note(struct lockout *lockout,
                                   const struct lockout_response *response);

/* Whether the host is suspected now, or may have shut us out for a while; if so, probing begins.
 * `idle`: there is nothing else to request from it, so few responses must be enough.  False:
 * nothing is known against it. */
bool lockout_suspects(struct lockout *lockout, bool idle);

/* Whether what is kept back would be probed if nothing more came: then it is not known what it is.
 * False: nothing speaks against it. */
bool lockout_is_in_doubt(const struct lockout *lockout);

/* The key of the URL to probe with; 0: none is known. */
int64_t lockout_probe_key(const struct lockout *lockout);

enum lockout_verdict {
    LOCKOUT_UNDECIDED,  /* probe it, after a pause, with lockout_probe_key() */
    LOCKOUT_THESE_ONLY, /* the host serves us: what was kept back is what these URLs have */
    LOCKOUT_IS_OVER,    /* it had shut us out: what was kept back is to be asked for again */
    LOCKOUT_SHUT_OUT,   /* it shuts us out: what was kept back waits for another run */
    LOCKOUT_WALL,       /* it never served anything else: what was kept back is a wall */
};
/* Judges the response to a probe.  One that does not come never says that a lock-out is over. */
enum lockout_verdict lockout_note_probe(struct lockout *lockout,
                                        const struct lockout_response *response);
/* No URL is known that the host served.  UNDECIDED: what comes may tell, or what it refused is
 * asked for again, if lockout_probe_key() knows it now. */
enum lockout_verdict lockout_judge_unprobed(struct lockout *lockout);

/* Locks the host without a probe, because there is no time for one. */
void lockout_lock(struct lockout *lockout);

/* The streak that the suspicion is about. */
const struct lockout_streak *lockout_accused(const struct lockout *lockout);
/* Whether the URL belongs to a streak, or is where its redirects lead (`place`): then it can't be
 * probed with. */
bool lockout_accuses(const struct lockout *lockout, int64_t key, uint64_t place);
/* The URLs of streaks whose responses were taken for sound: they must be taken back if the host
 * has shut us out.  To be called before a probe is judged.  Returns how many. */
enum { LOCKOUT_FIRSTS = 6 * LOCKOUT_KEYS + 4 * LOCKOUT_RECENT };
int lockout_firsts(const struct lockout *lockout, int64_t keys[LOCKOUT_FIRSTS]);
/* The same for bare responses of a later run that are like no others, if nothing else was served
 * after them. */
int lockout_unproved(const struct lockout *lockout, int64_t keys[LOCKOUT_RECENT]);

/* Makes the marks of a body.  Numbers, tokens and the words of the URL are left out of `mark`,
 * because refusals name the time, an address or the URL.  Of a body that is too long for a refusal,
 * or that has links as pages have, all counts. */
void lockout_mark_body(struct lockout_response *response, struct text body, struct text url);
/* How many links the body has, as pages of a site do; counted up to LOCKOUT_LINKS_ENOUGH.  With so
 * many it is not a refusal in other words. */
enum { LOCKOUT_LINKS_ENOUGH = 2 };
int lockout_count_links(struct text body);
/* Of a URL without its query, which may say where to go afterwards. */
uint64_t lockout_mark_url(struct text url);

#endif
