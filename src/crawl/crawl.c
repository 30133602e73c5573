#include <config.h>

#include "crawl/crawl_inside.h"

#include "base/clock.h"
#include "base/json.h"
#include "crawl/journal.h"
#include "crawl/notify.h"

enum {
    INDEX_FIRST_BYTES = 1024 * 1024, /* lines that wait for the index; merging rewrites all of it, so twice as many each time */
    INDEX_ROOM_BYTES = 32 * 1024 * 1024,
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

/* One turn of the loop: the whole way of the data. */
static enum answer turn(struct crawl *crawl, bool *more)
{
    int wait_ms;
    enum answer answer = crawl_start_visits(crawl, &wait_ms);         /* frontier -> fetch */
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
        answer = crawl_take_answers(crawl);                           /* exchange -> links -> frontier, -> writers */
    if (answer == ANSWER_OK)
        answer = crawl_take_receipts(crawl);                          /* records on disk -> store -> index */
    crawl_watch(crawl);
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
        enum answer taken = troubled ? ANSWER_OK : crawl_take_receipts(crawl);
        answer = answer != ANSWER_OK ? answer : taken;
        crawl->summary.stored_bytes = writers_bytes(crawl->writers);
        if (!troubled && answer == ANSWER_OK && crawl_flush_index(crawl) != ANSWER_OK)
            answer = ANSWER_BROKEN;
        if (answer != ANSWER_OK && trouble.answer == ANSWER_OK)
            trouble = crawl->trouble;
        if (answer != ANSWER_OK || troubled) /* then not all that came is on the disk */
            writers_kept(crawl->writers, &crawl->summary.pages, &crawl->summary.answers);
        summary_name(&crawl->summary, crawl->collection);
        if (answer == ANSWER_OK && crawl->answer == ANSWER_OK)
            answer = manifest_write(crawl->manifest, crawl->collection, crawl->summary.run, crawl->summary.manifest, &trouble);
    }
    if (crawl->answer == ANSWER_OK && answer != ANSWER_OK) {
        crawl->answer = answer;
        crawl->trouble = trouble;
    }
    if (crawl->log && crawl->answer == ANSWER_OK)
        crawl->answer = journal_flush(&crawl->log, crawl->collection->log, JOURNAL_MOST_BYTES, &crawl->trouble);
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
    if (crawl->answer == ANSWER_END)
        return 11;
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
    buf_release(&crawl->users);
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

/* Only now that the summary is kept nobody need tell of it again: what was found is told, and the round is over. */
static enum answer close_round(struct crawl *crawl, struct trouble *trouble)
{
    enum answer answer = store_all_told(crawl->store, trouble);
    if (answer == ANSWER_OK && !crawl->stopping)
        answer = revisit_end(crawl->revisit, trouble);
    if (answer == ANSWER_OK)
        answer = store_commit(crawl->store, trouble);
    if (answer != ANSWER_OK)
        store_roll_back(crawl->store);
    return answer;
}

/* A summary that can't be kept is no success: whoever reads runs/ would think that there was no run. */
static void take_unkept(struct crawl *crawl, const struct trouble *trouble, struct crawl_outcome *outcome, struct buf *json)
{
    if (crawl->answer != ANSWER_OK) { /* the same disk, most likely */
        fprintf(stderr, "warccap: %s\n", trouble->words);
        return;
    }
    crawl->answer = ANSWER_BROKEN;
    crawl->trouble = *trouble;
    crawl->summary.exit_code = exit_code(crawl);
    summary_outcome(&crawl->summary, crawl->answer, &crawl->trouble, outcome);
    buf_clear(json);
    build_short_json(crawl, outcome, json);
}

/* The person and the file under runs/ learn how it went. */
static void tell(struct crawl *crawl, struct crawl_outcome *outcome, struct buf *json)
{
    const struct crawl_options *options = crawl->options;
    struct trouble trouble;
    char title[256];
    summary_outcome(&crawl->summary, crawl->answer, &crawl->trouble, outcome);
    if (!outcome->exit_code && outcome->fresh + outcome->changed + outcome->gone + outcome->moved > 0)
        outcome->exit_code = crawl->summary.exit_code = options->changed_exit;
    crawl_title(crawl, title, sizeof title);
    if (!crawl->writers)
        build_short_json(crawl, outcome, json);
    else if (summary_write(&crawl->summary, options, crawl->collection, crawl->store, crawl->outlinks, crawl->answer, json,
                           &trouble) != ANSWER_OK ||
             (crawl->answer == ANSWER_OK && close_round(crawl, &trouble) != ANSWER_OK))
        take_unkept(crawl, &trouble, outcome, json);
    if (options->quiet || crawl->answer != ANSWER_OK)
        verdict_print(stderr, outcome, title, options->directory);
    if (crawl->writers && crawl->answer == ANSWER_OK)
        summary_print(&crawl->summary, options, crawl->collection, crawl->store, crawl->outlinks, json);
}

int crawl_run(const struct crawl_options *options, struct crawl_calls *calls, struct crawl_outcome *outcome)
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

    crawl.answer = crawl_begin(&crawl);                               /* seed -> url -> frontier */
    if (crawl.answer == ANSWER_OK && scope_has_private_seed(crawl.scope))
        fetch_allow_private(crawl.fetch);
    if (crawl.answer == ANSWER_OK)
        writers_press(crawl.writers, !options->wait_ms); /* until the load is known: who asks not to wait is in a hurry */
    if (crawl.answer == ANSWER_OK)
        crawl_watch(&crawl); /* a disk that is full already, a signal while it began: then nothing is asked for */
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
    if (options->notify && notify_run(options->notify, buf_text(&json), NOTIFY_MOST_SECONDS, &calls->stop,
                                      &crawl.trouble) != ANSWER_OK)
        fprintf(stderr, "warccap: %s\n", crawl.trouble.words);
    buf_release(&json);
    return code;
}
