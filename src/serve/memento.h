/*
 * Captures for programs (Memento, RFC 7089), at the server's own host.  An archived host without a
 * date is a TimeGate, too (replay.h): it negotiates, and sends the capture at once.
 *
 *   /timegate/URL       a redirect to the capture nearest to Accept-Datetime, or to the newest
 *   /timemap/link/URL   all captures of the URL
 *   /DATE/URL           a redirect to the capture nearest to that date
 *   /DATEid_/URL        its body as stored: without chunk framing, with its content coding
 */
#ifndef SERVE_MEMENTO_H
#define SERVE_MEMENTO_H

#include "serve/archive_set.h"
#include "serve/request.h"

/* Fills *response if the target is one of these.  `local` is the server's own host and port. */
MUST_CHECK bool memento_respond(struct archive_set *set, const char *local,
                                const struct served_request *request,
                                struct served_response *response);

#endif
