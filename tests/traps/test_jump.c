/* Pages that are nothing but a jump, and pages that only have one. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "traps/jump.h"

static const struct {
    const char *body;
    const char *target; /* NULL: it is no jump; "": to itself */
} cases[] = {
    {"<meta http-equiv=refresh content='0; url=/login'>", "/login"},
    {"<html><head><title>Wait</title><META HTTP-EQUIV=\"Refresh\" CONTENT=\"0;URL='/a?b=1'\">",
     "/a?b=1"},
    {"<meta content='3;url=/x' http-equiv=refresh><p>You are being redirected.", "/x"},
    {"<meta http-equiv=refresh content=0>", ""},
    {"<meta charset=utf-8><meta http-equiv=refresh content='1; url=/x'>", "/x"},
    {"<meta http-equiv=refresh content='4; url=/x'>", NULL},
    {"<meta http-equiv=refresh content='300'>", NULL},
    {"<meta http-equiv=refresh content='; url=/x'>", NULL},
    {"<meta http-equiv=refresh content='0; url=/x'><img src=/a.png>", NULL},
    {"<meta http-equiv=refresh content='0; url=/x'><form></form>", NULL},
    {"<meta http-equiv=refresh content='0; url=/x'><p>This page has many words, so many that a "
     "visitor may well want to read them, and would miss them if they were not kept in an archive "
     "of the site; so it is a page.",
     NULL},
    {"<script>location.href = \"/login\";</script>", "/login"},
    {"<!-- a --><script type=text/javascript>window.location='/x'</script><noscript>Please turn "
     "scripts on</noscript>",
     "/x"},
    {"<script>document.location.replace('/x');</script>", "/x"},
    {"<script>document.cookie = 'a=1'; location.reload();</script>", ""},
    {"<script>function go() { location = '/x'; }</script>", NULL},
    {"<script>if (top != self) location = '/x';</script>", NULL},
    {"<script>location = '/x/' + name;</script>", NULL},
    {"<script>var a = location.hash;</script>", NULL},
    {"<script>location = '/x';</script><p>Words.", NULL},
    {"<script src=/app.js></script><div id=root></div>", NULL},
    {"", NULL},
    {"<p>Words.", NULL},
    {"<script>location", NULL},
    {"<script>location = '", NULL},
    {"<meta http-equiv=refresh content=", NULL},
};

START_TEST(a_page_is_a_jump_if_it_shows_nothing_and_leads_on)
{
    struct text target;
    bool jump = jump_find(text_of(cases[_i].body), &target);
    ck_assert_msg(jump == (cases[_i].target != NULL), "%s", cases[_i].body);
    if (jump)
        ck_assert_msg(text_equal(target, text_of(cases[_i].target)), "%s: %.*s", cases[_i].body,
                      TEXT_ARGS(target));
}
END_TEST

START_TEST(a_long_page_is_none)
{
    static char body[20000];
    struct text target;
    static const char jump[] = "<meta http-equiv=refresh content='0; url=/login'>";
    for (size_t i = 0; i < sizeof body; i++)
        body[i] = i < sizeof jump - 1 ? jump[i] : ' ';
    ck_assert(jump_find((struct text){body, 8000}, &target));
    ck_assert(!jump_find((struct text){body, sizeof body}, &target));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("jump");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, a_page_is_a_jump_if_it_shows_nothing_and_leads_on, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(all, a_long_page_is_none);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
