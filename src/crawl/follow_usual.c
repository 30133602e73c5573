/*
 * Sitemaps that nothing names are looked for where they usually are.  /sitemap.xml is asked for
 * after a seed's page, if the robots.txt of its host is missing or names none.  A seed that leads
 * nowhere is no use without one: /sitemap_index.xml is asked for too, whatever robots.txt says.
 */
#include <config.h>

#include "crawl/follow_internal.h"

#include "base/hash.h"

/* robots.txt is there, or is missing: 4xx but for 429 (RFC 9309, 2.3.1.3). */
static bool is_read(int status)
{
    return (status >= 200 && status < 300) || (status >= 400 && status < 500 && status != 429);
}

static void note_host(struct follow *follow)
{
    struct follow_robots *robots = &follow->robots;
    robots->without[robots->count++ % ROBOTS_HOSTS] = hash_quick(0, url_authority(&follow->base));
}

static bool names_none(const struct follow *follow)
{
    const struct follow_robots *robots = &follow->robots;
    uint64_t host = hash_quick(0, url_authority(&follow->base));
    for (size_t i = 0; i < robots->count && i < ROBOTS_HOSTS; i++)
        if (robots->without[i] == host)
            return true;
    return false;
}

/* Of hosts that only images come from, no sitemap is wanted. */
static bool is_of_site(const struct follow *follow, const struct url *url)
{
    return scope_holds(follow->scope, url) ||
           scope_has_seed_on(follow->scope, url_authority(url), url->https);
}

static void infer(struct follow *follow, struct follow_page *page, struct text place)
{
    struct link link = {.class = LINK_SITEMAP, .certainty = LINK_CERTAIN, .parsed = &follow->link};
    link.where = TEXT("inferred: the usual place");
    if (page->result != RESULT_OK ||
        url_parse(&follow->link, place, &follow->base, TEXT("")) != URL_OK ||
        scope_refuses(follow->scope, &link, &follow->link, page->origin.depth, page->origin.hops) ||
        !is_of_site(follow, &follow->link))
        return;
    link.url = url_resource(&follow->link);
    provenance_write_outlink(page->lines, &link, 'I');
    follow_inferred(follow, page, &link, 0);
}

void follow_usual_sitemap(struct follow *follow, struct follow_page *page, int status)
{
    bool nowhere = !page->names_pages;
    if (page->origin.kind == VISIT_ROBOTS && is_read(status) && !page->names_sitemap)
        note_host(follow);
    if (page->origin.kind != VISIT_SEED || status != 200 || page->names_sitemap || page->platform)
        return; /* the lists of a platform are known */
    if (nowhere || names_none(follow))
        infer(follow, page, TEXT("/sitemap.xml"));
    if (nowhere)
        infer(follow, page, TEXT("/sitemap_index.xml"));
}
