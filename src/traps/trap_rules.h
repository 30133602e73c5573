/*
 * Traps known by named rules: URLs that lead nowhere, go on without end, or show what a reader of
 * the archive can do without. The rules stand in tables.
 */
#ifndef TRAPS_TRAP_RULES_H
#define TRAPS_TRAP_RULES_H

#include "html/word_set.h"
#include "web/path_segments.h"
#include "web/url.h"
#include "web/url_rules.h"

enum { TRAP_ROWS_MOST = WORDS_MOST };

/* The tables, ready for looking up. Must not be moved, because the words point into the lists. */
struct traps {
    struct word_set names, parameters, marks, templates, ends, hosts;
    struct text name_list[TRAP_ROWS_MOST], parameter_list[TRAP_ROWS_MOST],
        mark_list[TRAP_ROWS_MOST], template_list[TRAP_ROWS_MOST], end_list[TRAP_ROWS_MOST],
        host_list[TRAP_ROWS_MOST];
};

void traps_init(struct traps *traps);

/* The rule that says `url`, found on `page`, is a trap. URL_RULE_NONE: it is not one. `segments`
 * are those of the URL's path, `year` is the current year. */
enum url_rule traps_rule(const struct traps *traps, const struct url *page, const struct url *url,
                         const struct path_segments *segments, int year);

/* Whether a link with this query may be a trap on one page and not on another, because it adds
 * filters to those of the page, names the page, or shows the list of all pages. */
bool traps_differ(struct text query);

#endif
