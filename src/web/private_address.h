/*
 * IP addresses that a public host name should never have: loopback, private, link-local, multicast
 * and reserved ones.  They are fetched only on purpose, so that a hostile page cannot make the
 * crawler reach into a local network.
 */
#ifndef WEB_PRIVATE_ADDRESS_H
#define WEB_PRIVATE_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/text.h"

/* Whether this is such an address.  Looks into IPv4-mapped and NAT64 addresses (RFC 6052).  True
 * for families other than IPv4 and IPv6. */
bool is_private_address(const struct sockaddr *address);

/* Whether a URL's host, as url_host() gives it, is such an address or "localhost" (RFC 6761,
 * section 6.3).  Other names are checked when connecting, by the addresses that they resolve to. */
bool is_private_host(struct text host);

#endif
