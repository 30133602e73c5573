/* Rounds: what a round that begins asks for again, when one goes on, and what lists tell. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "crawl/recrawl.h"
#include "store/memory_store.h"

#define DAY INT64_C(86400000)

static struct store *store;
static struct recrawl *recrawl;
static struct crawl_options options;
static struct trouble trouble;

static void begin(void)
{
    options = crawl_defaults();
    trouble = trouble_none();
    ck_assert_int_eq(memory_store_open(&store, 1, &trouble), RESULT_OK);
}

static void end(void)
{
    recrawl_free(recrawl);
    recrawl = NULL;
    store_close(store);
}

static void ok(enum result result)
{
    ck_assert_msg(result == RESULT_OK, "%s", trouble.words);
}

/* At once after what was captured before, as when a store is made anew from the archive. */
static void begin_round(bool first)
{
    recrawl_free(recrawl);
    ok(recrawl_begin(&recrawl, store, &options, first, &trouble));
}

static int64_t number(const char *name)
{
    int64_t value;
    ok(progress_number(store->progress, name, &value, &trouble));
    return value;
}

/* A URL that was captured in the round at hand; its key is that of the text. */
static int64_t capture(const char *url, enum visit_kind kind)
{
    struct visit visit = {.key = store_key(store, text_of(url)), .kind = kind, .url = text_of(url)};
    const struct outcome outcome = {.key = visit.key, .state = STATE_KEPT, .status = 200};
    ok(hosts_number(store->hosts, TEXT("h"), &visit.host, &trouble));
    ok(queue_offer(store->queue, &visit, 1, NULL, &trouble));
    ok(queue_finish(store->queue, &outcome, 1, &trouble));
    return visit.key;
}

static bool waits(int64_t key)
{
    struct url_history history;
    ok(recrawl_state_history(store->recrawl, key, &history, NULL, &trouble));
    return history.state == STATE_WAITING;
}

static void tell_list(int64_t key, enum visit_kind kind, const int64_t *names, size_t count,
                      bool changed, bool news)
{
    int64_t copy[8];
    memcpy(copy, names, count * sizeof *names);
    const struct list_read list = {.key = key,
                                   .kind = kind,
                                   .names = copy,
                                   .name_count = count,
                                   .changed = changed,
                                   .news = news};
    ok(recrawl_list(recrawl, &list, &trouble));
}

START_TEST(the_first_round_is_a_walk_and_all_of_it_is_new)
{
    begin_round(true);
    ck_assert(recrawl_walks(recrawl));
    ck_assert(recrawl_is_new(recrawl, capture("http://h/a", VISIT_PAGE)));
    ck_assert_int_eq(number("round_open"), 1);
    ck_assert_int_gt(number("last_walk"), 0);
}
END_TEST

START_TEST(an_open_round_goes_on)
{
    begin_round(true);
    int64_t began = number("round_began"), page = capture("http://h/a", VISIT_SEED);
    begin_round(false);
    ck_assert(recrawl_walks(recrawl));
    ck_assert_int_eq(number("round_began"), began);
    ck_assert(recrawl_is_new(recrawl, page));
    ck_assert(!waits(page));
}
END_TEST

START_TEST(the_next_round_asks_for_what_is_due)
{
    begin_round(true);
    int64_t seed = capture("http://h/", VISIT_SEED), page = capture("http://h/a", VISIT_PAGE),
            pager = capture("http://h/page/2", VISIT_PAGER);
    ok(recrawl_end(recrawl, &trouble));
    ck_assert_int_eq(number("round_open"), 0);
    begin_round(false);
    ck_assert_int_eq(number("round_open"), 1);
    ck_assert(!recrawl_walks(recrawl)); /* the last one is not a week ago */
    ck_assert(waits(seed));
    ck_assert(!waits(page));
    ck_assert(!waits(pager));
    ck_assert(!recrawl_is_new(recrawl, page));
    ck_assert(recrawl_is_new(recrawl, capture("http://h/b", VISIT_PAGE)));
}
END_TEST

START_TEST(a_round_that_was_left_open_too_long_is_overtaken)
{
    begin_round(true);
    int64_t seed = capture("http://h/", VISIT_SEED);
    ok(progress_set_number(store->progress, "round_began", clock_wall_ms() - 2 * DAY, &trouble));
    begin_round(false);
    ck_assert(waits(seed));
    ck_assert_int_gt(number("round_began"), clock_wall_ms() - DAY);
}
END_TEST

/* The lists that the round was yet to read are read to their end, over as many rounds as it takes.
 */
START_TEST(what_a_walk_did_not_finish_is_followed_to_its_end)
{
    begin_round(true);
    for (int i = 0; i < 2; i++) {
        ok(progress_set_number(store->progress, "round_began", clock_wall_ms() - 2 * DAY,
                               &trouble));
        begin_round(false);
        ck_assert(!recrawl_walks(recrawl));
        ck_assert(recrawl_follows_lists(recrawl));
    }
    ok(recrawl_end(recrawl, &trouble));
    begin_round(false);
    ck_assert(!recrawl_follows_lists(recrawl));
}
END_TEST

START_TEST(lists_are_followed_to_their_end_when_the_store_was_made_anew)
{
    options.recrawl.recheck = RECHECK_NEW; /* no walk */
    begin_round(false);
    ck_assert(!recrawl_walks(recrawl));
    ck_assert(recrawl_follows_lists(recrawl));
}
END_TEST

START_TEST(lists_are_followed_to_their_end_when_more_of_them_are_known)
{
    begin_round(true);
    ok(recrawl_end(recrawl, &trouble));
    begin_round(false);
    ck_assert(!recrawl_follows_lists(recrawl));
    ok(recrawl_follow_lists(recrawl, &trouble));
    begin_round(false); /* a second run in the same round */
    ck_assert(recrawl_follows_lists(recrawl));
    ok(recrawl_end(recrawl, &trouble));
    begin_round(false);
    ck_assert(!recrawl_follows_lists(recrawl));
}
END_TEST

START_TEST(what_failed_is_asked_for_again)
{
    begin_round(true);
    int64_t key = capture("http://h/a", VISIT_PAGE);
    const struct outcome outcome = {.key = key, .state = STATE_BROKEN, .reason = "no answer"};
    ok(queue_finish(store->queue, &outcome, 1, &trouble));
    ck_assert(!waits(key));
    begin_round(false);
    ck_assert(waits(key));
}
END_TEST

START_TEST(all_is_asked_for_with_recheck_all)
{
    begin_round(true);
    int64_t page = capture("http://h/a", VISIT_PAGE);
    ok(recrawl_end(recrawl, &trouble));
    options.recrawl.recheck = RECHECK_ALL;
    begin_round(false);
    ck_assert(recrawl_walks(recrawl));
    ck_assert(waits(page));
}
END_TEST

/* ---- what lists tell ---- */

/* A list that named a page and a further page of the list, in the round before. */
static void begin_second_round(int64_t names[2], int64_t *list)
{
    begin_round(true);
    *list = capture("http://h/", VISIT_SEED);
    names[0] = capture("http://h/a", VISIT_PAGE);
    names[1] = capture("http://h/page/2", VISIT_PAGER);
    tell_list(*list, VISIT_SEED, names, 2, true, true);
    ck_assert(!waits(names[0]) && !waits(names[1])); /* it was read for the first time */
    ok(recrawl_end(recrawl, &trouble));
    begin_round(false);
    capture("http://h/", VISIT_SEED);
}

START_TEST(a_page_that_a_list_names_no_more_is_asked_for)
{
    int64_t names[2], list;
    begin_second_round(names, &list);
    tell_list(list, VISIT_PAGER, &names[1], 1, false, false);
    ck_assert(waits(names[0]));
    ck_assert(!waits(names[1]));
}
END_TEST

START_TEST(a_list_without_news_leads_no_further)
{
    int64_t names[2], list;
    begin_second_round(names, &list);
    tell_list(list, VISIT_PAGER, names, 2, true, false);
    ck_assert(!waits(names[0]) && !waits(names[1]));
    tell_list(list, VISIT_PAGER, names, 2, true, true);
    ck_assert(!waits(names[0]) && waits(names[1]));
}
END_TEST

START_TEST(posts_on_a_front_page_that_changed_are_asked_for)
{
    int64_t names[2], list;
    begin_second_round(names, &list);
    tell_list(list, VISIT_SEED, names, 2, false, false);
    ck_assert(!waits(names[0]));
    tell_list(list, VISIT_SEED, names, 2, true, false);
    ck_assert(waits(names[0]));
}
END_TEST

START_TEST(a_list_that_has_not_changed_names_what_it_named_in_a_walk)
{
    int64_t names[2], list;
    begin_second_round(names, &list);
    ok(recrawl_list_unchanged(recrawl, list, &trouble));
    ck_assert(!waits(names[1]));
    ok(recrawl_end(recrawl, &trouble));
    ok(progress_set_number(store->progress, "last_walk", clock_wall_ms() - 30 * DAY, &trouble));
    begin_round(false);
    ck_assert(recrawl_walks(recrawl));
    ok(recrawl_list_unchanged(recrawl, list, &trouble));
    ck_assert(waits(names[1]));
}
END_TEST

START_TEST(a_later_date_asks_for_a_page)
{
    int64_t names[2], list, now = clock_wall_ms();
    begin_second_round(names, &list);
    int64_t other = capture("http://h/b", VISIT_PAGE);
    ok(recrawl_date(recrawl, other, now - 30 * DAY, &trouble)); /* before it was captured */
    ok(recrawl_date(recrawl, names[0], now + DAY, &trouble));
    ck_assert(!waits(names[0])); /* not before the end of the page */
    ok(recrawl_flush(recrawl, &trouble));
    ck_assert(!waits(other));
    ck_assert(waits(names[0]));
}
END_TEST

START_TEST(dates_that_were_wrong_too_often_are_not_believed)
{
    int64_t names[2], list;
    const struct held_capture before = {.status = 200, .dated_ms = 1};
    begin_second_round(names, &list);
    for (int i = 0; i < 30; i++)
        ok(recrawl_note_response(recrawl, &before, false, 2, &trouble));
    ck_assert_int_eq(number("dates_wrong"), 30);
    ok(recrawl_note_response(recrawl, &before, true, 1, &trouble)); /* the same date says nothing */
    ck_assert_int_eq(number("dates_right"), 0);
    ok(recrawl_end(recrawl, &trouble));
    begin_round(false);
    ok(recrawl_date(recrawl, names[0], clock_wall_ms() + DAY, &trouble));
    ok(recrawl_flush(recrawl, &trouble));
    ck_assert(!waits(names[0]));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("recrawl");
    TCase *tests = tcase_create("recrawl");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, the_first_round_is_a_walk_and_all_of_it_is_new);
    tcase_add_test(tests, an_open_round_goes_on);
    tcase_add_test(tests, the_next_round_asks_for_what_is_due);
    tcase_add_test(tests, a_round_that_was_left_open_too_long_is_overtaken);
    tcase_add_test(tests, what_a_walk_did_not_finish_is_followed_to_its_end);
    tcase_add_test(tests, lists_are_followed_to_their_end_when_the_store_was_made_anew);
    tcase_add_test(tests, lists_are_followed_to_their_end_when_more_of_them_are_known);
    tcase_add_test(tests, what_failed_is_asked_for_again);
    tcase_add_test(tests, all_is_asked_for_with_recheck_all);
    tcase_add_test(tests, a_page_that_a_list_names_no_more_is_asked_for);
    tcase_add_test(tests, a_list_without_news_leads_no_further);
    tcase_add_test(tests, posts_on_a_front_page_that_changed_are_asked_for);
    tcase_add_test(tests, a_list_that_has_not_changed_names_what_it_named_in_a_walk);
    tcase_add_test(tests, a_later_date_asks_for_a_page);
    tcase_add_test(tests, dates_that_were_wrong_too_often_are_not_believed);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
