/*
 * Both stores when memory runs out: the n-th allocation fails, for every n.  What was said since
 * the last commit is then rolled back, and what was committed is there.
 */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/memory_store.h"
#include "store/sqlite_store.h"
#include "tests/memory/failing.h"

enum { COMMITTED = 3, SAID = 100, TEXTS_MOST = 1 << 16 };

struct work {
    char directory[64], path[80];
    bool in_memory;
    struct trouble trouble;
    int seen;       /* what a callback was given */
    bool lost_some; /* although it was said that all went well */
    bool kept_some; /* although it was rolled back */
};

static enum result open_store(struct work *work, struct store **store)
{
    return work->in_memory ? memory_store_open(store, 7, &work->trouble)
                           : sqlite_store_open(store, work->path, 7, &work->trouble);
}

static void remove_store(const struct work *work)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char path[96];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s%s", work->path, ends[i]);
        unlink(path);
    }
}

static enum result offer(struct work *work, struct store *store, int64_t first, int count)
{
    struct visit visit = {.kind = VISIT_PAGE, .depth = 1, .url = TEXT("http://h/a/page")};
    enum result result = hosts_number(store->hosts, TEXT("h"), &visit.host, &work->trouble);
    for (int i = 0; result == RESULT_OK && i < count; i++) {
        visit.key = first + i;
        result = queue_offer(store->queue, &visit, 1, NULL, &work->trouble);
    }
    return result;
}

/* ---- what is said to each of the contracts ---- */

static enum result use_queue(struct work *work, struct store *store, struct buf *texts)
{
    int64_t host, ready_ms;
    struct visit visit;
    const struct outcome outcome = {
        .key = SAID, .state = STATE_BROKEN, .attempts = 2, .reason = "no answer"};
    enum result result = hosts_number(store->hosts, TEXT("h"), &host, &work->trouble);
    const struct take_request request = {host, 1, TAKE_ANY};
    if (result == RESULT_OK)
        result = queue_take(store->queue, &request, &visit, texts, &ready_ms, &work->trouble);
    if (result == RESULT_OK)
        work->lost_some = work->lost_some || !text_equal(visit.url, TEXT("http://h/a/page"));
    if (result == RESULT_OK)
        result = queue_finish(store->queue, &outcome, 1, &work->trouble);
    if (result == RESULT_OK)
        result = queue_put_last(store->queue, SAID + 1, &work->trouble);
    if (result == RESULT_OK)
        result = queue_retry_failed(store->queue, 0, &work->trouble);
    return result;
}

static void see_host(void *context, const struct waiting_host *host)
{
    struct work *work = context;
    work->seen += (int)host->waiting;
}

static enum result use_hosts(struct work *work, struct store *store, struct buf *texts)
{
    int64_t host;
    const struct host_robots robots = {200, 5, TEXT("User-agent: *\nDisallow: /a\n")};
    const struct host_state state = {.refusals = 2};
    struct host_robots got;
    struct host_state got_state;
    enum result result = hosts_number(store->hosts, TEXT("another"), &host, &work->trouble);
    if (result == RESULT_OK)
        result = hosts_keep_robots(store->hosts, host, &robots, &work->trouble);
    if (result == RESULT_OK)
        result = hosts_keep_state(store->hosts, host, &state, &work->trouble);
    if (result == RESULT_OK)
        result = hosts_robots(store->hosts, host, &got, texts, &work->trouble);
    if (result == RESULT_OK)
        work->lost_some = work->lost_some || !text_equal(got.body, robots.body);
    if (result == RESULT_OK)
        result = hosts_state(store->hosts, host, &got_state, &work->trouble);
    if (result == RESULT_OK)
        work->lost_some = work->lost_some || got_state.refusals != 2;
    work->seen = 0;
    if (result == RESULT_OK)
        result = hosts_each_waiting(store->hosts, see_host, work, &work->trouble);
    work->lost_some = work->lost_some || (result == RESULT_OK && !work->seen);
    return result;
}

static void see_history(void *context, const struct url_history *history)
{
    struct work *work = context;
    work->seen += history->url.length > 0;
}

static enum result use_recrawl(struct work *work, struct store *store, struct buf *texts)
{
    static const int64_t names[] = {1, 2, 3};
    const struct text keys = {(const char *)names, sizeof names};
    const struct held_capture held = {.etag = "\"x\"",
                                      .original_url = TEXT("http://h/first"),
                                      .status = 200};
    const struct held_entry entry = {SAID, &held};
    struct list_date date = {.key = SAID, .dated_ms = 9};
    const struct outcome outcome = {.key = SAID, .state = STATE_KEPT, .status = 200};
    struct held_capture got;
    struct provenance provenance;
    enum result result = recrawl_state_keep_held(store->recrawl, &entry, 1, &work->trouble);
    if (result == RESULT_OK)
        result = recrawl_state_note_dates(store->recrawl, &date, 1, &work->trouble);
    if (result == RESULT_OK)
        result = recrawl_state_keep_list_names(store->recrawl, SAID, keys, &work->trouble);
    if (result == RESULT_OK)
        result = recrawl_state_held(store->recrawl, SAID, &got, texts, &work->trouble);
    if (result == RESULT_OK)
        work->lost_some = work->lost_some || !text_equal(got.original_url, held.original_url);
    if (result == RESULT_OK)
        result = recrawl_state_list_names(store->recrawl, SAID, texts, &work->trouble);
    if (result == RESULT_OK)
        work->lost_some = work->lost_some || !text_equal(buf_text(texts), keys);
    if (result == RESULT_OK)
        result = recrawl_state_provenance(store->recrawl, SAID, &provenance, texts, &work->trouble);
    if (result == RESULT_OK)
        result = queue_finish(store->queue, &outcome, 1, &work->trouble);
    work->seen = 0;
    if (result == RESULT_OK)
        result =
            recrawl_state_each_history(store->recrawl, NULL, 0, see_history, work, &work->trouble);
    work->lost_some = work->lost_some || (result == RESULT_OK && !work->seen);
    return result;
}

static void see_gap(void *context, const struct listed_gap *gap)
{
    struct work *work = context;
    work->seen += gap->url.length > 0;
}

static void see_count(void *context, int period, int posts)
{
    struct work *work = context;
    work->seen += period == 20210600 && posts == 3;
}

static void see_row(void *context, struct text series, int pages)
{
    struct work *work = context;
    work->seen += series.length && pages == 41;
}

static enum result use_completeness(struct work *work, struct store *store, struct buf *texts)
{
    struct completeness_state *state = store->completeness;
    struct site_counts *counts = store->site_counts;
    struct trouble *trouble = &work->trouble;
    const struct listed_url listed = {SAID + 1, LISTED_BY_FEED};
    const struct left_out_url left_out = {
        .key = 99, .rule = URL_RULE_PRINT, .url = TEXT("http://h/a?print=1"), .via_key = SAID};
    struct url_refusal refusal;
    enum result result = completeness_note_listed(state, &listed, 1, trouble);
    if (result == RESULT_OK)
        result = completeness_note_left_out(state, &left_out, 1, trouble);
    if (result == RESULT_OK)
        result = site_counts_note_archive(counts, 20210600, 3, trouble);
    if (result == RESULT_OK)
        result = site_counts_note_pages(counts, TEXT("http://h/page/#"), 41, trouble);
    if (result == RESULT_OK)
        result = completeness_refusal(state, 99, &refusal, texts, trouble);
    if (result == RESULT_OK)
        work->lost_some = work->lost_some || !text_equal(refusal.via, TEXT("http://h/a/page"));
    work->seen = 0;
    if (result == RESULT_OK)
        result = completeness_each_gap(state, 10, see_gap, work, trouble);
    if (result == RESULT_OK)
        result = site_counts_each_archive(counts, see_count, work, trouble);
    if (result == RESULT_OK)
        result = site_counts_each_pages(counts, see_row, work, trouble);
    work->lost_some = work->lost_some || (result == RESULT_OK && work->seen != 3);
    return result;
}

static void see_change(void *context, const struct untold_change *change)
{
    struct work *work = context;
    work->seen += text_equal(change->target, TEXT("http://h/new"));
}

static void see_file(void *context, struct text name)
{
    struct work *work = context;
    work->seen += text_equal(name, TEXT("a.warc.gz"));
}

static enum result use_progress(struct work *work, struct store *store)
{
    struct progress_state *state = store->progress;
    struct trouble *trouble = &work->trouble;
    const struct untold_change change = {1, VISIT_PAGE, TEXT("http://h/old"), TEXT("http://h/new")};
    int64_t number = 0;
    enum result result =
        progress_keep_file(state, "a.warc.gz", (struct file_progress){10, 5}, trouble);
    if (result == RESULT_OK)
        result = progress_note_change(state, &change, trouble);
    if (result == RESULT_OK)
        result = progress_add_number(state, "said", 4, trouble);
    if (result == RESULT_OK)
        result = progress_raise_number(state, "said", 6, trouble);
    if (result == RESULT_OK)
        result = progress_number(state, "said", &number, trouble);
    work->lost_some = work->lost_some || (result == RESULT_OK && number != 6);
    work->seen = 0;
    if (result == RESULT_OK)
        result = progress_each_change(state, see_change, work, trouble);
    if (result == RESULT_OK)
        result = progress_each_file(state, see_file, work, trouble);
    work->lost_some = work->lost_some || (result == RESULT_OK && work->seen != 2);
    return result;
}

/* ---- and what is left of it ---- */

static bool waits(struct work *work, struct store *store, uint64_t expected)
{
    uint64_t counts[VISIT_KINDS][STATE_COUNT];
    uint64_t all = 0;
    if (known_urls_count(store->known, counts, &work->trouble) != RESULT_OK)
        return false;
    for (int state = 0; state < STATE_COUNT; state++)
        all += counts[VISIT_PAGE][state];
    return all == expected;
}

static void look_back(struct work *work, struct store *store)
{
    int64_t number = 0;
    failing_relent();
    store_roll_back(store);
    work->kept_some =
        work->kept_some || !waits(work, store, COMMITTED) ||
        progress_number(store->progress, "said", &number, &work->trouble) != RESULT_OK || number;
    /* The store goes on. */
    work->lost_some = work->lost_some || offer(work, store, SAID, 2) != RESULT_OK ||
                      !waits(work, store, COMMITTED + 2);
}

static bool use_store(void *context)
{
    struct work *work = context;
    struct store *store = NULL;
    struct buf texts;
    work->trouble = trouble_none();
    remove_store(work);
    buf_init(&texts, TEXTS_MOST);
    enum result result = open_store(work, &store);
    if (result == RESULT_OK)
        result = offer(work, store, 1, COMMITTED);
    if (result == RESULT_OK)
        result = store_commit(store, &work->trouble);
    bool committed = result == RESULT_OK;
    if (result == RESULT_OK)
        result = offer(work, store, SAID, 2);
    if (result == RESULT_OK)
        result = use_queue(work, store, &texts);
    if (result == RESULT_OK)
        result = use_hosts(work, store, &texts);
    if (result == RESULT_OK)
        result = use_recrawl(work, store, &texts);
    if (result == RESULT_OK)
        result = use_completeness(work, store, &texts);
    if (result == RESULT_OK)
        result = use_progress(work, store);
    if (committed)
        look_back(work, store);
    bool told = result == RESULT_OK || work->trouble.words[0];
    work->lost_some = work->lost_some || !told;
    store_close(store);
    buf_release(&texts);
    return result == RESULT_OK;
}

static struct work begin(int which)
{
    struct work work = {.in_memory = which};
    strcpy(work.directory, "/tmp/warccap-memory-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(work.directory));
    snprintf(work.path, sizeof work.path, "%s/store.db", work.directory);
    return work;
}

static void end(const struct work *work)
{
    remove_store(work);
    ck_assert_int_eq(rmdir(work->directory), 0);
}

START_TEST(a_store_without_memory_is_rolled_back_whole)
{
    struct work work = begin(_i / 2);
    ck_assert_msg(use_store(&work), "%s", work.trouble.words);
    ck_assert(!work.lost_some && !work.kept_some);
    ck_assert_int_gt(failing_run(use_store, &work, _i % 2 ? FAILING_ONCE : FAILING_FROM_THEN_ON),
                     work.in_memory ? 20 : 3);
    ck_assert(!work.lost_some);
    ck_assert(!work.kept_some);
    end(&work);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of the store");
    TCase *test = tcase_create("failing");
    tcase_set_timeout(test, 120);
    tcase_add_loop_test(test, a_store_without_memory_is_rolled_back_whole, 0, 4);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
