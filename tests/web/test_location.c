/* Locations: octets that are no UTF-8 come back as they were. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "web/location.h"

/* A value, and the URL that it names beside http://h/d/p; NULL: none. */
static const struct row {
    const char *value, *url;
} rows[] = {
    {"/a b", "http://h/a%20b"},
    {"c?x", "http://h/d/c?x"},
    {"https://other/", "https://other/"},
    {"/th\xc3\xa9?x=\xc3\xa9", "http://h/th%C3%A9?x=%C3%A9"},
    {"/th\xe9?x=\xe9", "http://h/th%E9?x=%E9"},
    {"/\x81\x8d?\xff#\xe9", "http://h/%81%8D?%FF"},
    {"/both\xc3\xa9\xe9", "http://h/both%C3%A9%E9"},
    {"/once%20escaped\xe9", "http://h/once%20escaped%E9"},
    {"mailto:\xe9", NULL},
    {"http://", NULL},
};

START_TEST(a_location_is_read_as_browsers_do)
{
    struct url base, url;
    url_init(&base);
    url_init(&url);
    ck_assert_int_eq(url_parse(&base, TEXT("http://h/d/p"), NULL, TEXT("")), URL_OK);
    enum url_result result = location_parse(&url, text_of(rows[_i].value), &base);
    ck_assert_int_eq(result == URL_OK, rows[_i].url != NULL);
    if (result == URL_OK)
        ck_assert(text_equal(url_resource(&url), text_of(rows[_i].url)));
    url_release(&base);
    url_release(&url);
}
END_TEST

START_TEST(a_location_has_a_ceiling)
{
    struct url base, url;
    char *value = malloc(2 * URL_LONGEST);
    ck_assert_ptr_nonnull(value);
    memset(value, '\xe9', 2 * URL_LONGEST);
    value[0] = '/';
    url_init(&base);
    url_init(&url);
    ck_assert_int_eq(url_parse(&base, TEXT("http://h/"), NULL, TEXT("")), URL_OK);
    ck_assert_int_eq(location_parse(&url, (struct text){value, 2 * URL_LONGEST}, &base),
                     URL_INVALID);
    ck_assert_int_eq(location_parse(&url, (struct text){value, URL_LONGEST / 2}, &base),
                     URL_INVALID);
    ck_assert_int_eq(location_parse(&url, (struct text){value, URL_LONGEST / 4}, &base), URL_OK);
    free(value);
    url_release(&base);
    url_release(&url);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("location");
    TCase *tests = tcase_create("location");
    tcase_add_loop_test(tests, a_location_is_read_as_browsers_do, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tests, a_location_has_a_ceiling);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
