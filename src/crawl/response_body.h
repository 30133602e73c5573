/* The decoded body of a response that has just come, for reading its links and its text. */
#ifndef CRAWL_RESPONSE_BODY_H
#define CRAWL_RESPONSE_BODY_H

#include "http/body_reader.h"
#include "web/exchange.h"

struct response_body;

/* NULL without memory. */
struct response_body *response_body_new(void);
void response_body_free(struct response_body *body);

/* What the body is needed for. */
enum body_use {
    BODY_FOR_LINKS,
    BODY_FOR_RULES, /* it is a robots.txt, whatever its type says */
};

/* Takes framing and codings off, and returns as many bytes as are read of its kind.  They are in
 * the exchange, or in memory that lives until the next call.  *fault says why the body is
 * incomplete; this includes what the exchange itself knows: a size or time limit, a broken
 * connection.  A body that would have to be copied, but can't contain links, is returned empty.
 * Whether its framing is whole, and whether it can be decoded, is still checked. */
struct text response_body_read(struct response_body *body, struct exchange *exchange,
                               const struct http_head *head, enum body_use use,
                               enum body_fault *fault);

/* The text is no longer needed: frees the memory of an unusually large one. */
void response_body_leave(struct response_body *body);

#endif
