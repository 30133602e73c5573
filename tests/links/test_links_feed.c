/* RSS, Atom and JSON Feed. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"
#include "web/media_type.h"

static void expect(const char *feed, const char *lines)
{
    collect_expects(MEDIA_FEED, "http://h/feed/", feed, lines);
}

START_TEST(rss_gives_pages_and_enclosures)
{
    expect(
        "<?xml version=\"1.0\"?><rss "
        "version=\"2.0\"><channel><title>T</title><link>http://h/</link>"
        "<item><title>a &lt;a href='/no'></title><link>http://h/1?a=1&amp;b=2</link>"
        "<guid isPermaLink=\"false\">http://h/?p=1</guid>"
        "<enclosure url=\"http://h/a.mp3\" length=\"1\" type=\"audio/mpeg\"/></item>"
        "<item><link><![CDATA[http://h/2]]></link><guid>http://h/two</guid></item></channel></rss>",
        "page certain http://h/ link\npage certain http://h/1?a=1&b=2 link\n"
        "media certain http://h/a.mp3 enclosure@url\npage certain http://h/2 link\npage certain "
        "http://h/two guid\n");
}
END_TEST

START_TEST(atom_gives_links_by_what_they_are)
{
    expect(
        "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='self' "
        "href='http://h/feeds/posts/default'/>"
        "<link rel='http://schemas.google.com/g/2005#post' href='http://h/post'/>"
        "<link rel='hub' href='http://hub/'/><link rel='alternate' href='/'/>"
        "<link rel='next' href='/feeds/posts/default?start-index=26&amp;max-results=25'/>"
        "<entry><id>tag:h,1:2</id><link rel='replies' href='/c'/><link href='/2021/06/a.html'/>"
        "<link rel='enclosure' href='/a.mp4'/></entry></feed>",
        "feed certain http://h/feeds/posts/default link@href\npage certain http://h/ link@href\n"
        "feed certain http://h/feeds/posts/default?start-index=26&max-results=25 link@href\n"
        "page certain http://h/2021/06/a.html link@href\nmedia certain http://h/a.mp4 link@href\n");
}
END_TEST

START_TEST(entries_are_dated_by_their_update)
{
    expect("<feed><updated>2022-01-01T00:00:00Z</updated><entry><published>2020-01-01T00:00:00Z</"
           "published>"
           "<updated>2021-06-05T04:03:02.001-08:00</updated><content>&lt;a "
           "href='/other'&gt;x&lt;/a&gt;</content>"
           "<link href='/a'/></entry><entry><published>2020-01-01T00:00:00Z</published><link "
           "href='/b'/></entry></feed>",
           "page certain http://h/other entry a@href\npage certain http://h/a link@href "
           "(2021-06-05T12:03:02.000Z)\n"
           "page certain http://h/b link@href\n");
}
END_TEST

START_TEST(markup_in_entries_is_read_in_both_spellings)
{
    const char *lines =
        "page certain http://h/a entry a@href\nrequisite certain http://h/b.png entry img@src\n";
    expect("<rss><item><description>&lt;a href=\"/a\"&gt;x&lt;/a&gt;&lt;img "
           "src=\"/b.png\"&gt;</description></item></rss>",
           lines);
    expect("<rss><item><content:encoded><![CDATA[<a href=\"/a\">x</a><img "
           "src=\"/b.png\">]]></content:encoded></item></rss>",
           lines);
}
END_TEST

START_TEST(json_feeds_name_pages_and_the_next_feed)
{
    struct buf lines;
    const char *json =
        "{\"version\":\"https://jsonfeed.org/version/1\",\"home_page_url\":\"http://h/\","
        "\"next_url\":\"http://h/feed.json?page=2\",\"items\":[{\"id\":\"1\",\"url\":\"http://h/"
        "1\"}]}";
    buf_init(&lines, 4096);
    collect(MEDIA_FEED, "http://h/feed.json", TEXT(""), text_of(json), &lines);
    ck_assert_ptr_nonnull(strstr(lines.data, "page certain http://h/ "));
    ck_assert_ptr_nonnull(strstr(lines.data, "feed certain http://h/feed.json?page=2 "));
    ck_assert_ptr_nonnull(strstr(lines.data, "page certain http://h/1 "));
    ck_assert_ptr_null(strstr(lines.data, "jsonfeed.org"));
    buf_release(&lines);
}
END_TEST

START_TEST(relative_urls_of_json_feeds_mean_the_home_page_and_the_item)
{
    struct buf lines;
    const char *json =
        "{\"version\":\"https://jsonfeed.org/version/"
        "1.1\",\"items\":[{\"id\":\"1\",\"content_html\":"
        "\"<img "
        "src='a.jpg'>\",\"attachments\":[{\"url\":\"a.mp3\"}],\"url\":\"p/1/\"},{\"id\":\"2\","
        "\"content_html\":\"<a href='b'>b</a>\"},{\"url\":\"http://h/q/3\",\"content_html\":"
        "\"<img src='c.jpg'>\",\"image\":\"d.png\"}],\"next_url\":\"f.json?page=2\","
        "\"home_page_url\":\"../blog/\"}";
    buf_init(&lines, 4096);
    collect(MEDIA_FEED, "http://h/feeds/f.json", TEXT(""), text_of(json), &lines);
    buf_add_char(&lines, '\0');
    ck_assert_str_eq(lines.data, "requisite certain http://h/blog/p/1/a.jpg entry img@src\n"
                                 "media certain http://h/blog/a.mp3 json@url\n"
                                 "page certain http://h/blog/p/1/ json@url\n"
                                 "page certain http://h/blog/b entry a@href\n"
                                 "page certain http://h/q/3 json@url\n"
                                 "requisite certain http://h/q/c.jpg entry img@src\n"
                                 "requisite certain http://h/blog/d.png json@image\n"
                                 "feed certain http://h/feeds/f.json?page=2 json@next_url\n"
                                 "page certain http://h/blog/ json@home_page_url\n");
    buf_release(&lines);
}
END_TEST

START_TEST(bases_of_feeds_count_inside_their_element)
{
    expect("<feed xml:base='/a/'><link href='x'/><entry xml:base='b/'><link href='y'/><link "
           "xml:base='/c/' href='z'/>"
           "<content type='html' xml:base='http://i/'>&lt;a href='w'></content></entry><link "
           "href='v'/></feed>",
           "page certain http://h/a/x link@href\npage certain http://h/a/b/y link@href\npage "
           "certain http://h/c/z link@href\n"
           "page certain http://i/w entry a@href\npage certain http://h/a/v link@href\n");
    expect(
        "<rss><item><link>http://i/p/1</link><description>&lt;img src='a.png'></description></item>"
        "<item><description>&lt;img src='b.png'></description></item></rss>",
        "page certain http://i/p/1 link\nrequisite certain http://i/p/a.png entry img@src\n"
        "requisite certain http://h/feed/b.png entry img@src\n");
}
END_TEST

/* As the programs mean it that write relative URLs, and as readers take them. */
START_TEST(relative_urls_of_an_entry_are_relative_to_its_page)
{
    expect("<feed><link href='http://i/'/><entry><link href='http://i/p/1'/><content type='html'>"
           "&lt;img src='a.png'></content></entry></feed>",
           "page certain http://i/ link@href\npage certain http://i/p/1 link@href\n"
           "requisite certain http://i/p/a.png entry img@src\n");
    expect("<feed><entry><content type='html'>&lt;img src='a.png'></content><link rel='edit' "
           "href='/e/'/><link rel='alternate' href='http://i/p/1'/></entry><entry><summary "
           "type='html'>&lt;img src='b.png'></summary></entry></feed>",
           "requisite certain http://i/p/a.png entry img@src\npage certain http://i/p/1 link@href\n"
           "requisite certain http://h/feed/b.png entry img@src\n");
    expect("<rss><item><description>&lt;img src='a.png'></description><link>http://i/p/1</link>"
           "</item></rss>",
           "requisite certain http://i/p/a.png entry img@src\npage certain http://i/p/1 link\n");
    expect("<feed xml:base='http://i/b/'><entry><link href='/p/1'/><content type='html'>&lt;img "
           "src='a.png'></content></entry></feed>",
           "page certain http://i/p/1 link@href\nrequisite certain http://i/b/a.png entry "
           "img@src\n");
}
END_TEST

START_TEST(atom_bodies_come_in_every_type)
{
    expect("<feed><entry><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><a "
           "href='/a'>x</a></div></content>"
           "<link href='/b'/></entry></feed>",
           "page certain http://h/a entry a@href\npage certain http://h/b link@href\n");
    expect(
        "<feed><entry><content src='/a.html' type='text/html'/><content src='/b.png' "
        "type='image/png'/></entry></feed>",
        "page certain http://h/a.html content@src\nrequisite certain http://h/b.png content@src\n");
    expect("<feed><logo>/l.png</logo><icon>/i.ico</icon><link rel='prev-archive' "
           "href='/feed/2'/></feed>",
           "requisite certain http://h/l.png logo\nrequisite certain http://h/i.ico logo\nfeed "
           "certain http://h/feed/2 link@href\n");
}
END_TEST

START_TEST(extensions_of_rss_are_read)
{
    expect(
        "<rss><channel><image><url>/i.png</url><link>/</link></image><url>/no</url><itunes:image "
        "href='/t.jpg'/>"
        "<item><feedburner:origLink>http://h/1</feedburner:origLink><comments>http://h/1#c</"
        "comments><slash:comments>4</slash:comments>"
        "<wfw:commentRss>http://h/no</wfw:commentRss><media:content url='/a.png' medium='image'/>"
        "<media:content url='/v.mp4' type='video/mp4'/><media:thumbnail "
        "url='/t.png'/><media:player url='/p'/></item></channel></rss>",
        "requisite certain http://h/i.png image\npage certain http://h/ link\nrequisite possible "
        "http://h/t.jpg itunes:image@href\n"
        "page certain http://h/1 link\nrequisite possible http://h/a.png media@url\nmedia certain "
        "http://h/v.mp4 media@url\n"
        "requisite possible http://h/t.png media@url\npage possible http://h/p media@url\n");
    expect("<rdf:RDF><image rdf:resource='/i.png'/><item "
           "rdf:about='http://h/1'><link>http://h/1</link></item></rdf:RDF>",
           "requisite certain http://h/i.png image@rdf:resource\npage certain http://h/1 "
           "item@rdf:about\n");
}
END_TEST

START_TEST(json_feeds_are_read_by_member)
{
    expect("{\"feed_url\":\"\\/f\",\"hubs\":[{\"type\":\"x\",\"url\":\"http://hub/"
           "\"}],\"authors\":[{\"url\":\"/me\"}],"
           "\"items\":[{\"url\":\"/1?a=1\\u0026b=\\u00e9\",\"attachments\":[{\"url\":\"/"
           "a.mp3\"}],\"image\":\"/i.png\","
           "\"content_html\":\"<a href=\\\"\\/2\\\">\\ud83d\\ude00<\\/a>\"}]}",
           "feed certain http://h/f json@feed_url\npage possible http://h/me json@url\n"
           "page certain http://h/1?a=1&b=%C3%A9 json@url\nmedia certain http://h/a.mp3 json@url\n"
           "requisite certain http://h/i.png json@image\npage certain http://h/2 entry a@href\n");
}
END_TEST

START_TEST(a_file_that_is_not_a_feed_gives_nothing)
{
    expect("", "");
    expect("<rss>", "");
    expect("{", "");
    expect("<rss><item><link>", "");
    expect("<rss><item><link>mailto:a@h</link><guid>17</guid></item></rss>", "");
}
END_TEST

static const char *const hostile[] = {"<item>",
                                      "<entry><content>&lt;a>",
                                      "<item><summary>&lt;a></summary>",
                                      "<link>",
                                      "<link href='",
                                      "<![CDATA[",
                                      "<content>&lt;a ",
                                      "<description>",
                                      "{\"url\"",
                                      "{\"url\": \"a\\\"",
                                      "<guid>http",
                                      "&lt;",
                                      "{\"url\":\"",
                                      "{\"content_html\":\"<a href=x>\",",
                                      "<content type=xhtml>",
                                      "<content type=xhtml></content>",
                                      "<a xml:base=b>",
                                      "<a xml:base=b></a>",
                                      "<link>http://h/x</link><content>&lt;p>"};

START_TEST(hostile_feeds_take_linear_time)
{
    struct buf feed;
    const char *piece = hostile[_i];
    buf_init(&feed, HOSTILE_BYTES + 64);
    hostile_repeat(&feed, piece, HOSTILE_BYTES / strlen(piece));
    collect_count(MEDIA_FEED, "http://h/", buf_text(&feed));
    buf_release(&feed);
}
END_TEST

START_TEST(a_json_feed_is_recognised_by_its_content)
{
    struct text feed = TEXT("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}");
    ck_assert_int_eq(media_kind_of(TEXT("application/json"), TEXT("/feed"), feed), MEDIA_FEED);
    ck_assert_int_eq(media_kind_of(TEXT(""), TEXT("/feed.json"), feed), MEDIA_FEED);
    ck_assert_int_eq(media_kind_of(TEXT("application/json"), TEXT("/x"), TEXT("{}")), MEDIA_JSON);
    ck_assert_int_eq(media_kind_of(TEXT(""), TEXT("/site.webmanifest"), TEXT("{}")),
                     MEDIA_MANIFEST);
    ck_assert_int_eq(media_kind_of(TEXT(""), TEXT("/"), TEXT("\xff\xfe<\0h\0t\0m\0l\0>\0")),
                     MEDIA_HTML);
    ck_assert_int_eq(media_kind_of(TEXT(""), TEXT("/"), TEXT("\xfe\xff\0<\0h\0t\0m\0l\0>")),
                     MEDIA_HTML);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("links of feeds");
    TCase *standard = tcase_create("standard");
    tcase_add_test(standard, rss_gives_pages_and_enclosures);
    tcase_add_test(standard, atom_gives_links_by_what_they_are);
    tcase_add_test(standard, entries_are_dated_by_their_update);
    tcase_add_test(standard, markup_in_entries_is_read_in_both_spellings);
    tcase_add_test(standard, json_feeds_name_pages_and_the_next_feed);
    tcase_add_test(standard, relative_urls_of_json_feeds_mean_the_home_page_and_the_item);
    tcase_add_test(standard, bases_of_feeds_count_inside_their_element);
    tcase_add_test(standard, relative_urls_of_an_entry_are_relative_to_its_page);
    tcase_add_test(standard, atom_bodies_come_in_every_type);
    tcase_add_test(standard, extensions_of_rss_are_read);
    tcase_add_test(standard, json_feeds_are_read_by_member);
    tcase_add_test(standard, a_file_that_is_not_a_feed_gives_nothing);
    tcase_add_loop_test(standard, hostile_feeds_take_linear_time, 0,
                        sizeof hostile / sizeof *hostile);
    tcase_set_timeout(standard, HOSTILE_SECONDS);
    tcase_add_test(standard, a_json_feed_is_recognised_by_its_content);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
