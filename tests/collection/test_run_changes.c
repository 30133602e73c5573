#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "collection/run_changes.h"

#define WHOLE                                                                                   \
    "{\"parts\": {\"new\": 7}, \"changes\": {\"new\": [\"http://a.test/1\", "                   \
    "\"http://a.test/\\\"]}\\u00e9\"], \"changed\": [], \"refreshed\": [\"http://a.test/2\"], " \
    "\"gone\": [], \"moved\": [{\"from\": \"http://a.test/}\", \"to\": \"http://b.test/\"}]}}"

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

static void put(const char *name, struct text json)
{
    char path[128];
    struct trouble trouble;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    ck_assert_int_eq(disk_replace(path, json, &trouble), RESULT_OK);
}

static enum result write_line(void *context, enum change change, struct text url,
                              struct trouble *trouble)
{
    (void)trouble;
    buf_printf(context, "%s %.*s\n", change_name(change), TEXT_ARGS(url));
    return RESULT_OK;
}

static enum result read_all(struct buf *out)
{
    struct told_run run;
    struct trouble trouble;
    buf_clear(out);
    enum result result = run_changes_read(directory, write_line, out, &run, &trouble);
    if (result == RESULT_OK)
        ck_assert_str_eq(run.name, "20260304050607");
    return result;
}

START_TEST(each_change_is_read_with_its_url)
{
    struct buf out;
    buf_init(&out, 10000);
    put("20260304050607.json", TEXT(WHOLE));
    put("20250304050607.json", TEXT("{}"));
    put("20260404050607.manifest", TEXT("{}"));
    ck_assert_int_eq(read_all(&out), RESULT_OK);
    ck_assert_str_eq(out.data, ("new http://a.test/1\nnew http://a.test/\"]}\xc3\xa9\n"
                                "refreshed http://a.test/2\nmoved http://a.test/}\n"));
    buf_release(&out);
}
END_TEST

START_TEST(a_summary_that_was_cut_is_not_taken_for_whole)
{
    struct buf out;
    size_t whole = strlen(WHOLE) - 2; /* both last braces say nothing */
    buf_init(&out, 10000);
    for (size_t length = 0; length < whole; length++) {
        put("20260304050607.json", text_first(TEXT(WHOLE), length));
        ck_assert_int_eq(read_all(&out), RESULT_LOST);
    }
    buf_release(&out);
}
END_TEST

START_TEST(what_no_run_writes_is_not_understood)
{
    static const char *const others[] = {
        "",
        "\"changes\": {",
        "{\"changes\": {\"changed\": [], \"new\": []}}",
        "{\"changes\": {\"new\": [7], \"changed\": []}}",
        "{\"changes\": {\"new\": [{\"to\": \"http://a.test/\"}]}}",
        "{\"changes\": {\"new\": [\"http://a.test/]}}",
        "{\"changes\": {\"new\": [{]}}",
        "{\"changes\": {\"new\": [\"\\",
    };
    struct buf out;
    buf_init(&out, 10000);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        put("20260304050607.json", text_of(others[i]));
        ck_assert_int_eq(read_all(&out), RESULT_LOST);
    }
    buf_release(&out);
}
END_TEST

START_TEST(without_a_summary_there_is_nothing)
{
    struct buf out;
    buf_init(&out, 10000);
    ck_assert_int_eq(read_all(&out), RESULT_END);
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("run_changes");
    TCase *cases = tcase_create("changes");
    tcase_add_checked_fixture(cases, begin, end);
    tcase_add_test(cases, each_change_is_read_with_its_url);
    tcase_add_test(cases, a_summary_that_was_cut_is_not_taken_for_whole);
    tcase_add_test(cases, what_no_run_writes_is_not_understood);
    tcase_add_test(cases, without_a_summary_there_is_nothing);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
