/* data: URLs, and base64 by itself. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "web/data_url.h"

static const struct {
    const char *raw, *type, *bytes; /* type NULL: it is none */
} urls[] = {
    {"data:text/css,a%7Bb%7D", "text/css", "a{b}"},
    {"DATA:text/javascript;charset=utf-8;base64,YWJj", "text/javascript", "abc"},
    {"data:,x%2", "", "x%2"},
    {"data: text/html ;BASE64,YWI=", "text/html", "ab"},
    {"data:text/css;base64,Y*", NULL, ""},
    {"data:text/css", NULL, ""},
    {"http://h/,a", NULL, ""},
};

START_TEST(data_urls_are_read)
{
    struct buf bytes;
    struct text type;
    buf_init(&bytes, 100);
    buf_add(&bytes, "");
    bool read = data_url_read(text_of(urls[_i].raw), &type, &bytes);
    ck_assert_int_eq(read, urls[_i].type != NULL);
    ck_assert(!read || text_equal(type, text_of(urls[_i].type)));
    ck_assert(!read || text_equal(buf_text(&bytes), text_of(urls[_i].bytes)));
    buf_release(&bytes);
}
END_TEST

/* RFC 4648, section 10. */
static const struct {
    const char *raw, *bytes; /* NULL: it is none */
} words[] = {
    {"", ""},           {"Zg==", "f"},     {"Zm8=", "fo"},       {"Zm9v", "foo"},
    {"Zm9vYg", "foob"}, {"Zm9\nv", "foo"}, {"_-8=", "\xff\xef"}, {"/+8=", "\xff\xef"},
    {"Zm9v!", NULL},    {"Z=g=", NULL},
};

START_TEST(base64_is_read)
{
    struct buf bytes;
    buf_init(&bytes, 100);
    buf_add(&bytes, "");
    bool read = base64_read(text_of(words[_i].raw), &bytes);
    ck_assert_int_eq(read, words[_i].bytes != NULL);
    ck_assert(!read || text_equal(buf_text(&bytes), text_of(words[_i].bytes)));
    buf_release(&bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("data_url");
    TCase *tests = tcase_create("forms");
    tcase_add_loop_test(tests, data_urls_are_read, 0, sizeof urls / sizeof *urls);
    tcase_add_loop_test(tests, base64_is_read, 0, sizeof words / sizeof *words);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
