/* Addresses that a public name has no business to lead to: loopback, private, link-local and the
 * like. */
#ifndef WEB_PRIVATE_ADDRESS_H
#define WEB_PRIVATE_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/text.h"

bool is_private_address(const struct sockaddr *address);

/* Whether a URL's host is such an address, written as WHATWG URL serializes it, or a name that only
 * the machine itself knows (RFC 6761, 6.3).  What other names resolve to is seen when connecting.
 */
bool is_private_host(struct text host);

#endif
