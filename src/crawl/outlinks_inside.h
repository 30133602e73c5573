/*
 * Inside the outlinks: what their two parts share.  For outlinks.c, which reads pages, and outlinks_learn.c, which reads back
 * what was written of them.
 */
#ifndef CRAWL_OUTLINKS_INSIDE_H
#define CRAWL_OUTLINKS_INSIDE_H

#include "crawl/burrows.h"
#include "crawl/choices.h"
#include "crawl/echoes.h"
#include "crawl/families.h"
#include "crawl/outlinks.h"
#include "discover/links.h"
#include "discover/periods.h"
#include "discover/platform.h"
#include "discover/traps.h"

enum { NO_SOURCE = -1 };

struct outlinks {
    struct frontier *frontier;
    struct scope *scope;
    struct revisit *revisit;
    struct families *families;
    struct echoes *echoes;
    struct burrows *burrows;
    struct choices *choices;
    char **rules_off;
    int rules_off_count;
    uint64_t rules_met;        /* bits of those that some link met */
    struct refusal refusals[REFUSALS_MOST];
    size_t refusal_count;
    struct links_memory *memory;
    struct traps traps;
    int told_posts[PERIOD_YEARS][13]; /* posts of a year or month that were promised last */
    struct buf payload, decoded, scratch;
    struct url base, link;
    /* The page at hand: */
    int64_t via_key;
    int depth;
    const char *hops;
    enum visit_kind kind;
    int period;                /* that its further pages have to stay in */
    int row_period;            /* the same, as long as the page is one of those further pages itself */
    int source;                /* enum promise_source of what the page lists, NO_SOURCE */
    struct text html;          /* its body, when it is a page */
    enum platform platform;    /* of a seed's page, which may infer requests */
    int named_posts;           /* of the archive's period */
    bool is_feed;
    bool in_burrow;            /* whether it says anything new is looked at */
    bool stand_in;             /* it came where a list was asked for that no link names */
    bool in_family;            /* it is one of a row: links to others of the row are held until its end */
    bool dated;                /* a date is all that tells it from others of its row: a calendar's page */
    struct buf family;         /* the row's name */
    struct buf held;
    struct buf names;          /* keys of what a list names */
    bool news;                 /* among them are posts that are new in this round */
    bool says_dates;           /* it says when posts were changed last */
    struct buf *lines;         /* NULL: they are written already */
    enum answer answer;
    struct trouble *trouble;
};

/* Begins with a page, or with what was written of one. */
void outlinks_begin_page(struct outlinks *outlinks, int64_t via_key, int depth, const char *hops, enum visit_kind kind,
                         int period, struct buf *lines, struct trouble *trouble);
/* One of its links; `context` is the outlinks. */
void outlinks_take_link(void *context, const struct link *given);
enum answer outlinks_offer(struct outlinks *outlinks, const struct url *url, enum visit_kind kind, int depth, char hop);

#endif
