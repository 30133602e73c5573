/* Parts of pages in every form: each case lists exactly the paths that are found, in order. What
 * only looks like a part has an empty list. All are relative to http://h.example/d/p.html. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"
#include "found.h"

static const struct form_case attributes[] = {
    {"a picture's name under any name", MEDIA_HTML, "<img data-foo='img/1.jpg'>", "/d/img/1.jpg",
     false},
    {"a path without extension on a picture", MEDIA_HTML, "<img data-thing='/media/2?w=9'>",
     "/media/2?w=9", false},
    {"a relative URL with a query", MEDIA_HTML, "<img data-echo-src='thumb?id=3'>", "/d/thumb?id=3",
     false},
    {"on any element", MEDIA_HTML, "<li data-thumb='a.webp'></li><a data-zoom='//i.example/b.png'>",
     "/d/a.webp http://i.example/b.png", false},
    {"an attribute without data-", MEDIA_HTML, "<img lazy-src='/a.jpg' hires='b.avif'>",
     "/a.jpg /d/b.avif", false},
    {"a set with bars", MEDIA_HTML,
     "<i data-bgset='/a 300w, /b 600w | /c [(min-width: 9px)] | /e 2x'></i>", "/a /b /c /e", false},
    {"a list of names", MEDIA_HTML, "<i data-images='a.jpg,b.jpg; c.jpg'></i>",
     "/d/a.jpg /d/b.jpg /d/c.jpg", false},
    {"commas inside a URL", MEDIA_HTML, "<i data-srcset='/w_3,h_2/a.png 1x, /w_6,h_4/a.png 2x'>",
     "/w_3,h_2/a.png /w_6,h_4/a.png", false},
    {"JSON, escaped", MEDIA_HTML,
     "<i data-settings='{&quot;g&quot;:[{&quot;id&quot;:1,&quot;url&quot;:&quot;http:\\/\\/"
     "h.example\\/a.jpg&quot;}]}'></i><i data-props='{\"src\":\"/media/7\",\"title\":\"b.jpg\"}'>",
     "/a.jpg /media/7", false},
    {"JSON in JSON, and percent-encoded", MEDIA_HTML,
     "<i data-x='{\"a\":\"[{\\\"src\\\":\\\"/a.jpg\\\"}]\"}'></i><i "
     "data-y='%7B%22src%22:%22/b.jpg%22%7D'>",
     "/a.jpg /b.jpg", false},
    {"variables of inline style", MEDIA_HTML,
     "<i style=\"--bg:url(a.png); --x: 'b.jpg'; --y: /c.webp\"></i>", "/d/a.png /d/b.jpg /c.webp",
     false},
    {"style and markup in an attribute", MEDIA_HTML,
     "<i data-style='background:url(/a.png)'></i><i data-html='&lt;img src=b.png&gt;'></i>",
     "/a.png /d/b.png", false},
    {"elements of its own", MEDIA_HTML,
     "<my-card image='/a.jpg' href='/post/1'></my-card><x-player src='/b' poster=c.png></x-player>",
     "/a.jpg /post/1 /b /d/c.png", false},
    {"a constant of a template language", MEDIA_HTML, "<img :src=\"'/a.jpg'\" v-lazy=\"b.c\">",
     "/a.jpg", false},
    {"scripts that wait", MEDIA_HTML,
     "<script type=rocketlazyloadscript data-rocket-src=/a.js></script><script type=text/plain "
     "data-src='b'></script><script data-main=js/main></script>",
     "/a.js /d/b /d/js/main.js", false},
    {"sheets and frames that wait", MEDIA_HTML,
     "<link rel=stylesheet data-href=/c.css><iframe data-cmplz-src=/embed/3></iframe><div "
     "data-embed-url='https://v.example/4'></div>",
     "/c.css /embed/3 https://v.example/4", false},
    {"inline scripts that wait", MEDIA_HTML,
     "<script type=text/plain data-category=x>load('/a.js')</script>", "/a.js", false},
    {"rollovers", MEDIA_HTML, "<img onmouseover=\"this.src='a.gif'\" onload=\"pre('b.gif')\">",
     "/d/a.gif /d/b.gif", false},

    {"scripts in attributes", MEDIA_HTML,
     "<i x-data=\"{photo: '/a.jpg', n: 'b/c'}\"></i><img :src=\"ok ? '/d.png' : '/e.png'\">",
     "/a.jpg /d.png /e.png", false},

    {"texts are not pictures", MEDIA_HTML,
     "<img alt=a.jpg data-image-title=b.jpg data-caption='c.jpg' download=d.jpg data-name=e.jpg>",
     "", false},
    {"words, numbers and types are not pictures", MEDIA_HTML,
     "<li data-date='2019/05/06' data-v='1.2.3' data-type='image/png' accept='.jpg,.png' "
     "data-x='a/b' data-price='3.50' data-filter='.jpg' data-lazy='true' data-bg='dark' "
     "data-full='no'><path d='M1.5 2/3'>",
     "", false},
    {"requests that do something", MEDIA_HTML,
     "<i data-vote-url='/vote/5' data-delete='/del/5' data-action='/api/x/5' "
     "data-url='/api/list'></i>",
     "", false},
    {"placeholders", MEDIA_HTML, "<img data-a='/{width}/a.jpg' data-b='/{{x}}.png'>", "", false},
    {"sentences", MEDIA_HTML, "<p data-text='see a.jpg' data-x='of a.jpg and b.jpg'>", "", false},
    {"data: is not a URL to fetch", MEDIA_HTML, "<img data-x='data:image/png;base64,AA/B.png'>", "",
     false},
};

static const struct form_case scripts[] = {
    {"modules", MEDIA_JAVASCRIPT,
     "import './a.js';import x from\"./b.mjs\";export * from '../c.js';import('./d');"
     "import y from 'react';",
     "/d/a.js /d/b.mjs /c.js /d/d", false},
    {"workers", MEDIA_JAVASCRIPT,
     "new Worker('a.js');importScripts('b.js', 'c.js');navigator.serviceWorker.register('/d.js')",
     "/d/a.js /d/b.js /d/c.js /d.js", false},
    {"loaders", MEDIA_JAVASCRIPT,
     "$.getScript('//c.example/a');loadCSS(\"/b\");fetch('/c');x.open('GET', '/e');"
     "$.ajax({url: '/f'});$.getJSON('g/h?x=1');s.src = 'https://c.example/i'",
     "http://c.example/a /b /c /e /f /d/g/h?x=1 https://c.example/i", false},
    {"what is sent is not fetched", MEDIA_JAVASCRIPT,
     "fetch('/a', {method: 'POST'});x.open('POST', '/b');$.ajax({type: 'PUT', url: '/c'});"
     "$.post('/d');navigator.sendBeacon('/e.js');new EventSource('/f.js');m.get('/g')",
     "", false},
    {"written markup", MEDIA_JAVASCRIPT,
     "document.write('<scr'+'ipt src=\"/a.js\"></scr'+'ipt>');document.write(unescape('%3Cscript "
     "src=\"/b.js\"%3E%3C/script%3E'));e.innerHTML = `<img src=\"/c.png\">`",
     "/a.js /b.js /c.png", false},
    {"written markup with a part that is not known", MEDIA_JAVASCRIPT,
     "document.write('<img src=\"/a/' + n + '.png\"><img src=/b.png>')", "/b.png", false},
    {"links are only followed when they are written", MEDIA_JAVASCRIPT,
     "document.write('<a href=\"a.html\">');t = '<a href=\"/b\"><img src=\"/c.png\">'",
     "/d/a.html /c.png", false},
    {"back-ticks without a hole", MEDIA_JAVASCRIPT, "a = `/a.png`, b = `/b${x}.png`", "/a.png",
     false},
    {"constants that are joined", MEDIA_JAVASCRIPT, "'/a/' + \"b\"\n + '.png'", "/a/b.png", false},
    {"halves", MEDIA_JAVASCRIPT, "'/a' + x; x + '/b.png'; '/c.png'.replace('a', x)", "", false},
    {"a time that is added", MEDIA_JAVASCRIPT, "get('/a.json?t=' + Date.now())",
     "/a.json?t=", false},
    {"names without a slash in front", MEDIA_JAVASCRIPT, "['img/a.png', 'b.jpg', 'js/c.js']",
     "/d/img/a.png /d/b.jpg /d/js/c.js", false},
    {"the names of things", MEDIA_JAVASCRIPT,
     "'Node.js', 'd.js', '3.5.1', 'image/png', '.jpg', 'foo.bar', 'yyyy/mm/dd', 'a b.png', "
     "x == '/c.png', 'node_modules/a/b.js'",
     "", false},
    {"style in strings", MEDIA_JAVASCRIPT,
     "x = 'a{background: url(/b.png)}'; e.style.background = \"url(\\\"c.png\\\")\"; y = 'url(' + "
     "z + "
     "')'; w = 'url(#a)'",
     "/d/c.png /b.png", false},
    {"comments", MEDIA_JAVASCRIPT,
     "/**\n * @type {import('./a')}\n * x = '/b.png'\n */\n// y = '/c.png'\nz = '/d.png'", "/d.png",
     false},
    {"names of modules", MEDIA_JAVASCRIPT, "require(['ace/theme/dawn'], f); require('./a')", "",
     false},
    {"players", MEDIA_JAVASCRIPT,
     "setup({sources: [{file: 'https://v.example/a.m3u8'}, {\"src\":\"https:\\/\\/v.example\\/"
     "b.mp4\"}]})",
     "https://v.example/a.m3u8 https://v.example/b.mp4", false},
    {"escapes", MEDIA_JAVASCRIPT, "'\\x2Fa\\u002Fb.png'", "/a/b.png", false},
    {"import maps", MEDIA_HTML,
     "<script type=importmap>{\"imports\":{\"a\":\"https://e.example/a\",\"l/\":\"./lib/\"},"
     "\"scopes\":{\"/s/\":{\"b\":\"/b.js\"}}}</script><script type=module>import 'l/c.js';import "
     "'m/d.js'</script>",
     "https://e.example/a /b.js /d/lib/c.js", false},
    {"where a script goes", MEDIA_HTML,
     "<script>location.href = '/a';window.open('b.html')</script>", "/a /d/b.html", false},
};

static const struct form_case documents[] = {
    {"relations with several words", MEDIA_HTML,
     "<link rel='stylesheet prefetch' href=a.css><link rel='stylesheet\ndns-prefetch' href=b.css>"
     "<link rel='icon prefetch' href=c.ico><link rel='next nofollow' href='?page=2'>",
     "/d/a.css /d/b.css /d/c.ico /d/p.html?page=2", false},
    {"hints alone", MEDIA_HTML,
     "<link rel=prefetch href=/page><link rel=preconnect href=//x><link rel='dns-prefetch "
     "nofollow' "
     "href=//y>",
     "", false},
    {"parts ahead of a later page", MEDIA_HTML, "<link rel=prefetch href=/a.js>", "/a.js", false},
    {"a base in a template", MEDIA_HTML,
     "<template><base href=/no/></template><svg><base href=/no/></svg><a href=x>", "/d/x", false},
    {"the sheet of a feed", MEDIA_FEED,
     "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='/a.xsl?b&amp;c'?><rss/>",
     "/a.xsl?b&c", false},
    {"the sheet of a sitemap", MEDIA_SITEMAP,
     "<?xml-stylesheet href=\"a.xsl\" ?><urlset><url><loc>http://h.example/1</loc></url></urlset>",
     "/d/a.xsl /1", false},
    {"the sheet of a drawing", MEDIA_SVG, "<?xml-stylesheet href='a.css'?><svg/>", "/d/a.css",
     false},
    {"no sheet", MEDIA_SVG, "<?xml-stylesheet href='#a'?><?other href='b.css'?><svg/>", "", false},
    {"not in HTML", MEDIA_HTML, "<p><?xml-stylesheet href='a.css'?>", "", false},
    {"what an XSL sheet names", MEDIA_XSL,
     "<xsl:stylesheet><xsl:import href='a.xsl'/><xsl:template><link rel='stylesheet' "
     "href='b.css'/></xsl:template></xsl:stylesheet>",
     "/d/a.xsl /d/b.css", false},
};

static const struct form_case playlists[] = {
    {"HLS", MEDIA_PLAYLIST,
     "#EXTM3U\r\n#EXT-X-KEY:METHOD=AES-128,URI=\"k.bin\"\r\n#EXT-X-MAP:URI=\"i.mp4\"\r\n#EXTINF:4,"
     "\r\ns0.ts\r\n#EXT-X-MEDIA:URI=\"/a.m3u8\"\r\n{$v}/x.ts\r\n",
     "/d/k.bin /d/i.mp4 /d/s0.ts /a.m3u8", false},
    {"keys that are not files", MEDIA_PLAYLIST, "#EXTM3U\n#EXT-X-KEY:URI=\"skd://x\"\n", "", false},
    {"DASH by number", MEDIA_DASH,
     "<MPD mediaPresentationDuration='PT0H0M9.5S'><BaseURL>v/</BaseURL><Period><AdaptationSet>"
     "<SegmentTemplate timescale='10' duration='40' startNumber='5' initialization='"
     "$RepresentationID$.mp4' media='$RepresentationID$-$Number%03d$.m4s'/><Representation id='a'/>"
     "<Representation id='b'></Representation></AdaptationSet></Period></MPD>",
     "/d/v/a.mp4 /d/v/a-005.m4s /d/v/a-006.m4s /d/v/a-007.m4s /d/v/b.mp4 /d/v/b-005.m4s "
     "/d/v/b-006.m4s /d/v/b-007.m4s",
     false},
    {"DASH by time", MEDIA_DASH,
     "<MPD><Period duration='PT1M'><AdaptationSet><Representation bandwidth='9'><SegmentTemplate "
     "timescale='1' media='$Bandwidth$/$Time$'><SegmentTimeline><S t='0' d='20' r='1'/><S d='10' "
     "r='-1'/></SegmentTimeline></SegmentTemplate></Representation></AdaptationSet></Period></MPD>",
     "/d/9/0 /d/9/20 /d/9/40 /d/9/50", false},
    {"DASH by lists and single files", MEDIA_DASH,
     "<MPD><Period><AdaptationSet><Representation><BaseURL>a.vtt</BaseURL></Representation>"
     "<Representation><SegmentList><Initialization sourceURL='b'/><SegmentURL media='c'/>"
     "</SegmentList></Representation></AdaptationSet></Period></MPD>",
     "/d/a.vtt /d/b /d/c", false},
    {"a live broadcast", MEDIA_DASH,
     "<MPD type='dynamic'><Period duration='PT9S'><AdaptationSet><SegmentTemplate duration='1' "
     "initialization='i' media='$Number$'/><Representation/></AdaptationSet></Period></MPD>",
     "/d/i", false},
    {"a template that asks for something unknown", MEDIA_DASH,
     "<MPD><Period duration='PT9S'><AdaptationSet><SegmentTemplate duration='1' "
     "media='$SubNumber$'/><Representation/></AdaptationSet></Period></MPD>",
     "", false},
};

START_TEST(attributes_of_any_name_name_parts)
{
    found_check(&attributes[_i], "http://h.example/d/p.html");
}
END_TEST

START_TEST(scripts_name_parts)
{
    found_check(&scripts[_i], "http://h.example/d/p.html");
}
END_TEST

START_TEST(documents_name_sheets)
{
    found_check(&documents[_i], "http://h.example/d/p.html");
}
END_TEST

START_TEST(playlists_name_their_segments)
{
    found_check(&playlists[_i], "http://h.example/d/p.html");
}
END_TEST

START_TEST(a_playlist_has_at_most_so_many_parts)
{
    static const char manifest[] =
        "<MPD mediaPresentationDuration='PT999999H'><Period><AdaptationSet><SegmentTemplate "
        "duration='1' media='$Number$'/><Representation/><Representation/></AdaptationSet>";
    struct buf list;
    buf_init(&list, 1 << 20);
    buf_add(&list, "#EXTM3U\n#EXT-X-VERSION:3\n");
    for (int i = 0; i < 9000; i++)
        buf_printf(&list, "%d.ts\n", i);
    ck_assert_uint_eq(collect_count(MEDIA_PLAYLIST, "http://h.example/", buf_text(&list)), 5000);
    ck_assert_uint_eq(collect_count(MEDIA_DASH, "http://h.example/", text_of(manifest)), 5000);
    buf_release(&list);
}
END_TEST

struct any_host {
    struct text url;
    bool seen, taken;
};

static void note_any_host(void *context, const struct link *link)
{
    struct any_host *wanted = context;
    if (text_equal(link->url, wanted->url)) {
        wanted->seen = true;
        wanted->taken = link->any_host;
    }
}

/* Whether the possible part may be requested from its host. */
static bool is_taken(const char *html, const char *address)
{
    struct url base;
    struct any_host wanted = {.url = text_of(address)};
    url_init(&base);
    ck_assert_int_eq(url_parse(&base, TEXT("http://h.example/"), NULL, TEXT("")), URL_OK);
    struct links_source source = {.url = &base,
                                  .kind = MEDIA_HTML,
                                  .charset = TEXT(""),
                                  .bytes = text_of(html),
                                  .year = COLLECT_YEAR};
    ck_assert(collect_each(&source, note_any_host, &wanted));
    ck_assert(wanted.seen);
    url_release(&base);
    return wanted.taken;
}

START_TEST(a_possible_part_elsewhere_needs_a_reason)
{
    const char *part = "http://i.example/a.png";
    ck_assert(!is_taken("<script>x = 'http://i.example/a.png'</script>", part));
    ck_assert(!is_taken("<iframe src='http://i.example/'></iframe><script>x = "
                        "'http://i.example/a.png'</script>",
                        part));
    ck_assert(is_taken("<script>x = 'http://i.example/a.png'</script><img "
                       "src='http://i.example/b.png'>",
                       part));
    ck_assert(is_taken("<script>x.src = 'http://i.example/a.png'</script>", part));
    ck_assert(is_taken("<i data-x='http://i.example/a.png'></i>", part));
}
END_TEST

static const char *const pieces[] = {
    "'<a src=",
    "\"a.js\"+",
    "`/a",
    "('",
    ",'/a.js'",
    "<i data-x='{\"a\":\"",
    "\\\"/a.png\\\"",
    "document.write('<img src=' + ",
    "<x-y src='a.png 1x, ",
    "<i data-a=a.png,b.png;",
    "<i style=--a:--",
    "<i onx=\"'a.js'\" data-src=/a.png>",
    "import'",
};

START_TEST(repeated_pieces_take_linear_time)
{
    collect_repeated(MEDIA_HTML, "http://h.example/", _i % 2 ? "<script>" : "", pieces[_i / 2]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("parts");
    TCase *forms = tcase_create("forms"), *hostile = tcase_create("hostile");
    LOOP(forms, attributes_of_any_name_name_parts, attributes);
    LOOP(forms, scripts_name_parts, scripts);
    LOOP(forms, documents_name_sheets, documents);
    LOOP(forms, playlists_name_their_segments, playlists);
    tcase_add_test(forms, a_playlist_has_at_most_so_many_parts);
    tcase_add_test(forms, a_possible_part_elsewhere_needs_a_reason);
    tcase_set_timeout(hostile, HOSTILE_SECONDS);
    tcase_add_loop_test(hostile, repeated_pieces_take_linear_time, 0,
                        2 * sizeof pieces / sizeof *pieces);
    suite_add_tcase(suite, forms);
    suite_add_tcase(suite, hostile);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
