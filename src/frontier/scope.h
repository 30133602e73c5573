/* Which URLs belong to the crawl: the seeds' sites, narrowed and widened by options. */
#ifndef FRONTIER_SCOPE_H
#define FRONTIER_SCOPE_H

#include "base/result.h"
#include "frontier/scope_options.h"
#include "links/links.h"
#include "web/url.h"
#include "web/url_rules.h"

struct scope;

/* A scope without seeds; the options are not needed afterwards.  LOST, with words: a pattern or a
 * domain is not valid.  After a failure *scope is NULL. */
MUST_CHECK enum result scope_new(struct scope **scope, const struct scope_options *options,
                                 struct trouble *trouble);
void scope_free(struct scope *scope);

/* Adds a seed's site.  `given`: by the user.  A seed that is redirected adds the site that it leads
 * to, which is not given. */
MUST_CHECK enum result scope_add_seed(struct scope *scope, const struct url *seed, bool given,
                                      struct trouble *trouble);

/* Whether this URL is a seed, given or not. */
bool scope_has_seed(const struct scope *scope, const struct url *url);

/* Judges a link: URL_RULE_NONE when it is in scope, otherwise the rule that refuses it.  A trap
 * link has a rule of its own. */
enum url_rule scope_refuses(const struct scope *scope, const struct link *link,
                            const struct url *url, int depth, const char *hops);

/* Whether a pattern of --exclude matches the URL: then it is never requested. */
bool scope_excludes(const struct scope *scope, const struct url *url);

/* How many hops that count for --level lead to the link's target, from a page that `depth` hops
 * lead to.  Pagination, date archives, feeds, sitemaps and page requisites cost none. */
int scope_depth(const struct link *link, int depth);

/* Whether the URL is on a seed's site and path, whatever kind it is. */
bool scope_holds(const struct scope *scope, const struct url *url);

/* Whether a seed is on the site of this host ("host" or "host:port"). */
bool scope_has_seed_on(const struct scope *scope, struct text host, bool https);

/* Whether the URL is on the site of a seed that the user gave, or in a domain that belongs to it by
 * the options.  What redirects led to does not count. */
bool scope_is_given_site(const struct scope *scope, const struct url *url);

/* Whether `url`, whose scheme nobody answers, may be requested by the other one.  Only on a seed's
 * own site; from https to http only when the seed is http itself, because what was meant to be
 * encrypted stays encrypted.  Where the user gave a seed of the site, what redirects led to
 * does not count. */
bool scope_may_turn_scheme(const struct scope *scope, const struct url *url);

#endif
