/* Generators of static sites: Hugo, Hexo, Jekyll, Octopress. */
#include <config.h>

#include "platform/platforms.h"

static const char *const marks[] = {"content=\"Hugo ", "content=\"Hexo ", "content=\"Jekyll ",
                                    "content=\"Octopress", NULL};

static const struct platform_request requests[] = {
    {WORD("/sitemap.xml"), LINK_SITEMAP, NULL},
    {.path = WORD("")},
};

const struct platform platform_static_site = {.name = "a static generator",
                                              .marks = marks,
                                              .requests = requests};
