/*
 * What was found out about anchors, kept from page to page: the widgets of a blog (archive, labels,
 * blogroll) stand on each of its pages, and to read, resolve and judge their links once is enough.
 * An anchor with nothing but text in it is recognised by a keyed hash of its bytes, of what stands
 * around it and of where it is resolved.  Private to this room.
 */
#ifndef LINKS_ANCHOR_CACHE_H
#define LINKS_ANCHOR_CACHE_H

#include "base/buf.h"
#include "base/hash.h"
#include "html/tag_names.h"
#include "html/word_set.h"
#include "links/links.h"
#include "series/date_archive.h"
#include "traps/trap_rules.h"

enum {
    REMEMBERED_BYTES = 200, /* of an address; longer ones are judged each time */
    NAMED_BYTES = 60,       /* of a value of class and the like; the same */
    NAMED_SLOTS = 256,
    FOUND_MOST = 32 * 1024 * 1024, /* links of one page, with all that is noted of them */
};

/* Which attributes and names the reader of pages looks for (see links_html.c). */
struct page_names {
    struct tag_names elements, attributes, drawn;
    struct word_set media, feeds;
    unsigned char
        first_address[64]; /* by element: 1 + place of its first row in the table of addresses */
};

struct remembered {
    uint64_t mark; /* the hash; 0: free */
    uint64_t
        address_hash;   /* of class and address, as the page's list of what it has seen wants it */
    uint64_t note;      /* the taker's (struct link) */
    enum url_rule rule; /* of a trap */
    struct url parts;   /* without its buffers */
    unsigned char class, certainty;
    unsigned short length;
    unsigned short text_at;         /* where the anchor's text begins, behind its tag */
    char address[REMEMBERED_BYTES]; /* without fragment */
};

struct seen_link {
    uint64_t hash; /* of class and address; 0: free */
    size_t entry;  /* where it lies among the links found */
};

/* What a value of class, id and the like names. */
struct kept_name {
    struct named named;
    unsigned char length; /* 0: free */
    char value[NAMED_BYTES];
};

/* The words and names of this room, the same for all. */
struct tables {
    struct pagers pagers;
    struct traps traps;
    struct page_names names;
};

struct anchor_cache {
    struct hash_key key; /* by chance: no page can make its links collide */
    const struct tables *tables;
    struct kept_name named[NAMED_SLOTS];
    /* Room for the links of a page, kept from one to the next: */
    struct buf found;
    struct seen_link *seen; /* all free between pages */
    size_t seen_size;
    struct remembered *slots; /* NULL: nothing is kept, as in a memory made for one page */
};

/* Readies *memory; `keeps` tells whether it remembers.  Without memory for that it is one that
 * keeps nothing. */
void anchor_cache_init(struct anchor_cache *memory, bool keeps);
void anchor_cache_release(struct anchor_cache *memory);

/* The anchor with this mark; NULL when it is not remembered. */
struct remembered *anchor_cache_find(struct anchor_cache *memory, uint64_t mark);

/* The slot for this mark, taken from whatever was there; NULL when `address` is too long or nothing
 * is kept. */
struct remembered *anchor_cache_take(struct anchor_cache *memory, uint64_t mark,
                                     struct text address);

/* What such a value names, which is not empty, by pagers_named(). */
struct named anchor_cache_named(struct anchor_cache *memory, struct text value);

/* The table of names that links_html.c looks for. */
void page_names_init(struct page_names *names);

#endif
