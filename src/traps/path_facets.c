/*
 * Facets are filters joined in the path. /shop/red/small/ shows what /shop/small/red/ shows, and
 * both link to the same pages with one more filter. Eight filters make a hundred thousand such
 * URLs, and twenty make them endless. Pages with one or two filters already list everything.
 *
 * Two pages that differ only in the order of their last two segments, and have the same relative
 * links, show that both segments are filters of the path before them. Once this was seen twice
 * below a path, a third filter is not joined to two others ("url.facets").
 *
 * Routes and dictionaries (/berlin/paris/, /paris/berlin/) show something else in the other order,
 * so they are not facets. Neither are products below a filter (/shop/red/small/boots.html). Memory
 * is fixed; what it forgets counts as new again.
 *
 * Facets in paths: looks for two pages with the same last two segments in a different order and the
 * same relative links, and remembers the segments as filters.
 */
#include <config.h>

#include "traps/detectors.h"

#include <stdlib.h>

#include "base/entropy.h"
#include "base/hash.h"

enum {
    PAIR_SLOTS = 1 << 13,
    NAME_SLOTS = 1 << 13,
    SEEN_WANTED = 2, /* pairs of pages before the segments count as filters */
    JOINED_MOST = 2,
    SEGMENTS_MOST = 32,
};

/* A page, known by the set of its last two segments. */
struct pair {
    uint64_t set, order, links;
};

struct path_facets_page {
    bool active;                 /* it has at least two segments */
    bool leads_on;               /* it links to something below it */
    struct text authority, path; /* without the final slash */
    /* Hashes of the path before the last two segments, and of each segment at that place: */
    uint64_t place, first, second;
    struct pair pair;
};

struct path_facets {
    struct hash_key key;
    struct pair pairs[PAIR_SLOTS];
    uint64_t names[NAME_SLOTS];  /* a place and one of its filters, hashed together */
    uint64_t places[NAME_SLOTS]; /* hash of a place whose segments are filters ... */
    uint32_t seen[NAME_SLOTS];   /* ... and how often that was seen */
    bool any;
    struct path_facets_page page;
};

static void *path_facets_new(void)
{
    struct path_facets *path_facets = calloc(1, sizeof *path_facets);
    if (path_facets)
        entropy_fill(&path_facets->key, sizeof path_facets->key);
    return path_facets;
}

static struct text without_slash(struct text path)
{
    path.length -= path.length && path.at[path.length - 1] == '/';
    return path;
}

static uint64_t place_of(const struct path_facets *path_facets, struct text authority,
                         struct text path)
{
    return hash_mix(hash_text(&path_facets->key, authority), hash_text(&path_facets->key, path));
}

/* Takes the last segment and the slash before it off *path. Empty: there is none. */
static struct text take_last(struct text *path)
{
    size_t from = path->length;
    while (from && path->at[from - 1] != '/')
        from--;
    struct text last = text_skip(*path, from);
    path->length = from ? from - 1 : 0;
    return last;
}

static bool begin_page(void *state, struct trap_page *page)
{
    struct path_facets *path_facets = state;
    struct path_facets_page *here = &path_facets->page;
    struct text rest = without_slash(url_path(page->url));
    *here = (struct path_facets_page){.authority = url_authority(page->url), .path = rest};
    struct text second = take_last(&rest), first = take_last(&rest);
    here->active = page->html.length && first.length && second.length &&
                   !url_query(page->url).length && !text_equal(first, second);
    if (!here->active)
        return false;
    here->place = place_of(path_facets, here->authority, rest);
    here->first = hash_mix(here->place, hash_text(&path_facets->key, first));
    here->second = hash_mix(here->place, hash_text(&path_facets->key, second));
    here->pair = (struct pair){.set = here->first + here->second, .order = here->first};
    return true;
}

static void see_link(void *state, const struct trap_page *page, const struct link *link,
                     int64_t key)
{
    struct path_facets *path_facets = state;
    struct path_facets_page *here = &path_facets->page;
    (void)page;
    struct text path = without_slash(url_path(link->parsed)), below = TEXT("");
    uint64_t from_here = (uint64_t)key;
    if (text_starts(path, here->path) && text_equal(url_authority(link->parsed), here->authority)) {
        below = text_skip(path, here->path.length);
        if (!below.length || below.at[0] == '/')
            from_here = hash_text(&path_facets->key, below);
    }
    here->leads_on = here->leads_on || (below.length && below.at[0] == '/');
    /* A sum, because menus and breadcrumbs list the filters in the order of the path. */
    here->pair.links += hash_mix(from_here, 0);
}

static void remember(uint64_t *slots, uint64_t what)
{
    slots[(what >> 1) % NAME_SLOTS] = what;
}

static bool knows(const uint64_t *slots, uint64_t what)
{
    return slots[(what >> 1) % NAME_SLOTS] == what;
}

/* Whether the URL joins a third filter to two others, or a further one. */
static bool joins_choices(const struct path_facets *path_facets, const struct url *url)
{
    uint64_t segments[SEGMENTS_MOST];
    struct text rest = without_slash(url_path(url));
    if (!path_facets->any || url_query(url).length)
        return false;
    for (int count = 0; rest.length && count < SEGMENTS_MOST; count++) {
        segments[count] = hash_text(&path_facets->key, take_last(&rest));
        for (int i = 0; i < count; i++)
            if (segments[i] == segments[count])
                return false; /* nobody picks the same filter twice: that is a loop */
        if (count < JOINED_MOST)
            continue;
        /* The rest of the path is such a place if all segments after it are its filters. */
        uint64_t place = place_of(path_facets, url_authority(url), rest);
        bool joined = knows(path_facets->places, place) &&
                      path_facets->seen[(place >> 1) % NAME_SLOTS] >= SEEN_WANTED;
        for (int i = 0; joined && i <= count; i++)
            joined = knows(path_facets->names, hash_mix(place, segments[i]));
        if (joined)
            return true;
    }
    return false;
}

static struct trap_verdict judge_link(void *state, const struct trap_page *page,
                                      const struct link *link)
{
    (void)page;
    bool refused = link->class != LINK_REQUISITE && joins_choices(state, link->parsed);
    return (struct trap_verdict){.rule = refused ? URL_RULE_URL_FACETS : URL_RULE_NONE};
}

static enum url_rule end_page(void *state, const struct trap_page *page)
{
    struct path_facets *path_facets = state;
    const struct path_facets_page *here = &path_facets->page;
    (void)page;
    if (!here->active || !here->leads_on)
        return URL_RULE_NONE;
    struct pair *pair = &path_facets->pairs[here->pair.set % PAIR_SLOTS];
    bool same = pair->set == here->pair.set && pair->order != here->pair.order &&
                pair->links == here->pair.links;
    if (!same) {
        *pair = here->pair;
        return URL_RULE_NONE;
    }
    size_t at = (here->place >> 1) % NAME_SLOTS;
    path_facets->seen[at] = knows(path_facets->places, here->place) ? path_facets->seen[at] + 1 : 1;
    path_facets->any = path_facets->any || path_facets->seen[at] >= SEEN_WANTED;
    remember(path_facets->places, here->place);
    remember(path_facets->names, here->first);
    remember(path_facets->names, here->second);
    return URL_RULE_NONE;
}

const struct detector detector_path_facets = {
    .name = "path-facets",
    .new = path_facets_new,
    .free = free,
    .begin_page = begin_page,
    .see_link = see_link,
    .judge_link = judge_link,
    .end_page = end_page,
};
