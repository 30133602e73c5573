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
    struct path_facets *path_facets = calloc(1, sizeof *path_facets);
    if (path_facets)
        entropy_fill(&path_facets->key, sizeof path_facets->key);
    return path_facets;
}

void path_facets_free(struct path_facets *path_facets)
{
    free(path_facets);
}

static uint64_t mix(const struct path_facets *path_facets, uint64_t one, uint64_t other)
{
    uint64_t both[] = {one, other};
    return hash_text(&path_facets->key, (struct text){(const char *)both, sizeof both}) | 1;
}

static struct text without_slash(struct text path)
{
    path.length -= path.length && path.at[path.length - 1] == '/';
    return path;
}

static uint64_t place_of(const struct path_facets *path_facets, struct text authority,
                         struct text path)
{
    return mix(path_facets, hash_text(&path_facets->key, authority),
               hash_text(&path_facets->key, path));
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

void path_facets_begin(struct path_facets *path_facets, const struct url *page)
{
    struct text rest = without_slash(url_path(page));
    path_facets->path = rest;
    path_facets->authority = url_authority(page);
    struct text second = take_last(&rest), first = take_last(&rest);
    path_facets->active =
        first.length && second.length && !url_query(page).length && !text_equal(first, second);
    if (!path_facets->active)
        return;
    path_facets->leads_on = false;
    path_facets->place = place_of(path_facets, path_facets->authority, rest);
    path_facets->first = mix(path_facets, path_facets->place, hash_text(&path_facets->key, first));
    path_facets->second =
        mix(path_facets, path_facets->place, hash_text(&path_facets->key, second));
    path_facets->present =
        (struct pair){.set = path_facets->first + path_facets->second, .order = path_facets->first};
}

void path_facets_link(struct path_facets *path_facets, const struct url *link, int64_t key)
{
    struct text path = without_slash(url_path(link)), below = TEXT("");
    if (!path_facets->active)
        return;
    uint64_t from_here = (uint64_t)key;
    if (text_starts(path, path_facets->path) &&
        text_equal(url_authority(link), path_facets->authority)) {
        below = text_skip(path, path_facets->path.length);
        if (!below.length || below.at[0] == '/')
            from_here = hash_text(&path_facets->key, below);
    }
    path_facets->leads_on = path_facets->leads_on || (below.length && below.at[0] == '/');
    /* A sum, for menus and ways back stand in the order of the choices. */
    path_facets->present.links += mix(path_facets, from_here, 0);
}

static void remember(uint64_t *slots, uint64_t what)
{
    slots[(what >> 1) % TAG_NAME_SLOTS] = what;
}

static bool knows(const uint64_t *slots, uint64_t what)
{
    return slots[(what >> 1) % TAG_NAME_SLOTS] == what;
}

void path_facets_end(struct path_facets *path_facets)
{
    struct pair *pair = &path_facets->pairs[path_facets->present.set % PAIR_SLOTS];
    if (!path_facets->active || !path_facets->leads_on)
        return;
    bool same = pair->set == path_facets->present.set &&
                pair->order != path_facets->present.order &&
                pair->links == path_facets->present.links;
    if (!same) {
        *pair = path_facets->present;
        return;
    }
    size_t at = (path_facets->place >> 1) % TAG_NAME_SLOTS;
    path_facets->seen[at] =
        knows(path_facets->places, path_facets->place) ? path_facets->seen[at] + 1 : 1;
    path_facets->any = path_facets->any || path_facets->seen[at] >= SEEN_WANTED;
    remember(path_facets->places, path_facets->place);
    remember(path_facets->names, path_facets->first);
    remember(path_facets->names, path_facets->second);
}

bool path_facets_join(const struct path_facets *path_facets, const struct url *link)
{
    uint64_t segments[PATH_SEGMENTS_MOST];
    struct text rest = without_slash(url_path(link));
    if (!path_facets->any || url_query(link).length)
        return false;
    for (int count = 0; rest.length && count < PATH_SEGMENTS_MOST; count++) {
        segments[count] = hash_text(&path_facets->key, take_last(&rest));
        for (int i = 0; i < count; i++)
            if (segments[i] == segments[count])
                return false; /* nobody chooses the same twice: that is a loop */
        if (count < JOINED_MOST)
            continue;
        /* What stands before may be a place, if all behind it are choices of it. */
        uint64_t place = place_of(path_facets, url_authority(link), rest);
        bool joined = knows(path_facets->places, place) &&
                      path_facets->seen[(place >> 1) % TAG_NAME_SLOTS] >= SEEN_WANTED;
        for (int i = 0; joined && i <= count; i++)
            joined = knows(path_facets->names, mix(path_facets, place, segments[i]));
        if (joined)
            return true;
    }
    return false;
}
