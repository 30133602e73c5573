/* Addresses that a public name has no business to lead to: loopback, private, link-local and the like. */
#ifndef CRAWL_PRIVATE_ADDRESS_H
#define CRAWL_PRIVATE_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

bool is_private_address(const struct sockaddr *address);

#endif
