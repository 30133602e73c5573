/*
 * Archived hosts as origins of their own below localhost.  Browsers find every name below localhost
 * on their own machine, so an archived page gets the address
 *
 *   http://HOST.localhost:8080/PATH?QUERY                  its newest capture
 *   http://HOST.20190101000000.localhost:8080/PATH?QUERY   the capture nearest to that date
 *
 * Relative URLs of the page then work as they are, and no page can read what belongs to another
 * host or to the server's own pages.  http and https are one origin.  A port is a label of its own
 * ("blog.example.port-8443"), and an IPv6 address is one label ("ip6-xx1" for [::1]).
 */
#ifndef SERVE_ARCHIVED_HOST_H
#define SERVE_ARCHIVED_HOST_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"
#include "web/url.h"

enum {
    ARCHIVED_NAME = 256, /* the longest host name, and its NUL */
    ARCHIVED_DATE = 15,  /* 14 digits, and their NUL */
    ARCHIVED_LOCAL = 16, /* localhost:65535, and its NUL */
};

struct archived_host {
    char authority[ARCHIVED_NAME + 8]; /* as in a URL: "blog.example", "[::1]:8443" */
    char date[ARCHIVED_DATE];          /* empty: the newest captures are asked for */
    char local[ARCHIVED_LOCAL];        /* "localhost:8080": what all names here end in */
};

enum host_kind {
    HOST_OWN,      /* the server itself: localhost, 127.0.0.1, [::1] */
    HOST_PLAYER,   /* the player of the user's own (player.h) */
    HOST_ARCHIVED, /* *host is filled in */
    HOST_FOREIGN,  /* none of them: nothing here answers to it */
};

/* Reads the Host field of a request.  host->local is filled in but for HOST_FOREIGN. */
enum host_kind archived_host_read(struct archived_host *host, struct text field);

/* Appends the origin "http://HOST[.DATE].LOCAL" that has the host of `url`.  `date` may be empty.
 * False: the name would be longer than names of hosts can be. */
MUST_CHECK bool archived_host_write(const struct url *url, struct text date, struct text local,
                                    struct buf *out);

/* Whether a text is a date of 14 digits. */
bool archived_date_is(struct text text);

#endif
