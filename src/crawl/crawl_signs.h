/*
 * For frontier/lockout.h: what a response tells about whether its host shuts us out. It is
 * described by its status and its marks, and compared with the archived capture of its URL.
 */
#ifndef CRAWL_CRAWL_SIGNS_H
#define CRAWL_CRAWL_SIGNS_H

#include "crawl/crawl_internal.h"
#include "frontier/lockout.h"

/* Not a page or list of the site, but something that pages show. */
bool crawl_signs_is_part(const struct capture *capture);

/* Describes a response; a challenge is also noted in the capture.  `head` NULL: none came.  `body`
 * is decoded, and empty for what is not read. */
MUST_CHECK enum result crawl_signs_of(struct crawl *crawl, struct capture *capture,
                                      const struct http_head *head, struct text body,
                                      struct lockout_response *response);
/* The same of the response to a probe. */
MUST_CHECK enum result crawl_signs_of_probe(struct crawl *crawl, struct capture *capture,
                                            const struct http_head *head, struct text body,
                                            struct lockout_response *response);

#endif
