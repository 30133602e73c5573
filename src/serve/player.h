/*
 * A player of the user's own, beside the archives: the service worker of wabac, with which
 * ReplayWeb.page shows archives, as npm installs it.  It has an origin to itself,
 * http://warccap-player.localhost:PORT/, because all that it replays shares that.
 *
 *   /?archive=N&url=URL   shows the URL in a frame
 *   /sw.js                the player
 *   /files/N/NAME         what it reads, in ranges: the WACZ file; or index.cdxj and WARC files
 */
#ifndef SERVE_PLAYER_H
#define SERVE_PLAYER_H

#include <limits.h>

#include "serve/archive_set.h"
#include "serve/request.h"

/* Looks for the script of the worker below a directory in which npm installed wabac or
 * ReplayWeb.page, or in such a package itself.  False: it is not there. */
MUST_CHECK bool player_find(const char *directory, char script[PATH_MAX]);

/* Responds to a request to the player's origin. */
void player_respond(struct archive_set *set, const char *script,
                    const struct served_request *request, struct served_response *response);

#endif
