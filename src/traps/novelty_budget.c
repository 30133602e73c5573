#include <config.h>

#include "traps/novelty_budget.h"

#include <stdlib.h>
#include <string.h>

#include "base/entropy.h"
#include "base/hash.h"
#include "html/page_text.h"

enum {
    SHOWN_SLOTS = 1 << 18, /* 1 MB of hashes of what was shown, each with its part of the site */
    PART_SLOTS = 1 << 12,
    PAGE_SLOTS = 1 << 15,
    BARREN_ALLOWED = 32, /* pages inside a burrow, */
    BARREN_COUNTED = 40, /* of which no more than so many are counted, */
    NEWS_COUNTS = 8,     /* and each page with news for so many less */
    PASSED_OVER_MOST = 16,
    NEWS_TO_TRUST = 8, /* pages with news in a row, for each page more that may go unseen */
    WIDE_LOOK = 256,   /* octets that tell whether a page has two or four of them a letter */
};

/* Of one directory below the root, or of one path with whatever queries. */
struct part {
    uint64_t name;   /* hash; 0: free */
    uint32_t barren; /* pages that were found on barren ones, less what those with news count for */
    uint16_t with_news;   /* pages in a row, of those that were looked at */
    uint16_t passed_over; /* pages since */
};

/* A page that was barren, for those that are found on it. */
struct barren_page {
    int64_t key;
    uint64_t part;
};

struct novelty_budget {
    struct hash_key key;
    struct part parts[PART_SLOTS];
    struct barren_page pages[PAGE_SLOTS];
    uint32_t shown[SHOWN_SLOTS];
    /* The page at hand: */
    struct text address; /* its path and query */
    int64_t page_key;
    uint64_t part;
    bool inside; /* found on a barren page */
    bool looked_at, news;
    uint64_t last_word;
};

struct novelty_budget *novelty_budget_new(void)
{
    struct novelty_budget *novelty_budget = calloc(1, sizeof *novelty_budget);
    if (novelty_budget)
        entropy_fill(&novelty_budget->key, sizeof novelty_budget->key);
    return novelty_budget;
}

void novelty_budget_free(struct novelty_budget *novelty_budget)
{
    free(novelty_budget);
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
    struct part *part = &novelty_budget->parts[(novelty_budget->part >> 1) % PART_SLOTS];
    if (part->name != novelty_budget->part)
        *part = (struct part){.name = novelty_budget->part};
    return part;
}

static const struct barren_page *barren_page(const struct novelty_budget *novelty_budget,
                                             int64_t key)
{
    const struct barren_page *page = &novelty_budget->pages[(uint64_t)key % PAGE_SLOTS];
    return key && page->key == key ? page : NULL;
}

void novelty_budget_begin(struct novelty_budget *novelty_budget, const struct url *page,
                          int64_t key, int64_t via_key)
{
    const struct barren_page *via = barren_page(novelty_budget, via_key);
    novelty_budget->address =
        text_skip(url_resource(page), (size_t)(url_path(page).at - url_resource(page).at));
    novelty_budget->page_key = key;
    novelty_budget->inside = via != NULL;
    novelty_budget->part = via ? via->part : part_of(novelty_budget, page);
    novelty_budget->news = false;
    novelty_budget->last_word = 0;
    struct part *part = part_at_hand(novelty_budget);
    novelty_budget->looked_at =
        novelty_budget->inside || part->passed_over >= part->with_news / NEWS_TO_TRUST;
    part->passed_over = novelty_budget->looked_at ? 0 : part->passed_over + 1;
}

void novelty_budget_pass(struct novelty_budget *novelty_budget, int64_t key, int64_t via_key)
{
    const struct barren_page *via = barren_page(novelty_budget, via_key);
    if (via)
        novelty_budget->pages[(uint64_t)key % PAGE_SLOTS] = (struct barren_page){key, via->part};
}

bool novelty_budget_is_spent(const struct novelty_budget *novelty_budget)
{
    const struct part *part = &novelty_budget->parts[(novelty_budget->part >> 1) % PART_SLOTS];
    return novelty_budget->inside && part->name == novelty_budget->part &&
           part->barren >= BARREN_ALLOWED;
}

/* Whether the part of the site shows it for the first time. */
static bool is_first_shown(struct novelty_budget *novelty_budget, uint64_t what)
{
    uint64_t both[] = {what, novelty_budget->part};
    uint64_t hash = hash_text(&novelty_budget->key, (struct text){(const char *)both, sizeof both});
    uint32_t *slot = &novelty_budget->shown[hash % SHOWN_SLOTS], mark = (uint32_t)(hash >> 32) | 1;
    bool first = *slot != mark;
    *slot = mark;
    return first;
}

void novelty_budget_part(struct novelty_budget *novelty_budget, const struct url *url, int64_t key)
{
    /* What stands behind a question mark is often made by chance, to be fetched anew. */
    if (novelty_budget->looked_at && !url_query(url).length &&
        is_first_shown(novelty_budget, (uint64_t)key))
        novelty_budget->news = true;
}

static void show_word(void *context, struct text word)
{
    struct novelty_budget *novelty_budget = context;
    if (text_find_nocase(novelty_budget->address, word) >= 0)
        return;
    struct hash_key key = {novelty_budget->key.low ^ novelty_budget->last_word,
                           novelty_budget->key.high};
    novelty_budget->news =
        is_first_shown(novelty_budget, hash_text(&key, word)) || novelty_budget->news;
    novelty_budget->last_word = hash_text(&novelty_budget->key, word);
}

bool novelty_budget_end(struct novelty_budget *novelty_budget, struct text html)
{
    struct part *part = part_at_hand(novelty_budget);
    bool deep = novelty_budget_is_spent(novelty_budget);
    if (!novelty_budget->looked_at)
        return false;
    /* UTF-16 and UTF-32 would be read letter by letter: of such pages nothing is said. */
    if (memchr(html.at, 0, html.length < WIDE_LOOK ? html.length : WIDE_LOOK))
        novelty_budget->news = true;
    else
        page_text_words(html, show_word, novelty_budget);
    if (novelty_budget->news) {
        part->barren -= part->barren < NEWS_COUNTS ? part->barren : NEWS_COUNTS;
        part->with_news += part->with_news < NEWS_TO_TRUST * PASSED_OVER_MOST;
        return false;
    }
    part->with_news = 0;
    part->barren += novelty_budget->inside && part->barren < BARREN_COUNTED;
    novelty_budget->pages[(uint64_t)novelty_budget->page_key % PAGE_SLOTS] =
        (struct barren_page){novelty_budget->page_key, novelty_budget->part};
    return deep;
}
