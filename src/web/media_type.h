/* What kind of thing a body is: by Content-Type, and where that is missing or plainly wrong, by its
 * first bytes. */
#ifndef WEB_MEDIA_TYPE_H
#define WEB_MEDIA_TYPE_H

#include "base/text.h"

enum media_kind {
    MEDIA_OTHER,
    MEDIA_HTML, /* also XHTML */
    MEDIA_CSS,
    MEDIA_FEED,    /* RSS, Atom, RDF, JSON Feed */
    MEDIA_SITEMAP, /* urlset, sitemapindex, or a text list of addresses */
    MEDIA_ROBOTS,
    MEDIA_JAVASCRIPT,
    MEDIA_JSON,
    MEDIA_MANIFEST, /* web app manifest */
    MEDIA_SVG,
    MEDIA_IMAGE, /* any other image */
};

/* "text/html; charset=x" -> "text/html"; the empty text when it is no type/subtype. */
struct text media_type_essence(struct text content_type);
/* The charset parameter without quotes; empty when there is none. */
struct text media_type_charset(struct text content_type);

/* `url_path` helps to tell robots.txt and sitemaps; `body` is decoded, its first few KB are enough.
 */
enum media_kind media_kind_of(struct text content_type, struct text url_path, struct text body);

/* "html", "css", "feed", "sitemap", "robots", "javascript", "json", "manifest", "svg", "image",
 * "other" and back. */
const char *media_kind_name(enum media_kind kind);
int media_kind_from_name(struct text name); /* -1 when unknown */

#endif
