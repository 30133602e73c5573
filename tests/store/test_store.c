/* What the store on SQLite adds to the contracts (tests/contract/): it stays on disk. */
#include <config.h>

#include <check.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/sqlite_store.h"
#include "web/url.h"

#define ck_ok(call) ck_assert_msg((call) == RESULT_OK, "%s: %s", #call, trouble.words)

static char directory[64], path[80];

static void begin(void)
{
    strcpy(directory, "/tmp/warccap-store-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/store.db", directory);
}

static void end(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", directory);
    ck_assert_int_eq(system(command), 0);
}

static struct store *open_as(int64_t owner)
{
    struct store *store;
    struct trouble trouble = trouble_none();
    ck_ok(sqlite_store_open(&store, path, owner, &trouble));
    return store;
}

static int64_t offer(struct store *store, const char *url)
{
    struct trouble trouble = trouble_none();
    struct visit visit = {.kind = VISIT_PAGE,
                          .url = text_of(url),
                          .key = store_key(store, text_of(url))};
    ck_ok(hosts_number(store->hosts, TEXT("h"), &visit.host, &trouble));
    ck_ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    return visit.host;
}

static bool take(struct store *store, int64_t host, const char *url)
{
    struct trouble trouble = trouble_none();
    struct visit visit;
    struct buf texts;
    int64_t ready_ms;
    const struct take_request request = {host, 1000, TAKE_ANY};
    buf_init(&texts, 1000);
    bool taken =
        queue_take(store->queue, &request, &visit, &texts, &ready_ms, &trouble) == RESULT_OK &&
        text_equal(visit.url, text_of(url));
    buf_release(&texts);
    return taken;
}

static enum result finish(struct store *store, const char *url)
{
    struct trouble trouble = trouble_none();
    const struct outcome done = {.key = store_key(store, text_of(url)),
                                 .state = STATE_KEPT,
                                 .status = 200};
    return queue_finish(store->queue, &done, 1, &trouble);
}

static enum url_state state_of(struct store *store, const char *url)
{
    struct trouble trouble = trouble_none();
    struct url_history history;
    ck_ok(recrawl_state_history(store->recrawl, store_key(store, text_of(url)), &history, NULL,
                                &trouble));
    return history.state;
}

START_TEST(what_is_done_stays_done_when_it_is_opened_again)
{
    struct trouble trouble = trouble_none();
    struct store *store = open_as(1);
    ck_assert(store->is_new);
    int64_t key = store_key(store, TEXT("http://h/a")), host = offer(store, "http://h/a");
    offer(store, "http://h/b");
    ck_assert(take(store, host, "http://h/a"));
    ck_assert(take(store, host, "http://h/b"));
    ck_assert_int_eq(finish(store, "http://h/a"), RESULT_OK);
    store_close(store);
    store = open_as(2);
    ck_assert(!store->is_new);
    ck_assert_int_eq(store_key(store, TEXT("http://h/a")), key);
    ck_assert(queue_surely_knows(store->queue, key, VISIT_PAGE));
    ck_assert(!queue_surely_knows(store->queue, key, VISIT_PAGER));
    ck_assert_int_eq(state_of(store, "http://h/a"), STATE_KEPT);
    ck_assert(!take(store, host, "http://h/b")); /* the first owner has it */
    ck_assert_int_eq(finish(store, "http://h/b"), RESULT_END);
    ck_ok(queue_take_back(store->queue, QUEUE_OTHERS, &trouble));
    ck_assert(take(store, host, "http://h/b"));
    ck_assert(!take(store, host, ""));
    store_close(store);
}
END_TEST

START_TEST(a_round_goes_on_when_it_is_opened_again)
{
    struct trouble trouble = trouble_none();
    int64_t far_ahead_ms = INT64_C(4000000000000), met, next_met;
    struct url_history history;
    struct store *store = open_as(1);
    offer(store, "http://h/");
    ck_ok(recrawl_state_begin_round(store->recrawl, far_ahead_ms, &met, &trouble));
    store_close(store);
    store = open_as(2);
    ck_assert_int_eq(finish(store, "http://h/"), RESULT_OK);
    ck_ok(recrawl_state_history(store->recrawl, store_key(store, TEXT("http://h/")), &history, NULL,
                                &trouble));
    ck_assert_int_eq(history.done_ms, far_ahead_ms);
    offer(store, "http://h/later");
    ck_ok(recrawl_state_begin_round(store->recrawl, far_ahead_ms, &next_met, &trouble));
    ck_assert_int_gt(next_met, met);
    store_close(store);
}
END_TEST

/* In a process that is killed without warning. */
START_TEST(a_kill_loses_only_what_was_not_committed)
{
    int status;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        struct store *store;
        struct trouble trouble;
        if (sqlite_store_open(&store, path, 1, &trouble) == RESULT_OK) {
            offer(store, "http://h/kept");
            if (store_commit(store, &trouble) == RESULT_OK)
                offer(store, "http://h/lost");
        }
        raise(SIGKILL);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    struct trouble trouble = trouble_none();
    struct url_history history;
    struct store *store = open_as(2);
    ck_assert_int_eq(state_of(store, "http://h/kept"), STATE_WAITING);
    ck_assert_int_eq(recrawl_state_history(store->recrawl, store_key(store, TEXT("http://h/lost")),
                                           &history, NULL, &trouble),
                     RESULT_END);
    store_close(store);
}
END_TEST

/* A power cut may lose what is only in the log, but not what is in the file itself. */
START_TEST(a_durable_commit_reaches_the_file)
{
    struct trouble trouble = trouble_none();
    struct stat before, after;
    struct store *store = open_as(1);
    ck_ok(store_commit_durably(store, &trouble));
    ck_assert_int_eq(stat(path, &before), 0);
    for (int i = 0; i < 500; i++) {
        char url[64];
        snprintf(url, sizeof url, "http://h/a-rather-long-way-to-a-page/%d", i);
        offer(store, url);
    }
    ck_ok(store_commit(store, &trouble));
    ck_assert_int_eq(stat(path, &after), 0);
    ck_assert_int_eq(after.st_size, before.st_size);
    ck_ok(store_commit_durably(store, &trouble));
    ck_assert_int_eq(stat(path, &after), 0);
    ck_assert_int_gt(after.st_size, before.st_size);
    store_close(store);
}
END_TEST

START_TEST(another_version_is_refused_with_a_message)
{
    struct trouble trouble = trouble_none();
    struct store *store = open_as(1);
    ck_ok(progress_set_number(store->progress, "schema", 3, &trouble));
    store_close(store);
    ck_assert_int_eq(sqlite_store_open(&store, path, 1, &trouble), RESULT_BROKEN);
    ck_assert_ptr_null(store);
    ck_assert(strstr(trouble.words, "another version") &&
              strstr(trouble.words, "rebuilt from archive/"));
    ck_assert_int_eq(sqlite_store_open_to_read(&store, path, &trouble), RESULT_BROKEN);
    ck_assert(strstr(trouble.words, "another version"));
}
END_TEST

START_TEST(a_store_in_use_is_not_read)
{
    struct trouble trouble = trouble_none();
    struct url_refusal refusal;
    struct provenance provenance;
    struct store *writing = open_as(1), *reading;
    struct buf texts;
    buf_init(&texts, 1000);
    int64_t host = offer(writing, "http://h/"), key = store_key(writing, TEXT("http://h/"));
    const struct left_out_url trap = {5, URL_RULE_TRAP, TEXT("http://h/trap"), key, false};
    ck_ok(completeness_note_left_out(writing->completeness, &trap, 1, &trouble));
    ck_ok(store_commit(writing, &trouble));
    ck_assert_int_eq(sqlite_store_open_to_read(&reading, path, &trouble), RESULT_AGAIN);
    ck_assert(strstr(trouble.words, "in use by a run"));
    struct store *second;
    ck_assert_int_eq(sqlite_store_open(&second, path, 2, &trouble), RESULT_BROKEN);
    store_close(writing);
    ck_ok(sqlite_store_open_to_read(&reading, path, &trouble));
    ck_assert_int_eq(store_key(reading, TEXT("http://h/")), key);
    ck_ok(recrawl_state_provenance(reading->recrawl, key, &provenance, &texts, &trouble));
    ck_assert_uint_eq(provenance.via.length, 0);
    ck_ok(completeness_refusal(reading->completeness, 5, &refusal, &texts, &trouble));
    ck_assert(refusal.rule == URL_RULE_TRAP && text_equal(refusal.via, TEXT("http://h/")));
    ck_assert(!take(reading, host, "http://h/"));
    ck_assert_int_eq(finish(reading, "http://h/"), RESULT_BROKEN);
    ck_assert_int_eq(progress_set_number(reading->progress, "n", 1, &trouble), RESULT_BROKEN);
    ck_assert(strstr(trouble.words, "opened to read"));
    ck_ok(store_commit(reading, &trouble));
    store_roll_back(reading);
    ck_assert_int_eq(state_of(reading, "http://h/"), STATE_WAITING);
    store_close(reading);
    buf_release(&texts);
}
END_TEST

START_TEST(a_damaged_store_is_lost)
{
    struct trouble trouble = trouble_none();
    struct store *store;
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "this is a text, and not a database of SQLite; it is long enough for a header\n");
    for (int i = 0; i < 100; i++)
        fprintf(file, "and goes on and on\n");
    fclose(file);
    ck_assert_int_eq(sqlite_store_open(&store, path, 1, &trouble), RESULT_LOST);
    ck_assert_ptr_null(store);
    ck_assert(strstr(trouble.words, "rebuilt from archive/"));
}
END_TEST

START_TEST(without_a_directory_there_is_no_store)
{
    struct trouble trouble = trouble_none();
    struct store *store;
    strcat(directory, "/none");
    snprintf(path, sizeof path, "%s/store.db", directory);
    ck_assert_int_eq(sqlite_store_open(&store, path, 1, &trouble), RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, "cannot"));
    ck_assert_int_ne(sqlite_store_open_to_read(&store, path, &trouble), RESULT_OK);
    ck_assert_ptr_null(store);
    *strrchr(directory, '/') = '\0';
}
END_TEST

/* A file may not grow, as on a full disk. This needs a process of its own, because the limit
 * stays. */
START_TEST(a_full_disk_is_reported_and_nothing_is_kept_in_part)
{
    struct trouble trouble = trouble_none();
    struct store *store = open_as(1);
    offer(store, "http://h/before");
    ck_ok(store_commit_durably(store, &trouble));
    store_close(store);
    int status;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        const struct rlimit limit = {200000, 200000};
        enum result result = RESULT_OK;
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
            sqlite_store_open(&store, path, 2, &trouble) != RESULT_OK)
            _exit(2);
        for (int i = 0; i < 100000 && result == RESULT_OK; i++) {
            char url[64];
            snprintf(url, sizeof url, "http://h/%d", i);
            struct visit visit = {.kind = VISIT_PAGE,
                                  .host = 1,
                                  .url = text_of(url),
                                  .key = store_key(store, text_of(url))};
            result = queue_offer(store->queue, &visit, 1, NULL, &trouble);
        }
        if (result == RESULT_OK)
            result = store_commit(store, &trouble);
        store_roll_back(store);
        store_close(store);
        _exit(result == RESULT_BROKEN && strstr(trouble.words, "cannot") ? 0 : 1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    uint64_t counts[VISIT_KINDS][STATE_COUNT];
    store = open_as(3);
    ck_ok(known_urls_count(store->known, counts, &trouble));
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_WAITING], 1);
    store_close(store);
}
END_TEST

/* ---- stores of earlier versions ---- */

/* The store that the program of e3f4e1e left when it was killed: see fixtures/stores/README.md. */
static void make_old_store(void)
{
    char *sql = NULL, *error = NULL, name[4096];
    size_t length;
    sqlite3 *db;
    const char *top = getenv("TOP_SRCDIR");
    snprintf(name, sizeof name, "%s/fixtures/stores/schema-6-without-owners.sql", top ? top : ".");
    FILE *file = fopen(name, "r");
    ck_assert_msg(file != NULL, "%s", name);
    length = getdelim(&sql, &(size_t){0}, '\0', file) > 0;
    ck_assert_uint_eq(length, 1);
    fclose(file);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, &error) == SQLITE_OK, "%s", error);
    sqlite3_close(db);
    free(sql);
}

/* As the programs of all versions make it. */
static int64_t old_key(const struct store *store, const char *address)
{
    struct url url;
    struct buf seen_key;
    url_init(&url);
    buf_init(&seen_key, 1000);
    ck_assert_int_eq(url_parse(&url, text_of(address), NULL, TEXT("")), URL_OK);
    url_write_seen_key(&url, &seen_key);
    int64_t key = store_key(store, buf_text(&seen_key));
    buf_release(&seen_key);
    url_release(&url);
    return key;
}

static void note_host(void *context, const struct waiting_host *host)
{
    *(int64_t *)context = host->waiting;
}

START_TEST(a_store_without_owners_goes_on)
{
    struct trouble trouble = trouble_none();
    int64_t waiting = 0, open = 0;
    uint64_t counts[VISIT_KINDS][STATE_COUNT];
    make_old_store();
    struct store *store = open_as(1);
    ck_assert(!store->is_new);
    ck_ok(known_urls_count(store->known, counts, &trouble));
    ck_assert_uint_eq(counts[VISIT_SEED][STATE_KEPT], 1);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_KEPT], 2);
    ck_assert_uint_eq(counts[VISIT_PAGE][STATE_WAITING], 3);
    ck_ok(progress_number(store->progress, "round_open", &open, &trouble));
    ck_assert_int_eq(open, 1);
    ck_ok(queue_take_back(store->queue, QUEUE_OTHERS, &trouble)); /* leases without an owner */
    ck_ok(hosts_each_waiting(store->hosts, note_host, &waiting, &trouble));
    ck_assert_int_eq(waiting, 3);
    ck_assert(take(store, 1, "http://old.test/c.html"));
    store_close(store);
    store = open_as(2);
    ck_assert(!take(store, 1, "http://old.test/c.html")); /* owners are stored from now on */
    store_close(store);
}
END_TEST

START_TEST(a_store_without_owners_is_read_as_it_is)
{
    struct trouble trouble = trouble_none();
    struct store *store;
    struct stat before, after;
    struct url_history history;
    make_old_store();
    ck_assert_int_eq(stat(path, &before), 0);
    ck_ok(sqlite_store_open_to_read(&store, path, &trouble));
    ck_ok(recrawl_state_history(store->recrawl, old_key(store, "http://old.test/"), &history, NULL,
                                &trouble));
    ck_assert_int_eq(history.kind, VISIT_SEED);
    store_close(store);
    ck_assert_int_eq(stat(path, &after), 0);
    ck_assert_int_eq(after.st_size, before.st_size);
    ck_assert_int_eq(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
}
END_TEST

/* Names that are not there are not looked up: those that are have to be, however many. */
START_TEST(numbers_are_found_when_it_is_opened_again)
{
    static const int counts[] = {1, 5000};
    int64_t number;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct trouble trouble = trouble_none();
        struct store *store = open_as(1);
        char name[32];
        for (int k = 0; k < counts[i]; k++) {
            snprintf(name, sizeof name, "n%d", k);
            ck_ok(progress_number(store->progress, name, &number, &trouble));
            ck_assert_int_eq(number, i && !k ? 7 : 0);
            ck_ok(progress_set_number(store->progress, name, k + 7, &trouble));
        }
        ck_ok(progress_add_number(store->progress, "added", 1, &trouble));
        ck_ok(progress_raise_number(store->progress, "raised", 9, &trouble));
        store_close(store);
        store = open_as(1);
        for (int k = counts[i] - 1; k >= 0; k--) {
            snprintf(name, sizeof name, "n%d", k);
            ck_ok(progress_number(store->progress, name, &number, &trouble));
            ck_assert_int_eq(number, k + 7);
        }
        ck_ok(progress_number(store->progress, "added", &number, &trouble));
        ck_assert_int_eq(number, (int64_t)i + 1);
        ck_ok(progress_number(store->progress, "raised", &number, &trouble));
        ck_assert_int_eq(number, 9);
        ck_ok(progress_number(store->progress, "missing", &number, &trouble));
        ck_assert_int_eq(number, 0);
        store_close(store);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sqlite store");
    TCase *tests = tcase_create("sqlite");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, what_is_done_stays_done_when_it_is_opened_again);
    tcase_add_test(tests, a_round_goes_on_when_it_is_opened_again);
    tcase_add_test(tests, a_kill_loses_only_what_was_not_committed);
    tcase_add_test(tests, a_durable_commit_reaches_the_file);
    tcase_add_test(tests, another_version_is_refused_with_a_message);
    tcase_add_test(tests, a_store_in_use_is_not_read);
    tcase_add_test(tests, a_damaged_store_is_lost);
    tcase_add_test(tests, without_a_directory_there_is_no_store);
    tcase_add_test(tests, a_full_disk_is_reported_and_nothing_is_kept_in_part);
    tcase_add_test(tests, a_store_without_owners_goes_on);
    tcase_add_test(tests, a_store_without_owners_is_read_as_it_is);
    tcase_add_test(tests, numbers_are_found_when_it_is_opened_again);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
