#include <config.h>

#include "crawl/crawl.h"

#include <curl/curl.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "archive/collection.h"
#include "archive/index_cdxj.h"
#include "archive/manifest.h"
#include "base/clock.h"
#include "base/disk.h"
#include "base/gzip.h"
#include "base/json.h"
#include "crawl/fetch.h"
#include "crawl/frontier.h"
#include "crawl/known.h"
#include "crawl/journal.h"
#include "crawl/notify.h"
#include "crawl/outlinks.h"
#include "crawl/progress.h"
#include "crawl/recover.h"
#include "crawl/revisit.h"
#include "crawl/scope.h"
#include "crawl/summary.h"
#include "crawl/writers.h"
#include "discover/robots.h"
#include "discover/series.h"
#include "web/http_body.h"
#include "web/media_type.h"

enum {
    TURN_MS = 1000,              /* the loop looks up at least this often: signals, limits, progress */
    FINISH_MS = 5000,            /* what is under way when the run is told to stop has this long */
    COMMIT_EVERY_MS = 500,
    INDEX_FIRST_BYTES = 1024 * 1024, /* lines that wait for the index; merging rewrites all of it, so twice as many */
    INDEX_BYTES = 8 * 1024 * 1024,   /* each time, up to these */
    RETRY_FIRST_MS = 1000,
    RETRY_MOST_MS = 60000,
    CHECK_DISK_EVERY = 256,
    LOAD_EVERY_MS = 100,
};

struct crawl {
    const struct crawl_options *options;
    struct crawl_calls *calls;
    struct collection *collection;
    struct store *store;
    struct scope *scope;
    struct frontier *frontier;
    struct fetch *fetch;
    struct outlinks *outlinks;
    struct revisit *revisit;
    struct originals *originals;
    struct manifest *manifest;
    char reason[PATH_MAX + 64]; /* of the summary, when it needs a name */
    struct known *known;
    struct writers *writers;
    struct progress progress;
    struct run_summary summary;
    FILE *log;
    struct buf lines;            /* of the index, durable captures */
    size_t lines_most;           /* merged when there are more octets of them */
    struct buf robots;
    char file[256];              /* the WARC file that the lines in `lines` end with, and how far */
    int64_t file_end;
    int64_t began_steady_ms, commit_due_ms, finish_by_ms;
    int64_t rate_ready_ms;       /* steady clock: until then --limit-rate is used up */
    int64_t load_since_ms, load_thread_ms; /* when the load was last looked at, and the processor time then */
    bool stopping;
    const char *finishing;       /* the limit that was reached: only requisites of what is there are taken any more */
    bool recovered;              /* the archive held captures that the store did not know */
    char left_alone[320];        /* why nothing more can be asked for in this run */
    enum answer answer;
    struct trouble trouble;
};

struct crawl_options crawl_defaults(void)
{
    return (struct crawl_options){.scope = SCOPE_SITE,
                                  .level = -1,
                                  .tries = 3,
                                  .wait_ms = 1000,
                                  .wait_factor = 5,
                                  .wait_most_ms = 30000,
                                  .timeout_ms = 30000,
                                  .min_rate = 100,
                                  .connections = 8,
                                  .recheck_within_ms = INT64_C(7) * 86400 * 1000,
                                  .disk_reserve = 100 * 1000 * 1000,
                                  .warc_max_size = 1000 * 1000 * 1000,
                                  .progress = true};
}

/* ---- what the archive knows and the store does not --------------------------------------------------------- */

static int64_t key_of(struct crawl *crawl, const struct url *url)
{
    struct buf *key = &crawl->robots;
    buf_clear(key);
    url_write_seen_key(url, key);
    return store_key(crawl->store, buf_text(key));
}

/* The key under which an archived address stands: its own, or, when it is the https twin that an http address was
 * redirected to, the twin's (see frontier_offer). */
static int64_t key_of_recovered(struct crawl *crawl, const struct recovered *recovered, const struct url *url)
{
    int64_t key = key_of(crawl, url);
    struct url via;
    url_init(&via);
    if (text_ends(recovered->hops, TEXT("R")) && url_parse(&via, recovered->via, NULL, TEXT("")) == URL_OK &&
        key_of(crawl, &via) == key) {
        buf_add(&crawl->robots, url->https ? " https" : " http");
        key = store_key(crawl->store, buf_text(&crawl->robots));
    }
    url_release(&via);
    return key;
}

static enum answer learn(void *context, const struct recovered *recovered, struct trouble *trouble)
{
    struct crawl *crawl = context;
    struct url url;
    enum answer answer = ANSWER_OK;
    crawl->recovered = true;
    url_init(&url);
    if (url_parse(&url, recovered->url, NULL, TEXT("")) == URL_OK) {
        struct visit visit = {.kind = recovered->kind, .depth = recovered->depth, .period = recovered->period,
                              .url = url_resource(&url)};
        bool is_new, failed = recovered->error.length > 0;
        memcpy(visit.hops, recovered->hops.at,
               recovered->hops.length < VISIT_HOPS_MOST ? recovered->hops.length : VISIT_HOPS_MOST);
        visit.key = key_of_recovered(crawl, recovered, &url);
        answer = store_host(crawl->store, url_authority(&url), &visit.host, trouble);
        if (answer == ANSWER_OK && recovered->kind == VISIT_ROBOTS && !failed)
            answer = store_keep_robots(crawl->store, visit.host, clock_wall_ms(), recovered->status,
                                       recovered->robots, trouble);
        if (answer == ANSWER_OK)
            answer = store_offer(crawl->store, &visit, &is_new, trouble);
        struct outcome outcome = {.key = visit.key, .state = failed ? STATE_FAILED : STATE_CAPTURED,
                                  .status = recovered->status, .attempts = 1,
                                  .reason = failed ? "recovered from the archive" : NULL};
        if (answer == ANSWER_OK)
            answer = store_finish(crawl->store, &outcome, trouble);
        if (answer == ANSWER_OK && recovered->holding)
            answer = store_keep_holding(crawl->store, visit.key, recovered->holding, trouble);
        if (answer == ANSWER_OK && recovered->kind == VISIT_SEED)
            answer = scope_add_seed(crawl->scope, &url, trouble);
        if (answer == ANSWER_OK)
            answer = outlinks_learn(crawl->outlinks, recovered->outlinks, visit.key, visit.depth, visit.hops,
                                    visit.kind, visit.kind == VISIT_ARCHIVE ? series_period(&url, SERIES_ANY_YEAR)
                                                                            : visit.period, trouble);
    }
    url_release(&url);
    return answer;
}

static void say_mended(void *context, bool is_damage, const char *words)
{
    struct crawl *crawl = context;
    summary_mended(&crawl->summary, words);
    if (is_damage || !crawl->options->quiet)
        fprintf(stderr, "warccap: %s\n", words);
}

/* ---- beginning --------------------------------------------------------------------------------------------- */

static void wake_fetch(void *context)
{
    struct crawl *crawl = context;
    fetch_wake(crawl->fetch);
}

static void add_known_seed(void *context, struct text address)
{
    struct crawl *crawl = context;
    struct url url;
    url_init(&url);
    if (url_parse(&url, address, NULL, TEXT("")) == URL_OK && crawl->answer == ANSWER_OK)
        crawl->answer = scope_add_seed(crawl->scope, &url, &crawl->trouble);
    url_release(&url);
}

static enum answer offer_seeds(struct crawl *crawl)
{
    struct url url;
    enum answer answer = ANSWER_OK;
    url_init(&url);
    for (int i = 0; answer == ANSWER_OK && i < crawl->options->seed_count; i++) {
        if (url_parse(&url, text_of(crawl->options->seeds[i]), NULL, TEXT("")) != URL_OK)
            return trouble_say(&crawl->trouble, ANSWER_LOST, "\"%s\" is no http or https address",
                               crawl->options->seeds[i]);
        struct offer offer = {.url = &url, .kind = VISIT_SEED};
        answer = scope_add_seed(crawl->scope, &url, &crawl->trouble);
        if (answer == ANSWER_OK && crawl->frontier)
            answer = frontier_offer(crawl->frontier, &offer, NULL, &crawl->trouble);
    }
    url_release(&url);
    return answer;
}

static void build_warcinfo(struct crawl *crawl, const char *user_agent, struct buf *out)
{
    static const char *const robots[] = {"obey", "obey, but not for page requisites", "ignore"};
    const struct crawl_options *options = crawl->options;
    char host[128] = "unknown", date[DATE_WARC_SIZE];
    gethostname(host, sizeof host - 1);
    date_write_warc(clock_wall_ms(), date);
    buf_printf(out, "software: warccap/%s (%s; %s)\r\n", PACKAGE_VERSION, curl_version(), gzip_backends());
    buf_add(out, "format: WARC File Format 1.1\r\n"
                 "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n");
    buf_printf(out, "hostname: %s\r\nrobots: %s\r\ncreated: %s\r\n", host, robots[options->robots], date);
    if (options->contact)
        buf_printf(out, "operator: %s\r\n", options->contact);
    buf_printf(out, "http-header-user-agent: %s\r\n", user_agent);
    if (options->no_check_certificate)
        buf_add(out, "description: certificates of https servers were not checked\r\n");
    char manifest[64], digest[MANIFEST_DIGEST_SIZE];
    struct trouble trouble;
    if (manifest_last(crawl->collection, manifest, digest, &trouble) == ANSWER_OK && manifest[0])
        buf_printf(out, "previousManifest: %s sha256:%s\r\n", manifest, digest);
}

static void title_of(const struct crawl *crawl, char *out, size_t size)
{
    snprintf(out, size, "%s", crawl->options->seed_count ? crawl->options->seeds[0] : crawl->options->directory);
}

static enum answer open_collection(struct crawl *crawl)
{
    char title[256];
    struct trouble *trouble = &crawl->trouble;
    crawl->collection = collection_new(crawl->options->directory);
    if (!crawl->collection)
        return trouble_say(trouble, ANSWER_BROKEN, "no memory");
    title_of(crawl, title, sizeof title);
    enum answer answer = collection_make(crawl->collection, trouble);
    if (answer == ANSWER_OK)
        answer = collection_lock(crawl->collection, trouble);
    if (answer == ANSWER_OK)
        answer = collection_describe(crawl->collection, title, trouble);
    if (answer == ANSWER_OK)
        answer = store_open(&crawl->store, crawl->collection->store, trouble);
    if (answer == ANSWER_OK)
        answer = journal_open(&crawl->log, crawl->collection->log, clock_wall_ms(), JOURNAL_MOST_BYTES, trouble);
    return answer;
}

/* On the writer's thread. */
static void note_finished(void *context, const char *file, int64_t bytes, const unsigned char sha256[32])
{
    struct crawl *crawl = context;
    manifest_add(crawl->manifest, file, bytes, sha256);
}

static enum answer start_writers(struct crawl *crawl, const char *user_agent)
{
    struct buf warcinfo;
    char host[128] = "localhost";
    gethostname(host, sizeof host - 1);
    buf_init(&warcinfo, 1 << 16);
    if (!(crawl->manifest = manifest_new()))
        return trouble_say(&crawl->trouble, ANSWER_BROKEN, "no memory for a manifest");
    build_warcinfo(crawl, user_agent, &warcinfo);
    struct warc_writer_options options = {.directory = crawl->collection->archive, .prefix = "warccap",
                                          .hostname = host, .file_size_bytes = crawl->options->warc_max_size,
                                          .finished = note_finished, .context = crawl,
                                          .warcinfo = warcinfo.data};
    enum answer answer = writers_start(&crawl->writers, &options, crawl->originals, crawl->options->compress, wake_fetch,
                                       crawl, &crawl->trouble);
    buf_release(&warcinfo);
    return answer;
}

static enum answer begin(struct crawl *crawl)
{
    const struct crawl_options *options = crawl->options;
    struct trouble *trouble = &crawl->trouble;
    char user_agent[512];
    if (options->user_agent)
        snprintf(user_agent, sizeof user_agent, "%s", options->user_agent);
    else
        snprintf(user_agent, sizeof user_agent, "Mozilla/5.0 (compatible; warccap/%s%s%s)", PACKAGE_VERSION,
                 options->contact ? "; +" : "", options->contact ? options->contact : "");
    enum answer answer = scope_new(&crawl->scope, options, trouble);
    if (answer == ANSWER_OK)
        answer = offer_seeds(crawl); /* wrong addresses are told before anything is made */
    if (answer == ANSWER_OK)
        answer = open_collection(crawl);
    if (answer == ANSWER_OK)
        answer = fetch_new(&crawl->fetch, options, user_agent, trouble);
    crawl->summary.first = crawl->store && store_is_new(crawl->store);
    if (answer == ANSWER_OK)
        answer = store_each_of_kind(crawl->store, VISIT_SEED, add_known_seed, crawl, trouble);
    if (answer == ANSWER_OK)
        answer = crawl->answer;
    if (answer == ANSWER_OK)
        answer = frontier_new(&crawl->frontier, crawl->store, options, trouble);
    if (answer == ANSWER_OK)
        answer = outlinks_new(&crawl->outlinks, crawl->frontier, crawl->scope, NULL, options, trouble);
    if (answer == ANSWER_OK && !options->no_dedup)
        answer = originals_open(&crawl->originals, crawl->collection->payloads, trouble);
    if (answer == ANSWER_OK)
        answer = recover_collection(crawl->collection, crawl->store, crawl->originals, learn, say_mended, crawl, trouble);
    /* A store that was deleted and rebuilt from the archive has no first run before it. */
    crawl->summary.first = crawl->summary.first && !crawl->recovered;
    if (answer == ANSWER_OK)
        answer = revisit_begin(&crawl->revisit, crawl->store, options, crawl->summary.first, trouble);
    if (answer == ANSWER_OK)
        answer = offer_seeds(crawl);
    /* What was learned and put back was counted by nobody: the frontier begins anew from what the store says now. */
    if (answer == ANSWER_OK) {
        outlinks_free(crawl->outlinks);
        frontier_free(crawl->frontier);
        crawl->outlinks = NULL;
        answer = frontier_new(&crawl->frontier, crawl->store, options, trouble);
    }
    if (answer == ANSWER_OK)
        answer = outlinks_new(&crawl->outlinks, crawl->frontier, crawl->scope, crawl->revisit, options, trouble);
    if (answer == ANSWER_OK)
        revisit_use(crawl->revisit, crawl->frontier);
    if (answer == ANSWER_OK)
        answer = known_new(&crawl->known, crawl->store, crawl->revisit, crawl->collection, options, crawl->summary.first,
                           trouble);
    if (answer == ANSWER_OK)
        answer = start_writers(crawl, user_agent);
    /* Before anything is asked for: a run that is killed now, or loses its power, goes on with this round, and begins no
     * other. */
    if (answer == ANSWER_OK)
        answer = store_commit_durably(crawl->store, trouble);
    return answer;
}

/* ---- stopping ---------------------------------------------------------------------------------------------- */

static void stop_for(struct crawl *crawl, int exit_code, const char *reason)
{
    if (crawl->stopping)
        return;
    crawl->stopping = true;
    crawl->summary.exit_code = exit_code;
    crawl->summary.reason = reason;
    crawl->finish_by_ms = clock_steady_ms() + FINISH_MS;
}

/* ---- giving out visits ------------------------------------------------------------------------------------- */

static enum answer start_visit(struct crawl *crawl, const struct visit *visit)
{
    struct capture *capture = writers_blank(crawl->writers, crawl->collection->state);
    if (!capture)
        return trouble_say(&crawl->trouble, ANSWER_BROKEN, "no memory for a visit");
    capture->key = visit->key;
    capture->host = visit->host;
    capture->kind = visit->kind;
    capture->depth = visit->depth;
    capture->attempts = visit->attempts + 1;
    capture->robots_for = visit->robots_for;
    capture->period = visit->period;
    capture->wish[0] = '\0';
    memcpy(capture->hops, visit->hops, sizeof capture->hops);
    buf_add_text(&capture->via, visit->via);
    buf_add_text(&capture->exchange->url, visit->url);
    enum answer answer = known_look_back(crawl->known, capture, &crawl->trouble);
    if (answer != ANSWER_OK)
        return answer;
    return fetch_start(crawl->fetch, capture->exchange, NULL, capture, &crawl->trouble);
}

/* Starts what may be started now; *wait_ms is how long nothing else will become ready. */
static enum answer start_visits(struct crawl *crawl, int *wait_ms)
{
    struct visit visit;
    *wait_ms = TURN_MS;
    if (crawl->options->limit_rate) { /* then one answer comes at a time */
        int64_t rest_ms = crawl->rate_ready_ms - clock_steady_ms();
        if (rest_ms > 0 && rest_ms < *wait_ms)
            *wait_ms = (int)rest_ms + 1;
        if (rest_ms > 0 || fetch_running(crawl->fetch))
            return ANSWER_OK;
    }
    while (!crawl->stopping && fetch_has_room(crawl->fetch) && writers_have_room(crawl->writers)) {
        int ready_ms;
        enum answer answer = frontier_next(crawl->frontier, &visit, &ready_ms, &crawl->trouble);
        if (answer == ANSWER_AGAIN || answer == ANSWER_END) {
            if (crawl->finishing && ready_ms < 0 && !fetch_running(crawl->fetch))
                stop_for(crawl, 14, crawl->finishing);
            if (ready_ms >= 0 && ready_ms < *wait_ms)
                *wait_ms = ready_ms + 1;
            break;
        }
        if (answer == ANSWER_OK)
            answer = start_visit(crawl, &visit);
        if (answer != ANSWER_OK || crawl->options->limit_rate)
            return answer;
    }
    return ANSWER_OK;
}

/* ---- answers ----------------------------------------------------------------------------------------------- */

static bool is_temporary(int status)
{
    return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

/* Retry-After (RFC 9110, 10.2.3) in milliseconds, 0 when there is none. */
static int64_t retry_after_ms(const struct http_head *head)
{
    struct text field = http_field(head, "Retry-After");
    uint64_t seconds;
    char date[64];
    if (!field.length || field.length >= sizeof date)
        return 0;
    if (text_to_number(field, &seconds))
        return seconds < 1000000 ? (int64_t)seconds * 1000 : INT64_C(1000000000);
    memcpy(date, field.at, field.length);
    date[field.length] = '\0';
    time_t then = curl_getdate(date, NULL);
    int64_t wait = (int64_t)then * 1000 - clock_wall_ms();
    return then > 0 && wait > 0 ? wait : 0;
}

static enum answer finish_robots(struct crawl *crawl, const struct capture *capture, int status, struct text body)
{
    char why[64];
    snprintf(why, sizeof why, "the site answered %d", status);
    return frontier_set_robots(crawl->frontier, capture->robots_for ? capture->robots_for : capture->host, status, body,
                               capture->exchange->error[0] ? capture->exchange->error : why, &crawl->trouble);
}

/* 304: all that is to be known is known. */
static enum answer take_unchanged(struct crawl *crawl, struct capture *capture)
{
    enum answer answer = revisit_list_unchanged(crawl->revisit, capture->key, &crawl->trouble);
    capture->same = true;
    capture->change = capture->before.status == 200 ? CHANGE_NONE : CHANGE_NEW; /* it was gone for a while */
    crawl->summary.unchanged++;
    crawl->summary.answers++;
    writers_put(crawl->writers, capture);
    return answer;
}

/* A whole answer: its links go to the frontier, it goes to the writer. */
static enum answer take_answer(struct crawl *crawl, struct capture *capture, const struct http_head *head)
{
    enum answer answer = ANSWER_OK;
    bool cut = false, redirect = head->status >= 301 && head->status <= 308 && head->status != 304;
    capture->not_modified = head->status == 304 && capture->conditional;
    if (capture->not_modified)
        return take_unchanged(crawl, capture);
    struct text body = outlinks_body(crawl->outlinks, capture->exchange, head, &cut);
    known_compare(crawl->known, capture, head, body);
    crawl->summary.unchanged += capture->same;
    if (redirect) {
        answer = outlinks_redirect(crawl->outlinks, capture, head, capture->kind == VISIT_ROBOTS
                                       ? capture->robots_for ? capture->robots_for : capture->host : 0,
                                   &crawl->trouble);
        if (capture->kind == VISIT_ROBOTS && answer == ANSWER_END)
            answer = finish_robots(crawl, capture, 404, TEXT(""));
        answer = answer == ANSWER_END ? ANSWER_OK : answer;
    } else if (capture->kind == VISIT_ROBOTS)
        answer = finish_robots(crawl, capture, head->status, body);
    if (answer == ANSWER_OK)
        answer = outlinks_follow(crawl->outlinks, capture, head, body, &crawl->trouble);
    if (known_is_page(capture, head))
        crawl->summary.pages++;
    crawl->summary.wishes += capture->wish[0] != '\0';
    crawl->summary.answers++;
    crawl->summary.body_bytes += capture->body_length;
    writers_put(crawl->writers, capture);
    return answer;
}

/* What came is kept, and there is nothing to follow. */
static enum answer take_octets(struct crawl *crawl, struct capture *capture, enum fetch_end end)
{
    enum answer answer = capture->kind == VISIT_ROBOTS ? finish_robots(crawl, capture, 0, TEXT("")) : ANSWER_OK;
    capture->failed = end != FETCH_STRANGE;
    capture->strange = end == FETCH_STRANGE;
    crawl->summary.answers += capture->strange;
    writers_put(crawl->writers, capture);
    return answer;
}

static enum answer retry_later(struct crawl *crawl, struct capture *capture, int64_t pause_ms)
{
    int64_t wait = (int64_t)RETRY_FIRST_MS << (capture->attempts < 1 ? 0 : capture->attempts < 7 ? capture->attempts - 1 : 6);
    if (wait > RETRY_MOST_MS)
        wait = RETRY_MOST_MS;
    if (pause_ms > wait)
        wait = pause_ms;
    struct outcome outcome = {.key = capture->key, .state = STATE_WAITING, .status = capture->exchange->status,
                              .attempts = capture->attempts, .not_before_ms = clock_wall_ms() + wait};
    log_attempt(crawl->log, capture, "retried");
    fetch_forget(crawl->fetch, capture->exchange);
    enum answer answer = frontier_finish(crawl->frontier, capture->host, &outcome, &crawl->trouble);
    writers_discard(crawl->writers, capture);
    return answer;
}

static enum answer take_ended(struct crawl *crawl, struct capture *capture, enum fetch_end end)
{
    struct exchange *exchange = capture->exchange;
    struct http_head head = {0};
    int64_t pause = 0;
    enum answer answer;
    if (end == FETCH_ANSWERED && !http_response_read(&head, spool_bytes(&exchange->response)))
        end = FETCH_STRANGE;
    capture->body_length = exchange->response.length - (int64_t)exchange->head_length;
    snprintf(capture->type, sizeof capture->type, "%.*s",
             TEXT_ARGS(media_type_essence(http_field(&head, "Content-Type"))));
    bool answered = end == FETCH_ANSWERED || end == FETCH_STRANGE;
    bool temporary = end == FETCH_FAILED ||
                     (answered && (is_temporary(head.status) || exchange->cut == CUT_DISCONNECT || exchange->cut == CUT_TIME));
    if (crawl->options->limit_rate) {
        /* What came is paid for, beginning when it was asked for, before anything else is. */
        int64_t from = clock_steady_ms() - exchange->took_ms;
        crawl->rate_ready_ms = (crawl->rate_ready_ms > from ? crawl->rate_ready_ms : from) +
                               exchange->response.length * 1000 / crawl->options->limit_rate;
    }
    bool refused = end == FETCH_ANSWERED && (head.status == 429 || head.status == 503);
    if (end == FETCH_ANSWERED && is_temporary(head.status))
        pause = retry_after_ms(&head);
    const struct conduct conduct = {exchange->took_ms, answered, refused, pause};
    answer = frontier_rest(crawl->frontier, capture->host, &conduct, &crawl->trouble);
    if (answer != ANSWER_OK) {
        http_head_release(&head);
        writers_discard(crawl->writers, capture);
        return answer;
    }
    if (crawl->stopping && !answered) {
        writers_discard(crawl->writers, capture); /* given up by us: it waits for the next run */
        answer = ANSWER_OK;
    } else if (refused && frontier_leaves_alone(crawl->frontier, capture->host)) {
        capture->attempts--; /* the next run begins anew */
        answer = retry_later(crawl, capture, pause);
    } else if (temporary && capture->attempts < crawl->options->tries)
        answer = retry_later(crawl, capture, pause);
    else if (end == FETCH_ANSWERED)
        answer = take_answer(crawl, capture, &head);
    else
        answer = take_octets(crawl, capture, end);
    http_head_release(&head);
    return answer;
}

static enum answer take_answers(struct crawl *crawl)
{
    struct exchange *exchange;
    enum fetch_end end;
    void *context;
    enum answer answer = ANSWER_OK;
    while (answer == ANSWER_OK && fetch_next(crawl->fetch, &exchange, &end, &context))
        answer = take_ended(crawl, context, end);
    return answer;
}

/* ---- receipts ---------------------------------------------------------------------------------------------- */

static enum answer flush_index(struct crawl *crawl)
{
    if (!crawl->lines.length)
        return ANSWER_OK;
    enum answer answer = cdxj_sort(&crawl->lines, &crawl->trouble);
    if (answer == ANSWER_OK)
        answer = cdxj_merge(crawl->collection->index, buf_text(&crawl->lines), &crawl->trouble);
    if (answer == ANSWER_OK && crawl->file[0])
        answer = store_file_indexed(crawl->store, crawl->file, crawl->file_end, &crawl->trouble);
    buf_clear(&crawl->lines);
    return answer;
}

/* A capture is on the disk: only now does the store learn that it is done. */
static enum answer take_receipt(struct crawl *crawl, struct capture *capture)
{
    const struct exchange *exchange = capture->exchange;
    bool failed = capture->failed || is_temporary(exchange->status) || exchange->cut != CUT_NONE;
    char reason[64];
    snprintf(reason, sizeof reason, "the site answered %d", exchange->status);
    struct outcome outcome = {.key = capture->key, .state = failed ? STATE_FAILED : STATE_CAPTURED,
                              .status = capture->not_modified ? 200 : exchange->status, .attempts = capture->attempts,
                              .reason = !failed ? NULL : exchange->error[0] ? exchange->error : reason};
    enum answer answer = ANSWER_OK;
    if (strcmp(crawl->file, capture->place.file) != 0) {
        answer = flush_index(crawl);
        snprintf(crawl->file, sizeof crawl->file, "%s", capture->place.file);
    }
    crawl->file_end = capture->file_end;
    buf_add_text(&crawl->lines, buf_text(&capture->line));
    log_attempt(crawl->log, capture, failed ? "failed" : capture->not_modified ? "unchanged" : "");
    if (answer == ANSWER_OK && !failed)
        answer = known_keep(crawl->known, capture, &crawl->summary.changes, &crawl->trouble);
    if (answer == ANSWER_OK)
        answer = frontier_finish(crawl->frontier, capture->host, &outcome, &crawl->trouble);
    if (answer == ANSWER_OK && crawl->lines.length > crawl->lines_most) {
        answer = flush_index(crawl);
        crawl->lines_most = crawl->lines_most < INDEX_BYTES ? 2 * crawl->lines_most : INDEX_BYTES;
    }
    writers_discard(crawl->writers, capture);
    return answer;
}

static enum answer take_receipts(struct crawl *crawl)
{
    enum answer answer = ANSWER_OK, broken = ANSWER_OK;
    struct trouble trouble;
    bool any = false;
    for (struct capture *capture; (capture = writers_receipt(crawl->writers, &broken, &trouble)); any = true) {
        answer = take_receipt(crawl, capture);
        if (answer != ANSWER_OK)
            return answer;
    }
    if (any && crawl->file[0])
        answer = store_file_known(crawl->store, crawl->file, crawl->file_end, &crawl->trouble);
    if (broken != ANSWER_OK) {
        crawl->trouble = trouble;
        return broken;
    }
    int64_t now = clock_steady_ms();
    if (answer == ANSWER_OK && now >= crawl->commit_due_ms) {
        crawl->commit_due_ms = now + COMMIT_EVERY_MS;
        answer = journal_flush(&crawl->log, crawl->collection->log, JOURNAL_MOST_BYTES, &crawl->trouble);
        if (answer == ANSWER_OK)
            answer = store_commit(crawl->store, &crawl->trouble);
    }
    return answer;
}

/* ---- limits ------------------------------------------------------------------------------------------------ */

/* All that waits is on hosts that want to be left alone for longer than this run lasts. */
static void watch_manners(struct crawl *crawl)
{
    const char *host;
    char date[DATE_WARC_SIZE];
    if (crawl->stopping || fetch_running(crawl->fetch) || writers_pending(crawl->writers) || !frontier_waiting(crawl->frontier))
        return;
    int64_t until = frontier_left_alone_until(crawl->frontier, &host);
    if (!until)
        return;
    date_write_warc(until, date);
    snprintf(crawl->left_alone, sizeof crawl->left_alone, "%.200s asked to be left alone until %.19sZ", host, date);
    stop_for(crawl, 18, crawl->left_alone);
}

/* A limit is reached: the pages that are there get what they need to be shown, and then it is enough. */
static void finish_for(struct crawl *crawl, const char *reason)
{
    if (crawl->finishing)
        return;
    crawl->finishing = reason;
    store_take_requisites_only(crawl->store);
}

/* The signals that do not end a run. */
static void heed_calls(struct crawl *crawl, const struct progress_figures *figures)
{
    struct trouble trouble;
    if (crawl->calls->reopen) {
        crawl->calls->reopen = 0;
        if (journal_reopen(&crawl->log, crawl->collection->log, &trouble) != ANSWER_OK)
            fprintf(stderr, "warccap: %s; the log goes on where it is\n", trouble.words);
    }
    if (crawl->calls->tell) {
        char words[PROGRESS_WORDS], date[DATE_WARC_SIZE];
        crawl->calls->tell = 0;
        progress_words(&crawl->progress, figures, words);
        date_write_warc(clock_wall_ms(), date);
        fprintf(crawl->log, "# %s %s\n", date, words);
        fflush(crawl->log);
        progress_clear(&crawl->progress);
        if (!crawl->options->quiet)
            fprintf(stderr, "warccap: %s\n", words);
    }
}

static void watch_limits(struct crawl *crawl)
{
    const struct crawl_options *options = crawl->options;
    struct run_summary *summary = &crawl->summary;
    int64_t now = clock_steady_ms();
    summary->stored_bytes = writers_bytes(crawl->writers);
    if (crawl->calls->stop)
        stop_for(crawl, 11, "stopped by a signal");
    if (options->time_limit_ms && now - crawl->began_steady_ms >= options->time_limit_ms)
        stop_for(crawl, 15, "the time limit was reached");
    if (options->size_limit && summary->stored_bytes >= options->size_limit)
        finish_for(crawl, "the size limit was reached");
    if (options->page_limit && (int64_t)summary->pages >= options->page_limit)
        finish_for(crawl, "the page limit was reached");
    if (options->disk_reserve && summary->turns++ % CHECK_DISK_EVERY == 0) {
        const char *where;
        int64_t left = collection_free_bytes(crawl->collection, &where);
        if (left >= 0 && left < options->disk_reserve && !crawl->stopping) {
            snprintf(crawl->reason, sizeof crawl->reason, "only %lld MB are left on the disk of %s", (long long)left / 1000000, where);
            stop_for(crawl, 16, crawl->reason);
        }
    }
    if (crawl->stopping && (crawl->calls->stop > 1 || now > crawl->finish_by_ms))
        fetch_abandon(crawl->fetch);
    struct progress_figures figures = {.pages = summary->pages, .answers = summary->answers,
                                       .bytes = summary->stored_bytes, .waiting = frontier_waiting(crawl->frontier),
                                       .running = fetch_running(crawl->fetch),
                                       .waits_for = frontier_waits_for(crawl->frontier)};
    progress_show(&crawl->progress, &figures);
    heed_calls(crawl, &figures);
}

/* A crawl that waits for its servers has time to compress well; one that is busy itself has not. */
static void watch_load(struct crawl *crawl)
{
    int64_t now = clock_steady_ms(), passed = now - crawl->load_since_ms;
    if (passed < LOAD_EVERY_MS)
        return;
    int64_t thread = clock_thread_ms(), used = thread - crawl->load_thread_ms;
    if (used > passed / 3 || used < passed / 6)
        writers_press(crawl->writers, used > passed / 3);
    crawl->load_since_ms = now;
    crawl->load_thread_ms = thread;
}

/* ---- the run ----------------------------------------------------------------------------------------------- */

/* One turn of the loop: the whole way of the data. */
static enum answer turn(struct crawl *crawl, bool *more)
{
    int wait_ms;
    enum answer answer = start_visits(crawl, &wait_ms);               /* frontier -> fetch */
    if (answer == ANSWER_OK && !fetch_running(crawl->fetch) && writers_pending(crawl->writers))
        writers_hurry(crawl->writers);
    *more = answer == ANSWER_OK && (fetch_running(crawl->fetch) || writers_pending(crawl->writers) ||
                                    (!crawl->stopping && frontier_waiting(crawl->frontier) > 0));
    int nudge_ms = writers_nudge(crawl->writers);
    if (nudge_ms >= 0 && nudge_ms < wait_ms)
        wait_ms = nudge_ms;
    if (*more)
        answer = fetch_turn(crawl->fetch, wait_ms, &crawl->trouble);  /* fetch -> exchange */
    if (answer == ANSWER_OK)
        answer = take_answers(crawl);                                 /* exchange -> links -> frontier, -> writers */
    if (answer == ANSWER_OK)
        answer = take_receipts(crawl);                                /* records on disk -> store -> index */
    watch_limits(crawl);
    watch_manners(crawl);
    watch_load(crawl);
    return answer;
}

static void end(struct crawl *crawl)
{
    struct trouble trouble = trouble_none();
    enum answer answer = ANSWER_OK;
    bool troubled = crawl->answer != ANSWER_OK;
    if (crawl->fetch && crawl->writers) {
        /* After trouble some are under way still: they wait for the next run. */
        struct exchange *exchange;
        enum fetch_end how;
        void *capture;
        fetch_abandon(crawl->fetch);
        while (fetch_next(crawl->fetch, &exchange, &how, &capture))
            writers_discard(crawl->writers, capture);
    }
    if (crawl->writers) {
        answer = writers_stop(crawl->writers, &trouble);
        enum answer taken = troubled ? ANSWER_OK : take_receipts(crawl);
        answer = answer != ANSWER_OK ? answer : taken;
        crawl->summary.stored_bytes = writers_bytes(crawl->writers);
        if (!troubled && answer == ANSWER_OK && flush_index(crawl) != ANSWER_OK)
            answer = ANSWER_BROKEN;
        if (answer != ANSWER_OK && trouble.answer == ANSWER_OK)
            trouble = crawl->trouble;
        summary_name(&crawl->summary, crawl->collection);
        if (answer == ANSWER_OK && crawl->answer == ANSWER_OK)
            answer = manifest_write(crawl->manifest, crawl->collection, crawl->summary.run, crawl->summary.manifest, &trouble);
    }
    if (crawl->answer == ANSWER_OK && answer != ANSWER_OK) {
        crawl->answer = answer;
        crawl->trouble = trouble;
    }
    if (crawl->revisit && crawl->answer == ANSWER_OK && !crawl->stopping)
        crawl->answer = revisit_end(crawl->revisit, &crawl->trouble);
    if (crawl->store && crawl->answer == ANSWER_OK)
        crawl->answer = store_commit(crawl->store, &crawl->trouble);
    /* What could not be told to the store whole is not told in part: the next start learns it from the WARC files, from where
     * the store's knowledge ends.  Told in part, a file would be known further than the visits in it. */
    if (crawl->store && crawl->answer != ANSWER_OK)
        store_roll_back(crawl->store);
}

static int exit_code(const struct crawl *crawl)
{
    if (crawl->answer == ANSWER_AGAIN)
        return 75;
    if (crawl->answer == ANSWER_LOST)
        return 2;
    if (crawl->answer != ANSWER_OK)
        return 3;
    if (crawl->summary.exit_code)
        return crawl->summary.exit_code;
    return crawl->summary.failed ? 4 : 0;
}

static void release(struct crawl *crawl)
{
    writers_free(crawl->writers);
    originals_close(crawl->originals);
    manifest_free(crawl->manifest);
    fetch_free(crawl->fetch);
    outlinks_free(crawl->outlinks);
    frontier_free(crawl->frontier);
    revisit_free(crawl->revisit);
    known_free(crawl->known);
    changes_release(&crawl->summary.changes);
    buf_release(&crawl->summary.mended);
    scope_free(crawl->scope);
    store_close(crawl->store);
    if (crawl->log)
        fclose(crawl->log);
    collection_free(crawl->collection);
    buf_release(&crawl->lines);
    buf_release(&crawl->robots);
}

/* A run that ended before there was anything to sum up says so in the same words. */
static void build_short_json(const struct crawl *crawl, const struct crawl_outcome *outcome, struct buf *json)
{
    buf_printf(json, "{\"software\": \"warccap/%s\", \"exit\": %d, \"reason\": ", PACKAGE_VERSION, outcome->exit_code);
    json_write_string(json, text_of(outcome->reason));
    buf_add(json, ", \"collection\": ");
    json_write_string(json, text_of(crawl->options->directory));
    buf_add(json, "}\n");
}

/* The person and the file under runs/ learn how it went. */
static void tell(struct crawl *crawl, struct crawl_outcome *outcome, struct buf *json)
{
    const struct crawl_options *options = crawl->options;
    char title[256];
    summary_outcome(&crawl->summary, crawl->answer, &crawl->trouble, outcome);
    if (!outcome->exit_code && outcome->fresh + outcome->changed + outcome->gone + outcome->moved > 0)
        outcome->exit_code = crawl->summary.exit_code = options->changed_exit;
    title_of(crawl, title, sizeof title);
    if (options->quiet || crawl->answer != ANSWER_OK)
        verdict_print(stderr, outcome, title, options->directory);
    if (crawl->writers)
        summary_tell(&crawl->summary, options, crawl->collection, crawl->store, crawl->outlinks, crawl->answer, json);
    else
        build_short_json(crawl, outcome, json);
}

int crawl_run(const struct crawl_options *options, struct crawl_calls *calls, struct crawl_outcome *outcome)
{
    struct crawl crawl = {.options = options, .calls = calls, .trouble = trouble_none()};
    struct crawl_outcome own;
    struct buf json;
    bool more = true;
    crawl.lines_most = INDEX_FIRST_BYTES;
    buf_init(&crawl.lines, 4 * (size_t)INDEX_BYTES);
    buf_init(&crawl.robots, 1 << 20);
    progress_init(&crawl.progress, options->progress && !options->quiet);
    summary_begin(&crawl.summary);
    crawl.began_steady_ms = clock_steady_ms();

    crawl.answer = begin(&crawl);                                     /* seed -> url -> frontier */
    if (crawl.answer == ANSWER_OK && scope_has_private_seed(crawl.scope))
        fetch_allow_private(crawl.fetch);
    if (crawl.answer == ANSWER_OK)
        writers_press(crawl.writers, !options->wait_ms); /* until the load is known: who asks not to wait is in a hurry */
    while (crawl.answer == ANSWER_OK && more)
        crawl.answer = turn(&crawl, &more);
    progress_clear(&crawl.progress);
    end(&crawl);

    if (crawl.answer == ANSWER_OK)
        crawl.answer = summary_count(&crawl.summary, crawl.store, &crawl.trouble);
    crawl.summary.exit_code = exit_code(&crawl);
    buf_init(&json, 1 << 16);
    tell(&crawl, outcome ? outcome : &own, &json);
    int code = crawl.summary.exit_code;
    release(&crawl);
    /* The collection is free: the command may do with it what it likes. */
    if (options->notify && notify_run(options->notify, buf_text(&json), NOTIFY_MOST_SECONDS, &crawl.trouble) != ANSWER_OK)
        fprintf(stderr, "warccap: %s\n", crawl.trouble.words);
    buf_release(&json);
    return code;
}
