/* Tokens in URLs: sessions without end. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "tests/traps/watch.h"
#include "traps/detectors.h"

static const char same[] = "<p>the same page for every visitor</p>";

static void show(struct watch *watch, const char *url, const char *html)
{
    watch_page(watch, url, 1, 0, text_of(html));
    watch_link(watch, LINK_PAGE, "http://h/about");
    watch_expects(watch_end(watch), NULL);
}

static enum url_rule rule_of(struct watch *watch, enum link_class class, const char *url)
{
    return watch_link(watch, class, url).rule;
}

START_TEST(after_three_equal_pages_a_fourth_is_not_requested)
{
    struct watch watch;
    watch_init(&watch, &detector_url_token);
    show(&watch, "http://h/page?session=5f0b04c8", same);
    show(&watch, "http://h/page?session=6a1c15d9", same);
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/page?session=7b2d26e0"), NULL);
    show(&watch, "http://h/page?session=8c3e37f1", same);
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/page?session=9d4f4802"), "url.session");
    /* The last URL itself, another page, and a requisite of the page. */
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/page?session=8c3e37f1"), NULL);
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/other?session=9d4f4802"), NULL);
    watch_expects(rule_of(&watch, LINK_REQUISITE, "http://h/page?session=9d4f4802"), NULL);
    watch_release(&watch);
}
END_TEST

START_TEST(tokens_in_paths_are_long_and_hexadecimal)
{
    struct watch watch;
    watch_init(&watch, &detector_url_token);
    show(&watch, "http://h/5f0b04c8b3036b51/page", same);
    show(&watch, "http://h/6f0b04c8b3036b52/page", same);
    show(&watch, "http://h/7f0b04c8b3036b53/page", same);
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/8f0b04c8b3036b54/page"), "url.session");
    show(&watch, "http://h/chapter1one/page", same);
    show(&watch, "http://h/chapter2two/page", same);
    show(&watch, "http://h/chapter3six/page", same);
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/chapter4ten/page"), NULL);
    watch_release(&watch);
}
END_TEST

START_TEST(pages_that_show_something_else_are_requested)
{
    struct watch watch;
    watch_init(&watch, &detector_url_token);
    show(&watch, "http://h/photo?id=5f0b04c8", "<p>a photo of a cat</p>");
    show(&watch, "http://h/photo?id=6a1c15d9", "<p>a photo of a dog</p>");
    show(&watch, "http://h/photo?id=8c3e37f1", "<p>a photo of a bird</p>");
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/photo?id=9d4f4802"), NULL);
    watch_release(&watch);
}
END_TEST

START_TEST(a_pictures_name_tells_pages_apart)
{
    static const char *const pictures[] = {"http://h/5f0b04c8b3036b51/cat.jpg",
                                           "http://h/6f0b04c8b3036b52/dog.jpg",
                                           "http://h/7f0b04c8b3036b53/bird.jpg"};
    static const char *const pages[] = {"http://h/p?id=5f0b04c8", "http://h/p?id=6a1c15d9",
                                        "http://h/p?id=8c3e37f1"};
    struct watch watch;
    watch_init(&watch, &detector_url_token);
    for (int i = 0; i < 3; i++) {
        watch_page(&watch, pages[i], 1, 0, text_of(same));
        watch_link(&watch, LINK_REQUISITE, pictures[i]);
        watch_end(&watch);
    }
    watch_expects(rule_of(&watch, LINK_PAGE, "http://h/p?id=9d4f4802"), NULL);
    watch_release(&watch);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("url_token");
    TCase *tests = tcase_create("url_token");
    tcase_add_test(tests, after_three_equal_pages_a_fourth_is_not_requested);
    tcase_add_test(tests, tokens_in_paths_are_long_and_hexadecimal);
    tcase_add_test(tests, pages_that_show_something_else_are_requested);
    tcase_add_test(tests, a_pictures_name_tells_pages_apart);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
