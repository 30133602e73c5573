/* Makes a run: begins it, turns its loop until nothing is left to do, and ends it. */
#include <config.h>

#include "crawl/crawl_internal.h"
#include "frontier/frontier_unasked.h"

#include "base/clock.h"
#include "collection/crawl_log.h"
#include "crawl/seed_elsewhere.h"
#include "crawl/settle.h"

enum {
    /* Index lines that wait to be merged.  A merge rewrites the whole index, so the limit doubles
     * each time. */
    INDEX_FIRST_BYTES = 1024 * 1024,
    INDEX_ROOM_BYTES = 32 * 1024 * 1024,
};

struct crawl_options crawl_defaults(void)
{
    return (struct crawl_options){
        .fetch = {.timeout_ms = 30000,
                  .connect_timeout_ms = 10000,
                  .min_rate = 100,
                  .url_size_limit = INT64_C(10) * 1000 * 1000 * 1000},
        .scope = {.kind = SCOPE_SITE, .level = -1},
        .frontier = {.wait_ms = 1000,
                     .wait_factor = 5,
                     .wait_most_ms = 30000,
                     .connections = 8,
                     .hosts_most = 20000},
        .capture = {.warc_max_size = 1000 * 1000 * 1000},
        .recrawl = {.within_ms = INT64_C(7) * 86400 * 1000},
        .limits = {.disk_reserve = 100 * 1000 * 1000, .parts = 5000, .redirects = REDIRECTS_AUTO},
        .tries = 3,
    };
}

struct recorded_options crawl_recorded_options(const struct crawl_options *options)
{
    return (struct recorded_options){.scope = options->scope,
                                     .robots = options->frontier.robots,
                                     .rules_off = options->rules_off,
                                     .forgotten = options->forget_seeds,
                                     .forgotten_count = options->forget_count,
                                     .tries = options->tries,
                                     .page_limit = options->limits.pages,
                                     .size_limit = options->limits.bytes,
                                     .time_limit_ms = options->limits.time_ms,
                                     .url_size_limit = options->fetch.url_size_limit,
                                     .url_time_limit_ms = options->fetch.url_time_limit_ms};
}

/* One turn of the loop: the whole path of the data. */
static enum result turn(struct crawl *crawl, bool *more)
{
    int wait_ms;
    enum result result = crawl_start_visits(crawl, &wait_ms); /* frontier -> fetch */
    if (result == RESULT_OK && !crawl_running(crawl) && writer_set_pending(crawl->writer_set))
        writer_set_flush(crawl->writer_set);
    *more =
        result == RESULT_OK && (crawl_running(crawl) || writer_set_pending(crawl->writer_set) ||
                                (!crawl->ending.stopping && frontier_waiting(crawl->frontier) > 0));
    int wake_ms = writer_set_wake(crawl->writer_set);
    if (wake_ms >= 0 && wake_ms < wait_ms)
        wait_ms = wake_ms;
    if (slow_compare_waiting(recrawl_compare_slow(crawl->compare)))
        wait_ms = 0;
    if (*more)
        result = fetch_turn(crawl->fetch, wait_ms, &crawl->trouble); /* fetch -> exchange */
    if (result == RESULT_OK)
        result = crawl_take_responses(crawl); /* exchange -> links -> frontier, -> writers */
    if (result == RESULT_OK)
        result = crawl_take_receipts(crawl); /* records on disk -> store -> index */
    if (result == RESULT_OK)
        result = crawl_cookies_turn(crawl);
    crawl_watch(crawl);
    return result;
}

/* After an error some transfers are still running: their URLs wait for the next run. */
static void abandon_transfers(struct crawl *crawl)
{
    struct exchange *exchange;
    enum fetch_end how;
    void *capture;
    fetch_abandon(crawl->fetch);
    while (fetch_next(crawl->fetch, &exchange, &how, &capture))
        capture_pool_put(crawl->writer_set, capture);
    for (struct capture *waiting;
         (waiting = slow_compare_drop(recrawl_compare_slow(crawl->compare)));)
        capture_pool_put(crawl->writer_set, waiting);
}

static void end(struct crawl *crawl)
{
    struct trouble trouble = trouble_none();
    enum result result = RESULT_OK;
    bool troubled = crawl->result != RESULT_OK;
    if (crawl->fetch && crawl->writer_set && crawl->compare)
        abandon_transfers(crawl);
    if (crawl->writer_set) {
        enum result settled = troubled ? RESULT_OK : crawl_lockout_settle(crawl);
        if (!troubled && settled == RESULT_OK && !crawl->ending.stopping)
            settled = seed_elsewhere_take_back(crawl);
        result = writer_set_stop(crawl->writer_set, &trouble);
        enum result taken = troubled ? RESULT_OK : crawl_take_receipts(crawl);
        taken = settled != RESULT_OK ? settled : taken;
        result = result != RESULT_OK ? result : taken;
        crawl->summary.stored_bytes = writer_set_bytes(crawl->writer_set);
        if (!troubled && result == RESULT_OK && crawl_flush_index(crawl) != RESULT_OK)
            result = RESULT_BROKEN;
        if (result != RESULT_OK && trouble.result == RESULT_OK)
            trouble = crawl->trouble;
        if (result != RESULT_OK || troubled) /* then not everything that came is on disk */
            writer_set_kept(crawl->writer_set, &crawl->summary.pages, &crawl->summary.responses);
        if (!troubled && result == RESULT_OK && crawl->begin.other_options &&
            !crawl->summary.stored_bytes)
            result = crawl_record_options(crawl);
        if (result != RESULT_OK && trouble.result == RESULT_OK)
            trouble = crawl->trouble;
        summary_name(&crawl->summary, crawl->collection);
        if (result == RESULT_OK && crawl->result == RESULT_OK)
            result = manifest_write(crawl->files.manifest, crawl->collection, crawl->summary.run,
                                    crawl->summary.manifest, &trouble);
    }
    if (crawl->result == RESULT_OK && result != RESULT_OK) {
        crawl->result = result;
        crawl->trouble = trouble;
    }
    if (crawl->files.log && crawl->result == RESULT_OK)
        crawl->result = crawl_log_flush(&crawl->files.log, crawl->collection->log,
                                        CRAWL_LOG_MOST_BYTES, &crawl->trouble);
    if (crawl->store && crawl->result == RESULT_OK)
        crawl->result = store_commit(crawl->store, &crawl->trouble);
    /* What the store can't learn in full, it does not learn in part.  The next start learns it from
     * the WARC files, from where the store's knowledge ends.  In part, the store would know more of
     * a file than of the visits in it. */
    if (crawl->store && crawl->result != RESULT_OK)
        store_roll_back(crawl->store);
}

/* Which end this is; summary_count() has been called. */
static enum crawl_end judge_end(const struct crawl *crawl)
{
    switch (crawl->result) {
    case RESULT_OK:
        break;
    case RESULT_AGAIN:
        return CRAWL_HELD;
    case RESULT_LOST:
        return CRAWL_WRONG_OPTIONS;
    case RESULT_END:
        return CRAWL_STOPPED;
    default:
        return CRAWL_BROKEN;
    }
    if (crawl->summary.end != CRAWL_FINISHED)
        return crawl->summary.end;
    if (crawl->summary.failed || crawl->summary.completeness.nothing_kept)
        return CRAWL_INCOMPLETE;
    return summary_found_change(&crawl->summary) ? CRAWL_FINISHED_CHANGED : CRAWL_FINISHED;
}

static void release(struct crawl *crawl)
{
    crawl_lockout_free(crawl); /* gives captures to the writers */
    writer_set_free(crawl->writer_set);
    crawl_cookies_free(crawl);
    dedup_close(crawl->files.dedup);
    manifest_free(crawl->files.manifest);
    fetch_free(crawl->fetch);
    response_body_free(crawl->reading.body);
    jail_free(crawl->reading.jail);
    page_reader_free(crawl->reading.archive_reader);
    jail_free(crawl->reading.archive_jail);
    follow_free(crawl->follow);
    visit_judge_free(crawl->begin.judge);
    frontier_free(crawl->frontier);
    recrawl_free(crawl->recrawl);
    recrawl_compare_free(crawl->compare);
    changes_release(&crawl->summary.changes);
    buf_release(&crawl->summary.mended);
    scope_free(crawl->scope);
    store_close(crawl->store);
    if (crawl->files.log)
        fclose(crawl->files.log);
    collection_free(crawl->collection);
    buf_release(&crawl->files.lines);
    buf_release(&crawl->begin.key);
    buf_release(&crawl->begin.users);
    buf_release(&crawl->begin.new_seeds);
    url_list_release(&crawl->begin.seeds);
    url_list_release(&crawl->begin.forgotten);
    recorded_options_release(&crawl->begin.last);
}

/* The summary is written, so the store can forget the changes that it reports.  The round is
 * over. */
static enum result close_round(struct crawl *crawl, struct trouble *trouble)
{
    enum result result = progress_forget_changes(crawl->store->progress, trouble);
    if (result == RESULT_OK && !crawl->ending.stopping)
        result = recrawl_end(crawl->recrawl, trouble);
    if (result == RESULT_OK)
        result = store_commit(crawl->store, trouble);
    if (result != RESULT_OK)
        store_roll_back(crawl->store);
    return result;
}

static void view_end(const struct crawl *crawl, struct crawl_ended *ended)
{
    ended->end = crawl->summary.end;
    ended->result = crawl->result;
    ended->os_error = crawl->result == RESULT_OK ? 0 : crawl->trouble.os_error;
    ended->trouble = crawl->result == RESULT_OK ? "" : crawl->trouble.words;
}

/* A summary that can't be written is a failure: runs/ would look as if there had been no run. */
static void fail_summary(struct crawl *crawl, const struct trouble *trouble,
                         struct crawl_ended *ended, struct buf *json)
{
    if (crawl->result != RESULT_OK) { /* most likely the same disk */
        crawl->observer.warned(crawl->observer.context, trouble->words);
        return;
    }
    crawl->result = RESULT_BROKEN;
    crawl->trouble = *trouble;
    crawl->summary.end = judge_end(crawl);
    view_end(crawl, ended);
    buf_clear(json);
    summary_build_short_json(ended, crawl->observer.exit_code(crawl->observer.context, ended->end),
                             json);
}

/* Writes the file under runs/, and tells the observer how the run ended. */
static void tell_end(struct crawl *crawl)
{
    struct crawl_observer *observer = &crawl->observer;
    struct trouble trouble;
    struct buf json, shut_out;
    char title[256];
    struct crawl_ended ended = {.title = title,
                                .has_begun = crawl->writer_set,
                                .summary = &crawl->summary,
                                .options = crawl->options,
                                .collection = crawl->collection,
                                .store = crawl->store,
                                .follow = crawl->follow,
                                .sandbox = crawl->begin.sandbox};
    buf_init(&json, 1 << 16);
    buf_init(&shut_out, 1 << 20);
    crawl_title(crawl, title, sizeof title);
    if (crawl->frontier)
        crawl_lockout_json(crawl, &shut_out);
    ended.shut_out = buf_text(&shut_out);
    view_end(crawl, &ended);
    int exit_code = observer->exit_code(observer->context, ended.end);
    if (!ended.has_begun)
        summary_build_short_json(&ended, exit_code, &json);
    else if (summary_write(&ended, exit_code, &json, &trouble) != RESULT_OK ||
             (crawl->result == RESULT_OK && close_round(crawl, &trouble) != RESULT_OK))
        fail_summary(crawl, &trouble, &ended, &json);
    ended.json = buf_text(&json);
    observer->ended(observer->context, &ended);
    buf_release(&json);
    buf_release(&shut_out);
}

enum crawl_end crawl_run(const struct crawl_options *options, struct crawl_calls *calls,
                         const struct crawl_observer *observer)
{
    struct crawl crawl = {.begin = {.options = *options},
                          .calls = calls,
                          .observer = crawl_observer_whole(observer),
                          .trouble = trouble_none()};
    bool more = true;
    crawl.options = &crawl.begin.options;
    crawl.begin.sandbox = "off";
    crawl.files.merge_bytes = INDEX_FIRST_BYTES;
    buf_init(&crawl.files.lines, INDEX_ROOM_BYTES);
    buf_init(&crawl.begin.key, 1 << 20);
    buf_init(&crawl.begin.users, 1 << 20);
    buf_init(&crawl.begin.new_seeds, 1 << 24);
    summary_begin(&crawl.summary);
    crawl.clock.began_ms = clock_steady_ms();

    crawl.result = crawl_begin(&crawl); /* seed -> url -> frontier */
    if (crawl.result == RESULT_OK && options->limits.time_ms)
        fetch_run_ends(crawl.fetch, crawl.clock.began_ms + options->limits.time_ms);
    /* until the load is known: --wait 0 means that speed matters */
    if (crawl.result == RESULT_OK)
        writer_set_load(crawl.writer_set, !options->frontier.wait_ms);
    /* before the first request: the disk may be full, or a signal may have come already */
    if (crawl.result == RESULT_OK)
        crawl_watch(&crawl);
    while (crawl.result == RESULT_OK && more)
        crawl.result = turn(&crawl, &more);
    end(&crawl);

    if (crawl.result == RESULT_OK)
        crawl.result = frontier_judge_unasked(crawl.frontier, crawl.scope, &crawl.trouble);
    if (crawl.result == RESULT_OK)
        crawl.result = settle_states(crawl.store, &crawl.trouble);
    if (crawl.result == RESULT_OK && !crawl.ending.stopping)
        crawl.result = failing_settle(&crawl.summary.changes.failing, crawl.store, crawl.scope,
                                      recrawl_began_ms(crawl.recrawl), &crawl.trouble);
    if (crawl.result == RESULT_OK)
        crawl.result = summary_count(&crawl.summary, crawl.store, &crawl.trouble);
    crawl.summary.end = judge_end(&crawl);
    tell_end(&crawl);
    enum crawl_end how = crawl.summary.end;
    release(&crawl);
    return how;
}
