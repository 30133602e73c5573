/*
 * Which proxy a request goes through: what the environment says, read as libcurl reads it
 * (http_proxy, https_proxy, all_proxy, no_proxy).  We choose, and not libcurl, so that it is known
 * whose address a connection has.
 */
#ifndef FETCH_PROXY_CHOICE_H
#define FETCH_PROXY_CHOICE_H

#include <stdbool.h>

#include "web/url.h"

/* All members are owned, and may be NULL. */
struct proxy_choice {
    char *http, *https;
    char *direct; /* of no_proxy: hosts that are reached without a proxy */
};

/* Reads the environment.  False without memory. */
MUST_CHECK bool proxy_choice_init(struct proxy_choice *choice);
void proxy_choice_release(struct proxy_choice *choice);

/* Whether the environment names any proxy. */
bool proxy_choice_has_any(const struct proxy_choice *choice);

/* The proxy for this URL, as CURLOPT_PROXY takes it; "": none.  Lives as long as the choice. */
const char *proxy_choice_of(const struct proxy_choice *choice, const struct url *url);

#endif
