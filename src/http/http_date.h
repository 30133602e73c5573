/* The date of a header field in its preferred form (RFC 9110, 5.6.7). */
#ifndef HTTP_HTTP_DATE_H
#define HTTP_HTTP_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* Reads "Sun, 06 Nov 1994 08:49:37 GMT".  *wall_ms gets milliseconds since 1970.  False: it has
 * another form; the old ones are not read. */
bool http_date_read(struct text value, int64_t *wall_ms);

#endif
