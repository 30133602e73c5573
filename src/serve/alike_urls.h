/*
 * If the archive has no capture of a URL, that of a URL which differs only in a token may be shown.
 * Scripts add the time or a random number to URLs, to avoid caches.  These are pywb's rules, with
 * those that it lacks for Blogger.
 */
#ifndef SERVE_ALIKE_URLS_H
#define SERVE_ALIKE_URLS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

enum alike {
    ALIKE_NOT,  /* they are different */
    ALIKE_PATH, /* the same file with another query: "a.css?v=1" and "a.css?v=2" */
    ALIKE_TOKEN /* the same but for parameters that are another each time */
};

/* Compares two keys of the index (web/surt.h).  Queries are sorted in them. */
enum alike alike_urls_compare(struct text asked, struct text other);

/* The part of a key before its query, without the question mark. */
struct text alike_urls_path(struct text key);

#endif
