/* The pages of fixtures/pagers. Anchors with an attribute "y" are the page's own pagination links
 * and have to be certain; the others must not be. A page begins with its URL: <!-- base URL -->. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect.h"
#include "html/tokenizer.h"
#include "series/pager_number.h"
#include "series/pager_words.h"
#include "series/pagers.h"
#include "tests/fixture.h"
#include "web/url.h"

static const char *const names[] = {
    "ar-news",       "bare-numbers",     "blog-pt",
    "calendar",      "cs-blog",          "discourse",
    "discuz-zh",     "drupal-ja",        "ebay-like",
    "el-uk-hu",      "hackernews",       "icons",
    "images",        "ipboard",          "ja-list",
    "joomla-it",     "ko-board",         "load-more",
    "mybb-pl",       "news-fr",          "path-numbers",
    "pelican-glued", "phpbb2-ru",        "phpbb3-forum-de",
    "ranges",        "shop-amazonlike",  "shop-magento",
    "smf-es",        "sphinx",           "stack",
    "tr-haber",      "vbulletin3-forum", "vbulletin4-thread",
    "wordpress-old", "xenforo-forum",
};

/* Whether another anchor of the page with this URL is marked. */
static bool is_marked(struct text html, const struct url *base, const struct url *wanted)
{
    struct tokenizer t;
    bool marked = false;
    struct url url;
    url_init(&url);
    tokenizer_init(&t, html);
    for (enum token_kind kind; !marked && (kind = tokenizer_next(&t)) != TOKEN_END;) {
        char *href = text_copy(tokenizer_attribute(&t, "href")), *amp;
        while ((amp = strstr(href, "&amp;")))
            memmove(amp + 1, amp + 5, strlen(amp + 5) + 1);
        marked = kind == TOKEN_START && tokenizer_attribute(&t, "y").at &&
                 url_parse(&url, text_of(href), base, TEXT("")) == URL_OK &&
                 text_equal(url_resource(&url), url_resource(wanted));
        free(href);
    }
    url_release(&url);
    return marked;
}

struct page {
    const char *name;
    struct text html;
    struct url base;
    int marked;
};

static void compare(void *context, const struct link *link)
{
    struct page *page = context;
    if (!text_ends_nocase(link->where, TEXT("a@href")))
        return;
    bool marked = is_marked(page->html, &page->base, link->parsed);
    bool pager = link->class == LINK_PAGER && link->certainty == LINK_CERTAIN;
    page->marked += marked && pager;
    ck_assert_msg(pager ? marked : !marked || link->class == LINK_PAGE, "%s: %.*s is %s %s",
                  page->name, TEXT_ARGS(link->url), link_class_name(link->class),
                  link_certainty_name(link->certainty));
}

/* How many URLs are marked. */
static int count_marked(struct text html, const struct url *base)
{
    struct tokenizer t;
    struct url seen[64], url;
    int count = 0;
    url_init(&url);
    tokenizer_init(&t, html);
    for (enum token_kind kind; (kind = tokenizer_next(&t)) != TOKEN_END;) {
        if (kind != TOKEN_START || !tokenizer_attribute(&t, "y").at)
            continue;
        char *href = text_copy(tokenizer_attribute(&t, "href")), *amp;
        while ((amp = strstr(href, "&amp;")))
            memmove(amp + 1, amp + 5, strlen(amp + 5) + 1);
        ck_assert_int_eq(url_parse(&url, text_of(href), base, TEXT("")), URL_OK);
        bool known = false;
        for (int i = 0; i < count; i++)
            known = known || text_equal(url_resource(&seen[i]), url_resource(&url));
        if (!known) {
            ck_assert_int_lt(count, 64);
            url_init(&seen[count]);
            ck_assert(url_copy(&seen[count++], &url));
        }
        free(href);
    }
    for (int i = 0; i < count; i++)
        url_release(&seen[i]);
    url_release(&url);
    return count;
}

START_TEST(pagination_links_are_told_from_all_others)
{
    char path[128];
    struct buf html;
    struct page page = {.name = names[_i]};
    buf_init(&html, 1 << 20);
    url_init(&page.base);
    snprintf(path, sizeof path, "fixtures/pagers/%s.html", names[_i]);
    fixture_read(path, &html);
    page.html = buf_text(&html);
    ck_assert(text_starts(page.html, TEXT("<!-- base ")));
    struct text base = text_skip(page.html, 10);
    base = text_first(base, (size_t)text_find_char(base, ' '));
    ck_assert_int_eq(url_parse(&page.base, base, NULL, TEXT("")), URL_OK);
    struct links_source source = {.url = &page.base,
                                  .kind = MEDIA_HTML,
                                  .charset = TEXT(""),
                                  .bytes = page.html,
                                  .year = COLLECT_YEAR};
    ck_assert(collect_each(&source, compare, &page));
    ck_assert_int_eq(page.marked, count_marked(page.html, &page.base));
    url_release(&page.base);
    buf_release(&html);
}
END_TEST

START_TEST(numbers_are_read_as_people_write_them)
{
    static const struct {
        const char *text;
        long number;
    } texts[] = {{"2", 2},
                 {"[2]", 2},
                 {"(12)", 12},
                 {"2.", 2},
                 {"Page 2", 2},
                 {"page 2", 2},
                 {"21-40", 21},
                 {"21 \xe2\x80\x93 40", 21},
                 {"... 50", 50},
                 {"\xe7\xac\xac"
                  "2\xe9\xa1\xb5",
                  2},
                 {"1,234", 1234},
                 {"Seite 3", 3},
                 {"\xd0\xa1\xd1\x82\xd1\x80. 4", 4},
                 {"01", 1},
                 {"- 3 -", 3},
                 {"Page 2 of 10", 2},
                 {"Seite 3 von 4", 3},
                 {"2012", -1},
                 {"3.5", -1},
                 {"$20", -1},
                 {"20%", -1},
                 {"12 comments", -1},
                 {"10:30", -1},
                 {"1 2 3", -1},
                 {"", -1},
                 {"x", -1},
                 {"123456", -1},
                 {"4 Stars", -1}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(pager_number_of(text_of(texts[i].text)) == texts[i].number, "%s: %ld",
                      texts[i].text, pager_number_of(text_of(texts[i].text)));
}
END_TEST

START_TEST(words_are_compared_in_lower_case_in_every_script)
{
    static const struct {
        const char *text;
        enum direction direction;
    } texts[] = {{"Next", DIRECTION_ALONE},
                 {"NEXT \xc2\xbb", DIRECTION_ALONE},
                 {"\xd0\xa1\xd0\x9b\xd0\x95\xd0\x94\xd0\xa3\xd0\xae\xd0\xa9\xd0\x90\xd0\xaf",
                  DIRECTION_ALONE},
                 {"\xc3\x84ltere Beitr\xc3\xa4ge", DIRECTION_ALONE},
                 {"\xce\x95\xcf\x80\xcf\x8c\xce\xbc\xce\xb5\xce\xbd\xce\xb7", DIRECTION_ALONE},
                 {"N\xc3\x84STA", DIRECTION_ALONE},
                 {"\xc3\x96nceki", DIRECTION_ALONE},
                 {"Next 20", DIRECTION_ALONE},
                 {"\xe2\x80\xba", DIRECTION_ALONE},
                 {">>", DIRECTION_ALONE},
                 {"\xe6\xac\xa1\xe3\x81\xae"
                  "20\xe4\xbb\xb6",
                  DIRECTION_ALONE},
                 {"\xe6\xac\xa1\xe3\x81\xae\xe8\xa8\x98\xe4\xba\x8b", DIRECTION_ALONE},
                 {"\xe6\xac\xa1\xe3\x81\xae", DIRECTION_ALONE},
                 {"\xe6\xac\xa1\xe3\x81\xae\xe6\x99\x82\xe4\xbb\xa3",
                  DIRECTION_TOLD} /* the next epoch */,
                 {"the next big thing", DIRECTION_TOLD},
                 {"Last", DIRECTION_TOLD},
                 {"my last trip", DIRECTION_HINTED},
                 {"A boat \xc2\xbb", DIRECTION_HINTED},
                 {"Nextdoor", DIRECTION_NONE},
                 {"Multimodal", DIRECTION_NONE},
                 {"", DIRECTION_NONE},
                 {"the next big thing that nobody has ever seen before", DIRECTION_NONE}};
    struct pager_words *pager_words = malloc(sizeof *pager_words);
    ck_assert_ptr_nonnull(pager_words);
    pager_words_init(pager_words);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(pager_words_of(pager_words, text_of(texts[i].text)) == texts[i].direction,
                      "%s: %d", texts[i].text,
                      (int)pager_words_of(pager_words, text_of(texts[i].text)));
    ck_assert_int_lt((int)pager_words->count, PAGER_WORDS_MOST); /* otherwise some were left out */
    free(pager_words);
}
END_TEST

/* The words of blogs in smaller languages. A row without a ';' would make "first" mean "next". */
START_TEST(small_languages_have_their_words)
{
    static const char *const ways[] = {"Prethodno",
                                       "Stariji postovi",
                                       "Претходна страна",
                                       "Следна страница",
                                       "Tidligere side",
                                       "Næsta síða",
                                       "Növbəti",
                                       "Pasuesi",
                                       "შემდეგი გვერდი",
                                       "Հաջորդ էջ",
                                       "Tudalen nesaf",
                                       "La sekva paĝo",
                                       "Ouer plasings",
                                       "Hurrengo orrialdea",
                                       "Pàgina prèvia",
                                       "Senesni įrašai",
                                       "Vecāki raksti",
                                       "அடுத்த பக்கம்",
                                       "పాత టపాలు",
                                       "پرانی تحاریر",
                                       "نوشته‌های قدیمی‌تر",
                                       "مقالات أقدم",
                                       "পরের পাতা",
                                       "पुरानी पोस्ट",
                                       "최신 글",
                                       "หน้าต่อไป",
                                       "先前文章",
                                       "Nakala ifuatayo"};
    static const char *const weak[] = {"Första", "Siste", "Später", "Najstarsze", "Раніше"};
    struct pager_words *pager_words = malloc(sizeof *pager_words);
    ck_assert_ptr_nonnull(pager_words);
    pager_words_init(pager_words);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        ck_assert_msg(pager_words_of(pager_words, text_of(ways[i])) == DIRECTION_ALONE, "%s",
                      ways[i]);
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
        ck_assert_msg(pager_words_of(pager_words, text_of(weak[i])) == DIRECTION_TOLD, "%s",
                      weak[i]);
    free(pager_words);
}
END_TEST

START_TEST(names_of_layout_are_not_pagers)
{
    static const char *const yes[] = {"pagination",
                                      "blog-pager",
                                      "nav-links",
                                      "wp-pagenavi",
                                      "pages clearfix",
                                      "pagination-sm",
                                      "Posts navigation pagination",
                                      "page-numbers",
                                      "next-prev",
                                      "Stronicowanie",
                                      "load-more-button"};
    static const char *const no[] = {"page-wrapper",    "page",       "content page-content",
                                     "main-navigation", "menu-pages", "breadcrumbs",
                                     "homepage",        "navigation", "calendar-pages"};
    struct pagers *pagers = malloc(sizeof *pagers);
    ck_assert_ptr_nonnull(pagers);
    pagers_init(pagers);
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        ck_assert_msg(pager_names_of(&pagers->names, text_of(yes[i])).pager, "%s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        ck_assert_msg(!pager_names_of(&pagers->names, text_of(no[i])).pager, "%s", no[i]);
    free(pagers);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pagers");
    TCase *standard = tcase_create("standard");
    tcase_add_loop_test(standard, pagination_links_are_told_from_all_others, 0,
                        sizeof names / sizeof *names);
    tcase_add_test(standard, numbers_are_read_as_people_write_them);
    tcase_add_test(standard, words_are_compared_in_lower_case_in_every_script);
    tcase_add_test(standard, small_languages_have_their_words);
    tcase_add_test(standard, names_of_layout_are_not_pagers);
    suite_add_tcase(suite, standard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
