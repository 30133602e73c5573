/* Titles and words come out as a person reads them, in UTF-8, with single blanks. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "html/page_title.h"

static const struct {
    const char *html, *charset, *title;
} wanted[] = {
    {"<title>A blog</title>", "", "A blog"},
    {"<html><head><title>\n  A\t blog \n</title>", "utf-8", "A blog"},
    {"<TITLE lang=en>Bread &amp; butter &#8212; a &lt;b&gt;", "",
     "Bread & butter \xe2\x80\x94 a <b>"},
    {"<title>caf\xe9</title>", "iso-8859-1", "caf\xc3\xa9"},
    {"<meta charset=windows-1251><title>\xcf\xf0\xe8</title>", "", "\xd0\x9f\xd1\x80\xd0\xb8"},
    {"\xef\xbb\xbf<title>\xc3\xa9t\xc3\xa9</title>", "iso-8859-1", "\xc3\xa9t\xc3\xa9"},
    {"<svg><title>Icon</title></svg><title>Page</title>", "", "Page"},
    {"<!-- <title>no</title> --><title>yes</title><title>second</title>", "", "yes"},
    {"<script>'<title>no</title>'</script><title>yes</title>", "", "yes"},
    {"<title></title><p>x", "", ""},
    {"<p>no title", "", ""},
    {"", "", ""},
};

static void read_page(const char *html, const char *charset, struct buf *title, struct buf *words)
{
    buf_init(title, 1 << 20);
    if (words)
        buf_init(words, 1 << 20);
    page_title_read(text_of(html), text_of(charset), title, words);
}

START_TEST(titles_are_read)
{
    struct buf title;
    read_page(wanted[_i].html, wanted[_i].charset, &title, NULL);
    ck_assert_msg(text_equal(buf_text(&title), text_of(wanted[_i].title)), "%s: \"%.*s\"",
                  wanted[_i].html, TEXT_ARGS(buf_text(&title)));
    buf_release(&title);
}
END_TEST

START_TEST(a_long_title_is_cut_between_characters)
{
    char html[4000] = "<title>x";
    struct buf title;
    for (int i = 0; i < 1000; i++)
        strcat(html, "\xc3\xa9");
    read_page(html, "utf-8", &title, NULL);
    ck_assert_uint_eq(title.length, 999);
    ck_assert_int_eq(title.data[998], '\xa9');
    buf_release(&title);
}
END_TEST

START_TEST(words_are_what_a_visitor_reads)
{
    struct buf title, words;
    read_page("<title>T</title><style>p{}</style><p>One <b>two</b>\n\n three&nbsp;four</p>"
              "<script>no()</script><!-- no --><li>five",
              "", &title, &words);
    ck_assert_msg(text_equal(buf_text(&words), TEXT("T One two three\xc2\xa0"
                                                    "four five")),
                  "%.*s", TEXT_ARGS(buf_text(&words)));
    buf_release(&title);
    buf_release(&words);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("page_title");
    TCase *tests = tcase_create("page_title");
    tcase_add_loop_test(tests, titles_are_read, 0, sizeof wanted / sizeof *wanted);
    tcase_add_test(tests, a_long_title_is_cut_between_characters);
    tcase_add_test(tests, words_are_what_a_visitor_reads);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
