/* What the observer who prints makes of a run: where, and when it is to be quiet. */
#include <config.h>

#include <check.h>
#include <string.h>
#include <unistd.h>

#include "../caught_output.h"
#include "report/run_reporter.h"

/* What is printed of a run that could not begin. */
static struct caught_output tell_broken(const struct report_options *options, int *exit_code)
{
    struct caught_output caught;
    struct run_reporter reporter;
    struct run_summary summary = {.end = CRAWL_HELD};
    const struct crawl_options crawl = {.directory = "./h"};
    run_reporter_init(&reporter, options);
    const struct crawl_observer observer = run_reporter_observer(&reporter);
    const struct crawl_ended ended = {.end = CRAWL_HELD,
                                      .result = RESULT_AGAIN,
                                      .trouble = "a run has it",
                                      .title = "http://h/",
                                      .summary = &summary,
                                      .options = &crawl,
                                      .json = TEXT("{}\n")};
    caught_output_begin(&caught);
    observer.mended(observer.context, MENDING_EXPECTED, "a file was cut");
    observer.mended(observer.context, MENDING_DAMAGE, "a store was lost");
    observer.warned(observer.context, "the log is full");
    observer.ended(observer.context, &ended);
    caught_output_end(&caught);
    *exit_code = reporter.outcome.exit_code;
    ck_assert_int_eq(text_find(buf_text(&reporter.json), TEXT("{}")), 0);
    run_reporter_release(&reporter);
    return caught;
}

START_TEST(trouble_goes_to_standard_error)
{
    int code;
    const struct report_options options = {.quiet = false};
    struct caught_output caught = tell_broken(&options, &code);
    ck_assert_str_eq(caught.words[STDOUT_FILENO], "");
    ck_assert_ptr_nonnull(strstr(caught.words[STDERR_FILENO], "warccap: a file was cut\n"));
    ck_assert_ptr_nonnull(strstr(caught.words[STDERR_FILENO], "warccap: a store was lost\n"));
    ck_assert_ptr_nonnull(strstr(caught.words[STDERR_FILENO], "warccap: the log is full\n"));
    ck_assert_ptr_nonnull(strstr(caught.words[STDERR_FILENO], "(exit 75): a run has it."));
    ck_assert_int_eq(code, 75);
}
END_TEST

START_TEST(quiet_says_only_what_is_wrong)
{
    int code;
    const struct report_options options = {.quiet = true};
    struct caught_output caught = tell_broken(&options, &code);
    ck_assert_str_eq(caught.words[STDOUT_FILENO], "");
    ck_assert_ptr_null(strstr(caught.words[STDERR_FILENO], "a file was cut"));
    ck_assert_ptr_nonnull(strstr(caught.words[STDERR_FILENO], "a store was lost"));
    ck_assert_ptr_nonnull(strstr(caught.words[STDERR_FILENO], "(exit 75)"));
}
END_TEST

START_TEST(changed_exit_is_for_runs_that_went_well)
{
    struct run_reporter reporter;
    const struct report_options options = {.changed_exit = 40};
    run_reporter_init(&reporter, &options);
    const struct crawl_observer observer = run_reporter_observer(&reporter);
    ck_assert_int_eq(observer.exit_code(observer.context, CRAWL_FINISHED_CHANGED), 40);
    ck_assert_int_eq(observer.exit_code(observer.context, CRAWL_FINISHED), 0);
    ck_assert_int_eq(observer.exit_code(observer.context, CRAWL_INCOMPLETE), 4);
    run_reporter_release(&reporter);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("run_reporter");
    TCase *cases = tcase_create("run_reporter");
    tcase_add_test(cases, trouble_goes_to_standard_error);
    tcase_add_test(cases, quiet_says_only_what_is_wrong);
    tcase_add_test(cases, changed_exit_is_for_runs_that_went_well);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
