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
