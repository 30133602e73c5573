/* The fingerprint of a page: its own text counts, menus and design do not. */
#include <config.h>

#include <check.h>
#include <stdio.h>

#include "html/page_text.h"

#define PAGE(title, text, menu)                                                          \
    "<html><head><title>" title                                                          \
    "</title><style>p { color: red of some kind }</style></head><body><ul>" menu "</ul>" \
    "<h2><a href='/a'>Heading</a></h2><div><p>" text                                     \
    "</p></div><script>var five = words in a script;</script></body>"

static const char page[] =
    PAGE("T", "The baker mends <b>the old</b> kettle.", "<li><a href=/1>June</a> (27)</li>");

static uint64_t print_of(const char *html)
{
    return page_text_fingerprint(text_of(html));
}

START_TEST(menus_and_design_change_nothing)
{
    ck_assert_uint_eq(
        print_of(page),
        print_of(PAGE("T", "The baker mends <b>the old</b> kettle.",
                      "<li><a href=/1>June</a> (28)</li><li><a href=/2>A longer entry of the menu "
                      "with many words</a> (1)</li>")));
    ck_assert_uint_eq(
        print_of(page),
        print_of(
            "<!DOCTYPE html><html class=new><head><title>T</title></head><body><main><h1>Heading"
            "</h1><article class=post>The baker mends the old kettle.</article></main>"
            "<p>Share this</p>"));
}
END_TEST

START_TEST(own_words_change_it)
{
    ck_assert_uint_ne(print_of(page), print_of(PAGE("T", "The baker mends <b>the new</b> kettle.",
                                                    "<li><a href=/1>June</a> (27)</li>")));
    ck_assert_uint_ne(print_of(page), print_of(PAGE("U", "The baker mends <b>the old</b> kettle.",
                                                    "<li><a href=/1>June</a> (27)</li>")));
    ck_assert_uint_ne(print_of(page), print_of(PAGE("T", "The baker mends <b>the old</b> kettle 2.",
                                                    "<li><a href=/1>June</a> (27)</li>")));
    ck_assert_uint_ne(print_of("<p>one two three four five<p>six seven eight nine ten"),
                      print_of("<p>one two three four six<p>five seven eight nine ten"));
}
END_TEST

START_TEST(the_order_of_blocks_changes_nothing)
{
    ck_assert_uint_eq(print_of("<p>one two three four five<p>six seven eight nine ten"),
                      print_of("<p>six seven eight nine ten<p>one two three four five"));
}
END_TEST

/* All words: "|" before the first one after a tag, "#" after one that has a digit. */
static const char *words_of(const char *html)
{
    static char out[200];
    struct page_words words;
    size_t length = 0;
    page_words_begin(&words, text_of(html), NULL);
    for (struct page_word word; page_words_next(&words, &word);)
        length += (size_t)snprintf(out + length, sizeof out - length, "%s%.*s%s ",
                                   word.is_after_tag ? "|" : "", TEXT_ARGS(word.text),
                                   word.has_digit ? "#" : "");
    out[length] = '\0';
    return out;
}

START_TEST(words_are_those_that_a_visitor_sees)
{
    ck_assert_str_eq(words_of(""), "");
    ck_assert_str_eq(words_of("one"), "|one ");
    ck_assert_str_eq(words_of(" , one, two <b>three</b>four-"), "|one two |three |four ");
    ck_assert_str_eq(words_of("<title>A title</title><script>no word</script>after <style>p "
                              "{}</style><textarea>typed</textarea>"),
                     "|A title |after |typed ");
    ck_assert_str_eq(words_of("<p>4 of June, h4x0r <i class='not this'>gr\xc3\xbc\xc3\x9f</i>"),
                     "|4# of June h4x0r# |gr\xc3\xbc\xc3\x9f ");
    ck_assert_str_eq(words_of("<script>only this"), "");
}
END_TEST

START_TEST(anything_can_be_read)
{
    ck_assert_uint_eq(print_of(""), print_of("<a <b"));
    ck_assert_uint_ne(print_of("a b c d e"), print_of("a b c d f"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("visible");
    TCase *tests = tcase_create("print");
    tcase_add_test(tests, menus_and_design_change_nothing);
    tcase_add_test(tests, own_words_change_it);
    tcase_add_test(tests, the_order_of_blocks_changes_nothing);
    tcase_add_test(tests, words_are_those_that_a_visitor_sees);
    tcase_add_test(tests, anything_can_be_read);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
