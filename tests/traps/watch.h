/* A trap detector shown one page after the other, without a crawl around it. */
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

/* Begins with a page, found on the one of via_key (0: on none).  watch->page is empty before the
 * first; what is set in it, such as its kind, stays from page to page. */
void watch_page(struct watch *watch, const char *url, int64_t key, int64_t via_key,
                struct text html);

/* One of its links: what the detector says of it.  The key is made of the address. */
struct trap_verdict watch_link(struct watch *watch, enum link_class class, const char *url);
/* The same for a link without an address that matters, of that key. */
void watch_key(struct watch *watch, enum link_class class, int64_t key);

/* Ends the page: the rule for its links that wait, URL_RULE_NONE when they may be followed. */
enum url_rule watch_end(struct watch *watch);

/* Fails the test unless the rule is this one (NULL: none). */
void watch_expects(enum url_rule rule, const char *expected);

#endif
