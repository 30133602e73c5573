/* Captures on disk: the store, the log and the index learn of them. */
#include <config.h>

#include "crawl/crawl_internal.h"

#include <string.h>

#include "base/clock.h"
#include "base/disk.h"
#include "capture/keeping.h"
#include "collection/crawl_log.h"
#include "collection/index_cdxj.h"
#include "web/failure_way.h"

enum {
    COMMIT_EVERY_MS = 500,
    RECEIPTS_TOGETHER = 32,
    LIMIT_ANNOTATION = 64,
    INDEX_BYTES = 8 * 1024 * 1024, /* at most this much waits for a merge: see merge_bytes */
};

enum result crawl_flush_index(struct crawl *crawl)
{
    if (!buf_ok(&crawl->files.lines))
        return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for lines of the index");
    /* Also without lines there is an index: other programs look for it. */
    if (!crawl->files.lines.length && disk_exists(crawl->collection->index))
        return RESULT_OK;
    enum result result = cdxj_sort(&crawl->files.lines, &crawl->trouble);
    if (result == RESULT_OK)
        result =
            cdxj_merge(crawl->collection->index, buf_text(&crawl->files.lines), &crawl->trouble);
    if (result == RESULT_OK && crawl->files.file[0])
        result = progress_keep_file(crawl->store->progress, crawl->files.file,
                                    (struct file_progress){FILE_AS_IT_WAS, crawl->files.file_end},
                                    &crawl->trouble);
    buf_clear(&crawl->files.lines);
    return result;
}

/* Captures on disk, until the store learns of them together. */
struct receipts {
    struct capture *captures[RECEIPTS_TOGETHER];
    struct finished_visit visits[RECEIPTS_TOGETHER];
    char reasons[RECEIPTS_TOGETHER][64]; /* used where the reason is the status */
    struct held_entry held[RECEIPTS_TOGETHER];
    size_t count, held_count;
};

/* Tells the store, unless something failed before, and gives the captures back. */
static enum result write_receipts(struct crawl *crawl, struct receipts *receipts,
                                  enum result result)
{
    if (result == RESULT_OK)
        result = recrawl_state_keep_held(crawl->store->recrawl, receipts->held,
                                         receipts->held_count, &crawl->trouble);
    if (result == RESULT_OK)
        result =
            frontier_finish(crawl->frontier, receipts->visits, receipts->count, &crawl->trouble);
    for (size_t i = 0; i < receipts->count; i++)
        capture_pool_put(crawl->writer_set, receipts->captures[i]);
    receipts->count = receipts->held_count = 0;
    return result;
}

static enum result note_place(struct crawl *crawl, const struct capture *capture)
{
    enum result result = RESULT_OK;
    if (strcmp(crawl->files.file, capture->written.place.file) != 0) {
        result = crawl_flush_index(crawl);
        snprintf(crawl->files.file, sizeof crawl->files.file, "%s", capture->written.place.file);
    }
    crawl->files.file_end = capture->written.file_end;
    buf_add_text(&crawl->files.lines, buf_text(&capture->written.line));
    return result;
}

static const char *waiting_annotation(const struct exchange *exchange)
{
    return keeping_is_undecided(text_of(exchange->error)) ? "undecided" : "shutOut";
}

/* What the page names and a limit leaves out: "limit:parts". */
static const char *annotate_limit(enum limit limit, char words[LIMIT_ANNOTATION])
{
    snprintf(words, LIMIT_ANNOTATION, "limit:%s", limit_name(limit));
    return words;
}

/* What pages and redirects name is noted where it is judged; this is about the response itself. */
static void note_limit(struct crawl *crawl, const struct capture *capture)
{
    enum limit limit = limit_of_words(text_of(capture->exchange->error));
    bool judged = limit == LIMIT_REDIRECTS || limit == LIMIT_REDIRECTS_IN_ALL;
    if (!limit && capture->body.limit == LIMIT_ROBOTS)
        limit = LIMIT_ROBOTS;
    if (!limit && capture->body.error == BODY_TOO_LONG)
        limit = LIMIT_BODY;
    if (!judged)
        limit_note(follow_limits(crawl->follow), limit, buf_text(&capture->exchange->url));
}

/* A capture is on the disk: only now does the store learn that it is done. */
static enum result take_receipt(struct crawl *crawl, struct capture *capture,
                                struct receipts *receipts)
{
    const struct exchange *exchange = capture->exchange;
    enum url_state state =
        exchange->cut != CUT_NONE && !capture->not_modified ? STATE_BROKEN : capture->body.state;
    bool failed = url_state_failed(state, capture->kind);
    bool wants_reason = failed || state == STATE_REFUSED || state == STATE_WAITING;
    char *reason = receipts->reasons[receipts->count], words[LIMIT_ANNOTATION];
    snprintf(reason, sizeof *receipts->reasons, "the site answered %d", exchange->status);
    receipts->captures[receipts->count] = capture;
    receipts->visits[receipts->count++] = (struct finished_visit){
        .host = capture->host,
        .outcome = {.key = capture->key,
                    .state = state,
                    .status = capture->not_modified ? 200 : exchange->status,
                    /* of the next run */
                    .attempts = state == STATE_WAITING ? 0 : capture->attempts,
                    .way = failure_way_of(exchange, capture->body.error != BODY_SOUND),
                    .reason = !wants_reason        ? NULL
                              : exchange->error[0] ? exchange->error
                                                   : reason}};
    enum result result = note_place(crawl, capture);
    crawl_note_attempt(crawl, capture,
                       failed                   ? "failed"
                       : state == STATE_WAITING ? waiting_annotation(exchange)
                       : capture->not_modified  ? "unchanged"
                       : capture->body.limit    ? annotate_limit(capture->body.limit, words)
                                                : "");
    note_limit(crawl, capture);
    struct held_entry *held = &receipts->held[receipts->held_count];
    *held = (struct held_entry){.held = NULL};
    /* What stands in a page's place is never compared with, and no 304 confirms it. */
    if (capture->body.taken_back)
        held->key = capture->key;
    else if (result == RESULT_OK && !failed && !capture->body.walled && state != STATE_WAITING)
        result = recrawl_compare_keep(crawl->compare, capture, &crawl->summary.changes, held,
                                      &crawl->trouble);
    receipts->held_count += held->held || capture->body.taken_back;
    if (result == RESULT_OK && !failed)
        result = crawl_spelling_note(crawl, capture);
    if (result == RESULT_OK && crawl->files.lines.length > crawl->files.merge_bytes) {
        result = crawl_flush_index(crawl);
        crawl->files.merge_bytes =
            crawl->files.merge_bytes < INDEX_BYTES ? 2 * crawl->files.merge_bytes : INDEX_BYTES;
    }
    return result;
}

/* What was counted when the response came, and is not in the archive. */
static void take_back(struct crawl *crawl, struct capture *capture)
{
    struct run_summary *summary = &crawl->summary;
    bool answered = !capture->failed;
    summary->pages -= capture->page;
    summary->unchanged -= capture->same;
    summary->noindex -= answered && capture->robots_meta[0] != '\0';
    summary->read_in_part -= answered && capture->body.error != BODY_SOUND;
    summary->responses -= answered;
    summary->body_bytes -= answered ? capture->body.length : 0;
    capture_pool_put(crawl->writer_set, capture); /* it waits for the next run */
}

enum result crawl_take_receipts(struct crawl *crawl)
{
    enum result result = RESULT_OK, broken = RESULT_OK;
    struct receipts receipts;
    struct trouble trouble;
    bool any = false;
    receipts.count = receipts.held_count = 0;
    for (struct capture *capture;
         result == RESULT_OK &&
         (capture = writer_set_receipt(crawl->writer_set, &broken, &trouble));
         any = true) {
        if (capture->written.given_up) {
            take_back(crawl, capture);
            continue;
        }
        result = take_receipt(crawl, capture, &receipts);
        if (result != RESULT_OK || receipts.count == RECEIPTS_TOGETHER)
            result = write_receipts(crawl, &receipts, result);
    }
    if (result == RESULT_OK)
        result = write_receipts(crawl, &receipts, result);
    if (result != RESULT_OK)
        return result;
    if (any && crawl->files.file[0])
        result = progress_keep_file(crawl->store->progress, crawl->files.file,
                                    (struct file_progress){crawl->files.file_end, FILE_AS_IT_WAS},
                                    &crawl->trouble);
    if (broken != RESULT_OK) {
        crawl->trouble = trouble;
        return broken;
    }
    int64_t now = clock_steady_ms();
    if (result == RESULT_OK && now >= crawl->clock.commit_due_ms) {
        crawl->clock.commit_due_ms = now + COMMIT_EVERY_MS;
        result = crawl_log_flush(&crawl->files.log, crawl->collection->log, CRAWL_LOG_MOST_BYTES,
                                 &crawl->trouble);
        if (result == RESULT_OK)
            result = store_commit(crawl->store, &crawl->trouble);
    }
    return result;
}
