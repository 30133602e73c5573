/*
 * What the parts of closure.c share: the check in progress, and what is asked of the archive about
 * links.  closure.c goes through the index and reads the pages; closure_links.c looks their links
 * up and counts them.
 */
#ifndef VERIFY_CLOSURE_INTERNAL_H
#define VERIFY_CLOSURE_INTERNAL_H

#include "base/buf.h"
#include "collection/capture_reader.h"
#include "collection/cdxj_lookup.h"
#include "links/links.h"
#include "links/page_captures.h"
#include "verify/asked_urls.h"
#include "verify/check.h"
#include "verify/counted_pages.h"
#include "verify/fate.h"
#include "verify/obedience.h"
#include "verify/tally.h"
#include "verify/waiting_pages.h"
#include "web/visit_kind.h"

/* Why a URL is looked up; for each reason it is looked up once. */
enum question {
    ASKED_PART,                              /* a page needs it */
    ASKED_LIST,                              /* it is a page of a list; + enum list_source */
    ASKED_NAMED = ASKED_LIST + LIST_SOURCES, /* a list names it; + enum list_source */
    ASKED_NAMED_ANYWHERE = ASKED_NAMED + LIST_SOURCES, /* any list names it */
    ASKED_LINK,                                        /* a list links to it; + enum list_source */
    ASKED_OLDER = ASKED_LINK + LIST_SOURCES,           /* a digest of a list */
};

/* A numbered series of pages that say "Page 3 of 41". */
struct numbered_series {
    uint64_t key; /* hash of its key */
    uint64_t told, kept;
};

/* What reads bodies. */
struct closure_reading {
    struct capture_reader *pages, *rules; /* rules: robots.txt, while a page is being read */
    struct page_captures decoded_rules;
    struct page_reader *reader, *own; /* of pages; own: the caller has none */
    struct waiting_pages *waiting;
    struct buf url; /* of the one that is put there */
    struct buf scratch;
    int year;
    struct obedience obedience;
};

/* The document whose links are looked up. */
struct current_document {
    int source;   /* enum list_source; -1: it is not a list */
    bool in_row;  /* it is a page of a numbered series */
    bool listing; /* it was asked for as a feed or sitemap, whatever came */
    bool older;   /* it is a list, and what came later is another one */
};

struct closure {
    struct verification *v;
    const char *archive; /* its directory */
    struct cdxj_lookup *lookup;
    struct anchor_cache *anchors;
    struct closure_reading reading;
    struct buf page_url;
    struct url url;
    struct completeness *completeness;
    struct current_document document;
    struct numbered_series *numbered;
    size_t numbered_count, numbered_room;
    struct fates *fates;
    struct tally *tally;
    struct counted_pages counted;
    uint64_t *cut_rows; /* hashes of the keys of series that an option cuts short */
    size_t cut_count, cut_room;
    struct asked_urls asked;
};

/* As what the crawl asks for the lists of each kind. */
extern const enum visit_kind closure_list_kinds[LIST_SOURCES];

/* Whether this question was asked before, of the text with that hash (asked_urls.h); notes it. */
bool closure_has_asked(struct closure *c, int question, uint64_t hash);
/* The same for all spellings of a URL that the crawl knows as one. */
bool closure_has_seen(struct closure *c, int question, struct text url);

/* Counts a page of a list; source: enum list_source. */
void closure_add_list(struct closure *c, int source, const struct fate *fate);

/* Looks up a link of the current document, and counts what it leads to.  What is missing is
 * reported: as a note if the archive itself says why. */
void closure_take_link(struct closure *c, const struct link *link);

#endif
