/* Traps that a link shows by itself: by its URL, by words of known programs, by rel=nofollow. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"

static void expect(const char *html, const char *expected)
{
    collect_expects_first("http://h/", html, expected);
}

static void expect_rule(const char *address, const char *rule)
{
    char html[512], wanted[128];
    struct buf lines;
    snprintf(html, sizeof html, "<a href=\"%s\">x</a>", address);
    snprintf(wanted, sizeof wanted, "a@href [%s]\n", rule);
    buf_init(&lines, 1 << 16);
    buf_add(&lines, "");
    collect(MEDIA_HTML, "http://h/", TEXT(""), text_of(html), &lines);
    ck_assert_msg(strstr(lines.data, wanted) && text_starts(buf_text(&lines), TEXT("trap certain")),
                  "%s: %s", address, lines.data);
    buf_release(&lines);
}

/* Whether the rule makes a link a trap on a page with this in its head, but not on a plain page. */
static void expect_rule_of(const char *head, const char *address, const char *rule)
{
    char html[1024], wanted[128];
    struct buf lines;
    snprintf(wanted, sizeof wanted, "a@href [%s]\n", rule);
    for (int marked = 0; marked < 2; marked++) {
        snprintf(html, sizeof html, "%s<a href=\"%s\">x</a>", marked ? head : "", address);
        buf_init(&lines, 1 << 16);
        collect(MEDIA_HTML, "http://h/", TEXT(""), text_of(html), &lines);
        bool trap = strstr(lines.data, wanted) && strstr(lines.data, "trap certain");
        ck_assert_msg(trap == marked, "%s with \"%s\": %s", address, marked ? head : "",
                      lines.data);
        buf_release(&lines);
    }
}

static void expect_page(const char *address)
{
    char html[512];
    snprintf(html, sizeof html, "<a href=\"%s\">x</a>", address);
    struct buf lines;
    buf_init(&lines, 1 << 16);
    collect(MEDIA_HTML, "http://h/", TEXT(""), text_of(html), &lines);
    ck_assert_msg(!strstr(lines.data, "trap"), "%s: %s", address, lines.data);
    buf_release(&lines);
}

START_TEST(traps_have_names)
{
    expect_rule("/viewtopic.php?t=9&view=next", "forum.goto");
    expect_rule("/showthread.php?t=9&goto=newpost", "forum.goto");
    expect_rule("/2021/06/?widgetType=BlogArchive&widgetId=BlogArchive1&action=toggle",
                "blogger.widget-archive");
    expect_rule("/search?updated-max=2018-01-16&reverse-paginate=true", "blogger.reverse-paginate");
    expect_rule("/2021/06/a.html?showComment=123", "blogger.show-comment");
    expect_rule("//www.blogger.com/rearrange?blogID=1&widgetType=HTML", "blogger.widget-archive");
    expect_rule("//www.blogger.com/post-edit.g?blogID=1", "blogger.tools");
    expect_rule("/a/?replytocom=7", "wordpress.replytocom");
    expect_rule("/wp-login.php?redirect_to=/", "wordpress.login");
    expect_rule("/wp-admin/x", "wordpress.admin");
    expect_rule("/a/b/a/b/a/b/", "url.path-loop");
    expect_rule("/x/a/x/b/x/c/x/", "url.path-loop");
    expect_rule("https://twitter.com/intent/tweet?text=x", "share");
    expect_rule("https://www.facebook.com/sharer.php?u=x", "share");
    expect_rule("/shop/?add-to-cart=7", "shop.add-to-cart");
    expect_rule("/feeds/8474926331452026626/comments/default", "blogger.comment-feed");
    expect_rule("/files/?C=N;O=D", "directory.sort");
    expect_rule("/user/login", "login");
    expect_rule("https://www.reddit.com/submit?url=x", "share");
    expect_rule("/page/:page", "script.template");
    expect_rule("/w/index.php?title=Special:UserLogin&returnto=A", "mediawiki.special");
    expect_rule("/wiki/Special:WhatLinksHere/A", "mediawiki.special");
    expect_rule("/w/index.php?title=Special:RecentChanges&hideminor=1", "mediawiki.filter");
    expect_rule("/lib/exe/detail.php?id=a&media=b.png", "dokuwiki.media-manager");
    expect_rule("/blog?offset=1400000000000&reversePaginate=true", "squarespace.reverse-paginate");
    expect_rule("/wp-json/wp/v2/posts/7", "wordpress.rest");
    expect_rule("/index.php?rest_route=/wp/v2/posts/7", "wordpress.rest");
    expect_rule("/index.php?rest_route=%2Foembed%2F1.0%2Fembed&url=x", "wordpress.oembed");
    expect_rule("/index.php?title=Special:Log&page=A", "mediawiki.special");
    expect_rule("/index.php?title=Special:RecentChanges&days=7", "mediawiki.recent-changes");
    expect_rule("/wiki/Special:RecentChanges?from=20210601", "mediawiki.recent-changes");
    expect_rule("/lib/exe/taskrunner.php?id=a&1300000000", "dokuwiki.indexer");
    expect_rule("/accounts/login/?next=/a/", "login");
    expect_rule("/share?url=http://h/a", "share");
    expect_rule("/comment/reply/5/1", "comment.reply");
    expect_rule("/a/sendto_form", "share");
    expect_rule("/a?next=/b%252525", "url.escaped-again");
    expect_rule("/git/tree/a.c?id=0123456789abcdef0123456789abcdef01234567", "vcs.old-state");
    expect_rule("/git/commit/a.c?id=0123456789abcdef0123456789abcdef01234567", "vcs.old-state");
    expect_rule("/?p=a.git;a=blob;f=x;hb=0123456789abcdef0123456789abcdef01234567",
                "vcs.old-state");
}
END_TEST

/* Marks of programs, as they are in the head of their pages. */
static const char blogger[] = "<meta content='blogger' name='generator'/>",
                  wordpress[] = "<link rel=preload href=/wp-content/a.css>",
                  mediawiki[] = "<meta name=\"generator\" content=\"MediaWiki 1.35\"/>",
                  dokuwiki[] = "<meta name=\"generator\" content=\"DokuWiki\"/>",
                  forum[] = "<link href=\"./viewforum.php?f=2\">",
                  drupal[] = "<meta name=\"Generator\" content=\"Drupal 7\"/>",
                  tumblr[] = "<link rel=preload href=//assets.tumblr.com/a.css>",
                  livejournal[] = "<link rel=preload href=//l-stat.livejournal.net/a.css>";

/* A common word is a trap where the program is recognised, and nowhere else. */
START_TEST(common_words_are_traps_of_their_programs)
{
    expect_rule_of(blogger, "/?toggle=MONTHLY-1609488000000", "blogger.toggle");
    expect_rule_of(mediawiki, "/index.php?title=A&oldid=7", "mediawiki.old-revision");
    expect_rule_of(blogger, "/2021/06/a.html?m=1", "blogger.mobile");
    expect_rule_of(livejournal, "/a?replyto=7", "comment.reply");
    expect_rule_of(forum, "/posting?mode=reply&t=9", "comment.reply");
    expect_rule_of(forum, "/a?hilit=boats", "forum.highlight");
    expect_rule_of(mediawiki, "/wiki?curid=7", "mediawiki.duplicate-view");
    expect_rule_of(mediawiki, "/w/index.php?title=A&action=edit&redlink=1", "mediawiki.redlink");
    expect_rule_of(mediawiki, "/w/index.php?title=A&action=edit", "mediawiki.action");
    expect_rule_of(dokuwiki, "/note?do=edit", "dokuwiki.action");
    expect_rule_of(dokuwiki, "/note?do=export_pdf", "dokuwiki.action");
    expect_rule_of(dokuwiki, "/note?rev=1300000000", "dokuwiki.old-revision");
    expect_rule_of(forum, "/misc.php?do=whoposted&t=9", "forum.tools");
    expect_rule_of(forum, "/printthread.php?t=9", "print");
    expect_rule_of(forum, "/memberlist.php?mode=viewprofile&u=2", "forum.members");
    expect_rule_of(forum, "/threads/x.1/latest", "xenforo.goto");
    expect_rule_of(forum, "/threads/x.1/post-77", "xenforo.goto");
    expect_rule_of(forum, "/whats-new/posts/123/", "xenforo.whats-new");
    expect_rule_of(livejournal, "/123.html?thread=9", "livejournal.comment");
    expect_rule_of(wordpress, "/on-ink/trackback/", "trackback");
    expect_rule_of(tumblr, "/post/123/embed", "tumblr.embed");
    expect_rule_of(drupal, "/node/7?destination=/a", "drupal.destination");
    expect_rule_of(mediawiki, "/index.php?title=A&action=history&feed=rss",
                   "mediawiki.history-feed");
    expect_rule_of(mediawiki, "/index.php?title=A&action=history&dir=prev",
                   "mediawiki.history-again");
    expect_rule_of(mediawiki, "/index.php?title=A&action=history&limit=500",
                   "mediawiki.history-again");
    expect_rule_of(mediawiki, "/api.php?action=help", "mediawiki.api");
    expect_rule_of(dokuwiki, "/note?do=", "dokuwiki.duplicate-view");
    expect_rule_of(forum, "/index.php?action=post;topic=7.0", "forum.posting");
    expect_rule_of(forum, "/index.php?action=printpage;topic=7.0", "print");
    expect_rule_of(forum, "/index.php?action=profile;u=7", "forum.members");
}
END_TEST

/* Nothing but pages can tell, so that the first few are requested (traps/suspects.c). */
START_TEST(what_only_pages_can_tell_is_followed)
{
    expect_page("/shop/?color=red&sort=price");
    expect_page("/shop/?orderby=price");
    expect_page("/shop/?filter_size=7");
    expect_page("/shop?f%5B0%5D=a&f%5B1%5D=b");
    expect_page("/reply?to=7");
    expect_page("/events?view=calendar");
    expect_page("/shop?color=red&color=blue");
    expect_page("/login.php");
    expect_page("/print.php?id=7");
    expect_page("/a?format=print");
    expect_page("/a?print=1");
    expect_page("/post/2031/");
    expect_page("/2031/05/");
    expect_page("/docs/embed");
    expect_page("/go?destination=paris");
    expect_page("/colours?diff=3");
    expect_page("/signup");
    expect_page("/docs/api/user/login");
    expect_page("/catalogue?print=poster-5");
}
END_TEST

START_TEST(the_site_may_say_that_a_link_is_nothing_to_look_at)
{
    expect("<a href='/reply?to=7' rel=nofollow>x</a>", "trap certain");
    expect("<a href='/2031/05/' rel=nofollow>x</a>", "page certain");
    expect("<a href='/about' rel=nofollow>x</a>", "page certain");
    collect_expects_first("http://h/a", "<a href='/login?return=/a'>x</a>", "trap certain");
    collect_expects_first("http://h/a", "<a href='/a?print=1'>x</a>", "trap certain");
    collect_expects_first("http://h/a", "<a href='/a?print=poster'>x</a>", "page certain");
    collect_expects_first("http://h/a", "<a href='/a?share=twitter'>x</a>", "trap certain");
    collect_expects_first("http://h/a?b=1", "<a href='/a?b=1&share=mail'>x</a>", "trap certain");
    collect_expects_first("http://h/b", "<a href='/share?url=http%3A%2F%2Fh%2Fa'>x</a>",
                          "trap certain");
    collect_expects_first("http://h/b", "<a href='/share?url=http%3A%2F%2Fother%2Fa'>x</a>",
                          "page certain");
    expect("<script src='/embed?print=1'></script>", "requisite certain");
}
END_TEST

START_TEST(a_link_that_returns_to_the_page_is_a_trap)
{
    collect_expects_first("http://h/a/b?c=1", "<a href='/like/7?next=/a/b'>x</a>", "trap certain");
    collect_expects_first("http://h/a/b?c=1", "<a href='/like/7?next=%2Fa%2Fb%3Fc%3D1'>x</a>",
                          "trap certain");
    collect_expects_first("http://h/a/b?c=1",
                          "<a href='/like/7?return_to=http%3a//h/a/b?c=1'>x</a>", "trap certain");
    collect_expects_first("http://h/a/b", "<a href='/like/7?next=/a/bc'>x</a>", "page certain");
    collect_expects_first("http://h/a/b", "<a href='/like/7?next=/a'>x</a>", "page certain");
    collect_expects_first("http://h/a/b", "<a href='/comments?of=/a/b'>x</a>", "page certain");
    collect_expects_first("http://h/a/b", "<a href='/list?page=2&back=/a/b'>2</a>",
                          "pager certain");
}
END_TEST

START_TEST(filters_are_not_joined_without_end)
{
    collect_expects_first("http://h/shop?color=red", "<a href='/shop?color=red&size=7'>blue</a>",
                          "page certain");
    collect_expects_first("http://h/shop?color=red&size=7",
                          "<a href='/shop?color=red&size=7&new=1'>x</a>",
                          "page certain"); /* a suspect */
    collect_expects_first("http://h/shop?color=red&size=7",
                          "<a href='/shop?color=red&size=7&page=2'>2</a>", "pager certain");
    collect_expects_first("http://h/shop?color=red&size=7",
                          "<a href='/other?color=red&size=7&new=1'>x</a>", "page certain");
    collect_expects_first("http://h/shop?color=red&size=7",
                          "<a href='/shop?color=red&size=70'>x</a>", "page certain");
}
END_TEST

START_TEST(what_only_looks_like_a_trap_is_not_one)
{
    expect("<a "
           "href='/"
           "?action=getTitles&widgetId=BlogArchive1&widgetType=BlogArchive&responseType=js&path=x'>"
           "x</a>",
           "page certain");
    expect("<a href=/2011/11/11/11/>x</a>", "page certain");
    expect("<a href=/a/b/a/b/>x</a>", "page certain");
    expect("<a href=/toggle/>x</a>", "page certain");
    expect("<a href='http://h/search/label/Google%2B'>x</a>", "page certain");
    expect("<a href='/forumdisplay.php?f=3&order=desc&page=2'>2</a>", "pager certain");
    expect("<a href='/shop?f%5B0%5D=a'>x</a>", "page certain");
    expect("<a href='/a?m=2'>x</a>", "page certain");
    expect("<a href='/?y=2021&m=1'>January</a>", "archive certain");
    expect("<a href='/forumdisplay.php?f=3&daysprune=-1&order=desc&page=2'>2</a>", "pager certain");
    expect("<a href='/viewtopic.php?t=9&highlight=boats&start=15'>2</a>", "pager certain");
    expect("<a href='/shop?f[]=new&f[]=red&page=2'>2</a>", "pager certain");
    expect("<a href='/list?cat=1&cat=2&page=2'>2</a>", "pager certain");
    expect("<a href=/login-problems.html>x</a>", "page certain");
    expect("<a href=/search?q=boats>x</a>", "page certain");
    expect("<a href='/w/index.php?title=A&action=history'>x</a>", "page certain");
    expect("<a href='/doku.php?id=a&do=revisions'>x</a>", "page certain");
    expect("<a href='/list?rev=3'>x</a>", "page certain");
    expect("<a href='/latest'>x</a>", "page certain");
    expect("<a href='/threads/x.1/'>x</a>", "page certain");
    expect("<a href='/a?view=nextweek'>x</a>", "page certain");
    expect("<a href='/login.html'>x</a>", "page certain");
    expect("<a href='/share'>x</a>", "page certain");
    expect("<a href='/print/5'>x</a>", "page certain");
    expect("<a href='/photo?id=0123456789abcdef0123456789abcdef01234567'>x</a>", "page certain");
    expect("<a href='/git/commit/?id=0123456789abcdef0123456789abcdef01234567'>x</a>",
           "page certain");
    expect("<a href='/git/tree/a.c?h=v2'>x</a>", "page certain");
    expect("<a href='/index.php?title=Special:RecentChanges'>x</a>", "page certain");
    expect("<a href='/index.php?title=A&action=history&limit=50&offset=2021'>older 50</a>",
           "pager certain");
    expect("<a href='/index.php?title=Special:RecentChanges&feed=atom'>x</a>", "page certain");
    expect("<a href='/index.php?topic=7.15'>2</a>", "pager certain");
}
END_TEST

START_TEST(tracking_pixels_are_traps)
{
    struct buf lines;
    buf_init(&lines, 4096);
    collect(MEDIA_HTML, "http://h/", TEXT(""),
            TEXT("<noscript><img "
                 "src='https://ad.doubleclick.net/ddm/activity/src=1;ord=1?'></noscript>"),
            &lines);
    ck_assert_str_eq(lines.data,
                     "trap certain https://ad.doubleclick.net/ddm/activity/src=1;ord=1? noscript "
                     "img@src [tracker]\n");
    buf_release(&lines);
}
END_TEST

START_TEST(a_url_of_more_than_eight_kilobytes_is_a_trap)
{
    struct buf html, lines;
    buf_init(&html, 1 << 20);
    buf_init(&lines, 1 << 20);
    buf_add(&html, "<a href=/");
    hostile_repeat(&html, "x", 9000);
    buf_add(&html, ">x</a>");
    collect(MEDIA_HTML, "http://h/", TEXT(""), buf_text(&html), &lines);
    ck_assert_ptr_nonnull(strstr(lines.data, "[url.too-long]"));
    buf_clear(&html);
    buf_clear(&lines);
    buf_add(&html, "<a href='/a#");
    hostile_repeat(&html, "x", 9000);
    buf_add(&html, "'>x</a>");
    collect(MEDIA_HTML, "http://h/", TEXT(""), buf_text(&html), &lines);
    ck_assert_str_eq(lines.data, "page certain http://h/a a@href\n");
    buf_release(&html);
    buf_release(&lines);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("link traps");
    TCase *standard = tcase_create("standard");
    tcase_add_test(standard, traps_have_names);
    tcase_add_test(standard, common_words_are_traps_of_their_programs);
    tcase_add_test(standard, what_only_pages_can_tell_is_followed);
    tcase_add_test(standard, the_site_may_say_that_a_link_is_nothing_to_look_at);
    tcase_add_test(standard, filters_are_not_joined_without_end);
    tcase_add_test(standard, a_link_that_returns_to_the_page_is_a_trap);
    tcase_add_test(standard, what_only_looks_like_a_trap_is_not_one);
    tcase_add_test(standard, tracking_pixels_are_traps);
    tcase_add_test(standard, a_url_of_more_than_eight_kilobytes_is_a_trap);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
