/*
 * Challenges: what services that guard sites (Cloudflare, DataDome, Imperva ...) send in the place
 * of a page, so that only browsers with a person in front of them pass.  Some come with 200.
 *
 * They are told by a field of the head that only a challenge has, or by their shape: a small HTML
 * page with hardly any text or link, whose tags and scripts have a mark of the service.  The text
 * of a page counts for nothing: an article about Cloudflare is not a challenge. Neither is a page
 * of a guarded site, a form with a captcha, or a page with a script of the service.
 */
#ifndef TRAPS_CHALLENGE_H
#define TRAPS_CHALLENGE_H

#include "base/text.h"
#include "http/http_message.h"

/* The service whose challenge, or page that bars us, this response is: "Cloudflare".  NULL: it is
 * none.  `body` is decoded; it may be empty or cut.  Static.  Takes time in proportion to a bounded
 * beginning of the body. */
const char *challenge_find(const struct http_head *head, struct text body);

#endif
