/*
 * A server that responds to every path with the same page, whose relative links lead deeper: /a/
 * links to a/ and b/, and so do /a/a/ and /a/b/.
 *
 * A page is an echo if it has the same relative links as the page that led to it. The second echo
 * in a row leads no deeper ("url.path-loop").
 *
 * Memory is fixed; what it forgets counts as new again.
 *
 * Echoes: compares a hash of each page's links, relative to the page, with that of the page it was
 * found on.
 */
#include <config.h>

#include "traps/detectors.h"

#include <stdlib.h>

#include "base/entropy.h"
#include "base/hash.h"

enum {
    PAGE_SETS = 1 << 12,
    PAGES_OF_SET = 4,   /* those whose keys fall together: what was needed last stays longest */
    ECHOES_ALLOWED = 1, /* in a row: the second leads no deeper */
};

struct seen_page {
    int64_t key;
    uint64_t links;  /* hash of where they lead, relative to the page */
    uint32_t echoes; /* how many pages in a row, up to and with this one, are echoes */
    uint32_t depth;  /* of its directory */
};

struct path_echo_page {
    bool active;
    bool deeper; /* deeper than the page that led to it */
    struct text directory, authority;
    struct seen_page seen, via;
};

struct path_echo {
    struct hash_key key;
    struct seen_page pages[PAGE_SETS][PAGES_OF_SET]; /* what was needed last comes first */
    struct path_echo_page page;
};

static void *path_echo_new(void)
{
    struct path_echo *path_echo = calloc(1, sizeof *path_echo);
    if (path_echo)
        entropy_fill(&path_echo->key, sizeof path_echo->key);
    return path_echo;
}

/* Puts the page before the others of its set, from which it or the last one is taken out. */
static void remember(struct path_echo *path_echo, const struct seen_page *page)
{
    struct seen_page *set = path_echo->pages[(uint64_t)page->key % PAGE_SETS], moved = *page;
    for (int i = 0; i < PAGES_OF_SET; i++) {
        struct seen_page before = set[i];
        set[i] = moved;
        if (before.key == page->key)
            break;
        moved = before;
    }
}

/* False: it is not known, or was forgotten. */
static bool recall(struct path_echo *path_echo, int64_t key, struct seen_page *page)
{
    const struct seen_page *set = path_echo->pages[(uint64_t)key % PAGE_SETS];
    for (int i = 0; key && i < PAGES_OF_SET; i++)
        if (set[i].key == key) {
            *page = set[i];
            remember(path_echo, page);
            return true;
        }
    *page = (struct seen_page){.key = 0};
    return false;
}

static struct text directory_of(struct text path)
{
    while (path.length && path.at[path.length - 1] != '/')
        path.length--;
    return path;
}

static uint32_t depth_of(struct text directory)
{
    uint32_t depth = 0;
    for (size_t i = 0; i < directory.length; i++)
        depth += directory.at[i] == '/';
    return depth;
}

static bool is_below(const struct path_echo_page *page, const struct url *link)
{
    return text_starts(url_path(link), page->directory) &&
           text_equal(url_authority(link), page->authority);
}

static bool begin_page(void *state, struct trap_page *page)
{
    struct path_echo *path_echo = state;
    struct path_echo_page *here = &path_echo->page;
    *here = (struct path_echo_page){.active = page->html.length > 0};
    if (!here->active)
        return false;
    here->authority = url_authority(page->url);
    here->directory = directory_of(url_path(page->url));
    here->seen = (struct seen_page){.key = page->key, .depth = depth_of(here->directory)};
    here->deeper =
        recall(path_echo, page->via_key, &here->via) && here->via.depth < here->seen.depth;
    return true;
}

static void see_link(void *state, const struct trap_page *page, const struct link *link,
                     int64_t key)
{
    struct path_echo *path_echo = state;
    struct path_echo_page *here = &path_echo->page;
    (void)page;
    struct text path = url_path(link->parsed);
    uint64_t from_here = is_below(here, link->parsed)
                             ? hash_text(&path_echo->key, text_skip(path, here->directory.length))
                             : (uint64_t)key;
    here->seen.links = hash_mix(here->seen.links, from_here);
}

/* Links that lead deeper wait, because the page may turn out to be one echo too many. */
static struct trap_verdict judge_link(void *state, const struct trap_page *page,
                                      const struct link *link)
{
    const struct path_echo_page *here = &((const struct path_echo *)state)->page;
    (void)page;
    return (struct trap_verdict){
        .waits = here->active && here->deeper && here->via.echoes >= ECHOES_ALLOWED &&
                 link->class != LINK_REQUISITE && is_below(here, link->parsed)};
}

static enum url_rule end_page(void *state, const struct trap_page *page)
{
    struct path_echo *path_echo = state;
    struct path_echo_page *here = &path_echo->page;
    (void)page;
    if (!here->active)
        return URL_RULE_NONE;
    bool echo = here->deeper && here->seen.links == here->via.links;
    here->seen.echoes = echo ? here->via.echoes + 1 : 0;
    remember(path_echo, &here->seen);
    return here->seen.echoes > ECHOES_ALLOWED ? URL_RULE_URL_PATH_LOOP : URL_RULE_NONE;
}

const struct detector detector_path_echo = {
    .name = "path-echo",
    .new = path_echo_new,
    .free = free,
    .begin_page = begin_page,
    .see_link = see_link,
    .judge_link = judge_link,
    .end_page = end_page,
};
