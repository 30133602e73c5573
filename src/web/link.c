/* The names of link classes, as `warccap links` prints them and metadata records store them. */
#include <config.h>

#include "web/link.h"

const char *link_class_name(enum link_class class)
{
    static const char *const names[] = {"pager", "archive",   "feed",  "sitemap",
                                        "page",  "requisite", "media", "trap"};
    return names[class];
}

const char *link_certainty_name(enum link_certainty certainty)
{
    return certainty == LINK_CERTAIN ? "certain" : "possible";
}
