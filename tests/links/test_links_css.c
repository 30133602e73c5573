/* Style sheets: what a browser would fetch, and nothing that only looks like it. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"

static void expect(const char *css, const char *lines)
{
    collect_expects(MEDIA_CSS, "http://h/css/a.css", css, lines);
}

START_TEST(urls_come_quoted_and_bare)
{
    expect("a{background:url(x.png)}", "requisite certain http://h/css/x.png css url()\n");
    expect("a{background:url( 'x.png' )}", "requisite certain http://h/css/x.png css url()\n");
    expect("a{background:URL(\"/x.png\")}", "requisite certain http://h/x.png css url()\n");
    expect(
        "a{background:url(//i/x.png) no-repeat, url(../y.png)}",
        "requisite certain http://i/x.png css url()\nrequisite certain http://h/y.png css url()\n");
    expect("a{background:url(x(1).png)}b{background:url(y.png)}",
           "requisite certain http://h/css/x(1 css url()\nrequisite certain http://h/css/y.png css "
           "url()\n");
}
END_TEST

START_TEST(imports_come_as_string_and_as_url)
{
    expect("@import 'a.css';", "requisite certain http://h/css/a.css css @import\n");
    expect("@import url(b.css) layer(x) screen;",
           "requisite certain http://h/css/b.css css @import\n");
    expect("@IMPORT \"c.css\" print;a{content:'d.css'}",
           "requisite certain http://h/css/c.css css @import\n");
}
END_TEST

START_TEST(escapes_are_decoded)
{
    expect("a{background:url(a\\28 b\\29 .png)}",
           "requisite certain http://h/css/a(b).png css url()\n");
    expect("a{background:url('a\\\nb.png')}", "requisite certain http://h/css/ab.png css url()\n");
    expect("a{background:url(\\000078.png)}", "requisite certain http://h/css/x.png css url()\n");
    expect("a{background:url('\\e9.png')}",
           "requisite certain http://h/css/%C3%A9.png css url()\n");
}
END_TEST

START_TEST(fonts_and_masks_and_cursors_are_requisites)
{
    expect(
        "@font-face{src:local('No'),url(f.eot?#iefix) format('eot'),url(f.woff2)format('woff2')}",
        "requisite certain http://h/css/f.eot? css url()\nrequisite certain http://h/css/f.woff2 "
        "css url()\n");
    expect("a{mask:url(m.svg#x);cursor:url(c.cur),auto;--v:url(v.png)}",
           "requisite certain http://h/css/m.svg css url()\nrequisite certain http://h/css/c.cur "
           "css url()\n"
           "requisite certain http://h/css/v.png css url()\n");
}
END_TEST

START_TEST(image_sets_contain_bare_strings)
{
    expect("a{background:image-set('a.png' 1x, url(b.png) 2x)}b{content:'c.png'}",
           "requisite certain http://h/css/a.png css url()\nrequisite certain http://h/css/b.png "
           "css url()\n");
    expect("a{background:-webkit-image-set(url(a.png) 1x)}",
           "requisite certain http://h/css/a.png css url()\n");
}
END_TEST

START_TEST(comments_contain_no_links)
{
    expect("/* url(a.png) */a{b:url(c.png)}", "requisite certain http://h/css/c.png css url()\n");
    expect("/* <Variable default=\"url(//www.blogblog.com/1kt/x.png)\"> */", "");
    expect("/* url(a.png)", "");
    expect("/*/url(a.png)*/", "");
}
END_TEST

START_TEST(strings_and_namespaces_are_not_urls)
{
    expect("@namespace svg url(http://www.w3.org/2000/svg);", "");
    expect("a::before{content:'url(x.png)'}", "");
    expect("a{filter:url(#local)}", "");
    expect("a{background:url(data:image/png;base64,AAAA)}", "");
    expect("a{background:url()}b{background:url('')}", "");
    expect("a{behavior:myurl(x.htc)}", "");
}
END_TEST

START_TEST(only_strings_directly_in_image_sets_are_urls)
{
    expect("a{background:image-set('a.avif' type('image/avif') 1x, 'b.png' type(\"image/png\"))}",
           "requisite certain http://h/css/a.avif css url()\nrequisite certain http://h/css/b.png "
           "css url()\n");
    expect("a{background:cross-fade(url(a.png), url('b.png'), 50%)}",
           "requisite certain http://h/css/a.png css url()\nrequisite certain http://h/css/b.png "
           "css url()\n");
    expect("a{background:src('a.png')}b{background:src(var(--x))}",
           "requisite certain http://h/css/a.png css url()\n");
}
END_TEST

START_TEST(old_filters_name_images)
{
    expect("a{filter:progid:DXImageTransform.Microsoft.AlphaImageLoader(src='a.png', "
           "sizingMethod='scale')}",
           "requisite certain http://h/css/a.png css url()\n");
    expect("a{-ms-filter:\"progid:DXImageTransform.Microsoft.AlphaImageLoader(sizingMethod='x',src="
           "'b.png')\"}",
           "requisite certain http://h/css/b.png css url()\n");
    expect("a{behavior:url(#default#VML)}", "");
}
END_TEST

START_TEST(escapes_reach_all_of_unicode)
{
    expect("a{b:url(\\1F600.png)}", "requisite certain http://h/css/%F0%9F%98%80.png css url()\n");
    expect("a\\\"b{c:url(x.png)}", "requisite certain http://h/css/x.png css url()\n");
    expect("@document url(http://i/){a{b:url(x.png)}}@charset 'y.png';",
           "requisite certain http://h/css/x.png css url()\n");
}
END_TEST

START_TEST(each_url_comes_once)
{
    expect("a{b:url(x.png)}c{d:url(x.png)}e{f:url(./x.png#g)}",
           "requisite certain http://h/css/x.png css url()\n");
}
END_TEST

START_TEST(a_truncated_style_sheet_gives_what_it_has)
{
    expect("a{b:url(x.png)", "requisite certain http://h/css/x.png css url()\n");
    expect("a{b:url(x.png);c:url(", "requisite certain http://h/css/x.png css url()\n");
}
END_TEST

static const char *const hostile[] = {"url(",
                                      "/*",
                                      "'",
                                      "@import ",
                                      "image-set(",
                                      "a{",
                                      "\\",
                                      "url(a)",
                                      "\"\n",
                                      "((((",
                                      "@",
                                      "a(",
                                      "AlphaImageLoader(",
                                      "'progid:AlphaImageLoader(",
                                      "url(\\",
                                      "a-"};

START_TEST(hostile_style_sheets_take_linear_time)
{
    struct buf css;
    const char *piece = hostile[_i];
    buf_init(&css, HOSTILE_BYTES + 64);
    hostile_repeat(&css, piece, HOSTILE_BYTES / strlen(piece));
    collect_count(MEDIA_CSS, "http://h/", buf_text(&css));
    buf_release(&css);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("links of style sheets");
    TCase *standard = tcase_create("standard");
    tcase_add_test(standard, urls_come_quoted_and_bare);
    tcase_add_test(standard, imports_come_as_string_and_as_url);
    tcase_add_test(standard, escapes_are_decoded);
    tcase_add_test(standard, fonts_and_masks_and_cursors_are_requisites);
    tcase_add_test(standard, image_sets_contain_bare_strings);
    tcase_add_test(standard, comments_contain_no_links);
    tcase_add_test(standard, strings_and_namespaces_are_not_urls);
    tcase_add_test(standard, only_strings_directly_in_image_sets_are_urls);
    tcase_add_test(standard, old_filters_name_images);
    tcase_add_test(standard, escapes_reach_all_of_unicode);
    tcase_add_test(standard, each_url_comes_once);
    tcase_add_test(standard, a_truncated_style_sheet_gives_what_it_has);
    tcase_add_loop_test(standard, hostile_style_sheets_take_linear_time, 0,
                        sizeof hostile / sizeof *hostile);
    tcase_set_timeout(standard, HOSTILE_SECONDS);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
