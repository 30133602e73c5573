/* What a page says and shows, found on the way to its links. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "links/links.h"

static struct url url;

static void begin(void)
{
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, TEXT("http://site.example/a/"), NULL, TEXT("")), URL_OK);
}

static void end(void)
{
    url_release(&url);
}

static struct links *open_page(const char *html, struct anchor_cache *anchors)
{
    struct links_source source = {.url = &url,
                                  .kind = MEDIA_HTML,
                                  .charset = TEXT(""),
                                  .bytes = text_of(html),
                                  .anchors = anchors,
                                  .year = 2024};
    struct links *links = links_open(&source);
    ck_assert(links_ok(links));
    return links;
}

static const struct {
    const char *html, *robots, *referrer;
} rows[] = {
    {"<head><meta name=\"robots\" content=\" noindex, nofollow \">", "noindex, nofollow", ""},
    {"<META CONTENT=noarchive NAME='ROBOTS'>", "noarchive", ""},
    {"<p>robots</p><meta name=other content='robots'><meta name=robots content=none>", "none", ""},
    {"<meta name=robots content=none><meta name=robots content=all>", "none", ""},
    {"<meta name=robots content=''><meta name=robots content=none>", "", ""},
    {"<p name=robots content=none>", "", ""},
    {"robots", "", ""},
    {"<meta name=robots content", "", ""},
    {"<meta name=referrer content=\" no-referrer \">", "", "no-referrer"},
    {"<META CONTENT='origin' NAME=' Referrer'>", "", "origin"},
    {"<meta name=referrer content=never><meta name=referrer content=always>", "", "always"},
    {"<p>referrer</p><a rel=noreferrer href=/><meta name=other content=referrer>", "", ""},
    {"<meta name=referrers content=no-referrer>", "", ""},
    {"<p name=referrer content=no-referrer>", "", ""},
    /* nothing of these is part of the page */
    {"<!-- <meta name=robots content=none> -->", "", ""},
    {"<script>'<meta name=robots content=none>'</script>", "", ""},
    {"<template><meta name=referrer content=origin></template>", "", ""},
    {"<iframe srcdoc='<meta name=robots content=none>'></iframe>", "", ""},
    {"", "", ""},
};

START_TEST(meta_elements_are_found)
{
    struct links *links = open_page(rows[_i].html, NULL);
    struct page_facts facts = links_page_facts(links);
    ck_assert_msg(text_equal(facts.robots, text_of(rows[_i].robots)), "%s", rows[_i].html);
    ck_assert_msg(text_equal(facts.referrer, text_of(rows[_i].referrer)), "%s", rows[_i].html);
    links_close(links);
}
END_TEST

/* One line a word. */
static void write_words(struct page_words *words, struct buf *out)
{
    buf_clear(out);
    for (struct page_word word; page_words_next(words, &word);)
        buf_printf(out, "%.*s %d %d\n", TEXT_ARGS(word.text), word.has_digit, word.is_after_tag);
}

/* The words from the pieces, and those that a reader of nothing but words finds. */
static void check_words(const char *html, struct anchor_cache *anchors)
{
    struct page_words words;
    struct buf from_pieces, alone;
    struct links *links = open_page(html, anchors);
    struct page_facts facts = links_page_facts(links);
    buf_init(&from_pieces, 1 << 20);
    buf_init(&alone, 1 << 20);
    ck_assert_ptr_nonnull(facts.pieces);
    page_words_begin(&words, text_of(html), facts.pieces);
    write_words(&words, &from_pieces);
    page_words_begin(&words, text_of(html), NULL);
    write_words(&words, &alone);
    ck_assert_msg(text_equal(buf_text(&from_pieces), buf_text(&alone)), "%s\n%s\n---\n%s", html,
                  from_pieces.data, alone.data);
    buf_release(&from_pieces);
    buf_release(&alone);
    links_close(links);
}

static const char *const pages[] = {
    "",
    "no tags 1 at all",
    "<title>A title</title><p>One <b>two</b>three 4 <!-- five --> six",
    "a < b and <3 is</> no tag <?x y?> seven <!doctype> eight",
    "<script>var no = 1;</script> yes <style>p {}</style><textarea>typed <b>text</b></textarea>",
    "<iframe>no</iframe><noframes>no</noframes><noscript>yes <a href=/n>n</a></noscript><xmp>no",
    ("<a href=\"/posts/1\">First post</a> and <a href=\"/posts/2\">the second</a>, 3 < 4, "
     "<a href=\"/posts/3\"> <b>third</b> one</a><a href=\"/posts/4\"></a>end"),
    "<ul><li><a href=\"/tag/x\">x</a><li>&amp; y<a href=\"/tag/x\">x</a>z</ul>",
    "<select><option value=/a>One<option>Two</select><button onclick=\"f('/x')\">go</button>",
    "<svg><title>drawn</title><style>a{b:c}<![CDATA[more]]></style><text>word</text></svg>",
    "<math><script>x</script><a href=\"/m\">m</a></math><plaintext>no <p>more",
    "<template><p>in it</template><iframe srcdoc='<p>no'></iframe><p>caf\xc3\xa9 \xd0\xb4\xd0\xb0",
    "<form action=/s><input name=q><textarea>text</textarea></form><title>unclosed <b> title",
    "<p>cut in a <a href=\"/x",
    "<script>unclosed <p>no",
};

/* A cache that knows the anchors skips them: what they show must not be lost. */
START_TEST(the_words_are_those_of_the_page)
{
    struct anchor_cache *anchors = anchor_cache_new();
    ck_assert_ptr_nonnull(anchors);
    check_words(pages[_i], NULL);
    for (int i = 0; i < 3; i++)
        check_words(pages[_i], anchors);
    anchor_cache_free(anchors);
}
END_TEST

START_TEST(a_page_with_too_many_pieces_is_read_again)
{
    struct buf html;
    buf_init(&html, 16 << 20);
    for (int i = 0; i <= PAGE_PIECES_MOST; i++)
        buf_add(&html, "<b>a");
    struct links *links = open_page(html.data, NULL);
    ck_assert_ptr_null(links_page_facts(links).pieces);
    links_close(links);
    buf_release(&html);
}
END_TEST

START_TEST(only_pages_show_words)
{
    struct links_source source = {
        .url = &url, .kind = MEDIA_FEED, .charset = TEXT(""), .bytes = TEXT("<rss>a</rss>")};
    struct links *links = links_open(&source);
    ck_assert_ptr_null(links_page_facts(links).pieces);
    links_close(links);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("page_facts");
    TCase *page = tcase_create("page");
    tcase_add_checked_fixture(page, begin, end);
    tcase_add_loop_test(page, meta_elements_are_found, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(page, the_words_are_those_of_the_page, 0, sizeof pages / sizeof *pages);
    tcase_add_test(page, a_page_with_too_many_pieces_is_read_again);
    tcase_add_test(page, only_pages_show_words);
    suite_add_tcase(suite, page);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
