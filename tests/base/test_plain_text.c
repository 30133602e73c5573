/* Text from strangers does nothing but show. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/plain_text.h"

static const struct {
    const char *given, *shown;
} cases[] = {
    {"", ""},
    {"plain text", "plain text"},
    {"b\xc3\xbc"
     "cher \xe6\xbc\xa2\xe5\xad\x97 \xf0\x9f\x98\x80",
     "b\xc3\xbc"
     "cher \xe6\xbc\xa2\xe5\xad\x97 \xf0\x9f\x98\x80"},
    {"a back\\slash", "a back\\slash"},
    {"a\nline", "a\\x0aline"},
    {"a\ttab\r", "a\\x09tab\\x0d"},
    {"\033]0;owned\a", "\\x1b]0;owned\\x07"},
    {"del\x7f", "del\\x7f"},
    {"C1 \xc2\x9b"
     "2J",
     "C1 \\u009b2J"},
    {"C1 \x9b"
     "2J",
     "C1 \\x9b2J"},
    {"\xe2\x80\xae"
     "cod.exe",
     "\\u202ecod.exe"},
    {"\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c\xe2\x81\xa9", "\\u200e\\u200f\\u061c\\u2069"},
    {"\xe2\x80\xa8\xe2\x80\xa9", "\\u2028\\u2029"},
    {"\xff\xc0\xaf cut \xe2\x82", "\\xff\\xc0\\xaf cut \\xe2\\x82"},
};

START_TEST(text_does_nothing_but_show)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        buf_init(&out, 1000);
        plain_text_add(&out, text_of(cases[i].given));
        ck_assert_msg(text_equal(buf_text(&out), text_of(cases[i].shown)), "%s, not %s", out.data,
                      cases[i].shown);
        buf_release(&out);
    }
}
END_TEST

START_TEST(words_are_settled_in_place_and_fit)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t size = strlen(cases[i].given) + 1; size < 100; size++) {
            char words[100];
            memset(words, 'x', sizeof words);
            strcpy(words, cases[i].given);
            plain_text_settle(words, size);
            size_t length = strlen(words);
            ck_assert_uint_lt(length, size);
            ck_assert(strncmp(words, cases[i].shown, length) == 0);
            if (size > strlen(cases[i].shown))
                ck_assert_str_eq(words, cases[i].shown);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plain_text");
    TCase *tests = tcase_create("core");
    tcase_add_test(tests, text_does_nothing_but_show);
    tcase_add_test(tests, words_are_settled_in_place_and_fit);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
