/* The log is rotated by day and by size, and no line is lost. */
#include <config.h>

#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/disk.h"
#include "collection/crawl_log.h"

static char directory[PATH_MAX - 64], path[PATH_MAX - 32];
static FILE *log_file;
static struct trouble trouble;

static void set_up(void)
{
    snprintf(directory, sizeof directory, "%s/journal.XXXXXX",
             getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/crawl.log", directory);
    log_file = NULL;
}

static void forget(void *context, const char *name)
{
    char file[PATH_MAX];
    (void)context;
    snprintf(file, sizeof file, "%s/%s", directory, name);
    unlink(file);
}

static void tear_down(void)
{
    if (log_file)
        fclose(log_file);
    ck_assert_int_eq(disk_list(directory, forget, NULL, &trouble), RESULT_OK);
    rmdir(directory);
}

static int64_t at(const char *date)
{
    int64_t ms;
    ck_assert(date_read_w3c(text_of(date), &ms));
    return ms;
}

static void open_at(const char *date, int64_t most_bytes)
{
    if (log_file)
        fclose(log_file);
    log_file = NULL;
    ck_assert_msg(crawl_log_open(&log_file, path, at(date), most_bytes, &trouble) == RESULT_OK,
                  "%s", trouble.words);
}

static void holds(const char *name, const char *bytes)
{
    char file[PATH_MAX];
    struct buf found;
    buf_init(&found, 1 << 20);
    snprintf(file, sizeof file, "%s/%s", directory, name);
    fflush(log_file);
    ck_assert_msg(disk_read(file, &found, &trouble) == RESULT_OK, "%s", trouble.words);
    ck_assert_str_eq(found.length ? found.data : "", bytes);
    buf_release(&found);
}

START_TEST(goes_on_within_a_day)
{
    open_at("2026-03-04T01:00Z", 1000);
    fputs("2026-03-04T01:00:00.000Z a\n", log_file);
    open_at("2026-03-04T23:00Z", 1000);
    fputs("2026-03-04T23:00:00.000Z b\n", log_file);
    holds("crawl.log", "2026-03-04T01:00:00.000Z a\n2026-03-04T23:00:00.000Z b\n");
}
END_TEST

START_TEST(another_day_starts_another_file)
{
    open_at("2026-03-04T23:00Z", 1000);
    fputs("2026-03-04T23:00:00.000Z a\n2026-03-05T00:10:00.000Z b\n", log_file);
    open_at("2026-03-05T23:00Z", 1000);
    holds("crawl-20260304.log", "2026-03-04T23:00:00.000Z a\n2026-03-05T00:10:00.000Z b\n");
    holds("crawl.log", "");
}
END_TEST

START_TEST(an_empty_log_is_not_rotated)
{
    open_at("2026-03-04T23:00Z", 1000);
    open_at("2026-03-05T23:00Z", 1000);
    ck_assert_int_eq(access(path, F_OK), 0);
    holds("crawl.log", "");
}
END_TEST

START_TEST(a_day_may_fill_many_files)
{
    char line[64], name[64];
    open_at("2026-03-04T01:00Z", 100);
    for (int i = 1; i <= 12; i++) { /* 28 bytes each: full with the fourth */
        snprintf(line, sizeof line, "2026-03-04T01:00:00.000Z %02d\n", i);
        fputs(line, log_file);
        ck_assert(crawl_log_flush(&log_file, path, 100, &trouble) == RESULT_OK);
    }
    for (int file = 1; file <= 3; file++) {
        char wanted[256] = "";
        for (int i = 4 * file - 3; i <= 4 * file; i++)
            snprintf(wanted + strlen(wanted), sizeof wanted - strlen(wanted),
                     "2026-03-04T01:00:00.000Z %02d\n", i);
        snprintf(name, sizeof name, file == 1 ? "crawl-20260304.log" : "crawl-20260304-%d.log",
                 file);
        holds(name, wanted);
    }
    holds("crawl.log", "");
}
END_TEST

START_TEST(a_line_without_a_date_counts_for_today)
{
    open_at("2026-03-04T01:00Z", 1000);
    fputs("what is this\n", log_file);
    open_at("2026-03-04T02:00Z", 1000);
    holds("crawl.log", "what is this\n");
}
END_TEST

START_TEST(reopening_follows_a_rename_from_outside)
{
    char aside[PATH_MAX];
    snprintf(aside, sizeof aside, "%s/crawl.log.1", directory);
    open_at("2026-03-04T01:00Z", 1000);
    fputs("2026-03-04T01:00:00.000Z a\n", log_file);
    ck_assert_int_eq(rename(path, aside), 0);
    fputs("2026-03-04T01:00:00.000Z b\n", log_file); /* buffered, and not lost */
    ck_assert(crawl_log_reopen(&log_file, path, &trouble) == RESULT_OK);
    fputs("2026-03-04T01:00:00.000Z c\n", log_file);
    holds("crawl.log.1", "2026-03-04T01:00:00.000Z a\n2026-03-04T01:00:00.000Z b\n");
    holds("crawl.log", "2026-03-04T01:00:00.000Z c\n");
}
END_TEST

START_TEST(a_log_that_cannot_be_reopened_stays_in_use)
{
    open_at("2026-03-04T01:00Z", 1000);
    ck_assert(crawl_log_reopen(&log_file, "/nowhere/crawl.log", &trouble) == RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, "/nowhere/crawl.log"));
    fputs("2026-03-04T01:00:00.000Z a\n", log_file);
    holds("crawl.log", "2026-03-04T01:00:00.000Z a\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("journal");
    TCase *tests = tcase_create("journal");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, goes_on_within_a_day);
    tcase_add_test(tests, another_day_starts_another_file);
    tcase_add_test(tests, an_empty_log_is_not_rotated);
    tcase_add_test(tests, a_day_may_fill_many_files);
    tcase_add_test(tests, a_line_without_a_date_counts_for_today);
    tcase_add_test(tests, reopening_follows_a_rename_from_outside);
    tcase_add_test(tests, a_log_that_cannot_be_reopened_stays_in_use);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
