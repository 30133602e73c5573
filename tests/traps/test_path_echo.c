/* The same page at every path. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/traps/watch.h"
#include "traps/path_echo.h"

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

int main(void)
{
    Suite *suite = suite_create("path_echo");
    TCase *tests = tcase_create("path_echo");
    tcase_add_test(tests, the_second_echo_in_a_row_leads_no_deeper);
    tcase_add_test(tests, a_page_with_links_of_its_own_is_not_an_echo);
    tcase_add_test(tests, pages_of_another_host_or_found_elsewhere_are_not_echoes);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
