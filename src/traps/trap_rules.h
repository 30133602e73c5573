/*
 * Traps known by named rules: URLs that lead nowhere, go on without end, or show what a reader of
 * the archive can do without. The words stand in tables (trap_tables.h). Some are proof enough;
 * others only make a URL suspect, until the program or its pages prove it.
 */
#ifndef TRAPS_TRAP_RULES_H
#define TRAPS_TRAP_RULES_H

#include "html/word_set.h"
#include "traps/trap_tables.h"
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

/* What a URL says about itself. */
struct trap_finding {
    enum url_rule rule; /* URL_RULE_NONE: it is not a trap */
    unsigned proof; /* bits of enum trap_proof: any of them makes it a trap; PROOF_CERTAIN: it is
                       one */
    /* What other URLs must have in common with it to be suspect for the same reason: a word (the
     * name of a parameter), and the beginning of the path. Both may be empty. They live as long as
     * the URL, or are static. */
    struct text word, place;
};

/* Judges `url`, found on `page`. `segments` are those of the URL's path, `year` is the current
 * year. */
struct trap_finding traps_find(const struct traps *traps, const struct url *page,
                               const struct url *url, const struct path_segments *segments,
                               int year);

/* Whether the finding makes a URL a trap on a site of these programs. */
static inline bool trap_is_proven(const struct trap_finding *finding, unsigned programs)
{
    return finding->rule && (finding->proof == PROOF_CERTAIN || (finding->proof & programs));
}

/* Orders, filters and sizes of a list are all ways to see the same list. */
bool trap_is_choice(enum url_rule rule);

/* Whether something may be missed if this rule leaves out a suspect that `page` links to. The
 * choices that a page offers of its own list show nothing else; but pagination (`pager`) that
 * carries them may lead to the rest of the list. */
bool trap_may_be_missed(const struct url *page, const struct url *url, bool pager,
                        enum url_rule rule);

/* Whether a link with this query may be a trap on one page but not on another: it adds filters
 * to those of the page, names the page, or shows the list of all pages. */
bool traps_differ(struct text query);

#endif
