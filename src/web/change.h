/* How a response differs from what the archive held of its URL before. */
#ifndef WEB_CHANGE_H
#define WEB_CHANGE_H

#include "base/text.h"

enum change {
    CHANGE_NONE,
    CHANGE_NEW,
    CHANGE_CHANGED,   /* other octets; of a page: another text of its own */
    CHANGE_REFRESHED, /* a page with other octets around the same text: menus, counts, design */
    CHANGE_GONE,      /* 404 or 410 where an answer was */
    CHANGE_MOVED,     /* a redirect where an answer was */
    CHANGE_COUNT,
};

const char *change_name(enum change change);  /* "new", ... */
enum change change_of_name(struct text name); /* CHANGE_NONE: it is no name of one */

#endif
