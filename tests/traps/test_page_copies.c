/* Links to the page itself, and the links of a page that stands in for another. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "tests/traps/watch.h"
#include "traps/detectors.h"

static enum url_rule rule_in(struct watch *watch, enum link_class class, const char *url,
                             const char *where)
{
    ck_assert_int_eq(url_parse(&watch->link, text_of(url), NULL, TEXT("")), URL_OK);
    struct link link = {.url = url_resource(&watch->link),
                        .parsed = &watch->link,
                        .class = class,
                        .where = text_of(where)};
    return watch->detector->judge_link(watch->state, &watch->page, &link).rule;
}

START_TEST(a_page_that_names_itself_is_not_requested_again)
{
    struct watch watch;
    watch_init(&watch, &detector_page_itself);
    watch_page(&watch, "http://h/post/", 1, 0, TEXT("<p>post</p>"));
    watch_expects(rule_in(&watch, LINK_PAGE, "http://www.h/post/index.html", "link@href"),
                  "page.itself");
    watch_expects(rule_in(&watch, LINK_PAGE, "http://h/post/index.html", "meta@content"),
                  "page.itself");
    watch_expects(rule_in(&watch, LINK_PAGE, "http://h/post/index.html", "script"), "page.itself");
    watch_expects(rule_in(&watch, LINK_PAGE, "http://h/post/index.html", "a@href"), NULL);
    watch_expects(rule_in(&watch, LINK_PAGE, "http://h/other/", "link@href"), NULL);
    watch_expects(rule_in(&watch, LINK_FEED, "http://h/post/index.html", "link@href"), NULL);
    watch_release(&watch);
}
END_TEST

START_TEST(a_page_that_stands_in_for_a_list_leads_nowhere)
{
    struct watch watch;
    watch_init(&watch, &detector_page_stand_in);
    watch_page(&watch, "http://h/sitemap.xml", 1, 0, TEXT("<p>front page</p>"));
    watch_expects(rule_in(&watch, LINK_PAGE, "http://h/page/2", "a@href"), NULL);
    watch.page.stand_in = true;
    watch_expects(rule_in(&watch, LINK_PAGE, "http://h/page/2", "a@href"), "page.stand-in");
    watch_expects(rule_in(&watch, LINK_REQUISITE, "http://h/style.css", "link@href"), NULL);
    watch_release(&watch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("page_copies");
    TCase *tests = tcase_create("page_copies");
    tcase_add_test(tests, a_page_that_names_itself_is_not_requested_again);
    tcase_add_test(tests, a_page_that_stands_in_for_a_list_leads_nowhere);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
