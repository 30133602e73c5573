#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "capture/keeping.h"

static const struct {
    struct keeping_facts facts;
    enum url_state state;
    const char *reason; /* how it begins */
} cases[] = {
    {{.status = 200}, STATE_KEPT, ""},
    {{.status = 204}, STATE_KEPT, ""},
    {{.status = 304, .not_modified = true}, STATE_KEPT, ""},
    {{.status = 304}, STATE_BROKEN, "the site answered 304"},
    {{.status = 200, .error = BODY_TOO_LONG}, STATE_BROKEN, "the body is longer"},
    {{.status = 200, .error = BODY_CODING_UNKNOWN}, STATE_BROKEN, "the body "},
    {{.status = 200, .error = BODY_CODING_BROKEN}, STATE_BROKEN, "the body "},
    {{.status = 200, .error = BODY_ENDS_EARLY}, STATE_BROKEN, "the body "},
    {{.status = 200, .error = BODY_CHUNKS_BROKEN}, STATE_BROKEN, "the body "},
    {{.status = 200, .cut = CUT_LENGTH}, STATE_BROKEN, "the response is not whole"},
    {{.status = 206}, STATE_BROKEN, "only a part"},
    {{.status = 300}, STATE_KEPT, ""},
    {{.status = 301, .leads_on = true}, STATE_KEPT, ""},
    {{.status = 302}, STATE_BROKEN, "the site answered 302"},
    {{.status = 302, .leads_on = true, .to_login = true}, STATE_REFUSED, "it leads to a login"},
    {{.status = 307, .leads_on = true, .to_itself = true}, STATE_BROKEN, "it redirects in a"},
    {{.status = 401}, STATE_REFUSED, "the site answered 401"},
    {{.status = 403}, STATE_REFUSED, "the site answered 403"},
    {{.status = 404}, STATE_GONE, ""},
    {{.status = 410}, STATE_GONE, ""},
    {{.status = 404, .error = BODY_CODING_BROKEN}, STATE_GONE, ""},
    {{.status = 429}, STATE_REFUSED, "the site answered 429"},
    {{.status = 451}, STATE_REFUSED, "the site answered 451"},
    {{.status = 400}, STATE_REFUSED, "the site answered 400"},
    {{.status = 500}, STATE_BROKEN, "the site answered 500"},
    {{.status = 521}, STATE_BROKEN, "the site answered 521"},
    {{.status = 999}, STATE_BROKEN, "the site answered 999"},
};

START_TEST(each_response_is_judged)
{
    char reason[KEEPING_REASON_SIZE];
    struct keeping_facts facts = cases[_i].facts;
    facts.kind = VISIT_PAGE;
    facts.hops = "L";
    ck_assert_int_eq(keeping_of(&facts, reason), cases[_i].state);
    ck_assert_msg(text_starts(text_of(reason), text_of(cases[_i].reason)), "%s", reason);
    ck_assert_int_eq(reason[0] == '\0', cases[_i].reason[0] == '\0');
}
END_TEST

static enum url_state state_of(enum visit_kind kind, const char *hops, int status)
{
    char reason[KEEPING_REASON_SIZE];
    const struct keeping_facts facts = {.kind = kind, .hops = hops, .status = status};
    return keeping_of(&facts, reason);
}

START_TEST(a_part_is_kept_as_visitors_see_it)
{
    ck_assert_int_eq(state_of(VISIT_REQUISITE, "E", 200), STATE_KEPT);
    ck_assert_int_eq(state_of(VISIT_REQUISITE, "E", 302), STATE_BROKEN); /* it leads nowhere */
    const struct keeping_facts moved = {
        .kind = VISIT_REQUISITE, .hops = "E", .status = 302, .leads_on = true};
    char reason[KEEPING_REASON_SIZE];
    ck_assert_int_eq(keeping_of(&moved, reason), STATE_KEPT);
    ck_assert_int_eq(state_of(VISIT_REQUISITE, "E", 206),
                     STATE_BROKEN); /* players cannot show it */
    ck_assert_int_eq(state_of(VISIT_REQUISITE, "E", 404), STATE_GONE);
    ck_assert_int_eq(state_of(VISIT_REQUISITE, "E", 403), STATE_REFUSED);
    ck_assert_int_eq(state_of(VISIT_MEDIA, "L", 400), STATE_REFUSED);
    ck_assert_int_eq(state_of(VISIT_REQUISITE, "E", 503), STATE_BROKEN);
    ck_assert_int_eq(state_of(VISIT_MEDIA, "L", 429), STATE_BROKEN); /* the next run tries again */
    ck_assert_int_eq(state_of(VISIT_ROBOTS, "P", 404), STATE_GONE);
}
END_TEST

START_TEST(a_guess_that_is_refused_was_wrong)
{
    ck_assert_int_eq(state_of(VISIT_SITEMAP, "I", 403), STATE_GONE);
    ck_assert_int_eq(state_of(VISIT_FEED, "LIR", 401), STATE_GONE);
    ck_assert_int_eq(state_of(VISIT_SPECULATIVE, "X", 403), STATE_GONE);
    ck_assert_int_eq(state_of(VISIT_SITEMAP, "I", 500), STATE_GONE);
    ck_assert_int_eq(state_of(VISIT_SITEMAP, "M", 500), STATE_BROKEN);
    ck_assert_int_eq(state_of(VISIT_SITEMAP, "I", 503), STATE_BROKEN);
    ck_assert_int_eq(state_of(VISIT_SITEMAP, "I", 520), STATE_BROKEN);
    ck_assert_int_eq(state_of(VISIT_SITEMAP, "M", 403), STATE_REFUSED);
    ck_assert_int_eq(state_of(VISIT_FEED, "L", 403), STATE_REFUSED);
}
END_TEST

START_TEST(what_a_guessed_list_names_is_no_guess)
{
    ck_assert_int_eq(state_of(VISIT_PAGE, "IM", 403), STATE_REFUSED);
    ck_assert_int_eq(state_of(VISIT_PAGE, "IRL", 206), STATE_BROKEN);
    ck_assert_int_eq(state_of(VISIT_PAGE, "IMR", 204), STATE_KEPT);
}
END_TEST

START_TEST(a_stand_in_is_nothing_that_the_url_has)
{
    ck_assert(keeping_is_stand_in(TEXT(KEEPING_WALL)));
    ck_assert(keeping_of_error(TEXT(KEEPING_WALL)) == STATE_REFUSED);
    ck_assert(keeping_is_stand_in(TEXT(KEEPING_SHUT_OUT)));
    ck_assert_int_eq(keeping_of_error(TEXT(KEEPING_CHALLENGE "Anubis")), STATE_REFUSED);
    ck_assert_int_eq(keeping_of_error(TEXT(KEEPING_UNDECIDED)), STATE_WAITING);
    ck_assert_int_eq(keeping_of_error(TEXT(KEEPING_SHUT_OUT)), STATE_WAITING);
    ck_assert_int_eq(keeping_of_error(TEXT("the site answered 503")), STATE_BROKEN);
    ck_assert(!keeping_is_stand_in(TEXT("it leads to a login")));
    ck_assert(!keeping_is_stand_in(TEXT("the site answered 503")));
    ck_assert(!keeping_is_stand_in(TEXT("")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("keeping");
    TCase *test = tcase_create("judgement");
    tcase_add_loop_test(test, each_response_is_judged, 0, sizeof cases / sizeof *cases);
    tcase_add_test(test, a_part_is_kept_as_visitors_see_it);
    tcase_add_test(test, a_guess_that_is_refused_was_wrong);
    tcase_add_test(test, what_a_guessed_list_names_is_no_guess);
    tcase_add_test(test, a_stand_in_is_nothing_that_the_url_has);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
