/* Walks from one redirect to the next, by metadata record or by index. */
#include <config.h>

#include "verify/redirect_walk.h"

#include <stdlib.h>

#include "traps/login.h"
#include "traps/trap_rules.h"
#include "web/path_segments.h"

enum { HOPS_MOST = 64 };

struct redirect_walk {
    const struct crawl_claims *claims;
    struct cdxj_lookup *lookup;
    struct traps traps;
    struct url from, target;
    struct buf at, began;
};

struct redirect_walk *redirect_walk_new(const struct crawl_claims *claims,
                                        struct cdxj_lookup *lookup)
{
    struct redirect_walk *walk = calloc(1, sizeof *walk);
    if (!walk)
        return NULL;
    walk->claims = claims;
    walk->lookup = lookup;
    traps_init(&walk->traps);
    url_init(&walk->from);
    url_init(&walk->target);
    buf_init(&walk->at, 4 * URL_LONGEST);
    buf_init(&walk->began, 4 * URL_LONGEST);
    return walk;
}

void redirect_walk_free(struct redirect_walk *walk)
{
    if (!walk)
        return;
    url_release(&walk->from);
    url_release(&walk->target);
    buf_release(&walk->at);
    buf_release(&walk->began);
    free(walk);
}

/* One step from walk->at.  ENDS: it went on. */
static enum redirect_end step(struct redirect_walk *walk)
{
    struct path_segments segments;
    struct text target = crawl_claims_redirect(walk->claims, buf_text(&walk->at));
    if (!target.length || url_parse(&walk->from, buf_text(&walk->at), NULL, TEXT("")) != URL_OK ||
        url_parse(&walk->target, target, NULL, TEXT("")) != URL_OK)
        return REDIRECT_LEAVES;
    path_segments_split(&segments, url_path(&walk->target));
    enum url_rule rule = traps_find(&walk->traps, &walk->from, &walk->target, &segments, 0).rule;
    buf_clear(&walk->at);
    buf_add_text(&walk->at, target);
    return login_is_target(&walk->target, rule) ? REDIRECT_TO_LOGIN : REDIRECT_ENDS;
}

enum redirect_end redirect_walk_follow(struct redirect_walk *walk, struct text url,
                                       struct cdxj_entry *entry)
{
    buf_clear(&walk->at);
    buf_add_text(&walk->at, url);
    buf_clear(&walk->began);
    buf_add_text(&walk->began, url);
    for (int hops = 0; hops < HOPS_MOST; hops++) {
        enum redirect_end end = step(walk);
        if (end != REDIRECT_ENDS)
            return end;
        if (text_equal(buf_text(&walk->at), buf_text(&walk->began)))
            return REDIRECT_IN_CIRCLE;
        if (cdxj_lookup_last(walk->lookup, buf_text(&walk->at), entry) != RESULT_OK)
            return REDIRECT_LEAVES;
        if (!text_starts(entry->status, TEXT("3")) || text_equal(entry->status, TEXT("300")))
            return REDIRECT_ENDS;
        int64_t since_ms;
        if (cdxj_entry_time(entry, &since_ms) &&
            crawl_claims_failed(walk->claims, entry->url, since_ms, NULL))
            return REDIRECT_BROKEN;
        buf_clear(&walk->at);
        buf_add_text(&walk->at, entry->url);
    }
    return REDIRECT_IN_CIRCLE;
}

struct text redirect_walk_url(const struct redirect_walk *walk)
{
    return buf_text(&walk->at);
}
