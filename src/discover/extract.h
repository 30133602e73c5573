/*
 * What the extractors share: the page's base, the memory of what was given already, and one way out for every link.
 * Private to this room.
 */
#ifndef DISCOVER_EXTRACT_H
#define DISCOVER_EXTRACT_H

#include "base/buf.h"
#include "discover/links.h"
#include "discover/series.h"

struct seen_link {
    uint64_t hash; /* of class and address; 0: free */
    size_t entry;  /* where it lies in `found` */
};

struct extract {
    const struct links_source *source;
    links_take *take;
    void *context;
    struct url base;         /* source->url until a <base> says otherwise */
    bool base_is_set;
    struct url url;          /* the link at hand */
    struct series series;
    struct text encoding;    /* of the document, as iconv knows it; empty: UTF-8 */
    struct buf value;        /* decoded attribute value */
    struct buf converted;    /* the same in UTF-8 */
    struct text container;   /* "noscript ", "template ", "style " ... put before `where` */
    struct seen_link *seen;  /* of the links in `found`, open addressing */
    size_t seen_size, seen_count;
    struct buf found;        /* links, each once a class, until the end of the page tells how certain they are */
    bool failed;             /* out of memory */
};

/* A link as an extractor found it. */
struct found {
    struct text raw;         /* as it stands, references decoded, in UTF-8 */
    enum link_class class;
    enum link_certainty certainty;
    const char *element, *attribute; /* "a", "href"; attribute may be NULL */
    const char *rule;
    bool document;
};

/* Resolves and gives one link, unless its class has had the same address; what is no http address is passed over. */
void extract_give(struct extract *extract, const struct found *found);
/* Resolves into extract->url; false when there is nothing to visit. */
bool extract_resolve(struct extract *extract, struct text raw);
/* Gives extract->url, which extract_resolve() filled in. */
void extract_give_resolved(struct extract *extract, const struct found *found);

void extract_html(struct extract *extract, struct text html, int depth);
void extract_css(struct extract *extract, struct text css, const char *element);
void extract_feed(struct extract *extract, struct text feed);
void extract_sitemap(struct extract *extract, struct text sitemap);
void extract_robots(struct extract *extract, struct text robots);
void extract_head(struct extract *extract, const struct http_head *head);
/* Strings in scripts and JSON that surely are whole addresses: requisites, possible. */
void extract_script(struct extract *extract, struct text script, const char *element);
void extract_manifest(struct extract *extract, struct text manifest);

/* One address of a list "url 2x, url 300w" (HTML Standard, 4.8.4.2) taken off *rest; false at its end. */
bool srcset_next(struct text *rest, struct text *url);

#endif
