/*
 * IP addresses that are not on the public internet: loopback, private, link-local, multicast,
 * reserved ones.  The crawler connects to them only if the user asks for it, so that a hostile page
 * cannot make it reach into a local network.
 *
 * The ranges are those of the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, RFC
 * 8190) that are not globally reachable.  More specific ranges that are globally reachable are
 * excepted, as the registries say.  Of IPv6, only what IANA has given out is public: 2000::/3, and
 * 64:ff9b::/96 for IPv4 addresses that are public themselves.
 */
#ifndef WEB_PRIVATE_ADDRESS_H
#define WEB_PRIVATE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "base/text.h"

/* What the address is for: "loopback", "private use", ...; NULL: it is public.  Static.  An address
 * that is mapped (::ffff:0:0/96) or translated (64:ff9b::/96, RFC 6052; ::ffff:0:0:0/96, RFC 7915)
 * is judged by the IPv4 address inside.  Never NULL for families other than IPv4 and IPv6. */
const char *private_address_purpose(const struct sockaddr *address);

bool is_private_address(const struct sockaddr *address);

/* Whether a host is such an address, in any spelling that the URL Standard allows, or "localhost"
 * or a name below it (RFC 6761, section 6.3).  `host` is as in a URL: IPv6 in brackets.  Other
 * names are checked when connecting, by the addresses that they resolve to. */
bool is_private_host(struct text host);

/* Reads an IPv4 or IPv6 address, with or without brackets and zone.  False: it is none. */
bool read_ip_address(struct text text, struct sockaddr_storage *address);

/* Whether both are the same address.  A mapped address equals the IPv4 address inside. */
bool is_same_address(const struct sockaddr *a, const struct sockaddr *b);

#endif
