/*
 * Platforms: what tells that a page was made by Blogger, WordPress ..., which lists complete the
 * picture there though no link may name them, and how such lists are read.  A platform is a value:
 * one file defines it, one row of the table in platforms.h makes it known.
 *
 * Lists are asked for only where the platform is recognised, and marked as inferred (hop I).
 */
#ifndef PLATFORM_PLATFORM_H
#define PLATFORM_PLATFORM_H

#include "base/buf.h"
#include "base/text.h"
#include "html/json_strings.h"
#include "web/link.h"
#include "web/url.h"

/* A URL to be asked for on the site's root. */
struct platform_request {
    struct text path; /* with query; empty behind the last of a list */
    enum link_class class;
    const char *named; /* made only when the page holds this; NULL: always */
};

/* A list that a platform's own scripts ask for, while its links are read. */
struct platform_list {
    const struct platform *platform;
    const struct url *url;
    struct text rest; /* of the body */
    struct json_strings json;
    struct buf value; /* a link of it */
    int posts;        /* given so far */
    bool is_list;     /* it looks like one */
    bool ended;       /* what leads on was given too */
};

/* A link of a list.  `address` may be relative; it lives until the next link is asked for. */
struct platform_link {
    struct text address;
    enum link_class class;
    const char *where; /* static */
};

struct platform {
    const char *name;                        /* "Blogger" */
    const char *const *marks;                /* in its pages; NULL behind the last */
    const struct platform_request *requests; /* NULL: none */
    /* The list of the posts of a dated archive (an absolute URL), which the page's own script would
     * ask for: appends its path with query to *out.  False: the page has no such script.  NULL:
     * there are no such lists. */
    bool (*write_archive_list)(struct text html, struct text archive, struct buf *out);
    /* Whether the URL is that of such a list; NULL: there are none. */
    bool (*is_list)(const struct url *url);
    /* The next link of the list; false at the end. */
    bool (*next_in_list)(struct platform_list *list, struct platform_link *link);
    bool list_has_pages; /* a list names its next page */
};

/* The platform that the marks in a page tell; looked for in its first 64 KB.  NULL: none. */
const struct platform *platform_of_page(struct text html);
/* The platform whose list the URL is; NULL: none's. */
const struct platform *platform_of_list(const struct url *url);

/* The requests for a page that was recognised: at most `most` are written to `out`.  Gives how
 * many. */
size_t platform_requests(const struct platform *platform, struct text html,
                         struct platform_request *out, size_t most);

/* Reads a list; the body and the URL are borrowed. */
void platform_list_init(struct platform_list *list, const struct platform *platform,
                        const struct url *url, struct text body);
void platform_list_release(struct platform_list *list);
bool platform_list_next(struct platform_list *list, struct platform_link *link);

#endif
