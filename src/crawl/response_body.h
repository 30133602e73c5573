/*
 * The decoded body of a response that has just come, for reading its links and its text.  With a
 * jail, it is decoded there (links/page_reader.h).
 */
#ifndef CRAWL_RESPONSE_BODY_H
#define CRAWL_RESPONSE_BODY_H

#include "links/page_reader.h"
#include "web/exchange.h"

struct response_body;

/* `jail` is borrowed; NULL: bodies are decoded here.  NULL without memory. */
struct response_body *response_body_new(struct jail *jail);
void response_body_free(struct response_body *body);

/* A response whose body is read soon.  All is borrowed until then. */
struct response_ahead {
    struct exchange *exchange;
    const struct http_head *head;
    enum page_use use;
    struct page_ahead ahead; /* its `bytes` are filled in here */
};
/* The bodies are read in the order of these calls; with a jail, it may read several ahead.  At most
 * PAGES_AHEAD_MOST are remembered. */
void response_body_expect(struct response_body *body, const struct response_ahead *response);
/* None is expected any more. */
void response_body_expect_none(struct response_body *body);

/* Takes framing and codings off.  *text gets as many bytes as are read of its kind; they are in the
 * exchange, or in memory that lives until the next call.  *error says why the body is incomplete;
 * this includes what the exchange itself knows: a size or time limit, a broken connection.  A body
 * that would have to be copied, but can't contain links, is returned empty.  Whether its
 * framing is whole, and whether it can be decoded, is still checked.  What is given is borrowed
 * until response_body_leave().  BROKEN: there is no process to decode it. */
MUST_CHECK enum result response_body_read(struct response_body *body, struct exchange *exchange,
                                          const struct http_head *head, enum page_use use,
                                          struct text *text, struct trouble *trouble);
/* Why the body that was read is incomplete: see above. */
enum body_error response_body_error(const struct response_body *body);
/* What read it, for its links. */
struct page_reader *response_body_reader(const struct response_body *body);

/* The text is no longer needed: frees the memory of an unusually large one. */
void response_body_leave(struct response_body *body);

#endif
