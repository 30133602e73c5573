/* robots.txt (RFC 9309): which URLs of one origin a crawler may request. */
#ifndef WEB_ROBOTS_H
#define WEB_ROBOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* Bytes beyond this are ignored (RFC 9309, section 2.5, demands at least 500 KiB). */
enum { ROBOTS_READ_BYTES = 512 * 1024 };

/* The rules of one origin.  They never change once read, so threads may share them. */
struct robots;

/* Reads the body of a robots.txt.  `token` is the product token to look for ("warccap").  The
 * caller frees the result; the body is not needed afterwards.  NULL only without memory. */
struct robots *robots_read(struct text body, struct text token);
/* Rules that allow everything, for a status of 4xx (RFC 9309, section 2.3.1.3).  NULL without
 * memory. */
struct robots *robots_allow_all(void);
/* Rules that disallow everything, for 5xx or no response (section 2.3.1.4).  NULL as above. */
struct robots *robots_close_all(void);
/* What a whole response to robots.txt means (RFC 9309, 2.3.1): a 2xx body is read, 3xx and 4xx
 * allow everything, anything else closes the host.  NULL as above. */
struct robots *robots_of_response(int status, struct text body);
/* NULL is allowed. */
void robots_free(struct robots *robots);

/* Whether `target` (path and query, percent-encoded) may be requested.  The longest matching
 * pattern decides, and Allow wins a tie (section 2.2.2); /robots.txt itself is always allowed.
 * *rule (may be NULL) gets the pattern that decided, in canonical form, or an empty text when none
 * matched.  It is valid as long as the rules. */
bool robots_allows(const struct robots *robots, struct text target, struct text *rule);
/* Whether they disallow anything. */
bool robots_close_anything(const struct robots *robots);
/* The Crawl-delay of our group in milliseconds; 0 when there is none. */
int64_t robots_delay_ms(const struct robots *robots);

#endif
