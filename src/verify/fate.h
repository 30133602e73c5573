/*
 * What became of a URL, by the archive alone: its newest capture, where its redirects end, what the
 * crawl says of failures, the options and rules in force, and robots.txt.  The crawl judges its own
 * responses in the same way (capture/keeping.h, crawl/settle.h).
 */
#ifndef VERIFY_FATE_H
#define VERIFY_FATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "collection/capture_reader.h"
#include "collection/cdxj_lookup.h"
#include "store/completeness.h"
#include "verify/crawl_claims.h"
#include "web/link.h"
#include "web/url_state.h"

struct fate {
    enum url_state state;
    enum left_out_by by; /* of STATE_LEFT_OUT */
    enum url_rule rule;  /* ... by this rule; URL_RULE_NONE: none is known */
    bool outside;        /* ... so that it is not a page of the site, or repeats one */
    bool unexplained;    /* nothing in the archive says why */
    bool is_counted;     /* see url_is_counted() */
    uint64_t page;       /* hash of what came, or of where its redirect ends; 0: unknown */
    /* Where its redirect leads, if the archive has nothing of that, and what became of it: it
     * waits, or robots.txt closes it.  Empty: it leads to nothing like that.  Lives until the next
     * fate. */
    struct text target;
    enum url_state target_state;
};

/* What is asked about a URL, as the crawl asks it at the end of a run. */
struct page_question {
    enum visit_kind kind;
    const char *hops; /* "I": it is a guess */
    bool wanted;      /* a list, a seed, or a page that a list names: a login is not good enough */
};

/* Where a link stands. */
struct link_place {
    int source;             /* enum list_source of its document; -1: that is not a list */
    const struct url *page; /* its document */
};

struct fates;

/* Everything is borrowed; `rules` reads robots.txt, and nothing else while this lives.  NULL
 * without memory. */
struct fates *fates_new(const struct crawl_claims *claims, struct cdxj_lookup *lookup,
                        struct capture_reader *rules, const struct hash_key *hash_key);
void fates_free(struct fates *fates);
/* False once memory ran out: then something is lacking. */
bool fates_ok(const struct fates *fates);

/* What the newest capture of a URL means for it. */
struct fate fate_of_entry(struct fates *fates, const struct cdxj_entry *entry,
                          const struct page_question *question);
/* What became of the target of a link of the page that crawl_claims_begin_page() was told of. */
struct fate fate_of_link(struct fates *fates, const struct link *link,
                         const struct link_place *place);

/* The same for a target of which the archive has no capture. */
struct fate fate_of_absent(struct fates *fates, const struct link *link,
                           const struct link_place *place);

/* Adds a URL to the counts. */
void fate_count(const struct fate *fate, struct state_counts *counts);

#endif
