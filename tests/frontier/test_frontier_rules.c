/* The frontier and robots.txt: it comes first, is tried again, redirected, kept, and obeyed. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/frontier/own_frontier.h"

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

int main(void)
{
    Suite *suite = suite_create("frontier rules");
    add_robots(suite);
    return run_cases(suite);
}
