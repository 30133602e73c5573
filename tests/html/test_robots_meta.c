/* <meta name="robots">, in all its spellings. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "html/robots_meta.h"

START_TEST(the_content_of_meta_robots_is_found)
{
    ck_assert(text_equal(robots_meta(
                             TEXT("<head><meta name=\"robots\" content=\" noindex, nofollow \">")),
                         TEXT("noindex, nofollow")));
    ck_assert(
        text_equal(robots_meta(TEXT("<META CONTENT=noarchive NAME='robots'>")), TEXT("noarchive")));
    ck_assert(text_equal(
        robots_meta(
            TEXT("<p>robots</p><meta name=other content='robots'><meta name=robots content=none>")),
        TEXT("none")));
    ck_assert(text_equal(robots_meta(TEXT("<p name=robots content=none>")), TEXT("")));
    ck_assert(text_equal(robots_meta(TEXT("robots")), TEXT("")));
    ck_assert(text_equal(robots_meta(TEXT("<meta name=robots content")), TEXT("")));
    ck_assert(text_equal(robots_meta(TEXT("")), TEXT("")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("robots_meta");
    TCase *standard = tcase_create("standard");
    tcase_add_test(standard, the_content_of_meta_robots_is_found);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
