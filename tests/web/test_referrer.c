/* Referrer Policy: who is told of which page. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "web/referrer.h"

#define PAGE "http://h.test/d/p?q=1"
#define SAFE "https://h.test/d/p?q=1"

static const struct row {
    const char *policy, *page, *target, *told;
} rows[] = {
    {"", PAGE, "http://h.test/i.png", PAGE},
    {"", PAGE, "http://h.test:8080/i.png", "http://h.test/"},
    {"", PAGE, "http://other.test/i.png", "http://h.test/"},
    {"", PAGE, "https://h.test/i.png", "http://h.test/"},
    {"", SAFE, "https://h.test/i.png", SAFE},
    {"", SAFE, "https://other.test/", "https://h.test/"},
    {"", SAFE, "http://h.test/i.png", ""},
    {"", "http://joe:secret@h.test:81/p?x#top", "http://h.test:81/", "http://h.test:81/p?x"},
    {"", "http://joe:secret@h.test/p", "http://other.test/", "http://h.test/"},
    {"nonsense", PAGE, "http://other.test/", "http://h.test/"},
    {"no-referrer", PAGE, "http://h.test/i.png", ""},
    {"no-referrer-when-downgrade", PAGE, "http://other.test/", PAGE},
    {"no-referrer-when-downgrade", SAFE, "https://other.test/", SAFE},
    {"no-referrer-when-downgrade", SAFE, "http://h.test/", ""},
    {"same-origin", PAGE, "http://h.test/i.png", PAGE},
    {"same-origin", PAGE, "http://www.h.test/i.png", ""},
    {"origin", PAGE, "http://h.test/i.png", "http://h.test/"},
    {"origin", SAFE, "http://h.test/i.png", "https://h.test/"},
    {"strict-origin", PAGE, "http://h.test/i.png", "http://h.test/"},
    {"strict-origin", SAFE, "http://h.test/i.png", ""},
    {"origin-when-cross-origin", PAGE, "http://h.test/i.png", PAGE},
    {"origin-when-cross-origin", SAFE, "http://other.test/", "https://h.test/"},
    {"strict-origin-when-cross-origin", SAFE, "http://other.test/", ""},
    {" Strict-Origin-When-Cross-Origin ", PAGE, "http://other.test/", "http://h.test/"},
    {"unsafe-url", SAFE, "http://other.test/", SAFE},
};

static void check(enum referrer_policy policy, const char *from, const char *to, const char *told)
{
    struct url page, target;
    struct buf out;
    url_init(&page);
    url_init(&target);
    buf_init(&out, 2 * REFERRER_LONGEST);
    ck_assert_int_eq(url_parse(&page, text_of(from), NULL, TEXT("")), URL_OK);
    ck_assert_int_eq(url_parse(&target, text_of(to), NULL, TEXT("")), URL_OK);
    ck_assert(referrer_write(policy, &page, &target, &out));
    ck_assert_str_eq(out.length ? out.data : "", told);
    buf_release(&out);
    url_release(&page);
    url_release(&target);
}

START_TEST(a_page_is_told_as_its_policy_says)
{
    const struct row *row = &rows[_i];
    check(referrer_policy_of(text_of(row->policy)), row->page, row->target, row->told);
}
END_TEST

START_TEST(of_a_long_url_only_the_origin_is_told)
{
    char page[REFERRER_LONGEST + 100] = "http://h.test/";
    memset(page + 14, 'a', REFERRER_LONGEST - 14);
    check(REFERRER_UNSAID, page, "http://h.test/", page);
    page[REFERRER_LONGEST] = 'a';
    check(REFERRER_UNSAID, page, "http://h.test/", "http://h.test/");
}
END_TEST

START_TEST(policies_have_names)
{
    ck_assert_int_eq(referrer_policy_of_field(TEXT("no-referrer")), REFERRER_NO);
    ck_assert_int_eq(referrer_policy_of_field(TEXT("origin-when-cross-origin, strict-origin")),
                     REFERRER_STRICT_ORIGIN);
    ck_assert_int_eq(referrer_policy_of_field(TEXT("same-origin,future-policy")),
                     REFERRER_SAME_ORIGIN);
    ck_assert_int_eq(referrer_policy_of_field(TEXT(",, ")), REFERRER_UNSAID);
    ck_assert_int_eq(referrer_policy_of_meta(TEXT("never")), REFERRER_NO);
    ck_assert_int_eq(referrer_policy_of_meta(TEXT("Always")), REFERRER_UNSAFE_URL);
    ck_assert_int_eq(referrer_policy_of_meta(TEXT("origin")), REFERRER_ORIGIN);
    ck_assert_int_eq(referrer_policy_of(TEXT("never")), REFERRER_UNSAID);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("referrer");
    TCase *tests = tcase_create("referrer");
    tcase_add_loop_test(tests, a_page_is_told_as_its_policy_says, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tests, of_a_long_url_only_the_origin_is_told);
    tcase_add_test(tests, policies_have_names);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
