/* Logins, and what only members do, by the words in their URLs. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "traps/login.h"

static const struct {
    const char *url;
    bool login, action;
} cases[] = {
    {"http://h.test/login?back=%2Fa", true, false},
    {"http://h.test/wp-login.php?redirect_to=a", false, false}, /* the rule tells it */
    {"http://h.test/users/sign_in", true, false},
    {"http://h.test/members/login/de", true, false},
    {"http://h.test/Login.aspx", true, false},
    {"http://accounts.h.test/start", true, false},
    {"http://auth.h.test/x", true, false},
    {"http://h.test/wiki/Special:UserLogin", true, false},
    {"http://h.test/start?do=login&id=a", true, false},
    {"http://h.test/saml/abc", true, false},
    {"http://login.test/", false, false}, /* a site of that name */
    {"http://h.test/2020/how-to-login-safely", false, false},
    {"http://h.test/authors/anna", false, false},
    {"http://h.test/reply?topic=4", false, true},
    {"http://h.test/posting.php?mode=reply&t=4", false, true},
    {"http://h.test/topic/4/edit", false, true},
    {"http://h.test/t?action=vote", false, true},
    {"http://h.test/account", false, true},
    {"http://h.test/post/12", false, false},
    {"http://h.test/2020/05/new-year", false, false},
    {"http://h.test/?p=12", false, false},
};

START_TEST(words_tell)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, text_of(cases[_i].url), NULL, TEXT("")), URL_OK);
    ck_assert_msg(login_is_target(&url, URL_RULE_NONE) == cases[_i].login, "%s", cases[_i].url);
    ck_assert_msg(login_is_members_action(&url) == cases[_i].action, "%s", cases[_i].url);
    url_release(&url);
}
END_TEST

START_TEST(the_rules_for_logins_tell_too)
{
    struct url url;
    url_init(&url);
    ck_assert_int_eq(url_parse(&url, TEXT("http://h.test/wp-login.php"), NULL, TEXT("")), URL_OK);
    ck_assert(login_is_target(&url, URL_RULE_WORDPRESS_LOGIN));
    ck_assert(login_is_target(&url, URL_RULE_LOGIN));
    ck_assert(!login_is_target(&url, URL_RULE_PRINT));
    url_release(&url);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("login");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, words_tell, 0, sizeof cases / sizeof *cases);
    tcase_add_test(all, the_rules_for_logins_tell_too);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
