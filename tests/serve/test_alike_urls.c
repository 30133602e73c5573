/* What stands for what: tokens and files do, other pages never. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "serve/alike_urls.h"

static const struct {
    const char *asked, *other;
    enum alike alike;
} wanted[] = {
    {"test,a)/x?_=123", "test,a)/x?_=456", ALIKE_TOKEN},
    {"test,a)/x?_=123", "test,a)/x", ALIKE_TOKEN},
    {"test,a)/x", "test,a)/x?utm_source=b&utm_medium=c", ALIKE_TOKEN},
    {"test,a)/x?b=1&callback=jquery12_3", "test,a)/x?b=1&callback=jquery4_5", ALIKE_TOKEN},
    {"test,a)/x?t=1300000000000", "test,a)/x?t=1400000000000", ALIKE_TOKEN},
    {"test,a)/x?r=0.123", "test,a)/x?r=0.9", ALIKE_TOKEN},
    {"test,a)/x?path=b&xssi_token=1", "test,a)/x?path=b&xssi_token=2", ALIKE_TOKEN},
    {"test,a)/a.css?ver=1", "test,a)/a.css?ver=2", ALIKE_PATH},
    {"test,a)/a.png?w=9", "test,a)/a.png", ALIKE_PATH},
    {"test,a)/?page=9", "test,a)/?page=2", ALIKE_NOT},
    {"test,a)/?page=9", "test,a)/", ALIKE_NOT},
    {"test,a)/search?updated-max=2010", "test,a)/search?updated-max=2011", ALIKE_NOT},
    {"test,a)/x?_=123", "test,a)/x?_=abc", ALIKE_NOT},
    {"test,a)/x?_=", "test,a)/x?_=1", ALIKE_NOT},
    {"test,a)/x?t=13", "test,a)/x?t=14", ALIKE_NOT},
    {"test,a)/x?v=1.2", "test,a)/x?v=1.3", ALIKE_NOT},
    {"test,a)/x?b=1&_=1", "test,a)/x?b=2&_=1", ALIKE_NOT},
    {"test,a)/index.php?p=1", "test,a)/index.php?p=2", ALIKE_NOT},
    {"test,a)/v1.0/x?p=1", "test,a)/v1.0/x?p=2", ALIKE_NOT},
    {"test,a.b)/?p=1", "test,a.b)/?p=2", ALIKE_NOT},
    {"test,a)/x.?p=1", "test,a)/x.?p=2", ALIKE_NOT},
    {"test,a)/x", "test,a)/y", ALIKE_NOT},
    {"test,a)/a.css?1", "test,b)/a.css?1", ALIKE_NOT},
    {"", "", ALIKE_TOKEN},
};

START_TEST(pairs)
{
    enum alike alike = alike_urls_compare(text_of(wanted[_i].asked), text_of(wanted[_i].other));
    ck_assert_msg(alike == wanted[_i].alike, "%s and %s: %d", wanted[_i].asked, wanted[_i].other,
                  (int)alike);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("alike_urls");
    TCase *tests = tcase_create("alike_urls");
    tcase_add_loop_test(tests, pairs, 0, sizeof wanted / sizeof *wanted);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
