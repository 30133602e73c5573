/* The names of collections for URLs: different sites of a host have different ones. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/site_directory.h"

static void named(const char *url, const char *name)
{
    char *got = site_directory_name(url);
    ck_assert_msg(got && strcmp(got, name) == 0, "%s: %s, not %s", url, got ? got : "none", name);
    free(got);
}

START_TEST(a_name_has_host_port_path_and_query)
{
    named("http://Blog.Example/", "blog.example");
    named("https://blog.example", "blog.example");
    named("http://blog.example:80/", "blog.example");
    named("http://blog.example:8080/", "blog.example_8080");
    named("http://host/~anna/", "host_~anna");
    named("http://host/~bob/", "host_~bob");
    named("http://host/a/b/c.html", "host_a_b_c.html");
    named("http://host/?blog=anna&x=1", "host_blog_anna_x_1");
    named("http://me:secret@host/a", "host_a");
    named("http://[::1]:8080/", "[__1]_8080");
    ck_assert_ptr_null(site_directory_name("mailto:me"));
}
END_TEST

START_TEST(no_name_leads_elsewhere)
{
    named("http://host/../../etc", "host_etc");
    named("http://host/a/%2e%2e/b", "host_b");
    named("http://host/a;rm -rf'$(x)\"", "host_a_rm%20-rf___x_%22");
    named("http://host/\xc3\xa4", "host_%C3%A4");
}
END_TEST

START_TEST(long_names_end_in_a_hash)
{
    char one[1000] = "http://host/", other[1000];
    memset(one + strlen(one), 'x', 500);
    strcpy(other, one);
    strcat(one, "1");
    strcat(other, "2");
    char *first = site_directory_name(one), *second = site_directory_name(other),
         *again = site_directory_name(one);
    ck_assert(first && second && again);
    ck_assert_uint_lt(strlen(first), 200);
    ck_assert_str_ne(first, second);
    ck_assert_str_eq(first, again);
    free(first);
    free(second);
    free(again);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("site directory");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, a_name_has_host_port_path_and_query);
    tcase_add_test(tests, no_name_leads_elsewhere);
    tcase_add_test(tests, long_names_end_in_a_hash);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
