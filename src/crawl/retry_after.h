/* When a server wants to be asked again: the Retry-After field. */
#ifndef CRAWL_RETRY_AFTER_H
#define CRAWL_RETRY_AFTER_H

#include <stdint.h>

#include "http/http_message.h"

/* Retry-After (RFC 9110, 10.2.3) in milliseconds, 0 when there is none.  No number is too long: it
 * asks for as much time as a host gets.  A date is by the server's
 * clock, which may differ from ours: its Date field tells by how much. */
int64_t retry_after_ms(const struct http_head *head);

#endif
