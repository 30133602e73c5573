/*
 * http and https URLs as browsers read them (WHATWG URL Standard, sections 4.4 "URL parsing" and
 * 4.5 "URL serializing"; hosts by section 3.5).  One string has the whole serialised URL, and
 * offsets into it mark the parts.  All other schemes are recognised and refused, because they
 * cannot be crawled.
 *
 * The parts that the functions below return point into the URL, and are valid until it changes.
 */
#ifndef WEB_URL_H
#define WEB_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

enum {
    URL_LONGEST = 65536, /* bytes of a serialised URL; a longer one is URL_INVALID */
    URL_USABLE = 8192,   /* no server needs a longer one: it is not requested */
};

enum url_result {
    URL_OK,
    URL_NOT_HTTP, /* an absolute URL with another scheme: mailto:, javascript:, data: ... */
    URL_INVALID,
    URL_NO_MEMORY, /* it is unknown whether the URL is valid */
};

struct url {
    struct buf scratch; /* private */
    struct buf href;    /* serialised, NUL-terminated; the next url_parse() reuses the memory */
    bool https;
    bool plain; /* it was copied unchanged: it has only letters, digits, escapes and common signs */
    uint16_t port; /* the port to connect to, even if it is the default and so not in href */
    uint32_t host; /* offsets in href ... */
    uint32_t host_end;
    uint32_t path;
    uint32_t path_end; /* at '?', '#' or the end */
    uint32_t query;    /* after '?'; equal to path_end when there is no query */
    uint32_t fragment; /* at '#', or the length of href */
};

/* An empty URL, to be parsed into.  Release it when done. */
void url_init(struct url *url);
void url_release(struct url *url);

/* Parses `input`, which is UTF-8, against `base` (NULL: the input must be absolute).  `encoding` is
 * the document's character encoding (a label as in charset.h; empty for UTF-8), in which the
 * characters of the query are encoded.  `url` must not be `base`.  With any result but URL_OK the
 * content of `url` is undefined, but it can be reused and released. */
MUST_CHECK enum url_result url_parse(struct url *url, struct text input, const struct url *base,
                                     struct text encoding);

/* The whole URL. */
struct text url_href(const struct url *url);
/* Without the fragment: what is requested and archived. */
struct text url_resource(const struct url *url);
/* In lower case and Punycode; an IPv6 address in brackets. */
struct text url_host(const struct url *url);
/* host[:port] as serialised, without user information. */
struct text url_authority(const struct url *url);
/* Begins with '/'. */
struct text url_path(const struct url *url);
/* Without '?'; empty when there is none. */
struct text url_query(const struct url *url);
/* Path and query, as in the request line. */
struct text url_target(const struct url *url);

/* Takes the next parameter from *query, as text_split() does.  Parameters are separated by '&', and
 * by ';' in some old software. */
static inline bool url_query_part(struct text *query, struct text *part)
{
    size_t length = 0;
    if (!query->at)
        return false;
    while (length < query->length && query->at[length] != '&' && query->at[length] != ';')
        length++;
    *part = text_first(*query, length);
    *query = length < query->length ? text_skip(*query, length + 1) : (struct text){NULL, 0};
    return true;
}

/* Whether the port is the default of the scheme. */
bool url_has_default_port(const struct url *url);

/* Copies all parts to *to, which must be initialised.  False without memory; *to is then empty. */
MUST_CHECK bool url_copy(struct url *to, const struct url *from);

/* Removes the user information from a URL, because it must not appear in records and logs; it is
 * sent in a header field.  Appends "user:password", percent-encoded as it was, to *user unless that
 * is NULL.  False when there is none. */
bool url_take_user(struct url *url, struct buf *user);

/* Whether both have the same host.  A leading "www." makes no difference, nor does http or https
 * with its default port. */
bool url_same_site(const struct url *a, const struct url *b);

/* Whether both have the same site and query, and paths that differ only in the name of a
 * directory's own page: index.html or a closing slash.  In general the two could show different
 * pages.  Use this where a page itself says that they are the same. */
bool url_same_page(const struct url *a, const struct url *b);

/* Writes the key under which the crawler remembers a URL to *out, which must be empty.  The key of
 * http://h/a and https://h/a is the same.  It has:
 * - no scheme when the port is the scheme's default, and no session ids (web/session.h);
 * - percent escapes in upper case, and those of unreserved characters decoded (RFC 3986, section
 *   6.2.2), but never those of reserved ones;
 * - parameters in order, and no '?' at the end. */
void url_write_seen_key(const struct url *url, struct buf *out);

#endif
