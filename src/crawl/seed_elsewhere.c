/* Follows the redirects of seeds to other sites, and looks whether anything else is kept there. */
#include <config.h>

#include "crawl/seed_elsewhere.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "capture/keeping.h"
#include "web/url.h"

enum { HOPS_MOST = 64, FIRST_ROOM = 64, URL_BYTES = 1 << 18 };

/* A redirect of a page or list. */
struct turn {
    int64_t key, target;
    bool given_seed, is_kept, to_login;
};

/* A seed that leads to another site. */
struct away {
    int64_t key, end;
    uint64_t site; /* hash of the other one */
    bool is_kept;  /* its response counts as a success */
    bool more;     /* another page is kept there */
};

struct looking {
    struct turn *turns; /* by key */
    size_t turn_count, turn_room;
    struct away *seeds; /* by site */
    size_t seed_count, seed_room;
    struct url url;
    bool no_memory;
};

/* hashes are compared within one run only */
static const struct hash_key site_key = {0x73697465, 0};

static uint64_t hash_site(const struct url *url)
{
    struct text host = url_host(url);
    return hash_text(&site_key, text_starts(host, TEXT("www.")) ? text_skip(host, 4) : host);
}

/* Makes room for one more.  False without memory. */
static bool grow(void **list, size_t count, size_t *room, size_t size)
{
    size_t more = *room ? 2 * *room : FIRST_ROOM;
    if (count < *room)
        return true;
    void *longer = realloc(*list, more * size);
    if (!longer)
        return false;
    *list = longer;
    *room = more;
    return true;
}

static void take_turn(void *context, const struct known_response *known)
{
    struct looking *looking = context;
    if (!known->redirect.target || url_state_is_part(known->kind) || looking->no_memory)
        return;
    if (!grow((void **)&looking->turns, looking->turn_count, &looking->turn_room,
              sizeof *looking->turns)) {
        looking->no_memory = true;
        return;
    }
    looking->turns[looking->turn_count++] =
        (struct turn){.key = known->key,
                      .target = known->redirect.target,
                      .to_login = known->redirect.to_login,
                      .given_seed = known->kind == VISIT_SEED && !known->hops.length,
                      .is_kept = known->state == STATE_KEPT};
}

static int by_key(const void *left, const void *right)
{
    int64_t a = ((const struct turn *)left)->key, b = ((const struct turn *)right)->key;
    return (a > b) - (a < b);
}

static int by_site(const void *left, const void *right)
{
    uint64_t a = ((const struct away *)left)->site, b = ((const struct away *)right)->site;
    return (a > b) - (a < b);
}

/* Where it ends; 0: in a circle, or at a login, which is told as such. */
static int64_t end_of(const struct looking *looking, const struct turn *turn)
{
    struct turn wanted = {.key = turn->target};
    for (int hops = 0; hops < HOPS_MOST && !turn->to_login; hops++) {
        const struct turn *next =
            bsearch(&wanted, looking->turns, looking->turn_count, sizeof *looking->turns, by_key);
        if (!next)
            return wanted.key;
        wanted.key = next->target;
        turn = next;
    }
    return 0;
}

/* Finds a page if it is kept: nothing else looks like the site.  END: it is not. */
static enum result find_kept(struct crawl *crawl, int64_t key, struct visit *visit,
                             struct buf *texts)
{
    struct url_history history;
    enum result result =
        recrawl_state_history(crawl->store->recrawl, key, &history, NULL, &crawl->trouble);
    if (result == RESULT_OK && history.state != STATE_KEPT)
        result = RESULT_END;
    return result == RESULT_OK
               ? known_urls_find(crawl->store->known, key, visit, texts, &crawl->trouble)
               : result;
}

/* Notes the seed if its end is a page of a site that was not asked for. */
static enum result note_away(struct looking *looking, struct crawl *crawl, const struct turn *turn)
{
    struct visit visit;
    struct buf texts;
    int64_t end = end_of(looking, turn);
    buf_init(&texts, URL_BYTES);
    enum result result = end ? find_kept(crawl, end, &visit, &texts) : RESULT_END;
    bool away = result == RESULT_OK &&
                url_parse(&looking->url, visit.url, NULL, TEXT("")) == URL_OK &&
                !scope_is_given_site(crawl->scope, &looking->url);
    buf_release(&texts);
    if (away && !grow((void **)&looking->seeds, looking->seed_count, &looking->seed_room,
                      sizeof *looking->seeds))
        return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory to judge the seeds");
    if (away)
        looking->seeds[looking->seed_count++] = (struct away){.key = turn->key,
                                                              .end = end,
                                                              .site = hash_site(&looking->url),
                                                              .is_kept = turn->is_kept};
    return result == RESULT_END ? RESULT_OK : result;
}

/* A page that is kept on one of these sites, besides the ends. */
static void see_page(void *context, const struct known_response *known)
{
    struct looking *looking = context;
    bool page = known->kind == VISIT_PAGE || known->kind == VISIT_PAGER ||
                known->kind == VISIT_ARCHIVE || known->kind == VISIT_SEED;
    if (!page || known->state != STATE_KEPT || known->redirect.target ||
        visit_hops_guessed(known->hops) ||
        url_parse(&looking->url, known->url, NULL, TEXT("")) != URL_OK)
        return;
    const struct away wanted = {.site = hash_site(&looking->url)};
    struct away *at = looking->seeds, *last = at + looking->seed_count;
    struct away *found = bsearch(&wanted, at, looking->seed_count, sizeof *looking->seeds, by_site);
    for (at = found; at && at > looking->seeds && at[-1].site == wanted.site;)
        at--;
    for (; at && at < last && at->site == wanted.site; at++)
        at->more = at->more || at->end != known->key;
}

/* Tells where the seed leads.  If nothing else is kept there, its response is taken back. */
static enum result judge_seed(struct crawl *crawl, const struct away *seed)
{
    struct visit from, to;
    struct buf seed_texts, texts, words;
    buf_init(&seed_texts, URL_BYTES);
    buf_init(&texts, URL_BYTES);
    buf_init(&words, URL_BYTES);
    enum result result =
        known_urls_find(crawl->store->known, seed->key, &from, &seed_texts, &crawl->trouble);
    if (result == RESULT_OK)
        result = known_urls_find(crawl->store->known, seed->end, &to, &texts, &crawl->trouble);
    if (result == RESULT_OK)
        new_homes_note(&crawl->summary.changes.homes, from.url, to.url);
    if (result == RESULT_OK && seed->is_kept && !seed->more) {
        buf_printf(&words, "%s%.*s", KEEPING_ELSEWHERE, TEXT_ARGS(text_first(to.url, 150)));
        result =
            crawl_take_back(crawl, seed->key, words.length ? words.data : KEEPING_ELSEWHERE, true);
    }
    buf_release(&seed_texts);
    buf_release(&texts);
    buf_release(&words);
    return result == RESULT_END ? RESULT_OK : result;
}

static enum result look(struct looking *looking, struct crawl *crawl)
{
    enum result result =
        completeness_each_response(crawl->store->completeness, take_turn, looking, &crawl->trouble);
    if (result == RESULT_OK && looking->no_memory)
        result = trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory to judge the seeds");
    if (looking->turn_count)
        qsort(looking->turns, looking->turn_count, sizeof *looking->turns, by_key);
    for (size_t i = 0; i < looking->turn_count && result == RESULT_OK; i++)
        if (looking->turns[i].given_seed)
            result = note_away(looking, crawl, &looking->turns[i]);
    if (result != RESULT_OK || !looking->seed_count)
        return result;
    qsort(looking->seeds, looking->seed_count, sizeof *looking->seeds, by_site);
    result =
        completeness_each_response(crawl->store->completeness, see_page, looking, &crawl->trouble);
    for (size_t i = 0; i < looking->seed_count && result == RESULT_OK; i++)
        result = judge_seed(crawl, &looking->seeds[i]);
    return result;
}

enum result seed_elsewhere_take_back(struct crawl *crawl)
{
    struct looking looking = {.turns = NULL};
    const struct scope_options *scope = &crawl->options->scope;
    if (scope->kind == SCOPE_PAGE || scope->kind == SCOPE_ANY || scope->level == 0)
        return RESULT_OK;
    url_init(&looking.url);
    enum result result = look(&looking, crawl);
    url_release(&looking.url);
    free(looking.turns);
    free(looking.seeds);
    return result;
}
