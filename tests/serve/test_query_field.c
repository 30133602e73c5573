/* Parameters come from forms and from our own links. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "serve/query_field.h"

static const struct {
    const char *target, *value; /* of the parameter "url"; NULL: there is none */
} wanted[] = {
    {"/pages?url=http%3A%2F%2Fa%2F%3Fb%3Dc%26d", "http://a/?b=c&d"},
    {"/pages?archive=1&url=a+b", "a b"},
    {"/pages?url=", ""},
    {"/pages?url=%", "%"},
    {"/pages?url=%4", "%4"},
    {"/pages?url=%41%4x", "A%4x"},
    {"/pages?url=%41", "A"},
    {"/pages?url=1&url=2", "1"},
    {"/pages?curl=1", NULL},
    {"/pages?url", ""},
    {"/pages?", NULL},
    {"/pages", NULL},
    {"", NULL},
};

START_TEST(values)
{
    struct buf value;
    buf_init(&value, 100);
    ck_assert_int_eq(query_field_read(text_of(wanted[_i].target), "url", &value),
                     wanted[_i].value != NULL);
    ck_assert(text_equal(buf_text(&value), text_of(wanted[_i].value)));
    buf_release(&value);
}
END_TEST

START_TEST(what_is_written_is_read)
{
    struct buf target, value;
    struct text text = TEXT("http://a/?b=c&d=\"<\xFF'+ %41#");
    buf_init(&target, 1000);
    buf_init(&value, 1000);
    buf_add(&target, "/?url=");
    query_field_write(text, &target);
    ck_assert(query_field_read(buf_text(&target), "url", &value));
    ck_assert(text_equal(buf_text(&value), text));
    buf_release(&target);
    buf_release(&value);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("query_field");
    TCase *tests = tcase_create("query_field");
    tcase_add_loop_test(tests, values, 0, sizeof wanted / sizeof *wanted);
    tcase_add_test(tests, what_is_written_is_read);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
