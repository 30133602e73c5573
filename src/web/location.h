/*
 * The URL that a Location field names (RFC 9110, section 10.2.2).  Servers write octets there that
 * are not UTF-8, and browsers send these back as they were, percent-encoded: "/caf" E9 is
 * "/caf%E9".
 */
#ifndef WEB_LOCATION_H
#define WEB_LOCATION_H

#include "base/text.h"
#include "web/url.h"

/* Parses the field's value against the URL of its response.  Results are those of url_parse(). */
MUST_CHECK enum url_result location_parse(struct url *url, struct text value,
                                          const struct url *base);

#endif
