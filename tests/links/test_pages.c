/* The pages of fixtures/pages, one per platform: exactly the links listed beside them. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "collect.h"
#include "tests/fixture.h"

static const char *const names[] = {"blogger-raw", "wordpress", "hugo",  "hexo",
                                    "ghost",       "mediawiki", "tumblr"};

START_TEST(a_page_gives_what_stands_beside_it)
{
    char path[128];
    struct buf html, links, lines;
    struct text rest, base;
    buf_init(&html, 1 << 20);
    buf_init(&links, 1 << 20);
    buf_init(&lines, 1 << 20);
    snprintf(path, sizeof path, "fixtures/pages/%s.html", names[_i]);
    fixture_read(path, &html);
    snprintf(path, sizeof path, "fixtures/pages/%s.links", names[_i]);
    fixture_read(path, &links);
    rest = buf_text(&links);
    ck_assert(text_split(&rest, '\n', &base) && text_starts(base, TEXT("base ")));
    char *address = text_copy(text_skip(base, 5));
    collect(MEDIA_HTML, address, TEXT(""), buf_text(&html), &lines);
    ck_assert_str_eq(lines.data, rest.at);
    free(address);
    buf_release(&html);
    buf_release(&links);
    buf_release(&lines);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pages");
    TCase *standard = tcase_create("standard");
    tcase_add_loop_test(standard, a_page_gives_what_stands_beside_it, 0,
                        sizeof names / sizeof *names);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
