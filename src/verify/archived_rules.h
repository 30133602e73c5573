/*
 * The archived robots.txt of each host, and what it means for a URL. The crawl judges in the same
 * way (frontier/frontier_rules.c).
 */
#ifndef VERIFY_ARCHIVED_RULES_H
#define VERIFY_ARCHIVED_RULES_H

#include <stdbool.h>

#include "collection/capture_reader.h"
#include "collection/cdxj_lookup.h"
#include "verify/crawl_claims.h"
#include "web/url.h"

enum rules_verdict {
    RULES_ALLOW,   /* or the archive has no robots.txt of the host */
    RULES_CLOSE,   /* the URL is left out */
    RULES_AWAY,    /* robots.txt could not be had, so nothing else was requested */
    RULES_PUT_OFF, /* ... and the host is the site's: its URLs wait */
};

struct archived_rules;

/* Everything is borrowed; `reader` reads robots.txt, and nothing else while this lives.  NULL
 * without memory. */
struct archived_rules *archived_rules_new(const struct crawl_claims *claims,
                                          struct cdxj_lookup *lookup,
                                          struct capture_reader *reader);
void archived_rules_free(struct archived_rules *rules);
/* False once memory ran out: then something is lacking. */
bool archived_rules_ok(const struct archived_rules *rules);

/* `part`: it is a requisite, which --robots requisites lets pass. */
enum rules_verdict archived_rules_judge(struct archived_rules *rules, const struct url *url,
                                        bool part);

/* Whether a robots.txt that was captured at that time (milliseconds since 1970) or before closes
 * the URL, whatever the options of the crawl. */
bool archived_rules_closed(struct archived_rules *rules, const struct url *url, int64_t when_ms);

#endif
