#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "report/pace.h"

enum { STEP_MS = 200 };

/* A run that takes `rate` responses a second, of which each brings `news` more while fewer than
 * `site` are known.  Gives how often the end was told, and checks each against the truth. */
struct run {
    double rate, news;
    int64_t site;
};

struct told {
    int times;
    int64_t first_ms, longest_ms;
};

static int64_t run_length_ms(const struct run *run)
{
    return (int64_t)((double)run->site / run->rate * 1000);
}

static struct told follow(const struct run *run, double factor)
{
    struct pace pace;
    struct told told = {0};
    double done = 0, found = 1;
    pace_init(&pace);
    for (int64_t now = 0; done < (double)run->site; now += STEP_MS) {
        done += run->rate * STEP_MS / 1000;
        found += run->rate * STEP_MS / 1000 * run->news;
        found = found > (double)run->site ? (double)run->site : found;
        if (done > found) /* nothing is known that could be asked for */
            done = found;
        pace_note(&pace, now, (int64_t)done, (int64_t)(found - done));
        int64_t left = pace_left_ms(&pace), truth = run_length_ms(run) - now;
        if (left < 0)
            continue;
        told.first_ms = told.times++ ? told.first_ms : now;
        told.longest_ms = left > told.longest_ms ? left : told.longest_ms;
        ck_assert_msg((double)left < (double)truth * factor + 10000, "%lld ms at %lld, truth %lld",
                      (long long)left, (long long)now, (long long)truth);
        ck_assert_msg((double)left * factor + 10000 > (double)truth, "%lld ms at %lld, truth %lld",
                      (long long)left, (long long)now, (long long)truth);
    }
    return told;
}

START_TEST(a_queue_that_only_shrinks_tells_the_end)
{
    static const struct run steady = {.rate = 5, .news = 1000, .site = 3000};
    struct told told = follow(&steady, 1.2);
    ck_assert_int_gt(told.times, 1000);
    ck_assert_int_le(told.first_ms, 100000);
}
END_TEST

/* While each page brings two more nobody knows how many there are. */
START_TEST(a_queue_that_grows_tells_nothing)
{
    struct pace pace;
    pace_init(&pace);
    for (int64_t now = 0; now < 3600000; now += STEP_MS) {
        pace_note(&pace, now, now / 200, now / 100);
        ck_assert_int_eq(pace_left_ms(&pace), -1);
    }
}
END_TEST

START_TEST(a_site_that_is_discovered_tells_the_end_late)
{
    static const struct run walk = {.rate = 5, .news = 1.5, .site = 3000};
    struct told told = follow(&walk, 1.5);
    ck_assert_int_gt(told.times, 0);
    ck_assert_int_gt(told.first_ms, 400000); /* all is found after 400 s */
    ck_assert_int_lt(told.first_ms, 440000); /* and half a minute later that is seen */
    ck_assert_int_lt(told.longest_ms, run_length_ms(&walk));
}
END_TEST

/* A Crawl-delay of ten seconds: few responses to tell by, and what is told is as near the truth. */
START_TEST(a_slow_site_tells_the_end_too)
{
    static const struct run slow = {.rate = 0.1, .news = 1000, .site = 300};
    struct told told = follow(&slow, 1.3);
    ck_assert_int_lt(told.first_ms, 100000);
    ck_assert_int_gt(told.times, 9 * (int)((run_length_ms(&slow) - told.first_ms) / STEP_MS) / 10);
}
END_TEST

START_TEST(a_short_run_tells_nothing)
{
    static const struct run brief = {.rate = 100, .news = 1000, .site = 2500};
    ck_assert_int_eq(follow(&brief, 1).times, 0);
}
END_TEST

START_TEST(an_end_that_is_far_away_is_not_told)
{
    struct pace pace;
    pace_init(&pace);
    for (int64_t now = 0; now < 600000; now += STEP_MS) {
        pace_note(&pace, now, now / 10000, 10000000 - now / 10000);
        ck_assert_int_eq(pace_left_ms(&pace), -1);
    }
}
END_TEST

/* A host that rests for ten minutes: the rate falls, and no end is told. */
START_TEST(a_queue_that_stands_tells_nothing)
{
    struct pace pace;
    pace_init(&pace);
    for (int64_t now = 0; now < 600000; now += STEP_MS) {
        int64_t done = now < 100000 ? now / 200 : 500;
        pace_note(&pace, now, done, 3000 - done);
        if (now > 40000 && now < 100000)
            ck_assert_int_ge(pace_left_ms(&pace), 0);
        if (now > 140000)
            ck_assert_int_eq(pace_left_ms(&pace), -1);
    }
    ck_assert(pace_rate(&pace) < 0.01);
}
END_TEST

START_TEST(the_rate_is_that_of_the_last_minute)
{
    struct pace pace;
    pace_init(&pace);
    pace_note(&pace, 1000, 0, 1);
    pace_note(&pace, 1200, 50, 1);
    ck_assert(pace_rate(&pace) == 0); /* too early */
    for (int64_t now = 1000; now <= 1000000; now += STEP_MS)
        pace_note(&pace, now, now < 500000 ? now / 10 : 50000 + (now - 500000) / 500, 1);
    ck_assert(pace_rate(&pace) > 1.9 && pace_rate(&pace) < 2.1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pace");
    TCase *tests = tcase_create("end");
    tcase_add_test(tests, a_queue_that_only_shrinks_tells_the_end);
    tcase_add_test(tests, a_queue_that_grows_tells_nothing);
    tcase_add_test(tests, a_site_that_is_discovered_tells_the_end_late);
    tcase_add_test(tests, a_slow_site_tells_the_end_too);
    tcase_add_test(tests, a_short_run_tells_nothing);
    tcase_add_test(tests, an_end_that_is_far_away_is_not_told);
    tcase_add_test(tests, a_queue_that_stands_tells_nothing);
    tcase_add_test(tests, the_rate_is_that_of_the_last_minute);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
