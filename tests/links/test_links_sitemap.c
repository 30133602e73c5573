/* Sitemaps, the sitemaps that robots.txt names, HTTP heads, scripts and manifests. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"
#include "web/media_type.h"

static void expect(const char *sitemap, const char *lines)
{
    collect_expects(MEDIA_SITEMAP, "http://h/sitemap.xml", sitemap, lines);
}

START_TEST(a_list_of_pages_is_read)
{
    expect("<?xml version='1.0' encoding='UTF-8'?><urlset "
           "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
           "<url><loc> http://h/a?x=1&amp;y=2\n</loc><lastmod>2021-01-01</lastmod></url>"
           "<url><loc><![CDATA[http://h/b]]></loc></url></urlset>",
           "page certain http://h/a?x=1&y=2 loc (2021-01-01T00:00:00.000Z)\npage certain "
           "http://h/b loc\n");
}
END_TEST

START_TEST(dates_are_those_of_their_own_entry)
{
    expect("<urlset><url><lastmod>2021-02-03T04:05:06+01:00</lastmod><loc>http://h/a</loc></url>"
           "<url><loc>http://h/b</loc></url><url><loc>http://h/c</loc><x:lastmod>2021-02</"
           "x:lastmod></url>"
           "<url><loc>http://h/d</loc><lastmod>yesterday</lastmod></url></urlset>",
           "page certain http://h/a loc (2021-02-03T03:05:06.000Z)\npage certain http://h/b loc\n"
           "page certain http://h/c loc (2021-02-01T00:00:00.000Z)\npage certain http://h/d loc\n");
    expect("<sitemapindex><sitemap><loc>http://h/s.xml</loc><lastmod>2021-01-02T03:04Z</lastmod></"
           "sitemap></sitemapindex>",
           "sitemap certain http://h/s.xml loc (2021-01-02T03:04:00.000Z)\n");
}
END_TEST

START_TEST(an_index_names_sitemaps)
{
    expect("<sitemapindex><sitemap><loc>http://h/sitemap.xml?page=1</loc></sitemap>"
           "<sitemap><loc>http://h/s2.xml.gz</loc></sitemap></sitemapindex>",
           "sitemap certain http://h/sitemap.xml?page=1 loc\nsitemap certain http://h/s2.xml.gz "
           "loc\n");
}
END_TEST

START_TEST(an_entry_may_lack_its_loc)
{
    expect("<sitemapindex><sitemap>http://h/s1.xml</sitemap><sitemap> https://h/s2.xml\n</sitemap>"
           "<loc>http://h/s3.xml</loc></sitemapindex>",
           "sitemap certain http://h/s1.xml sitemap\nsitemap certain https://h/s2.xml sitemap\n"
           "sitemap certain http://h/s3.xml loc\n");
    expect("<urlset><url>http://h/a</url><url>no address</url></urlset>",
           "page certain http://h/a loc\n");
}
END_TEST

START_TEST(warnings_may_come_before_a_sitemap)
{
    const char *const bodies[] = {"<br />\n<b>Deprecated</b>: x in y.php on line 9<br />\n<?xml "
                                  "version='1.0'?><urlset></urlset>",
                                  "Warning: x in y.php\n<sitemapindex></sitemapindex>"};
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(media_kind_of(TEXT("application/xml"), TEXT("/s"), text_of(bodies[i])),
                         MEDIA_SITEMAP);
        ck_assert_int_eq(media_kind_of(TEXT("text/html"), TEXT("/robots.txt"),
                                       TEXT("Sitemap: /s\n")),
                         MEDIA_ROBOTS);
        ck_assert_int_eq(media_kind_of(TEXT("text/html"), TEXT("/robots.txt"), TEXT("<p>Gone")),
                         MEDIA_HTML);
        ck_assert_int_eq(media_kind_of(TEXT("text/html"), TEXT("/s"), text_of(bodies[i])),
                         MEDIA_SITEMAP);
    }
    ck_assert_int_eq(media_kind_of(TEXT("text/html"), TEXT("/s"),
                                   TEXT("<p>A map begins with &lt;urlset&gt;")),
                     MEDIA_HTML);
}
END_TEST

START_TEST(a_space_before_the_colon_does_not_matter)
{
    collect_expects(MEDIA_ROBOTS, "http://h/robots.txt",
                    "Sitemap : http://h/a.xml # here\nSITEMAP:http://h/b.xml\nSitemaps: "
                    "http://h/c.xml\nsitemap http://h/d.xml\n",
                    "sitemap certain http://h/a.xml Sitemap\nsitemap certain http://h/b.xml "
                    "Sitemap\n");
}
END_TEST

START_TEST(prefixes_of_names_do_not_matter)
{
    expect("<ns:urlset xmlns:ns='x'><ns:url><ns:loc>http://h/a</ns:loc></ns:url></ns:urlset>",
           "page certain http://h/a loc\n");
}
END_TEST

static void count_page(void *context, const struct link *link)
{
    *(int *)context += link->class == LINK_PAGE;
}

START_TEST(any_number_of_pictures_leaves_room_for_every_page)
{
    enum { PAGES = 20000, PICTURES = 8 };
    struct buf map;
    struct url url;
    int pages = 0;
    buf_init(&map, 64 << 20);
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, TEXT("http://h/sitemap.xml"), NULL, TEXT("")), URL_OK);
    buf_add(&map, "<urlset>");
    for (int page = 0; page < PAGES; page++) {
        buf_printf(&map, "<url><loc>http://h/%d-the-name-of-a-post/</loc>", page);
        for (int picture = 0; picture < PICTURES; picture++)
            buf_printf(&map,
                       "<image:image><image:loc>http://h/uploads/2021/06/picture-%d-%d-scaled.jpg</"
                       "image:loc></image:image>",
                       page, picture);
        buf_add(&map, "</url>");
    }
    buf_add(&map, "<url><loc>http://h/0-the-name-of-a-post/</loc></url></urlset>");
    const struct links_source source = {.kind = MEDIA_SITEMAP,
                                        .url = &url,
                                        .bytes = buf_text(&map)};
    ck_assert(collect_each(&source, count_page, &pages));
    ck_assert_int_eq(pages, PAGES);
    buf_release(&map);
    url_release(&url);
}
END_TEST

static void count_link(void *context, const struct link *link)
{
    (void)link;
    ++*(int *)context;
}

START_TEST(too_many_links_on_a_page_are_reported)
{
    enum { LINKS = 400000 };
    struct buf page;
    struct url url;
    int links = 0;
    enum body_error error = BODY_SOUND;
    buf_init(&page, 64 << 20);
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, TEXT("http://h/"), NULL, TEXT("")), URL_OK);
    for (int i = 0; i < LINKS; i++)
        buf_printf(&page, "<a href=%d>x</a>", i);
    struct links_source source = {.kind = MEDIA_HTML, .url = &url, .error = &error};
    source.bytes = text_first(buf_text(&page), page.length / 4);
    ck_assert(collect_each(&source, count_link, &links));
    ck_assert_int_eq(error, BODY_SOUND);
    source.bytes = buf_text(&page);
    links = 0;
    ck_assert(collect_each(&source, count_link, &links));
    ck_assert_int_eq(error, BODY_TOO_LONG);
    ck_assert_int_gt(links, LINKS / 4);
    buf_release(&page);
    url_release(&url);
}
END_TEST

START_TEST(images_and_videos_are_read)
{
    expect("<urlset><url><loc>http://h/a</loc><image:image><image:loc>http://h/i.png</image:loc></"
           "image:image>"
           "<video:video><video:thumbnail_loc>http://h/t.jpg</video:thumbnail_loc>"
           "<video:content_loc>http://h/v.mp4</video:content_loc></video:video>"
           "<xhtml:link rel='alternate' hreflang='de' href='http://h/de/a'/></url></urlset>",
           "page certain http://h/a loc\nrequisite possible http://h/i.png image:loc\n"
           "requisite possible http://h/t.jpg image:loc\nmedia certain http://h/v.mp4 "
           "video:content_loc\n"
           "page possible http://h/de/a link@href\n");
}
END_TEST

START_TEST(a_text_list_is_read)
{
    expect("http://h/a\r\nhttps://h/b\nnot one\n\nhttp://h/c",
           "page certain http://h/a line\npage certain https://h/b line\npage certain http://h/c "
           "line\n");
    expect("\xef\xbb\xbfhttp://h/a\n", "page certain http://h/a line\n");
}
END_TEST

START_TEST(entities_are_not_expanded)
{
    expect("<!DOCTYPE x [<!ENTITY a 'http://h/b'>]><urlset><url><loc>&a;</loc></url></urlset>",
           "page certain http://h/&a; loc\n");
}
END_TEST

START_TEST(robots_txt_names_sitemaps)
{
    collect_expects(
        MEDIA_ROBOTS, "http://h/robots.txt",
        "User-agent: *\nDisallow: /\nSitemap: http://h/sitemap.xml\nsitemap:https://i/s.xml\n",
        "sitemap certain http://h/sitemap.xml Sitemap\nsitemap certain https://i/s.xml Sitemap\n");
}
END_TEST

START_TEST(heads_name_links)
{
    struct buf lines;
    buf_init(&lines, 4096);
    collect_with_head(MEDIA_OTHER, "http://h/blog/",
                      "HTTP/1.1 200 OK\r\n"
                      "Link: <style.css>; rel=preload; as=style, </page/2,3/>; rel=\"next\"\r\n"
                      "Link: <https://api.w.org/>; rel=\"https://api.w.org/\"\r\n"
                      "Content-Location: index.html\r\nRefresh: 5; url=/later\r\n\r\n",
                      TEXT(""), &lines);
    ck_assert_ptr_nonnull(strstr(lines.data, "requisite certain http://h/blog/style.css "));
    ck_assert_ptr_nonnull(strstr(lines.data, "pager certain http://h/page/2,3/ "));
    ck_assert_ptr_nonnull(strstr(lines.data, "page possible http://h/blog/index.html "));
    ck_assert_ptr_nonnull(strstr(lines.data, "page certain http://h/later "));
    ck_assert_ptr_null(strstr(lines.data, "api.w.org"));
    buf_clear(&lines);
    collect_with_head(MEDIA_OTHER, "http://h/a", "HTTP/1.1 301 Moved\r\nLocation: //i/b#c\r\n\r\n",
                      TEXT(""), &lines);
    ck_assert_str_eq(lines.data, "page certain http://i/b Location\n");
    buf_release(&lines);
}
END_TEST

START_TEST(relations_in_heads_are_read_as_in_pages)
{
    struct buf lines;
    buf_init(&lines, 4096);
    collect_with_head(MEDIA_OTHER, "http://h/blog/",
                      "HTTP/1.1 200 OK\r\n"
                      "Link: </a>; rel=canonical, </f>; type=\"application/atom+xml\"; "
                      "rel=alternate, </s.xml>; rel=\"sitemap\"\r\n"
                      "Link: </b>; rel=next; anchor=\"/other\", </c>; rel=describedby, </d>; "
                      "title=\"a;b,c\"; rel=\"up bookmark\"\r\n"
                      "Link: <//i>; rel=preconnect\r\nRefresh: 0;url=\"/r\"\r\n\r\n",
                      TEXT(""), &lines);
    ck_assert_str_eq(lines.data, "page certain http://h/a Link\nfeed certain http://h/f "
                                 "Link\nsitemap certain http://h/s.xml Link\n"
                                 "page certain http://h/d Link\npage certain http://h/r Refresh\n");
    buf_release(&lines);
}
END_TEST

START_TEST(titles_that_blogger_lists_are_pages)
{
    const char *result =
        "try {\n_WidgetManager._HandleControllerResult('BlogArchive1', 'getTitles',{'path': "
        "'http://h/2021/05/',"
        "'posts': [{'title': 'It\\'s \\x27url\\x27: \\'x', 'url': 'http://h/2021/05/a.html'},\n"
        "{'title': 'url', 'url' : 'http:\\/\\/h\\/2021\\/05\\/b.html?x\\x3d1'}]});\n} catch (e) {}";
    collect_expects(MEDIA_JAVASCRIPT,
                    "http://h/?action=getTitles&widgetId=BlogArchive1&widgetType=BlogArchive",
                    result,
                    "page certain http://h/2021/05/a.html getTitles\npage certain "
                    "http://h/2021/05/b.html?x=1 getTitles\n");
    collect_expects(MEDIA_JAVASCRIPT, "http://h/?action=other", result, "");
    collect_expects(MEDIA_JAVASCRIPT, "http://h/?action=getTitles", "'posts': [{'title': 'cut", "");
}
END_TEST

START_TEST(what_a_document_says_of_its_encoding_counts)
{
    collect_expects(
        MEDIA_SITEMAP, "http://h/",
        "<?xml version='1.0' encoding='windows-1251'?><urlset><loc>http://h/\xe9</loc></urlset>",
        "page certain http://h/%D0%B9 loc\n");
    collect_expects(MEDIA_HTML, "http://h/",
                    "<?xml version='1.0' encoding='windows-1251'?><html><a href='/\xe9'>",
                    "page certain http://h/%D0%B9 a@href\n");
    collect_expects(MEDIA_HTML, "http://h/", "<!-- <meta charset=windows-1251> --><a href='/\xe9'>",
                    "page certain http://h/%C3%A9 a@href\n");
    collect_expects(MEDIA_CSS, "http://h/", "@charset \"utf-16\";a{b:url(\xc3\xa9)}",
                    "requisite certain http://h/%C3%A9 css url()\n");
}
END_TEST

START_TEST(lines_end_in_any_way)
{
    expect("http://h/a\rhttp://h/b\r\nhttp://h/c\n",
           "page certain http://h/a line\npage certain http://h/b line\npage certain http://h/c "
           "line\n");
    collect_expects(MEDIA_ROBOTS, "http://h/robots.txt",
                    "Sitemap: /a # one\rSitemap:/b\r\n#Sitemap: /c\nSitemap: #\n",
                    "sitemap certain http://h/a Sitemap\nsitemap certain http://h/b Sitemap\n");
    expect("<urlset><url><loc>http://h/a</loc><video:player_loc>http://h/p</video:player_loc></"
           "url></urlset>",
           "page certain http://h/a loc\npage possible http://h/p video:player_loc\n");
}
END_TEST

START_TEST(scripts_give_whole_urls_only)
{
    collect_expects(MEDIA_JAVASCRIPT, "http://h/a.js",
                    "var a='https://c.example/x.js', b=\"//d.example/y.css\"; "
                    "e.src='https://f.example/'+n+'.js';\n"
                    "g='https://k.example/z.png?'+t; m='page.html'; s='https://n.example/api';",
                    "requisite possible https://c.example/x.js script\nrequisite possible "
                    "http://d.example/y.css script\n");
    collect_expects(MEDIA_JSON, "http://h/a.json",
                    "{\"u\":\"https:\\/\\/c.example\\/x.png?a=1\\u0026b=2\"}",
                    "requisite possible https://c.example/x.png?a=1&b=2 json\n");
}
END_TEST

START_TEST(manifests_name_pictures_and_start_urls)
{
    collect_expects(
        MEDIA_MANIFEST, "http://h/m/site.webmanifest",
        "{\"start_url\":\"..\\/"
        "?pwa\",\"screenshots\":[{\"src\":\"s.png\"}],\"related_applications\":[{\"url\":\"http://"
        "store/\"}],"
        "\"shortcuts\":[{\"name\":\"src\",\"url\":\"/new\",\"icons\":[{\"src\":\"n.png\"}]}]}",
        "page possible http://h/?pwa manifest@start_url\nrequisite certain http://h/m/s.png "
        "manifest@src\n"
        "page possible http://h/new manifest@url\nrequisite certain http://h/m/n.png "
        "manifest@src\n");
}
END_TEST

START_TEST(manifests_name_icons)
{
    collect_expects(
        MEDIA_MANIFEST, "http://h/m/site.webmanifest",
        "{\"icons\":[{\"src\":\"/i192.png\",\"sizes\":\"192x192\"},{ \"src\" : \"i512.png\" }]}",
        "requisite certain http://h/i192.png manifest@src\nrequisite certain http://h/m/i512.png "
        "manifest@src\n");
}
END_TEST

static const struct {
    enum media_kind kind;
    const char *piece;
} hostile[] = {
    {MEDIA_SITEMAP, "<loc>"},
    {MEDIA_SITEMAP, "<![CDATA["},
    {MEDIA_SITEMAP, "http\n"},
    {MEDIA_SITEMAP, "<loc>h</loc>"},
    {MEDIA_ROBOTS, "Sitemap:"},
    {MEDIA_ROBOTS, "Sitemap:a\n"},
    {MEDIA_JAVASCRIPT, "'"},
    {MEDIA_JAVASCRIPT, "\"//"},
    {MEDIA_JAVASCRIPT, "'a\""},
    {MEDIA_JAVASCRIPT, "'https:\\/\\/"},
    {MEDIA_JSON, "\"\\u00"},
    {MEDIA_MANIFEST, "\"src\""},
    {MEDIA_MANIFEST, "\"src\":"},
    {MEDIA_MANIFEST, "\"src\":\""},
    {MEDIA_MANIFEST, "{\"src\":\"a\","},
    {MEDIA_JSON, "{\"url\":\""},
    {MEDIA_JSON, "\"@context\":{\"url\":\"a\","},
    {MEDIA_JAVASCRIPT, "'/"},
    {MEDIA_JAVASCRIPT, "\\\"/"},
    {MEDIA_ROBOTS, "\r"},
};

START_TEST(hostile_bytes_take_linear_time)
{
    struct buf bytes;
    const char *piece = hostile[_i].piece;
    buf_init(&bytes, HOSTILE_BYTES + 64);
    hostile_repeat(&bytes, piece, HOSTILE_BYTES / strlen(piece));
    collect_count(hostile[_i].kind, "http://h/", buf_text(&bytes));
    buf_release(&bytes);
}
END_TEST

START_TEST(a_gzipped_sitemap_is_decompressed_whatever_its_type)
{
    static const char sitemap[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xb3\x29\x2d\xca\x29\x4e"
                                  "\x2d\xb1\xb3\x01\xd2\x76\x36\x39\xf9\xc9\x76\x19"
                                  "\x25\x25\x05\x56\xfa\xfa\x19\xfa\x89\x36\xfa\x20\xbe\x8d\x3e\x58"
                                  "\x4a\x1f\xaa\x10\x00\xc6\xbf\x90\x17\x31\x00\x00"
                                  "\x00";
    static const char feed[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xb3\x29\x2a\x2e\xb6\xb3"
                               "\x49\xce\x48\xcc\xcb\x4b\xcd\xb1\xb3\xc9\x2c\x49"
                               "\xcd\xb5\xb3\xc9\xc9\xcc\xcb\xb6\xcb\x28\x29\x29\xb0\xd2\xd7\xcf"
                               "\xd0\x2f\xb0\xd1\x07\x0b\xd8\xe8\x43\x64\xf5\xe1"
                               "\xaa\xf5\x41\x9a\x01\x2c\xd2\x59\x6e\x42\x00\x00\x00";
    static const char *const types[] = {"application/x-gzip",       "application/gzip",
                                        "application/octet-stream", "text/xml",
                                        "application/xml",          ""};
    struct text packed = {sitemap, sizeof sitemap - 1}, packed_feed = {feed, sizeof feed - 1};
    struct buf lines;
    buf_init(&lines, 4096);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        enum media_kind kind = media_kind_of(text_of(types[i]), TEXT("/sitemap.xml.gz"), packed);
        ck_assert_int_eq(kind, MEDIA_SITEMAP);
        buf_clear(&lines);
        collect(kind, "http://h/sitemap.xml.gz", TEXT(""), packed, &lines);
        ck_assert_str_eq(lines.data, "page certain http://h/a loc\n");
    }
    buf_clear(&lines);
    collect(MEDIA_SITEMAP, "http://h/sitemap.xml.gz", TEXT(""), packed_feed, &lines);
    ck_assert_str_eq(lines.data, "page certain http://h/p link\n");
    buf_clear(&lines);
    buf_add(&lines, "");
    collect(MEDIA_SITEMAP, "http://h/sitemap.xml.gz", TEXT(""), text_first(packed, 12), &lines);
    ck_assert_str_eq(lines.data, "");
    ck_assert_int_eq(media_kind_of(TEXT("application/gzip"), TEXT("/release.tar.gz"), packed),
                     MEDIA_OTHER);
    buf_release(&lines);
    /* A sitemap that can't be decompressed to its end is reported. */
    struct url url;
    enum body_error error = BODY_SOUND;
    int pages = 0;
    struct links_source source = {
        .kind = MEDIA_SITEMAP, .url = &url, .bytes = packed, .error = &error};
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, TEXT("http://h/sitemap.xml.gz"), NULL, TEXT("")), URL_OK);
    ck_assert(collect_each(&source, count_page, &pages));
    ck_assert_int_eq(error, BODY_SOUND);
    source.bytes = text_first(packed, packed.length - 4);
    ck_assert(collect_each(&source, count_page, &pages));
    ck_assert_int_eq(error, BODY_ENDS_EARLY);
    ck_assert_int_eq(pages, 2);
    url_release(&url);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("links of sitemaps, heads and scripts");
    TCase *standard = tcase_create("standard");
    tcase_add_test(standard, a_list_of_pages_is_read);
    tcase_add_test(standard, an_index_names_sitemaps);
    tcase_add_test(standard, dates_are_those_of_their_own_entry);
    tcase_add_test(standard, prefixes_of_names_do_not_matter);
    tcase_add_test(standard, an_entry_may_lack_its_loc);
    tcase_add_test(standard, warnings_may_come_before_a_sitemap);
    tcase_add_test(standard, a_space_before_the_colon_does_not_matter);
    tcase_add_test(standard, any_number_of_pictures_leaves_room_for_every_page);
    tcase_add_test(standard, too_many_links_on_a_page_are_reported);
    tcase_add_test(standard, images_and_videos_are_read);
    tcase_add_test(standard, a_text_list_is_read);
    tcase_add_test(standard, entities_are_not_expanded);
    tcase_add_test(standard, robots_txt_names_sitemaps);
    tcase_add_test(standard, heads_name_links);
    tcase_add_test(standard, scripts_give_whole_urls_only);
    tcase_add_test(standard, relations_in_heads_are_read_as_in_pages);
    tcase_add_test(standard, titles_that_blogger_lists_are_pages);
    tcase_add_test(standard, what_a_document_says_of_its_encoding_counts);
    tcase_add_test(standard, lines_end_in_any_way);
    tcase_add_test(standard, manifests_name_pictures_and_start_urls);
    tcase_add_test(standard, manifests_name_icons);
    tcase_add_loop_test(standard, hostile_bytes_take_linear_time, 0,
                        sizeof hostile / sizeof *hostile);
    tcase_set_timeout(standard, HOSTILE_SECONDS);
    tcase_add_test(standard, a_gzipped_sitemap_is_decompressed_whatever_its_type);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
