/* Responses of archived hosts: a capture with its own status, media type and bytes, in which
 * nothing leads out of the archive. */
#ifndef SERVE_REPLAY_H
#define SERVE_REPLAY_H

#include "serve/archive_set.h"
#include "serve/archived_host.h"
#include "serve/request.h"

/* Responds to a request for something of `host`. */
void replay_respond(struct archive_set *set, const struct archived_host *host,
                    const struct served_request *request, struct served_response *response);

/* Responds to a request to a proxy, whose target is a whole URL.  `own` is a Host field of the
 * server itself.  Pages are sent without the line and without a policy, because the browser asks
 * the proxy for all that they load.  https is shown as http, because a proxy cannot see into https.
 * */
void replay_respond_proxied(struct archive_set *set, struct text own,
                            const struct served_request *request, struct served_response *response);

/* How a capture is sent. */
enum replay_way {
    REPLAY_DOCUMENT, /* as a page of its host: with the line, redirects to other archived hosts */
    REPLAY_PART,     /* for a page of its host */
    REPLAY_PROXIED,  /* to a browser that uses the server as its proxy */
    REPLAY_OTHER,    /* for the worker of another host: redirects stay on that host */
};

#endif
