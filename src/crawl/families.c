#include <config.h>

#include "crawl/families.h"

#include <stdlib.h>
#include <string.h>

#include "base/entropy.h"
#include "base/hash.h"
#include "discover/pagers.h"
#include "discover/visible.h"

enum {
    SHOWN_SLOTS = 1 << 18,   /* 2 MB of hashes of what was shown, each with its family */
    FAMILY_SLOTS = 1 << 12,
    BARREN_ALLOWED = 2,      /* pages in a row without anything new: the second leads no further */
    PAGES_MOST = 10000,
};

struct family {
    uint64_t name;   /* hash; 0: free */
    uint32_t pages;
    uint32_t barren; /* pages in a row that showed nothing new */
};

struct families {
    struct hash_key key;
    struct family slots[FAMILY_SLOTS];
    uint64_t shown[SHOWN_SLOTS];
    struct family *present;
    uint64_t last_word;
    bool news;
};

struct families *families_new(void)
{
    struct families *families = calloc(1, sizeof *families);
    if (families)
        entropy_fill(&families->key, sizeof families->key);
    return families;
}

void families_free(struct families *families)
{
    free(families);
}

/* ---- names ------------------------------------------------------------------------------------------------- */

static void add_without_numbers(struct text text, struct buf *out)
{
    for (size_t i = 0; i < text.length; i++)
        if (!ascii_is_digit(text.at[i]))
            buf_add_char(out, text.at[i]);
        else if (!i || !ascii_is_digit(text.at[i - 1]))
            buf_add_char(out, '#');
}

static void add_path(struct text path, struct buf *out)
{
    size_t to = path.length;
    while (to && !ascii_is_digit(path.at[to - 1]))
        to--;
    size_t from = to;
    while (from && path.at[from - 1] != '/')
        from--;
    buf_add_text(out, text_first(path, from));
    add_without_numbers(text_skip(path, from), out);
}

/* "2026-11", "11-2026", "20261104" */
static bool is_date(struct text value)
{
    size_t digits = 0, others = 0;
    for (size_t i = 0; i < value.length; i++)
        if (ascii_is_digit(value.at[i]))
            digits++;
        else if (!strchr("-/.", value.at[i]))
            others++;
    return digits >= 5 && !others;
}

static bool tells_pages_apart(struct text parameter, struct text name, struct text value)
{
    static const char *const calendar[] = {"month", "year", "date", "day", "week", "yr", "y", "m", "d"};
    for (size_t i = 0; i < sizeof calendar / sizeof *calendar; i++)
        if (text_equal_nocase(name, text_of(calendar[i])))
            return true;
    return pagers_parameter(parameter) || is_date(value);
}

void family_name(const struct url *url, int period, struct buf *out)
{
    struct text query = url_query(url), part;
    buf_add_text(out, url_authority(url));
    add_path(url_path(url), out);
    while (query.length && text_split(&query, '&', &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        struct text name = equals < 0 ? part : text_first(part, (size_t)equals);
        struct text value = equals < 0 ? TEXT("") : text_skip(part, (size_t)equals + 1);
        buf_add_char(out, '&');
        buf_add_text(out, name);
        buf_add_char(out, '=');
        buf_add_text(out, tells_pages_apart(part, name, value) ? TEXT("#") : value);
    }
    if (period)
        buf_printf(out, " %d", period);
}

/* ---- pages ------------------------------------------------------------------------------------------------- */

void families_begin(struct families *families, struct text name)
{
    uint64_t hash = hash_text(&families->key, name) | 1;
    struct family *family = &families->slots[(hash >> 1) % FAMILY_SLOTS];
    if (family->name != hash)
        *family = (struct family){.name = hash};
    families->present = family;
    families->news = false;
}

static void show(struct families *families, uint64_t what)
{
    uint64_t both[] = {what, families->present->name};
    uint64_t hash = hash_text(&families->key, (struct text){(const char *)both, sizeof both}) | 1;
    uint64_t *slot = &families->shown[(hash >> 1) % SHOWN_SLOTS];
    families->news = families->news || *slot != hash;
    *slot = hash;
}

void families_link(struct families *families, int64_t key)
{
    show(families, (uint64_t)key);
}

static void show_word(void *context, struct text word)
{
    struct families *families = context;
    struct hash_key key = {families->key.low ^ families->last_word, families->key.high};
    show(families, hash_text(&key, word));
    families->last_word = hash_text(&families->key, word);
}

void families_words(struct families *families, struct text html)
{
    families->last_word = 0;
    visible_words(html, show_word, families);
}

bool families_have_news(const struct families *families)
{
    return families->news;
}

unsigned families_pages_before(const struct families *families)
{
    return families->present->pages;
}

const char *families_end(struct families *families)
{
    struct family *family = families->present;
    family->pages++;
    family->barren = families->news ? 0 : family->barren + 1;
    if (family->barren >= BARREN_ALLOWED)
        return "series.nothing-new";
    return family->pages >= PAGES_MOST ? "series.too-long" : NULL;
}
