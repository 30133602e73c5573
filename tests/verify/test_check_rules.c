/* The table of verify's rules, and the levels that a user gives. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "verify/check_rules.h"

static enum result set(struct check_levels *levels, const char *line, struct trouble *trouble)
{
    return check_levels_set(levels, text_of(line), trouble);
}

START_TEST(each_rule_has_all_its_texts_and_a_name_of_its_own)
{
    for (int rule = 0; rule < CHECK_RULE_COUNT; rule++) {
        struct check_rule_row row = check_rule_row(rule);
        ck_assert_int_eq(check_rule_by_name(text_of(row.name)), rule);
        ck_assert(row.clause[0] && row.words[0] && row.advice[0]);
        ck_assert_int_ne(row.words[strlen(row.words) - 1], '.');
        ck_assert_int_ne(row.advice[strlen(row.advice) - 1], '.');
        ck_assert_int_le(row.alone, row.level);
    }
    ck_assert_str_eq(check_rule_row(RULE_GZIP_CRC).name, "gzip-crc");
    ck_assert_str_eq(check_rule_row(CHECK_CDXJ_ORDER).name, "cdxj-order");
    ck_assert_int_eq(check_rule_by_name(TEXT("no-such-rule")), -1);
}
END_TEST

START_TEST(a_misspelled_rule_is_guessed)
{
    ck_assert_int_eq(check_rule_like(TEXT("gzip-crk")), RULE_GZIP_CRC);
    ck_assert_int_eq(check_rule_like(TEXT("cdxj-oder")), CHECK_CDXJ_ORDER);
    ck_assert_int_eq(check_rule_like(TEXT("xyzzy")), -1);
}
END_TEST

START_TEST(clauses_of_the_standard_get_its_name)
{
    ck_assert_str_eq(check_rule_document("5.4"), "ISO 28500:2017, ");
    ck_assert_str_eq(check_rule_document("D.2"), "ISO 28500:2017, ");
    ck_assert_str_eq(check_rule_document("RFC 9112, 6.3"), "");
    ck_assert_str_eq(check_rule_document("CDXJ"), "");
    ck_assert_str_eq(check_rule_document("-"), "");
}
END_TEST

START_TEST(levels_are_those_of_the_table_until_they_are_given)
{
    struct check_levels levels = {{0}};
    struct trouble trouble;
    enum warc_level level;
    ck_assert(check_levels_tell(&levels, CHECK_CONCURRENT_DANGLING, false, &level));
    ck_assert_int_eq(level, WARC_ERROR);
    ck_assert(check_levels_tell(NULL, CHECK_CONCURRENT_DANGLING, true, &level));
    ck_assert_int_eq(level, WARC_WARNING);
    ck_assert_int_eq(set(&levels, "concurrent-dangling=note", &trouble), RESULT_OK);
    ck_assert(check_levels_tell(&levels, CHECK_CONCURRENT_DANGLING, false, &level));
    ck_assert_int_eq(level, WARC_NOTE);
    ck_assert_int_eq(set(&levels, " concurrent-dangling = error ", &trouble), RESULT_OK);
    ck_assert(check_levels_tell(&levels, CHECK_CONCURRENT_DANGLING, true, &level));
    ck_assert_int_eq(level, WARC_ERROR);
    ck_assert_int_eq(set(&levels, "concurrent-dangling=off", &trouble), RESULT_OK);
    ck_assert(!check_levels_tell(&levels, CHECK_CONCURRENT_DANGLING, true, &level));
    ck_assert(check_levels_tell(&levels, RULE_GZIP_CRC, true, &level));
}
END_TEST

START_TEST(what_is_no_level_is_refused_with_advice)
{
    struct check_levels levels = {{0}};
    struct trouble trouble;
    ck_assert_int_eq(set(&levels, "gzip-crk=off", &trouble), RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, "did you mean gzip-crc?"));
    ck_assert_int_eq(set(&levels, "xyzzy=off", &trouble), RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, "--rules"));
    ck_assert_int_eq(set(&levels, "gzip-crc=loud", &trouble), RESULT_BROKEN);
    ck_assert_int_eq(set(&levels, "gzip-crc", &trouble), RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, "gzip-crc=error"));
    ck_assert_int_eq(levels.of[RULE_GZIP_CRC], LEVEL_OF_TABLE);
}
END_TEST

START_TEST(a_file_of_levels_is_read_and_its_bad_line_named)
{
    char path[] = "/tmp/warccap-levels-XXXXXX";
    struct check_levels levels = {{0}};
    struct trouble trouble;
    static const char bytes[] = "# ours\r\n\r\ngzip-crc = warning\r\ncdxj-order=off\ngzip-crc\n";
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes, sizeof bytes - 1), sizeof bytes - 1);
    close(fd);
    ck_assert_int_eq(check_levels_read(&levels, path, &trouble), RESULT_BROKEN);
    ck_assert_ptr_nonnull(strstr(trouble.words, ":5: gzip-crc needs a level"));
    ck_assert_int_eq(levels.of[RULE_GZIP_CRC], LEVEL_WARNING);
    ck_assert_int_eq(levels.of[CHECK_CDXJ_ORDER], LEVEL_OFF);
    unlink(path);
    ck_assert_int_eq(check_levels_read(&levels, path, &trouble), RESULT_BROKEN);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("check_rules");
    TCase *cases = tcase_create("check_rules");
    tcase_add_test(cases, each_rule_has_all_its_texts_and_a_name_of_its_own);
    tcase_add_test(cases, a_misspelled_rule_is_guessed);
    tcase_add_test(cases, clauses_of_the_standard_get_its_name);
    tcase_add_test(cases, levels_are_those_of_the_table_until_they_are_given);
    tcase_add_test(cases, what_is_no_level_is_refused_with_advice);
    tcase_add_test(cases, a_file_of_levels_is_read_and_its_bad_line_named);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
