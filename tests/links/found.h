/* Cases of the form: these bytes have exactly these URLs, in this order. */
#ifndef TESTS_LINKS_FOUND_H
#define TESTS_LINKS_FOUND_H

#include <stdbool.h>

#include "base/buf.h"
#include "web/media_type.h"

struct form_case {
    const char *name;
    enum media_kind kind;
    const char *bytes;
    const char *found; /* separated by spaces; without http://h.example */
    bool classes;      /* each URL has its class in front: "pager:/page/2" */
};

/* Writes the URLs that are found, as in `found`. */
void found_urls(const struct form_case *form, const char *base, struct buf *found);
/* Fails the test unless they are those of the case. */
void found_check(const struct form_case *form, const char *base);

#endif
