/* Code that reads bytes from outside when memory runs out: the n-th allocation fails, for every
 * n. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "http/http_message.h"
#include "links/links.h"
#include "tests/memory/failing.h"
#include "web/robots.h"
#include "web/url.h"

static const char PAGE[] =
    "<!DOCTYPE html><title>A page</title><base href='/b/'><link rel=stylesheet href=a.css>"
    "<style>body{background:url(x.png)}</style><a href='page/2/' rel=next>Older &raquo;</a>"
    "<a href=/2021/06/>June (3)</a><img src=i.png srcset='i2.png 2x, i3.png 3x'>"
    "<script>var s='/js/a.js';</script><iframe srcdoc='<a href=z>z</a>'></iframe>"
    "<div onclick=\"location='/on'\"></div>";
static const char FEED[] =
    "<rss><channel><item><link>http://h/1</link><description>&lt;img src='/a.png'&gt;"
    "</description></item></channel></rss>";
static const char SITEMAP[] = "<urlset><url><loc>http://h/1</loc><lastmod>2021-06-01</lastmod>"
                              "</url></urlset>";
static const char SHEET[] = "@import 'b.css'; a { background: url(c.png) }";
static const char PARTS[] =
    "<script type=importmap>{\"imports\":{\"l/\":\"/l/\"}}</script><script>import 'l/a.js';"
    "document.write('<img src=\"/' + 'b.png\">');fetch('/c?t=' + x)</script><i "
    "data-x='{\"src\":\"/d&amp;.png\"}' data-y='&lt;img src=/e.png&gt;' onclick='f(\"g.html\")'>"
    "</i><form><select name=page><option>2<option>3</select></form><select "
    "onchange=\"location='/h/'+this.value\"><option value=i>i</select><a href='javascript:open(\"/j"
    "\")'>x</a>";
static const char LIST[] = "{\"next_cursor\":\"a\",\"items\":[{\"url\":\"\\/1\"}]}";
static const char PLAYLIST[] = "#EXTM3U\n#EXT-X-KEY:URI=\"k\"\n1.ts\n";
static const char MANIFEST[] =
    "<MPD><Period duration='PT4S'><AdaptationSet><Representation id='a'><BaseURL>b/</BaseURL>"
    "<SegmentTemplate duration='2' "
    "media='$Number$'/></Representation></AdaptationSet></Period></MPD>";
static const char HEAD[] = "HTTP/1.1 200 OK\r\nLink: </2>; rel=next\r\nRefresh: 5; url=/3\r\n\r\n";

static const struct {
    enum media_kind kind;
    struct text bytes;
} inputs[] = {{MEDIA_HTML, {PAGE, sizeof PAGE - 1}},
              {MEDIA_FEED, {FEED, sizeof FEED - 1}},
              {MEDIA_SITEMAP, {SITEMAP, sizeof SITEMAP - 1}},
              {MEDIA_CSS, {SHEET, sizeof SHEET - 1}},
              {MEDIA_HTML, {PARTS, sizeof PARTS - 1}},
              {MEDIA_JSON, {LIST, sizeof LIST - 1}},
              {MEDIA_PLAYLIST, {PLAYLIST, sizeof PLAYLIST - 1}},
              {MEDIA_DASH, {MANIFEST, sizeof MANIFEST - 1}}};

struct work {
    int input;
    bool remembers; /* with a cache that is kept from page to page */
    size_t links, links_once;
    bool lost_some; /* although success was reported */
};

static bool count_links(const struct links_source *source, struct work *work)
{
    struct links *links = links_open(source);
    struct link link;
    while (links && links_next(links, &link))
        work->links += link.url.length > 0;
    return links_close(links);
}

static bool extract(void *context)
{
    struct work *work = context;
    struct url url;
    struct http_head head = {0};
    url_init(&url);
    struct anchor_cache *cache = work->remembers ? anchor_cache_new() : NULL;
    bool fine = (cache || !work->remembers) &&
                url_parse(&url, TEXT("http://h/blog/"), NULL, TEXT("")) == URL_OK &&
                http_response_read(&head, text_of(HEAD));
    const struct links_source source = {.url = &url,
                                        .kind = inputs[work->input].kind,
                                        .bytes = inputs[work->input].bytes,
                                        .head = &head,
                                        .anchors = cache,
                                        .year = 2026};
    for (int page = 0; fine && page < 2; page++) {
        work->links = 0;
        fine = count_links(&source, work);
        if (fine && !work->links_once)
            work->links_once = work->links;
        /* Either all links are there, or the failure is reported. */
        work->lost_some = work->lost_some || (fine && work->links != work->links_once);
    }
    http_head_release(&head);
    anchor_cache_free(cache);
    url_release(&url);
    return fine;
}

START_TEST(missing_links_are_reported)
{
    struct work work = {.input = _i / 4, .remembers = _i / 2 % 2};
    ck_assert(extract(&work));
    ck_assert_uint_gt(work.links_once, 0);
    ck_assert_int_gt(failing_run(extract, &work, _i % 2 ? FAILING_ONCE : FAILING_FROM_THEN_ON), 2);
    ck_assert(!work.lost_some);
}
END_TEST

static bool read_rules(void *context)
{
    struct robots *robots =
        robots_read(TEXT("User-agent: *\nDisallow: /a\nAllow: /a/b$\nCrawl-delay: 2\n"),
                    TEXT("warccap"));
    *(bool *)context = robots && robots_allows(robots, TEXT("/a/c"), NULL);
    robots_free(robots);
    return robots != NULL;
}

START_TEST(rules_are_complete_or_absent)
{
    bool allowed;
    ck_assert_int_gt(failing_run(read_rules, &allowed, _i ? FAILING_ONCE : FAILING_FROM_THEN_ON),
                     0);
    ck_assert(!allowed);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory of readers");
    TCase *test = tcase_create("failing");
    tcase_add_loop_test(test, missing_links_are_reported, 0, 16);
    tcase_add_loop_test(test, rules_are_complete_or_absent, 0, 2);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
