#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "collection/run_failures.h"

static char directory[64];

static void begin(void)
{
    strcpy(directory, "/tmp/warccap-runs-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
}

static void end(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", directory);
    ck_assert_int_eq(system(command), 0);
}

static void put(const char *name, const char *json)
{
    char path[128];
    struct trouble trouble;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    ck_assert_int_eq(disk_replace(path, text_of(json), &trouble), RESULT_OK);
}

static enum result write_line(void *context, const struct run_failure *failure,
                              struct trouble *trouble)
{
    (void)trouble;
    buf_printf(context, "%s %.*s %.*s %.*s %d %d %d %lld %lld %lld %.*s\n",
               failure->known_dead ? "dead" : "failed", TEXT_ARGS(failure->url),
               TEXT_ARGS(failure->kind), TEXT_ARGS(failure->way), failure->status, failure->rounds,
               failure->same_rounds, (long long)failure->since_ms, (long long)failure->last_ms,
               (long long)failure->not_until_ms, TEXT_ARGS(failure->reason));
    return RESULT_OK;
}

/* What is read, as lines; NULL: there is nothing to read. */
static const char *read_all(void)
{
    static struct buf out;
    char run[DATE_14_SIZE];
    struct trouble trouble;
    buf_release(&out);
    buf_init(&out, 10000);
    buf_add(&out, "");
    enum result result = run_failures_read(directory, write_line, &out, run, &trouble);
    ck_assert(result == RESULT_OK || result == RESULT_END);
    return result == RESULT_END ? NULL : out.length ? out.data : "";
}

START_TEST(the_newest_summary_is_read)
{
    ck_assert_ptr_null(read_all());
    put("20260101000000.manifest", "{\"known_dead\": [{\"url\": \"http://h/no\"}]}");
    put("20270101000000.json~", "{\"known_dead\": [{\"url\": \"http://h/no\"}]}");
    ck_assert_ptr_null(read_all());
    put("20250101000000.json", "{\"known_dead\": [{\"url\": \"http://h/old\"}]}");
    put("20260101000000.json",
        "{\"failures\": [{\"url\": \"http://h/\\\"}, {\", \"kind\": \"page\", \"status\": 503, "
        "\"reason\": \"the site answered 503\", \"way\": \"status-503\", \"rounds\": 2, "
        "\"same_rounds\": 1, \"since\": \"1970-01-01T00:00:01.000Z\", \"last\": "
        "\"1970-01-01T00:00:02.000Z\"}], \"known_dead\": [{\"url\": \"http://g/a\", \"kind\": "
        "\"requisite\", \"new\": true, \"not_until\": \"1970-01-01T00:00:03.000Z\"}, {\"url\": "
        "\"http://g/b\"}]}");
    ck_assert_str_eq(read_all(),
                     "dead http://g/a requisite  0 0 0 0 0 3000 \n"
                     "dead http://g/b   0 0 0 0 0 0 \n"
                     "failed http://h/\"}, { page status-503 503 2 1 1000 2000 0 the site answered "
                     "503\n");
}
END_TEST

START_TEST(what_is_damaged_is_skipped)
{
    static const char *const jsons[] = {
        "",
        "{}",
        "{\"known_dead\": [",
        "{\"known_dead\": [{\"url\": \"http://h/",
        "{\"known_dead\": [{\"url\": \"http://h/\", \"x\": [1]}",
        "{\"known_dead\": [{\"kind\": \"page\"}]}",
        "{\"known_dead\": [7, {\"url\": \"http://h/\"}]}",
    };
    for (size_t i = 0; i < sizeof jsons / sizeof *jsons; i++) {
        put("20260101000000.json", jsons[i]);
        ck_assert_str_eq(read_all(), "");
    }
    put("20260101000000.json",
        "{\"known_dead\": [{\"url\": 7}, {\"url\": \"http://h/\", \"rounds\": "
        "-3, \"status\": 99999999, \"since\": \"once\"}]}");
    ck_assert_str_eq(read_all(), "dead 7   0 0 0 0 0 0 \ndead http://h/   0 0 0 0 0 0 \n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("run failures");
    TCase *tests = tcase_create("run failures");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, the_newest_summary_is_read);
    tcase_add_test(tests, what_is_damaged_is_skipped);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
