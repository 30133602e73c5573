/* <meta name="referrer">: the last one counts. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "html/referrer_meta.h"

static const struct row {
    const char *html, *content;
} rows[] = {
    {"<meta name=\"referrer\" content=\" no-referrer \">", "no-referrer"},
    {"<META CONTENT='origin' NAME=Referrer>", "origin"},
    {"<meta name=referrer content=never><meta name=referrer content=always>", "always"},
    {"<p>referrer</p><a rel=noreferrer href=/><meta name=other content=referrer>", ""},
    {"<meta name=referrer content", ""},
    {"<meta name=referrers content=no-referrer>", ""},
    {"<p name=referrer content=no-referrer>", ""},
    {"referrer", ""},
    {"", ""},
};

START_TEST(the_content_is_found)
{
    struct text content = referrer_meta(text_of(rows[_i].html));
    ck_assert_msg(text_equal(content, text_of(rows[_i].content)), "%.*s", TEXT_ARGS(content));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("referrer_meta");
    TCase *standard = tcase_create("standard");
    tcase_add_loop_test(standard, the_content_is_found, 0, sizeof rows / sizeof *rows);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
