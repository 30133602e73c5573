/* A hash table of seeds: chains in slots, which double when they are full. */
#include <config.h>

#include "frontier/scope_seeds.h"

#include <stdlib.h>

#include "base/entropy.h"

enum { SLOTS_FIRST = 16 };

static struct text without_www(struct text host)
{
    return text_starts(host, TEXT("www.")) ? text_skip(host, 4) : host;
}

/* http and https, with www. or without, are one site. */
static size_t slot_of_site(const struct scope_seeds *seeds, struct text host)
{
    return (size_t)hash_text(&seeds->key, without_www(host)) & (seeds->slots - 1);
}

static size_t slot_of_url(const struct scope_seeds *seeds, const struct url *url)
{
    return (size_t)hash_text(&seeds->key, url_resource(url)) & (seeds->slots - 1);
}

void scope_seeds_release(struct scope_seeds *seeds)
{
    for (size_t i = 0; i < seeds->count; i++)
        url_release(&seeds->list[i].url);
    free(seeds->list);
    free(seeds->by_url);
    free(seeds->by_site);
    free(seeds->places);
    *seeds = (struct scope_seeds){.list = NULL};
}

static struct seed *at(const struct scope_seeds *seeds, size_t place)
{
    return place ? &seeds->list[place - 1] : NULL;
}

struct seed *scope_seeds_find(const struct scope_seeds *seeds, const struct url *url)
{
    struct seed *seed = seeds->slots ? at(seeds, seeds->by_url[slot_of_url(seeds, url)]) : NULL;
    while (seed && !text_equal(url_resource(&seed->url), url_resource(url)))
        seed = at(seeds, seed->next_of_url);
    return seed;
}

const struct seed *scope_seeds_on(const struct scope_seeds *seeds, struct text host)
{
    return seeds->slots ? at(seeds, seeds->by_site[slot_of_site(seeds, host)]) : NULL;
}

const struct seed *scope_seeds_next_on(const struct scope_seeds *seeds, const struct seed *seed)
{
    return at(seeds, seed->next_of_site);
}

const struct seed *scope_seeds_place(const struct scope_seeds *seeds, struct text host)
{
    return seeds->slots ? at(seeds, seeds->places[slot_of_site(seeds, host)]) : NULL;
}

const struct seed *scope_seeds_next_place(const struct scope_seeds *seeds, const struct seed *seed)
{
    return at(seeds, seed->next_place);
}

/* Puts the seed at this place of the list into the slots. */
static void chain(struct scope_seeds *seeds, size_t place)
{
    struct seed *seed = &seeds->list[place];
    size_t *url = &seeds->by_url[slot_of_url(seeds, &seed->url)];
    size_t *site = &seeds->by_site[slot_of_site(seeds, url_host(&seed->url))];
    size_t *first = &seeds->places[slot_of_site(seeds, url_host(&seed->url))];
    seed->next_of_url = *url;
    seed->next_of_site = *site;
    *url = *site = place + 1;
    for (const struct seed *other = at(seeds, *first); other; other = at(seeds, other->next_place))
        if (url_same_site(&other->url, &seed->url) &&
            text_equal(other->directory, seed->directory)) {
            seed->next_place = 0;
            return;
        }
    seed->next_place = *first;
    *first = place + 1;
}

static bool make_slots(struct scope_seeds *seeds)
{
    size_t slots = seeds->slots ? 2 * seeds->slots : SLOTS_FIRST;
    size_t *by_url = calloc(slots, sizeof *by_url), *by_site = calloc(slots, sizeof *by_site),
           *places = calloc(slots, sizeof *places);
    if (!by_url || !by_site || !places) {
        free(by_url);
        free(by_site);
        free(places);
        return false;
    }
    if (!seeds->slots)
        entropy_fill(&seeds->key, sizeof seeds->key);
    free(seeds->by_url);
    free(seeds->by_site);
    free(seeds->places);
    seeds->by_url = by_url;
    seeds->by_site = by_site;
    seeds->places = places;
    seeds->slots = slots;
    for (size_t i = 0; i < seeds->count; i++)
        chain(seeds, i);
    return true;
}

static bool make_room(struct scope_seeds *seeds)
{
    if (seeds->count == seeds->room) {
        size_t room = seeds->room ? 2 * seeds->room : SLOTS_FIRST;
        struct seed *longer = realloc(seeds->list, room * sizeof *longer);
        if (!longer)
            return false;
        seeds->list = longer;
        seeds->room = room;
    }
    return seeds->count < seeds->slots || make_slots(seeds);
}

bool scope_seeds_add(struct scope_seeds *seeds, const struct url *url, bool given)
{
    if (seeds->count == SEEDS_MOST || !make_room(seeds))
        return false;
    struct seed *seed = &seeds->list[seeds->count];
    *seed = (struct seed){.given = given};
    url_init(&seed->url);
    if (!url_copy(&seed->url, url)) {
        url_release(&seed->url);
        return false;
    }
    struct text path = url_path(&seed->url);
    while (path.length > 1 && path.at[path.length - 1] != '/')
        path.length--;
    seed->directory = path;
    chain(seeds, seeds->count++);
    return true;
}
