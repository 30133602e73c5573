#include <config.h>

#include "crawl/crawl_internal.h"

#include "base/clock.h"
#include "base/json.h"
#include "collection/crawl_log.h"
#include "crawl/notify.h"

enum {
    INDEX_FIRST_BYTES = 1024 * 1024, /* lines that wait for the index; merging rewrites all of it,
                                        so twice as many each time */
    INDEX_ROOM_BYTES = 32 * 1024 * 1024,
};

struct crawl_options crawl_defaults(void)
{
    return (struct crawl_options){
        .fetch = {.timeout_ms = 30000, .min_rate = 100},
        .scope = {.kind = SCOPE_SITE, .level = -1},
        .frontier = {.wait_ms = 1000, .wait_factor = 5, .wait_most_ms = 30000, .connections = 8},
        .capture = {.warc_max_size = 1000 * 1000 * 1000},
        .recrawl = {.within_ms = INT64_C(7) * 86400 * 1000},
        .limits = {.disk_reserve = 100 * 1000 * 1000},
        .tries = 3,
        .progress = true,
    };
}

/* One turn of the loop: the whole way of the data. */
static enum result turn(struct crawl *crawl, bool *more)
{
    int wait_ms;
    enum result result = crawl_start_visits(crawl, &wait_ms); /* frontier -> fetch */
    if (result == RESULT_OK && !fetch_running(crawl->fetch) &&
        writer_set_pending(crawl->writer_set))
        writer_set_flush(crawl->writer_set);
    *more = result == RESULT_OK &&
            (fetch_running(crawl->fetch) || writer_set_pending(crawl->writer_set) ||
             (!crawl->stopping && frontier_waiting(crawl->frontier) > 0));
    int nudge_ms = writer_set_wake(crawl->writer_set);
    if (nudge_ms >= 0 && nudge_ms < wait_ms)
        wait_ms = nudge_ms;
    if (*more)
        result = fetch_turn(crawl->fetch, wait_ms, &crawl->trouble); /* fetch -> exchange */
    if (result == RESULT_OK)
        result = crawl_take_responses(crawl); /* exchange -> links -> frontier, -> writers */
    if (result == RESULT_OK)
        result = crawl_take_receipts(crawl); /* records on disk -> store -> index */
    crawl_watch(crawl);
    return result;
}

static void end(struct crawl *crawl)
{
    struct trouble trouble = trouble_none();
    enum result result = RESULT_OK;
    bool troubled = crawl->result != RESULT_OK;
    if (crawl->fetch && crawl->writer_set) {
        /* After trouble some are under way still: they wait for the next run. */
        struct exchange *exchange;
        enum fetch_end how;
        void *capture;
        fetch_abandon(crawl->fetch);
        while (fetch_next(crawl->fetch, &exchange, &how, &capture))
            capture_pool_put(crawl->writer_set, capture);
    }
    if (crawl->writer_set) {
        result = writer_set_stop(crawl->writer_set, &trouble);
        enum result taken = troubled ? RESULT_OK : crawl_take_receipts(crawl);
        result = result != RESULT_OK ? result : taken;
        crawl->summary.stored_bytes = writer_set_bytes(crawl->writer_set);
        if (!troubled && result == RESULT_OK && crawl_flush_index(crawl) != RESULT_OK)
            result = RESULT_BROKEN;
        if (result != RESULT_OK && trouble.result == RESULT_OK)
            trouble = crawl->trouble;
        if (result != RESULT_OK || troubled) /* then not all that came is on the disk */
            writer_set_kept(crawl->writer_set, &crawl->summary.pages, &crawl->summary.answers);
        summary_name(&crawl->summary, crawl->collection);
        if (result == RESULT_OK && crawl->result == RESULT_OK)
            result = manifest_write(crawl->manifest, crawl->collection, crawl->summary.run,
                                    crawl->summary.manifest, &trouble);
    }
    if (crawl->result == RESULT_OK && result != RESULT_OK) {
        crawl->result = result;
        crawl->trouble = trouble;
    }
    if (crawl->log && crawl->result == RESULT_OK)
        crawl->result = crawl_log_flush(&crawl->log, crawl->collection->log, CRAWL_LOG_MOST_BYTES,
                                        &crawl->trouble);
    if (crawl->store && crawl->result == RESULT_OK)
        crawl->result = store_commit(crawl->store, &crawl->trouble);
    /* What could not be told to the store whole is not told in part: the next start learns it from
     * the WARC files, from where the store's knowledge ends.  Told in part, a file would be known
     * further than the visits in it. */
    if (crawl->store && crawl->result != RESULT_OK)
        store_roll_back(crawl->store);
}

static int exit_code(const struct crawl *crawl)
{
    if (crawl->result == RESULT_AGAIN)
        return 75;
    if (crawl->result == RESULT_LOST)
        return 2;
    if (crawl->result == RESULT_END)
        return 11;
    if (crawl->result != RESULT_OK)
        return 3;
    if (crawl->summary.exit_code)
        return crawl->summary.exit_code;
    return crawl->summary.failed ? 4 : 0;
}

static void release(struct crawl *crawl)
{
    writer_set_free(crawl->writer_set);
    dedup_close(crawl->dedup);
    manifest_free(crawl->manifest);
    fetch_free(crawl->fetch);
    follow_free(crawl->follow);
    frontier_free(crawl->frontier);
    recrawl_free(crawl->recrawl);
    recrawl_compare_free(crawl->known);
    changes_release(&crawl->summary.changes);
    buf_release(&crawl->summary.mended);
    scope_free(crawl->scope);
    store_close(crawl->store);
    if (crawl->log)
        fclose(crawl->log);
    collection_free(crawl->collection);
    buf_release(&crawl->lines);
    buf_release(&crawl->robots);
    buf_release(&crawl->users);
}

/* A run that ended before there was anything to sum up says so in the same words. */
static void build_short_json(const struct crawl *crawl, const struct crawl_outcome *outcome,
                             struct buf *json)
{
    buf_printf(json, "{\"software\": \"warccap/%s\", \"exit\": %d, \"reason\": ", PACKAGE_VERSION,
               outcome->exit_code);
    json_write_string(json, text_of(outcome->reason));
    buf_add(json, ", \"collection\": ");
    json_write_string(json, text_of(crawl->options->directory));
    buf_add(json, "}\n");
}

/* Only now that the summary is kept nobody need tell of it again: what was found is told, and the
 * round is over. */
static enum result close_round(struct crawl *crawl, struct trouble *trouble)
{
    enum result result = store_all_told(crawl->store, trouble);
    if (result == RESULT_OK && !crawl->stopping)
        result = recrawl_end(crawl->recrawl, trouble);
    if (result == RESULT_OK)
        result = store_commit(crawl->store, trouble);
    if (result != RESULT_OK)
        store_roll_back(crawl->store);
    return result;
}

/* A summary that can't be kept is no success: whoever reads runs/ would think that there was no
 * run. */
static void take_unkept(struct crawl *crawl, const struct trouble *trouble,
                        struct crawl_outcome *outcome, struct buf *json)
{
    if (crawl->result != RESULT_OK) { /* the same disk, most likely */
        fprintf(stderr, "warccap: %s\n", trouble->words);
        return;
    }
    crawl->result = RESULT_BROKEN;
    crawl->trouble = *trouble;
    crawl->summary.exit_code = exit_code(crawl);
    summary_outcome(&crawl->summary, crawl->result, &crawl->trouble, outcome);
    buf_clear(json);
    build_short_json(crawl, outcome, json);
}

/* The person and the file under runs/ learn how it went. */
static void tell(struct crawl *crawl, struct crawl_outcome *outcome, struct buf *json)
{
    const struct crawl_options *options = crawl->options;
    struct trouble trouble;
    char title[256];
    summary_outcome(&crawl->summary, crawl->result, &crawl->trouble, outcome);
    if (!outcome->exit_code &&
        outcome->fresh + outcome->changed + outcome->gone + outcome->moved > 0)
        outcome->exit_code = crawl->summary.exit_code = options->changed_exit;
    crawl_title(crawl, title, sizeof title);
    if (!crawl->writer_set)
        build_short_json(crawl, outcome, json);
    else if (summary_write(&crawl->summary, options, crawl->collection, crawl->store, crawl->follow,
                           crawl->result, json, &trouble) != RESULT_OK ||
             (crawl->result == RESULT_OK && close_round(crawl, &trouble) != RESULT_OK))
        take_unkept(crawl, &trouble, outcome, json);
    if (options->quiet || crawl->result != RESULT_OK)
        exit_status_print(stderr, outcome, title, options->directory);
    if (crawl->writer_set && crawl->result == RESULT_OK)
        summary_print(&crawl->summary, options, crawl->collection, crawl->store, crawl->follow,
                      json);
}

int crawl_run(const struct crawl_options *options, struct crawl_calls *calls,
              struct crawl_outcome *outcome)
{
    struct crawl crawl = {.options = options, .calls = calls, .trouble = trouble_none()};
    struct crawl_outcome own;
    struct buf json;
    bool more = true;
    crawl.lines_most = INDEX_FIRST_BYTES;
    buf_init(&crawl.lines, INDEX_ROOM_BYTES);
    buf_init(&crawl.robots, 1 << 20);
    buf_init(&crawl.users, 1 << 20);
    progress_init(&crawl.progress, options->progress && !options->quiet);
    summary_begin(&crawl.summary);
    crawl.began_steady_ms = clock_steady_ms();

    crawl.result = crawl_begin(&crawl); /* seed -> url -> frontier */
    if (crawl.result == RESULT_OK && scope_has_private_seed(crawl.scope))
        fetch_allow_private(crawl.fetch);
    if (crawl.result == RESULT_OK)
        writer_set_load(crawl.writer_set,
                        !options->frontier.wait_ms); /* until the load is known: who asks not to
                                                        wait is in a hurry */
    if (crawl.result == RESULT_OK)
        crawl_watch(&crawl); /* a disk that is full already, a signal while it began: then nothing
                                is asked for */
    while (crawl.result == RESULT_OK && more)
        crawl.result = turn(&crawl, &more);
    progress_clear(&crawl.progress);
    end(&crawl);

    if (crawl.result == RESULT_OK)
        crawl.result = summary_count(&crawl.summary, crawl.store, &crawl.trouble);
    crawl.summary.exit_code = exit_code(&crawl);
    buf_init(&json, 1 << 16);
    tell(&crawl, outcome ? outcome : &own, &json);
    int code = crawl.summary.exit_code;
    release(&crawl);
    /* The collection is free: the command may do with it what it likes. */
    if (options->notify && notify_run(options->notify, buf_text(&json), NOTIFY_MOST_SECONDS,
                                      &calls->stop, &crawl.trouble) != RESULT_OK)
        fprintf(stderr, "warccap: %s\n", crawl.trouble.words);
    buf_release(&json);
    return code;
}
