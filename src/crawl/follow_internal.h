/*
 * What the files of follow share.  follow.c judges every link.  follow_response.c reads pages that
 * a server sent, follow_recovered.c the metadata records of earlier pages.  follow_lists.c keeps
 * what a page lists, follow_usual.c looks for sitemaps that nothing names.
 */
#ifndef CRAWL_FOLLOW_INTERNAL_H
#define CRAWL_FOLLOW_INTERNAL_H

#include "base/result.h"
#include "crawl/follow.h"
#include "links/links.h"
#include "platform/platform.h"
#include "series/archive_counts.h"
#include "traps/detectors.h"
#include "traps/trap_rules.h"
#include "web/limit.h"

enum {
    NO_SOURCE = -1,
    ROBOTS_HOSTS = 64,
};

/* The limits of what pages and redirects name, and what they and the rules have left out. */
struct follow_limits {
    int64_t parts, redirects;    /* as in struct crawl_limits */
    int64_t followed, successes; /* redirects; responses with status 200 */
    struct limit_ledger ledger;
    uint64_t refused[URL_RULES]; /* links */
};

/* What reads bodies. */
struct follow_reading {
    struct anchor_cache *anchors;
    struct page_reader *reader; /* NULL: bodies are read here */
};

/* What the robots.txt of hosts told of sitemaps. */
struct follow_robots {
    bool unheeded; /* robots.txt is not requested for its rules */
    uint64_t
        without[ROBOTS_HOSTS]; /* hashes of hosts whose robots.txt names no sitemap: the last */
    size_t count;              /* ... of them that were noted */
};

/* What lasts from page to page. */
struct follow {
    struct frontier *frontier;
    struct scope *scope;
    struct recrawl *recrawl;                  /* NULL: only recovered pages come */
    struct url_rule_set rules_off, rules_met; /* met: those that are off, but that some link met */
    const struct visit_judge *judge; /* counts what waited and is left out; NULL: nothing did */
    bool some_off;                   /* the user has turned off some rule */
    struct follow_robots robots;
    bool keeps_session; /* what logs out is left out */
    struct follow_reading reading;
    struct traps traps;
    struct detector_states detectors;
    struct archive_counts archive_counts; /* posts per period, as the site states them */
    struct follow_limits limits;
    struct buf scratch;
    struct buf held;  /* links that wait for the end of the current page */
    struct buf names; /* keys of what it lists */
    struct url base, via, link;
};

/* The current page. */
struct follow_page {
    struct follow_origin origin;
    struct trap_page trap;
    int parts[2]; /* new ones that it names, by certainty (enum link_certainty) */
    int source;   /* enum list_source of what the page lists, or NO_SOURCE */
    const struct platform *platform; /* for a seed's page, which may infer requests; or NULL */
    bool news;                       /* it lists posts that are new in this round */
    bool names_pages;                /* it links to a list or another page of its site */
    bool is_spelling;                /* it asked for another spelling of a known URL */
    bool choices;                    /* its status is 300: Location names one of its links */
    bool names_sitemap;
    bool says_dates;               /* it says when posts were last changed */
    struct captured_lines *record; /* the metadata record; NULL: it is written already */
    struct buf *lines;             /* its last lines; NULL: the same */
    enum limit limit;              /* the first that left something out */
    enum result result;            /* the first failure; after it, nothing more is done */
    struct trouble *trouble;
};

/* How a link is to be requested. */
struct follow_step {
    enum visit_kind kind;
    int depth;
    char hop; /* as in struct offer */
    int period;
};

/* Whether the URL would end the user's session. */
bool follow_ends_session(struct follow *follow, const struct url *url);

/* Keeps the first failure. */
static inline void follow_page_result(struct follow_page *page, enum result result)
{
    page->result = page->result == RESULT_OK ? result : page->result;
}

/* Call this when a link's lines are written. */
static inline void follow_spill(struct follow_page *page)
{
    if (page->record)
        follow_page_result(page, captured_lines_spill(page->record, page->trouble));
}

/* ---- follow.c ---- */

/* `year`: a date archive may be at most one year later. */
void follow_begin_page(struct follow *follow, struct follow_page *page, int year);
/* Judges one link of the page, and offers it unless a rule says no. */
void follow_link(struct follow *follow, struct follow_page *page, const struct link *link);
/* The same for a link that the page does not name, but that its platform has.  `period`: as in
 * struct offer. */
void follow_inferred(struct follow *follow, struct follow_page *page, const struct link *link,
                     int period);
/* Judges the links that had to wait. */
MUST_CHECK enum result follow_end_page(struct follow *follow, struct follow_page *page);

/* Offers the target of a redirect as the same kind of visit.  *is_new: it was not known before. */
MUST_CHECK enum result follow_offer_redirect(struct follow *follow,
                                             const struct follow_origin *origin,
                                             const struct url *target, struct text rules_of,
                                             bool *is_new, struct trouble *trouble);

/* Whether --exclude matches follow->link, which a visit of this kind is redirected to.  A seed is
 * followed wherever it leads, and so is a robots.txt. */
bool follow_excludes_redirect(const struct follow *follow, enum visit_kind kind);

/* Whether the redirect from `from` to the current link leads to a login; `year` as above. */
bool follow_is_login(struct follow *follow, const struct url *from, int year);
/* Notes where a redirect leads, for the states of listed URLs. */
MUST_CHECK enum result follow_note_redirect(struct follow *follow,
                                            const struct follow_origin *origin, bool to_login,
                                            struct trouble *trouble);

/* Whether the user has turned off the rule that would leave out the current link. */
bool follow_is_off(struct follow *follow, enum url_rule rule);
/* Notes that a link of the page is not followed.  `key` is its URL's. */
void follow_refuse(struct follow *follow, struct follow_page *page, enum url_rule rule,
                   struct text url, int64_t key);
/* The same for a link that a rule leaves out because others like it showed nothing new.  If the
 * page is a list, it names the URL nevertheless. */
void follow_refuse_suspect(struct follow *follow, struct follow_page *page, const struct link *link,
                           enum url_rule rule, int64_t key);

/* ---- follow_usual.c ---- */

/* Offers the sitemap in its usual place after a seed's page, if nothing names one.  Notes whether a
 * robots.txt does. */
void follow_usual_sitemap(struct follow *follow, struct follow_page *page, int status);

/* ---- follow_lists.c ---- */

/* Keeps what a list names, and how many posts a date archive claims, for completeness and for the
 * next run. */
void follow_note_link(struct follow *follow, struct follow_page *page, const struct link *link,
                      int64_t key);
/* Notes that the current list certainly names a page, or a list that an option leaves out. */
void follow_note_listed(struct follow *follow, struct follow_page *page, const struct link *link,
                        int64_t key);
/* Notes how many pages the series says it has. */
void follow_note_series_pages(struct follow *follow, struct follow_page *page);
/* Whether all posts that the page lists are known from earlier runs. */
bool follow_names_old_posts(const struct follow *follow, const struct follow_page *page);
/* Keeps the list for the next run. */
MUST_CHECK enum result follow_keep_list(struct follow *follow, const struct follow_page *page,
                                        const struct capture *capture, struct text body);

#endif
