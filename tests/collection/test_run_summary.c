#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "collection/run_summary.h"

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

START_TEST(the_newest_runs_come_first)
{
    static struct run_names names;
    char name[32];
    const int count = 520;
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "202001010%05d.json", i * 7 % count);
        put(name, "{}");
    }
    put("20300101000000.manifest", "{}");
    put("2030.json", "{}");
    put("20300101000000.json.x", "{}");
    run_names_read(directory, &names);
    ck_assert_uint_eq(names.count, 500);
    ck_assert_uint_eq(names.untold, 20);
    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "202001010%05d", count - 1 - i);
        ck_assert_str_eq(names.names[i], name);
    }
    run_names_read("/nowhere", &names);
    ck_assert_uint_eq(names.count + names.untold, 0);
}
END_TEST

START_TEST(only_names_of_runs_are_read)
{
    struct buf json;
    put("20200101000000.json", "{\"a\": 1}");
    ck_assert_int_eq(run_summary_read(directory, "20200101000000", &json), RESULT_OK);
    ck_assert_str_eq(json.data, "{\"a\": 1}");
    buf_release(&json);
    const char *const others[] = {"", "20200101000001", "../20200101000000", "2020010100000x"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        ck_assert_int_eq(run_summary_read(directory, others[i], &json), RESULT_END);
        buf_release(&json);
    }
}
END_TEST

START_TEST(members_are_found)
{
    struct text json = TEXT("{\"x\": \"\\\"new\\\": 9\", \"kinds\": {\"page\": {\"new\": 7}}, "
                            "\"sum\": \"\", \"new\": 3, \"parts\": {\"new\": 5}, \"gone\": x, "
                            "\"why\": \"a \\\"b\\\"\", \"cut\": \"abc");
    struct buf out;
    buf_init(&out, 100);
    ck_assert_uint_eq(run_summary_number(json, NULL, "new"), 7);
    ck_assert_uint_eq(run_summary_number(json, "\"sum\": ", "new"), 3);
    ck_assert_uint_eq(run_summary_number(json, "\"parts\": {", "new"), 5);
    ck_assert_uint_eq(run_summary_number(json, "\"none\": ", "new"), 0);
    ck_assert_uint_eq(run_summary_number(json, NULL, "gone"), 0);
    ck_assert(run_summary_string(json, "why", &out));
    ck_assert_str_eq(out.data, "a \"b\"");
    ck_assert(!run_summary_string(json, "new", &out));
    ck_assert(!run_summary_string(json, "cut", &out));
    ck_assert(!run_summary_string(json, "none", &out));
    buf_release(&out);
}
END_TEST

static bool note(void *context, struct text object)
{
    struct buf *out = context;
    buf_add_text(out, object);
    buf_add_char(out, '\n');
    return out->length < 20;
}

START_TEST(lists_are_gone_through)
{
    static const struct {
        const char *json, *seen;
    } rows[] = {
        {"{\"l\": [{\"a\": 1}, {\"b\": \"}\"}], \"m\": [{\"c\": 1}]}",
         "{\"a\": 1}\n{\"b\": \"}\"}\n"},
        {"{\"l\": []}", ""},
        {"{\"l\": {\"a\": 1}}", ""},
        {"{\"k\": [{\"a\": 1}]}", ""},
        {"{\"l\": [{\"a\": 1}, {\"b\": ", "{\"a\": 1}\n"},
        {"{\"l\": [{\"a\": \"2345678\"}, {\"b\": \"x\"}, {\"c\": \"x\"}]}",
         "{\"a\": \"2345678\"}\n{\"b\": \"x\"}\n"}, /* no more are wanted */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf out;
        buf_init(&out, 1000);
        buf_add(&out, "");
        run_summary_each(text_of(rows[i].json), "l", note, &out);
        ck_assert_str_eq(out.length ? out.data : "", rows[i].seen);
        buf_release(&out);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("run_summary");
    TCase *cases = tcase_create("all");
    tcase_add_checked_fixture(cases, begin, end);
    tcase_add_test(cases, the_newest_runs_come_first);
    tcase_add_test(cases, only_names_of_runs_are_read);
    tcase_add_test(cases, members_are_found);
    tcase_add_test(cases, lists_are_gone_through);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
