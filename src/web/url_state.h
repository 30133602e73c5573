/*
 * What became of a URL, as a table with one row per state: its name, one sentence, and whether a
 * listed URL in that state is a gap.  A URL is listed when pagination, a date archive, a feed or a
 * sitemap of the site names it.  The summary, the JSON of a run, `why` and verify use these names
 * and add up their numbers in struct state_counts, so that all of them say the same.
 *
 * Who sets a state: capture/keeping.h judges one response.  States that depend on other responses
 * (circles of redirects, walls, logins) are judged at the end of a run.  A response that is stored
 * is not yet kept.
 *
 * What is broken or refused is asked for again by the next run: queue_retry_failed() makes it wait
 * again.  A part of a page (requisite, media file) that is refused is what visitors see, too.  It
 * is asked for again by schedule, like what is kept or gone.
 */
#ifndef WEB_URL_STATE_H
#define WEB_URL_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "web/url_rules.h"
#include "web/visit_kind.h"

/* clang-format off */
#define URL_STATES_TABLE(ROW) \
    ROW(WAITING, "waiting", "waiting", true, "It has not been requested yet, or was put off by a limit or at the request of the site.") \
    ROW(KEPT, "kept", "kept", false, "The archive has a whole, successful response that can be decoded.") \
    ROW(BROKEN, "broken", "broken", true, "The server failed (5xx) or did not answer; or the response is not whole, cannot be decoded, or redirects in a circle.") \
    ROW(LEFT_OUT, "left out", "left_out", false, "An option, robots.txt or a rule leaves it out.") \
    ROW(GONE, "gone", "gone", false, "The site says that it does not exist (404, 410).") \
    ROW(REFUSED, "refused", "refused", true, "The site refuses it (401, 403, 451 and other 4xx), or sends a login or block page in its place.")

/* What the manual says of them. */
#define URL_STATES_COUNTED \
    "A redirect is counted where it leads; a wrong guess is not counted. A URL is known dead, and is counted apart, when " \
    "it has failed in the same way for three rounds and is neither a page nor a list of the site."
#define URL_STATES_COMPLETE \
    "A capture is called complete when four things are true. At least one page is kept. Every URL that pagination, date " \
    "archives, feeds and sitemaps list is kept, gone or left out. Nothing else in scope is refused, broken or waiting. " \
    "There are as many posts and pages as the site itself counts. What robots.txt or the user's options leave out is then " \
    "named: \"Complete but for 12 pages that robots.txt closes\". So is what a rule leaves out of a list only because other URLs " \
    "like it showed nothing new: \"20 pages that rules leave out (print 20)\". A part of a page may be refused, because visitors do not " \
    "see it, either."
/* clang-format on */

/* Only names leave the program, never these numbers. */
enum url_state {
#define ROW(id, name, member, gap, words) STATE_##id,
    URL_STATES_TABLE(ROW)
#undef ROW
        STATE_COUNT,
};

struct url_state_row {
    const char *name;   /* for people: "left out" */
    const char *member; /* the same in JSON: "left_out" */
    bool is_gap;        /* a listed URL in this state forbids "Complete" */
    const char *words;  /* one sentence */
};

/* Static. */
const struct url_state_row *url_state_row(enum url_state state);
/* "kept", "left out" ...  Static. */
const char *url_state_name(enum url_state state);

/* The state at a place from 0 to STATE_COUNT - 1, in the order in which people read them. */
enum url_state url_state_in_order(int place);

/* Whether a URL of this kind is a page or a list of the site.  Only of these, refused ones are
 * missed.  Parts of pages, guesses and robots.txt may be refused: visitors see it so, too. */
bool url_state_matters(enum visit_kind kind);

/* Whether it is a part of a page: a requisite or a media file. */
bool url_state_is_part(enum visit_kind kind);

/* Whether a visit of this kind failed: then the next run tries it again, and it is told. */
static inline bool url_state_failed(enum url_state state, enum visit_kind kind)
{
    return state == STATE_BROKEN || (state == STATE_REFUSED && url_state_matters(kind));
}

/* Whose choice it was to leave a URL out. */
enum left_out_by {
    LEFT_OUT_BY_OPTION, /* the user's: it does not forbid "Complete", but is said */
    LEFT_OUT_BY_ROBOTS, /* the site's: it qualifies "Complete" */
    LEFT_OUT_BY_RULE,   /* ours: it qualifies "Complete" if the URL was only suspected */
    LEFT_OUT_WAYS,
};
enum left_out_by left_out_by(enum url_rule rule);

/* How many URLs are in which state. */
struct state_counts {
    uint64_t of[STATE_COUNT];
    uint64_t left_out[LEFT_OUT_WAYS]; /* the parts of of[STATE_LEFT_OUT] */
};

void state_counts_add(struct state_counts *counts, enum url_state state, uint64_t urls);
void state_counts_leave_out(struct state_counts *counts, enum left_out_by by, uint64_t urls);
/* All of them together. */
uint64_t state_counts_all(const struct state_counts *counts);
/* Those in a state that forbids "Complete". */
uint64_t state_counts_gaps(const struct state_counts *counts);

/* Appends a JSON object: {"listed": 9, "kept": 7, "gone": 1, ... "left_out_by": {...}}, with every
 * state. */
void state_counts_json(const struct state_counts *counts, struct buf *out);
/* Appends words: "280 of 300 kept, 3 gone, 17 refused", without states that no URL is in; "none"
 * when there is no URL. */
void state_counts_words(const struct state_counts *counts, struct buf *out);

/* Their halves: the members from "kept" on, each after a comma; and the words after "kept". */
void state_counts_json_members(const struct state_counts *counts, struct buf *out);
void state_counts_add_others(const struct state_counts *counts, struct buf *out);

#endif
