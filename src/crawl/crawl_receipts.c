/* What is on the disk becomes known: to the store, the log, and the index. */
#include <config.h>

#include "crawl/crawl_inside.h"

#include <string.h>

#include "archive/index_cdxj.h"
#include "base/clock.h"
#include "crawl/journal.h"

enum {
    COMMIT_EVERY_MS = 500,
    INDEX_BYTES = 8 * 1024 * 1024, /* the index is merged with so many octets of lines at most: see lines_most */
};

enum answer crawl_flush_index(struct crawl *crawl)
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
    bool failed = capture->failed || crawl_is_temporary(exchange->status) || exchange->cut != CUT_NONE;
    char reason[64];
    snprintf(reason, sizeof reason, "the site answered %d", exchange->status);
    struct outcome outcome = {.key = capture->key, .state = failed ? STATE_FAILED : STATE_CAPTURED,
                              .status = capture->not_modified ? 200 : exchange->status, .attempts = capture->attempts,
                              .reason = !failed ? NULL : exchange->error[0] ? exchange->error : reason};
    enum answer answer = ANSWER_OK;
    if (strcmp(crawl->file, capture->place.file) != 0) {
        answer = crawl_flush_index(crawl);
        snprintf(crawl->file, sizeof crawl->file, "%s", capture->place.file);
    }
    crawl->file_end = capture->file_end;
    buf_add_text(&crawl->lines, buf_text(&capture->line));
    crawl_log(crawl, capture, failed ? "failed" : capture->not_modified ? "unchanged" : "");
    if (answer == ANSWER_OK && !failed)
        answer = known_keep(crawl->known, capture, &crawl->summary.changes, &crawl->trouble);
    if (answer == ANSWER_OK)
        answer = frontier_finish(crawl->frontier, capture->host, &outcome, &crawl->trouble);
    if (answer == ANSWER_OK && crawl->lines.length > crawl->lines_most) {
        answer = crawl_flush_index(crawl);
        crawl->lines_most = crawl->lines_most < INDEX_BYTES ? 2 * crawl->lines_most : INDEX_BYTES;
    }
    writers_discard(crawl->writers, capture);
    return answer;
}

enum answer crawl_take_receipts(struct crawl *crawl)
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
