/* The line stands where a page can bear it, and nothing else of the page is changed. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "serve/page_line.h"

#define LINE "<script src=\"/-warccap/replay.js\"></script>"

static const struct {
    const char *page, *sent;
} wanted[] = {
    {"<!DOCTYPE html>\n<html><head><title>a", "<!DOCTYPE html>\n<html><head>" LINE "<title>a"},
    {"<html>\n<HEAD profile='>'>\n<meta charset=utf-8>",
     "<html>\n<HEAD profile='>'>" LINE "\n<meta charset=utf-8>"},
    {"<!-- a --><html lang=\"a>b\"><body>", "<!-- a --><html lang=\"a>b\">" LINE "<body>"},
    {"<!DOCTYPE html><title>a", "<!DOCTYPE html>" LINE "<title>a"},
    {"<!DOCTYPE html>text", "<!DOCTYPE html>" LINE "text"},
    {"<p>a", LINE "<p>a"},
    {"text", LINE "text"},
    {"", LINE},
    {"\xEF\xBB\xBF<!DOCTYPE html><p>", "\xEF\xBB\xBF<!DOCTYPE html>" LINE "<p>"},
    {"<header>a</header>", LINE "<header>a</header>"},
    {"<head><link rel=preconnect href=//a/><link rel='DNS-Prefetch' href='http://a/'>",
     "<head>" LINE "<link rel=xxxconnect href=//a/><link rel='xxx-Prefetch' href='http://a/'>"},
    {"<head><link rel=\"shortcut icon\" href=\"https://a/i\">",
     "<head>" LINE "<link rel=\"shortcut xxxn\" href=\"https://a/i\">"},
    {"<head><link rel=icon href=/i><link rel=stylesheet href=//a/s>",
     "<head>" LINE "<link rel=icon href=/i><link rel=stylesheet href=//a/s>"},
    {"<head><script>'<link rel=icon href=//a>'</script><a rel=icon href=//a>",
     "<head>" LINE "<script>'<link rel=icon href=//a>'</script><a rel=icon href=//a>"},
    {"<head></head><iframe src=\"http://a/\" width=1></iframe><object DATA='//a/'><img src=//a>",
     ("<head>" LINE "</head><iframe xrc=\"http://a/\" width=1></iframe><object xATA='//a/'>"
      "<img src=//a>")},
    {"<p><iframe src='/b'></iframe>", LINE "<p><iframe src='/b'></iframe>"},
    {"<head><meta HTTP-EQUIV='Content-Security-Policy' content='a'><meta charset=a>",
     "<head>" LINE "<meta HTTP-EQUIV='xontent-Security-Policy' content='a'><meta charset=a>"},
    {"<p><iframe sandbox srcdoc='<p>'></iframe><iframe srcdoc='<p>'></iframe>",
     LINE "<p><iframe sandbox xrcdoc='<p>'></iframe><iframe srcdoc='<p>'></iframe>"},
    {"\xFF\xFE<", "\xFF\xFE<"},
};

START_TEST(pages)
{
    struct buf sent;
    buf_init(&sent, 1000);
    page_line_add(text_of(wanted[_i].page), &sent);
    ck_assert_str_eq(sent.data ? sent.data : "", wanted[_i].sent);
    buf_release(&sent);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("page_line");
    TCase *tests = tcase_create("page_line");
    tcase_add_loop_test(tests, pages, 0, sizeof wanted / sizeof *wanted);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
