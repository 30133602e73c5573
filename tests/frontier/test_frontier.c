/*
 * The frontier: robots.txt first, politeness, hosts that ask to be left alone, turns among hosts.
 * The test has its own time: the program is linked with --wrap for the clocks of base/, which stand
 * still until the test moves them on.
 */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "frontier/frontier.h"
#include "frontier/frontier_lockout.h"
#include "store/sqlite_store.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

static const int64_t epoch_ms = INT64_C(1600000000000);
static int64_t wall_ms, steady_ms;

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

static void pass(int64_t ms)
{
    wall_ms += ms;
    steady_ms += ms;
}

/* ---- a frontier on a store of its own ---- */

static char directory[64];
static struct store *store;
static struct frontier *frontier;
static struct frontier_options options;
static struct trouble trouble;
static struct visit visit; /* the one taken last */
static int wait_ms;

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
static void run_again(void)
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
static bool offer_as(const char *address, enum visit_kind kind, int64_t redirect_from)
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

static bool offer(const char *address)
{
    return offer_as(address, VISIT_PAGE, 0);
}

static int64_t key_of(const char *address)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(address), NULL, TEXT("")), URL_OK);
    int64_t key = frontier_key(frontier, &url);
    url_release(&url);
    return key;
}

static enum result next(void)
{
    enum result result = frontier_next(frontier, &visit, &wait_ms, &trouble);
    ck_assert_msg(result == RESULT_OK || result == RESULT_AGAIN || result == RESULT_END, "%s",
                  trouble.words);
    return result;
}

static void expect_next(const char *address)
{
    enum result result = next();
    ck_assert_msg(result == RESULT_OK, "%s: nothing can be taken (%d), wait %d ms", address,
                  (int)result, wait_ms);
    ck_assert_msg(text_equal(visit.url, text_of(address)), "%.*s, not %s", TEXT_ARGS(visit.url),
                  address);
}

/* Nothing can be taken for this long; READY_NEVER: until a running visit has ended. */
static void expect_wait(int64_t ms)
{
    ck_assert_int_eq(next(), RESULT_AGAIN);
    ck_assert_int_eq(wait_ms, ms);
}

static void finish(enum url_state state, int64_t not_before_ms)
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

static void rest(const struct host_feedback *feedback)
{
    ck_assert_int_eq(frontier_rest(frontier, visit.host, feedback, &trouble), RESULT_OK);
}

/* The visit taken last gets a response after this time. */
static void answer(int64_t took_ms)
{
    pass(took_ms);
    finish(STATE_KEPT, 0);
    rest(&(struct host_feedback){.took_ms = took_ms, .answered = true});
}

/* Makes the host reachable: from now on it may get parallel requests. */
static void reach(const char *address)
{
    offer(address);
    expect_next(address);
    answer(0);
}

/* No connection could be made for the visit taken last.  It is tried again at once. */
static void find_nobody(enum exchange_unreached why)
{
    pass(SECOND);
    rest(&(struct host_feedback){.took_ms = SECOND, .unreached = why, .words = "nobody is there"});
    finish(STATE_WAITING, 0);
}

/* The visit is refused (429, 503): Retry-After, or 0 when there is none. */
static void refuse(int64_t pause_ms)
{
    finish(STATE_WAITING, 0);
    rest(&(struct host_feedback){.answered = true, .refused = true, .pause_ms = pause_ms});
}

/* The result of a robots.txt that was taken last. */
static void give_robots(int status, const char *body)
{
    ck_assert_int_eq(visit.kind, VISIT_ROBOTS);
    const struct robots_response given = {.status = status,
                                          .body = text_of(body),
                                          .why = "no answer"};
    ck_assert_int_eq(frontier_set_robots(frontier, visit.robots_for, &given, &trouble), RESULT_OK);
    answer(0);
}

static enum url_state state_of(const char *address)
{
    struct url_history history;
    ck_assert_int_eq(recrawl_state_history(store->recrawl, key_of(address), &history, NULL,
                                           &trouble),
                     RESULT_OK);
    return history.state;
}

/* ---- the queue ---- */

START_TEST(a_url_is_taken_once)
{
    ck_assert_int_eq(next(), RESULT_END);
    ck_assert(offer("http://h.test/a"));
    ck_assert(!offer("http://h.test/a"));
    ck_assert_int_eq(frontier_waiting(frontier), 1);
    expect_next("http://h.test/a");
    ck_assert_int_eq(frontier_waiting(frontier), 0);
    answer(0);
    ck_assert_int_eq(next(), RESULT_END);
    ck_assert(!offer("http://h.test/a"));
    ck_assert_int_eq(next(), RESULT_END);
}
END_TEST

START_TEST(a_url_is_known_by_its_other_spellings)
{
    ck_assert(offer("http://h.test/a?b=1&c=2"));
    ck_assert(!offer("https://h.test/a?b=1&c=2"));
    ck_assert(!offer("http://h.test/a?c=2&b=1"));
    ck_assert(!offer("http://h.test/%61?b=1&c=2"));
    ck_assert(!offer("http://h.test/a?b=1&c=2&PHPSESSID=7"));
    ck_assert(offer("http://h.test:8080/a?b=1&c=2"));
    ck_assert(offer("http://www.h.test/a?b=1&c=2"));
}
END_TEST

START_TEST(a_redirect_to_the_same_page_over_https_is_followed)
{
    ck_assert(offer("http://h.test/a"));
    expect_next("http://h.test/a");
    ck_assert(offer_as("https://h.test/a", VISIT_PAGE, visit.key));
    answer(0);
    pass(MINUTE);
    expect_next("https://h.test/a");
    ck_assert(!offer_as("https://h.test/a", VISIT_PAGE, key_of("http://h.test/a")));
}
END_TEST

START_TEST(a_name_and_a_password_are_not_kept)
{
    ck_assert(offer("http://user:secret@h.test/a"));
    expect_next("http://h.test/a");
}
END_TEST

START_TEST(a_failed_attempt_is_tried_again_when_it_may)
{
    offer("http://h.test/a");
    expect_next("http://h.test/a");
    finish(STATE_WAITING, wall_ms + MINUTE);
    rest(&(struct host_feedback){.answered = false});
    ck_assert_int_eq(frontier_waiting(frontier), 1);
    pass(5 * SECOND);
    expect_wait(MINUTE - 5 * SECOND);
    pass(MINUTE - 5 * SECOND);
    expect_next("http://h.test/a");
    ck_assert_int_eq(visit.attempts, 1);
}
END_TEST

START_TEST(a_url_captured_before_the_round_is_requested_again)
{
    offer("http://h.test/a");
    expect_next("http://h.test/a");
    answer(0);
    pass(HOUR);
    ck_assert_int_eq(frontier_ask_again(frontier, (int64_t[]){key_of("http://h.test/a")}, 1,
                                        epoch_ms, &trouble),
                     RESULT_OK);
    ck_assert_int_eq(next(), RESULT_END);
    for (int i = 0; i < 2; i++) /* the second finds it waiting already */
        ck_assert_int_eq(frontier_ask_again(frontier, (int64_t[]){key_of("http://h.test/a")}, 1,
                                            wall_ms, &trouble),
                         RESULT_OK);
    ck_assert_int_eq(frontier_waiting(frontier), 1);
    expect_next("http://h.test/a");
    ck_assert_int_eq(frontier_ask_again(frontier, (int64_t[]){key_of("http://h.test/no")}, 1,
                                        wall_ms, &trouble),
                     RESULT_OK);
    ck_assert_int_eq(frontier_waiting(frontier), 0);
}
END_TEST

START_TEST(waiting_urls_are_there_in_the_next_run)
{
    offer("http://h.test/a");
    offer("http://h.test/b");
    expect_next("http://h.test/a"); /* the run is killed here */
    run_again();
    ck_assert_int_eq(frontier_waiting(frontier), 2);
    expect_next("http://h.test/a");
    answer(0);
    pass(MINUTE);
    expect_next("http://h.test/b");
}
END_TEST

/* ---- politeness ---- */

START_TEST(a_host_rests_after_each_response)
{
    int64_t rest_ms;
    offer("http://h.test/a");
    offer("http://h.test/b");
    expect_next("http://h.test/a");
    expect_wait(-1); /* it is running */
    answer(0);
    ck_assert_str_eq(frontier_waits_for(frontier, &rest_ms), "");
    ck_assert_int_eq(rest_ms, 0);
    expect_wait(SECOND);
    ck_assert_str_eq(frontier_waits_for(frontier, &rest_ms), "h.test");
    ck_assert_int_eq(rest_ms, SECOND);
    pass(SECOND - 1);
    expect_wait(1);
    pass(1);
    expect_next("http://h.test/b");
}
END_TEST

/* The response time of a host is smoothed, so each case has a host of its own. */
START_TEST(a_slow_host_rests_longer_but_not_for_ever)
{
    static const struct {
        const char *first, *second;
        int64_t took_ms, rest_ms;
    } cases[] = {
        {"http://quick.test/a", "http://quick.test/b", 100, SECOND},
        {"http://slow.test/a", "http://slow.test/b", 2 * SECOND, 10 * SECOND},
        {"http://sleepy.test/a", "http://sleepy.test/b", MINUTE, 30 * SECOND},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        offer(cases[i].first);
        offer(cases[i].second);
        expect_next(cases[i].first);
        answer(cases[i].took_ms);
        expect_wait(cases[i].rest_ms);
        pass(cases[i].rest_ms);
        expect_next(cases[i].second);
        answer(0);
    }
}
END_TEST

START_TEST(without_a_wait_several_requests_run_at_once)
{
    options.wait_ms = 0;
    options.connections = 3;
    run_again();
    reach("http://h.test/first");
    for (int i = 0; i < 5; i++) {
        char address[32];
        snprintf(address, sizeof address, "http://h.test/%d", i);
        offer(address);
    }
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(next(), RESULT_OK);
    expect_wait(-1);
    answer(10 * SECOND);
    expect_next("http://h.test/3");
    expect_wait(-1);
}
END_TEST

START_TEST(a_crawl_delay_is_obeyed_within_reason)
{
    static const struct {
        const char *host, *robots;
        int64_t rest_ms;
    } cases[] = {
        {"a.test", "User-agent: *\nCrawl-delay: 10\n", 10 * SECOND},
        {"b.test", "User-agent: *\nCrawl-delay: 0.1\n", SECOND},
        {"c.test", "User-agent: *\nCrawl-delay: 86400\n", 5 * MINUTE},
        {"d.test", "User-agent: other\nCrawl-delay: 10\n", SECOND},
    };
    options.robots = ROBOTS_OBEY;
    run_again();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char page[64], more[64], robots[64];
        snprintf(page, sizeof page, "http://%s/a", cases[i].host);
        snprintf(more, sizeof more, "http://%s/b", cases[i].host);
        snprintf(robots, sizeof robots, "http://%s/robots.txt", cases[i].host);
        offer(page);
        offer(more);
        expect_next(robots);
        give_robots(200, cases[i].robots);
        pass(HOUR);
        expect_next(page);
        answer(0);
        expect_wait(cases[i].rest_ms);
        pass(HOUR);
        expect_next(more);
        answer(0);
    }
}
END_TEST

START_TEST(no_wait_at_all_ignores_the_crawl_delay_too)
{
    options.robots = ROBOTS_OBEY;
    options.wait_ms = 0;
    run_again();
    offer("http://h.test/a");
    expect_next("http://h.test/robots.txt");
    give_robots(200, "User-agent: *\nCrawl-delay: 10\n");
    expect_next("http://h.test/a");
}
END_TEST

/* ---- hosts that ask to be left alone ---- */

START_TEST(retry_after_is_obeyed)
{
    offer("http://h.test/a");
    expect_next("http://h.test/a");
    refuse(2 * MINUTE);
    ck_assert(!frontier_leaves_alone(frontier, visit.host));
    expect_wait(2 * MINUTE);
    pass(2 * MINUTE);
    expect_next("http://h.test/a");
}
END_TEST

START_TEST(refusals_in_a_row_double_the_pause_and_a_success_forgets_them)
{
    static const int64_t pauses_ms[] = {SECOND, 2 * SECOND, 4 * SECOND, 8 * SECOND};
    offer("http://h.test/a");
    offer("http://h.test/b");
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof pauses_ms / sizeof *pauses_ms; i++) {
            ck_assert_int_eq(next(), RESULT_OK);
            refuse(0);
            expect_wait(pauses_ms[i]);
            pass(pauses_ms[i]);
        }
        ck_assert_int_eq(next(), RESULT_OK);
        answer(0);
        pass(MINUTE);
        offer("http://h.test/c");
    }
}
END_TEST

START_TEST(parallel_refusals_count_as_one)
{
    options.wait_ms = 0;
    run_again();
    reach("http://h.test/first");
    offer("http://h.test/a");
    offer("http://h.test/b");
    offer("http://h.test/c");
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(next(), RESULT_OK);
    for (int i = 0; i < 3; i++)
        rest(&(struct host_feedback){.answered = true, .refused = true});
    finish(STATE_WAITING, 0);
    expect_wait(SECOND);
}
END_TEST

START_TEST(what_was_sent_before_a_refusal_counts_with_it_however_late_it_comes)
{
    options.wait_ms = 0;
    run_again();
    reach("http://h.test/first");
    offer("http://h.test/a");
    offer("http://h.test/b");
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(next(), RESULT_OK);
    rest(&(struct host_feedback){.answered = true, .refused = true});
    pass(3 * SECOND); /* the pause has ended */
    rest(&(struct host_feedback){.answered = true, .refused = true, .took_ms = 3 * SECOND});
    finish(STATE_WAITING, 0);
    expect_next("http://h.test/b");
    rest(&(struct host_feedback){.answered = true, .refused = true});
    finish(STATE_WAITING, 0);
    expect_wait(2 * SECOND);
}
END_TEST

START_TEST(no_pause_without_retry_after_is_longer_than_an_hour)
{
    offer("http://h.test/a");
    for (int i = 0; i < 20; i++) {
        expect_next("http://h.test/a");
        refuse(0);
        enum result result = next();
        ck_assert(result == RESULT_AGAIN);
        ck_assert_int_le(wait_ms, HOUR);
        /* A longer pause is left to another run. */
        if (frontier_leaves_alone(frontier, visit.host))
            break;
        pass(wait_ms);
    }
    ck_assert(frontier_leaves_alone(frontier, visit.host));
    pass(HOUR);
    expect_next("http://h.test/a");
}
END_TEST

START_TEST(a_long_retry_after_is_left_to_the_next_run)
{
    const char *host = NULL;
    offer("http://h.test/a");
    expect_next("http://h.test/a");
    ck_assert_int_eq(frontier_left_alone_until(frontier, &host), 0);
    refuse(HOUR);
    ck_assert(frontier_leaves_alone(frontier, visit.host));
    expect_wait(-1);
    ck_assert_int_eq(frontier_left_alone_until(frontier, &host), wall_ms + HOUR);
    ck_assert_str_eq(host, "h.test");
    /* Another host can go on meanwhile. */
    offer("http://other.test/");
    ck_assert_int_eq(frontier_left_alone_until(frontier, &host), 0);
    expect_next("http://other.test/");
    answer(0);
    /* The next run respects it too. */
    run_again();
    expect_wait(-1);
    ck_assert_int_eq(frontier_left_alone_until(frontier, &host), wall_ms + HOUR);
    pass(HOUR);
    expect_next("http://h.test/a");
}
END_TEST

START_TEST(a_run_of_limited_time_waits_as_long_as_it_has)
{
    options.run_time_ms = 30 * MINUTE;
    run_again();
    offer("http://h.test/a");
    expect_next("http://h.test/a");
    refuse(20 * MINUTE);
    ck_assert(!frontier_leaves_alone(frontier, visit.host));
    expect_wait(20 * MINUTE);
    pass(20 * MINUTE);
    expect_next("http://h.test/a");
    refuse(20 * MINUTE);
    ck_assert(frontier_leaves_alone(frontier, visit.host));
}
END_TEST

START_TEST(a_clock_that_was_wrong_leaves_no_host_alone_for_years)
{
    wall_ms = epoch_ms + INT64_C(3650) * DAY;
    offer("http://h.test/a");
    expect_next("http://h.test/a");
    refuse(HOUR);
    wall_ms = epoch_ms;
    run_again();
    expect_next("http://h.test/a");
}
END_TEST

/* ---- robots.txt ---- */

START_TEST(robots_txt_comes_first_and_closes_what_it_disallows)
{
    options.robots = ROBOTS_OBEY;
    run_again();
    offer("http://h.test/open");
    offer("http://h.test/closed/a");
    expect_next("http://h.test/robots.txt");
    expect_wait(-1); /* robots.txt comes first */
    give_robots(200, "User-agent: *\nDisallow: /closed/\n");
    pass(SECOND);
    expect_next("http://h.test/open");
    answer(0);
    pass(SECOND);
    ck_assert_int_eq(next(), RESULT_END);
    ck_assert_int_eq(state_of("http://h.test/closed/a"), STATE_LEFT_OUT);
}
END_TEST

START_TEST(a_group_of_our_own_counts)
{
    options.robots = ROBOTS_OBEY;
    run_again();
    offer("http://h.test/a");
    expect_next("http://h.test/robots.txt");
    give_robots(200, "User-agent: *\nDisallow: /\nUser-agent: warccap\nAllow: /\n");
    pass(SECOND);
    expect_next("http://h.test/a");
}
END_TEST

START_TEST(requisites_may_be_taken_against_robots_txt)
{
    options.robots = ROBOTS_REQUISITES;
    run_again();
    offer("http://h.test/page");
    offer_as("http://h.test/image", VISIT_REQUISITE, 0);
    expect_next("http://h.test/robots.txt");
    give_robots(200, "User-agent: *\nDisallow: /\n");
    pass(SECOND);
    expect_next("http://h.test/image");
    answer(0);
    pass(SECOND);
    ck_assert_int_eq(next(), RESULT_END);
    ck_assert_int_eq(state_of("http://h.test/page"), STATE_LEFT_OUT);
}
END_TEST

START_TEST(robots_txt_is_not_requested_when_it_is_ignored)
{
    offer("http://h.test/a");
    expect_next("http://h.test/a");
}
END_TEST

START_TEST(the_status_of_robots_txt_decides_what_is_open)
{
    static const struct {
        int status;
        bool open;
    } cases[] = {{200, true}, {204, true},  {404, true},  {403, true},
                 {429, true}, {500, false}, {503, false}, {0, false}};
    options.robots = ROBOTS_OBEY;
    run_again();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char page[64], robots[64];
        snprintf(page, sizeof page, "http://h%zu.test/a", i);
        snprintf(robots, sizeof robots, "http://h%zu.test/robots.txt", i);
        offer(page);
        expect_next(robots);
        give_robots(cases[i].status, "");
        pass(MINUTE);
        enum result result = next();
        ck_assert_msg((result == RESULT_OK) == cases[i].open, "%d", cases[i].status);
        if (cases[i].open)
            answer(0);
        else /* the next run tries again: no response, the host is away; 5xx, it is there and closed
              */
            ck_assert_int_eq(state_of(page), cases[i].status ? STATE_WAITING : STATE_BROKEN);
        pass(MINUTE);
    }
}
END_TEST

/* The closed hosts, as "name waiting why, ". */
static void write_closed(void *context, const struct closed_host *host)
{
    buf_printf(context, "%s %d %s, ", host->name, (int)host->waiting, host->why);
}

static const char *closed_hosts(void)
{
    static char words[500];
    struct buf out;
    buf_init(&out, sizeof words);
    bool closed = frontier_is_closed(frontier, write_closed, &out);
    snprintf(words, sizeof words, "%s%.*s", closed ? "" : "open", TEXT_ARGS(buf_text(&out)));
    buf_release(&out);
    return words;
}

/* The robots.txt taken last will be tried again at that time. */
static void retry_at(int64_t not_before_ms)
{
    finish(STATE_WAITING, not_before_ms);
    rest(&(struct host_feedback){.took_ms = 0, .answered = true});
}

START_TEST(nothing_is_taken_while_robots_txt_is_tried_again)
{
    options.robots = ROBOTS_OBEY;
    options.wait_ms = 0;
    run_again();
    offer("http://h.test/a");
    offer_as("http://h.test/pic", VISIT_REQUISITE, 0);
    expect_next("http://h.test/robots.txt");
    for (int attempt = 0; attempt < 5; attempt++) {
        retry_at(wall_ms + MINUTE);
        offer("http://h.test/b"); /* also when more is found */
        expect_wait(MINUTE);
        pass(MINUTE);
        expect_next("http://h.test/robots.txt");
        expect_wait(-1);
    }
    give_robots(200, "User-agent: *\nDisallow: /a\n");
    expect_next("http://h.test/pic");
    answer(0);
    expect_next("http://h.test/b");
}
END_TEST

START_TEST(a_host_whose_robots_txt_cannot_be_read_is_closed_for_the_run)
{
    options.robots = ROBOTS_OBEY;
    options.wait_ms = 0;
    run_again();
    offer("http://closed.test/a");
    expect_next("http://closed.test/robots.txt");
    ck_assert_str_eq(closed_hosts(), "open");
    give_robots(500, "");
    offer("http://closed.test/b");
    ck_assert_int_eq(next(), RESULT_AGAIN);
    ck_assert_str_eq(closed_hosts(), "closed.test 2 no answer (on requesting robots.txt), ");
    /* other hosts go on */
    offer("http://open.test/");
    ck_assert_str_eq(closed_hosts(), "open");
    expect_next("http://open.test/robots.txt");
    give_robots(404, "");
    expect_next("http://open.test/");
    answer(0);
    ck_assert_int_eq(next(), RESULT_AGAIN);
    ck_assert_int_eq(state_of("http://closed.test/b"), STATE_WAITING);
    /* the next run asks again */
    run_again();
    expect_next("http://closed.test/robots.txt");
    give_robots(404, "");
    expect_next("http://closed.test/a");
}
END_TEST

START_TEST(a_robots_txt_that_is_cut_closes_too)
{
    const struct robots_response cut = {
        .status = 200, .cut = true, .body = TEXT("User-agent: *\nAllow: /\n"), .why = "it was cut"};
    options.robots = ROBOTS_OBEY;
    options.wait_ms = 0;
    run_again();
    offer("http://h.test/a");
    expect_next("http://h.test/robots.txt");
    ck_assert_int_eq(frontier_set_robots(frontier, visit.robots_for, &cut, &trouble), RESULT_OK);
    answer(0);
    ck_assert_int_eq(next(), RESULT_AGAIN);
    ck_assert_str_eq(closed_hosts(), "h.test 1 it was cut (on requesting robots.txt), ");
    frontier_give_up_closed(frontier);
    ck_assert_int_eq(next(), RESULT_END);
    ck_assert_int_eq(state_of("http://h.test/a"), STATE_BROKEN);
}
END_TEST

/* Answers the robots.txt taken last by a redirect. */
static void redirect_robots(const char *target)
{
    struct url url;
    bool is_new;
    char hops[VISIT_HOPS_MOST + 1];
    memcpy(hops, visit.hops, sizeof hops);
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(target), NULL, TEXT("")), URL_OK);
    struct offer offer = {.url = &url,
                          .kind = VISIT_ROBOTS,
                          .via_hops = hops,
                          .hop = 'R',
                          .via_key = visit.key,
                          .redirect_from = visit.key,
                          .rules_of = frontier_host_name(frontier, visit.robots_for)};
    ck_assert_int_eq(frontier_offer(frontier, &offer, &is_new, &trouble), RESULT_OK);
    ck_assert(is_new);
    url_release(&url);
    answer(0);
}

START_TEST(a_redirected_robots_txt_is_awaited_and_obeyed_in_every_run)
{
    options.robots = ROBOTS_OBEY;
    options.wait_ms = 0;
    for (int run = 0; run < 2; run++) {
        run_again();
        offer(run ? "http://h.test/open2" : "http://h.test/open1");
        offer(run ? "http://h.test/closed2" : "http://h.test/closed1");
        expect_next("http://h.test/robots.txt");
        redirect_robots("https://h.test/robots.txt");
        expect_next("https://h.test/robots.txt");
        redirect_robots("https://www.h.test/robots.txt");
        expect_next("https://www.h.test/robots.txt");
        expect_wait(-1);
        give_robots(200, "User-agent: *\nDisallow: /closed\n");
        expect_next(run ? "http://h.test/open2" : "http://h.test/open1");
        answer(0);
        ck_assert_int_eq(next(), RESULT_END);
        ck_assert_int_eq(state_of("http://h.test/closed1"), STATE_LEFT_OUT);
        pass(2 * DAY);
    }
}
END_TEST

START_TEST(a_host_that_only_has_the_robots_txt_of_others_is_not_asked_for_its_own)
{
    options.robots = ROBOTS_OBEY;
    options.wait_ms = 0;
    run_again();
    offer("http://a.test/page");
    expect_next("http://a.test/robots.txt");
    redirect_robots("http://b.test/robots.txt");
    expect_next("http://b.test/robots.txt");
    retry_at(wall_ms + SECOND);
    expect_wait(SECOND); /* not even while it waits */
    pass(SECOND);
    expect_next("http://b.test/robots.txt");
    redirect_robots("http://c.test/robots.txt");
    expect_next("http://c.test/robots.txt");
    give_robots(404, "");
    expect_next("http://a.test/page");
    answer(0);
    /* With pages of its own it is. */
    offer("http://b.test/page");
    expect_next("http://b.test/robots.txt");
    give_robots(404, "");
    expect_next("http://b.test/page");
    answer(0);
    ck_assert_int_eq(next(), RESULT_END);
}
END_TEST

START_TEST(hosts_that_send_each_other_for_robots_txt_hold_nothing_up)
{
    options.robots = ROBOTS_OBEY;
    options.wait_ms = 0;
    run_again();
    offer("http://a.test/page");
    offer("http://b.test/page");
    expect_next("http://a.test/robots.txt");
    redirect_robots("http://b.test/robots.txt");
    expect_next("http://b.test/robots.txt"); /* for a or for b */
    int64_t first = visit.robots_for;
    if (visit.hops[1] != 'R')
        redirect_robots("http://a.test/robots.txt");
    else
        give_robots(200, "");
    for (int i = 0; i < 3 && next() == RESULT_OK && visit.kind == VISIT_ROBOTS; i++)
        give_robots(200, "");
    ck_assert_msg(visit.kind == VISIT_PAGE, "%.*s after %d", TEXT_ARGS(visit.url), (int)first);
}
END_TEST

START_TEST(a_robots_txt_on_a_host_that_wants_to_be_left_alone_is_not_waited_for_in_vain)
{
    const char *host;
    options.robots = ROBOTS_OBEY;
    options.wait_ms = 0;
    run_again();
    offer("http://a.test/page");
    expect_next("http://a.test/robots.txt");
    redirect_robots("http://b.test/robots.txt");
    expect_next("http://b.test/robots.txt");
    refuse(HOUR);
    ck_assert_int_eq(next(), RESULT_AGAIN);
    ck_assert_int_eq(frontier_left_alone_until(frontier, &host), wall_ms + HOUR);
    ck_assert_str_eq(host, "b.test");
}
END_TEST

START_TEST(at_the_end_of_a_run_requisites_still_wait_for_their_rules)
{
    options.robots = ROBOTS_OBEY;
    options.wait_ms = 0;
    run_again();
    offer("http://pages.test/a");
    offer_as("http://pics.test/closed", VISIT_REQUISITE, 0);
    frontier_take_requisites_only(frontier);
    expect_next("http://pics.test/robots.txt"); /* and that of pages.test is not needed */
    give_robots(200, "User-agent: *\nDisallow: /closed\n");
    ck_assert_int_eq(next(), RESULT_AGAIN);
    ck_assert_int_eq(wait_ms, -1);
    ck_assert_int_eq(state_of("http://pics.test/closed"), STATE_LEFT_OUT);
}
END_TEST

START_TEST(robots_txt_is_kept_for_a_day)
{
    options.robots = ROBOTS_OBEY;
    run_again();
    offer("http://h.test/a");
    expect_next("http://h.test/robots.txt");
    give_robots(200, "User-agent: *\nDisallow: /closed\n");
    pass(HOUR);
    expect_next("http://h.test/a");
    answer(0);
    pass(20 * HOUR);
    run_again();
    offer("http://h.test/closed");
    offer("http://h.test/b");
    expect_next("http://h.test/b");
    answer(0);
    ck_assert_int_eq(state_of("http://h.test/closed"), STATE_LEFT_OUT);
    pass(4 * HOUR);
    run_again();
    offer("http://h.test/c");
    expect_next("http://h.test/robots.txt");
    give_robots(404, "");
    pass(SECOND);
    expect_next("http://h.test/c");
}
END_TEST

START_TEST(a_run_of_days_requests_robots_txt_again)
{
    options.robots = ROBOTS_OBEY;
    run_again();
    offer("http://h.test/a");
    offer("http://h.test/b");
    offer("http://h.test/c");
    expect_next("http://h.test/robots.txt");
    give_robots(200, "User-agent: *\nDisallow: /closed\n");
    pass(SECOND);
    expect_next("http://h.test/a");
    answer(0);
    pass(DAY + HOUR);
    expect_next("http://h.test/robots.txt");
    /* It does not come: the known rules may still be used (RFC 9309, 2.3.1.4). */
    give_robots(503, "");
    pass(SECOND);
    expect_next("http://h.test/b");
    answer(0);
    offer("http://h.test/closed");
    pass(SECOND);
    expect_next("http://h.test/c");
    answer(0);
    pass(SECOND);
    ck_assert_int_eq(next(), RESULT_END);
    ck_assert_int_eq(state_of("http://h.test/closed"), STATE_LEFT_OUT);
}
END_TEST

START_TEST(a_robots_txt_that_leads_nowhere_closes_nothing)
{
    options.robots = ROBOTS_OBEY;
    run_again();
    offer("http://h.test/a");
    expect_next("http://h.test/robots.txt");
    answer(0); /* a redirect that leads nowhere: no rules came of it */
    pass(SECOND);
    expect_next("http://h.test/a");
}
END_TEST

/* ---- among hosts ---- */

START_TEST(hosts_take_turns)
{
    options.wait_ms = 0;
    run_again();
    static const char *const hosts[] = {"a", "b", "c"};
    reach("http://a.test/first");
    reach("http://b.test/first");
    reach("http://c.test/first");
    for (int page = 0; page < 3; page++)
        for (size_t host = 0; host < 3; host++) {
            char address[32];
            snprintf(address, sizeof address, "http://%s.test/%d", hosts[host], page);
            offer(address);
        }
    for (int page = 0; page < 3; page++) {
        bool seen[3] = {false};
        for (int i = 0; i < 3; i++) {
            ck_assert_int_eq(next(), RESULT_OK);
            size_t host = (size_t)(visit.url.at[strlen("http://")] - 'a');
            ck_assert_msg(host < 3 && !seen[host], "%.*s again", TEXT_ARGS(visit.url));
            seen[host] = true;
        }
    }
    ck_assert_int_eq(frontier_waiting(frontier), 0);
}
END_TEST

START_TEST(a_host_that_was_not_reached_yet_gets_one_request_at_a_time)
{
    options.wait_ms = 0;
    run_again();
    offer("http://h.test/a");
    offer("http://h.test/b");
    expect_next("http://h.test/a");
    expect_wait(-1);
    answer(0);
    expect_next("http://h.test/b");
}
END_TEST

START_TEST(urls_of_a_dead_host_fail_at_once)
{
    options.wait_ms = 0;
    run_again();
    offer("http://gone.test/a");
    offer("http://gone.test/b");
    offer("http://gone.test/c");
    for (int i = 0; i < 2; i++) {
        expect_next("http://gone.test/a");
        find_nobody(UNREACHED_NAME);
    }
    ck_assert_int_eq(next(), RESULT_END);
    ck_assert_int_eq(state_of("http://gone.test/a"), STATE_BROKEN);
    ck_assert_int_eq(state_of("http://gone.test/c"), STATE_BROKEN);
    /* URLs found later fail as well. */
    offer("http://gone.test/d");
    ck_assert_int_eq(next(), RESULT_END);
    ck_assert_int_eq(state_of("http://gone.test/d"), STATE_BROKEN);
}
END_TEST

START_TEST(robots_txt_on_a_dead_host_holds_nothing_up)
{
    options.robots = ROBOTS_OBEY;
    options.wait_ms = 0;
    run_again();
    offer("http://gone.test/a");
    for (int i = 0; i < 2; i++) {
        expect_next("http://gone.test/robots.txt");
        find_nobody(UNREACHED_SILENT);
    }
    ck_assert_int_eq(next(), RESULT_END);
    ck_assert_int_eq(state_of("http://gone.test/a"), STATE_BROKEN);
}
END_TEST

START_TEST(a_resting_host_holds_no_other_up)
{
    offer("http://a.test/1");
    offer("http://a.test/2");
    offer("http://b.test/1");
    ck_assert_int_eq(next(), RESULT_OK);
    struct visit first = visit;
    ck_assert_int_eq(next(), RESULT_OK);
    ck_assert(visit.host != first.host);
    expect_wait(-1);
}
END_TEST

/* Pages are completed first: no new page while many requisites of earlier ones wait elsewhere. */
START_TEST(a_page_waits_for_the_images_of_the_pages_before_it)
{
    enum { IMAGES = 20, BEHIND = 16 };
    offer("http://h.test/page");
    for (int i = 0; i < IMAGES; i++) {
        char address[48];
        snprintf(address, sizeof address, "http://images.test/%02d", i);
        offer_as(address, VISIT_REQUISITE, 0);
    }
    /* The host of the images is not yet known to respond: it holds nothing up. */
    ck_assert_int_eq(next(), RESULT_OK);
    bool page_first = text_equal(visit.url, TEXT("http://h.test/page"));
    answer(0);
    if (page_first) {
        ck_assert_int_eq(next(), RESULT_OK);
        answer(0);
    }
    pass(SECOND);
    offer("http://h.test/next");
    int images = 1;
    for (;;) {
        ck_assert_int_eq(next(), RESULT_OK);
        bool image = text_starts(visit.url, TEXT("http://images.test/"));
        answer(0);
        pass(SECOND);
        if (!image)
            break;
        images++;
    }
    ck_assert_msg(images >= IMAGES - BEHIND, "a page after %d images", images);
}
END_TEST

/* The visit taken last gets 429: so does its probe. */
static void shut_out(void)
{
    struct lockout_response response = {
        .key = visit.key, .sign = LOCKOUT_REFUSED, .status = 429, .part = true};
    struct lockout_advice advice;
    struct lockout_ruling ruling;
    struct visit probe;
    ck_assert_int_eq(frontier_lockout_note(frontier, visit.host, &response, &advice, &trouble),
                     RESULT_OK);
    ck_assert_int_eq(frontier_lockout_look(frontier, visit.host, true, &ruling, &trouble),
                     RESULT_OK);
    while (ruling.verdict == LOCKOUT_UNDECIDED) {
        pass(MINUTE);
        ck_assert_int_eq(frontier_lockout_probe(frontier, &probe, &wait_ms, &trouble), RESULT_OK);
        ck_assert_int_eq(probe.key, response.key);
        rest(&(struct host_feedback){.answered = true, .refused = true});
        ck_assert_int_eq(
            frontier_lockout_probed(frontier, visit.host, &response, &ruling, &trouble), RESULT_OK);
    }
    ck_assert_int_eq(ruling.verdict, LOCKOUT_SHUT_OUT);
}

START_TEST(no_page_waits_for_the_images_of_a_host_that_shuts_us_out)
{
    offer("http://h.test/page");
    expect_next("http://h.test/page");
    answer(0);
    for (int i = 0; i < 20; i++) {
        char address[48];
        snprintf(address, sizeof address, "http://images.test/%02d", i);
        offer_as(address, VISIT_REQUISITE, 0);
    }
    ck_assert_int_eq(next(), RESULT_OK);
    refuse(0);
    shut_out();
    pass(SECOND);
    offer("http://h.test/next");
    expect_next("http://h.test/next");
}
END_TEST

/* ---- a scheme that nobody answers ---- */

static bool turn_scheme(const char *address, const char *hops)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(address), NULL, TEXT("")), URL_OK);
    bool turned = frontier_turn_scheme(frontier, visit.host, &url, hops);
    url_release(&url);
    return turned;
}

START_TEST(a_host_that_answers_only_by_the_other_scheme_gets_it)
{
    offer("https://h.test/a");
    offer("https://h.test/b?c");
    expect_next("https://h.test/a");
    ck_assert(turn_scheme("https://h.test/a", ""));
    finish(STATE_WAITING, 0);
    rest(&(struct host_feedback){.answered = false});
    pass(SECOND);
    expect_next("http://h.test/a");
    answer(0);
    pass(SECOND);
    expect_next("http://h.test/b?c");
    /* Both were tried. */
    ck_assert(!turn_scheme("http://h.test/b?c", ""));
}
END_TEST

START_TEST(when_nobody_answers_by_either_scheme_it_is_turned_back)
{
    offer("https://h.test/a");
    expect_next("https://h.test/a");
    ck_assert(turn_scheme("https://h.test/a", ""));
    finish(STATE_WAITING, 0);
    rest(&(struct host_feedback){.answered = false});
    pass(SECOND);
    expect_next("http://h.test/a");
    ck_assert(turn_scheme("http://h.test/a", ""));
    finish(STATE_WAITING, 0);
    rest(&(struct host_feedback){.answered = false});
    pass(SECOND);
    expect_next("https://h.test/a");
    ck_assert(!turn_scheme("https://h.test/a", ""));
}
END_TEST

START_TEST(a_port_or_a_redirect_keeps_its_scheme)
{
    offer("https://h.test:8443/a");
    expect_next("https://h.test:8443/a");
    ck_assert(!turn_scheme("https://h.test:8443/a", ""));
    offer("https://other.test/a");
    expect_next("https://other.test/a");
    ck_assert(!turn_scheme("https://other.test/a", "LR"));
    ck_assert(turn_scheme("https://other.test/a", "RL"));
}
END_TEST

/* ---- what a page names ---- */

/* Offers a URL without `is_new`, as for most links of a page. */
static void name(const char *address)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(address), NULL, TEXT("")), URL_OK);
    const struct offer offer = {.url = &url, .kind = VISIT_PAGE};
    ck_assert_int_eq(frontier_offer(frontier, &offer, NULL, &trouble), RESULT_OK);
    url_release(&url);
}

static bool is_known(const char *address)
{
    struct url_history history;
    return recrawl_state_history(store->recrawl, key_of(address), &history, NULL, &trouble) ==
           RESULT_OK;
}

START_TEST(what_a_page_names_is_gathered)
{
    struct listed_counts counts;
    struct url_refusal refusal;
    struct buf via;
    buf_init(&via, 1000);
    name("http://h.test/a");
    name("http://h.test/a");
    name("http://h.test/b");
    ck_assert_int_eq(frontier_note_listed(frontier, LISTED_BY_FEED, key_of("http://h.test/b"),
                                          &trouble),
                     RESULT_OK);
    char url[] = "http://elsewhere.test/";
    const struct left_out_url left_out = {77, URL_RULE_OFF_SITE, text_of(url), 0, false};
    ck_assert_int_eq(frontier_refuse(frontier, &left_out, &trouble), RESULT_OK);
    url[7] = 'x'; /* the frontier has its own copy */
    ck_assert(!is_known("http://h.test/a"));
    ck_assert_int_eq(frontier_flush(frontier, &trouble), RESULT_OK);
    ck_assert(is_known("http://h.test/a") && is_known("http://h.test/b"));
    ck_assert_int_eq(frontier_waiting(frontier), 2);
    ck_assert_int_eq(completeness_count_listed(store->completeness, &counts, &trouble), RESULT_OK);
    ck_assert_uint_eq(counts.by[LISTED_BY_FEED].of[STATE_WAITING], 1);
    ck_assert_int_eq(completeness_refusal(store->completeness, 77, &refusal, &via, &trouble),
                     RESULT_OK);
    ck_assert_int_eq(refusal.rule, URL_RULE_OFF_SITE);
    ck_assert_int_eq(frontier_flush(frontier, &trouble), RESULT_OK); /* nothing to flush */
    buf_release(&via);
}
END_TEST

START_TEST(a_page_may_name_more_than_fits_in_a_batch)
{
    char address[64];
    for (int i = 0; i < 1000; i++) {
        snprintf(address, sizeof address, "http://h.test/%d", i);
        name(address);
    }
    expect_next("http://h.test/0"); /* frontier_next() flushes */
    ck_assert_int_eq(frontier_waiting(frontier), 999);
    for (int i = 0; i < 1000; i++) {
        snprintf(address, sizeof address, "http://h.test/%d", i);
        ck_assert(is_known(address));
    }
}
END_TEST

START_TEST(is_new_is_about_the_last_offer)
{
    name("http://h.test/a");
    ck_assert(offer("http://h.test/b"));
    ck_assert(is_known("http://h.test/a"));
    name("http://h.test/c");
    ck_assert(!offer("http://h.test/b"));
}
END_TEST

START_TEST(many_visits_are_finished_at_once)
{
    enum { MANY = 150 };
    struct finished_visit visits[MANY];
    char address[64];
    for (int i = 0; i < MANY; i++) {
        snprintf(address, sizeof address, "http://h.test/%d", i);
        name(address);
        visits[i] = (struct finished_visit){
            .outcome = {.key = key_of(address), .state = STATE_KEPT, .status = 200}};
    }
    visits[MANY - 1].outcome.state = STATE_BROKEN;
    ck_assert_int_eq(frontier_finish(frontier, visits, MANY, &trouble), RESULT_OK);
    ck_assert_int_eq(state_of("http://h.test/0"), STATE_KEPT);
    ck_assert_int_eq(state_of("http://h.test/148"), STATE_KEPT);
    ck_assert_int_eq(state_of("http://h.test/149"), STATE_BROKEN);
}
END_TEST

/* ---- another process on the same store ---- */

START_TEST(what_another_process_adds_is_found_before_the_end)
{
    struct visit added = {.key = key_of("http://new.test/"),
                          .kind = VISIT_PAGE,
                          .url = TEXT("http://new.test/")};
    ck_assert_int_eq(next(), RESULT_END);
    ck_assert_int_eq(hosts_number(store->hosts, TEXT("new.test"), &added.host, &trouble),
                     RESULT_OK);
    ck_assert_int_eq(queue_offer(store->queue, &added, 1, NULL, &trouble), RESULT_OK);
    expect_wait(0);
    expect_next("http://new.test/");
    answer(0);
    ck_assert_int_eq(next(), RESULT_END);
}
END_TEST

START_TEST(what_another_process_takes_is_not_waited_for)
{
    offer("http://h.test/a");
    ck_assert_int_eq(frontier_waiting(frontier), 1);
    const struct outcome done = {.key = key_of("http://h.test/a"), .state = STATE_KEPT};
    ck_assert_int_eq(queue_finish(store->queue, &done, 1, &trouble), RESULT_OK);
    ck_assert_int_eq(next(), RESULT_END);
    ck_assert_int_eq(frontier_waiting(frontier), 0);
}
END_TEST

START_TEST(a_visit_leased_by_another_process_is_left_to_it)
{
    offer("http://h.test/a");
    expect_next("http://h.test/a");
    store->queue->owner++;
    finish(STATE_KEPT, 0); /* not an error */
    ck_assert_int_eq(state_of("http://h.test/a"), STATE_WAITING);
}
END_TEST

/* Adds a case of tests, each with a store of its own. */
static void add_case(Suite *suite, const char *title, const TTest *const *tests, size_t count)
{
    TCase *added = tcase_create(title);
    tcase_add_checked_fixture(added, begin, end);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(added, tests[i]);
    suite_add_tcase(suite, added);
}

#define CASE(suite, title, ...)                                      \
    do {                                                             \
        const TTest *const tests[] = {__VA_ARGS__};                  \
        add_case(suite, title, tests, sizeof tests / sizeof *tests); \
    } while (0)

static void add_pages(Suite *suite)
{
    CASE(suite, "pages", what_a_page_names_is_gathered, a_page_may_name_more_than_fits_in_a_batch,
         is_new_is_about_the_last_offer, many_visits_are_finished_at_once);
}

static void add_others(Suite *suite)
{
    CASE(suite, "others", what_another_process_adds_is_found_before_the_end,
         what_another_process_takes_is_not_waited_for,
         a_visit_leased_by_another_process_is_left_to_it);
}

static void add_queue(Suite *suite)
{
    CASE(suite, "queue", a_url_is_taken_once, a_url_is_known_by_its_other_spellings,
         a_redirect_to_the_same_page_over_https_is_followed, a_name_and_a_password_are_not_kept,
         a_failed_attempt_is_tried_again_when_it_may,
         a_url_captured_before_the_round_is_requested_again,
         waiting_urls_are_there_in_the_next_run);
}

static void add_politeness(Suite *suite)
{
    CASE(suite, "politeness", a_host_rests_after_each_response,
         a_slow_host_rests_longer_but_not_for_ever, without_a_wait_several_requests_run_at_once,
         a_crawl_delay_is_obeyed_within_reason, no_wait_at_all_ignores_the_crawl_delay_too,
         retry_after_is_obeyed, refusals_in_a_row_double_the_pause_and_a_success_forgets_them,
         parallel_refusals_count_as_one,
         what_was_sent_before_a_refusal_counts_with_it_however_late_it_comes,
         no_pause_without_retry_after_is_longer_than_an_hour,
         a_long_retry_after_is_left_to_the_next_run, a_run_of_limited_time_waits_as_long_as_it_has,
         a_clock_that_was_wrong_leaves_no_host_alone_for_years);
}

static void add_robots(Suite *suite)
{
    CASE(suite, "robots.txt", robots_txt_comes_first_and_closes_what_it_disallows,
         a_group_of_our_own_counts, requisites_may_be_taken_against_robots_txt,
         robots_txt_is_not_requested_when_it_is_ignored,
         the_status_of_robots_txt_decides_what_is_open,
         nothing_is_taken_while_robots_txt_is_tried_again,
         a_host_whose_robots_txt_cannot_be_read_is_closed_for_the_run,
         a_robots_txt_that_is_cut_closes_too,
         a_redirected_robots_txt_is_awaited_and_obeyed_in_every_run,
         a_host_that_only_has_the_robots_txt_of_others_is_not_asked_for_its_own,
         hosts_that_send_each_other_for_robots_txt_hold_nothing_up,
         a_robots_txt_on_a_host_that_wants_to_be_left_alone_is_not_waited_for_in_vain,
         at_the_end_of_a_run_requisites_still_wait_for_their_rules, robots_txt_is_kept_for_a_day,
         a_run_of_days_requests_robots_txt_again, a_robots_txt_that_leads_nowhere_closes_nothing);
}

static void add_hosts(Suite *suite)
{
    CASE(suite, "hosts", hosts_take_turns,
         a_host_that_was_not_reached_yet_gets_one_request_at_a_time,
         urls_of_a_dead_host_fail_at_once, robots_txt_on_a_dead_host_holds_nothing_up,
         a_resting_host_holds_no_other_up, a_page_waits_for_the_images_of_the_pages_before_it,
         no_page_waits_for_the_images_of_a_host_that_shuts_us_out,
         a_host_that_answers_only_by_the_other_scheme_gets_it,
         when_nobody_answers_by_either_scheme_it_is_turned_back,
         a_port_or_a_redirect_keeps_its_scheme);
}

int main(void)
{
    Suite *suite = suite_create("frontier");
    add_pages(suite);
    add_others(suite);
    add_queue(suite);
    add_politeness(suite);
    add_robots(suite);
    add_hosts(suite);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
