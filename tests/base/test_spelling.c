/* Which name a misspelled word stands for, and which words stand for none. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/spelling.h"

static const char *const names[] = {"crawl",
                                    "verify",
                                    "index",
                                    "serve",
                                    "pack",
                                    "why",
                                    "repair",
                                    "links",
                                    "host",
                                    "--each",
                                    "--strict",
                                    "--recheck",
                                    "--recheck-within",
                                    "--wait",
                                    "--user-agent"};

static const struct {
    const char *word, *name;
} cases[] = {
    {"crwl", "crawl"},
    {"crwal", "crawl"},
    {"CRAWL", "crawl"},
    {"crawll", "crawl"},
    {"verfy", "verify"},
    {"verifiy", "verify"},
    {"serv", "serve"},
    {"pak", "pack"},
    {"wyh", "why"},
    {"hots", "host"},
    {"indx", "index"},
    {"--stict", "--strict"},
    {"--recheck-w", "--recheck-within"},
    {"--rechekc-witin", "--recheck-within"},
    {"--user_agent", "--user-agent"},
    {"within", "--recheck-within"},
    {"merge", NULL},
    {"search", NULL},
    {"--search", NULL},
    {"clone", NULL},
    {"fetch", NULL},
    {"get", NULL},
    {"export", NULL},
    {"", NULL},
    {"a-word-that-is-longer-than-any-name-that-there-is-in-the-table", NULL},
};

START_TEST(a_near_spelling_is_suggested)
{
    const char *name =
        spelling_closest(text_of(cases[_i].word), names, sizeof names / sizeof *names);
    ck_assert_msg(name && cases[_i].name ? strcmp(name, cases[_i].name) == 0
                                         : name == cases[_i].name,
                  "%s: %s", cases[_i].word, name ? name : "nothing");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spelling");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, a_near_spelling_is_suggested, 0, sizeof cases / sizeof *cases);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
