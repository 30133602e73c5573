#include <config.h>

#include "traps/series_novelty.h"

#include <stdlib.h>
#include <string.h>

#include "base/entropy.h"
#include "base/hash.h"
#include "html/page_text.h"

enum {
    SHOWN_SLOTS = 1 << 18, /* 2 MB of hashes of what was shown, each with its family */
    FAMILY_SLOTS = 1 << 12,
    REPEATS_ALLOWED =
        2, /* pages in a row that are like an earlier one: the second leads no further */
    PAGES_MOST = 10000,
    PAIRS_OF_A_DATE = 12, /* "November" in a title, a heading and a line has fewer neighbours */
};

struct family {
    uint64_t name; /* hash; 0: free */
    uint32_t pages;
    uint32_t barren;  /* pages in a row that showed nothing new */
    uint32_t repeats; /* pages in a row that showed just what an earlier one did */
    uint32_t links;   /* that its pages have shown */
};

struct series_novelty {
    struct hash_key key;
    struct family slots[FAMILY_SLOTS];
    uint64_t shown[SHOWN_SLOTS];
    struct family *present;
    uint64_t last_word;
    uint64_t list;                /* hash of the page's links in their order */
    uint32_t pairs, pairs_wanted; /* new pairs of words on it; as many are news */
    bool news;
};

struct series_novelty *series_novelty_new(void)
{
    struct series_novelty *series_novelty = calloc(1, sizeof *series_novelty);
    if (series_novelty)
        entropy_fill(&series_novelty->key, sizeof series_novelty->key);
    return series_novelty;
}

void series_novelty_free(struct series_novelty *series_novelty)
{
    free(series_novelty);
}

/* ---- pages ---- */

void series_novelty_begin(struct series_novelty *series_novelty, struct text name, bool dated)
{
    uint64_t hash = hash_text(&series_novelty->key, name) | 1;
    struct family *family = &series_novelty->slots[(hash >> 1) % FAMILY_SLOTS];
    if (family->name != hash)
        *family = (struct family){.name = hash};
    series_novelty->present = family;
    series_novelty->list = 0;
    series_novelty->pairs = 0;
    series_novelty->pairs_wanted = dated ? PAIRS_OF_A_DATE : 1;
    series_novelty->news = false;
}

static uint64_t hash_of_both(const struct series_novelty *series_novelty, uint64_t one,
                             uint64_t other)
{
    uint64_t both[] = {one, other};
    return hash_text(&series_novelty->key, (struct text){(const char *)both, sizeof both});
}

/* Whether this is the first time that the family shows it. */
static bool is_first_shown(struct series_novelty *series_novelty, uint64_t what)
{
    uint64_t hash = hash_of_both(series_novelty, what, series_novelty->present->name) | 1;
    uint64_t *slot = &series_novelty->shown[(hash >> 1) % SHOWN_SLOTS];
    bool first = *slot != hash;
    *slot = hash;
    return first;
}

void series_novelty_link(struct series_novelty *series_novelty, int64_t key)
{
    bool first = is_first_shown(series_novelty, (uint64_t)key);
    series_novelty->present->links += first;
    series_novelty->news = series_novelty->news || first;
    series_novelty->list = hash_of_both(series_novelty, series_novelty->list, (uint64_t)key);
}

static void show_word(void *context, struct text word)
{
    struct series_novelty *series_novelty = context;
    struct hash_key key = {series_novelty->key.low ^ series_novelty->last_word,
                           series_novelty->key.high};
    series_novelty->pairs += is_first_shown(series_novelty, hash_text(&key, word));
    series_novelty->news =
        series_novelty->news || series_novelty->pairs >= series_novelty->pairs_wanted;
    series_novelty->last_word = hash_text(&series_novelty->key, word);
}

void series_novelty_words(struct series_novelty *series_novelty, struct text html)
{
    series_novelty->last_word = 0;
    page_text_words(html, show_word, series_novelty);
}

bool series_novelty_has_news(const struct series_novelty *series_novelty)
{
    return series_novelty->news;
}

unsigned series_novelty_pages_before(const struct series_novelty *series_novelty)
{
    return series_novelty->present->pages;
}

enum url_rule series_novelty_end(struct series_novelty *series_novelty)
{
    struct family *family = series_novelty->present;
    /* Known for later pages, also when this one has news. */
    bool news = series_novelty->news || !family->pages;
    bool repeats = !is_first_shown(series_novelty, series_novelty->list) && !news;
    family->pages++;
    family->barren = news ? 0 : family->barren + 1;
    family->repeats = repeats ? family->repeats + 1 : 0;
    if (family->repeats >= REPEATS_ALLOWED ||
        (family->barren >= REPEATS_ALLOWED && family->barren > family->links))
        return URL_RULE_SERIES_NOTHING_NEW;
    return family->pages >= PAGES_MOST ? URL_RULE_SERIES_TOO_LONG : URL_RULE_NONE;
}
