/*
 * A series is a set of pages that page through one list (/blog/page/2, /blog/page/3 ...;
 * /events/2026-11/, /events/2026-12/ ...). In a trap the series goes on for ever, and its pages
 * repeat what the series has shown.
 *
 * So the pages of a series lead on within it only while they bring something new: a link, a
 * requisite or a pair of words that none of its pages had. What was listed elsewhere, as in a
 * sitemap, counts as new here. Otherwise a sitemap would end every series on its first page.
 *
 * There are two kinds of page without news. One shows the same links as an earlier page in the same
 * order. It repeats that page, and the second such page in a row ends the series. The other shows
 * known links in another order, as every page does beside a column that lists all posts. Such pages
 * may continue, at most as many in a row as the series has links: a list that ends needs no more to
 * show each link once.
 *
 * Memory is fixed; what it forgets counts as new again.
 *
 * Rules: "series.nothing-new", "series.too-long". Between full recrawls also "series.known", when a
 * page names only posts that earlier runs knew.
 *
 * Series without news: names the series of each page, and keeps hashes of the links and pairs of
 * words that it has shown.
 */
#include <config.h>

#include "traps/detectors.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/entropy.h"
#include "base/hash.h"
#include "series/date_archive.h"
#include "series/series_key.h"

enum {
    SHOWN_SLOTS = 1 << 18, /* 512 KB of hashes of what was shown, each with its series */
    SERIES_SLOTS = 1 << 12,
    REPEATS_ALLOWED =
        2, /* pages in a row that repeat an earlier one: the second leads no further */
    PAGES_MOST = 10000,
    PAIRS_OF_A_DATE = 12, /* "November" in a title, a heading and a line has fewer neighbours */
};

struct series {
    uint64_t name; /* hash; 0: free */
    uint32_t pages;
    uint32_t barren;  /* pages in a row that showed nothing new */
    uint32_t repeats; /* pages in a row that showed exactly what an earlier one did */
    uint32_t links;   /* how many its pages have shown */
};

struct series_novelty_page {
    struct series *series; /* NULL: it is not part of one */
    bool link_is_own;      /* the last link seen belongs to the same series */
    uint64_t last_word;
    uint64_t list;                /* hash of the page's links in their order */
    uint32_t pairs, pairs_wanted; /* new pairs of words on it; how many count as news */
    bool news;
};

struct series_novelty {
    struct hash_key key;
    struct series slots[SERIES_SLOTS];
    uint16_t shown[SHOWN_SLOTS];
    struct buf name, scratch; /* of the page's series; of another URL's */
    struct series_novelty_page page;
};

static void *series_novelty_new(void)
{
    struct series_novelty *series_novelty = calloc(1, sizeof *series_novelty);
    if (!series_novelty)
        return NULL;
    entropy_fill(&series_novelty->key, sizeof series_novelty->key);
    buf_init(&series_novelty->name, 2 * URL_LONGEST);
    buf_init(&series_novelty->scratch, 2 * URL_LONGEST);
    return series_novelty;
}

static void series_novelty_free(void *state)
{
    struct series_novelty *series_novelty = state;
    if (!series_novelty)
        return;
    buf_release(&series_novelty->name);
    buf_release(&series_novelty->scratch);
    free(series_novelty);
}

/* ---- which series ---- */

/* The pages of a feed. A parameter with a digit counts pages or is a token, so it is left out. */
static void write_feed_key(const struct url *url, struct buf *out)
{
    struct text query = url_query(url), part;
    buf_add_text(out, url_authority(url));
    buf_add_text(out, url_path(url));
    while (query.length && text_split(&query, '&', &part))
        if (!text_has_digit(part)) {
            buf_add_char(out, '&');
            buf_add_text(out, part);
        }
}

static void write_key(const struct trap_page *page, const struct url *url, struct buf *out)
{
    buf_clear(out);
    if (page->body == BODY_FEED)
        write_feed_key(url, out);
    else
        series_key_write(url, page->series_period, out);
}

static char path_end(struct text path)
{
    return path.length ? path.at[path.length - 1] : '\0';
}

/* Whether the URL belongs to the series of the current page. */
static bool is_of_series(struct series_novelty *series_novelty, const struct trap_page *page,
                         const struct url *url)
{
    struct text name = buf_text(&series_novelty->name), authority = url_authority(url);
    if (!text_starts(name, authority))
        return false;
    /* Most URLs differ before the first number. */
    struct text path = text_skip(name, authority.length);
    path = text_first(path, strcspn(path.at, "#&"));
    if (!text_starts(url_path(url), path))
        return false;
    /* Without a query, the last byte stays what it is, unless it is a digit. */
    char last = path_end(url_path(url));
    if (!url_query(url).length && !page->series_period && last != path_end(name) &&
        !ascii_is_digit(last))
        return false;
    write_key(page, url, &series_novelty->scratch);
    return text_equal(buf_text(&series_novelty->scratch), name);
}

/* Pages of lists and date archives belong to a series. Any other page does if it was found on a
 * page of its own series. */
static bool is_in_series(struct series_novelty *series_novelty, const struct trap_page *page)
{
    if (page->body == BODY_FEED)
        return true;
    if (page->body != BODY_HTML)
        return false;
    return page->kind == VISIT_PAGER || page->kind == VISIT_ARCHIVE ||
           (page->kind == VISIT_PAGE && page->via && is_of_series(series_novelty, page, page->via));
}

static bool begin_page(void *state, struct trap_page *page)
{
    struct series_novelty *series_novelty = state;
    struct series_novelty_page *here = &series_novelty->page;
    *here = (struct series_novelty_page){.series = NULL};
    if (page->body == BODY_UNREAD)
        return false;
    write_key(page, page->url, &series_novelty->name);
    page->in_series = is_in_series(series_novelty, page);
    if (!page->in_series)
        return false;
    page->dated = series_key_is_dated(page->url);
    uint64_t hash = hash_text(&series_novelty->key, buf_text(&series_novelty->name)) | 1;
    here->series = &series_novelty->slots[(hash >> 1) % SERIES_SLOTS];
    if (here->series->name != hash)
        *here->series = (struct series){.name = hash};
    /* A few new words on a page of a calendar are not news: they are the name of the month. */
    here->pairs_wanted = page->dated ? PAIRS_OF_A_DATE : 1;
    page->series_pages_before = here->series->pages;
    return true;
}

/* ---- what its pages show ---- */

/* Whether the series shows it for the first time. */
static bool is_first_shown(struct series_novelty *series_novelty, uint64_t what)
{
    uint64_t hash = hash_mix(what, series_novelty->page.series->name);
    uint16_t *slot = &series_novelty->shown[hash % SHOWN_SLOTS], mark = (uint16_t)(hash >> 48 | 1);
    bool first = *slot != mark;
    *slot = mark;
    return first;
}

/* Whether a link may be what tells this page from the others. A calendar has a new date on each
 * page, and nothing new. */
static bool may_be_news(const struct trap_page *page, const struct link *link)
{
    if (page->dated &&
        (link->class == LINK_ARCHIVE || date_archive_is_bare_date(url_path(link->parsed))))
        return false;
    return link->class == LINK_PAGE || link->class == LINK_PAGER || link->class == LINK_ARCHIVE ||
           link->class == LINK_REQUISITE || link->class == LINK_MEDIA;
}

static void see_link(void *state, const struct trap_page *page, const struct link *link,
                     int64_t key)
{
    struct series_novelty *series_novelty = state;
    struct series_novelty_page *here = &series_novelty->page;
    here->link_is_own =
        link->class != LINK_REQUISITE && is_of_series(series_novelty, page, link->parsed);
    if (here->link_is_own || !may_be_news(page, link))
        return;
    bool first = is_first_shown(series_novelty, (uint64_t)key);
    here->series->links += first;
    here->news = here->news || first;
    here->list = hash_mix(here->list, (uint64_t)key);
}

static bool wants_words(void *state, const struct trap_page *page)
{
    const struct series_novelty_page *here = &((const struct series_novelty *)state)->page;
    (void)page;
    return here->series && !here->news;
}

static void see_word(void *state, const struct trap_word *word)
{
    struct series_novelty *series_novelty = state;
    struct series_novelty_page *here = &series_novelty->page;
    if (word->has_digit)
        return;
    here->pairs += is_first_shown(series_novelty, hash_pair(here->last_word, word->hash));
    here->news = here->news || here->pairs >= here->pairs_wanted;
    here->last_word = word->hash;
}

/* Links within the series wait, because the page may turn out to end it. */
static struct trap_verdict judge_link(void *state, const struct trap_page *page,
                                      const struct link *link)
{
    const struct series_novelty_page *here = &((const struct series_novelty *)state)->page;
    (void)page;
    (void)link;
    return (struct trap_verdict){.waits = here->series && here->link_is_own};
}

static enum url_rule end_page(void *state, const struct trap_page *page)
{
    struct series_novelty *series_novelty = state;
    struct series_novelty_page *here = &series_novelty->page;
    struct series *series = here->series;
    if (!series)
        return URL_RULE_NONE;
    /* Remembered for later pages, even if this one has news. */
    bool news = here->news || !series->pages;
    bool repeats = !is_first_shown(series_novelty, here->list) && !news;
    series->pages++;
    series->barren = news ? 0 : series->barren + 1;
    series->repeats = repeats ? series->repeats + 1 : 0;
    if (series->repeats >= REPEATS_ALLOWED ||
        (series->barren >= REPEATS_ALLOWED && series->barren > series->links))
        return URL_RULE_SERIES_NOTHING_NEW;
    if (series->pages >= PAGES_MOST)
        return URL_RULE_SERIES_TOO_LONG;
    return page->names_old_posts && page->kind == VISIT_PAGER ? URL_RULE_SERIES_KNOWN
                                                              : URL_RULE_NONE;
}

const struct detector detector_series_novelty = {
    .name = "series-novelty",
    .new = series_novelty_new,
    .free = series_novelty_free,
    .begin_page = begin_page,
    .see_link = see_link,
    .judge_link = judge_link,
    .wants_words = wants_words,
    .see_word = see_word,
    .end_page = end_page,
};
