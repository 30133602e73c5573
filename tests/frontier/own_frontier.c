/* A frontier on a store of its own, with a time that stands still until the test moves it on. */
#include <config.h>

#include "tests/frontier/own_frontier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/sqlite_store.h"

const int64_t epoch_ms = INT64_C(1600000000000);
int64_t wall_ms, steady_ms;

int64_t __wrap_clock_wall_ms(void);
int64_t __wrap_clock_steady_ms(void);

int64_t __wrap_clock_wall_ms(void)
{
    return wall_ms;
}

int64_t __wrap_clock_steady_ms(void)
{
    return steady_ms;
}

void pass(int64_t ms)
{
    wall_ms += ms;
    steady_ms += ms;
}

/* ---- a frontier on a store of its own ---- */

static char directory[64];
struct store *store;
struct frontier *frontier;
struct frontier_options options;
struct trouble trouble;
struct visit visit;
int wait_ms;

static void open_frontier(void)
{
    char path[96];
    snprintf(path, sizeof path, "%s/store.db", directory);
    ck_assert_msg(sqlite_store_open(&store, path, store_new_owner(), &trouble) == RESULT_OK, "%s",
                  trouble.words);
    ck_assert_int_eq(queue_take_back(store->queue, QUEUE_OTHERS, &trouble), RESULT_OK);
    ck_assert_int_eq(frontier_new(&frontier, store, &options, &trouble), RESULT_OK);
}

static void close_frontier(void)
{
    frontier_free(frontier);
    store_close(store);
    frontier = NULL;
    store = NULL;
}

/* Begins the next run, with the options as they are now. */
void run_again(void)
{
    close_frontier();
    open_frontier();
}

static void begin(void)
{
    wall_ms = epoch_ms;
    steady_ms = DAY;
    trouble = trouble_none();
    options = (struct frontier_options){.wait_ms = SECOND,
                                        .wait_factor = 5,
                                        .wait_most_ms = 30 * SECOND,
                                        .connections = 8,
                                        .robots = ROBOTS_OFF};
    strcpy(directory, "/tmp/warccap-frontier-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    open_frontier();
}

static void end(void)
{
    char command[96];
    close_frontier();
    snprintf(command, sizeof command, "rm -rf %s", directory);
    ck_assert_int_eq(system(command), 0);
}

/* ---- what a test says and asks ---- */

/* True when the URL was not known before. */
bool offer_as(const char *address, enum visit_kind kind, int64_t redirect_from)
{
    struct url url;
    bool is_new;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(address), NULL, TEXT("")), URL_OK);
    struct offer offer = {.url = &url, .kind = kind, .redirect_from = redirect_from};
    ck_assert_int_eq(frontier_offer(frontier, &offer, &is_new, &trouble), RESULT_OK);
    url_release(&url);
    return is_new;
}

bool offer(const char *address)
{
    return offer_as(address, VISIT_PAGE, 0);
}

int64_t key_of(const char *address)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(address), NULL, TEXT("")), URL_OK);
    int64_t key = frontier_key(frontier, &url);
    url_release(&url);
    return key;
}

enum result next(void)
{
    enum result result = frontier_next(frontier, &visit, &wait_ms, &trouble);
    ck_assert_msg(result == RESULT_OK || result == RESULT_AGAIN || result == RESULT_END, "%s",
                  trouble.words);
    return result;
}

void expect_next(const char *address)
{
    enum result result = next();
    ck_assert_msg(result == RESULT_OK, "%s: nothing can be taken (%d), wait %d ms", address,
                  (int)result, wait_ms);
    ck_assert_msg(text_equal(visit.url, text_of(address)), "%.*s, not %s", TEXT_ARGS(visit.url),
                  address);
}

/* Nothing can be taken for this long; READY_NEVER: until a running visit has ended. */
void expect_wait(int64_t ms)
{
    ck_assert_int_eq(next(), RESULT_AGAIN);
    ck_assert_int_eq(wait_ms, ms);
}

void finish(enum url_state state, int64_t not_before_ms)
{
    struct outcome outcome = {.key = visit.key,
                              .state = state,
                              .status = state == STATE_KEPT ? 200 : 0,
                              .attempts = 1,
                              .not_before_ms = not_before_ms,
                              .reason = state == STATE_BROKEN ? "a test" : NULL};
    ck_assert_int_eq(frontier_finish(frontier, &(struct finished_visit){visit.host, outcome}, 1,
                                     &trouble),
                     RESULT_OK);
}

void rest(const struct host_feedback *feedback)
{
    ck_assert_int_eq(frontier_rest(frontier, visit.host, feedback, &trouble), RESULT_OK);
}

/* The visit taken last gets a response after this time. */
void answer(int64_t took_ms)
{
    pass(took_ms);
    finish(STATE_KEPT, 0);
    rest(&(struct host_feedback){.took_ms = took_ms, .answered = true});
}

/* Makes the host reachable: from now on it may get parallel requests. */
void reach(const char *address)
{
    offer(address);
    expect_next(address);
    answer(0);
}

/* No connection could be made for the visit taken last.  It is tried again at once. */
void find_nobody(enum exchange_unreached why)
{
    pass(SECOND);
    rest(&(struct host_feedback){.took_ms = SECOND, .unreached = why, .words = "nobody is there"});
    finish(STATE_WAITING, 0);
}

/* The visit is refused (429, 503): Retry-After, or 0 when there is none. */
void refuse(int64_t pause_ms)
{
    finish(STATE_WAITING, 0);
    rest(&(struct host_feedback){.answered = true, .refused = true, .pause_ms = pause_ms});
}

/* The result of a robots.txt that was taken last. */
void give_robots(int status, const char *body)
{
    ck_assert_int_eq(visit.kind, VISIT_ROBOTS);
    const struct robots_response given = {.status = status,
                                          .body = text_of(body),
                                          .why = "no answer"};
    ck_assert_int_eq(frontier_set_robots(frontier, visit.robots_for, &given, &trouble), RESULT_OK);
    answer(0);
}

enum url_state state_of(const char *address)
{
    struct url_history history;
    ck_assert_int_eq(recrawl_state_history(store->recrawl, key_of(address), &history, NULL,
                                           &trouble),
                     RESULT_OK);
    return history.state;
}

/* Adds a case of tests, each with a store of its own. */
void add_case(Suite *suite, const char *title, const TTest *const *tests, size_t count)
{
    TCase *added = tcase_create(title);
    tcase_add_checked_fixture(added, begin, end);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(added, tests[i]);
    suite_add_tcase(suite, added);
}

int run_cases(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
