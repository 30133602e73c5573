/*
 * What runs in the browser, in the origins of archived hosts, besides the archived pages.
 *
 * A service worker (worker.js) sees everything that a page loads, and fetches what other hosts have
 * from the archive.  The browser starts it before the page: start.js is loaded by a page that
 * stands in for the first page of an origin.  replay.js sends links, forms and frames to archived
 * hosts. No other script is added, and no script is changed.
 */
#ifndef SERVE_REPLAY_SCRIPTS_H
#define SERVE_REPLAY_SCRIPTS_H

#include "base/text.h"

/* Below this, archived hosts have what is not archived. */
#define REPLAY_PREFIX "/-warccap/"
/* The worker asks there for URLs of any host: the whole URL follows. */
#define REPLAY_GET REPLAY_PREFIX "get/"
#define REPLAY_LINE "<script src=\"" REPLAY_PREFIX "replay.js\"></script>"
/* The worker says with this field that it is there. */
#define REPLAY_WORKER_FIELD "Warccap-Worker"
/* A browser in which no worker can run says so with this cookie. */
#define REPLAY_PLAIN_COOKIE "warccap-plain=1"

/* The script of that name; empty when there is none.  Static. */
struct text replay_script(struct text name);

/* The page that stands in.  Static. */
struct text replay_start_page(void);

#endif
