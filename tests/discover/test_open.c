/*
 * Known defects: each test says what should be and fails today.  The program stands in XFAIL_TESTS; whoever mends one
 * moves its test to the file of its subject, and the last one takes this file along.
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
    {"an itemprop thumbnail is a picture", MEDIA_HTML, "http://h/", "<link itemprop=thumbnailUrl href=/y.png>",
     "requisite possible http://h/y.png "},
    {"itemprop=image of a meta element is a picture", MEDIA_HTML, "http://h/", "<meta itemprop=image content=/i.png>",
     "requisite possible http://h/i.png "},
    {"an svg pattern and a fill name files", MEDIA_HTML, "http://h/", "<svg><rect fill='url(x.svg#y)'/></svg>",
     "requisite certain http://h/x.svg "},
    {"an object of text/html is a document", MEDIA_HTML, "http://h/", "<object type=text/html data=x.html></object>",
     "requisite certain http://h/x.html object@data document\n"},
    {"codebase is the base of data", MEDIA_HTML, "http://h/", "<object codebase=/c/ data=x.swf></object>",
     "requisite certain http://h/c/x.swf "},
    {"a flash movie is named by param", MEDIA_HTML, "http://h/", "<object><param name=movie value=m.swf></object>",
     "requisite certain http://h/m.swf "},
    {"data-bg may say url()", MEDIA_HTML, "http://h/", "<div data-bg='url(/x.png)'></div>", "requisite certain http://h/x.png "},
    {"a refresh ends at its quote", MEDIA_HTML, "http://h/", "<meta http-equiv=refresh content=\"1; URL='/b'x\">",
     "page certain http://h/b "},
    {"a tag of 140 attributes keeps its href", MEDIA_HTML, "http://h/", NULL, "page certain http://h/x "},
    {"a feed's XML declaration names its encoding", MEDIA_FEED, "http://h/",
     "<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><item><link>http://h/\xe9</link></item></rss>",
     "page certain http://h/%D0%B9 "},
    {"a sheet's @charset names its encoding", MEDIA_CSS, "http://h/", "@charset \"windows-1251\";a{b:url(\xe9.png)}",
     "requisite certain http://h/%D0%B9.png "},
    {"Blogger's mobile twin is a trap", MEDIA_HTML, "http://h/", "<meta name=generator content=blogger><a href='/?m=1'>x</a>",
     "trap certain http://h/?m=1 "},
    {"a reblog form is a trap", MEDIA_HTML, "http://h/", "<a href='https://www.tumblr.com/reblog/1/a'>x</a>",
     "trap certain https://www.tumblr.com/reblog/1/a "},
    {"Tumblr's pixel is a trap", MEDIA_HTML, "http://h/", "<img src='https://px.srvcs.tumblr.com/impixu?T=1'>",
     "trap certain https://px.srvcs.tumblr.com/impixu?T=1 "},
    {"xml:base is the base of a feed", MEDIA_FEED, "http://h/", "<feed xml:base='http://i/d/'><entry><link href='x'/></entry></feed>",
     "page certain http://i/d/x "},
    {"an RSS image is a picture", MEDIA_FEED, "http://h/", "<rss><image><url>http://h/i.png</url></image></rss>",
     "requisite certain http://h/i.png "},
    {"a JSON feed's strings are unescaped", MEDIA_FEED, "http://h/", "{\"items\":[{\"url\":\"http:\\/\\/h\\/1\"}]}",
     "page certain http://h/1 "},
    {"a JSON feed's bodies are read", MEDIA_FEED, "http://h/", "{\"items\":[{\"content_html\":\"<img src=\\\"/i.png\\\">\"}]}",
     "requisite certain http://h/i.png "},
    {"lines of a sitemap may end in CR", MEDIA_SITEMAP, "http://h/", "http://h/a\rhttp://h/b\r", "page certain http://h/a "},
    {"lines of robots.txt may end in CR", MEDIA_ROBOTS, "http://h/robots.txt", "Sitemap: http://h/a\rSitemap: http://h/b\r",
     "sitemap certain http://h/a "},
    {"a comment behind a sitemap line is none of it", MEDIA_ROBOTS, "http://h/robots.txt", "Sitemap: http://h/b # c\n",
     "sitemap certain http://h/b "},
};

START_TEST(defect_is_mended)
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
    bool as_wanted = defect->lines[0] ? text_starts(buf_text(&lines), text_of(defect->lines)) : lines.length == 0;
    ck_assert_msg(as_wanted, "%s: not \"%s\" but \"%s\"", defect->name, defect->lines, lines.data);
    buf_release(&bytes);
    buf_release(&lines);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("open defects");
    TCase *open = tcase_create("open");
    tcase_add_loop_test(open, defect_is_mended, 0, sizeof defects / sizeof *defects);
    suite_add_tcase(suite, open);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
