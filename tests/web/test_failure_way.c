#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "web/failure_way.h"

START_TEST(names_are_read_again)
{
    char name[FAILURE_WAY_NAME_SIZE];
    for (int way = WAY_UNKNOWN; way <= WAY_STATUS_LAST; way++) {
        if (way == WAY_STATUS)
            continue; /* no status */
        failure_way_write(way, name);
        ck_assert_int_eq(failure_way_read(text_of(name)), way);
    }
    failure_way_write(WAY_STATUS + 503, name);
    ck_assert_str_eq(name, "status-503");
    failure_way_write(WAY_NAME, name);
    ck_assert_str_eq(name, "no-address");
}
END_TEST

START_TEST(any_other_text_is_unknown)
{
    static const char *const texts[] = {"",         "status-", "status-0", "status-1000",
                                        "status-x", "dead"};
    char name[FAILURE_WAY_NAME_SIZE];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_int_eq(failure_way_read(text_of(texts[i])), WAY_UNKNOWN);
    failure_way_write(-5, name);
    ck_assert_str_eq(name, "unknown");
    failure_way_write(WAY_STATUS_LAST + 1, name);
    ck_assert_str_eq(name, "unknown");
}
END_TEST

START_TEST(an_exchange_has_its_way)
{
    struct exchange *exchange = exchange_new("/tmp");
    ck_assert_ptr_nonnull(exchange);
    ck_assert_int_eq(failure_way_of(exchange, false), WAY_NO_RESPONSE);
    exchange->facts.unheard = true;
    ck_assert_int_eq(failure_way_of(exchange, false), WAY_TLS);
    exchange->facts.unreached = UNREACHED_SILENT;
    ck_assert_int_eq(failure_way_of(exchange, false), WAY_SILENCE);
    exchange->facts.unreached = UNREACHED_REFUSED;
    ck_assert_int_eq(failure_way_of(exchange, false), WAY_CONNECTION);
    exchange->facts.unreached = UNREACHED_NAME;
    ck_assert_int_eq(failure_way_of(exchange, false), WAY_NAME);
    exchange_clear(exchange);
    exchange->status = 503;
    ck_assert_int_eq(failure_way_of(exchange, true), WAY_STATUS + 503);
    exchange->status = 200;
    ck_assert_int_eq(failure_way_of(exchange, true), WAY_BODY);
    exchange->cut = CUT_DISCONNECT;
    ck_assert_int_eq(failure_way_of(exchange, true), WAY_CUT);
    exchange_free(exchange);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("failure way");
    TCase *tests = tcase_create("failure way");
    tcase_add_test(tests, names_are_read_again);
    tcase_add_test(tests, any_other_text_is_unknown);
    tcase_add_test(tests, an_exchange_has_its_way);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
