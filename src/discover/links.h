/*
 * Bytes in, links out: every address that a page, style sheet, feed, sitemap, robots.txt or HTTP head names, each with
 * the class that decides what the crawler does with it.  Pure: no globals, sockets or logging; linear in the input's
 * length; never fails on hostile input.
 */
#ifndef DISCOVER_LINKS_H
#define DISCOVER_LINKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "http/http_message.h"
#include "web/media_type.h"
#include "web/url.h"

enum link_class {
    LINK_PAGER,     /* another page of a paged list: older, newer, page 3, rel=next */
    LINK_ARCHIVE,   /* a dated archive: year, month, day, week */
    LINK_FEED,
    LINK_SITEMAP,
    LINK_PAGE,      /* any other page that a person could go to */
    LINK_REQUISITE, /* needed to show the page: image, style sheet, script, font, frame */
    LINK_MEDIA,     /* linked image, audio, video, document: part of the post, but not shown in the page */
    LINK_TRAP,      /* known to lead nowhere or without end; never requested */
    LINK_CLASSES,
};

enum link_certainty { LINK_POSSIBLE, LINK_CERTAIN };

struct link {
    struct text url;      /* absolute, as it would be requested, without fragment */
    const struct url *parsed; /* the same, with its parts */
    enum link_class class;
    enum link_certainty certainty;
    struct text where;    /* "a@href", "img@srcset", "style url()", "noscript img@src", "Link: next" */
    const char *rule;     /* the rule that gave class or trap ("blogger.toggle"), static; NULL when none was needed */
    int posts;            /* of an archive: how many posts it is said to hold, "June (27)"; 0: nothing is said */
    int64_t dated_ms;     /* when a sitemap or an Atom feed says that it was changed last; 0: nothing is said */
    bool document;        /* a requisite that is itself a document (iframe, frame, object of text/html) */
    uint64_t *note;       /* a word that `take` may keep with this anchor, to find it again when a later page has the
                             same one; 0 at first.  NULL: it is not remembered */
};

/* What was found out about anchors, kept from page to page: see links_source.  For one thread at a time, about 4 MB. */
struct links_memory;

struct links_memory *links_memory_new(void); /* NULL without memory */
void links_memory_free(struct links_memory *memory);

struct links_source {
    const struct url *url;        /* where the bytes came from: base until <base> says otherwise */
    enum media_kind kind;
    struct text charset;          /* from HTTP; empty when it said none */
    struct text bytes;            /* the decoded body */
    const struct http_head *head; /* NULL: no HTTP head is known (Link, Refresh, Location, Content-Location) */
    struct links_memory *memory;  /* NULL: none; the links are the same with or without, only sooner there */
    int year;                     /* the present year: archives of later years than the next are traps */
};

/* Called for each link in document order, each address once a class.  The link's texts live only during the call. */
typedef void links_take(void *context, const struct link *link);

/* Gives every link of `source` to `take`.  False only when memory ran out (what was given until then is good). */
bool links_extract(const struct links_source *source, links_take *take, void *context);

const char *link_class_name(enum link_class class);         /* "pager" ... "trap" */
const char *link_certainty_name(enum link_certainty certainty); /* "possible", "certain" */

#endif
