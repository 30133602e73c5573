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

/* Adds the fields of our own.  The policy lets a page load nothing but archived hosts; only where a
 * worker stands between, it may ask for others. */
void replay_fields_add(const struct served_request *request, const struct replay_policy *policy,
                       struct served_response *response);

/* Adds Memento-Datetime (RFC 7089, section 2.1.1) for a date of 14 digits. */
void replay_fields_add_date(struct text date, struct served_response *response);

#endif
