/* The frontier and its hosts: politeness, hosts that ask to be left alone, turns among hosts. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "frontier/frontier_lockout.h"
#include "tests/frontier/own_frontier.h"

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

/* ---- lists without end ---- */

/* Takes `count` visits of the host; returns how many of them were pages. */
static int take_some(int count)
{
    int pages = 0;
    for (int i = 0; i < count; i++) {
        ck_assert_int_eq(next(), RESULT_OK);
        pages += visit.kind == VISIT_PAGE;
        answer(0);
    }
    return pages;
}

static void offer_some(const char *name, enum visit_kind kind, int count)
{
    char address[64];
    for (int i = 0; i < count; i++) {
        snprintf(address, sizeof address, "http://h.test/%s/%d", name, i);
        offer_as(address, kind, 0);
    }
}

START_TEST(lists_without_end_keep_a_run_from_no_page)
{
    options.wait_ms = 0;
    run_again();
    offer_some("sitemap", VISIT_SITEMAP, 1000);
    offer_some("page", VISIT_PAGE, 50);
    ck_assert_int_eq(take_some(200), 0); /* as many lists as a site may have come first */
    ck_assert_int_eq(take_some(100), 50);
    ck_assert_int_eq(take_some(750), 0); /* no page is left, and nothing waits for one */
}
END_TEST

START_TEST(lists_without_end_keep_a_run_from_no_part_of_its_pages)
{
    options.wait_ms = 0;
    run_again();
    offer_some("sitemap", VISIT_SITEMAP, 1000);
    ck_assert_int_eq(take_some(200), 0);
    offer_some("part", VISIT_REQUISITE, 50);
    offer_some("page", VISIT_PAGE, 50);
    ck_assert_int_eq(take_some(200), 50);
    ck_assert_int_eq(state_of("http://h.test/part/49"), STATE_KEPT);
}
END_TEST

START_TEST(lists_that_are_not_there_keep_a_run_from_no_page)
{
    options.wait_ms = 0;
    run_again();
    offer_some("sitemap", VISIT_SITEMAP, 1000);
    offer_some("page", VISIT_PAGE, 20);
    int pages = 0;
    for (int i = 0; i < 60; i++) {
        ck_assert_int_eq(next(), RESULT_OK);
        bool page = visit.kind == VISIT_PAGE;
        pages += page;
        finish(page ? STATE_KEPT : STATE_GONE, 0);
        rest(&(struct host_feedback){.took_ms = 10, .answered = true, .no_list = !page});
    }
    ck_assert_int_eq(pages, 20);
}
END_TEST

START_TEST(parts_without_end_are_whole_first)
{
    options.wait_ms = 0;
    run_again();
    offer_some("part", VISIT_REQUISITE, 1000);
    offer_some("page", VISIT_PAGE, 50);
    ck_assert_int_eq(take_some(1000), 0);
}
END_TEST

START_TEST(parts_that_are_cut_keep_a_run_from_no_page)
{
    options.wait_ms = 0;
    run_again();
    offer_some("part", VISIT_REQUISITE, 100);
    offer_some("page", VISIT_PAGE, 20);
    int pages = 0;
    for (int i = 0; i < 40; i++) {
        ck_assert_int_eq(next(), RESULT_OK);
        bool page = visit.kind == VISIT_PAGE;
        pages += page;
        finish(page ? STATE_KEPT : STATE_BROKEN, 0);
        rest(&(struct host_feedback){.took_ms = 10, .answered = true, .cut = !page});
    }
    ck_assert_int_ge(pages, 10);
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

/* Takes `count` visits; returns how many of them were of the seed's host, h.test. */
static int take_of_seed(int count)
{
    int taken = 0;
    for (int i = 0; i < count; i++) {
        ck_assert_int_eq(next(), RESULT_OK);
        taken += text_starts(visit.url, TEXT("http://h.test/"));
        answer(0);
    }
    return taken;
}

static void reach_hosts(const char *name, int hosts)
{
    char address[64];
    for (int host = 0; host < hosts; host++) {
        snprintf(address, sizeof address, "http://%s%d.test/first", name, host);
        reach(address);
    }
}

static void offer_of_hosts(const char *name, int hosts, int count, enum visit_kind kind)
{
    char address[64];
    for (int i = 0; i < hosts * count; i++) {
        snprintf(address, sizeof address, "http://%s%d.test/%d", name, i % hosts, i / hosts);
        offer_as(address, kind, 0);
    }
}

START_TEST(hosts_of_no_seed_take_half_of_the_turns_at_most)
{
    options.wait_ms = 0;
    run_again();
    reach("http://h.test/first");
    reach_hosts("learned", 20);
    offer_of_hosts("learned", 20, 10, VISIT_PAGE);
    offer_as("http://h.test/", VISIT_SEED, 0);
    offer_some("page", VISIT_PAGE, 50);
    int taken = take_of_seed(100);
    ck_assert_msg(taken >= 49, "only %d", taken);
    ck_assert_int_eq(take_of_seed(151), 51 - taken); /* all of both are taken in the end */
}
END_TEST

START_TEST(a_single_host_of_no_seed_takes_no_more_turns_than_each_seed)
{
    options.wait_ms = 0;
    run_again();
    reach_hosts("learned", 1);
    reach_hosts("seed", 9);
    offer_of_hosts("learned", 1, 50, VISIT_PAGE);
    offer_of_hosts("seed", 9, 20, VISIT_SEED);
    int others = 0;
    for (int i = 0; i < 100; i++) {
        ck_assert_int_eq(next(), RESULT_OK);
        others += text_starts(visit.url, TEXT("http://learned"));
        answer(0);
    }
    ck_assert_msg(others >= 5 && others <= 15, "%d", others);
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

static void add_lists(Suite *suite)
{
    CASE(suite, "lists without end", lists_without_end_keep_a_run_from_no_page,
         lists_without_end_keep_a_run_from_no_part_of_its_pages,
         lists_that_are_not_there_keep_a_run_from_no_page, parts_without_end_are_whole_first,
         parts_that_are_cut_keep_a_run_from_no_page);
}

static void add_hosts(Suite *suite)
{
    CASE(suite, "hosts", hosts_take_turns, hosts_of_no_seed_take_half_of_the_turns_at_most,
         a_single_host_of_no_seed_takes_no_more_turns_than_each_seed,
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
    Suite *suite = suite_create("frontier hosts");
    add_politeness(suite);
    add_lists(suite);
    add_hosts(suite);
    return run_cases(suite);
}
