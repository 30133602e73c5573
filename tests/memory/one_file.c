/* The n-th allocation fails, for every n, while a file is made of another. */
#include <config.h>

#include "tests/memory/one_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/memory/failing.h"

static const enum failing_kind kinds[] = {FAILING_ONCE, FAILING_FROM_THEN_ON};
static const char HTTP[] =
    ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello");

static void write_source(const struct one_file *one, const char *rest)
{
    FILE *file = fopen(one->source, "wb");
    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < ONE_FILE_RECORDS; i++)
        fprintf(file,
                "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:"
                "00000000-0000-4000-8000-00000000000%d>\r\n"
                "WARC-Date: 2026-03-04T05:06:07Z\r\nWARC-Target-URI: http://e/%d\r\n"
                "Content-Type: application/http;msgtype=response\r\nContent-Length: %zu\r\n\r\n"
                "%s\r\n\r\n",
                i, i, strlen(HTTP), HTTP);
    fputs(rest, file);
    ck_assert_int_eq(fclose(file), 0);
}

void one_file_check(bool (*command)(void *file), const char *copy_name, const char *rest, int kind)
{
    struct one_file one = {.wrong = false};
    strcpy(one.directory, "/tmp/warccap-memory-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(one.directory));
    snprintf(one.source, sizeof one.source, "%s/a.warc", one.directory);
    snprintf(one.copy, sizeof one.copy, "%s/%s", one.directory, copy_name);
    write_source(&one, rest);
    ck_assert_int_gt(failing_run(command, &one, kinds[kind]), 20);
    ck_assert(!one.wrong);
    unlink(one.source);
    /* Nothing is left lying about. */
    ck_assert_int_eq(rmdir(one.directory), 0);
}

int one_file_main(const char *suite_name, const TTest *test)
{
    Suite *suite = suite_create(suite_name);
    TCase *tests = tcase_create("failing");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, test, 0, sizeof kinds / sizeof *kinds);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
