/*
 * Whether a response means that its URL is kept: stored is not yet kept.  Pure; product words for
 * the summary, `why` and verify.
 */
#ifndef CAPTURE_KEEPING_H
#define CAPTURE_KEEPING_H

#include <stdbool.h>

#include "http/body_reader.h"
#include "web/exchange.h"
#include "web/visit_kind.h"

enum keeping {
    KEEPING_KEPT,    /* a whole response with success whose body can be decoded */
    KEEPING_MOVED,   /* a redirect that leads on: its target is judged in its place */
    KEEPING_GONE,    /* 404, 410 */
    KEEPING_REFUSED, /* 401, 403, 407, 429, 451, or a login in the page's place */
    KEEPING_BROKEN,  /* any other error, a part, a body that is cut or can't be decoded */
};

struct keeping_facts {
    int status;            /* of HTTP */
    bool not_modified;     /* 304 to a conditional request */
    bool leads_on;         /* a redirect whose target is known */
    bool to_login;         /* ... and that is a login */
    bool to_itself;        /* ... or the way that led here */
    enum exchange_cut cut; /* the response is not whole */
    enum body_fault fault; /* of its body */
};

enum { KEEPING_REASON_SIZE = 96 };

/* Judges a response.  `reason` gets a phrase for people, empty when the URL is kept, moved or gone.
 */
enum keeping keeping_of(const struct keeping_facts *facts, char reason[KEEPING_REASON_SIZE]);

/* Whether a URL of that kind, found by this way (letters of hops), counts as missing when it is
 * refused or broken: pages and lists of the site do; what was only inferred does not, nor do
 * requisites, whose errors are what a visitor sees, too. */
bool keeping_matters(enum visit_kind kind, const char *hops);

#endif
