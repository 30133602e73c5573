/* Filters joined in the path. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/traps/watch.h"
#include "traps/detectors.h"

/* A page with two filters that links to each with a third one. */
static void show(struct watch *watch, const char *first, const char *second, const char *third)
{
    char url[128], below[192];
    snprintf(url, sizeof url, "http://h/shop/%s/%s/", first, second);
    watch_page(watch, url, 1, 0, TEXT("<p>goods</p>"));
    snprintf(below, sizeof below, "%s%s/", url, third);
    watch_link(watch, LINK_PAGE, below);
    watch_link(watch, LINK_PAGE, "http://h/about");
    watch_expects(watch_end(watch), NULL);
}

static enum url_rule rule_of(struct watch *watch, enum link_class class, const char *url)
{
    return watch_link(watch, class, url).rule;
}

START_TEST(no_third_filter_is_joined_once_their_order_does_not_matter)
{
    struct watch watch;
    watch_init(&watch, &detector_path_facets);
    show(&watch, "red", "small", "wool");
    show(&watch, "small", "red", "wool");
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/shop/red/small/wool/"), NULL);
    show(&watch, "red", "wool", "small");
    show(&watch, "wool", "red", "small");
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/shop/red/small/wool/"), "url.facets");
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/shop/small/wool/red"), "url.facets");
    watch_release(&watch);
}
END_TEST

START_TEST(two_filters_products_and_requisites_are_requested)
{
    struct watch watch;
    watch_init(&watch, &detector_path_facets);
    show(&watch, "red", "small", "wool");
    show(&watch, "small", "red", "wool");
    show(&watch, "red", "wool", "small");
    show(&watch, "wool", "red", "small");
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/shop/small/wool/"), NULL);
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/shop/red/small/boots.html"), NULL);
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/shop/red/small/wool/?page=2"), NULL);
    watch_expects(rule_of(&watch, LINK_PAGE, "http://other/shop/red/small/wool/"), NULL);
    watch_expects(rule_of(&watch, LINK_REQUISITE, "http://h/shop/red/small/wool/"), NULL);
    watch_release(&watch);
}
END_TEST

START_TEST(routes_that_show_other_things_in_the_other_order_are_not_filters)
{
    struct watch watch;
    watch_init(&watch, &detector_path_facets);
    show(&watch, "berlin", "paris", "trains");
    show(&watch, "paris", "berlin", "buses");
    show(&watch, "berlin", "rome", "flights");
    show(&watch, "rome", "berlin", "ships");
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/shop/berlin/paris/rome/"), NULL);
    watch_release(&watch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("path_facets");
    TCase *tests = tcase_create("path_facets");
    tcase_add_test(tests, no_third_filter_is_joined_once_their_order_does_not_matter);
    tcase_add_test(tests, two_filters_products_and_requisites_are_requested);
    tcase_add_test(tests, routes_that_show_other_things_in_the_other_order_are_not_filters);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
