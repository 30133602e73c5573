/* Pages that are nothing but a login: they come with 200 in the place of a site. */
#ifndef TRAPS_LOGIN_PAGE_H
#define TRAPS_LOGIN_PAGE_H

#include <stdbool.h>

#include "base/text.h"
#include "web/url.h"

/* Whether the HTML page at `url` asks for a password, shows few words besides, and links to nothing
 * else of its host.  Links to other hosts, to parts of the page and to what belongs to an account,
 * such as a lost password, do not count.  A page that leads on, or has much to read, is a page with
 * a login beside it.  Pure.  False without memory. */
bool login_page_find(struct text body, const struct url *url);

#endif
