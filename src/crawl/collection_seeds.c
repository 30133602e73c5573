/* Which seeds a run has: given now, known from earlier runs, taken back. */
#include <config.h>

#include "crawl/collection_seeds.h"

#include <stdio.h>
#include <string.h>

#include "crawl/crawl_internal.h"

enum { NAMED_MOST = 10, NAMES_BYTES = TROUBLE_WORDS / 2 };

static enum result no_memory(struct crawl *crawl)
{
    return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a seed");
}

/* The key of a seed, as people write it.  False: it is not a URL, or there is no memory for it. */
static bool find_key(struct crawl *crawl, const char *seed, int64_t *key)
{
    struct url url;
    url_init(&url);
    bool ok = url_parse(&url, text_of(seed), NULL, TEXT("")) == URL_OK;
    if (ok) {
        url_take_user(&url, NULL);
        *key = frontier_key(crawl->frontier, &url);
    }
    url_release(&url);
    return ok;
}

static bool is_in(struct crawl *crawl, int64_t key, char **urls, int count)
{
    int64_t other;
    for (int i = 0; i < count; i++)
        if (find_key(crawl, urls[i], &other) && other == key)
            return true;
    return false;
}

/* "http://a.example/, http://b.example/ and 3 more" */
static void name_seeds(const struct url_list *list, char words[NAMES_BYTES])
{
    size_t length = 0;
    words[0] = '\0';
    for (int i = 0; i < list->count && i < NAMED_MOST && length < NAMES_BYTES; i++)
        length += (size_t)snprintf(words + length, NAMES_BYTES - length, "%s%s", i ? ", " : "",
                                   list->urls[i]);
    if (list->count > NAMED_MOST && length < NAMES_BYTES)
        snprintf(words + length, NAMES_BYTES - length, " and %d more", list->count - NAMED_MOST);
}

static enum result say_unknown(struct crawl *crawl, const char *seed)
{
    struct url_list known = {NULL, 0};
    char names[NAMES_BYTES];
    enum result result = url_list_read(&known, crawl->store->known, LISTING_SEEDS, &crawl->trouble);
    name_seeds(&known, names);
    if (result == RESULT_OK)
        result = trouble_say(&crawl->trouble, RESULT_LOST,
                             "--forget-seed: %.500s is not a seed of %.500s. %s%s", seed,
                             crawl->options->directory,
                             known.count ? "Its seeds: " : "It has no seeds", names);
    url_list_release(&known);
    return result;
}

static enum result forget(struct crawl *crawl, const char *seed, bool wanted)
{
    int64_t key;
    if (!find_key(crawl, seed, &key))
        return wanted ? say_unknown(crawl, seed) : RESULT_OK;
    if (is_in(crawl, key, crawl->options->seeds, crawl->options->seed_count))
        return RESULT_OK; /* it was given again */
    enum result result = known_urls_forget_seed(crawl->store->known, key, &crawl->trouble);
    if (result == RESULT_OK)
        crawl->begin.has_forgotten = true;
    if (result != RESULT_END)
        return result;
    struct url_list *forgotten = &crawl->begin.forgotten;
    return wanted && !is_in(crawl, key, forgotten->urls, forgotten->count)
               ? say_unknown(crawl, seed)
               : RESULT_OK;
}

static enum result forget_all(struct crawl *crawl)
{
    const struct recorded_options *last = &crawl->begin.last;
    enum result result = url_list_read(&crawl->begin.forgotten, crawl->store->known,
                                       LISTING_FORGOTTEN, &crawl->trouble);
    crawl->begin.had_forgotten = crawl->begin.forgotten.count > 0;
    /* A store that was just made from the archive has only its seeds. */
    for (int i = 0; result == RESULT_OK && crawl->store->is_new && i < last->forgotten_count; i++)
        result = forget(crawl, last->forgotten[i], false);
    for (int i = 0; result == RESULT_OK && i < crawl->options->forget_count; i++)
        result = forget(crawl, crawl->options->forget_seeds[i], true);
    return result;
}

/* Makes the scope anew, from the seeds that are left. */
static enum result make_scope(struct crawl *crawl)
{
    struct scope *scope;
    enum result result = scope_new(&scope, &crawl->options->scope, &crawl->trouble);
    if (result != RESULT_OK)
        return result;
    follow_free(crawl->follow);
    crawl->follow = NULL;
    scope_free(crawl->scope);
    crawl->scope = scope;
    result = crawl_add_known_seeds(crawl);
    if (result == RESULT_OK)
        result = follow_new(&crawl->follow, crawl->frontier, scope, NULL, crawl->options,
                            &crawl->trouble);
    return result;
}

/* What this run was given, or what the collection has. */
static enum result take_known(struct crawl *crawl)
{
    struct crawl_options *options = &crawl->begin.options;
    if (options->seed_count)
        return RESULT_OK;
    enum result result =
        url_list_read(&crawl->begin.seeds, crawl->store->known, LISTING_SEEDS, &crawl->trouble);
    options->seeds = crawl->begin.seeds.urls;
    options->seed_count = crawl->begin.seeds.count;
    if (result != RESULT_OK || options->seed_count || crawl->begin.has_forgotten)
        return result;
    return trouble_say(&crawl->trouble, RESULT_LOST,
                       "%.500s has no seeds that could be asked for again. Give a URL",
                       options->directory);
}

enum result collection_seeds_settle(struct crawl *crawl)
{
    struct crawl_options *options = &crawl->begin.options;
    struct url_list *forgotten = &crawl->begin.forgotten;
    enum result result = forget_all(crawl);
    if (result == RESULT_OK && crawl->begin.has_forgotten)
        result = make_scope(crawl);
    if (result == RESULT_OK)
        result = take_known(crawl);
    url_list_release(forgotten);
    if (result == RESULT_OK)
        result = url_list_read(forgotten, crawl->store->known, LISTING_FORGOTTEN, &crawl->trouble);
    /* One that is given again is forgotten no more. */
    int kept = 0;
    for (int i = 0; result == RESULT_OK && i < forgotten->count; i++) {
        int64_t key;
        bool again = find_key(crawl, forgotten->urls[i], &key) &&
                     is_in(crawl, key, options->seeds, options->seed_count);
        char *url = forgotten->urls[i];
        forgotten->urls[i] = forgotten->urls[kept];
        forgotten->urls[kept] = url;
        kept += !again;
    }
    options->forget_seeds = forgotten->urls;
    options->forget_count = kept;
    if (result == RESULT_OK && buf_is_out_of_memory(&crawl->begin.key))
        result = no_memory(crawl);
    return result;
}
