/* The frontier: what is offered, taken and finished, by one process and by several. */
#include <config.h>

#include <check.h>
#include <stdio.h>

#include "tests/frontier/own_frontier.h"

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

static void add_queue(Suite *suite)
{
    CASE(suite, "queue", a_url_is_taken_once, a_url_is_known_by_its_other_spellings,
         a_redirect_to_the_same_page_over_https_is_followed, a_name_and_a_password_are_not_kept,
         a_failed_attempt_is_tried_again_when_it_may,
         a_url_captured_before_the_round_is_requested_again,
         waiting_urls_are_there_in_the_next_run);
}

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

int main(void)
{
    Suite *suite = suite_create("frontier");
    add_queue(suite);
    add_pages(suite);
    add_others(suite);
    return run_cases(suite);
}
