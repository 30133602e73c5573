/* The same page at every path. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/traps/watch.h"
#include "traps/detectors.h"

/* A page that links to a/ and b/ below it, and to the front page. */
static enum url_rule show_page(struct watch *watch, const char *url, int64_t key, int64_t via_key,
                               bool *waits)
{
    char below[256];
    watch_page(watch, url, key, via_key, TEXT("<p>the same page again</p>"));
    snprintf(below, sizeof below, "%sa/", url);
    *waits = watch_link(watch, LINK_PAGE, below).waits;
    snprintf(below, sizeof below, "%sb/", url);
    watch_link(watch, LINK_PAGE, below);
    ck_assert(!watch_link(watch, LINK_PAGE, "http://h/").waits);
    return watch_end(watch);
}

START_TEST(the_second_echo_in_a_row_leads_no_deeper)
{
    struct watch watch;
    bool waits;
    watch_init(&watch, &detector_path_echo);
    watch_expects(show_page(&watch, "http://h/x/", 1, 0, &waits), NULL);
    watch_expects(show_page(&watch, "http://h/x/a/", 2, 1, &waits), NULL);
    ck_assert(!waits);
    watch_expects(show_page(&watch, "http://h/x/a/b/", 3, 2, &waits), "url.path-loop");
    ck_assert(waits);
    watch_release(&watch);
}
END_TEST

START_TEST(a_page_with_links_of_its_own_is_not_an_echo)
{
    struct watch watch;
    bool waits;
    watch_init(&watch, &detector_path_echo);
    show_page(&watch, "http://h/x/", 1, 0, &waits);
    show_page(&watch, "http://h/x/a/", 2, 1, &waits);
    watch_page(&watch, "http://h/x/a/b/", 3, 2, TEXT("<p>another</p>"));
    ck_assert(watch_link(&watch, LINK_PAGE, "http://h/x/a/b/a/").waits);
    ck_assert(!watch_link(&watch, LINK_REQUISITE, "http://h/x/a/b/c.png").waits);
    watch_expects(watch_end(&watch), NULL);
    watch_release(&watch);
}
END_TEST

START_TEST(pages_of_another_host_or_found_elsewhere_are_not_echoes)
{
    struct watch watch;
    bool waits;
    watch_init(&watch, &detector_path_echo);
    show_page(&watch, "http://h/x/", 1, 0, &waits);
    show_page(&watch, "http://h/x/a/", 2, 1, &waits);
    watch_expects(show_page(&watch, "http://h/x/a/b/", 3, 77, &waits), NULL);
    watch_page(&watch, "http://h/x/a/a/", 4, 2, TEXT("<p>x</p>"));
    ck_assert(!watch_link(&watch, LINK_PAGE, "http://other/x/a/a/b/").waits);
    watch_release(&watch);
}
END_TEST

/* Thousands of pages come between a page and those that it links to, and some keys are alike. */
START_TEST(what_a_page_was_found_on_is_remembered_among_others)
{
    enum { ALIKE = 1 << 14 };
    struct watch watch;
    bool waits;
    watch_init(&watch, &detector_path_echo);
    show_page(&watch, "http://h/x/", 1, 0, &waits);
    show_page(&watch, "http://h/y/", 1 + ALIKE, 0, &waits);
    show_page(&watch, "http://h/z/", 1 + 2 * ALIKE, 0, &waits);
    show_page(&watch, "http://h/x/a/", 2, 1, &waits);
    show_page(&watch, "http://h/y/a/", 2 + ALIKE, 1 + ALIKE, &waits);
    show_page(&watch, "http://h/z/a/", 2 + 2 * ALIKE, 1 + 2 * ALIKE, &waits);
    watch_expects(show_page(&watch, "http://h/x/a/b/", 3, 2, &waits), "url.path-loop");
    /* What is still needed stays, when others are forgotten. */
    for (int i = 3; i < 10; i++) {
        show_page(&watch, "http://h/w/", 1 + i * ALIKE, 0, &waits);
        watch_expects(show_page(&watch, "http://h/x/b/", 10 + i, 1, &waits), NULL);
        watch_expects(show_page(&watch, "http://h/x/b/a/", 30 + i, 10 + i, &waits),
                      "url.path-loop");
    }
    watch_release(&watch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("path_echo");
    TCase *tests = tcase_create("path_echo");
    tcase_add_test(tests, the_second_echo_in_a_row_leads_no_deeper);
    tcase_add_test(tests, a_page_with_links_of_its_own_is_not_an_echo);
    tcase_add_test(tests, pages_of_another_host_or_found_elsewhere_are_not_echoes);
    tcase_add_test(tests, what_a_page_was_found_on_is_remembered_among_others);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
