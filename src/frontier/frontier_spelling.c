/* Requests other spellings of known URLs. */
#include <config.h>

#include "frontier/frontier_spelling.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/hash.h"
#include "frontier/frontier_internal.h"

enum {
    SAME_ENOUGH = 6,      /* spellings in a row that were the same */
    FAILURES_ALLOWED = 3, /* spellings in a row that were not there */
    ORDERS_ALLOWED = 8,   /* parameters in another order, and one more ... */
    URLS_FOR_ONE = 16,    /* ... for so many URLs */
    WAIT_MOST_MS = 3000,
    PARAMETERS_MOST = 24, /* of a query; with more it is a trap */
    NAME_SIZE = 48,
};

static const struct hash_key spelling_key = {0x7370656c6c, 0};

/* ---- two URLs ---- */

static bool has_parameter(struct text query, struct text wanted)
{
    for (struct text one; text_split(&query, '&', &one);)
        if (text_equal(one, wanted))
            return true;
    return false;
}

/* Whether both queries have the same parameters, none twice. */
static bool same_parameters(struct text a, struct text b)
{
    int count = 0;
    struct text rest = a;
    if (a.length != b.length)
        return false;
    for (struct text one; text_split(&rest, '&', &one);)
        if (++count > PARAMETERS_MOST || !has_parameter(b, one) || has_parameter(rest, one))
            return false;
    return true;
}

/* Whether a player that knows one would not find the other, of two URLs with one key. Session ids
 * and escapes are no spellings: there is no end to them. */
static bool is_other_spelling(const struct url *known, const struct url *link)
{
    bool same_query = text_equal(url_query(known), url_query(link));
    return text_equal(url_authority(known), url_authority(link)) &&
           text_equal(url_path(known), url_path(link)) &&
           (same_query ? link->https && !known->https
                       : same_parameters(url_query(known), url_query(link)));
}

bool frontier_may_be_spelling(const struct frontier *frontier, const struct url *url)
{
    return (url->https && frontier->hosts.spellings.plain_met) ||
           text_find(url_query(url), TEXT("&")) >= 0;
}

/* ---- what a host has shown ---- */

static void write_name(const struct host *host, const char *what, char name[NAME_SIZE])
{
    snprintf(name, NAME_SIZE, "spellings %s of %" PRId64, what, host->number);
}

/* Reads what earlier runs saw of the host, once. */
static enum result recall(struct frontier *frontier, struct host *host, struct trouble *trouble)
{
    struct host_spellings *spellings = &host->scheme.spellings;
    int64_t same = 0, failed = 0;
    char name[NAME_SIZE];
    if (spellings->read)
        return RESULT_OK;
    write_name(host, "the same", name);
    enum result result = progress_number(frontier->store->progress, name, &same, trouble);
    write_name(host, "not there", name);
    if (result == RESULT_OK)
        result = progress_number(frontier->store->progress, name, &failed, trouble);
    if (result != RESULT_OK)
        return result;
    spellings->read = true;
    spellings->same = same > 0 && same <= SAME_ENOUGH ? (unsigned)same : 0;
    spellings->failed = failed > 0 && failed <= FAILURES_ALLOWED ? (unsigned)failed : 0;
    return RESULT_OK;
}

/* Keeps it for later runs. */
static enum result keep(struct frontier *frontier, struct host *host, struct trouble *trouble)
{
    const struct host_spellings *spellings = &host->scheme.spellings;
    unsigned same = spellings->same < SAME_ENOUGH ? spellings->same : SAME_ENOUGH,
             failed = spellings->failed < FAILURES_ALLOWED ? spellings->failed : FAILURES_ALLOWED;
    char name[NAME_SIZE];
    write_name(host, "the same", name);
    enum result result = progress_set_number(frontier->store->progress, name, same, trouble);
    write_name(host, "not there", name);
    return result == RESULT_OK
               ? progress_set_number(frontier->store->progress, name, failed, trouble)
               : result;
}

/* ---- links ---- */

static struct spelling *slot_of(struct frontier *frontier, int64_t key)
{
    return &frontier->hosts.spellings.slots[(uint64_t)key % SPELLING_SLOTS];
}

/* Whether the host has shown that more spellings are not worth a request. */
static bool is_spent(const struct host *host, bool order)
{
    const struct host_spellings *spellings = &host->scheme.spellings;
    return host->scheme.turned || spellings->same >= SAME_ENOUGH ||
           spellings->failed >= FAILURES_ALLOWED ||
           (order && spellings->orders >= ORDERS_ALLOWED + spellings->urls / URLS_FOR_ONE);
}

/* Writes the seen key, and what tells this spelling from others; a redirect from http to https of
 * one URL has the same key. */
static int64_t key_of_spelling(struct frontier *frontier, const struct url *url, bool order)
{
    frontier_key(frontier, url);
    if (order) {
        buf_add(&frontier->seen_key, " as ");
        buf_add_text(&frontier->seen_key, url_query(url));
    }
    buf_add(&frontier->seen_key, order && !url->https ? " http" : " https");
    return store_key(frontier->store, buf_text(&frontier->seen_key));
}

/* Offers the link if the URL that the store has is spelled otherwise. */
static enum result compare(struct frontier *frontier, const struct offer *offer, int64_t key,
                           struct trouble *trouble)
{
    struct visit known;
    enum result result =
        known_urls_find(frontier->store->known, key, &known, &frontier->text, trouble);
    if (result == RESULT_END) { /* it may have been gathered from this very page */
        result = frontier_flush(frontier, trouble);
        if (result == RESULT_OK)
            result = known_urls_find(frontier->store->known, key, &known, &frontier->text, trouble);
    }
    if (result != RESULT_OK)
        return result == RESULT_END ? RESULT_OK : result;
    struct host *host = frontier_find_host(frontier, known.host);
    if (!host || url_parse(&frontier->scratch, known.url, NULL, TEXT("")) != URL_OK ||
        !is_other_spelling(&frontier->scratch, offer->url))
        return RESULT_OK;
    result = recall(frontier, host, trouble);
    if (result != RESULT_OK)
        return result;
    bool order = !text_equal(url_query(&frontier->scratch), url_query(offer->url));
    struct offer spelled = *offer;
    spelled.spelling_key = key_of_spelling(frontier, offer->url, order);
    if (frontier_surely_knows(frontier, spelled.spelling_key, spelled.kind) ||
        is_spent(host, order))
        return RESULT_OK;
    host->scheme.spellings.orders += order;
    return frontier_offer(frontier, &spelled, NULL, trouble);
}

int64_t frontier_spelling_key(struct frontier *frontier, const struct url *url, int64_t key)
{
    struct visit known;
    struct trouble trouble; /* of a store that cannot be read, the next one to ask will tell */
    if (known_urls_find(frontier->store->known, key, &known, &frontier->text, &trouble) !=
            RESULT_OK ||
        url_parse(&frontier->scratch, known.url, NULL, TEXT("")) != URL_OK ||
        !is_other_spelling(&frontier->scratch, url))
        return key;
    bool order = !text_equal(url_query(&frontier->scratch), url_query(url));
    return key_of_spelling(frontier, url, order);
}

enum result frontier_offer_spelling(struct frontier *frontier, const struct offer *offer,
                                    int64_t key, bool is_known, struct trouble *trouble)
{
    struct spelling *slot = slot_of(frontier, key);
    uint64_t hash = hash_text(&spelling_key, url_resource(offer->url));
    if (slot->key == key && slot->hash == hash)
        return RESULT_OK;
    *slot = (struct spelling){key, hash};
    if (!is_known) /* this is how it will be asked for */
        return RESULT_OK;
    return compare(frontier, offer, key, trouble);
}

/* ---- visits ---- */

/* *own gets the key of its URL. */
static bool is_spelling(struct frontier *frontier, enum visit_kind kind, int64_t key,
                        struct text url, int64_t *own)
{
    if (kind != VISIT_SPECULATIVE || url_parse(&frontier->scratch, url, NULL, TEXT("")) != URL_OK)
        return false;
    *own = frontier_key(frontier, &frontier->scratch);
    return *own != key;
}

bool frontier_is_spelling(struct frontier *frontier, enum visit_kind kind, int64_t key,
                          struct text url)
{
    int64_t own;
    return is_spelling(frontier, kind, key, url, &own);
}

/* Whether the visit waits for what others show.  Not for long: a response may be kept back until
 * nothing else waits. */
static bool may_wait(struct host_spellings *spellings)
{
    int64_t now = clock_steady_ms();
    if (!spellings->waits_since_ms)
        spellings->waits_since_ms = now;
    return now - spellings->waits_since_ms < WAIT_MOST_MS;
}

enum result frontier_judge_spelling(struct frontier *frontier, const struct visit *visit,
                                    enum spelling_turn *turn, struct trouble *trouble)
{
    int64_t key = 0;
    struct url_history history;
    *turn = SPELLING_GO;
    struct host *host = frontier_find_host(frontier, visit->host);
    if (!host || !is_spelling(frontier, visit->kind, visit->key, visit->url, &key))
        return RESULT_OK;
    struct host_spellings *spellings = &host->scheme.spellings;
    enum result result = recall(frontier, host, trouble);
    if (result != RESULT_OK)
        return result;
    result = recrawl_state_history(frontier->store->recrawl, key, &history, NULL, trouble);
    if (result == RESULT_BROKEN)
        return result;
    bool unfinished = result == RESULT_OK && history.state == STATE_WAITING;
    if (is_spent(host, false) || result == RESULT_END ||
        (!unfinished && history.state != STATE_KEPT))
        *turn = SPELLING_SPENT;
    else if ((unfinished || spellings->same + spellings->running >= SAME_ENOUGH) &&
             may_wait(spellings))
        *turn = SPELLING_WAITS;
    else {
        spellings->running++;
        spellings->waits_since_ms = 0;
    }
    return RESULT_OK;
}

enum result frontier_note_spelling(struct frontier *frontier, int64_t host_number,
                                   enum spelling_end end, struct trouble *trouble)
{
    struct host *host = frontier_find_host(frontier, host_number);
    if (!host)
        return RESULT_OK;
    struct host_spellings *spellings = &host->scheme.spellings;
    enum result result = recall(frontier, host, trouble);
    if (result != RESULT_OK)
        return result;
    bool none = !spellings->same && !spellings->failed;
    spellings->running -= spellings->running > 0;
    spellings->waits_since_ms = 0;
    spellings->same = end == SPELLING_IS_SAME ? spellings->same + 1 : 0;
    spellings->failed = end == SPELLING_IS_NOT_THERE ? spellings->failed + 1 : 0;
    return none && !spellings->same && !spellings->failed ? RESULT_OK
                                                          : keep(frontier, host, trouble);
}
