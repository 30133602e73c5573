/* robots.txt, RFC 9309: which addresses of one origin a crawler named "warccap" may ask for. */
#ifndef WEB_ROBOTS_H
#define WEB_ROBOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum {
    ROBOTS_READ_BYTES = 512 * 1024
}; /* RFC 9309, 2.5: at least 500 KiB; what lies beyond is ignored */

struct robots; /* the rules for one origin; immutable after reading, so threads may share it */

/* Reads a robots.txt body.  `token` is the product token to look for ("warccap").  NULL only
 * without memory. */
struct robots *robots_read(struct text body, struct text token);
/* Rules that allow, or close, everything: for 4xx, and for 5xx or no answer (RFC 9309, 2.3.1). */
struct robots *robots_allow_all(void);
struct robots *robots_close_all(void);
void robots_free(struct robots *robots);

/* `target` is path and query, percent-encoded.  Longest match, ties allow; /robots.txt itself is
 * always allowed. *rule (may be NULL) gets the deciding pattern, empty when no rule matched. */
bool robots_allows(const struct robots *robots, struct text target, struct text *rule);
/* Crawl-delay of our group in milliseconds, 0 when there is none. */
int64_t robots_delay_ms(const struct robots *robots);

#endif
