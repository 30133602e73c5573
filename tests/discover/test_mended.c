/*
 * What once went wrong and was mended, a case each; test_open.c holds what is still to be mended.
 */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"

static const struct defect {
    const char *name;
    enum media_kind kind;
    const char *base, *bytes, *lines;
} defects[] = {
    {"a certain sighting counts though a possible one came first", MEDIA_HTML, "http://h/a",
     "<meta property=og:url content=http://h/><a href=/>Home</a>", "page certain http://h/ "},
    {"a pager is certain when its number comes after another link to it", MEDIA_HTML, "http://h/",
     "<a href='?page=2'>On beans</a><div class=pagination><a href='?page=2'>2</a></div>", "pager certain http://h/?page=2 "},
    {"a link element without rel names no page", MEDIA_HTML, "http://h/", "<link itemprop=url href=http://h/x>", ""},
    {"svg has no raw elements", MEDIA_HTML, "http://h/", "<svg><title><a href=x>t</a></title></svg>", "page certain http://h/x "},
    {"an unknown charset is as good as none", MEDIA_HTML, "http://h/", "<meta charset=bogus><a href='/\xe9'>",
     "page certain http://h/%C3%A9 "},
    {"latin1 means windows-1252", MEDIA_HTML, "http://h/", "<meta charset=latin1><a href='/\x93'>",
     "page certain http://h/%E2%80%9C "},
    {"a page that says utf-16 in ASCII is UTF-8", MEDIA_HTML, "http://h/", "<meta charset=utf-16><a href=/x>", "page certain http://h/x "},
    {"archives of years to come are traps", MEDIA_HTML, "http://h/", "<a href=/2031/05/>May</a>", "trap certain http://h/2031/05/ "},
    {"an event calendar of years to come is a trap", MEDIA_HTML, "http://h/", "<a href=/events/2031-05/>May</a>",
     "trap certain http://h/events/2031-05/ "},
    {"MediaWiki's page of a file is a page", MEDIA_HTML, "http://h/", "<a href=/wiki/File:Knot.png>x</a>",
     "page certain http://h/wiki/File:Knot.png "},
    {"a pager's word inside another word names none", MEDIA_HTML, "http://h/",
     "<div class=placeholder><a href=/list/7>Beans 7</a></div>", "page certain http://h/list/7 "},
};

START_TEST(stays_mended)
{
    const struct defect *defect = &defects[_i];
    struct buf bytes, lines;
    buf_init(&bytes, 1 << 20);
    buf_init(&lines, 1 << 20);
    buf_add(&lines, "");
    buf_add(&bytes, defect->bytes);
    collect(defect->kind, defect->base, TEXT(""), buf_text(&bytes), &lines);
    bool as_wanted = defect->lines[0] ? text_starts(buf_text(&lines), text_of(defect->lines)) : lines.length == 0;
    ck_assert_msg(as_wanted, "%s: not \"%s\" but \"%s\"", defect->name, defect->lines, lines.data);
    buf_release(&bytes);
    buf_release(&lines);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mended defects");
    TCase *open = tcase_create("mended");
    tcase_add_loop_test(open, stays_mended, 0, sizeof defects / sizeof *defects);
    suite_add_tcase(suite, open);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
