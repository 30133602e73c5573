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
    struct series_novelty *families = calloc(1, sizeof *families);
    if (families)
        entropy_fill(&families->key, sizeof families->key);
    return families;
}

void series_novelty_free(struct series_novelty *families)
{
    free(families);
}

/* ---- pages
 * -------------------------------------------------------------------------------------------------
 */

void series_novelty_begin(struct series_novelty *families, struct text name, bool dated)
{
    uint64_t hash = hash_text(&families->key, name) | 1;
    struct family *family = &families->slots[(hash >> 1) % FAMILY_SLOTS];
    if (family->name != hash)
        *family = (struct family){.name = hash};
    families->present = family;
    families->list = 0;
    families->pairs = 0;
    families->pairs_wanted = dated ? PAIRS_OF_A_DATE : 1;
    families->news = false;
}

static uint64_t hash_of_both(const struct series_novelty *families, uint64_t one, uint64_t other)
{
    uint64_t both[] = {one, other};
    return hash_text(&families->key, (struct text){(const char *)both, sizeof both});
}

/* Whether this is the first time that the family shows it. */
static bool is_first_shown(struct series_novelty *families, uint64_t what)
{
    uint64_t hash = hash_of_both(families, what, families->present->name) | 1;
    uint64_t *slot = &families->shown[(hash >> 1) % SHOWN_SLOTS];
    bool first = *slot != hash;
    *slot = hash;
    return first;
}

void series_novelty_link(struct series_novelty *families, int64_t key)
{
    bool first = is_first_shown(families, (uint64_t)key);
    families->present->links += first;
    families->news = families->news || first;
    families->list = hash_of_both(families, families->list, (uint64_t)key);
}

static void show_word(void *context, struct text word)
{
    struct series_novelty *families = context;
    struct hash_key key = {families->key.low ^ families->last_word, families->key.high};
    families->pairs += is_first_shown(families, hash_text(&key, word));
    families->news = families->news || families->pairs >= families->pairs_wanted;
    families->last_word = hash_text(&families->key, word);
}

void series_novelty_words(struct series_novelty *families, struct text html)
{
    families->last_word = 0;
    page_text_words(html, show_word, families);
}

bool series_novelty_has_news(const struct series_novelty *families)
{
    return families->news;
}

unsigned series_novelty_pages_before(const struct series_novelty *families)
{
    return families->present->pages;
}

const char *series_novelty_end(struct series_novelty *families)
{
    struct family *family = families->present;
    /* Known for later pages, also when this one has news. */
    bool news = families->news || !family->pages;
    bool repeats = !is_first_shown(families, families->list) && !news;
    family->pages++;
    family->barren = news ? 0 : family->barren + 1;
    family->repeats = repeats ? family->repeats + 1 : 0;
    if (family->repeats >= REPEATS_ALLOWED ||
        (family->barren >= REPEATS_ALLOWED && family->barren > family->links))
        return "series.nothing-new";
    return family->pages >= PAGES_MOST ? "series.too-long" : NULL;
}
