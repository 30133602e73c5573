/* The tokenizer: as in the HTML Standard (section 13.2.5), and fast with input made to be slow. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "html/entities.h"
#include "html/tokenizer.h"
#include "tests/hostile.h"

/* Writes tokens as tests expect them: <a b=c>, </a>, <!--x-->, text as "x". */
static void write_tokens(struct text html, struct buf *out)
{
    struct tokenizer t;
    tokenizer_init(&t, html);
    buf_add(out, "");
    for (enum token_kind kind; (kind = tokenizer_next(&t)) != TOKEN_END;) {
        buf_add(out, kind == TOKEN_TEXT    ? "\""
                     : kind == TOKEN_START ? "<"
                     : kind == TOKEN_CLOSE ? "</"
                                           : "<!--");
        buf_add_text(out, t.text);
        for (size_t i = 0; kind == TOKEN_START && i < t.attribute_count; i++) {
            buf_add_char(out, ' ');
            buf_add_text(out, t.attributes[i].name);
            buf_add_char(out, '=');
            entities_decode(t.attributes[i].value, true, out);
        }
        buf_add(out, kind == TOKEN_TEXT ? "\"" : kind == TOKEN_COMMENT ? "-->" : ">");
    }
}

static void expect(const char *html, const char *tokens)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    write_tokens(text_of(html), &out);
    ck_assert_str_eq(out.data, tokens);
    buf_release(&out);
}

START_TEST(attributes_come_in_all_spellings)
{
    expect("<a href=x>", "<a href=x>");
    expect("<a href='x' id = \"y\">", "<a href=x id=y>");
    expect("<a\nhref\n=\n'x'>", "<a href=x>");
    expect("<a b='c'd=e>", "<a b=c d=e>");
    expect("<a href=x/y/>", "<a href=x/y/>");
    expect("<a disabled href=x>", "<a disabled= href=x>");
    expect("<a =b c>", "<a =b= c=>");
    expect("<a/href=x>", "<a href=x>");
    expect("<a href=>z", "<a href=>\"z\"");
    expect("<a href=\">\">", "<a href=>>");
}
END_TEST

START_TEST(the_first_of_two_attributes_counts)
{
    struct tokenizer t;
    tokenizer_init(&t, TEXT("<a HREF=one href=two>"));
    ck_assert_int_eq(tokenizer_next(&t), TOKEN_START);
    ck_assert(text_equal(tokenizer_attribute(&t, "href"), TEXT("one")));
    ck_assert_ptr_null(tokenizer_attribute(&t, "id").at);
}
END_TEST

START_TEST(other_markup_is_text_or_comment)
{
    expect("a < b", "\"a < b\"");
    expect("a<3", "\"a<3\"");
    expect("<", "\"<\"");
    expect("</", "\"</\"");
    expect("<?php a ?><b>", "<!--?php a ?--><b>");
    expect("<!doctype html><b>", "<!--doctype html--><b>");
    expect("<!foo <a href=x><b>", "<!--foo <a href=x--><b>");
    expect("</ a href=x><b>", "<!-- a href=x--><b>");
}
END_TEST

START_TEST(comments_end_in_odd_ways)
{
    expect("<!--><b>", "<!----><b>");
    expect("<!---><b>", "<!----><b>");
    expect("<!----><b>", "<!----><b>");
    expect("<!-- a --!><b>", "<!-- a --><b>");
    expect("<!-- a - -- > --><b>", "<!-- a - -- > --><b>");
    expect("<!-- a ---><b>", "<!-- a ---><b>");
    expect("<!----!><b>", "<!----><b>");
    expect("<!-- <a href=x>", "<!-- <a href=x>-->");
}
END_TEST

START_TEST(an_unfinished_tag_at_the_end_is_ignored)
{
    expect("<b><a href=x", "<b>");
    expect("<b><a href=\"x>", "<b>");
    expect("<b><a", "<b>");
    expect("<b></a", "<b>");
}
END_TEST

START_TEST(raw_elements_contain_no_tags)
{
    expect("<title><a></title><b>", "<title>\"<a>\"</title><b>");
    expect("<TEXTAREA><a></textarea ><b>", "<TEXTAREA>\"<a>\"</textarea><b>");
    expect("<style></styles><a></style><b>", "<style>\"</styles><a>\"</style><b>");
    expect("<iframe><a></iframe><b>", "<iframe>\"<a>\"</iframe><b>");
    expect("<noframes><a></noframes><xmp><a></xmp>",
           "<noframes>\"<a>\"</noframes><xmp>\"<a>\"</xmp>");
    expect("<plaintext></plaintext><a>", "<plaintext>\"</plaintext><a>\"");
    expect("<script>if (a<b) x</script><b>", "<script>\"if (a<b) x\"</script><b>");
    expect("<noscript><a></noscript>", "<noscript><a></noscript>");
    expect("<template><a></template>", "<template><a></template>");
}
END_TEST

START_TEST(a_raw_element_that_never_ends_keeps_what_came_before)
{
    expect("<a href=x><script>var a = '<b>", "<a href=x><script>\"var a = '<b>\"");
    expect("<a href=x><style>b {", "<a href=x><style>\"b {\"");
    expect("<script></scrip", "<script>\"</scrip\"");
}
END_TEST

START_TEST(scripts_may_contain_comments_and_scripts)
{
    expect("<script><!-- <script></script> --></script><b>",
           "<script>\"<!-- <script></script> -->\"</script><b>");
    expect("<script><!-- </script><b>", "<script>\"<!-- \"</script><b>");
    expect("<script><!--><script></script><b>", "<script>\"<!--><script>\"</script><b>");
    expect("<script><!-- <script> --></script><b>", "<script>\"<!-- <script> -->\"</script><b>");
    expect("<script><!-- <scripts></script><b>", "<script>\"<!-- <scripts>\"</script><b>");
    expect("<script></SCRIPT\n><b>", "<script>\"\"</SCRIPT><b>");
}
END_TEST

START_TEST(cdata_is_text_in_svg_only)
{
    expect("<![CDATA[<a>]]>", "<!--[CDATA[<a-->\"]]>\"");
    expect("<svg><![CDATA[<a>]]></svg><b>", "<svg>\"<a>\"</svg><b>");
    expect("<math><![CDATA[<a>]]></math><b>", "<math>\"<a>\"</math><b>");
    expect("<svg/><![CDATA[<a>]]>", "<svg><!--[CDATA[<a-->\"]]>\"");
}
END_TEST

START_TEST(references_are_replaced_as_attributes_need_it)
{
    expect("<a b='&amp;&lt;&#38;&#x26;'>", "<a b=&<&&>");
    expect("<a b='?x=1&copy=2&lang=en'>", "<a b=?x=1&copy=2&lang=en>");
    expect("<a b='&copy;&copy &copy'>", "<a b=\xc2\xa9\xc2\xa9 \xc2\xa9>");
    expect("<a b='&ampx;&AMP;&ampere'>", "<a b=&ampx;&&ampere>");
    expect("<a b='&colon;&sol;&sol;&period;'>", "<a b=://.>");
    expect("<a b='&#0;&#xd800;&#x110000;&#128;'>",
           "<a b=\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xe2\x82\xac>");
    expect("<a b='&;&#;&#x;&'>", "<a b=&;&#;&#x;&>");
    expect("<a b='&NotEqualTilde;'>", "<a b=\xe2\x89\x82\xcc\xb8>");
}
END_TEST

START_TEST(text_references_need_no_semicolon)
{
    struct buf out;
    buf_init(&out, 1000);
    entities_decode(TEXT("&copy=1 &notit; &notin;"), false, &out);
    ck_assert_str_eq(out.data, "\xc2\xa9=1 \xc2\xacit; \xe2\x88\x89");
    buf_release(&out);
}
END_TEST

START_TEST(bytes_of_any_value_pass)
{
    struct tokenizer t;
    tokenizer_init(&t, TEXT("<a href='x\0y\xff'>\0</a>"));
    ck_assert_int_eq(tokenizer_next(&t), TOKEN_START);
    ck_assert(text_equal(tokenizer_attribute(&t, "href"), TEXT("x\0y\xff")));
    ck_assert_int_eq(tokenizer_next(&t), TOKEN_TEXT);
    ck_assert_int_eq(tokenizer_next(&t), TOKEN_CLOSE);
    ck_assert_int_eq(tokenizer_next(&t), TOKEN_END);
    ck_assert_int_eq(tokenizer_next(&t), TOKEN_END);
}
END_TEST

static const char *const hostile[] = {
    "<a ",
    "<!--",
    "<a href=\"",
    "<a href='x' ",
    "<",
    "</",
    "<script>",
    "<script><!--",
    "<script><!--<script>",
    "</script",
    "<!-",
    "--",
    "<title>",
    "<svg>",
    "<![CDATA[",
    "<a b='&amp",
    "&",
    "<div>",
    "<a=",
    "/",
    "<a/",
    "<?",
    "<plaintext",
};

START_TEST(hostile_input_takes_linear_time)
{
    struct buf html, tokens;
    const char *piece = hostile[_i];
    buf_init(&html, HOSTILE_BYTES + 64);
    buf_init(&tokens, 64 * HOSTILE_BYTES);
    hostile_repeat(&html, piece, HOSTILE_BYTES / strlen(piece));
    int64_t began = clock_thread_ms();
    write_tokens(buf_text(&html), &tokens);
    ck_assert_msg(clock_thread_ms() - began < HOSTILE_MS, "so much of \"%s\" took %d ms", piece,
                  (int)(clock_thread_ms() - began));
    buf_release(&html);
    buf_release(&tokens);
}
END_TEST

START_TEST(a_tag_of_fifty_thousand_attributes_is_read)
{
    struct buf html;
    struct tokenizer t;
    buf_init(&html, 1 << 22);
    buf_add(&html, "<a href=x ");
    for (int i = 0; i < 50000; i++)
        buf_printf(&html, "a%d=%d ", i, i);
    buf_add(&html, "><b>");
    tokenizer_init(&t, buf_text(&html));
    ck_assert_int_eq(tokenizer_next(&t), TOKEN_START);
    ck_assert(text_equal(tokenizer_attribute(&t, "href"), TEXT("x")));
    ck_assert_int_eq(tokenizer_next(&t), TOKEN_START);
    ck_assert(text_equal(t.text, TEXT("b")));
    buf_release(&html);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tokenizer");
    TCase *standard = tcase_create("standard"), *hard = tcase_create("hostile");
    tcase_add_test(standard, attributes_come_in_all_spellings);
    tcase_add_test(standard, the_first_of_two_attributes_counts);
    tcase_add_test(standard, other_markup_is_text_or_comment);
    tcase_add_test(standard, comments_end_in_odd_ways);
    tcase_add_test(standard, an_unfinished_tag_at_the_end_is_ignored);
    tcase_add_test(standard, raw_elements_contain_no_tags);
    tcase_add_test(standard, a_raw_element_that_never_ends_keeps_what_came_before);
    tcase_add_test(standard, scripts_may_contain_comments_and_scripts);
    tcase_add_test(standard, cdata_is_text_in_svg_only);
    tcase_add_test(standard, references_are_replaced_as_attributes_need_it);
    tcase_add_test(standard, text_references_need_no_semicolon);
    tcase_add_test(standard, bytes_of_any_value_pass);
    tcase_add_loop_test(hard, hostile_input_takes_linear_time, 0, sizeof hostile / sizeof *hostile);
    tcase_add_test(hard, a_tag_of_fifty_thousand_attributes_is_read);
    tcase_set_timeout(hard, 120);
    suite_add_tcase(suite, standard);
    suite_add_tcase(suite, hard);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
