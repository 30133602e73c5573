/*
 * What the extractors share: the page's base, the links found so far, and one function through
 * which every link passes. Private to this room.
 */
#ifndef LINKS_EXTRACT_H
#define LINKS_EXTRACT_H

#include "base/buf.h"
#include "html/tokenizer.h"
#include "links/anchor_cache.h"
#include "links/links.h"
#include "series/date_archive.h"
#include "series/pager_rows.h"

enum { HOSTS_MOST = 64, IMPORTS_MOST = 16, PLAYLIST_PARTS_MOST = 5000 };

/* A line of an import map whose name ends in a slash: it begins the names of many modules. */
struct import {
    struct text name, address; /* in the page */
};
struct import_map {
    struct import list[IMPORTS_MOST];
    size_t count;
    enum { LOADER_UNKNOWN, LOADER_NONE, LOADER_THERE } loader; /* RequireJS, as far as looked for */
    struct text loader_base; /* where the page's configuration says that its modules are */
};

/* Hashes of the other hosts that certain requisites are on. */
struct part_hosts {
    uint64_t list[HOSTS_MOST];
    size_t count;
};

/* The links in `found`, open addressing. */
struct seen_links {
    struct seen_link *list;
    size_t size, count;
    size_t given;    /* bytes of `found` that were returned and cleared */
    size_t resolved; /* how many URLs were resolved, added or not */
    int too_long;    /* links that no server needs */
};

/* Markup in the strings of scripts. */
struct written_markup {
    bool parts_only; /* other links are not added */
    int depth;       /* of markup in scripts in markup */
};

/* What the current entry or element says of its links. */
struct said_here {
    int64_t dated_ms;              /* of an entry in a sitemap or feed, as in struct link */
    enum referrer_policy referrer; /* of an element of a page, as in struct link */
};

/* What the page itself says and shows, as in struct page_facts. */
struct said_by_page {
    struct text robots, referrer;
    bool has_robots;
    struct page_pieces pieces;
};

struct extract {
    const struct links_source *source;
    struct url base; /* source->url unless a <base> says otherwise */
    bool base_is_set;
    struct url url;                /* the current link */
    struct path_segments segments; /* ... those of its path */
    struct anchor_cache *anchors;  /* the source's, or one for this page only */
    /* hash of all that URLs are resolved by, but for the page itself; set with `base` */
    uint64_t place;
    struct text encoding; /* of the document, as in charset.h; empty: UTF-8 */
    struct buf value;     /* decoded attribute value */
    struct buf converted; /* the same in UTF-8 */
    struct said_here here;
    struct said_by_page page;
    struct text container; /* "noscript ", "template ", "style " ... put before `where` */
    struct seen_links seen;
    /* links, each once per class; only the end of the page tells how certain they are */
    struct buf found;
    struct pager_rows pager_rows; /* pagination links, judged at the end of the page */
    struct part_hosts hosts;
    struct import_map imports;
    struct written_markup written;
    bool failed; /* out of memory */
};

/* A link as an extractor found it. */
struct found {
    struct text raw; /* as written, character references decoded, in UTF-8 */
    enum link_class class;
    enum link_certainty certainty;
    const char *element, *attribute; /* "a", "href"; attribute may be NULL */
    enum url_rule rule;
    bool document, any_host; /* as in struct link */
    bool nofollow;           /* the site says that it is nothing to look at (rel=nofollow) */
};

/* A resolved link whose class is final, with its hash. */
struct known {
    struct text address;     /* without fragment */
    const struct url *parts; /* of `address`; the buffers don't count */
    enum link_class class;
    enum link_certainty certainty;
    enum url_rule rule;
    enum url_rule suspect; /* it is a trap by this rule if the page or other pages prove it */
    bool document, any_host;
    int posts;
    const char *element, *attribute;
    uint64_t hash;           /* by extract_hash() */
    struct remembered *slot; /* NULL: not remembered */
};

/* Call this after base or encoding have changed. */
void extract_settle_place(struct extract *extract);
/* Resolves and adds one link, unless the same URL was added in its class. A URL that is not HTTP is
 * skipped. */
void extract_give(struct extract *extract, const struct found *found);
/* The same for a URL alone. Also skipped: a URL that a script has yet to fill in, and one that
 * names a place in this document. */
void extract_address(struct extract *extract, struct text raw, enum link_class class,
                     enum link_certainty certainty, const char *element, const char *attribute);
/* Copies extract->url. False: out of memory, which the end of the page reports. */
bool extract_copy(struct extract *extract, struct url *to);
/* Releases a buffer that was filled from the document. If it ran out of memory, the end of the page
 * reports that. */
void extract_release(struct extract *extract, struct buf *buf);
/* Resolves into extract->url. False: there is nothing to visit. */
bool extract_resolve(struct extract *extract, struct text raw);
/* The same. Also false if the URL names a place in this document (#x), or a script has yet to fill
 * it in. */
bool extract_resolve_filled(struct extract *extract, struct text raw);
/* Adds extract->url, which extract_resolve() filled in. */
void extract_give_resolved(struct extract *extract, const struct found *found);
/* The same in two steps: first what the URL itself tells, then adding the link. */
void extract_know(struct extract *extract, const struct found *found, struct known *known);
/* Returns the offset of the link in `found`; NO_ENTRY: it was not added. */
ptrdiff_t extract_give_known(struct extract *extract, const struct known *known);

void extract_html(struct extract *extract, struct text html, int depth);
void extract_css(struct extract *extract, struct text css, const char *element);
void extract_feed(struct extract *extract, struct text feed);
/* The style sheet that a processing instruction names: <?xml-stylesheet href="a.xsl"?>, given
 * without its angle brackets. Does nothing for any other. */
void extract_xml_sheet(struct extract *extract, struct text instruction);
/* An XSL style sheet: what it includes, and the parts of the pages that it makes. */
void extract_xsl(struct extract *extract, struct text sheet);
/* A sitemap is read in pieces: its URLs need not wait for each other, and 50,000 of them may have
 * any number of pictures. */
struct sitemap_reader {
    struct text lines; /* of a plain list of URLs; otherwise: */
    struct tokenizer tokenizer;
    struct buf value;
    bool is_list, is_index;
};
void sitemap_reader_init(struct sitemap_reader *reader, struct text sitemap);
void sitemap_reader_release(struct sitemap_reader *reader, struct extract *extract);
/* Reads on until `most` bytes of links were found. False: the end. */
bool extract_sitemap(struct extract *extract, struct sitemap_reader *reader, size_t most);
/* HLS or M3U; DASH. At most PLAYLIST_PARTS_MOST parts. */
void extract_playlist(struct extract *extract, struct text playlist);
void extract_dash(struct extract *extract, struct text manifest);
/* Tells the caller that there are more links than are read. */
void extract_too_long(struct extract *extract);
void extract_robots(struct extract *extract, struct text robots);
void extract_head(struct extract *extract, const struct http_head *head);
/* Strings in scripts that are clearly whole URLs: requisites, certainty "possible". */
void extract_script(struct extract *extract, struct text script, const char *element);
/* The same for the script in an attribute: onclick, href="javascript:...". Pages too: where a click
 * leads. */
void extract_event(struct extract *extract, struct text script, const char *element);
/* A list that a platform's own scripts request (platform/platform.h). False: it is not one. */
bool extract_list(struct extract *extract, struct text script);
/* JSON-LD by the names of its members. Any other JSON is read like a script. */
void extract_json(struct extract *extract, struct text json, const char *element);
/* JSON that is not a feed, but a part of a list: its items, and the part after it. */
void extract_json_list(struct extract *extract, struct text json);
/* Adds extract->url, which a list names as its next part, by its relation. */
void extract_give_next(struct extract *extract);
void extract_json_feed(struct extract *extract, struct text feed);
void extract_manifest(struct extract *extract, struct text manifest);
void extract_import_map(struct extract *extract, struct text map);
/* Adds the module that an import map of the page names by a prefix of `name`. */
void extract_import(struct extract *extract, struct text name);

/* Adds a link by its relation (rel=next, rel=stylesheet ...). If the relation is unknown, the link
 * is a page when `unknown_is_page` is set, and skipped otherwise. */
struct relation {
    struct text address, rel, type, as;
    bool unknown_is_page;
    const char *element, *attribute;
};
void extract_relation(struct extract *extract, const struct relation *relation);

/* Where "5; url='/x'" leads. Empty: nowhere (HTML Standard, 4.2.5.3.4). */
struct text extract_refresh_target(struct text content);

/* Whether a script is to fill in the value: "{{url}}". */
bool extract_is_template(struct text value);

/* Takes one URL of a list "url 2x, url 300w" off *rest (HTML Standard, 4.8.4.2). False: the end. */
bool srcset_next(struct text *rest, struct text *url);

#endif
