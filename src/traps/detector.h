/*
 * A trap detector: it watches the pages of a crawl and says which links lead nowhere, or without
 * end.  All detectors have this one shape and stand in one table (detectors.h), so that a new one
 * is one file and one row.
 *
 * The crawler calls, for each page in turn: begin_page, then for each link see_link and, for those
 * that are still to be judged, judge_link right behind it, then end_page.  Every function but
 * `name` may be NULL.  `state` is what `new` gave; one detector's state is used by one crawl only.
 */
#ifndef TRAPS_DETECTOR_H
#define TRAPS_DETECTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "series/archive_counts.h"
#include "web/link.h"
#include "web/url.h"
#include "web/url_rules.h"
#include "web/visit_kind.h"

/* What is known of its body. */
enum trap_page_body {
    BODY_UNREAD, /* neither of the below, or only its links are known (from its record) */
    BODY_HTML,
    BODY_FEED,
};

/* The page at hand.  Its texts and addresses live until end_page. */
struct trap_page {
    const struct url *url;
    const struct url *via; /* the page that it was found on; NULL: none, or not known */
    int64_t key, via_key;  /* of both; 0: none */
    enum visit_kind kind;  /* what it was asked for as */
    enum trap_page_body body;
    struct text html;                            /* of BODY_HTML; may be empty */
    int period;                                  /* the archive's, as 20180600; 0: none */
    int series_period;                           /* of the chain that the page is part of; 0 */
    const struct archive_counts *archive_counts; /* what the site said so far */
    bool stand_in;        /* it came where something was asked for that no link names */
    bool names_old_posts; /* set before end_page: it names posts, all known from earlier runs */
    /* Set by series_novelty in begin_page, for the detectors after it: */
    bool in_series;               /* it is one of a series of pages */
    bool dated;                   /* ... which only a date tells apart: a calendar's page */
    unsigned series_pages_before; /* how many of its series were read before it */
};

struct trap_verdict {
    enum url_rule rule; /* leave it out by this rule; URL_RULE_NONE: none says so */
    bool waits;         /* end_page will tell: the link is to be kept until then */
};

struct detector {
    const char *name;
    void *(*new)(void); /* NULL without memory */
    void (*free)(void *state);
    void (*begin_page)(void *state, struct trap_page *page);
    void (*see_link)(void *state, const struct trap_page *page, const struct link *link,
                     int64_t key);
    struct trap_verdict (*judge_link)(void *state, const struct trap_page *page,
                                      const struct link *link);
    /* The rule by which the links that wait on its account are left out; URL_RULE_NONE: they may be
     * followed. */
    enum url_rule (*end_page)(void *state, const struct trap_page *page);
    /* A redirect in the place of a page. */
    void (*see_redirect)(void *state, int64_t key, int64_t via_key);
};

#endif
