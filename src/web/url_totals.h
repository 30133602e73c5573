/*
 * All URLs of a collection in three groups, by state: pages, feeds and sitemaps, and the parts that
 * pages consist of.  The live line, the summary, the JSON of a run and verify show these numbers.
 * The crawl counts them in its store, verify in the archive; both by url_is_counted().
 */
#ifndef WEB_URL_TOTALS_H
#define WEB_URL_TOTALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"
#include "web/url_state.h"
#include "web/visit_kind.h"

enum url_group {
    GROUP_PAGES, /* seeds, pages of pagination and date archives, all other pages */
    GROUP_LISTS, /* feeds and sitemaps */
    GROUP_PARTS, /* requisites and media files */
    URL_GROUPS,
};

/* False: the kind is in no group.  Nobody misses a robots.txt or a possible URL. */
bool url_group_of(enum visit_kind kind, enum url_group *group);

/* Whether a URL is counted.  A redirect to something that is kept, gone or left out is not: what it
 * leads to is.  Nor is a guess that was wrong, or that was not tried: nobody knows of such a URL.
 */
bool url_is_counted(enum url_state state, int status, struct text hops);

struct url_totals {
    struct state_counts of[URL_GROUPS];
    uint64_t known_dead[URL_GROUPS]; /* besides: broken for so long that it is no news */
};

void url_totals_add(struct url_totals *totals, enum visit_kind kind, enum url_state state,
                    uint64_t urls);
/* Those in a state that forbids "Complete".  A part may be refused: visitors see it so, too. */
uint64_t url_totals_gaps(const struct url_totals *totals);

/* Appends a member of a JSON object: "urls": {"pages": {"known": 9, "kept": 8, ..., "known_dead":
 * 0}, "lists": {...}, "parts": {...}}. */
void url_totals_json(const struct url_totals *totals, struct buf *out);
/* "pages", "feeds and sitemaps", "requisites and media files".  Static. */
const char *url_group_name(enum url_group group);
/* Appends words: "12 of 16 kept, 1 gone, 3 known dead".  Nothing when the group is empty. */
void url_totals_words(const struct url_totals *totals, enum url_group group, struct buf *out);
/* Appends the gaps, each after a comma if there is anything before it: "8 pages waiting, 1 feed or
 * sitemap broken". */
void url_totals_add_gaps(const struct url_totals *totals, struct buf *out);

#endif
