/*
 * The Referer of a visit.  The store keeps the policies of pages and of single links, if they have
 * any, as small numbers by name.
 */
#include <config.h>

#include "frontier/frontier_referrer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "frontier/frontier_internal.h"

enum { NAME_SIZE = 48, REDIRECTS_MOST = 20 };

static void write_name(enum referrer_of of, int64_t key, char name[NAME_SIZE])
{
    snprintf(name, NAME_SIZE, "referrer of %s %016" PRIx64,
             of == REFERRER_OF_PAGE ? "page" : "link", (uint64_t)key);
}

static enum result policy_of(struct frontier *frontier, enum referrer_of of, int64_t key,
                             enum referrer_policy *policy, struct trouble *trouble)
{
    char name[NAME_SIZE];
    int64_t number = 0;
    write_name(of, key, name);
    enum result result = progress_number(frontier->store->progress, name, &number, trouble);
    *policy = number > 0 && number <= REFERRER_UNSAFE_URL ? (enum referrer_policy)number
                                                          : REFERRER_UNSAID;
    return result;
}

enum result frontier_keep_referrer(struct frontier *frontier, enum referrer_of of, int64_t key,
                                   enum referrer_policy policy, struct trouble *trouble)
{
    char name[NAME_SIZE];
    enum referrer_policy known;
    enum result result = policy_of(frontier, of, key, &known, trouble);
    if (result != RESULT_OK || known == policy || (of == REFERRER_OF_LINK && known))
        return result;
    write_name(of, key, name);
    return progress_set_number(frontier->store->progress, name, policy, trouble);
}

/* Whether a reader follows such a link, or a page shows it. No browser sends a Referer for
 * robots.txt, sitemaps or inferred URLs. */
static bool is_read(char hop)
{
    return hop == 'L' || hop == 'E' || hop == 'X';
}

/* The request before the redirects that led to `visit`.  Its texts are in `texts`. */
static enum result find_first(struct frontier *frontier, const struct visit *visit,
                              struct visit *first, struct buf *texts, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    *first = *visit;
    for (int i = 0; i < REDIRECTS_MOST && result == RESULT_OK; i++) {
        size_t length = strlen(first->hops);
        if (!length || first->hops[length - 1] != 'R')
            break;
        int64_t key = first->via_key;
        buf_clear(texts);
        result = known_urls_find(frontier->store->known, key, first, texts, trouble);
    }
    return result;
}

static enum result write_by_policy(struct frontier *frontier, const struct visit *first,
                                   const struct url *page, const struct url *target,
                                   struct buf *out, struct trouble *trouble)
{
    enum referrer_policy policy;
    enum result result = policy_of(frontier, REFERRER_OF_LINK, first->key, &policy, trouble);
    if (result == RESULT_OK && !policy)
        result = policy_of(frontier, REFERRER_OF_PAGE, first->via_key, &policy, trouble);
    if (result == RESULT_OK && !referrer_write(policy, page, target, out))
        result = trouble_say(trouble, RESULT_BROKEN, "no memory for a Referer");
    return result;
}

enum result frontier_write_referrer(struct frontier *frontier, const struct visit *visit,
                                    struct buf *out, struct trouble *trouble)
{
    struct visit first;
    struct buf texts;
    struct url page, target;
    buf_init(&texts, 1 << 18);
    url_init(&page);
    url_init(&target);
    enum result result = find_first(frontier, visit, &first, &texts, trouble);
    size_t length = strlen(first.hops);
    if (result == RESULT_OK && length && is_read(first.hops[length - 1]) && first.via.length &&
        url_parse(&page, first.via, NULL, TEXT("")) == URL_OK &&
        url_parse(&target, visit->url, NULL, TEXT("")) == URL_OK)
        result = write_by_policy(frontier, &first, &page, &target, out, trouble);
    url_release(&page);
    url_release(&target);
    buf_release(&texts);
    return result == RESULT_END ? RESULT_OK : result;
}
