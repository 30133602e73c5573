/*
 * Which addresses may be connected to.  Public ones always.  Private ones (web/private_address.h)
 * only where the user asks for it:
 *   - at a host and port of a seed that the user gave;
 *   - at the host, port and address that --resolve gives;
 *   - anywhere with --allow-private.
 * What a page, a redirect, a name server or the archive says never counts.
 *
 * The address that is connected to decides, not the name.  Behind a proxy only, the address is not
 * known: then a host that is an address is judged, and a name passes.
 */
#ifndef FETCH_ADDRESS_GUARD_H
#define FETCH_ADDRESS_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "base/result.h"
#include "fetch/fetch_options.h"
#include "web/url.h"

/* Initialised with `options` only, which are borrowed.  Release it when done. */
struct address_guard {
    const struct fetch_options *options;
    struct address_pass *passes;
    size_t pass_count;
    struct url asked; /* scratch */
};
void address_guard_release(struct address_guard *guard);

/* A seed of the user: if its host is private, that host may be connected to on the seed's port.  A
 * default port passes both http and https, which are one site. */
MUST_CHECK enum result address_guard_pass_seed(struct address_guard *guard, const struct url *seed,
                                               struct trouble *trouble);

/* Whether a request for `url` may connect to `address`. */
bool address_guard_allows(struct address_guard *guard, struct text url,
                          const struct sockaddr *address);
/* Whether a proxy may be asked for `url`. */
bool address_guard_allows_proxied(struct address_guard *guard, struct text url);

#endif
