/* Pagination and date archives: what the URL, the anchor and the elements around it say. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"
#include "series/date_archive.h"

static void expect(const char *html, const char *expected)
{
    collect_expects_first("http://h/", html, expected);
}

/* Fails unless the first link's line is this. */
static void expect_line(const char *html, const char *line)
{
    struct buf lines;
    buf_init(&lines, 1 << 16);
    collect(MEDIA_HTML, "http://h/", TEXT(""), text_of(html), &lines);
    ck_assert_str_eq(lines.data, line);
    buf_release(&lines);
}

START_TEST(blogger_links_older_posts)
{
    expect("<span id=blog-pager-older-link><a class='blog-pager-older-link' "
           "id='Blog1_blog-pager-older-link' "
           "href='http://h/search?updated-max=2021-06-10T10:00:00-07:00&amp;max-results=10' "
           "title='Older Posts'>"
           "<i class='material-icons'>?</i></a></span>",
           "pager certain");
    expect("<a href='/search?updated-max=2018-01-16T19:23:00%2B05:30&max-results=5'>Older</a>",
           "pager certain");
    expect("<a "
           "href='/search/label/"
           "X?updated-max=2018-01-16&max-results=20&start=15&by-date=false'>Older Posts</a>",
           "pager certain");
}
END_TEST

START_TEST(the_next_and_previous_posts_of_blogger_are_pages)
{
    collect_expects_first("http://h/2021/06/b.html",
                          "<span id=blog-pager-older-link><a class=blog-pager-older-link "
                          "href='http://h/2021/06/a.html' title='Older Post'>Older Post</a></span>",
                          "page certain");
    collect_expects_first("http://h/2021/06/b.html", "<a rel=next href=/2021/06/04/a/>x</a>",
                          "page certain");
    collect_expects_first("http://h/", "<a href=/2021/06/04/p3.html>P 3</a>", "page certain");
    collect_expects_first("http://h/2021/06/b.html", "<link rel=prev href=/2021/06/a.html>",
                          "page certain");
}
END_TEST

START_TEST(platforms_name_their_pagers)
{
    expect("<nav class='navigation pagination'><div class=nav-links><a class='page-numbers' "
           "href=/page/2/>2</a></div></nav>",
           "pager certain");
    expect("<a class='next page-numbers' href=/page/2/>Next</a>", "pager certain");
    expect("<div class=nav-previous><a href=/page/2/><span>&larr;</span> Older posts</a></div>",
           "pager certain");
    expect("<a class='extend next' rel=next href=/page/2/>&raquo;</a>", "pager certain");
    expect("<nav class=pagination><a class=older-posts href=/page/2/>Older Posts &rarr;</a></nav>",
           "pager certain");
    expect("<ul class=pager><li class=pager-next><a href='/node?page=1'>next</a></ul>",
           "pager certain");
    expect("<div class=pagination><a href='viewforum.php?f=2&start=25'>2</a></div>",
           "pager certain");
    expect("<a href=/page/2>Old</a>", "pager certain");
    expect("<a href=/page/7>Old</a>", "pager possible");
    expect("<a rel=next href='?page=2'>x</a>", "pager certain");
    expect("<link rel=next href=/page/2/>", "pager certain");
    expect("<div class=blog-list-pagination><div class=older><a "
           "href='/blog?offset=1456789012345'>Older</a></div></div>",
           "pager certain");
}
END_TEST

START_TEST(words_of_many_languages_mean_next)
{
    static const char *const words[] = {"Older Posts",
                                        "next",
                                        "NEXT",
                                        "&raquo;",
                                        "&lsaquo;",
                                        "&rarr;",
                                        "weiter",
                                        "siguiente",
                                        "suivant",
                                        "successivo",
                                        "volgende",
                                        "sonraki",
                                        "\xd0\xb4\xd0\xb0\xd0\xbb\xd0\xb5\xd0\xb5",
                                        "\xe6\xac\xa1\xe3\x81\xb8",
                                        "\xe4\xb8\x8b\xe4\xb8\x80\xe9\xa1\xb5",
                                        "\xeb\x8b\xa4\xec\x9d\x8c"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char html[256];
        snprintf(html, sizeof html, "<a href='/list?page=2'>%s</a>", words[i]);
        expect(html, "pager certain");
    }
}
END_TEST

START_TEST(words_inside_words_do_not_count)
{
    expect("<a href=/x>Multimodal learning</a>", "page certain");
    expect("<a href=/x>Nextdoor</a>", "page certain");
    expect("<a href=/about>About us</a>", "page certain");
    expect("<a href=/page/about>About</a>", "page certain");
}
END_TEST

START_TEST(numbers_and_parameters_add_up)
{
    expect("<a href='?page=2'>2</a>", "pager certain");
    expect("<a href='?page=7'>Something</a>", "pager possible");
    expect("<div class=pagination><a href=/x>3</a></div>", "pager certain");
    expect("<a href=/tag/rio2.html>2</a>", "pager certain");
    expect("<a href=/tag/rio3.html>2</a>", "pager possible");
    expect("<a href=/notes-17.html>Older</a>", "pager certain");
    expect("<a href=/notes-17.html>The next big thing</a>", "pager possible");
    expect("<a href=/page/17/>Go to next page</a>", "pager certain");
    expect("<ul class=pagination><li><a href=/page/1/>Newest Posts &rarr;</a></ul>",
           "pager certain");
    expect("<ul class=pagination><li><a href=/t/17>newest post</a></ul>", "page certain");
    expect("<ul class=pagination><li><a href=/tag/x.html>\xe2\x87\x87</a></ul>", "pager certain");
    expect("<a href='?sort=price'>next</a>", "page certain");
    expect("<a href='http://other/page/2/'>2</a>", "page certain");
    expect("<a href='http://www.h/page/2/' class=next>2</a>", "pager certain");
    expect("<a href='https://h/page/2/' class=next>2</a>", "pager certain");
}
END_TEST

START_TEST(the_next_page_of_a_list_is_recognised_by_its_url)
{
    expect("<a href=/page/2/>whatever</a>", "pager certain");
    expect("<a href='?page=2'>whatever</a>", "pager certain");
    collect_expects_first("http://h/blog/page/7/", "<a href=/blog/page/6/>whatever</a>",
                          "pager certain");
    collect_expects_first("http://h/index7.html", "<a href=/index8.html>whatever</a>",
                          "pager certain");
    collect_expects_first("http://h/list?cat=3&page=7", "<a href='/list?cat=3&page=8'>whatever</a>",
                          "pager certain");
    collect_expects_first("http://h/blog/page/7/", "<a href=/news/page/6/>whatever</a>",
                          "page certain");
    collect_expects_first("http://h/blog/page/7/", "<a href=/blog/page/3/>whatever</a>",
                          "pager possible");
    collect_expects_first("http://h/list?cat=3&page=7", "<a href='/list?cat=4&page=8'>whatever</a>",
                          "pager possible");
    collect_expects_first("http://h/?p=7", "<a href='/?p=8'>whatever</a>",
                          "pager possible"); /* posts of WordPress */
    collect_expects_first("http://h/tags/%E5%95%A1/page/2/",
                          "<a href=/tags/%E5%95%A1/page/3/>whatever</a>", "pager certain");
    collect_expects_first(
        "http://h/tags/%E5%95%A1/page/4/",
        "<a rel=prev href=/tags/%E5%95%A1/>1</a> <a href=/tags/%E5%95%A1/page/2/>2</a> <a "
        "href=/tags/%E5%95%A1/page/3/>3</a>",
        "pager certain");
    expect("<a href=/tags/%E5%95%A1/>1</a>", "pager possible"); /* the 1 is half a character */
    collect_expects_first("http://h/posts/7", "<a href=/posts/8>whatever</a>", "page certain");
}
END_TEST

START_TEST(numbers_in_a_row_are_pages_of_one_list)
{
    expect("<a href=/list?x=1&amp;seek=20>2</a> <a href=/list?x=1&amp;seek=40>3</a>",
           "pager certain");
    expect("<a href=/categories/>4</a> <a href=/tags/>11</a>", "pager possible");
}
END_TEST

START_TEST(a_word_for_next_is_not_a_title)
{
    expect("<a href=/a>\xeb\x8b\xa4\xec\x9d\x8c \xea\xb8\x80</a>",
           "pager certain"); /* the next post */
    expect("<a href=/a>\xeb\x8b\xa4\xec\x9d\x8c \xea\xb0\x95 \xeb\xb4\x84</a>",
           "pager possible"); /* next, river, spring */
    expect("<a href=/a "
           "aria-label='"
           "\xe6\x97\xa5\xe8\xa8\x98\xe3\x81\xab\xe3\x81\xa4\xe3\x81\x84\xe3\x81\xa6\xe3\x82\x82"
           "\xe3\x81\xa3\xe3\x81\xa8\xe8\xa6\x8b\xe3\x82\x8b'>"
           "\xe3\x82\x82\xe3\x81\xa3\xe3\x81\xa8\xe8\xa6\x8b\xe3\x82\x8b</a>",
           "page certain"); /* more about a diary */
}
END_TEST

static bool is_archive(const char *path)
{
    struct path_segments segments;
    path_segments_split(&segments, text_of(path));
    return date_archive_is_archive_path(&segments, COLLECT_YEAR);
}

START_TEST(date_archives_are_recognised_by_their_path)
{
    static const char *const yes[] = {"/2021/",
                                      "/2021",
                                      "/2021/06/",
                                      "/2021/6",
                                      "/2021/06/04/",
                                      "/blog/2021/06/",
                                      "/archives/2021/6",
                                      "/2021_06_01_archive.html",
                                      "/2021_06_archive.html",
                                      "/archive",
                                      "/archives/",
                                      "/archives.html",
                                      "/2021/week12/",
                                      "/1999/12/",
                                      "/2027/",
                                      "/2021/index.html",
                                      "/2021/06/index.html",
                                      "/2021/Jun/",
                                      "/2021/june/04/",
                                      "/2021-06/",
                                      "/archives/2021_06.html",
                                      "/archives/202106.html",
                                      "/archives/index.html"};
    static const char *const no[] = {"/",
                                     "/2021/06/a.html",
                                     "/2021/13/",
                                     "/2021/06/32/",
                                     "/1066/",
                                     "/2099/",
                                     "/page/2/",
                                     "/20210/",
                                     "/2021/06/page/2/",
                                     "/archives/123",
                                     "/x",
                                     "/2021/06/a/index.html",
                                     "/202113/",
                                     "/2021-13/",
                                     "/page/202106x/",
                                     "/2021/juno/",
                                     "/index.html",
                                     "/tags/archive/",
                                     "/tag/archive.html"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        ck_assert_msg(is_archive(yes[i]), "%s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        ck_assert_msg(!is_archive(no[i]), "%s", no[i]);
}
END_TEST

START_TEST(date_archives_win_over_pagers)
{
    expect("<a class=post-count-link href=http://h/2021/06/>June</a>", "archive certain");
    expect("<div class=pagination><a rel=next href=/2021/05/>next</a></div>", "archive certain");
    expect("<a href='/?m=202106'>June 2021</a>", "archive certain");
    expect("<link rel=archives href='/2010/05/'>", "archive certain");
    expect("<a href=/2021/06/page/2/ class=next>2</a>", "pager certain");
    expect("<a href=http://other/2021/06/>June</a>", "page certain");
    expect("<ul class=archive><li><a href=/blog/of-7.html>June 2021</a></ul>", "archive certain");
    expect("<ul class=archive><li><a href=/blog/of-7.html>June (12)</a></ul>", "archive certain");
    expect("<ul class=archive><li><a href=/blog/harbour-7.html>Harbour 42</a></ul>",
           "page certain");
    expect("<ul class=archive><li><a href=/2021/Jun/04/harbour-7/>Harbour 2013</a></ul>",
           "page certain");
}
END_TEST

START_TEST(date_archives_say_how_many_posts_they_have)
{
    expect_line("<a class='post-count-link' href='http://h/2021/06/'>\nJune\n</a>\n<span "
                "class='post-count' dir='ltr'>(27)</span>",
                "archive certain http://h/2021/06/ a@href (27 posts)\n");
    expect_line("<li><a href=/2021/06/>June 2021</a>&nbsp;(27)</li>",
                "archive certain http://h/2021/06/ a@href (27 posts)\n");
    expect_line("<a href=/2021/06/>June 2021 (27)</a>",
                "archive certain http://h/2021/06/ a@href (27 posts)\n");
    expect_line("<a href=/2021/06/>June</a> was fine (27 degrees)",
                "archive certain http://h/2021/06/ a@href\n");
    expect_line("<li><a href=/2021/06/>June</a></li><li>(27)</li>",
                "archive certain http://h/2021/06/ a@href\n");
    expect_line("<select><option value='http://h/2021/06/'>June 2021 &nbsp;(4)</option></select>",
                "archive certain http://h/2021/06/ option@value (4 posts)\n");
    expect_line("<select><option value='http://h/2021/06/'>June 2021</option><option>May "
                "(4)</option></select>",
                "archive certain http://h/2021/06/ option@value\n");
    expect_line("<a href=/2021/06/>June</a>", "archive certain http://h/2021/06/ a@href\n");
}
END_TEST

START_TEST(a_list_is_paged_in_one_size)
{
    collect_expects_first("http://h/list?limit=50&offset=50",
                          "<a href='/list?limit=20&offset=50'>20</a>",
                          "page certain"); /* pages will tell */
    collect_expects_first("http://h/list?limit=50&offset=50",
                          "<a href='/list?limit=50&offset=100'>next</a>", "pager certain");
    collect_expects_first("http://h/list", "<a href='/list?limit=20&offset=0'>20</a>",
                          "pager certain");
    collect_expects_first("http://h/list", "<a href='/list?limit=50&offset=50'>next</a>",
                          "pager certain");
    collect_expects_first("http://h/list?page=3", "<a href='/list?page=3&per_page=100'>100</a>",
                          "page certain");
    collect_expects_first("http://h/list", "<a href='/list?limit=100'>more</a>",
                          "page certain"); /* it may be the only way to the next page */
    collect_expects_first("http://h/other", "<a href='/list?limit=20&offset=0'>the list</a>",
                          "pager possible");
    collect_expects_first("http://h/list?of=a", "<a href='/list?of=b&limit=20&offset=0'>b</a>",
                          "pager possible");
    collect_expects_first("http://h/wiki/Special:LongPages",
                          "<a href='/index.php?title=Special:LongPages&limit=20&offset=0'>20</a>",
                          "trap certain");
    collect_expects_first(
        "http://h/wiki/Special:LongPages",
        "<a href='/index.php?title=Special:LongPages&limit=50&offset=50'>next 50</a>",
        "pager certain");
}
END_TEST

/* Whatever its name is, the start page links to the index of the wiki. */
START_TEST(the_index_of_a_wiki_is_read_once)
{
    collect_expects_first("http://h/doku.php", "<a href='/doku.php?id=home&do=index'>Sitemap</a>",
                          "page certain");
    collect_expects_first("http://h/", "<a href='/home?do=index'>Sitemap</a>", "page certain");
    collect_expects_first("http://h/note", "<a href='/note?do=index'>Sitemap</a>", "page certain");
    collect_expects_first("http://h/note",
                          "<meta content=\"DokuWiki\"><a href='/note?do=index'>Sitemap</a>",
                          "trap certain");
    collect_expects_first("http://h/doku.php?id=a:note",
                          "<a href='/doku.php?id=a:note&do=index'>Sitemap</a>", "trap certain");
    collect_expects_first("http://h/doku.php?id=a:note",
                          "<a href='/doku.php?id=a:note&do=recent'>Recent changes</a>",
                          "trap certain");
    collect_expects_first("http://h/note", "<a href='/start?do=index'>Sitemap</a>", "page certain");
    collect_expects_first("http://h/note", "<a href='/doku.php?do=index'>Sitemap</a>",
                          "page certain");
    collect_expects_first("http://h/note",
                          "<a href='/doku.php?id=start&do=recent'>Recent changes</a>",
                          "page certain");
}
END_TEST

/* A dated post that is long, or has many comments. */
START_TEST(a_post_may_have_pages_of_its_own)
{
    const char *post = "http://h/2016/11/on-rain/", *second = "http://h/2016/11/on-rain/2/";
    collect_expects_first(
        post,
        "<div class=page-links><a class=post-page-numbers href=/2016/11/on-rain/2/>Page "
        "2</a></div>",
        "pager certain");
    collect_expects_first(
        second,
        "<div class=page-links><a class=post-page-numbers href=/2016/11/on-rain/>Page 1</a></div>",
        "pager certain");
    collect_expects_first(
        second,
        "<div class=page-links><a class=post-page-numbers href=/2016/11/on-rain/3/>Next "
        "page</a></div>",
        "pager certain");
    collect_expects_first(
        "http://h/2016/11/on-rain/comment-page-2/",
        "<div class=comments-pagination><a href=/2016/11/on-rain/>Newer Comments</a></div>",
        "pager certain");
    collect_expects_first(post,
                          "<div class=pager><a class=next href=/2016/12/on-snow/>On snow</a></div>",
                          "page certain");
}
END_TEST

START_TEST(a_next_post_is_possible_only)
{
    collect_expects_first(
        "http://h/on-rain/",
        "<ul class=pager><li class=next><a href=/on-snow/>On snow \xe2\x86\x92</a></ul>",
        "pager possible");
    collect_expects_first("http://h/on-rain/",
                          "<ul class=pager><li class=next><a href=/on-snow/>Next</a></ul>",
                          "pager certain");
    collect_expects_first("http://h/list/2/",
                          "<ul class=pager><li><a href=/list/>\xe2\x86\x90 The newest</a></ul>",
                          "pager certain");
    collect_expects_first(
        "http://h/on-rain/",
        "<ul class=pager><li><a rel=next href=/on-snow/>On snow \xe2\x86\x92</a></ul>",
        "pager certain");
}
END_TEST

START_TEST(semicolons_separate_parameters_too)
{
    expect("<a href='/index.php?action=list;start=40'>2</a>", "pager certain");
    expect("<a href='/?p=a.git;a=commit;h=0123456789abcdef0123456789abcdef01234567'>On ropes</a>",
           "page certain");
    expect("<a href='/?p=a.git;a=shortlog;pg=1'>next</a>", "pager certain");
}
END_TEST

/* The page's own list: its URL tells, however the theme draws the pagination. */
START_TEST(a_numbered_page_and_its_list_know_each_other)
{
    collect_expects_first("http://h/tags/x/", "<a href=/tags/x/page/2/>...</a>", "pager certain");
    collect_expects_first("http://h/tags/x/", "<a href=/page/2/>...</a>", "page certain");
    collect_expects_first("http://h/",
                          "<a href=/page/2/>Here is what stood on this front page before</a>",
                          "pager certain");
    /* From there back to the first page, whose URL has no number. */
    collect_expects_first("http://h/page/2/", "<a href=/><i class='fa fa-angle-left'></i></a>",
                          "pager certain");
    collect_expects_first("http://h/about/", "<a href=/><i class='fa fa-angle-left'></i></a>",
                          "pager possible");
    collect_expects_first("http://h/page/2/", "<a href=/>Home</a>", "page certain");
    collect_expects_first("http://h/page/9/", "<a href=/>Newest</a>", "pager certain");
    collect_expects_first("http://h/blog/page3/", "<a href=/blog/>Earlier</a>", "pager certain");
    collect_expects_first("http://h/news-3.html", "<a href=/news.html>1</a>", "pager certain");
    collect_expects_first("http://h/news/index2.html", "<a href=/news/index.html>1</a>",
                          "pager certain");
    collect_expects_first("http://h/list?page=3", "<a href=/list>1</a>", "pager certain");
    collect_expects_first("http://h/list?page=3&q=a", "<a href=/list>1</a>", "pager possible");
    collect_expects_first("http://h/tags/x/%E9%A1%B5/2/", "<a href=/tags/x/>Page 1</a>",
                          "pager certain");
    collect_expects_first("http://h/tags/x/%E9%A1%B5/2/", "<a href=/tags/>Page 1</a>",
                          "pager possible");
    collect_expects_first("http://h/posts/room-101/", "<a href=/posts/>Back</a>", "pager possible");
    /* A month is a date archive. But on its second page, the first one is called "Newer". */
    collect_expects_first("http://h/2021/06/page/2/", "<a href=/2021/06/>Newer</a>",
                          "pager certain");
    collect_expects_first("http://h/2021/06/page/2/", "<link rel=prev href=/2021/06/>",
                          "pager certain");
    collect_expects_first("http://h/2021/06/page/2/", "<a href=/2021/06/>June (27)</a>",
                          "archive certain");
    collect_expects_first("http://h/2021/06/", "<a href=/2021/>2021</a>", "archive certain");
    collect_expects_first("http://h/2021/06/05/", "<a href=/2021/06/>&laquo;</a>",
                          "archive certain");
    collect_expects_first("http://h/page/2/", "<option value=/>Page 1</option>", "pager certain");
    collect_expects_first("http://h/page/2/", "<option value=/>All</option><a href=/x>x</a>",
                          "page certain");
}
END_TEST

START_TEST(titles_and_counts_of_comments_are_not_pagers)
{
    expect("<a href=/posts/beans-70/#comments>12</a>", "page certain");
    expect("<a href=/topic/page/2/#comments>2</a>", "pager certain");
    expect("<a href=/posts/older-things-60/>60 older things that I like</a>", "pager possible");
    expect("<a href=/posts/list-2.html>View older posts</a>", "pager certain");
    expect("<a href=/posts/2/>Go to older entries</a>", "pager certain");
    expect("<a href=/posts/2/>Load more cats in hats</a>", "pager possible");
}
END_TEST

START_TEST(icons_that_a_script_draws_can_mean_next)
{
    expect("<a href=/page/2/><ion-icon name=arrow-forward-outline></ion-icon></a>",
           "pager certain");
    expect("<a href=/page/2/><i data-feather=chevron-right></i></a>", "pager certain");
    expect("<a href=/page/2/><iconify-icon icon=mdi:arrow-right></iconify-icon></a>",
           "pager certain");
    expect("<a href=/p/5/ aria-label='Page 5'>&bull;</a>", "pager certain");
    expect("<a href=/other/><ion-icon name=home></ion-icon></a>", "page certain");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("series");
    TCase *standard = tcase_create("standard");
    tcase_add_test(standard, blogger_links_older_posts);
    tcase_add_test(standard, the_next_and_previous_posts_of_blogger_are_pages);
    tcase_add_test(standard, platforms_name_their_pagers);
    tcase_add_test(standard, a_numbered_page_and_its_list_know_each_other);
    tcase_add_test(standard, titles_and_counts_of_comments_are_not_pagers);
    tcase_add_test(standard, icons_that_a_script_draws_can_mean_next);
    tcase_add_test(standard, words_of_many_languages_mean_next);
    tcase_add_test(standard, words_inside_words_do_not_count);
    tcase_add_test(standard, numbers_and_parameters_add_up);
    tcase_add_test(standard, the_next_page_of_a_list_is_recognised_by_its_url);
    tcase_add_test(standard, numbers_in_a_row_are_pages_of_one_list);
    tcase_add_test(standard, a_word_for_next_is_not_a_title);
    tcase_add_test(standard, date_archives_are_recognised_by_their_path);
    tcase_add_test(standard, date_archives_win_over_pagers);
    tcase_add_test(standard, date_archives_say_how_many_posts_they_have);
    tcase_add_test(standard, a_list_is_paged_in_one_size);
    tcase_add_test(standard, the_index_of_a_wiki_is_read_once);
    tcase_add_test(standard, a_post_may_have_pages_of_its_own);
    tcase_add_test(standard, a_next_post_is_possible_only);
    tcase_add_test(standard, semicolons_separate_parameters_too);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
