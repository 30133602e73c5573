/* A record that takes back is of the last capture before it: so each waits for its next. */
#include <config.h>

#include "verify/sound_capture.h"

#include "base/digest_value.h"

struct sound_search {
    const struct crawl_claims *claims;
    struct text url;
    struct text line; /* of the capture that waits; empty: none does */
    int64_t ms;       /* its time */
    int rank;
    struct text best;
    int best_rank;
};

/* The capture that waits was the last one before that time. */
static void judge(struct sound_search *search, int64_t before_ms)
{
    if (search->line.length && search->rank && search->rank >= search->best_rank &&
        !crawl_claims_stood_in(search->claims, search->url, search->ms, before_ms)) {
        search->best = search->line;
        search->best_rank = search->rank;
    }
}

static void take_capture(void *context, const struct cdxj_entry *entry, struct text line)
{
    struct sound_search *search = context;
    int64_t ms;
    bool shown = text_starts(entry->status, TEXT("2")) || text_starts(entry->status, TEXT("3"));
    if (!cdxj_entry_time(entry, &ms))
        return;
    judge(search, ms);
    search->line = line;
    search->ms = ms;
    search->rank = shown ? 1 + text_equal(entry->url, search->url) : 0;
}

enum result sound_capture_find(struct cdxj_lookup *lookup, const struct crawl_claims *claims,
                               struct text url, struct buf *scratch, struct cdxj_entry *entry)
{
    struct sound_search search = {.claims = claims, .url = url};
    if (!crawl_claims_stood_in(claims, url, 0, INT64_MAX))
        return cdxj_lookup_newest(lookup, url, entry);
    cdxj_lookup_each(lookup, url, take_capture, &search);
    judge(&search, INT64_MAX);
    buf_clear(scratch);
    return search.best_rank && cdxj_line_read(search.best, entry, scratch)
               ? RESULT_OK
               : cdxj_lookup_newest(lookup, url, entry);
}

bool sound_capture_is_older_list(struct cdxj_lookup *lookup, const struct crawl_claims *claims,
                                 const struct cdxj_entry *line)
{
    struct cdxj_entry newest;
    return crawl_claims_list(claims, line->url) &&
           !crawl_claims_stood_in(claims, line->url, 0, INT64_MAX) &&
           cdxj_lookup_newest(lookup, line->url, &newest) == RESULT_OK &&
           !digest_value_same(newest.digest, line->digest);
}
