/* verify inside another program: it prints nothing, and tells its observer what it finds. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../caught_output.h"
#include "verify/verify.h"

/* A record whose digest is another body's. */
static const char record[] = "WARC/1.1\r\n"
                             "WARC-Type: resource\r\n"
                             "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
                             "WARC-Date: 2026-01-01T00:00:00Z\r\n"
                             "WARC-Target-URI: http://h/\r\n"
                             "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"
                             "Content-Type: text/plain\r\n"
                             "Content-Length: 5\r\n\r\nwords\r\n\r\n";

struct told {
    int errors, others;
    bool digest;
};

static void found(void *context, const struct finding *finding)
{
    struct told *told = context;
    told->errors += finding->level == WARC_ERROR;
    told->others += finding->level != WARC_ERROR;
    told->digest = told->digest || finding->rule == RULE_BLOCK_DIGEST;
}

static enum result verify_silently(char *path, const struct verify_observer *observer,
                                   struct verify_summary *summary, struct trouble *trouble)
{
    struct caught_output caught;
    const struct verify_options options = {.live = false};
    caught_output_begin(&caught);
    enum result result = verify_paths(&path, 1, &options, observer, summary, trouble);
    caught_output_end(&caught);
    ck_assert_str_eq(caught.words[STDOUT_FILENO], "");
    ck_assert_str_eq(caught.words[STDERR_FILENO], "");
    return result;
}

START_TEST(findings_are_told_and_counted_and_nothing_is_printed)
{
    char directory[] = "/tmp/warccap-verify-test-XXXXXX", path[64];
    struct told told = {0};
    struct verify_summary summary;
    struct trouble trouble;
    const struct verify_observer observer = {.context = &told, .found = found},
                                 nobody = {.context = NULL};
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/a.warc", directory);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fwrite(record, 1, sizeof record - 1, file);
    fclose(file);
    ck_assert_int_eq(verify_silently(path, &observer, &summary, &trouble), RESULT_OK);
    ck_assert(told.digest);
    ck_assert_uint_eq(summary.errors, (uint64_t)told.errors);
    ck_assert_uint_eq(summary.warnings + summary.notes, (uint64_t)told.others);
    ck_assert_int_eq(verify_silently(path, &nobody, &summary, &trouble), RESULT_OK);
    ck_assert_uint_eq(summary.errors, (uint64_t)told.errors);
    ck_assert_int_eq(verify_silently(path, NULL, &summary, &trouble), RESULT_OK);
    ck_assert_uint_eq(summary.errors, (uint64_t)told.errors);
    unlink(path);
    rmdir(directory);
}
END_TEST

START_TEST(what_cannot_be_read_is_trouble_with_words)
{
    char path[] = "/tmp/warccap-there-is-no-such-file.warc.gz";
    struct verify_summary summary;
    struct trouble trouble;
    ck_assert_int_eq(verify_silently(path, NULL, &summary, &trouble), RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, path));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verify_observer");
    TCase *cases = tcase_create("verify_observer");
    tcase_add_test(cases, findings_are_told_and_counted_and_nothing_is_printed);
    tcase_add_test(cases, what_cannot_be_read_is_trouble_with_words);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
