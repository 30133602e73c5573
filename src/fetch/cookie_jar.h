/*
 * The cookies of a run (RFC 6265).  libcurl keeps them, by domain and path as their servers say,
 * and never for a whole public suffix.  They begin with those of --load-cookies, and end with the
 * run: each run is a new visitor.
 *
 * A crawl follows every link, also those that choose a language, a currency or a theme.  Such a
 * choice must not change the pages that come after it.  So a cookie is forgotten whose value the
 * URL itself names: "?lang=de" sets lang=de.  But not when a redirect leads on to another: that is
 * how sites see whether a visitor takes cookies.
 */
#ifndef FETCH_COOKIE_JAR_H
#define FETCH_COOKIE_JAR_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/result.h"
#include "fetch/fetch_options.h"
#include "web/exchange.h"

enum { COOKIES_MOST = 3000 /* with more, all but those of the user are forgotten */ };

/* All zero, it is empty and keeps nothing.  Release it when done. */
struct cookie_jar {
    CURLSH *share;    /* NULL: no cookies are kept */
    CURL *hand;       /* reaches into `share` */
    bool loaded;      /* it began with a file, */
    struct buf lines; /* whose cookies these are */
    int taken;        /* Set-Cookie fields since the cookies were last counted */
};

/* Reads the user's file.  RESULT_LOST: it has no cookies, although it can be read; RESULT_BROKEN:
 * it can't be read, or there is no memory.  Both have words. */
MUST_CHECK enum result cookie_jar_init(struct cookie_jar *jar, const struct fetch_options *options,
                                       struct trouble *trouble);
void cookie_jar_release(struct cookie_jar *jar);

/* Lets a request send and receive cookies, unless its header lines have a Cookie of the user's own.
 * Then only with cookies of a file.  False without memory. */
MUST_CHECK bool cookie_jar_lend(const struct cookie_jar *jar, CURL *easy,
                                const struct curl_slist *lines);

/* A response has come, and libcurl has taken its cookies.  Notes in exchange->facts whether there
 * was one that the request did not have, and forgets what must not last. */
void cookie_jar_see(struct cookie_jar *jar, struct exchange *exchange);

#endif
