/* Settles failures at the end of a round, and writes and reads them as JSON. */
#include <config.h>

#include "crawl/failing.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/wording.h"
#include "collection/run_failures.h"
#include "crawl/known_dead.h"
#include "web/failure_way.h"
#include "web/url.h"

enum {
    TOGETHER = 256, /* failures that are read before any is written */
    LISTED_MOST = 1000000,
    REASON_BYTES = 512,
    BACK_BYTES = 16 * 1024 * 1024,
    KEY_BYTES = 1 << 20,
};

void failing_init(struct failing *failing)
{
    *failing = (struct failing){.newly_dead = 0};
    buf_init(&failing->back, BACK_BYTES);
}

void failing_release(struct failing *failing)
{
    buf_release(&failing->back);
}

/* ---- the end of a round ---- */

/* Some failures, and what is to become of them. */
struct settling {
    struct failing *failing;
    const struct scope *scope;
    int64_t round_ms, last;
    struct failure kept[TOGETHER];
    int64_t forgotten[TOGETHER];
    size_t seen, kept_count, forgotten_count;
};

static bool is_on_site(const struct settling *settling, struct text text)
{
    struct url url;
    url_init(&url);
    /* When in doubt it counts as the site's, and is told each night. */
    bool on_site =
        url_parse(&url, text, NULL, TEXT("")) != URL_OK || scope_holds(settling->scope, &url);
    url_release(&url);
    return on_site;
}

static void note_back(struct failing *failing, struct text url)
{
    failing->came_back++;
    buf_add(&failing->back, failing->back.length ? ", " : "");
    json_write_string(&failing->back, url);
}

static void settle(void *context, const struct failed_visit *visit)
{
    struct settling *settling = context;
    struct failure failure = visit->failure;
    settling->seen++;
    settling->last = failure.key;
    if (visit->state == STATE_KEPT || visit->state == STATE_GONE) {
        if (failure.rounds && visit->status < 400)
            note_back(settling->failing, visit->url);
        settling->forgotten[settling->forgotten_count++] = failure.key;
    } else if (url_state_failed(visit->state, visit->kind) &&
               visit->done_ms >= settling->round_ms) {
        known_dead_count(&failure, known_dead_may_be(visit->kind, is_on_site(settling, visit->url)),
                         settling->round_ms);
        settling->failing->newly_dead += failure.known_dead && !visit->failure.known_dead;
        settling->kept[settling->kept_count++] = failure;
    }
}

enum result failing_settle(struct failing *failing, struct store *store, const struct scope *scope,
                           int64_t round_ms, struct trouble *trouble)
{
    struct settling settling = {.failing = failing, .scope = scope, .round_ms = round_ms};
    enum result result = RESULT_OK;
    do {
        settling.seen = settling.kept_count = settling.forgotten_count = 0;
        result = failure_state_each(store->failures, settling.last, TOGETHER, settle, &settling,
                                    trouble);
        for (size_t i = 0; result == RESULT_OK && i < settling.kept_count; i++)
            result = failure_state_keep(store->failures, &settling.kept[i], trouble);
        for (size_t i = 0; result == RESULT_OK && i < settling.forgotten_count; i++)
            result = failure_state_forget(store->failures, settling.forgotten[i], trouble);
    } while (result == RESULT_OK && settling.seen == TOGETHER);
    return result;
}

/* ---- counting ---- */

static void count(void *context, const struct listed_visit *visit)
{
    struct failing *failing = context;
    failing->known_dead[visit->kind]++;
}

enum result failing_count(struct failing *failing, struct store *store, struct trouble *trouble)
{
    memset(failing->known_dead, 0, sizeof failing->known_dead);
    return known_urls_each(store->known, LISTING_KNOWN_DEAD, LISTED_MOST, count, failing, trouble);
}

uint64_t failing_known_dead(const struct failing *failing)
{
    uint64_t all = 0;
    for (int kind = 0; kind < VISIT_KINDS; kind++)
        if (kind != VISIT_SPECULATIVE && kind != VISIT_ROBOTS)
            all += failing->known_dead[kind];
    return all;
}

/* ---- JSON ---- */

static void json_date(const char *name, int64_t ms, struct buf *out)
{
    char date[DATE_WARC_SIZE];
    if (!ms)
        return;
    date_write_warc(ms, date);
    buf_printf(out, ", \"%s\": \"%s\"", name, date);
}

void failing_json_visit(const struct listed_visit *visit, struct buf *out)
{
    const struct failure *failure = &visit->failure;
    char way[FAILURE_WAY_NAME_SIZE];
    failure_way_write(failure->way, way);
    buf_add(out, "{\"url\": ");
    json_write_string(out, visit->url);
    buf_printf(out, ", \"kind\": \"%s\", \"state\": \"%s\", \"status\": %d, \"reason\": ",
               visit_kind_name(visit->kind), url_state_row(visit->state)->member, visit->status);
    json_write_string(out, visit->reason);
    buf_printf(out, ", \"way\": \"%s\", \"rounds\": %d, \"same_rounds\": %d", way, failure->rounds,
               failure->same_rounds);
    json_date("since", failure->since_ms, out);
    json_date("last", failure->round_ms, out);
    json_date("not_until", failure->not_until_ms, out);
    buf_add(out, "}");
}

static void json_dead(void *context, const struct listed_visit *visit)
{
    struct buf *out = context;
    buf_add(out, text_ends(buf_text(out), TEXT("[")) ? "" : ", ");
    failing_json_visit(visit, out);
}

enum result failing_json(const struct failing *failing, struct store *store, struct buf *out,
                         struct trouble *trouble)
{
    buf_add(out, "\"known_dead\": [");
    enum result result =
        known_urls_each(store->known, LISTING_KNOWN_DEAD, LISTED_MOST, json_dead, out, trouble);
    buf_add(out, "], \"came_back\": [");
    buf_add_text(out, buf_text(&failing->back));
    buf_add(out, "]");
    return result;
}

/* ---- reading it again ---- */

struct recalling {
    struct store *store;
    struct buf key, original;
    uint64_t known;
};

static enum visit_kind kind_of(struct text name)
{
    int kind = 0;
    while (kind < VISIT_KINDS && !text_equal(name, text_of(visit_kind_name((enum visit_kind)kind))))
        kind++;
    return (enum visit_kind)kind;
}

/* Whether the archive has a response from after that time. */
static enum result was_held_later(struct recalling *recalling, int64_t key, int64_t than_ms,
                                  bool *later, struct trouble *trouble)
{
    struct held_capture held;
    int64_t date_ms;
    enum result result =
        recrawl_state_held(recalling->store->recrawl, key, &held, &recalling->original, trouble);
    *later = result == RESULT_OK && date_read_warc(text_of(held.original_date), &date_ms) &&
             date_ms > than_ms;
    return result == RESULT_END ? RESULT_OK : result;
}

/* Takes a URL that had failed, unless the archive has a later response. */
static enum result recall(void *context, const struct run_failure *told, struct trouble *trouble)
{
    struct recalling *recalling = context;
    struct store *store = recalling->store;
    struct url url;
    struct visit visit = {.kind = kind_of(told->kind)};
    url_init(&url);
    if (visit.kind == VISIT_KINDS || url_parse(&url, told->url, NULL, TEXT("")) != URL_OK) {
        url_release(&url);
        return RESULT_OK;
    }
    /* The summary does not say who gave a seed.  Without hops it would be taken for a seed of
     * the user, which may lead to private addresses; if it was one, the archive or this run says
     * so. */
    if (visit.kind == VISIT_SEED)
        strcpy(visit.hops, "R");
    buf_clear(&recalling->key);
    url_write_seen_key(&url, &recalling->key);
    visit.key = store_key(store, buf_text(&recalling->key));
    visit.url = url_resource(&url);
    int way = failure_way_read(told->way);
    const struct failure failure = {.key = visit.key,
                                    .way = way,
                                    .counted_way = way,
                                    .rounds = told->rounds,
                                    .same_rounds = told->same_rounds,
                                    .since_ms = told->since_ms,
                                    .round_ms = told->last_ms,
                                    .not_until_ms = told->not_until_ms,
                                    .known_dead = told->known_dead};
    char reason[REASON_BYTES];
    snprintf(reason, sizeof reason, "%.*s", TEXT_ARGS(text_first(told->reason, REASON_BYTES - 1)));
    const struct outcome outcome = {.key = visit.key,
                                    .state = STATE_BROKEN,
                                    .status = told->status,
                                    .way = way,
                                    .reason = reason};
    bool later = false;
    enum result result = was_held_later(recalling, visit.key, told->last_ms, &later, trouble);
    if (later)
        goto out;
    if (result == RESULT_OK)
        result = hosts_number(store->hosts, url_authority(&url), &visit.host, trouble);
    if (result == RESULT_OK)
        result = queue_offer(store->queue, &visit, 1, NULL, trouble);
    if (result == RESULT_OK)
        result = queue_finish(store->queue, &outcome, 1, trouble);
    if (result == RESULT_OK)
        result = failure_state_keep(store->failures, &failure, trouble);
    recalling->known += result == RESULT_OK;
out:
    url_release(&url);
    return result;
}

enum result failing_recall(struct store *store, const char *runs, char words[FAILING_WORDS],
                           struct trouble *trouble)
{
    char run[DATE_14_SIZE];
    struct recalling recalling = {.store = store};
    buf_init(&recalling.key, KEY_BYTES);
    buf_init(&recalling.original, KEY_BYTES);
    words[0] = '\0';
    enum result result = run_failures_read(runs, recall, &recalling, run, trouble);
    if (result == RESULT_END)
        snprintf(words, FAILING_WORDS,
                 "state/ is new, and runs/ has no summary that can be read: it is not known how "
                 "long URLs have been dead, so counting starts again");
    else if (recalling.known)
        snprintf(words, FAILING_WORDS,
                 "state/ is new: runs/%s.json names %llu %s that had failed before", run,
                 (unsigned long long)recalling.known,
                 wording_plural(recalling.known, "URL", "URLs"));
    buf_release(&recalling.key);
    buf_release(&recalling.original);
    return result == RESULT_END ? RESULT_OK : result;
}
