/* Which URLs end the session of a member. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "traps/logout.h"

static const char *const logouts[] = {
    "/logout",
    "/Logout/",
    "/users/sign_out",
    "/signout?t=1",
    "/logoff",
    "/log-out",
    "/index.php?route=account/logout",
    "/account/logout.php?token=1a2b",
    "/logout.do;jsessionid=1",
    "/wp-login.php?action=logout&_wpnonce=1",
    "/ucp.php?mode=logout&sid=1",
    "/?logout",
    "/?logout=1",
    "/index.php?option=com_users&task=user.logout",
    "/index.php/Special:UserLogout",
    "/w/index.php?title=Spezial:Abmelden&returnto=x",
    "/Account/LogOff",
    "/user/logout/1a2b3c",
    "/abmelden",
    "/de/konto/abmelden",
    "/d%C3%A9connexion",
    "/deconnexion.aspx",
    "/se-deconnecter",
    "/cerrar-sesion",
    "/cerrar_sesi%C3%B3n",
    "/encerrar-sess%C3%A3o",
    "/wyloguj",
    "/odhlasit-se",
    "/?do=abmelden",
    "/%D0%B2%D1%8B%D1%85%D0%BE%D0%B4",
    "/user/vyhod",
    "/kijelentkez%C3%A9s",
    "/logga-ut",
    "/%E3%83%AD%E3%82%B0%E3%82%A2%E3%82%A6%E3%83%88",
    "/member.php?action=user-logout",
    "/oauth2/logout-user",
    "/session/destroy-session",
    "/?cmd=do_logout",
    "/auth.logout",
};

static const char *const others[] = {
    "/",
    "/login",
    "/2020/how-to-log-out-of-everything",
    "/logout.html",
    "/docs/logout.htm",
    "/tag/logouts",
    "/shutout",
    "/blog/signing-out",
    "/about",
    "/?logout=0",
    "/?logout=false",
    "/?q=log+out+of+windows",
    "/signoffs/list",
    "/checkout",
    "/lockout",
    "/?returnto=logout-guide",
    "/news/exit-polls",
    "/logo.png",
    "/?user=1&page=2",
    "/Special:RecentChanges",
    "/salira",
    "/en/desconectar-o-router",
    "/%",
    "/?=",
    "/?a=%E3%83",
};

static bool judge(const char *path)
{
    char href[256];
    struct url url;
    url_init(&url);
    snprintf(href, sizeof href, "http://h.test%s", path);
    ck_assert_int_eq(url_parse(&url, text_of(href), NULL, TEXT("")), URL_OK);
    bool is = logout_is(&url);
    url_release(&url);
    return is;
}

START_TEST(what_logs_out_is_told)
{
    ck_assert_msg(judge(logouts[_i]), "%s", logouts[_i]);
}
END_TEST

START_TEST(what_does_not_is_not)
{
    ck_assert_msg(!judge(others[_i]), "%s", others[_i]);
}
END_TEST

START_TEST(labels_are_told)
{
    static const char *const labels[] = {"Log out",
                                         "Sign Out",
                                         "LOGOUT",
                                         "Abmelden",
                                         ("D\xc3\xa9"
                                          "connexion"),
                                         "Cerrar sesi\xc3\xb3n"};
    static const char *const titles[] = {"",        "How to log out",
                                         "Log in",  "Outlook",
                                         "Out",     "Sign out of everything at once",
                                         "Checkout"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        ck_assert_msg(logout_is_label(text_of(labels[i])), "%s", labels[i]);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        ck_assert_msg(!logout_is_label(text_of(titles[i])), "%s", titles[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("logout");
    TCase *tests = tcase_create("logout");
    tcase_add_loop_test(tests, what_logs_out_is_told, 0, sizeof logouts / sizeof *logouts);
    tcase_add_loop_test(tests, what_does_not_is_not, 0, sizeof others / sizeof *others);
    tcase_add_test(tests, labels_are_told);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
