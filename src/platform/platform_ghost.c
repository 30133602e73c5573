/* Ghost: its sitemap and its feed. */
#include <config.h>

#include "platform/platforms.h"

static const char *const marks[] = {"content=\"Ghost ", NULL};

static const struct platform_request requests[] = {
    {WORD("/sitemap.xml"), LINK_SITEMAP, NULL},
    {WORD("/rss/"), LINK_FEED, NULL},
    {.path = WORD("")},
};

const struct platform platform_ghost = {.name = "Ghost", .marks = marks, .requests = requests};
