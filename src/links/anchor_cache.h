/*
 * The anchor cache keeps what was found out about anchors from page to page. A blog's widgets
 * (archive, labels, blogroll) are on each of its pages, so their links need to be read, resolved
 * and judged only once. An anchor with nothing but text in it is recognised by a keyed hash of its
 * bytes, its surroundings and its base. Private to this room.
 */
#ifndef LINKS_ANCHOR_CACHE_H
#define LINKS_ANCHOR_CACHE_H

#include "base/buf.h"
#include "base/hash.h"
#include "html/page_text.h"
#include "html/tag_names.h"
#include "html/word_set.h"
#include "links/links.h"
#include "links/url_parts.h"
#include "series/date_archive.h"
#include "traps/trap_rules.h"

enum {
    REMEMBERED_BYTES = 190, /* of a URL; longer ones are judged each time */
    NAMED_BYTES = 60,       /* of a value of class, id and the like; longer ones too */
    NAMED_SLOTS = 256,
    FOUND_MOST = 13 * 1024 * 1024, /* links of one page, with all that is noted about them */
};

/* The attributes and names that links_html.c looks for. */
struct page_names {
    struct tag_names elements, attributes, drawn;
    struct word_set media, feeds;
    /* by element: 1 + index of its first row in the table of URL attributes */
    unsigned char first_address[64];
};

struct remembered {
    uint64_t mark;         /* the hash; 0: free */
    uint64_t address_hash; /* of class and URL, as the page's list of seen links uses it */
    uint64_t note;         /* for the caller to use (struct link) */
    uint32_t next;         /* the slot of the anchor that was found after it the last time */
    struct url_parts parts;
    unsigned short rule; /* enum url_rule, if it is a trap */
    unsigned short length;
    unsigned short text_at; /* where the anchor's text begins, after its tag */
    unsigned char class, certainty;
    char address[REMEMBERED_BYTES]; /* without fragment */
};

struct seen_link {
    uint64_t hash; /* of class and URL; 0: free */
    size_t entry;  /* offset of the link in `found` */
};

/* What a value of class, id and the like names. */
struct kept_name {
    struct named named;
    unsigned char length; /* 0: free */
    char value[NAMED_BYTES];
};

/* The tables of words and names of this room, shared by all. */
struct tables {
    struct pagers pagers;
    struct traps traps;
    struct page_names names;
};

#define PROGRAMS_READ (1u << 31)

struct anchor_cache {
    struct hash_key key; /* random, so that no page can make its links collide */
    const struct tables *tables;
    struct kept_name named[NAMED_SLOTS];
    /* Buffers for the links of a page, kept from one page to the next: */
    struct buf found;
    struct page_pieces pieces;
    struct seen_link *seen; /* all free between pages */
    size_t seen_size;
    /* whose marks the current page bears: bits of enum trap_proof, and PROGRAMS_READ once it was
     * searched */
    unsigned programs;
    uint32_t last;            /* the slot that was found last */
    struct remembered *slots; /* NULL: nothing is kept, as in a cache made for one page */
};

/* Prepares *anchors. `keeps` tells whether it remembers anchors. If there is no memory for them, it
 * works as a cache that keeps nothing. */
void anchor_cache_init(struct anchor_cache *anchors, bool keeps);
void anchor_cache_release(struct anchor_cache *anchors);

/* The anchor with this mark. NULL: it is not remembered. Widgets name their links in the same order
 * on each page, so the anchor that followed it before is fetched from memory meanwhile. */
struct remembered *anchor_cache_find(struct anchor_cache *anchors, uint64_t mark);

/* The slot for this mark, taken from any anchor that had it. NULL: `address` is too long, or
 * nothing is kept. */
struct remembered *anchor_cache_take(struct anchor_cache *anchors, uint64_t mark,
                                     struct text address);

/* What a value that is not empty names, by pager_names_of(). */
struct named anchor_cache_named(struct anchor_cache *anchors, struct text value);

/* The table of names that links_html.c looks for. */
void page_names_init(struct page_names *names);

#endif
