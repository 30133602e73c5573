/*
 * What only the whole page tells of its pager links: numbers that stand in a row are pages, though nothing else says so;
 * and where every thread of a forum has a small pager of its own, those are not the pager of the page.
 */
#ifndef DISCOVER_SIBLINGS_H
#define DISCOVER_SIBLINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIBLINGS_MOST = 2048, NO_ENTRY = -1 };

struct sibling {
    ptrdiff_t entry;  /* the link, as the taker knows it */
    uint64_t family;  /* of its address */
    bool counted;     /* the address holds a page's number */
    uint64_t shape;   /* of its address: the same for two that differ in numbers only */
    long number;      /* that its text says; -1: none */
    size_t from, to;  /* where the anchor's tag and its text stand in the page */
    bool leads;       /* it says "next" or the like */
    int verdict;      /* when settled: 1 certain for the row it stands in, -1 only possible for it belongs elsewhere, 0 */
};

struct siblings {
    struct sibling *list; /* NULL: none yet */
    size_t count, room;
};

void siblings_release(struct siblings *siblings);
/* False without memory.  What is more than SIBLINGS_MOST is not looked at. */
bool siblings_add(struct siblings *siblings, const struct sibling *sibling);
/* Fills in the verdicts; `own` is the family of the page itself. */
void siblings_settle(struct siblings *siblings, uint64_t own);

#endif
