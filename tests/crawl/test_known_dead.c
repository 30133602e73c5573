#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "crawl/known_dead.h"
#include "web/failure_way.h"

#define NIGHT_MS (INT64_C(24) * 3600000)
#define BEGAN_MS (INT64_C(1700000000000))

static void fail_in(struct failure *failure, int night, int way)
{
    failure->way = way;
    known_dead_count(failure, true, BEGAN_MS + night * NIGHT_MS);
}

START_TEST(three_nights_the_same_way)
{
    struct failure failure = {.key = 1};
    fail_in(&failure, 0, WAY_NAME);
    fail_in(&failure, 1, WAY_NAME);
    ck_assert(!failure.known_dead);
    fail_in(&failure, 1, WAY_NAME); /* the same night does not count twice */
    ck_assert(!failure.known_dead && failure.rounds == 2);
    fail_in(&failure, 2, WAY_NAME);
    ck_assert(failure.known_dead);
    ck_assert_int_eq(failure.since_ms, BEGAN_MS);
}
END_TEST

START_TEST(another_way_begins_anew_but_not_for_ever)
{
    struct failure failure = {.key = 1};
    for (int night = 0; night < 9; night++) {
        fail_in(&failure, night, WAY_STATUS + 500 + night % 2);
        ck_assert(!failure.known_dead && failure.same_rounds == 1);
    }
    fail_in(&failure, 9, WAY_CUT);
    ck_assert(failure.known_dead);
}
END_TEST

START_TEST(what_is_dead_stays_so_in_whatever_way)
{
    struct failure failure = {.key = 1};
    for (int night = 0; night < 3; night++)
        fail_in(&failure, night, WAY_SILENCE);
    fail_in(&failure, 3, WAY_NAME);
    ck_assert(failure.known_dead && failure.same_rounds == 1);
}
END_TEST

START_TEST(pages_and_lists_of_the_site_never_die)
{
    static const enum visit_kind kinds[] = {VISIT_SEED,  VISIT_SITEMAP, VISIT_FEED,
                                            VISIT_PAGER, VISIT_ARCHIVE, VISIT_PAGE};
    struct failure failure = {.key = 1, .way = WAY_NAME};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        ck_assert(!known_dead_may_be(kinds[i], true));
    ck_assert(!known_dead_may_be(VISIT_FEED, false)); /* a list of the site, wherever it lies */
    ck_assert(known_dead_may_be(VISIT_PAGE, false));
    ck_assert(known_dead_may_be(VISIT_REQUISITE, true) && known_dead_may_be(VISIT_MEDIA, true));
    for (int night = 0; night < 20; night++)
        known_dead_count(&failure, false, BEGAN_MS + night * NIGHT_MS);
    ck_assert(!failure.known_dead && !failure.not_until_ms && failure.rounds == 20);
}
END_TEST

/* In which nights of a year it is asked for. */
START_TEST(it_is_asked_for_ever_more_rarely)
{
    static const int first[] = {0, 1, 2, 3, 5, 8, 12, 18, 27, 41, 62, 92, 122};
    struct failure failure = {.key = 1};
    int asked = 0, last = 0;
    for (int night = 0; night < 365; night++) {
        if (failure.not_until_ms > BEGAN_MS + night * NIGHT_MS)
            continue;
        if ((size_t)asked < sizeof first / sizeof *first)
            ck_assert_int_eq(night, first[asked]);
        asked++;
        ck_assert_int_le(night - last, 31);
        last = night;
        fail_in(&failure, night, WAY_NAME);
    }
    ck_assert_int_ge(asked, 20);
    ck_assert_int_le(asked, 22);
}
END_TEST

START_TEST(a_clock_that_was_set_back_does_no_harm)
{
    struct failure failure = {.key = 1};
    fail_in(&failure, 1000, WAY_NAME);
    for (int night = 0; night < 4; night++)
        fail_in(&failure, night, WAY_NAME);
    ck_assert(failure.known_dead);
    ck_assert_int_le(failure.not_until_ms, BEGAN_MS + 5 * NIGHT_MS);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("known dead");
    TCase *tests = tcase_create("known dead");
    tcase_add_test(tests, three_nights_the_same_way);
    tcase_add_test(tests, another_way_begins_anew_but_not_for_ever);
    tcase_add_test(tests, what_is_dead_stays_so_in_whatever_way);
    tcase_add_test(tests, pages_and_lists_of_the_site_never_die);
    tcase_add_test(tests, it_is_asked_for_ever_more_rarely);
    tcase_add_test(tests, a_clock_that_was_set_back_does_no_harm);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
