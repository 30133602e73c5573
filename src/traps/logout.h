/*
 * URLs that end the visitor's session, told by their words in many languages and programs.  Who
 * gives cookies or a password wants the pages that members see: whoever logs out loses them.  A
 * crawl without them has nothing to lose, and the words may be those of an article.
 */
#ifndef TRAPS_LOGOUT_H
#define TRAPS_LOGOUT_H

#include <stdbool.h>

#include "base/text.h"
#include "web/url.h"

/* Whether the URL logs out by its words: a path segment, a parameter or its value is "logout",
 * "sign_out", "abmelden", "account/logout", "Special:UserLogout" and so on.  Titles that have such
 * a word among others do not count.  Pure. */
bool logout_is(const struct url *url);

/* Whether the text of a link is nothing but such a word: "Log out".  Pure. */
bool logout_is_label(struct text label);

#endif
