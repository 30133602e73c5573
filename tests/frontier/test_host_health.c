#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "frontier/host_health.h"

/* One attempt after the other, each one second long. */
static void fail_times(struct host_health *health, enum exchange_unreached why, int times)
{
    int64_t from = health->counted_ms + 1;
    for (int i = 0; i < times; i++)
        host_health_note(health, why, from + i * 1000, from + i * 1000 + 999);
}

static const struct {
    enum exchange_unreached why;
    int enough;
} kinds[] = {{UNREACHED_NAME, 2}, {UNREACHED_REFUSED, 3}, {UNREACHED_SILENT, 2}};

START_TEST(a_host_that_was_never_there_is_dead_after_a_few_attempts)
{
    struct host_health health = {.reached = false};
    ck_assert(host_health_is_unproven(&health));
    fail_times(&health, kinds[_i].why, kinds[_i].enough - 1);
    ck_assert(!health.dead);
    fail_times(&health, kinds[_i].why, 1);
    ck_assert(health.dead);
    ck_assert(host_health_is_unproven(&health));
}
END_TEST

START_TEST(parallel_attempts_count_as_one)
{
    struct host_health health = {.reached = false};
    for (int i = 0; i < 50; i++)
        host_health_note(&health, kinds[_i].why, 100 + i, 2000 + i);
    ck_assert(!health.dead);
}
END_TEST

START_TEST(a_host_that_was_dead_last_time_gets_one_attempt)
{
    struct host_health health = {.was_dead = true};
    fail_times(&health, kinds[_i].why, 1);
    ck_assert(health.dead);
}
END_TEST

START_TEST(a_host_that_was_there_may_come_back)
{
    struct host_health health = {.was_dead = true};
    host_health_note(&health, UNREACHED_NOT, 0, 10);
    ck_assert(!host_health_is_unproven(&health));
    fail_times(&health, kinds[_i].why, 7);
    ck_assert(!health.dead);
    host_health_note(&health, UNREACHED_NOT, 20000, 20010);
    fail_times(&health, kinds[_i].why, 7);
    ck_assert(!health.dead);
    fail_times(&health, kinds[_i].why, 1);
    ck_assert(health.dead);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("host_health");
    TCase *test = tcase_create("attempts");
    tcase_add_loop_test(test, a_host_that_was_never_there_is_dead_after_a_few_attempts, 0, 3);
    tcase_add_loop_test(test, parallel_attempts_count_as_one, 0, 3);
    tcase_add_loop_test(test, a_host_that_was_dead_last_time_gets_one_attempt, 0, 3);
    tcase_add_loop_test(test, a_host_that_was_there_may_come_back, 0, 3);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
