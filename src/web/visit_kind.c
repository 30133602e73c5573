/* The names of visit kinds, as in logs, summaries and metadata records, and what a path tells. */
#include <config.h>

#include "web/visit_kind.h"

static const char *const names[VISIT_KINDS] = {"robots", "seed",       "sitemap",   "feed",
                                               "pager",  "archive",    "requisite", "page",
                                               "media",  "speculative"};

const char *visit_kind_name(enum visit_kind kind)
{
    return names[kind];
}

bool visit_kind_of_name(struct text name, enum visit_kind *kind)
{
    for (int i = 0; i < VISIT_KINDS; i++)
        if (text_equal(name, text_of(names[i]))) {
            *kind = (enum visit_kind)i;
            return true;
        }
    return false;
}

bool visit_hops_guessed(struct text hops)
{
    while (text_ends(hops, TEXT("R")))
        hops.length--;
    return text_ends(hops, TEXT("I"));
}

enum visit_kind visit_kind_of_media(enum media_kind media)
{
    switch (media) {
    case MEDIA_HTML:
        return VISIT_PAGE;
    case MEDIA_FEED:
        return VISIT_FEED;
    case MEDIA_SITEMAP:
        return VISIT_SITEMAP;
    case MEDIA_OTHER:
        return VISIT_MEDIA;
    default:
        return VISIT_REQUISITE;
    }
}
