/*
 * http and https addresses as browsers read them (WHATWG URL Standard, sections 4.4 "URL parsing"
 * and 4.5 "serializing"; hosts by 3.5).  One string holds the whole serialised address, offsets
 * into it tell the parts. All other schemes are recognised and refused: nothing else can be
 * crawled.
 */
#ifndef WEB_URL_H
#define WEB_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

enum { URL_LONGEST = 65536 }; /* bytes of a serialised address; a longer one is URL_INVALID */

enum url_result {
    URL_OK,
    URL_NOT_HTTP, /* a valid absolute address of another scheme: mailto:, javascript:, data: ... */
    URL_INVALID,
    URL_NO_MEMORY, /* whether it is valid is not known */
};

struct url {
    struct buf scratch; /* private */
    struct buf href;    /* serialised, NUL-terminated; the memory is reused by the next url_parse */
    bool https;
    bool plain;    /* it was taken over as it stood: only letters, digits, escapes and the commonest
                      signs are in it */
    uint16_t port; /* the port to connect to, also when it is the default and so not in href */
    uint32_t host; /* where the parts begin in href ... */
    uint32_t host_end;
    uint32_t path;
    uint32_t path_end; /* at '?', '#' or the end */
    uint32_t query;    /* behind '?'; equal to path_end when there is no query */
    uint32_t fragment; /* at '#', or the length of href */
};

void url_init(struct url *url);
void url_release(struct url *url);

/* Parses `input` against `base` (NULL: it must be absolute).  `encoding` names the document's
 * character encoding (as in charset.h; empty: UTF-8), in which the query's characters are encoded;
 * `input` itself is UTF-8.  `url` must not be `base`.  On another answer than URL_OK the url's
 * content is undefined but safe to reuse. */
MUST_CHECK enum url_result url_parse(struct url *url, struct text input, const struct url *base,
                                     struct text encoding);

struct text url_href(const struct url *url); /* whole */
struct text
url_resource(const struct url *url); /* without the fragment: what is requested and archived */
struct text url_host(const struct url *url); /* lower case, punycode, IPv6 in brackets */
struct text
url_authority(const struct url *url); /* host[:port] as serialised, without user information */
struct text url_path(const struct url *url);   /* begins with '/' */
struct text url_query(const struct url *url);  /* without '?'; empty when there is none */
struct text url_target(const struct url *url); /* path and query: what the request line holds */

/* Cuts the next parameter off *query, as text_split() does; they are parted by '&', by some old
 * software by ';'. */
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

/* Whether its port is that of its scheme. */
bool url_has_default_port(const struct url *url);
MUST_CHECK bool url_copy(struct url *to, const struct url *from); /* false without memory */

/* Takes the user information out of an address, for it belongs to no record and no log: what a
 * request says of it is a field. "user:password", percent-encoded as it stood, is appended to *user
 * unless that is NULL.  False when there is none. */
bool url_take_user(struct url *url, struct buf *user);

/* Same host, where a leading "www." and the scheme (with its default port) make no difference. */
bool url_same_site(const struct url *a, const struct url *b);

/* Same site and query, and paths that differ in nothing but what a directory's own page may be
 * called: index.html, a closing slash.  Another server may show something else there; a page that
 * says so of itself does not. */
bool url_same_page(const struct url *a, const struct url *b);

/* Writes the key under which the crawler remembers that an address was met into *out, which is
 * empty before: no scheme when the port is the scheme's default, percent escapes in upper case,
 * escapes of unreserved characters decoded, never an escape of a reserved one, no session ids
 * (web/session.h), parameters in order, no '?' with nothing behind it. http://h/a and https://h/a
 * have one key. */
void url_write_seen_key(const struct url *url, struct buf *out);

#endif
