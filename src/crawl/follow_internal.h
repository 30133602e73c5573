/*
 * Inside the outlinks: what their two parts share.  For follow.c, which reads pages, and
 * follow_recovered.c, which reads back what was written of them.
 */
#ifndef CRAWL_FOLLOW_INTERNAL_H
#define CRAWL_FOLLOW_INTERNAL_H

#include "crawl/follow.h"
#include "links/links.h"
#include "platform/platform.h"
#include "series/archive_counts.h"
#include "traps/novelty_budget.h"
#include "traps/path_echo.h"
#include "traps/path_facets.h"
#include "traps/series_novelty.h"
#include "traps/trap_rules.h"

enum { NO_SOURCE = -1 };

struct follow {
    struct frontier *frontier;
    struct scope *scope;
    struct recrawl *recrawl;
    struct series_novelty *series_novelty;
    struct path_echo *path_echo;
    struct novelty_budget *novelty_budget;
    struct path_facets *path_facets;
    struct url_rule_set rules_off, rules_met; /* met: of those that are off, by some link */
    uint64_t refused[URL_RULES];
    struct anchor_cache *memory;
    struct traps traps;
    int told_posts[ARCHIVE_YEARS][13]; /* posts of a year or month that were promised last */
    struct buf scratch;
    struct url base, link;
    /* The page at hand: */
    int64_t via_key;
    int depth;
    const char *hops;
    enum visit_kind kind;
    int period;             /* that its further pages have to stay in */
    int row_period;         /* the same, as long as the page is one of those further pages itself */
    int source;             /* enum list_source of what the page lists, NO_SOURCE */
    struct text html;       /* its body, when it is a page */
    enum platform platform; /* of a seed's page, which may infer requests */
    int named_posts;        /* of the archive's period */
    bool is_feed;
    bool in_burrow;    /* whether it says anything new is looked at */
    bool stand_in;     /* it came where a list was asked for that no link names */
    bool in_family;    /* it is one of a row: links to others of the row are held until its end */
    bool dated;        /* a date is all that tells it from others of its row: a calendar's page */
    struct buf family; /* the row's name */
    struct buf held;
    struct buf names;  /* keys of what a list names */
    bool news;         /* among them are posts that are new in this round */
    bool says_dates;   /* it says when posts were changed last */
    struct buf *lines; /* NULL: they are written already */
    enum result result;
    struct trouble *trouble;
};

/* Begins with a page, or with what was written of one. */
void follow_begin_page(struct follow *follow, int64_t via_key, int depth, const char *hops,
                       enum visit_kind kind, int period, struct buf *lines,
                       struct trouble *trouble);
/* One of its links; `context` is the outlinks. */
void follow_link(void *context, const struct link *given);
enum result follow_offer(struct follow *follow, const struct url *url, enum visit_kind kind,
                         int depth, char hop);

#endif
