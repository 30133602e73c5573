/* Whose turn it is: the heap is compared with a plain search, and no host is ever lost. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "frontier/frontier_internal.h"

enum { HOSTS = 200, STEPS = 20000 };

static struct host *hosts;
static struct host_turns turns;

static void begin(void)
{
    hosts = calloc(HOSTS, sizeof *hosts);
    ck_assert_ptr_nonnull(hosts);
    host_turns_init(&turns);
    for (size_t i = 0; i < HOSTS; i++)
        ck_assert(host_turns_make_room(&turns, i + 1));
}

static void end(void)
{
    host_turns_release(&turns);
    free(hosts);
}

static unsigned chance(unsigned *state)
{
    *state = *state * 1103515245u + 12345u;
    return *state >> 8;
}

/* The hosts in a place, counted one by one. */
static size_t count(enum host_place place)
{
    size_t found = 0;
    for (size_t i = 0; i < HOSTS; i++)
        found += hosts[i].turn.place == place;
    return found;
}

static void check_soonest(void)
{
    const struct host *soonest = NULL;
    for (size_t i = 0; i < HOSTS; i++)
        if (hosts[i].turn.place == HOST_TIMED &&
            (!soonest || hosts[i].turn.due_ms < soonest->turn.due_ms))
            soonest = &hosts[i];
    const struct host *told = host_turns_soonest(&turns);
    ck_assert_int_eq(soonest != NULL, told != NULL);
    if (told)
        ck_assert_int_eq(told->turn.due_ms, soonest->turn.due_ms);
}

START_TEST(whatever_happens_each_host_is_in_its_place)
{
    unsigned state = (unsigned)_i + 1;
    for (int step = 0; step < STEPS; step++) {
        struct host *host = &hosts[chance(&state) % HOSTS];
        unsigned what = chance(&state) % 7;
        if (what < 5)
            host_turns_put(&turns, host, (enum host_place)what, chance(&state) % 1000);
        else
            host_turns_wake(&turns, host);
        if (step % 50)
            continue;
        check_soonest();
        for (enum host_place place = HOST_READY; place < HOST_TIMED; place++)
            ck_assert_uint_eq(turns.lists[place].count, count(place));
        ck_assert_uint_eq(turns.timed_count, count(HOST_TIMED));
    }
    while (host_turns_take(&turns))
        continue;
    ck_assert_uint_eq(count(HOST_READY), 0);
}
END_TEST

START_TEST(who_waits_longest_is_first)
{
    for (size_t i = 0; i < HOSTS; i++)
        host_turns_put(&turns, &hosts[i], HOST_TIMED, (int64_t)(i * 7919 % HOSTS));
    ck_assert_uint_eq(host_turns_begin(&turns, HOSTS / 2 - 1, true), HOSTS / 2);
    for (int64_t i = 0; i < HOSTS / 2; i++) {
        const struct host *host = host_turns_take(&turns);
        ck_assert_ptr_nonnull(host);
        ck_assert_int_eq((host - hosts) * 7919 % HOSTS, i);
    }
    ck_assert_ptr_null(host_turns_take(&turns));
}
END_TEST

START_TEST(few_are_tried_and_few_are_looked_at_again)
{
    for (size_t i = 0; i < HOSTS; i++)
        host_turns_put(&turns, &hosts[i], i % 2 ? HOST_PROBES : HOST_HELD, 0);
    ck_assert_uint_eq(host_turns_begin(&turns, 1, false), 2);
    ck_assert_uint_eq(host_turns_begin(&turns, 1, true), 5);
    ck_assert_uint_eq(count(HOST_PROBES), HOSTS / 2 - 1);
}
END_TEST

START_TEST(sweeps_become_rare_with_the_number_of_hosts)
{
    turns.swept_ms = 1000;
    ck_assert_int_le(host_turns_sweep_in(&turns, 10, 1000), 0);
    ck_assert_int_gt(host_turns_sweep_in(&turns, 100000, 1000), 1000);
    ck_assert_int_le(host_turns_sweep_in(&turns, 100000, 1000 + 100000), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("host_turns");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, begin, end);
    tcase_add_loop_test(all, whatever_happens_each_host_is_in_its_place, 0, 5);
    tcase_add_test(all, who_waits_longest_is_first);
    tcase_add_test(all, few_are_tried_and_few_are_looked_at_again);
    tcase_add_test(all, sweeps_become_rare_with_the_number_of_hosts);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
