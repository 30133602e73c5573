/* Options and configuration files when memory runs out: the n-th allocation fails, for every n. */
#include <config.h>

#include <check.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/config.h"
#include "cmd/options.h"
#include "report/exit_code.h"
#include "tests/memory/failing.h"

struct values {
    struct option_memory memory;
    const char *name;
    char **list;
    int list_count;
    int number;
};

static const struct option_row rows[] = {
    {"name", "n", OPTION_TEXT, "TEXT", offsetof(struct values, name), "A name.", NULL},
    {"list", "l", OPTION_LIST, "TEXT", offsetof(struct values, list), "A list.", NULL},
    {"number", NULL, OPTION_NUMBER, "N", offsetof(struct values, number), "A number.", NULL},
    {"config", NULL, OPTION_CONFIG, "FILE", 0, "A file.", NULL},
};
static const struct command command = {.name = "test",
                                       .arguments = "",
                                       .summary = "",
                                       .details = "",
                                       .rows = rows,
                                       .row_count = sizeof rows / sizeof *rows};

static const enum failing_kind kinds[] = {FAILING_ONCE, FAILING_FROM_THEN_ON};

struct work {
    char path[64];
    bool lost_some; /* although it was said that all went well */
};

static struct work begin(const char *lines)
{
    struct work work = {.lost_some = false};
    strcpy(work.path, "/tmp/warccap-memory-XXXXXX");
    int fd = mkstemp(work.path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, lines, strlen(lines)), (ssize_t)strlen(lines));
    close(fd);
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr)); /* a message for each failure */
    return work;
}

static bool read_options(void *context)
{
    struct work *work = context;
    char *argv[] = {(char[]){"test"},     (char[]){"--name=a"},  (char[]){"-l"},
                    (char[]){"one"},      (char[]){"--config"},  work->path,
                    (char[]){"--number"}, (char[]){"3"},         (char[]){"--list"},
                    (char[]){"four"},     (char[]){"http://h/"}, NULL};
    struct values values = {.number = 1};
    int words;
    int result = options_read(&command, 11, argv, &values, &words);
    if (result == EXIT_DONE)
        work->lost_some = work->lost_some || words != 1 || values.number != 3 ||
                          values.list_count != 4 || strcmp(values.list[3], "four") != 0 ||
                          strcmp(values.list[2], "three") != 0 || strcmp(values.name, "b") != 0;
    options_release(&command, &values);
    return result == EXIT_DONE;
}

START_TEST(options_are_all_read_or_it_is_said_that_they_are_not)
{
    struct work work = begin("list = two\nname = b\nlist = \"three\"\n");
    ck_assert(read_options(&work));
    ck_assert_int_gt(failing_run(read_options, &work, kinds[_i]), 10);
    ck_assert(!work.lost_some);
    unlink(work.path);
}
END_TEST

static bool find_sites(void *context)
{
    struct work *work = context;
    char *files[] = {work->path};
    struct config_sites sites;
    int result = config_find_sites(&command, files, 1, &sites);
    if (result == EXIT_DONE)
        work->lost_some = work->lost_some || sites.count != 2 ||
                          strcmp(sites.items[0].name, "a-blog") != 0 || !sites.items[0].output ||
                          strcmp(sites.items[0].output, "second") != 0 ||
                          strcmp(sites.items[1].name, "another") != 0 || sites.items[1].output;
    config_sites_release(&sites);
    return result == EXIT_DONE;
}

START_TEST(sites_are_all_found_or_it_is_said_that_they_are_not)
{
    struct work work = begin("number = 1\n[a-blog]\nurl = http://a/\noutput = first\n"
                             "output = second\n[another]\nurl = http://b/\n");
    ck_assert(find_sites(&work));
    ck_assert(!work.lost_some);
    ck_assert_int_gt(failing_run(find_sites, &work, kinds[_i]), 8);
    ck_assert(!work.lost_some);
    unlink(work.path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of options");
    TCase *test = tcase_create("failing");
    tcase_add_loop_test(test, options_are_all_read_or_it_is_said_that_they_are_not, 0, 2);
    tcase_add_loop_test(test, sites_are_all_found_or_it_is_said_that_they_are_not, 0, 2);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
