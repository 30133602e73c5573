/* Pages that are nothing but a login, and pages with a login beside what they are for. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "traps/login_page.h"

#define FORM "<form method=post><input name=user><input type=password name=word></form>"

static const struct {
    const char *body;
    bool login;
} cases[] = {
    {FORM, true},
    {"<title>Log in</title><h1>Log in</h1>" FORM "<a href='/lost-password'>Lost?</a>", true},
    {FORM "<a href=/privacy>Privacy</a> <a href='#top'>Top</a> <a href=''>x</a>", true},
    {FORM "<a href='https://wordpress.test/'>WordPress</a><a href='/wp-login.php?a=b'>x</a>", true},
    {FORM "<A HREF='mailto:a@h.test'>Write</A><a href='javascript:x()'>y</a>", true},
    {"<INPUT\nTYPE = \"PASSWORD\">", true},
    {"<input type='password'/>", true},
    {FORM "<script>x('<a href=/post/1>');</script>", true},
    {FORM "<a href=/post/1>A post</a>", false},
    {FORM "<a class=x\nhref=\"post/1\">A post</a>", false},
    {FORM "<map><area href=/b/></map>", false},
    {FORM "<iframe src=/f></iframe>", false},
    {FORM "<frame src=/f>", false},
    {"<form><input type=search></form>", false},
    {"<form><input name=password data-type=password></form>", false},
    {"<!-- " FORM " -->", false},
    {"<script>'<input type=password>'</script>", false},
    {"<p>A page.", false},
    {"<input type=password", true},
    {"<input type=", false},
    {"<", false},
    {"", false},
};

static bool is_login(struct text body)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, TEXT("http://login.h.test/"), NULL, TEXT("")), URL_OK);
    bool login = login_page_find(body, &url);
    url_release(&url);
    return login;
}

START_TEST(a_login_alone_is_told_from_a_page_with_a_login)
{
    ck_assert_msg(is_login(text_of(cases[_i].body)) == cases[_i].login, "%s", cases[_i].body);
}
END_TEST

START_TEST(a_page_with_much_to_read_is_no_login)
{
    struct buf body;
    buf_init(&body, 1 << 20);
    buf_add(&body, FORM);
    for (int i = 0; i < 40; i++)
        buf_add(&body, "<p>Words that are worth to be kept by an archive.");
    ck_assert(is_login(text_first(buf_text(&body), 500)));
    ck_assert(!is_login(buf_text(&body)));
    buf_release(&body);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("login page");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, a_login_alone_is_told_from_a_page_with_a_login, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(all, a_page_with_much_to_read_is_no_login);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
