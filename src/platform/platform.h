/*
 * A platform is software such as Blogger or WordPress. This says how its pages are recognised,
 * which lists complete the capture although no link may name them, and how those lists are read. A
 * platform is a value: one file defines it, and one row of the table in platforms.h makes it known.
 *
 * Lists are requested only where the platform is recognised, and are logged as inferred (hop I).
 */
#ifndef PLATFORM_PLATFORM_H
#define PLATFORM_PLATFORM_H

#include "base/buf.h"
#include "base/text.h"
#include "html/json_strings.h"
#include "web/link.h"
#include "web/url.h"

/* A URL to request at the root of the site. */
struct platform_request {
    struct text path; /* with query; empty after the last of a list */
    enum link_class class;
    const char *named; /* only if the page contains this; NULL: always */
};

/* The state of reading a list that the platform's own scripts request. */
struct platform_list {
    const struct platform *platform;
    const struct url *url;
    struct text rest; /* of the body, still to be read */
    struct json_strings json;
    struct buf value; /* the URL of the current link */
    int posts;        /* returned so far */
    bool is_list;     /* the body looks like a list */
    bool ended;       /* the link to the next page was returned too */
};

/* A link of a list. `address` may be relative. It lives until the next link is read. */
struct platform_link {
    struct text address;
    enum link_class class;
    const char *where; /* static */
};

struct platform {
    const char *name;                        /* "Blogger" */
    const char *const *marks;                /* texts in its pages; NULL after the last */
    const struct platform_request *requests; /* NULL: none */
    /* The list of a date archive's posts, which the page's own script would request. `archive` is
     * an absolute URL. Appends path and query of the list to *out. False: the page has no such
     * script. NULL: the platform has no such lists. */
    bool (*write_archive_list)(struct text html, struct text archive, struct buf *out);
    /* Whether the URL is such a list. NULL: the platform has none. */
    bool (*is_list)(const struct url *url);
    /* The next link of the list. False: the end. */
    bool (*next_in_list)(struct platform_list *list, struct platform_link *link);
    bool list_has_pages; /* a list names its next page */
};

/* The platform that the marks in a page tell. Only the first 64 KB are searched. NULL: none. */
const struct platform *platform_of_page(struct text html);
/* The platform that the URL is a list of. NULL: none. */
const struct platform *platform_of_list(const struct url *url);

/* The requests for a page of this platform. Writes at most `most` to `out` and returns how many. */
size_t platform_requests(const struct platform *platform, struct text html,
                         struct platform_request *out, size_t most);

/* Starts to read a list. The body and the URL are borrowed. */
void platform_list_init(struct platform_list *list, const struct platform *platform,
                        const struct url *url, struct text body);
void platform_list_release(struct platform_list *list);
bool platform_list_next(struct platform_list *list, struct platform_link *link);

#endif
