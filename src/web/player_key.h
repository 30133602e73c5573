/*
 * The key by which wabac.js (ReplayWeb.page) looks URLs up in a compressed index: that of
 * warcio.js, getSurt().  It differs from web/surt.h: it keeps the trailing slash, double slashes,
 * session ids and percent escapes as they are, and orders parameters as plain texts.
 */
#ifndef WEB_PLAYER_KEY_H
#define WEB_PLAYER_KEY_H

#include "base/buf.h"
#include "base/text.h"
#include "web/url.h"

/* Appends the key of `url`.  What is no http or https URL is its own key.  `scratch` is any
 * url_init()ed URL, which is overwritten.  Check buf_ok() of *out. */
void player_key_write(struct text url, struct url *scratch, struct buf *out);

#endif
