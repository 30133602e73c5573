/* Pages: every attribute with a URL gets its class, and what only looks like a URL is left
 * alone. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"

static void expect(const char *html, const char *lines)
{
    collect_expects(MEDIA_HTML, "http://h/d/p.html", html, lines);
}

START_TEST(images_are_requisites)
{
    expect("<img src=a.png>", "requisite certain http://h/d/a.png img@src\n");
    expect("<IMG SRC='//i/a.png?x=1&amp;y=2'>",
           "requisite certain http://i/a.png?x=1&y=2 img@src\n");
    expect("<img src=' \n a.png\t'>", "requisite certain http://h/d/a.png img@src\n");
    expect("<input type=image src=a.png><input src=b.png>",
           "requisite certain http://h/d/a.png input@src\n");
    expect("<body background=a.png><table background=b.png><td background=c.png>",
           "requisite certain http://h/d/a.png body@background\nrequisite certain http://h/d/b.png "
           "table@background\n"
           "requisite certain http://h/d/c.png td@background\n");
}
END_TEST

START_TEST(srcset_is_parsed_as_the_standard_says)
{
    expect("<img srcset='a.png 1x, b.png 2x,c.png'>",
           "requisite certain http://h/d/a.png img@srcset\nrequisite certain http://h/d/b.png "
           "img@srcset\n"
           "requisite certain http://h/d/c.png img@srcset\n");
    expect("<source srcset='/w_300,h_200/a.png 300w, , /w_600,h_400/a.png 600w'>",
           "requisite certain http://h/w_300,h_200/a.png source@srcset\n"
           "requisite certain http://h/w_600,h_400/a.png source@srcset\n");
    expect("<link rel=preload as=image imagesrcset='a.png, b.png 2x'>",
           "requisite certain http://h/d/a.png link@imagesrcset\nrequisite certain "
           "http://h/d/b.png link@imagesrcset\n");
}
END_TEST

START_TEST(lazy_images_are_requisites)
{
    expect("<img src='data:image/gif;base64,R0' data-src=a.png data-srcset='b.png 2x'>",
           "requisite certain http://h/d/a.png img@data-src\nrequisite certain http://h/d/b.png "
           "img@data-srcset\n");
    expect("<img data-original=a.png><img data-lazy-src=b.png>",
           "requisite certain http://h/d/a.png img@data-original\nrequisite certain "
           "http://h/d/b.png img@data-lazy-src\n");
}
END_TEST

START_TEST(media_frames_and_scripts_are_requisites)
{
    expect("<video src=a.mp4 poster=b.png><source src=c.webm><track src=d.vtt></video><audio "
           "src=e.ogg>",
           "requisite certain http://h/d/a.mp4 video@src\nrequisite certain http://h/d/b.png "
           "video@poster\n"
           "requisite certain http://h/d/c.webm source@src\nrequisite certain http://h/d/d.vtt "
           "track@src\n"
           "requisite certain http://h/d/e.ogg audio@src\n");
    expect("<script src=a.js></script><iframe src=b.html></iframe><frame src=c.html>",
           "requisite certain http://h/d/a.js script@src\nrequisite certain http://h/d/b.html "
           "iframe@src document\n"
           "requisite certain http://h/d/c.html frame@src document\n");
    expect("<embed src=a.swf><object data=b.svg></object>",
           "requisite certain http://h/d/a.swf embed@src\nrequisite certain http://h/d/b.svg "
           "object@data\n");
}
END_TEST

START_TEST(links_to_style_sheets_and_icons_are_requisites)
{
    expect("<link rel=stylesheet href=a.css media=none><link rel='alternate stylesheet' href=b.css>"
           "<link rel='shortcut icon' href=c.ico><link rel=apple-touch-icon href=d.png><link "
           "rel=manifest href=e.json>",
           "requisite certain http://h/d/a.css link@href\nrequisite certain http://h/d/b.css "
           "link@href\n"
           "requisite certain http://h/d/c.ico link@href\nrequisite certain http://h/d/d.png "
           "link@href\n"
           "requisite certain http://h/d/e.json link@href\n");
}
END_TEST

START_TEST(links_to_services_are_not_given)
{
    expect(
        "<link rel=pingback href=/x><link rel=EditURI href=/x><link rel=service.post href=/x>"
        "<link rel=dns-prefetch href=//x><link rel=preconnect href=//x><link "
        "rel='https://api.w.org/' href=/x>"
        "<link rel=webmention href=/x><link rel=alternate type='application/json+oembed' href=/x>",
        "");
}
END_TEST

START_TEST(links_to_feeds_sitemaps_and_pages_have_their_class)
{
    expect("<link rel=alternate type='application/atom+xml' href=/a><link rel=alternate "
           "type='application/rss+xml' href=/b>"
           "<link rel=sitemap href=/s.xml><link rel=canonical href=/c><link rel=alternate "
           "hreflang=de href=/de/>",
           "feed certain http://h/a link@href\nfeed certain http://h/b link@href\nsitemap certain "
           "http://h/s.xml link@href\n"
           "page certain http://h/c link@href\npage certain http://h/de/ link@href\n");
}
END_TEST

START_TEST(anchors_are_pages_media_or_feeds)
{
    expect("<a href=a>x</a><a href=/b.PNG?x>x</a><a href=c.pdf>x</a><a href=/feed/>x</a><a "
           "href=//i/atom.xml>x</a>"
           "<area href=e><a href=f.zip>x</a>",
           "page certain http://h/d/a a@href\nmedia certain http://h/b.PNG?x a@href\nmedia certain "
           "http://h/d/c.pdf a@href\n"
           "feed certain http://h/feed/ a@href\nfeed certain http://i/atom.xml a@href\npage "
           "certain http://h/d/e area@href\n"
           "media certain http://h/d/f.zip a@href\n");
    expect("<a rel=nofollow href=a>x</a>", "page certain http://h/d/a a@href\n");
}
END_TEST

START_TEST(only_http_urls_are_given)
{
    expect("<a href='javascript:void(0)'><a href=mailto:a@h><a href=tel:1><a "
           "href='data:text/html,x'><a href='#top'>"
           "<a href=''><a name=x><span href=/x><img src='data:image/png;base64,AA=='><img "
           "src='about:blank'>",
           "");
    expect("<a href='  JavaScript:x'><a href='java\nscript:x'>", "");
    expect("<b itemscope itemtype='http://schema.org/Blog' "
           "data-href='http://twitter.com/share?text=a b'></b>"
           "<meta itemprop=url content='https://plus.google.com/1'><html "
           "xmlns='http://www.w3.org/1999/xhtml'>",
           "");
    expect("<form action=/x><button formaction=/y></form><a ping=/z>", "");
}
END_TEST

START_TEST(the_first_base_with_a_url_counts)
{
    expect("<base target=_blank><base href=/e/><base href=/f/><a href=a>",
           "page certain http://h/e/a a@href\n");
    expect("<a href=a></a><base href=http://i/>\n<a href=b>",
           "page certain http://h/d/a a@href\npage certain http://i/b a@href\n");
    expect("<base href='javascript:x'><a href=a>", "page certain http://h/d/a a@href\n");
}
END_TEST

START_TEST(noscript_templates_and_template_scripts_are_read)
{
    expect("<noscript><img src=a.png></noscript><template><a href=b></a></template><img src=c.png>",
           "requisite certain http://h/d/a.png noscript img@src\npage certain http://h/d/b "
           "template a@href\n"
           "requisite certain http://h/d/c.png img@src\n");
    expect("<script type='text/template'><img src=a.png><a href=b></a></script>",
           "requisite certain http://h/d/a.png script[text/template] img@src\n"
           "page certain http://h/d/b script[text/template] a@href\n");
    expect("<script type='text/x-handlebars'><a href='{{url}}'></a><img src='${u}'><img src='<%= u "
           "%>'></script>",
           "");
    expect("<iframe srcdoc=\"<img src='a.png'>\"></iframe>",
           "requisite certain http://h/d/a.png iframe@srcdoc img@src\n");
}
END_TEST

START_TEST(css_in_pages_is_read)
{
    expect("<style>a{b:url(a.png)}</style><p style=\"background:url('b.png')\"><p "
           "style='background:url(&quot;c.png&quot;)'>",
           "requisite certain http://h/d/a.png style url()\nrequisite certain http://h/d/b.png "
           "@style url()\n"
           "requisite certain http://h/d/c.png @style url()\n");
    expect("<style>/*<![CDATA[*/ a{b:url(//i/x.png)} /*]]>*/</style>",
           "requisite certain http://i/x.png style url()\n");
}
END_TEST

START_TEST(svg_in_a_page_names_images_and_pages)
{
    expect("<svg><image href=a.png /><image xlink:href=b.png /><use href='c.svg#d'/><use "
           "href='#e'/><a href=f>x</a></svg>",
           "requisite certain http://h/d/a.png image@href\nrequisite certain http://h/d/b.png "
           "image@xlink:href\n"
           "requisite certain http://h/d/c.svg use@href\npage certain http://h/d/f a@href\n");
}
END_TEST

START_TEST(metas_name_pictures_and_where_to_go)
{
    expect("<meta property=og:image content=/a.png><meta name=twitter:image content=/b.png>",
           "requisite possible http://h/a.png meta@content\nrequisite possible http://h/b.png "
           "meta@content\n");
    expect("<meta http-equiv=refresh content='0; url=/next'>",
           "page certain http://h/next meta@refresh\n");
    expect("<meta http-equiv=Refresh content=\"5;URL='/next'\">",
           "page certain http://h/next meta@refresh\n");
    expect("<meta name=description content='see http://h/x'>", "");
}
END_TEST

START_TEST(conditional_comments_are_possible_only)
{
    expect("<!--[if IE]><script src=a.js></script><![endif]--><!-- <img src=b.png> -->",
           "requisite possible http://h/d/a.js comment\n");
}
END_TEST

START_TEST(inline_scripts_give_whole_urls_only)
{
    expect("<script>ga('create');s.src='https://www.google-analytics.com/analytics.js';</script>",
           "requisite possible https://www.google-analytics.com/analytics.js script\n");
    expect(
        "<script>var more = {next: '/page/2/', \"url\": \"http:\\/\\/h\\/list?page=3\"};</script>",
        "pager possible http://h/page/2/ script\npager possible http://h/list?page=3 script\n");
    expect("<script>var a = '/page/' + n, b = '/?p=17', c = '/page/about', d = "
           "'http://other/page/2/', e = '/page/{n}';</script>",
           "");
    expect("<script>document.write('<iframe src=\"https://2.fls.doubleclick.net/activityi;ord=' + "
           "a + '?\"></iframe>')</script>",
           "");
    expect("<script>var a = 'https://i.example/' + n + '.png'; b = \"http://i.example/x.js\" + "
           "c;</script>",
           "");
}
END_TEST

START_TEST(json_is_read_for_possible_pictures)
{
    expect("<script "
           "type='application/ld+json'>{\"@context\":\"https://schema.org\",\"image\":\"https:\\/"
           "\\/i.example\\/a.png\"}</script>",
           "requisite possible https://i.example/a.png script\n");
}
END_TEST

START_TEST(objects_applets_and_their_parameters_are_read)
{
    expect("<object data=a.swf type='text/html; charset=x'><object data=b.svg>",
           "requisite certain http://h/d/a.swf object@data document\nrequisite certain "
           "http://h/d/b.svg object@data\n");
    expect("<object codebase=/c/ data=x.swf classid=http://i/k archive='a.zip b.zip'></object><img "
           "src=y.png>",
           "requisite certain http://h/c/x.swf object@data\nrequisite certain http://h/c/a.zip "
           "object@archive\n"
           "requisite certain http://h/c/b.zip object@archive\nrequisite certain http://i/k "
           "object@classid\n"
           "requisite certain http://h/d/y.png img@src\n");
    expect("<object classid='clsid:D27CDB6E' codebase='http://download.example/x.cab'></object>",
           "");
    expect("<applet code=A.class archive='a.jar,b.jar'></applet><applet codebase=/j "
           "code=B.class></applet>",
           "requisite certain http://h/d/a.jar applet@archive\nrequisite certain http://h/d/b.jar "
           "applet@archive\n"
           "requisite certain http://h/B.class applet@code\n");
    expect(
        "<param name=Movie value=m.swf><param name=src value=n.swf><param name=quality value=high>",
        "requisite certain http://h/d/m.swf param@value\nrequisite possible http://h/d/n.swf "
        "param@value\n");
}
END_TEST

START_TEST(svg_is_drawn_with_files)
{
    expect("<svg><rect fill='url(x.svg#y)' stroke='#fff' filter='url(#f)' mask=\"url('m.svg')\" "
           "marker-end='url(e.svg#e)'/></svg>",
           "requisite certain http://h/d/x.svg @fill url()\nrequisite certain http://h/d/e.svg "
           "@marker-end url()\n"
           "requisite certain http://h/d/m.svg @mask url()\n");
    expect("<svg><pattern href=a.svg#p /><linearGradient xlink:href=b.svg#g /><textPath "
           "href='#t'/><mpath href=c.svg#m /></svg>",
           "requisite certain http://h/d/a.svg pattern@href\nrequisite certain http://h/d/b.svg "
           "lineargradient@xlink:href\n"
           "requisite certain http://h/d/c.svg mpath@href\n");
}
END_TEST

START_TEST(backgrounds_and_clicks_of_any_element_are_read)
{
    expect("<div data-bg=a.png></div><p data-bg='url(b.png)'></p><b "
           "data-background-image=\"url('c.png'), url(d.png)\"></b>",
           "requisite certain http://h/d/a.png @data-bg\nrequisite certain http://h/d/b.png "
           "@data-bg url()\n"
           "requisite certain http://h/d/c.png @data-bg url()\nrequisite certain http://h/d/d.png "
           "@data-bg url()\n");
    expect("<tr onclick=\"location.href='/a'\"><td onclick='window.open(\"/b\")'><td "
           "onclick=\"window.location = &#39;c&#39;;\">",
           "page possible http://h/a @onclick\npage possible http://h/b @onclick\npage possible "
           "http://h/d/c @onclick\n");
    expect("<b onclick=\"location.href='/a?' + x\"></b><b onclick='go(\"/b\")'></b><b "
           "onclick=\"location.reload()\"></b>",
           "");
    expect("<div style='background:url({{image}})'></div>", "");
    expect("<img data-lazy-srcset='a.png 1x, b.png 2x'>",
           "requisite certain http://h/d/a.png img@data-lazy-srcset\nrequisite certain "
           "http://h/d/b.png img@data-lazy-srcset\n");
}
END_TEST

START_TEST(import_maps_name_scripts)
{
    expect(
        "<script type=importmap>{\"imports\":{\"a\":\"/a.js\",\"b/\":\"./b/\",\"c\":\"./c.mjs\"},"
        "\"scopes\":{\"/s/\":{\"a\":\"http:\\/\\/i\\/d.js\"}},\"integrity\":{\"/a.js\":\"/sha\"}}</"
        "script>",
        "requisite possible http://h/a.js script[importmap]\nrequisite possible http://h/d/c.mjs "
        "script[importmap]\n"
        "requisite possible http://i/d.js script[importmap]\n");
    expect("<script type=speculationrules>{\"prefetch\":[{\"urls\":[\"/x.js\"]}]}</script>", "");
}
END_TEST

START_TEST(linked_data_is_read_by_its_members)
{
    expect(
        "<script "
        "type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"BlogPosting\","
        "\"@id\":\"http://h/1#post\",\"url\":\"http://h/1\",\"image\":[\"/a.png\",{\"@id\":\"http:/"
        "/h/#i\",\"url\":\"/b\"}],"
        "\"thumbnailUrl\":\"/t\",\"publisher\":{\"logo\":{\"url\":\"/l\"},\"sameAs\":[\"http://s/"
        "\"]},"
        "\"video\":{\"contentUrl\":\"/v.mp4\",\"embedUrl\":\"http://v/1\"},\"item\":\"/crumb\","
        "\"potentialAction\":{\"target\":\"http://h/?s={q}\"}}</script>",
        "page possible http://h/1 script\nrequisite possible http://h/a.png script\nrequisite "
        "possible http://h/b script\n"
        "requisite possible http://h/t script\nrequisite possible http://h/l script\nmedia "
        "possible http://h/v.mp4 script\n"
        "page possible http://v/1 script\npage possible http://h/crumb script\n");
}
END_TEST

START_TEST(relations_that_only_prefetch_are_possible)
{
    expect(
        "<link rel=preload as=fetch href=/a.json><link rel=preload as=font href=/b.woff2><link "
        "rel=search href=/o.xml>"
        "<link rel=modulepreload href=/c.js>",
        "requisite possible http://h/a.json link@href\nrequisite certain http://h/b.woff2 "
        "link@href\n"
        "requisite possible http://h/o.xml link@href\nrequisite certain http://h/c.js link@href\n");
    expect(
        "<link rel=nofollow href=/a><link rel=amphtml href=/b><link rel='shortlink' href=/c>",
        "page certain http://h/b link@href\ntrap certain http://h/c link@href [page.shortlink]\n");
}
END_TEST

START_TEST(cards_name_pictures_and_pages)
{
    expect(
        "<meta itemprop=image content=/a><meta property=og:video:url content=/b><meta "
        "name=msapplication-config content=/c.xml>"
        "<meta name=twitter:player content=/d><meta property=al:web:url content=/e><meta "
        "itemprop=url content=/f>"
        "<link itemprop=thumbnailUrl href=/g><link itemprop=url href=/h>",
        "requisite possible http://h/a meta@content\nrequisite possible http://h/b meta@content\n"
        "requisite possible http://h/c.xml meta@content\npage possible http://h/d meta@content\n"
        "page possible http://h/e meta@content\nrequisite possible http://h/g link@href\n");
}
END_TEST

START_TEST(refreshes_are_read_as_the_standard_says)
{
    expect("<meta http-equiv=refresh content='0;/a'><meta http-equiv=refresh content='1,url = /b'>"
           "<meta http-equiv=refresh content='2.5 URL=\"/c\"x'><meta http-equiv=refresh "
           "content='3; urlx'>",
           "page certain http://h/a meta@refresh\npage certain http://h/b meta@refresh\npage "
           "certain http://h/c meta@refresh\n"
           "page certain http://h/d/urlx meta@refresh\n");
    expect("<meta http-equiv=refresh content='5'><meta http-equiv=refresh content='url=/a'><meta "
           "http-equiv=refresh content='5x;url=/a'>",
           "");
}
END_TEST

START_TEST(strings_in_strings_of_scripts_are_found)
{
    expect("<script>x = \"<img src=\\\"//i.example/a.png\\\">\"; don't; y='/b.js'; z=\"./c.css\"; "
           "r = /'\"/; n='/no/page';</script>",
           "requisite possible http://i.example/a.png script img@src\nrequisite possible "
           "http://h/b.js script\n"
           "requisite possible http://h/d/c.css script\n");
    collect_expects(
        MEDIA_HTML, "http://h.example/d/",
        "<script>y='/b.js'; z=\"./c.css\"; n='/no/page'; m='d.js'; w='/e/'+f+'/g.js'</script>",
        "requisite possible http://h.example/b.js script\nrequisite possible "
        "http://h.example/d/c.css script\n");
}
END_TEST

START_TEST(a_url_comes_once_per_class)
{
    expect("<a href=a></a><a href=a#x></a><a href=./a></a>", "page certain http://h/d/a a@href\n");
    expect("<img src=a.png><a href=a.png></a><img src=a.png>",
           "requisite certain http://h/d/a.png img@src\nmedia certain http://h/d/a.png a@href\n");
}
END_TEST

START_TEST(a_feed_is_known_by_its_type_however_it_is_written)
{
    expect("<link rel=alternate type=application/rss&#43;xml href=/index.xml>",
           "feed certain http://h/index.xml link@href\n");
    expect("<link rel=alternate type='application/atom+xml' href='/a?b&amp;c'>",
           "feed certain http://h/a?b&c link@href\n");
}
END_TEST

START_TEST(drop_downs_of_archives_are_read)
{
    expect("<select name=archive-dropdown><option value=''>Month</option><option "
           "value='http://h/2021/06/'>June 2021</option>"
           "<option value=17>x</option></select>",
           "archive certain http://h/2021/06/ option@value\n");
    expect("<select><option value='../2020/index.html'>2020</option><option "
           "value='2019'>2019</option></select>",
           "archive certain http://h/2020/index.html option@value\n");
    expect("<select><option value='../notes/index.html'>Notes</option></select>",
           "page possible http://h/notes/index.html option@value\n");
}
END_TEST

START_TEST(a_truncated_page_gives_what_it_has)
{
    expect("<a href=a>x</a><script>var x = '", "page certain http://h/d/a a@href\n");
    expect("<a href=a>x</a><a href=\"b", "page certain http://h/d/a a@href\n");
    expect("<a href=a>x</a><!-- <a href=b>", "page certain http://h/d/a a@href\n");
    expect("</body></html><a href=a>x</a>", "page certain http://h/d/a a@href\n");
}
END_TEST

static void expect_in(const char *charset, struct text html, const char *lines)
{
    struct buf out;
    buf_init(&out, 4096);
    buf_add(&out, "");
    collect(MEDIA_HTML, "http://h/", text_of(charset), html, &out);
    ck_assert_str_eq(out.data, lines);
    buf_release(&out);
}

START_TEST(paths_are_in_utf8_and_queries_in_the_encoding_of_the_page)
{
    const char *latin = "page certain http://h/%C3%A9?q=%E9 a@href\n";
    expect_in("iso-8859-1", TEXT("<a href='\xe9?q=\xe9'>"), latin);
    expect_in("", TEXT("<meta charset=windows-1252><a href='\xe9?q=\xe9'>"), latin);
    expect_in("",
              TEXT("<meta http-equiv=content-type content='text/html; charset=iso-8859-1'><a "
                   "href='\xe9?q=\xe9'>"),
              latin);
    expect_in("", TEXT("<a href='\xe9?q=\xe9'>"), latin);
    expect_in("", TEXT("<a href='\xc3\xa9?q=\xc3\xa9'>"),
              "page certain http://h/%C3%A9?q=%C3%A9 a@href\n");
    /* UTF-8 that calls itself latin1: the query comes back octet by octet */
    expect_in("", TEXT("<meta charset=iso-8859-1><a href='?t=\xe3\x81\x82\x9d\x90'>"),
              "page certain http://h/?t=%E3%81%82%9D%90 a@href\n");
    expect_in("windows-1257", TEXT("<a href='?t=\x98\xc4\x81'>"),
              "page certain http://h/?t=%98%C4%81 a@href\n");
    /* an octet that is in no code page */
    expect_in("windows-1253", TEXT("<a href='?t=\xd2'>"),
              "page certain http://h/?t=%26%2365533%3B a@href\n");
    expect_in("utf-8", TEXT("<meta charset=iso-8859-1><a href='\xc3\xa9?q=\xc3\xa9'>"),
              "page certain http://h/%C3%A9?q=%C3%A9 a@href\n");
    expect_in("windows-1251", TEXT("<a href='\xe9?q=\xe9'>"),
              "page certain http://h/%D0%B9?q=%E9 a@href\n");
    expect_in("shift_jis", TEXT("<a href='?q=\x95\x5c'>"),
              "page certain http://h/?q=%95\\ a@href\n");
    /* Hong Kong's characters are decoded, but not encoded, as in browsers. */
    expect_in("big5", TEXT("<a href='\x8b\xef?q=\x8b\xef'>"),
              "page certain http://h/%E9%A1%B5?q=%26%2339029%3B a@href\n");
    expect_in("gb2312", TEXT("<a href='\x81\x39\xee\x39'>"),
              "page certain http://h/%E3%90%80 a@href\n");
    expect_in("x-cp1253", TEXT("<a href='\xe1'>"), "page certain http://h/%CE%B1 a@href\n");
    expect_in("csshiftjis", TEXT("<a href='\x95\x5c'>"),
              "page certain http://h/%E8%A1%A8 a@href\n");
    /* A charset that nobody knows leaves it to the page. */
    expect_in("off", TEXT("<meta charset=windows-1251><a href='\xe9'>"),
              "page certain http://h/%D0%B9 a@href\n");
}
END_TEST

START_TEST(byte_order_marks_decide)
{
    expect_in("iso-8859-1", TEXT("\xef\xbb\xbf<a href='?\xc3\xa9'>"),
              "page certain http://h/?%C3%A9 a@href\n");
    expect_in("", TEXT("\xff\xfe<\0a\0 \0h\0r\0e\0f\0=\0\xe9\0>\0"),
              "page certain http://h/%C3%A9 a@href\n");
    expect_in("", TEXT("\xfe\xff\0<\0a\0 \0h\0r\0e\0f\0=\0\xe9\0>"),
              "page certain http://h/%C3%A9 a@href\n");
}
END_TEST

static const char *const hostile[] = {
    "<a ",
    "</",
    "url(",
    "<!-->",
    "<!--",
    "<object codebase=/x data=y>",
    "<b onclick=\"location='",
    "<svg fill='url(x)'>",
    "<script type=importmap>{\"imports\":{\"a\":\"/",
    "<script type=application/ld+json>{\"@context\":\"",
    "<link rel='a b c' href=x>",
    "<a href=\"",
    "<a href=a>",
    "<div>",
    "</div>",
    "<li><ul>",
    "<noscript>",
    "<template>",
    "<svg>",
    "<script>",
    "<style>url(",
    "<script type=text/template>",
    "<a href=//h/><div class=pager>",
    "<img srcset=',,,'>",
    "<img srcset='a 1x,",
    "<option value=/x>",
    "<a href=x alt=\"",
    "<p style='",
    "&amp;",
    "<iframe srcdoc='&lt;iframe srcdoc=",
    "<meta http-equiv=refresh content=0;url=",
    "<!--[if IE]>",
    "<base href=x>",
    "<a href='?",
    "<a href='/a/a/a/a/a/a/a",
};

START_TEST(hostile_pages_take_linear_time)
{
    struct buf html;
    const char *piece = hostile[_i];
    buf_init(&html, HOSTILE_BYTES + 64);
    hostile_repeat(&html, piece, HOSTILE_BYTES / strlen(piece));
    collect_count(MEDIA_HTML, "http://h/", buf_text(&html));
    buf_release(&html);
}
END_TEST

START_TEST(all_of_a_hundred_thousand_links_are_given)
{
    struct buf html;
    buf_init(&html, 1 << 24);
    for (int i = 0; i < 100000; i++)
        buf_printf(&html, "<a href=/p%d>x</a>", i);
    ck_assert_uint_eq(collect_count(MEDIA_HTML, "http://h/", buf_text(&html)), 100000);
    buf_release(&html);
}
END_TEST

START_TEST(styles_in_svg_are_read_in_cdata_sections)
{
    expect("<svg><style>\n<![CDATA[ .a{fill:url(p.svg#q)} ]]></style><image href=i.png "
           "/></svg><img src=j.png>",
           "requisite certain http://h/d/p.svg style url()\n"
           "requisite certain http://h/d/i.png image@href\n"
           "requisite certain http://h/d/j.png img@src\n");
    expect("<svg><style></style></svg><script></script><img src=j.png>",
           "requisite certain http://h/d/j.png img@src\n");
}
END_TEST

START_TEST(data_attributes_name_the_next_page_of_a_script)
{
    expect("<div data-next-url='/list?page=2&amp;x=1' data-url='/x' "
           "data-share='http://other/?page=2' data-count='/7'></div>",
           "pager possible http://h/list?page=2&x=1 @data\n");
    expect(
        "<img data-large-file='http://i/a-1.jpg?w=7' data-orig-file=/a.png data-permalink=/a.html "
        "data-opts='.5'>",
        "requisite possible http://i/a-1.jpg?w=7 @data\nrequisite possible http://h/a.png @data\n");
    expect("<div class=lazy data-src=a.webp></div><div data-src=a.html></div><i "
           "data-share='http://t/share?media=/a.png'></i>",
           "requisite possible http://h/d/a.webp @data-src\n");
    expect("<script>var a = '/a.png', b = 'http://elsewhere/b.png'</script>",
           "requisite possible http://h/a.png script\n");
    expect("<button data-href='?page=3'>more</button>",
           "pager possible http://h/d/p.html?page=3 @data\n");
    expect("<p data-x='/{{p}}?page=3'>", "");
}
END_TEST

START_TEST(old_and_new_attributes_of_pictures_and_sounds_are_read)
{
    expect("<bgsound src=a.wav><amp-img src=b.png srcset='c.png 2x'></amp-img><noframes><a "
           "href=d.html>x</a></noframes>",
           "requisite certain http://h/d/a.wav bgsound@src\n"
           "requisite certain http://h/d/b.png amp-img@src\n"
           "requisite certain http://h/d/c.png amp-img@srcset\n"
           "page certain http://h/d/d.html noframes a@href\n");
    expect("<p data-bg=a.png data-background-image='url(b.png)'>",
           "requisite certain http://h/d/a.png @data-bg\n"
           "requisite certain http://h/d/b.png @data-bg url()\n");
}
END_TEST

START_TEST(a_drop_down_list_is_pagination)
{
    expect("<select><option value='?page=2'>2</option><option "
           "value='?color=red'>red</option><option value='7'>7</option></select>",
           "pager certain http://h/d/p.html?page=2 option@value\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("links of pages");
    TCase *standard = tcase_create("standard"), *hard = tcase_create("hostile");
    tcase_add_test(standard, images_are_requisites);
    tcase_add_test(standard, srcset_is_parsed_as_the_standard_says);
    tcase_add_test(standard, lazy_images_are_requisites);
    tcase_add_test(standard, media_frames_and_scripts_are_requisites);
    tcase_add_test(standard, links_to_style_sheets_and_icons_are_requisites);
    tcase_add_test(standard, links_to_services_are_not_given);
    tcase_add_test(standard, links_to_feeds_sitemaps_and_pages_have_their_class);
    tcase_add_test(standard, anchors_are_pages_media_or_feeds);
    tcase_add_test(standard, only_http_urls_are_given);
    tcase_add_test(standard, the_first_base_with_a_url_counts);
    tcase_add_test(standard, noscript_templates_and_template_scripts_are_read);
    tcase_add_test(standard, css_in_pages_is_read);
    tcase_add_test(standard, svg_in_a_page_names_images_and_pages);
    tcase_add_test(standard, metas_name_pictures_and_where_to_go);
    tcase_add_test(standard, conditional_comments_are_possible_only);
    tcase_add_test(standard, inline_scripts_give_whole_urls_only);
    tcase_add_test(standard, json_is_read_for_possible_pictures);
    tcase_add_test(standard, objects_applets_and_their_parameters_are_read);
    tcase_add_test(standard, svg_is_drawn_with_files);
    tcase_add_test(standard, backgrounds_and_clicks_of_any_element_are_read);
    tcase_add_test(standard, import_maps_name_scripts);
    tcase_add_test(standard, linked_data_is_read_by_its_members);
    tcase_add_test(standard, relations_that_only_prefetch_are_possible);
    tcase_add_test(standard, cards_name_pictures_and_pages);
    tcase_add_test(standard, refreshes_are_read_as_the_standard_says);
    tcase_add_test(standard, strings_in_strings_of_scripts_are_found);
    tcase_add_test(standard, a_url_comes_once_per_class);
    tcase_add_test(standard, a_feed_is_known_by_its_type_however_it_is_written);
    tcase_add_test(standard, drop_downs_of_archives_are_read);
    tcase_add_test(standard, a_truncated_page_gives_what_it_has);
    tcase_add_test(standard, paths_are_in_utf8_and_queries_in_the_encoding_of_the_page);
    tcase_add_test(standard, byte_order_marks_decide);
    tcase_add_loop_test(hard, hostile_pages_take_linear_time, 0, sizeof hostile / sizeof *hostile);
    tcase_add_test(hard, all_of_a_hundred_thousand_links_are_given);
    tcase_set_timeout(hard, HOSTILE_SECONDS);
    suite_add_tcase(suite, standard);
    tcase_add_test(standard, styles_in_svg_are_read_in_cdata_sections);
    tcase_add_test(standard, data_attributes_name_the_next_page_of_a_script);
    tcase_add_test(standard, old_and_new_attributes_of_pictures_and_sounds_are_read);
    tcase_add_test(standard, a_drop_down_list_is_pagination);
    suite_add_tcase(suite, hard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
