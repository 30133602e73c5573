/*
 * Lists of captures for programs, at the server's own address:
 *
 *   /cdx?url=URL                lines of the index, as pywb and OutbackCDX answer; with
 * matchType=exact, prefix, host or domain, from=, to= (the beginning of a date is enough), limit=
 * and output=json.  URL may end in '*' for prefix. /timemap/link/URL           the captures of a
 * URL as links (RFC 7089, section 5)
 */
#ifndef SERVE_CAPTURE_LISTS_H
#define SERVE_CAPTURE_LISTS_H

#include "serve/archive_set.h"
#include "serve/request.h"

/* Responds if the target is one of these.  `local` is the host and port that archived hosts are
 * below.  False: it is another. */
bool capture_lists_respond(struct archive_set *set, const char *local,
                           const struct served_request *request, struct served_response *response);

#endif
