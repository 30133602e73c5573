/*
 * Bugs that were fixed, one case each.
 */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"

static const struct defect {
    const char *name;
    enum media_kind kind;
    const char *base, *bytes /* NULL: a tag of 140 attributes */, *lines;
} defects[] = {
    {"a certain sighting counts though a possible one came first", MEDIA_HTML, "http://h/a",
     "<meta property=og:url content=http://h/><a href=/>Home</a>", "page certain http://h/ "},
    {"a pager is certain when its number comes after another link to it", MEDIA_HTML, "http://h/",
     "<a href='?page=2'>On beans</a><div class=pagination><a href='?page=2'>2</a></div>",
     "pager certain http://h/?page=2 "},
    {"a link element without rel names no page", MEDIA_HTML, "http://h/",
     "<link itemprop=url href=http://h/x>", ""},
    {"svg has no raw elements", MEDIA_HTML, "http://h/",
     "<svg><title><a href=x>t</a></title></svg>", "page certain http://h/x "},
    {"an unknown charset is as good as none", MEDIA_HTML, "http://h/",
     "<meta charset=bogus><a href='/\xe9'>", "page certain http://h/%C3%A9 "},
    {"latin1 means windows-1252", MEDIA_HTML, "http://h/", "<meta charset=latin1><a href='/\x93'>",
     "page certain http://h/%E2%80%9C "},
    {"a page that says utf-16 in ASCII is UTF-8", MEDIA_HTML, "http://h/",
     "<meta charset=utf-16><a href=/x>", "page certain http://h/x "},
    {"a number is no year to come", MEDIA_HTML, "http://h/", "<a href=/2031/05/>May</a>",
     "page certain http://h/2031/05/ "},
    {"nor in the form of a month", MEDIA_HTML, "http://h/", "<a href=/events/2031-05/>May</a>",
     "page certain http://h/events/2031-05/ "},
    {"MediaWiki's page of a file is a page", MEDIA_HTML, "http://h/",
     "<a href=/wiki/File:Knot.png>x</a>", "page certain http://h/wiki/File:Knot.png "},
    {"a pager's word inside another word names none", MEDIA_HTML, "http://h/",
     "<div class=placeholder><a href=/list/7>Beans 7</a></div>", "page certain http://h/list/7 "},
    {"an itemprop thumbnail is a picture", MEDIA_HTML, "http://h/",
     "<link itemprop=thumbnailUrl href=/y.png>", "requisite possible http://h/y.png "},
    {"itemprop=image of a meta element is a picture", MEDIA_HTML, "http://h/",
     "<meta itemprop=image content=/i.png>", "requisite possible http://h/i.png "},
    {"an svg pattern and a fill name files", MEDIA_HTML, "http://h/",
     "<svg><rect fill='url(x.svg#y)'/></svg>", "requisite certain http://h/x.svg "},
    {"an object of text/html is a document", MEDIA_HTML, "http://h/",
     "<object type=text/html data=x.html></object>",
     "requisite certain http://h/x.html object@data document\n"},
    {"codebase is the base of data", MEDIA_HTML, "http://h/",
     "<object codebase=/c/ data=x.swf></object>", "requisite certain http://h/c/x.swf "},
    {"a flash movie is named by param", MEDIA_HTML, "http://h/",
     "<object><param name=movie value=m.swf></object>", "requisite certain http://h/m.swf "},
    {"data-bg may say url()", MEDIA_HTML, "http://h/", "<div data-bg='url(/x.png)'></div>",
     "requisite certain http://h/x.png "},
    {"a refresh ends at its quote", MEDIA_HTML, "http://h/",
     "<meta http-equiv=refresh content=\"1; URL='/b'x\">", "page certain http://h/b "},
    {"a tag of 140 attributes keeps its href", MEDIA_HTML, "http://h/", NULL,
     "page certain http://h/x "},
    {"a feed's XML declaration names its encoding", MEDIA_FEED, "http://h/",
     "<?xml version=\"1.0\" "
     "encoding=\"windows-1251\"?><rss><item><link>http://h/\xe9</link></item></rss>",
     "page certain http://h/%D0%B9 "},
    {"a sheet's @charset names its encoding", MEDIA_CSS, "http://h/",
     "@charset \"windows-1251\";a{b:url(\xe9.png)}", "requisite certain http://h/%D0%B9.png "},
    {"Blogger's mobile twin is a trap", MEDIA_HTML, "http://h/",
     "<meta name=generator content=blogger><a href='/?m=1'>x</a>", "trap certain http://h/?m=1 "},
    {"a reblog form is a trap", MEDIA_HTML, "http://h/",
     "<a href='https://www.tumblr.com/reblog/1/a'>x</a>",
     "trap certain https://www.tumblr.com/reblog/1/a "},
    {"Tumblr's pixel is a trap", MEDIA_HTML, "http://h/",
     "<img src='https://px.srvcs.tumblr.com/impixu?T=1'>",
     "trap certain https://px.srvcs.tumblr.com/impixu?T=1 "},
    {"xml:base is the base of a feed", MEDIA_FEED, "http://h/",
     "<feed xml:base='http://i/d/'><entry><link href='x'/></entry></feed>",
     "page certain http://i/d/x "},
    {"an RSS image is a picture", MEDIA_FEED, "http://h/",
     "<rss><image><url>http://h/i.png</url></image></rss>", "requisite certain http://h/i.png "},
    {"a JSON feed's strings are unescaped", MEDIA_FEED, "http://h/",
     "{\"items\":[{\"url\":\"http:\\/\\/h\\/1\"}]}", "page certain http://h/1 "},
    {"a JSON feed's bodies are read", MEDIA_FEED, "http://h/",
     "{\"items\":[{\"content_html\":\"<img src=\\\"/i.png\\\">\"}]}",
     "requisite certain http://h/i.png "},
    {"lines of a sitemap may end in CR", MEDIA_SITEMAP, "http://h/", "http://h/a\rhttp://h/b\r",
     "page certain http://h/a "},
    {"lines of robots.txt may end in CR", MEDIA_ROBOTS, "http://h/robots.txt",
     "Sitemap: http://h/a\rSitemap: http://h/b\r", "sitemap certain http://h/a "},
    {"a comment behind a sitemap line is none of it", MEDIA_ROBOTS, "http://h/robots.txt",
     "Sitemap: http://h/b # c\n", "sitemap certain http://h/b "},
};

START_TEST(fixed_bugs_stay_fixed)
{
    const struct defect *defect = &defects[_i];
    struct buf bytes, lines;
    buf_init(&bytes, 1 << 20);
    buf_init(&lines, 1 << 20);
    buf_add(&lines, "");
    if (defect->bytes) {
        buf_add(&bytes, defect->bytes);
    } else {
        buf_add(&bytes, "<a ");
        for (int i = 0; i < 140; i++)
            buf_printf(&bytes, "a%d=1 ", i);
        buf_add(&bytes, "href=/x>");
    }
    collect(defect->kind, defect->base, TEXT(""), buf_text(&bytes), &lines);
    bool as_wanted = defect->lines[0] ? text_starts(buf_text(&lines), text_of(defect->lines))
                                      : lines.length == 0;
    ck_assert_msg(as_wanted, "%s: not \"%s\" but \"%s\"", defect->name, defect->lines, lines.data);
    buf_release(&bytes);
    buf_release(&lines);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mended defects");
    TCase *open = tcase_create("mended");
    tcase_add_loop_test(open, fixed_bugs_stay_fixed, 0, sizeof defects / sizeof *defects);
    suite_add_tcase(suite, open);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
