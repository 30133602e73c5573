/* Which lines of a cookie file are cookies, and what libcurl is given of them. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "fetch/cookie_file.h"

static enum result read_file(struct text bytes, struct buf *lines, struct trouble *trouble)
{
    buf_init(lines, COOKIE_LINES_BYTES);
    return cookie_file_read(bytes, "c.txt", lines, trouble);
}

static void check_lines(struct text bytes, const char *expected)
{
    struct trouble trouble;
    struct buf lines;
    ck_assert_int_eq(read_file(bytes, &lines, &trouble), RESULT_OK);
    ck_assert_str_eq(lines.data, expected);
    buf_release(&lines);
}

static void check_refused(struct text bytes, const char *words)
{
    struct trouble trouble;
    struct buf lines;
    ck_assert_int_eq(read_file(bytes, &lines, &trouble), RESULT_LOST);
    ck_assert_msg(text_find(text_of(trouble.words), text_of(words)) >= 0, "%s", trouble.words);
    buf_release(&lines);
}

START_TEST(files_of_several_writers_are_read)
{
    check_lines(TEXT(
                    "# Netscape HTTP Cookie File\r\n\r\n.Blog.test\tTrue\t/\tfalse\t0\tkey\tv\r\n"),
                ".blog.test\tTRUE\t/\tFALSE\t0\tkey\tv\n");
    check_lines(TEXT("\xef\xbb\xbf#HttpOnly_a.test\tFALSE\t/a\tTRUE\t4102444800.25\ts\tx=1; y\n"),
                "#HttpOnly_a.test\tFALSE\t/a\tTRUE\t4102444800\ts\tx=1; y\n");
    check_lines(TEXT("a.test\tFALSE\tFALSE\t0\tno-path\tv\na.test\tFALSE\t/\tFALSE\t0\tno-value"),
                "a.test\tFALSE\t/\tFALSE\t0\tno-path\tv\na.test\tFALSE\t/\tFALSE\t0\tno-value\t\n");
    check_lines(TEXT("a.test\tFALSE\t/\tFALSE\t99999999999999999999\tn\tv"),
                "a.test\tFALSE\t/\tFALSE\t999999999999999999\tn\tv\n");
}
END_TEST

/* libcurl would send them to every host. */
START_TEST(a_cookie_without_a_domain_is_refused)
{
    check_refused(TEXT("a.test\tTRUE\t/\tFALSE\t0\tn\tv\nSet-Cookie: n=v\n"), "c.txt:2");
    check_refused(TEXT("Set-Cookie:a\tTRUE\t/\tFALSE\t0\tn=v\tv\n"), "c.txt:1");
    check_refused(TEXT("\tTRUE\t/\tFALSE\t0\tn\tv\n"), "c.txt:1");
    check_refused(TEXT(".\tTRUE\t/\tFALSE\t0\tn\tv\n"), "c.txt:1");
    check_refused(TEXT("a.test\t\tTRUE\t/\tFALSE\t0\tn\tv\n"), "c.txt:1");
}
END_TEST

START_TEST(control_characters_are_refused)
{
    check_refused(TEXT("a.test\tTRUE\t/\tFALSE\t0\tn\tv\rX-Evil: 1\n"), "c.txt:1");
    check_refused(TEXT("a.test\tTRUE\t/\tFALSE\t0\tn\0n\tv\n"), "c.txt:1");
    check_refused(TEXT("a.test\tTRUE\t/\tFALSE\t0\tn\t\x1b[2J\n"), "c.txt:1");
}
END_TEST

START_TEST(files_without_cookies_and_with_too_many_are_refused)
{
    struct trouble trouble;
    struct buf many, lines;
    check_refused(TEXT(""), "has no cookies");
    check_refused(TEXT("# only words\n"), "has no cookies");
    buf_init(&many, COOKIE_FILE_BYTES);
    for (int i = 0; i <= COOKIE_FILE_COOKIES; i++)
        buf_printf(&many, "a.test\tTRUE\t/\tFALSE\t0\tn%d\tv\n", i);
    check_refused(buf_text(&many), "more than 10000 cookies");
    ptrdiff_t last = text_find(buf_text(&many), TEXT("n10000"));
    ck_assert_int_gt(last, 0);
    many.length = (size_t)last - 23;
    ck_assert_int_eq(read_file(buf_text(&many), &lines, &trouble), RESULT_OK);
    buf_release(&lines);
    buf_release(&many);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cookie_file");
    TCase *all = tcase_create("all");
    tcase_add_test(all, files_of_several_writers_are_read);
    tcase_add_test(all, a_cookie_without_a_domain_is_refused);
    tcase_add_test(all, control_characters_are_refused);
    tcase_add_test(all, files_without_cookies_and_with_too_many_are_refused);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
