/*
 * Pages that bring nothing new, found on pages that brought nothing new either. Some parts of a
 * site are made up on request: filters combined in any order, tokens in paths, pages that say "not
 * found" and link on, a URL that grows. They never end, and show the same words again.
 *
 * A page is barren if it shows no pair of words and no picture that its part of the site had not
 * shown before. Of the barren pages found on barren pages, thirty-two may lead on. Each page with
 * news allows eight more. After that, their links are left out ("page.nothing-new").
 *
 * Words from the page's own URL do not count: "nothing found for red wool". Pages that other pages
 * link to are not affected, and neither is a page with anything of its own.
 *
 * Looking at a page's words costs more than finding its links. Where many pages had news, only one
 * in seventeen is looked at. Memory is fixed; what it forgets counts as new again.
 *
 * The budget of pages without news. Hashes of everything shown tell whether a page has news, and
 * each part of a site has a counter of barren pages. Tables have a fixed size: a new entry replaces
 * the old one in its slot.
 */
#include <config.h>

#include "traps/detectors.h"

#include <stdlib.h>
#include <string.h>

#include "base/entropy.h"
#include "base/hash.h"
#include "traps/shown_marks.h"

enum {
    PART_SLOTS = 1 << 12,
    PAGE_SLOTS = 1 << 15,
    BARREN_ALLOWED = 32, /* barren pages found on barren pages that may lead on */
    BARREN_COUNTED = 40, /* such pages are counted up to this many */
    NEWS_COUNTS = 8,     /* each page with news lowers the count by this many */
    PASSED_OVER_MOST = 16,
    NEWS_TO_TRUST = 8, /* so many pages with news in a row let one more page go unseen */
    WIDE_LOOK = 256,   /* bytes that show whether the page is UTF-16 or UTF-32 */
};

/* One directory below the root, or one path with any query. */
struct part {
    uint64_t name; /* hash; 0: free */
    /* barren pages found on barren ones, less those that pages with news made up for */
    uint32_t barren;
    uint16_t with_news;   /* pages in a row, of those that were looked at */
    uint16_t passed_over; /* pages not looked at since */
};

/* Remembered for the pages that are found on it. */
struct barren_page {
    int64_t key;
    uint64_t part;
};

struct novelty_budget_page {
    bool active;
    int64_t key;
    uint64_t part;
    bool inside; /* found on a barren page */
    bool looked_at, news;
    uint64_t last_word;
};

struct novelty_budget {
    struct hash_key key;
    struct part parts[PART_SLOTS];
    struct barren_page pages[PAGE_SLOTS];
    struct shown_marks shown; /* each with its part of the site */
    struct novelty_budget_page page;
};

static void *novelty_budget_new(void)
{
    struct novelty_budget *novelty_budget = calloc(1, sizeof *novelty_budget);
    if (novelty_budget)
        entropy_fill(&novelty_budget->key, sizeof novelty_budget->key);
    return novelty_budget;
}

/* http://h/shop/red/wool/ -> "h/shop/", http://h/find?q=x -> "h/find?", http://h/page -> "h/" */
static uint64_t part_of(const struct novelty_budget *novelty_budget, const struct url *page)
{
    struct text path = url_path(page), first = text_skip(path, 1);
    ptrdiff_t slash = text_find_char(first, '/');
    struct hash_key key = {novelty_budget->key.low ^
                               hash_text(&novelty_budget->key, url_authority(page)),
                           novelty_budget->key.high};
    if (url_query(page).length)
        key.high++;
    else
        path = text_first(path, slash < 0 ? 1 : (size_t)slash + 2);
    return hash_text(&key, path) | 1;
}

static struct part *part_at_hand(struct novelty_budget *novelty_budget)
{
    uint64_t name = novelty_budget->page.part;
    struct part *part = &novelty_budget->parts[(name >> 1) % PART_SLOTS];
    if (part->name != name)
        *part = (struct part){.name = name};
    return part;
}

static const struct barren_page *barren_page(const struct novelty_budget *novelty_budget,
                                             int64_t key)
{
    const struct barren_page *page = &novelty_budget->pages[(uint64_t)key % PAGE_SLOTS];
    return key && page->key == key ? page : NULL;
}

/* The rules for series decide whether a series goes on. But in a calendar they are easily misled,
 * so its pages are watched here too. */
static bool is_watched(const struct trap_page *page)
{
    return page->body == BODY_HTML &&
           (!page->in_series || page->dated || !page->series_pages_before);
}

static bool begin_page(void *state, struct trap_page *page)
{
    struct novelty_budget *novelty_budget = state;
    struct novelty_budget_page *here = &novelty_budget->page;
    *here = (struct novelty_budget_page){.active = is_watched(page), .key = page->key};
    if (!here->active)
        return false;
    const struct barren_page *via = barren_page(novelty_budget, page->via_key);
    here->inside = via != NULL;
    here->part = via ? via->part : part_of(novelty_budget, page->url);
    struct part *part = part_at_hand(novelty_budget);
    here->looked_at = here->inside || part->passed_over >= part->with_news / NEWS_TO_TRUST;
    part->passed_over = here->looked_at ? 0 : part->passed_over + 1;
    return here->looked_at;
}

/* The target of a redirect counts as found where the redirect was found. */
static void see_redirect(void *state, int64_t key, int64_t via_key)
{
    struct novelty_budget *novelty_budget = state;
    const struct barren_page *via = barren_page(novelty_budget, via_key);
    if (via)
        novelty_budget->pages[(uint64_t)key % PAGE_SLOTS] = (struct barren_page){key, via->part};
}

/* Whether the page may turn out to lead no further. Its links then wait for its end. */
static bool is_spent(const struct novelty_budget *novelty_budget)
{
    const struct novelty_budget_page *here = &novelty_budget->page;
    const struct part *part = &novelty_budget->parts[(here->part >> 1) % PART_SLOTS];
    return here->inside && part->name == here->part && part->barren >= BARREN_ALLOWED;
}

/* Whether this part of the site shows it for the first time. */
static bool is_first_shown(struct novelty_budget *novelty_budget, uint64_t what)
{
    return shown_marks_note(&novelty_budget->shown, hash_mix(what, novelty_budget->page.part));
}

/* A picture or another requisite can be news. */
static void see_link(void *state, const struct trap_page *page, const struct link *link,
                     int64_t key)
{
    struct novelty_budget *novelty_budget = state;
    struct novelty_budget_page *here = &novelty_budget->page;
    (void)page;
    /* A query is often random, only to get around caches. */
    if ((link->class == LINK_REQUISITE || link->class == LINK_MEDIA) &&
        !url_query(link->parsed).length && is_first_shown(novelty_budget, (uint64_t)key))
        here->news = true;
}

static struct trap_verdict judge_link(void *state, const struct trap_page *page,
                                      const struct link *link)
{
    const struct novelty_budget *novelty_budget = state;
    (void)page;
    return (struct trap_verdict){.waits = novelty_budget->page.active &&
                                          link->class != LINK_REQUISITE &&
                                          is_spent(novelty_budget)};
}

static bool wants_words(void *state, const struct trap_page *page)
{
    struct novelty_budget *novelty_budget = state;
    struct novelty_budget_page *here = &novelty_budget->page;
    if (!here->looked_at)
        return false;
    /* UTF-16 and UTF-32 would be read letter by letter, so such pages count as news. */
    bool wide = text_find_char(text_first(page->html, WIDE_LOOK), '\0') >= 0;
    here->news = here->news || wide;
    return !wide;
}

static void see_word(void *state, const struct trap_word *word)
{
    struct novelty_budget *novelty_budget = state;
    struct novelty_budget_page *here = &novelty_budget->page;
    if (word->has_digit || word->is_in_url)
        return;
    here->news =
        is_first_shown(novelty_budget, hash_pair(here->last_word, word->hash)) || here->news;
    here->last_word = word->hash;
}

static enum url_rule end_page(void *state, const struct trap_page *page)
{
    struct novelty_budget *novelty_budget = state;
    struct novelty_budget_page *here = &novelty_budget->page;
    (void)page;
    if (!here->looked_at)
        return URL_RULE_NONE;
    bool spent = is_spent(novelty_budget);
    struct part *part = part_at_hand(novelty_budget);
    if (here->news) {
        part->barren -= part->barren < NEWS_COUNTS ? part->barren : NEWS_COUNTS;
        part->with_news += part->with_news < NEWS_TO_TRUST * PASSED_OVER_MOST;
        return URL_RULE_NONE;
    }
    part->with_news = 0;
    part->barren += here->inside && part->barren < BARREN_COUNTED;
    novelty_budget->pages[(uint64_t)here->key % PAGE_SLOTS] =
        (struct barren_page){here->key, here->part};
    return spent ? URL_RULE_PAGE_NOTHING_NEW : URL_RULE_NONE;
}

const struct detector detector_novelty_budget = {
    .name = "novelty-budget",
    .new = novelty_budget_new,
    .free = free,
    .begin_page = begin_page,
    .see_link = see_link,
    .judge_link = judge_link,
    .wants_words = wants_words,
    .see_word = see_word,
    .end_page = end_page,
    .see_redirect = see_redirect,
};
