/* Names of parts that are relative to their pages. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "frontier/part_guesses.h"

static struct part_guesses guesses;

static void parse(struct url *url, const char *address)
{
    url_init(url);
    ck_assert_int_eq(url_parse(url, text_of(address), NULL, TEXT("")), URL_OK);
}

static void note(const char *page, const char *part, bool there)
{
    struct url via, url;
    parse(&via, page);
    parse(&url, part);
    part_guesses_note(&guesses, &via, &url, there);
    url_release(&via);
    url_release(&url);
}

static bool is_missing(const char *page, const char *part)
{
    struct url via, url;
    parse(&via, page);
    parse(&url, part);
    bool missing = part_guesses_missing(&guesses, &via, &url);
    url_release(&via);
    url_release(&url);
    return missing;
}

static void forget(void)
{
    guesses = (struct part_guesses){.slots = {{0}}};
}

START_TEST(a_name_is_given_up_after_three_pages)
{
    forget();
    note("http://h/1/", "http://h/1/js/a.js", false);
    note("http://h/2/", "http://h/2/js/a.js", false);
    ck_assert(!is_missing("http://h/3/", "http://h/3/js/a.js"));
    note("http://h/3/x.html", "http://h/3/js/a.js", false);
    ck_assert(is_missing("http://h/4/", "http://h/4/js/a.js"));
}
END_TEST

START_TEST(other_names_hosts_and_places_are_not_concerned)
{
    forget();
    for (int i = 0; i < 9; i++)
        note("http://h/1/", "http://h/1/js/a.js", false);
    ck_assert(!is_missing("http://h/4/", "http://h/4/js/b.js"));
    ck_assert(!is_missing("http://i/4/", "http://i/4/js/a.js"));
    ck_assert(!is_missing("http://h/4/", "http://h/js/a.js"));
    ck_assert(!is_missing("http://h/4/", "http://h/4/"));
}
END_TEST

START_TEST(a_name_that_is_there_as_often_goes_on)
{
    forget();
    for (int i = 0; i < 4; i++) {
        note("http://h/1/", "http://h/1/a.png", true);
        note("http://h/2/", "http://h/2/a.png", false);
    }
    ck_assert(!is_missing("http://h/3/", "http://h/3/a.png"));
    note("http://h/2/", "http://h/2/a.png", false);
    ck_assert(is_missing("http://h/3/", "http://h/3/a.png"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("part guesses");
    TCase *standard = tcase_create("standard");
    tcase_add_test(standard, a_name_is_given_up_after_three_pages);
    tcase_add_test(standard, other_names_hosts_and_places_are_not_concerned);
    tcase_add_test(standard, a_name_that_is_there_as_often_goes_on);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
