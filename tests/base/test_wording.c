#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "base/wording.h"

static void is_written(const char *path, const char *wanted)
{
    struct buf out;
    buf_init(&out, 1000);
    wording_add_path(&out, path);
    ck_assert_str_eq(out.data, wanted);
    buf_release(&out);
}

START_TEST(a_plain_path_stays_as_it_is)
{
    is_written("a-blog.example", "a-blog.example");
    is_written("/srv/archive/127.0.0.1_8080", "/srv/archive/127.0.0.1_8080");
    is_written("./b", "./b");
}
END_TEST

START_TEST(a_path_that_a_shell_would_misread_is_quoted)
{
    is_written("two words", "'two words'");
    is_written("it's", "'it'\\''s'");
    is_written("$HOME/*", "'$HOME/*'");
    is_written("~me", "'~me'");
    is_written("", "''");
}
END_TEST

START_TEST(only_one_is_singular)
{
    struct buf out;
    buf_init(&out, 1000);
    for (uint64_t count = 0; count < 3; count++) {
        buf_add(&out, count ? ", " : "");
        wording_add_count(&out, count, "page", "pages");
    }
    ck_assert_str_eq(out.data, "0 pages, 1 page, 2 pages");
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wording");
    TCase *all = tcase_create("all");
    tcase_add_test(all, a_plain_path_stays_as_it_is);
    tcase_add_test(all, a_path_that_a_shell_would_misread_is_quoted);
    tcase_add_test(all, only_one_is_singular);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
