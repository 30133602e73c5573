/*
 * What the extractors share: the page's base, the memory of what was given already, and one way out
 * for every link. Private to this room.
 */
#ifndef LINKS_EXTRACT_H
#define LINKS_EXTRACT_H

#include "base/buf.h"
#include "html/tokenizer.h"
#include "links/anchor_cache.h"
#include "links/links.h"
#include "series/date_archive.h"
#include "series/pager_rows.h"

struct extract {
    const struct links_source *source;
    struct url base; /* source->url until a <base> says otherwise */
    bool base_is_set;
    struct url url;                /* the link at hand */
    struct path_segments segments; /* ... those of its path */
    struct anchor_cache *memory;   /* the source's, or one for this page alone */
    uint64_t
        place; /* hash of all but the page itself that an address is resolved by; set with `base` */
    struct text encoding;   /* of the document, as in charset.h; empty: UTF-8 */
    struct buf value;       /* decoded attribute value */
    struct buf converted;   /* the same in UTF-8 */
    int64_t dated_ms;       /* of the sitemap's or feed's entry at hand, as in struct link */
    struct text container;  /* "noscript ", "template ", "style " ... put before `where` */
    struct seen_link *seen; /* of the links in `found`, open addressing */
    size_t seen_size, seen_count;
    size_t given; /* octets of `found` that were given and cleared */
    struct buf
        found; /* links, each once a class, until the end of the page tells how certain they are */
    struct pager_rows pager_rows; /* links of pagers, for the end of the page */
    bool failed;                  /* out of memory */
};

/* A link as an extractor found it. */
struct found {
    struct text raw; /* as it stands, references decoded, in UTF-8 */
    enum link_class class;
    enum link_certainty certainty;
    const char *element, *attribute; /* "a", "href"; attribute may be NULL */
    enum url_rule rule;
    bool document;
};

/* A link whose class is final, resolved, with its hash. */
struct known {
    struct text address;     /* without fragment */
    const struct url *parts; /* of it; the buffers don't count */
    enum link_class class;
    enum link_certainty certainty;
    enum url_rule rule;
    bool document;
    int posts;
    const char *element, *attribute;
    uint64_t hash;           /* by extract_hash() */
    struct remembered *slot; /* NULL: not remembered */
};

/* To be called when base or encoding have changed. */
void extract_settle_place(struct extract *extract);
/* Resolves and gives one link, unless its class has had the same address; what is no http address
 * is passed over. */
void extract_give(struct extract *extract, const struct found *found);
/* The same for an address alone, unless a script is still to fill it in or it names a place in this
 * document. */
void extract_address(struct extract *extract, struct text raw, enum link_class class,
                     enum link_certainty certainty, const char *element, const char *attribute);
/* Copies extract->url; false without memory, which the end of the page tells. */
bool extract_copy(struct extract *extract, struct url *to);
/* Releases a buffer that a reader of the document filled.  What it lost for want of memory is told
 * at the end. */
void extract_release(struct extract *extract, struct buf *buf);
/* Resolves into extract->url; false when there is nothing to visit. */
bool extract_resolve(struct extract *extract, struct text raw);
/* The same, false too when the address names a place in this document (#x) or a script is still to
 * fill it in. */
bool extract_resolve_filled(struct extract *extract, struct text raw);
/* Gives extract->url, which extract_resolve() filled in. */
void extract_give_resolved(struct extract *extract, const struct found *found);
/* The same in two steps: what the address itself tells, then the giving. */
void extract_know(struct extract *extract, const struct found *found, struct known *known);
/* Gives where the link lies among those found; NO_ENTRY when it was not taken. */
ptrdiff_t extract_give_known(struct extract *extract, const struct known *known);

void extract_html(struct extract *extract, struct text html, int depth);
void extract_css(struct extract *extract, struct text css, const char *element);
void extract_feed(struct extract *extract, struct text feed);
/* A sitemap is read in pieces: its addresses need not wait for each other, and 50,000 of them may
 * have any number of pictures. */
struct sitemap_reader {
    struct text lines; /* of a list of addresses; else: */
    struct tokenizer tokenizer;
    struct buf value;
    bool is_list, is_index;
};
void sitemap_reader_init(struct sitemap_reader *reader, struct text sitemap);
void sitemap_reader_release(struct sitemap_reader *reader, struct extract *extract);
/* Reads on until so many octets of links were found; false at the end. */
bool extract_sitemap(struct extract *extract, struct sitemap_reader *reader, size_t most);
void extract_robots(struct extract *extract, struct text robots);
void extract_head(struct extract *extract, const struct http_head *head);
/* Strings in scripts that surely are whole addresses: requisites, possible. */
void extract_script(struct extract *extract, struct text script, const char *element);
/* A list that a platform's own scripts ask for (platform/platform.h).  False when it is none. */
bool extract_list(struct extract *extract, struct text script);
/* JSON-LD by the names of its members; any other JSON like a script. */
void extract_json(struct extract *extract, struct text json, const char *element);
void extract_json_feed(struct extract *extract, struct text feed);
void extract_manifest(struct extract *extract, struct text manifest);
void extract_import_map(struct extract *extract, struct text map);

/* Gives a link by its relation (rel=next, rel=stylesheet ...).  One whose relation nobody knows is
 * a page where `unknown_is_page` says so, else it is passed over. */
struct relation {
    struct text address, rel, type, as;
    bool unknown_is_page;
    const char *element, *attribute;
};
void extract_relation(struct extract *extract, const struct relation *relation);

/* Where "5; url='/x'" leads: the empty text when nowhere (HTML Standard, 4.2.5.3.4). */
struct text extract_refresh_target(struct text content);

/* Whether the value is one that a script is to fill in: "{{url}}". */
bool extract_is_template(struct text value);

/* One address of a list "url 2x, url 300w" (HTML Standard, 4.8.4.2) taken off *rest; false at its
 * end. */
bool srcset_next(struct text *rest, struct text *url);

#endif
