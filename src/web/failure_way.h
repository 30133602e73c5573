/*
 * In which way a URL failed: its host has no address, the connection was refused, the site answered
 * 503.  Two failures in the same way have the same number.  Numbers stand in stores, and names in
 * the JSON of runs, so neither ever changes its meaning.
 */
#ifndef WEB_FAILURE_WAY_H
#define WEB_FAILURE_WAY_H

#include <stdbool.h>

#include "base/text.h"
#include "web/exchange.h"

enum {
    WAY_UNKNOWN,
    WAY_NAME,        /* the host's name has no address, or no name server answers */
    WAY_CONNECTION,  /* the connection was refused, or there is no route */
    WAY_SILENCE,     /* no reply within the time for connecting */
    WAY_TLS,         /* connected, but TLS failed */
    WAY_NO_RESPONSE, /* the request was sent, and no response came */
    WAY_CUT,         /* the response is not whole */
    WAY_BODY,        /* the body can't be decoded */
    WAY_RULES,       /* the host's robots.txt could not be had */
    WAY_STATUS,      /* and the status of HTTP: WAY_STATUS + 503 */
    WAY_STATUS_LAST = WAY_STATUS + 999,
};

/* The way in which an exchange failed.  `body_damaged`: the body can't be decoded. */
int failure_way_of(const struct exchange *exchange, bool body_damaged);
/* The way in which every request to a host fails that can't be reached. */
int failure_way_unreached(enum exchange_unreached unreached);

enum { FAILURE_WAY_NAME_SIZE = 24 };

/* "no-address", "status-503". */
void failure_way_write(int way, char name[FAILURE_WAY_NAME_SIZE]);
/* WAY_UNKNOWN for any other text. */
int failure_way_read(struct text name);

#endif
