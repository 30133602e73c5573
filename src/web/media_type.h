/* What kind of document a body is: by its Content-Type, or by its first bytes where that is missing
 * or obviously wrong. */
#ifndef WEB_MEDIA_TYPE_H
#define WEB_MEDIA_TYPE_H

#include "base/text.h"

enum media_kind {
    MEDIA_OTHER,
    MEDIA_HTML, /* also XHTML */
    MEDIA_CSS,
    MEDIA_FEED,    /* RSS, Atom, RDF, JSON Feed */
    MEDIA_SITEMAP, /* urlset, sitemapindex, or a plain list of URLs */
    MEDIA_ROBOTS,
    MEDIA_JAVASCRIPT,
    MEDIA_JSON,
    MEDIA_MANIFEST, /* web app manifest */
    MEDIA_SVG,
    MEDIA_IMAGE,    /* any other image */
    MEDIA_PLAYLIST, /* HLS, M3U */
    MEDIA_DASH,
    MEDIA_XSL,
};

/* "text/html" for "text/html; charset=x"; empty when there is no type/subtype (RFC 9110, section
 * 8.3.1).  Points into the argument. */
struct text media_type_essence(struct text content_type);
/* The charset parameter without quotes; empty when there is none.  Points into the argument. */
struct text media_type_charset(struct text content_type);

/* The kind of a body.  `url_path` helps to recognize robots.txt and sitemaps.  `body` is decoded;
 * its first 4 KiB are enough. */
enum media_kind media_kind_of(struct text content_type, struct text url_path, struct text body);

/* "html", "css", "feed", "sitemap", "robots", "javascript", "json", "manifest", "svg", "image",
 * "playlist", "dash", "xsl" or "other".  Static. */
const char *media_kind_name(enum media_kind kind);
/* The kind with this name, -1 when there is none. */
int media_kind_from_name(struct text name);

#endif
