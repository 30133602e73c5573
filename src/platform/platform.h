/*
 * Platforms: what tells that a page was made by Blogger, WordPress ..., and the addresses that
 * complete the picture there though no link may name them.  They are asked for only where the
 * platform is recognised, and marked as inferred (hop I).
 */
#ifndef PLATFORM_PLATFORM_H
#define PLATFORM_PLATFORM_H

#include "base/buf.h"
#include "base/text.h"
#include "web/link.h"

enum platform {
    PLATFORM_UNKNOWN,
    PLATFORM_BLOGGER,
    PLATFORM_WORDPRESS,
    PLATFORM_GHOST,
    PLATFORM_STATIC,
    PLATFORMS
};

const char *platform_name(enum platform platform); /* "Blogger" ... */

/* The platform that the marks in a page tell; looked for in its first 64 KB. */
enum platform platform_of(struct text html);

/* An address to be asked for on the site's root: a path with query. */
struct platform_request {
    struct text path;
    enum link_class class;
};

/* The platform's requests; `html` is the page that was recognised, for some are made only when it
 * names them. */
size_t platform_requests(enum platform platform, struct text html, struct platform_request *out,
                         size_t most);

/* Blogger's list of the titles in a dated archive, which its archive widget fetches by script:
 * appends the address for the archive's own address to *out.  False when the page has no such
 * widget. */
bool platform_titles(struct text html, struct text archive, struct buf *out);

#endif
