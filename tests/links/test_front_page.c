/* The real front page of a large blog: each class has exactly the links in the lists beside the
 * page. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"
#include "tests/fixture.h"

#define HOST "http://ai.googleblog.com/"

/* URLs, one per line, each with a \n before and after it. */
struct set {
    struct buf lines;
    size_t count;
};

struct front_page {
    struct set classes[LINK_CLASSES][2];
    struct set images; /* media, certain, that are pictures */
    struct set here;   /* page, certain, on this host */
    size_t documents;
};

static bool set_has(const struct set *set, struct text address)
{
    struct buf line;
    buf_init(&line, 1 << 16);
    buf_add_char(&line, '\n');
    buf_add_text(&line, address);
    buf_add_char(&line, '\n');
    bool has = set->lines.data && text_find(buf_text(&set->lines), buf_text(&line)) >= 0;
    buf_release(&line);
    return has;
}

static void set_add(struct set *set, struct text address)
{
    if (!set->lines.data)
        buf_init(&set->lines, 1 << 20);
    if (!set->lines.length)
        buf_add_char(&set->lines, '\n');
    buf_add_text(&set->lines, address);
    buf_add_char(&set->lines, '\n');
    set->count++;
}

static void take(void *context, const struct link *link)
{
    struct front_page *page = context;
    bool certain = link->certainty == LINK_CERTAIN;
    set_add(&page->classes[link->class][certain], link->url);
    page->documents += link->document;
    if (link->class == LINK_MEDIA && certain && !text_ends_nocase(link->url, TEXT(".pdf")))
        set_add(&page->images, link->url);
    if (link->class == LINK_PAGE && certain &&
        (text_starts(link->url, TEXT("http://ai.googleblog.com/")) ||
         text_starts(link->url, TEXT("https://ai.googleblog.com/"))))
        set_add(&page->here, link->url);
}

static void read_page(struct front_page *page)
{
    struct buf bytes;
    struct url url;
    memset(page, 0, sizeof *page);
    buf_init(&bytes, 1 << 20);
    url_init(&url);
    fixture_read("fixtures/sites/front-page/blogger-front-page.html", &bytes);
    ck_assert_int_eq(url_parse(&url, TEXT(HOST), NULL, TEXT("")), URL_OK);
    struct links_source source = {.url = &url,
                                  .kind = MEDIA_HTML,
                                  .charset = TEXT(""),
                                  .bytes = buf_text(&bytes),
                                  .year = COLLECT_YEAR};
    ck_assert(collect_each(&source, take, page));
    url_release(&url);
    buf_release(&bytes);
}

static void release_page(struct front_page *page)
{
    for (int class = 0; class < LINK_CLASSES; class ++) {
        buf_release(&page->classes[class][0].lines);
        buf_release(&page->classes[class][1].lines);
    }
    buf_release(&page->images.lines);
    buf_release(&page->here.lines);
}

static void read_list(const char *name, struct set *list)
{
    char path[256];
    struct buf bytes;
    struct text rest, line;
    snprintf(path, sizeof path, "fixtures/sites/front-page/urls/%s.txt", name);
    buf_init(&bytes, 1 << 20);
    memset(list, 0, sizeof *list);
    fixture_read(path, &bytes);
    rest = buf_text(&bytes);
    while (text_split(&rest, '\n', &line))
        if (line.length)
            set_add(list, line);
    buf_release(&bytes);
}

static void expect_has(const struct set *set, const char *name)
{
    struct set list;
    struct text rest, line;
    read_list(name, &list);
    rest = buf_text(&list.lines);
    while (text_split(&rest, '\n', &line))
        ck_assert_msg(!line.length || set_has(set, line), "%s: not found: %.*s", name,
                      TEXT_ARGS(line));
    buf_release(&list.lines);
}

static void expect_exactly(const struct set *set, const char *name, size_t count)
{
    expect_has(set, name);
    ck_assert_msg(set->count == count, "%s: %zu instead of %zu:%s", name, set->count, count,
                  set->lines.data);
}

START_TEST(each_class_is_exact)
{
    struct front_page page;
    read_page(&page);
    expect_exactly(&page.classes[LINK_REQUISITE][LINK_CERTAIN], "requisites", 47);
    expect_exactly(&page.classes[LINK_PAGER][LINK_CERTAIN], "pager", 1);
    expect_exactly(&page.classes[LINK_ARCHIVE][LINK_CERTAIN], "archives", 186);
    expect_exactly(&page.classes[LINK_FEED][LINK_CERTAIN], "feeds", 3);
    expect_exactly(&page.images, "linked-fullsize-images", 25);
    ck_assert_uint_eq(page.classes[LINK_PAGER][LINK_POSSIBLE].count, 0);
    ck_assert_uint_eq(page.classes[LINK_ARCHIVE][LINK_POSSIBLE].count, 0);
    ck_assert_uint_eq(page.classes[LINK_SITEMAP][LINK_CERTAIN].count, 0);
    ck_assert_uint_eq(page.documents, 1);
    release_page(&page);
}
END_TEST

START_TEST(pages_of_the_blog_are_labels_posts_and_home)
{
    struct front_page page;
    read_page(&page);
    expect_has(&page.here, "labels");
    expect_has(&page.here, "same-host-posts-all");
    struct text home = TEXT(HOST);
    ck_assert(set_has(&page.classes[LINK_PAGE][LINK_CERTAIN], home) ||
              set_has(&page.classes[LINK_PAGE][LINK_POSSIBLE], home));
    ck_assert_uint_eq(page.here.count - set_has(&page.here, home), 226 + 21);
    release_page(&page);
}
END_TEST

START_TEST(scripts_and_old_browsers_are_possible_only)
{
    struct front_page page;
    read_page(&page);
    const struct set *possible = &page.classes[LINK_REQUISITE][LINK_POSSIBLE];
    expect_has(possible, "conditional-comment");
    ck_assert(set_has(possible, TEXT("https://www.google-analytics.com/analytics.js")));
    ck_assert_uint_eq(possible->count, 2);
    release_page(&page);
}
END_TEST

START_TEST(the_pixel_is_a_trap)
{
    struct front_page page;
    read_page(&page);
    expect_exactly(&page.classes[LINK_TRAP][LINK_CERTAIN], "trackers", 1);
    release_page(&page);
}
END_TEST

static const char *const never[] = {"not-follow-api",
                                    "not-follow-itemtype",
                                    "not-follow-javascript",
                                    "not-follow-meta-itemprop",
                                    "not-follow-share",
                                    "not-follow-xmlns",
                                    "data-uris"};

START_TEST(what_must_not_be_followed_is_in_no_class)
{
    struct front_page page;
    struct set list;
    struct text rest, line;
    read_page(&page);
    read_list(never[_i], &list);
    rest = buf_text(&list.lines);
    while (text_split(&rest, '\n', &line))
        for (int class = 0; line.length && class < LINK_CLASSES; class ++)
            ck_assert_msg(!set_has(&page.classes[class][0], line) &&
                              !set_has(&page.classes[class][1], line),
                          "%s: %.*s", link_class_name((enum link_class) class), TEXT_ARGS(line));
    for (int class = 0; class < LINK_CLASSES; class ++)
        for (int certain = 0; certain < 2; certain++) {
            struct text all = buf_text(&page.classes[class][certain].lines);
            ck_assert_int_lt(text_find(all, TEXT("\ndata:")), 0);
            ck_assert_int_lt(text_find(all, TEXT("fls.doubleclick")), 0);
        }
    buf_release(&list.lines);
    release_page(&page);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("front page");
    TCase *standard = tcase_create("standard");
    tcase_add_test(standard, each_class_is_exact);
    tcase_add_test(standard, pages_of_the_blog_are_labels_posts_and_home);
    tcase_add_test(standard, scripts_and_old_browsers_are_possible_only);
    tcase_add_test(standard, the_pixel_is_a_trap);
    tcase_add_loop_test(standard, what_must_not_be_followed_is_in_no_class, 0,
                        sizeof never / sizeof *never);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
