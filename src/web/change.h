/* How a response differs from the capture of its URL that the archive had before. */
#ifndef WEB_CHANGE_H
#define WEB_CHANGE_H

#include "base/text.h"

enum change {
    CHANGE_NONE,
    CHANGE_NEW,
    CHANGE_CHANGED,   /* different bytes; for a page, different text of its own */
    CHANGE_REFRESHED, /* a page with the same text and different menus, counts or design */
    CHANGE_GONE,      /* 404 or 410, where there was a page or file */
    CHANGE_MOVED,     /* a redirect, where there was a page or file */
    CHANGE_COUNT,
};

/* "none", "new", "changed", ...: for logs, summaries and records.  Static. */
const char *change_name(enum change change);
/* The change with this name; CHANGE_NONE when there is none. */
enum change change_of_name(struct text name);

#endif
