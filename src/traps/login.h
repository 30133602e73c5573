/*
 * Redirects that lead to a login.  Sites show a login in the place of what only members may see or
 * do.  A page that a list names is then refused.  Many pages of a healthy site link to what members
 * do (reply, vote, new topic). These links lead to no page of the site.
 */
#ifndef TRAPS_LOGIN_H
#define TRAPS_LOGIN_H

#include <stdbool.h>

#include "web/url.h"
#include "web/url_rules.h"

/* Whether a redirect to `target` leads to a login: by the rule that traps_find() gives for it, or
 * by its host or path ("accounts.h.test", "/members/login/de").  Pure. */
bool login_is_target(const struct url *target, enum url_rule rule);
/* The same of a whole URL as text.  False without memory. */
bool login_is_href(struct text href);

/* Whether the URL is by its words something that only members do: its last path segment, or a
 * parameter or its value, is "reply", "vote", "edit" and so on.  Pure. */
bool login_is_members_action(const struct url *url);

#endif
