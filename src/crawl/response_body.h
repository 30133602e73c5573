/* The decoded body of a response that just came: what its links and its text are read from. */
#ifndef CRAWL_RESPONSE_BODY_H
#define CRAWL_RESPONSE_BODY_H

#include "http/body_reader.h"
#include "web/exchange.h"

struct response_body;

/* NULL without memory. */
struct response_body *response_body_new(void);
void response_body_free(struct response_body *body);

/* What a body is wanted for. */
enum body_use {
    BODY_FOR_LINKS,
    BODY_FOR_RULES, /* it is a robots.txt, whatever its type says */
};

/* Takes framing and codings off, and gives as many octets as are read of its kind; they lie in the
 * exchange or in memory that lives until the next call.  *fault is why it is not all of the body,
 * which includes what the exchange itself knows of: a limit, a time limit, a connection that broke.
 * Where a body would have to be copied and is of a kind that names no links, it is given as empty;
 * whether it can be decoded is found out all the same. */
struct text response_body_read(struct response_body *body, struct exchange *exchange,
                               const struct http_head *head, enum body_use use,
                               enum body_fault *fault);

/* The text is not looked at any more: the memory that an uncommonly large one took is given back.
 */
void response_body_leave(struct response_body *body);

#endif
