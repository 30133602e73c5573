/* A set of hosts is compared with a plain table, while hosts come and go. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "fetch/host_set.h"

enum { NAMES = 500, STEPS = 50000 };

START_TEST(hosts_come_and_go)
{
    struct host_set set = {.key = {(uint64_t)_i, 7}};
    bool has[NAMES] = {false};
    unsigned state = (unsigned)_i + 1;
    size_t count = 0;
    for (int step = 0; step < STEPS; step++) {
        char name[32];
        state = state * 1103515245u + 12345u;
        unsigned which = (state >> 8) % NAMES, what = (state >> 20) % 3;
        snprintf(name, sizeof name, "host-%u.example", which);
        ck_assert_int_eq(host_set_has(&set, text_of(name)), has[which]);
        if (what == 0) {
            count -= has[which];
            has[which] = false;
            host_set_remove(&set, text_of(name));
        } else if (what == 1) {
            count += !has[which];
            has[which] = true;
            host_set_add(&set, text_of(name));
        }
        ck_assert_uint_eq(set.count, count);
    }
    host_set_release(&set);
    ck_assert(!host_set_has(&set, TEXT("host-1.example")));
    host_set_remove(&set, TEXT("host-1.example"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("host_set");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, hosts_come_and_go, 0, 5);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
