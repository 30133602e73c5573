/* Which bodies and redirects count as the same, as a wall shows them for whatever is asked. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "frontier/lockout.h"

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

/* Bodies of two URLs: are they the same? */
static const struct bodies {
    const char *one, *other;
    bool same;
} bodies[] = {
    {"Access denied", "Access denied", true},
    {"Access denied. Ray ID: 7fa3b2c1", "Access denied. Ray ID: 81bc22e0", true},
    {"At 10:22:31 UTC you asked for /posts/one", "At 10:22:59 UTC you asked for /posts/two", true},
    {"<script nonce='a8B1'>go()</script>", "<script nonce='Zz90'>go()</script>", true},
    {"A post about cats", "A post about dogs", false},
    {"Access denied", "Access granted", false},
    {"<a href=1>1</a><a href=2>2</a>", "<a href=3>3</a><a href=4>4</a>", false},
    {"", "", true},
    {"", "x", false},
};

START_TEST(marks_leave_out_what_differs_in_every_refusal)
{
    struct lockout_response one = {.key = 1, .status = 200}, other = {.key = 2, .status = 200};
    lockout_mark_body(&one, text_of(bodies[_i].one), TEXT("http://a.test/posts/one"));
    lockout_mark_body(&other, text_of(bodies[_i].other), TEXT("http://a.test/posts/two"));
    ck_assert_int_eq(one.mark == other.mark, bodies[_i].same);
    ck_assert_int_eq(one.exact == other.exact, !strcmp(bodies[_i].one, bodies[_i].other));
}
END_TEST

START_TEST(of_a_redirect_the_query_does_not_count)
{
    ck_assert(lockout_mark_url(TEXT("http://a.test/wall?back=/one")) ==
              lockout_mark_url(TEXT("http://a.test/wall?back=/two")));
    ck_assert(lockout_mark_url(TEXT("http://a.test/wall")) !=
              lockout_mark_url(TEXT("http://a.test/fall")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lockout marks");
    TCase *test = tcase_create("marks");
    tcase_add_loop_test(test, marks_leave_out_what_differs_in_every_refusal, 0, COUNT(bodies));
    tcase_add_test(test, of_a_redirect_the_query_does_not_count);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
