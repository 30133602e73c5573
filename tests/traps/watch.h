/* Shows a trap detector one page after the other, without a crawl around it. */
#ifndef TESTS_TRAPS_WATCH_H
#define TESTS_TRAPS_WATCH_H

#include "traps/detector.h"

struct watch {
    const struct detector *detector;
    void *state;
    struct trap_page page;
    struct url url, via, link;
};

void watch_init(struct watch *watch, const struct detector *detector);
void watch_release(struct watch *watch);

/* Begins a page that was found on the page `via_key` (0: none). watch->page is empty before the
 * first page. What a test sets in it, such as the kind, stays from page to page. */
void watch_page(struct watch *watch, const char *url, int64_t key, int64_t via_key,
                struct text html);

/* One of the page's links: returns the detector's verdict. The key is made from the URL. */
struct trap_verdict watch_link(struct watch *watch, enum link_class class, const char *url);
/* The same for a link with this key, whose URL does not matter. */
void watch_key(struct watch *watch, enum link_class class, int64_t key);

/* Ends the page: the rule for its waiting links, URL_RULE_NONE if they may be followed. */
enum url_rule watch_end(struct watch *watch);

/* Fails the test unless the rule is this one (NULL: none). */
void watch_expects(enum url_rule rule, const char *expected);

#endif
