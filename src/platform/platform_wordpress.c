/*
 * WordPress: its own sitemap (since 5.5), that of the Yoast plug-in, and the routes of its REST
 * API. The same for sites with plain URLs (?p=7).
 */
#include <config.h>

#include "platform/platforms.h"

static const char *const marks[] = {"content=\"WordPress ", "https://api.w.org/", "/wp-content/",
                                    NULL};

static const struct platform_request requests[] = {
    {WORD("/wp-sitemap.xml"), LINK_SITEMAP, NULL},
    {WORD("/sitemap_index.xml"), LINK_SITEMAP, "yoast"},
    {WORD("/wp-json/"), LINK_PAGE, "https://api.w.org/"},
    {WORD("/?sitemap=index"), LINK_SITEMAP, "?rest_route=/"},
    {WORD("/index.php?rest_route=/"), LINK_PAGE, "?rest_route=/"},
    {.path = WORD("")},
};

const struct platform platform_wordpress = {.name = "WordPress",
                                            .marks = marks,
                                            .requests = requests};
