/* The text of an archived robots.txt. */
#ifndef CRAWL_RECOVER_ROBOTS_H
#define CRAWL_RECOVER_ROBOTS_H

#include "base/buf.h"
#include "http/http_message.h"
#include "links/page_reader.h"
#include "warccap/warc.h"

/* How the payload of a robots.txt must be opened: flags of warc_payload_open(). */
int recover_robots_flags(const struct page_reader *bodies);

/* Puts the text of a robots.txt into *out, as much as is read of one.  `bodies` takes codings off,
 * in its jail if it has one; NULL: the payload was opened decoded.  What cannot be decoded is
 * empty, or ends where the error is. */
void recover_robots_read(struct page_reader *bodies, struct text url, const struct http_head *head,
                         struct text head_bytes, struct warc_payload *payload, struct buf *out);

#endif
