/*
 * Which state a response puts its URL in: stored is not yet kept.  Pure.  The same for a response
 * that has just come and for one that is read from the archive.
 */
#ifndef CAPTURE_KEEPING_H
#define CAPTURE_KEEPING_H

#include <stdbool.h>

#include "http/body_reader.h"
#include "web/exchange.h"
#include "web/url_state.h"
#include "web/visit_kind.h"

struct keeping_facts {
    enum visit_kind kind;
    const char *hops;      /* the way to the URL, as in struct visit */
    int status;            /* of HTTP; 0: what came is not HTTP */
    bool not_modified;     /* 304 to a conditional request */
    bool leads_on;         /* a redirect whose target is known */
    bool to_login;         /* ... and that is a login */
    bool to_itself;        /* ... or the way that led here; or a page that does nothing else */
    enum exchange_cut cut; /* the response is not whole */
    enum body_error error; /* of its body */
};

enum { KEEPING_REASON_SIZE = 96 };

/* Judges a response.  `reason` gets a phrase for people; it is empty when the URL is kept or
 * gone. A redirect that leads on is kept.  Visitors of the page see an error in the place of a
 * part, too. So only a server's failure (5xx, 429), a cut response, or a body that was read and is
 * damaged, makes a part broken.  A guess that no link names is gone if it is refused or the server
 * fails (500, 501): there is no such
 * list. */
enum url_state keeping_of(const struct keeping_facts *facts, char reason[KEEPING_REASON_SIZE]);

/* The state of a URL by the error in its metadata record, whatever the status. Refused: a wall or a
 * login stood in its place. Waiting: the response was not that of the URL, or nobody knows whether
 * it was. Otherwise broken. */
enum url_state keeping_of_error(struct text error);

/* The error of a page or a list in whose place a login stood. */
#define KEEPING_LOGIN "it leads to a login"
/* The error of a seed whose page is nothing but a login. */
#define KEEPING_LOGIN_PAGE "its page is nothing but a login"
/* The errors in metadata records that say so of a host, or that it shuts us out. */
#define KEEPING_WALL "the same stands in the place of every page of the host"
#define KEEPING_CHALLENGE "a challenge stands in the place of the page: " /* and whose it is */
#define KEEPING_SHUT_OUT "the host had begun to refuse: not the page itself"
/* ... or of a seed, that nothing else is kept of the site that it leads to; the URL follows. */
#define KEEPING_ELSEWHERE "it leads to one page of another site, and to nothing else: "
/* ... or that its page does nothing but lead to another site; the URL follows. */
#define KEEPING_AWAY "its page does nothing but lead to another site: "
/* ... or that the run ended before that was clear.  The response is in the archive, but its URL
 * waits for the next run. */
#define KEEPING_UNDECIDED "the run ended before it was clear whether the host had begun to refuse"
bool keeping_is_undecided(struct text error);
/* Whether it is one of these. If so, the response does not count as a capture of the URL. */
bool keeping_is_stand_in(struct text error);

#endif
