/* What libcurl knows of an exchange beside its octets; and HTTP/2 in the words of HTTP/1.1, for
 * records have no others. */
#ifndef FETCH_TRANSFER_INFO_H
#define FETCH_TRANSFER_INFO_H

#include <curl/curl.h>

#include "web/exchange.h"

/* Notes protocol and times of a transfer that has ended.  Cheap: it is done for every one. */
void transfer_info_note(CURL *easy, struct exchange *exchange);

/* Whether the exchange went over HTTP/2, which has no octets of heads to be kept: libcurl writes
 * some in their place. */
bool transfer_info_is_http2(const struct exchange *exchange);
/* "HTTP/2 200 " -> "HTTP/1.1 200 ": what follows the version. */
struct text transfer_info_after_version(struct text status_line);
/* The same for the request line, in place. */
void transfer_info_mend_request(struct buf *request);

#endif
