/*
 * Duplicate views: URLs that show again what another URL shows. Examples are a wiki's lists as seen
 * from each of its pages, a repository's files at each commit, and a list in pages of another size.
 */
#ifndef TRAPS_DUPLICATE_VIEWS_H
#define TRAPS_DUPLICATE_VIEWS_H

#include "web/url.h"
#include "web/url_rules.h"

/* The rule that says `url`, found on `page`, is a duplicate view. URL_RULE_NONE: it is not one.
 * *proof gets what must be known besides (enum trap_proof). */
enum url_rule duplicate_views_rule(const struct url *page, const struct url *url, unsigned *proof);

#endif
