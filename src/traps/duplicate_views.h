/*
 * Twins: addresses under which a program shows again what it shows elsewhere - a wiki's lists as
 * seen from each of its pages, a repository's files at each of its states, a list in pages of
 * another size.
 */
#ifndef TRAPS_DUPLICATE_VIEWS_H
#define TRAPS_DUPLICATE_VIEWS_H

#include "web/url.h"
#include "web/url_rules.h"

/* The rule that knows the address, found on `page`, as one of these; URL_RULE_NONE when
 * none does. */
enum url_rule duplicate_views_rule(const struct url *page, const struct url *url);

#endif
