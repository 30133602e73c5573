/*
 * The header lines that the user adds to requests, and to which hosts each goes.
 *
 *   --header "Name: value", --header-file FILE
 *       If the name is one of a few that cannot be a secret (Accept-Language, Referer, DNT ...), to
 *       every host.  Any other line may be a secret, or tell who asks, as Authorization, Cookie and
 *       X-Api-Key do: it goes to the sites of the seeds that the user gave in this run, and never
 *       unencrypted to a site that the user gave with https.
 *   --header-for "HOST Name: value"
 *       To that host only ("host": at any port; "host:port"; "*": every host).  There it replaces
 *       lines of --header with the same name.
 *
 * Each request is judged by its own URL, so nothing goes along with a redirect.
 */
#ifndef FETCH_REQUEST_HEADERS_H
#define FETCH_REQUEST_HEADERS_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/result.h"
#include "fetch/fetch_options.h"
#include "web/url.h"

/* All zero, it has no lines.  Release it when done. */
struct request_headers {
    const struct fetch_options *options; /* borrowed */
    struct buf file;                     /* the content of --header-file */
    struct buf secrets;                  /* names of the lines that may be secret, one a line */
    struct url *sites;                   /* of the user's seeds */
    size_t site_count;
};

/* Reads --header-file.  RESULT_BROKEN with words when it cannot be read. */
MUST_CHECK enum result request_headers_init(struct request_headers *headers,
                                            const struct fetch_options *options,
                                            struct trouble *trouble);
void request_headers_release(struct request_headers *headers);

/* The user gave this seed in this run. */
MUST_CHECK enum result request_headers_add_site(struct request_headers *headers,
                                                const struct url *seed, struct trouble *trouble);

/* Appends to *list the lines for a request of this URL.  False without memory. */
MUST_CHECK bool request_headers_write(const struct request_headers *headers, const struct url *url,
                                      struct curl_slist **list);

/* Whether the options have anything that not everybody may read: a line that may be a secret, or
 * cookies. */
bool request_headers_are_secret(const struct fetch_options *options);

/* Takes the host off "HOST Name: value".  Empty: there is none. */
struct text request_headers_take_host(struct text *line);

#endif
