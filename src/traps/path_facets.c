#include <config.h>

#include "traps/path_facets.h"

#include <stdlib.h>

#include "base/entropy.h"
#include "base/hash.h"

enum {
    PAIR_SLOTS = 1 << 13,
    TAG_NAME_SLOTS = 1 << 13,
    SEEN_WANTED = 2, /* pairs of pages, before it is believed */
    JOINED_MOST = 2,
    PATH_SEGMENTS_MOST = 32,
};

/* A page by the set of its last two segments. */
struct pair {
    uint64_t set, order, links;
};

struct path_facets {
    struct hash_key key;
    struct pair pairs[PAIR_SLOTS];
    uint64_t names[TAG_NAME_SLOTS];  /* a place and a choice of it, hashed together */
    uint64_t places[TAG_NAME_SLOTS]; /* hash of a place whose segments are choices ... */
    uint32_t seen[TAG_NAME_SLOTS];   /* ... and how often that was seen */
    bool any;
    /* The page at hand: */
    bool active;                 /* it has two segments at least */
    struct text authority, path; /* without the closing slash */
    uint64_t place, first,
        second; /* hashes of what stands before the last two segments, and of them in that place */
    struct pair present;
    bool leads_on; /* it has a link to something below it */
};

struct path_facets *path_facets_new(void)
{
    struct path_facets *choices = calloc(1, sizeof *choices);
    if (choices)
        entropy_fill(&choices->key, sizeof choices->key);
    return choices;
}

void path_facets_free(struct path_facets *choices)
{
    free(choices);
}

static uint64_t mix(const struct path_facets *choices, uint64_t one, uint64_t other)
{
    uint64_t both[] = {one, other};
    return hash_text(&choices->key, (struct text){(const char *)both, sizeof both}) | 1;
}

static struct text without_slash(struct text path)
{
    path.length -= path.length && path.at[path.length - 1] == '/';
    return path;
}

static uint64_t place_of(const struct path_facets *choices, struct text authority, struct text path)
{
    return mix(choices, hash_text(&choices->key, authority), hash_text(&choices->key, path));
}

/* Takes the last segment off *path, with the slash before it; empty when there is none. */
static struct text take_last(struct text *path)
{
    size_t from = path->length;
    while (from && path->at[from - 1] != '/')
        from--;
    struct text last = text_skip(*path, from);
    path->length = from ? from - 1 : 0;
    return last;
}

void path_facets_begin(struct path_facets *choices, const struct url *page)
{
    struct text rest = without_slash(url_path(page));
    choices->path = rest;
    choices->authority = url_authority(page);
    struct text second = take_last(&rest), first = take_last(&rest);
    choices->active =
        first.length && second.length && !url_query(page).length && !text_equal(first, second);
    if (!choices->active)
        return;
    choices->leads_on = false;
    choices->place = place_of(choices, choices->authority, rest);
    choices->first = mix(choices, choices->place, hash_text(&choices->key, first));
    choices->second = mix(choices, choices->place, hash_text(&choices->key, second));
    choices->present =
        (struct pair){.set = choices->first + choices->second, .order = choices->first};
}

void path_facets_link(struct path_facets *choices, const struct url *link, int64_t key)
{
    struct text path = without_slash(url_path(link)), below = TEXT("");
    if (!choices->active)
        return;
    uint64_t from_here = (uint64_t)key;
    if (text_starts(path, choices->path) && text_equal(url_authority(link), choices->authority)) {
        below = text_skip(path, choices->path.length);
        if (!below.length || below.at[0] == '/')
            from_here = hash_text(&choices->key, below);
    }
    choices->leads_on = choices->leads_on || (below.length && below.at[0] == '/');
    /* A sum, for menus and ways back stand in the order of the choices. */
    choices->present.links += mix(choices, from_here, 0);
}

static void remember(uint64_t *slots, uint64_t what)
{
    slots[(what >> 1) % TAG_NAME_SLOTS] = what;
}

static bool knows(const uint64_t *slots, uint64_t what)
{
    return slots[(what >> 1) % TAG_NAME_SLOTS] == what;
}

void path_facets_end(struct path_facets *choices)
{
    struct pair *pair = &choices->pairs[choices->present.set % PAIR_SLOTS];
    if (!choices->active || !choices->leads_on)
        return;
    bool same = pair->set == choices->present.set && pair->order != choices->present.order &&
                pair->links == choices->present.links;
    if (!same) {
        *pair = choices->present;
        return;
    }
    size_t at = (choices->place >> 1) % TAG_NAME_SLOTS;
    choices->seen[at] = knows(choices->places, choices->place) ? choices->seen[at] + 1 : 1;
    choices->any = choices->any || choices->seen[at] >= SEEN_WANTED;
    remember(choices->places, choices->place);
    remember(choices->names, choices->first);
    remember(choices->names, choices->second);
}

bool path_facets_join(const struct path_facets *choices, const struct url *link)
{
    uint64_t segments[PATH_SEGMENTS_MOST];
    struct text rest = without_slash(url_path(link));
    if (!choices->any || url_query(link).length)
        return false;
    for (int count = 0; rest.length && count < PATH_SEGMENTS_MOST; count++) {
        segments[count] = hash_text(&choices->key, take_last(&rest));
        for (int i = 0; i < count; i++)
            if (segments[i] == segments[count])
                return false; /* nobody chooses the same twice: that is a loop */
        if (count < JOINED_MOST)
            continue;
        /* What stands before may be a place, if all behind it are choices of it. */
        uint64_t place = place_of(choices, url_authority(link), rest);
        bool joined = knows(choices->places, place) &&
                      choices->seen[(place >> 1) % TAG_NAME_SLOTS] >= SEEN_WANTED;
        for (int i = 0; joined && i <= count; i++)
            joined = knows(choices->names, mix(choices, place, segments[i]));
        if (joined)
            return true;
    }
    return false;
}
