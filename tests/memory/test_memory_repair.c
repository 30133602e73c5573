/* Repair when memory runs out: the n-th allocation fails, for every n. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "repair/repair.h"
#include "tests/memory/failing.h"

enum { RECORDS = 3 };

static const enum failing_kind kinds[] = {FAILING_ONCE, FAILING_FROM_THEN_ON};
static const char HTTP[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

struct work {
    char directory[64], source[96], copy[96];
    bool wrong; /* a copy is not whole, something is left lying about, or nothing was said */
};

/* Some whole records, and the beginning of another. */
static void write_source(const struct work *work)
{
    FILE *file = fopen(work->source, "wb");
    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < RECORDS; i++)
        fprintf(file,
                "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:"
                "00000000-0000-4000-8000-00000000000%d>\r\n"
                "WARC-Date: 2026-03-04T05:06:07Z\r\nWARC-Target-URI: http://e/%d\r\n"
                "Content-Type: application/http;msgtype=response\r\nContent-Length: %zu\r\n\r\n"
                "%s\r\n\r\n",
                i, i, strlen(HTTP), HTTP);
    fputs("WARC/1.1\r\nWARC-Type: respo", file);
    ck_assert_int_eq(fclose(file), 0);
}

static bool exists(const struct work *work, const char *ending)
{
    char path[128];
    snprintf(path, sizeof path, "%s%s", work->copy, ending);
    return disk_exists(path);
}

static bool repair(void *context)
{
    struct work *work = context;
    const struct repair_options options = {.brackets = false};
    const struct repair_observer observer = {.changed = NULL};
    struct repair_summary summary;
    struct trouble trouble = trouble_none();
    enum result result =
        repair_path(work->source, work->copy, &options, &observer, &summary, &trouble);
    bool whole = result == RESULT_OK && summary.records == RECORDS && summary.lost == 1;
    failing_relent();
    work->wrong = work->wrong || exists(work, ".open") || exists(work, ".parts") ||
                  exists(work, "") != (result == RESULT_OK) ||
                  (result == RESULT_OK ? !whole : !trouble.words[0]);
    unlink(work->copy);
    return result == RESULT_OK;
}

START_TEST(a_copy_is_whole_and_verified_or_is_not_there)
{
    struct work work = {.wrong = false};
    strcpy(work.directory, "/tmp/warccap-memory-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(work.directory));
    snprintf(work.source, sizeof work.source, "%s/a.warc", work.directory);
    snprintf(work.copy, sizeof work.copy, "%s/copy.warc.gz", work.directory);
    write_source(&work);
    ck_assert_int_gt(failing_run(repair, &work, kinds[_i]), 20);
    ck_assert(!work.wrong);
    unlink(work.source);
    ck_assert_int_eq(rmdir(work.directory), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of repair");
    TCase *test = tcase_create("failing");
    tcase_set_timeout(test, 120);
    tcase_add_loop_test(test, a_copy_is_whole_and_verified_or_is_not_there, 0, 2);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
