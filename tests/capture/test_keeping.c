#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "capture/keeping.h"

static const struct {
    struct keeping_facts facts;
    enum keeping keeping;
    const char *reason; /* how it begins */
} cases[] = {
    {{.status = 200}, KEEPING_KEPT, ""},
    {{.status = 204}, KEEPING_KEPT, ""},
    {{.status = 304, .not_modified = true}, KEEPING_KEPT, ""},
    {{.status = 304}, KEEPING_BROKEN, "the site answered 304"},
    {{.status = 200, .fault = BODY_TOO_LONG}, KEEPING_KEPT, ""},
    {{.status = 200, .fault = BODY_CODING_UNKNOWN}, KEEPING_BROKEN, "the body "},
    {{.status = 200, .fault = BODY_CODING_BROKEN}, KEEPING_BROKEN, "the body "},
    {{.status = 200, .fault = BODY_ENDS_EARLY}, KEEPING_BROKEN, "the body "},
    {{.status = 200, .fault = BODY_CHUNKS_BROKEN}, KEEPING_BROKEN, "the body "},
    {{.status = 200, .cut = CUT_LENGTH}, KEEPING_BROKEN, "the response is not whole"},
    {{.status = 206}, KEEPING_BROKEN, "only a part"},
    {{.status = 300}, KEEPING_MOVED, ""},
    {{.status = 301, .leads_on = true}, KEEPING_MOVED, ""},
    {{.status = 302}, KEEPING_BROKEN, "the site answered 302"},
    {{.status = 302, .leads_on = true, .to_login = true}, KEEPING_REFUSED, "it leads to a login"},
    {{.status = 307, .leads_on = true, .to_itself = true}, KEEPING_BROKEN, "it redirects in a"},
    {{.status = 401}, KEEPING_REFUSED, "the site answered 401"},
    {{.status = 403}, KEEPING_REFUSED, "the site answered 403"},
    {{.status = 404}, KEEPING_GONE, ""},
    {{.status = 410}, KEEPING_GONE, ""},
    {{.status = 404, .fault = BODY_CODING_BROKEN}, KEEPING_GONE, ""},
    {{.status = 429}, KEEPING_REFUSED, "the site answered 429"},
    {{.status = 451}, KEEPING_REFUSED, "the site answered 451"},
    {{.status = 400}, KEEPING_BROKEN, "the site answered 400"},
    {{.status = 500}, KEEPING_BROKEN, "the site answered 500"},
    {{.status = 521}, KEEPING_BROKEN, "the site answered 521"},
    {{.status = 999}, KEEPING_BROKEN, "the site answered 999"},
};

START_TEST(each_response_is_judged)
{
    char reason[KEEPING_REASON_SIZE];
    ck_assert_int_eq(keeping_of(&cases[_i].facts, reason), cases[_i].keeping);
    ck_assert_msg(text_starts(text_of(reason), text_of(cases[_i].reason)), "%s", reason);
    ck_assert_int_eq(reason[0] == '\0', cases[_i].reason[0] == '\0');
}
END_TEST

START_TEST(pages_and_lists_of_the_site_matter)
{
    ck_assert(keeping_matters(VISIT_SEED, ""));
    ck_assert(keeping_matters(VISIT_PAGE, "LL"));
    ck_assert(keeping_matters(VISIT_PAGER, "L"));
    ck_assert(keeping_matters(VISIT_ARCHIVE, "L"));
    ck_assert(keeping_matters(VISIT_FEED, "L"));
    ck_assert(keeping_matters(VISIT_SITEMAP, "M"));
    ck_assert(!keeping_matters(VISIT_SITEMAP, "I")); /* nobody said that there is one */
    ck_assert(!keeping_matters(VISIT_REQUISITE, "E"));
    ck_assert(!keeping_matters(VISIT_MEDIA, "L"));
    ck_assert(!keeping_matters(VISIT_SPECULATIVE, "X"));
    ck_assert(!keeping_matters(VISIT_ROBOTS, "P"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("keeping");
    TCase *test = tcase_create("judgement");
    tcase_add_loop_test(test, each_response_is_judged, 0, sizeof cases / sizeof *cases);
    tcase_add_test(test, pages_and_lists_of_the_site_matter);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
