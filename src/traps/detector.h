/*
 * A trap detector watches the pages of a crawl and says which links lead nowhere, or go on without
 * end. All detectors have this one shape and stand in one table (detectors.h), so a new one is one
 * file and one row.
 *
 * For each page the crawler calls begin_page, then see_link for each link, then see_word for each
 * word of a detector that wants them, then end_page. A link that is still to be judged also gets
 * judge_link, right after its see_link. Every function but `name` may be NULL, but see_link is not
 * called without begin_page, nor see_word without wants_words. `state` is what `new` returned; one
 * crawl uses it, and no other.
 */
#ifndef TRAPS_DETECTOR_H
#define TRAPS_DETECTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "series/archive_counts.h"
#include "traps/trap_words.h"
#include "web/link.h"
#include "web/url.h"
#include "web/url_rules.h"
#include "web/visit_kind.h"

/* What is known of the page's body. */
enum trap_page_body {
    BODY_UNREAD, /* neither of the below, or its links come from its metadata record */
    BODY_HTML,
    BODY_FEED,
};

/* The current page. Its texts and URLs live until end_page. */
struct trap_page {
    const struct url *url;
    const struct url *via; /* the page it was found on; NULL: none, or not known */
    int64_t key, via_key;  /* of `url` and of `via`; 0: none */
    enum visit_kind kind;  /* what it was requested as */
    enum trap_page_body body;
    struct text html; /* if BODY_HTML; may be empty */
    /* Its visible text, set before its words are read; NULL: find it in `html`. */
    const struct page_pieces *pieces;
    int period;        /* of the date archive, as 20180600; 0: none */
    int series_period; /* of the pagination chain that the page belongs to; 0: none */
    const struct archive_counts *archive_counts; /* what the site has said so far */
    int year;                                    /* of the response */
    bool stand_in; /* the response to a request for a URL that no link names */
    /* set before end_page: it names posts, and earlier runs knew all of them */
    bool names_old_posts;
    /* Set by series_novelty in begin_page, for the detectors after it: */
    bool in_series;               /* it belongs to a series of pages */
    bool dated;                   /* ... and only a date tells those apart, as in a calendar */
    unsigned series_pages_before; /* how many pages of its series were read before it */
};

struct trap_verdict {
    enum url_rule rule; /* leave the link out by this rule; URL_RULE_NONE: no objection */
    bool waits;         /* end_page will decide: keep the link until then */
    /* With a rule: nothing shows it of this URL itself, only of others like it. */
    bool suspected;
};

/* A visit whose turn has come. Nothing is kept of its URL yet. */
struct trap_visit {
    const struct url *url;
    const struct url *via; /* the page it was found on; NULL: none, or not known */
    int64_t key;
    int year; /* now */
};

struct trap_turn {
    enum url_rule rule; /* don't request it, by this rule; URL_RULE_NONE: no objection */
    bool waits;         /* a request that is running will tell: ask again soon */
    bool suspected;     /* as in struct trap_verdict */
};

struct detector {
    const char *name;
    void *(*new)(void); /* NULL: out of memory */
    void (*free)(void *state);
    /* Whether it wants to see the page's links. */
    bool (*begin_page)(void *state, struct trap_page *page);
    void (*see_link)(void *state, const struct trap_page *page, const struct link *link,
                     int64_t key);
    struct trap_verdict (*judge_link)(void *state, const struct trap_page *page,
                                      const struct link *link);
    /* Whether it wants to see the page's words. Asked after the last link. */
    bool (*wants_words)(void *state, const struct trap_page *page);
    void (*see_word)(void *state, const struct trap_word *word);
    /* The rule by which the links waiting for this detector are left out. URL_RULE_NONE: they may
     * be followed. */
    enum url_rule (*end_page)(void *state, const struct trap_page *page);
    /* Judges once more before the request, because many links may have been found before their
     * pages showed what they are. If nothing objects, end_turn follows once the request is done,
     * after end_page. */
    struct trap_turn (*judge_turn)(void *state, const struct trap_visit *visit);
    void (*end_turn)(void *state, int64_t key);
    /* A redirect came instead of a page. */
    void (*see_redirect)(void *state, int64_t key, int64_t via_key);
};

#endif
