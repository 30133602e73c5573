/*
 * Anchors that are remembered from page to page. The same bytes mean another link on another host,
 * under another base, inside a pager, in another encoding, and on the page that they name.
 * collect() extracts each page without a cache and with one that all pages of a test share. The
 * links have to be the same.
 */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "collect.h"

static const struct page {
    const char *base, *bytes;
} pages[] = {
    {"http://h/", "<a href=\"/x?q=7\">Seven</a>"},
    {"http://g/", "<a href=\"/x?q=7\">Seven</a>"},
    {"https://h/", "<a href=\"/x?q=7\">Seven</a>"},
    {"http://h/", "<base href=http://b/><a href=\"/x?q=7\">Seven</a>"},
    {"http://h/", "<a href=\"/x?q=7\">Seven</a><base href=http://b/><a href=\"/x?q=7\">Seven</a>"},
    {"http://h/", "<a href=\"/list/2\">2</a><div class=pagination><a href=\"/list/2\">2</a></div>"},
    {"http://h/", "<div class=archive><a href=\"/list/2\">2</a></div>"},
    {"http://h/", "<div class=pagination><a href=\"http://h/list/2\">On beans</a></div>"},
    {"http://h/list/2", "<div class=pagination><a href=\"http://h/list/2\">On beans</a></div>"},
    {"http://g/", "<div class=pagination><a href=\"http://h/list/2\">On beans</a></div>"},
    {"http://h/", "<meta charset=windows-1252><a href=\"/?q=&eacute;\">e</a>"},
    {"http://h/", "<meta charset=utf-8><a href=\"/?q=&eacute;\">e</a>"},
    {"http://h/", "<a href=\"/a\">one</a><noscript><a href=\"/a\">one</a></noscript>"},
    {"http://h/", "<template><a href=\"/a\">one</a></template><a href=\"/a\">one</a>"},
    {"http://h/", "<a href=\"/a>one</a>\"<a href=\"/b\">two</a>"},
    {"http://h/",
     "<script><a href=\"/a\">one</a></script><a href=\"/a\" style=\"background:url(/s)\">one</a>"},
    {"http://h/", "<a href=\"/a\" style=\"background:url(/s)\">one</a>"},
    {"http://h/", "<a href=\"/a\" data-bg=\"/d\">one</a><a href=\"/a\">one"},
    {"http://h/", "<a href=\"/bean\" data-photo=\"/bean.jpg\">Bean</a>"},
    {"http://h/", "<a href=\"/pea\" data-href=\"/o?updated-max=2020-01-01T00:00:00\">Pea</a>"},
    {"http://h/", "<a href=\"/leek\" data-items='[{\"src\":\"/leek.jpg\"}]'>Leek</a>"},
    {"http://h/", "<a href=\"/kale\" x=\"<img src=/kale.jpg>\">Kale</a>"},
    {"http://h/", "<a href=\"/chard\" data-photo=\"none\">Chard</a>"},
    {"http://h/", "<a href=\"/next\"><img alt=\"</a>\" src=\"/i\">Older</a><a class=next "
                  "href=\"/next\">Older posts</a>"},
    {"http://h/", "<a href=\"?updated-max=2020\">Older</a>"},
    {"http://h/b/", "<a href=\"?updated-max=2020\">Older</a>"},
    {"http://h/", "<a href=\"/2021/06/\">June</a> <span>(27)</span>"},
    {"http://h/", "<a href=\"/2021/06/\">June</a> <span>(28)</span>"},
    {"http://h/", "<a href=\"/2021/06/\">June</a>"},
    {"http://h/", "<a href=\"/2021/06/\">June</a>, says my aunt (65)"},
    {"http://h/about/",
     "<a href=\"/page/2/\">...</a> <a href=\"/\">Newest</a> <a href=\"/2021/06/\">Newer</a>"},
    {"http://h/", "<a href=\"/page/2/\">...</a>"},
    {"http://h/page/2/", "<a href=\"/\">Newest</a>"},
    {"http://h/2021/06/page/2/", "<a href=\"/2021/06/\">Newer</a>"},
    {"http://h/about/", "<a href=\"/list.html\">First</a> <a href=\"/list/\">First</a> <a "
                        "href=\"/list/index.html\">First</a>"},
    {"http://h/list-2.html", "<a href=\"/list.html\">First</a> <a href=\"/list/\">First</a>"},
    {"http://h/list/2.html",
     "<a href=\"/list.html\">First</a> <a href=\"/list/index.html\">First</a>"},
    {"http://h/", "<div class=pager><a href=\"/a\">one</a></div><div><a href=\"/b\">2</a></div>"},
    {"http://h/list?limit=9&offset=9",
     "<a href=\"/list?limit=9&offset=0\">9</a><a href=\"/list?limit=5&offset=0\">5</a>"},
    {"http://h/list?limit=5&offset=5",
     "<a href=\"/list?limit=9&offset=0\">9</a><a href=\"/list?limit=5&offset=0\">5</a>"},
    {"http://h/shop?a=1&b=2", "<a href=\"/shop?a=1&b=2&c=3\">c</a>"},
    {"http://h/shop", "<a href=\"/shop?a=1&b=2&c=3\">c</a>"},
    {"http://h/a/b", "<a href=\"/like?next=/a/b\">Like</a><a href=\"/note?do=index\">Index</a>"},
    {"http://h/", "<a href=\"/like?next=/a/b\">Like</a><a href=\"/note?do=index\">Index</a>"},
};

enum { PAGES = sizeof pages / sizeof *pages };

static void visit(const struct page *page)
{
    struct buf bytes, lines;
    buf_init(&bytes, 1 << 16);
    buf_init(&lines, 1 << 16);
    buf_add(&bytes, page->bytes);
    collect(MEDIA_HTML, page->base, TEXT(""), buf_text(&bytes), &lines);
    buf_release(&bytes);
    buf_release(&lines);
}

START_TEST(pages_in_turn)
{
    for (int i = 0; i < PAGES; i++)
        visit(&pages[i]);
}
END_TEST

/* Each two pages, one right after the other. */
START_TEST(pages_in_pairs)
{
    for (int i = 0; i < PAGES; i++)
        for (int j = 0; j < PAGES; j++) {
            visit(&pages[i]);
            visit(&pages[j]);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of anchors");
    TCase *memory = tcase_create("memory");
    tcase_add_test(memory, pages_in_turn);
    tcase_add_test(memory, pages_in_pairs);
    suite_add_tcase(suite, memory);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
