/* Generators of static sites whose sitemap has every page. */
#include <config.h>

#include "platform/platforms.h"

static const char *const marks[] = {"content=\"Hugo ",
                                    "content=\"Hexo ",
                                    "content=\"Jekyll ",
                                    "content=\"Octopress",
                                    "content=\"mkdocs-",
                                    "content=\"Docusaurus ",
                                    "content=\"Astro ",
                                    "content=\"Eleventy ",
                                    "content=\"Gatsby ",
                                    "content=\"VitePress ",
                                    "content=\"VuePress ",
                                    "content=\"Zensical",
                                    NULL};

static const struct platform_request requests[] = {
    {WORD("/sitemap.xml"), LINK_SITEMAP, NULL},
    {.path = WORD("")},
};

const struct platform platform_static_site = {.name = "a static generator",
                                              .marks = marks,
                                              .requests = requests};
