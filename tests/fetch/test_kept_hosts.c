/* Connections are kept for the hosts that were first, until these are idle. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "fetch/kept_hosts.h"

static bool use(struct kept_hosts *kept, int number, int64_t now_ms)
{
    char host[32];
    snprintf(host, sizeof host, "h%d.example", number);
    return kept_hosts_use(kept, text_of(host), now_ms);
}

START_TEST(as_many_hosts_as_there_are_places)
{
    struct kept_hosts kept = {.key = {3, 4}};
    for (int i = 0; i < KEPT_HOSTS; i++)
        ck_assert(use(&kept, i, 1000));
    for (int i = KEPT_HOSTS; i < 2000; i++)
        ck_assert(!use(&kept, i, 1000 + KEPT_IDLE_MS - 1));
    for (int i = 0; i < KEPT_HOSTS; i++)
        ck_assert(use(&kept, i, 1001));
}
END_TEST

START_TEST(an_idle_host_leaves_its_place)
{
    struct kept_hosts kept = {.key = {3, 4}};
    for (int i = 0; i < KEPT_HOSTS; i++)
        ck_assert(use(&kept, i, 0));
    ck_assert(use(&kept, 7, 500)); /* it stays */
    ck_assert(!use(&kept, 5000, KEPT_IDLE_MS - 1));
    for (int i = 0; i < KEPT_HOSTS - 1; i++)
        ck_assert(use(&kept, 6000 + i, KEPT_IDLE_MS));
    ck_assert(!use(&kept, 7000, KEPT_IDLE_MS));
    ck_assert(use(&kept, 7, KEPT_IDLE_MS));
    ck_assert(!use(&kept, 8, KEPT_IDLE_MS));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kept_hosts");
    TCase *cases = tcase_create("places");
    tcase_add_test(cases, as_many_hosts_as_there_are_places);
    tcase_add_test(cases, an_idle_host_leaves_its_place);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
