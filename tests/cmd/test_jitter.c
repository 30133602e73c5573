/* Runs that begin at the same minute spread themselves, each the same all day. */
#include <config.h>

#include <check.h>
#include <stdio.h>

#include "cmd/jitter.h"

#define DAY INT64_C(86400000)
#define HOUR INT64_C(3600000)
enum { SITES = 1000, PARTS = 10 };

static int64_t delay_of(int site, int64_t wall_ms)
{
    char name[32];
    snprintf(name, sizeof name, "machine:/srv/web/%d", site);
    return jitter_ms(text_of(name), wall_ms, HOUR);
}

START_TEST(is_the_same_all_day_and_another_tomorrow)
{
    int same = 0;
    for (int site = 0; site < SITES; site++) {
        ck_assert_int_eq(delay_of(site, 1000 * DAY), delay_of(site, 1001 * DAY - 1));
        same += delay_of(site, 1000 * DAY) == delay_of(site, 1001 * DAY);
    }
    ck_assert_int_lt(same, 3);
}
END_TEST

START_TEST(spreads_evenly)
{
    int counts[PARTS] = {0};
    for (int site = 0; site < SITES; site++) {
        int64_t delay = delay_of(site, 1000 * DAY);
        ck_assert(delay >= 0 && delay < HOUR);
        counts[delay / (HOUR / PARTS)]++;
    }
    for (int part = 0; part < PARTS; part++)
        ck_assert(counts[part] > SITES / PARTS / 2 && counts[part] < 2 * SITES / PARTS);
}
END_TEST

START_TEST(is_nothing_when_nothing_is_asked_for)
{
    ck_assert_int_eq(jitter_ms(TEXT("x"), 1000 * DAY, 0), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jitter");
    TCase *tests = tcase_create("jitter");
    tcase_add_test(tests, is_the_same_all_day_and_another_tomorrow);
    tcase_add_test(tests, spreads_evenly);
    tcase_add_test(tests, is_nothing_when_nothing_is_asked_for);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
