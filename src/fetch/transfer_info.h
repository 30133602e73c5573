/* What libcurl knows about an exchange besides its bytes.  Also puts HTTP/2 heads into HTTP/1.1
 * form, because records have no other. */
#ifndef FETCH_TRANSFER_INFO_H
#define FETCH_TRANSFER_INFO_H

#include <curl/curl.h>

#include "web/exchange.h"

/* Notes protocol and times of a transfer that has ended.  Cheap: it is called for every
 * transfer. */
void transfer_info_note(CURL *easy, struct exchange *exchange);

/* Whether the exchange used HTTP/2.  Its heads have no bytes to keep: libcurl writes HTTP/1 lines
 * in their place. */
bool transfer_info_is_http2(const struct exchange *exchange);
/* "HTTP/2 200 " -> "HTTP/1.1 200 ": what follows the version. */
struct text transfer_info_after_version(struct text status_line);
/* The same for the request line, in place. */
void transfer_info_mend_request(struct buf *request);

#endif
