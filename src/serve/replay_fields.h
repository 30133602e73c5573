/* The fields of a replayed response. */
#ifndef SERVE_REPLAY_FIELDS_H
#define SERVE_REPLAY_FIELDS_H

#include "http/http_message.h"
#include "serve/archived_host.h"
#include "serve/request.h"

/* Copies what a captured head says of the content.  All else goes by X-Archive-Orig-NAME, so that
 * browsers do not act on it: cookies, policies, redirects, caching, framing. */
void replay_fields_copy(const struct http_head *head, struct served_response *response);

/* Who asks, and what for. */
struct replay_policy {
    const struct archived_host *host;
    bool worker;   /* the worker sees what the page loads */
    bool document; /* it is shown as a page of its host */
    bool proxied;  /* the browser asks us for everything: no policy is needed */
};

/* Adds the fields of our own.  The policy lets a page load from archived hosts only. Where the
 * service worker handles its requests, it may request others. */
void replay_fields_add(const struct served_request *request, const struct replay_policy *policy,
                       struct served_response *response);

enum { HTTP_DATE_SIZE = 40 }; /* more than it needs, so that no compiler fears for it */

/* Writes a date of 14 digits as header fields have it (RFC 9110, section 5.6.7).  False: it is no
 * date. */
bool replay_date_write(struct text date, char out[HTTP_DATE_SIZE]);

struct replay_memento {
    struct text url;   /* that was captured */
    struct text date;  /* when: 14 digits */
    const char *local; /* the server's own host and port */
};

/* Adds Memento-Datetime and the links below (RFC 7089, section 2). */
void replay_fields_add_memento(const struct replay_memento *memento,
                               struct served_response *response);
/* Adds links to the original, the TimeGate, the TimeMap and to the capture itself. */
void replay_fields_add_links(const struct replay_memento *memento,
                             struct served_response *response);

#endif
