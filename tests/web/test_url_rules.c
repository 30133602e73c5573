/* The table of rules by which URLs are left out: rows are complete, and names find their rules. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "web/url_rules.h"

START_TEST(every_rule_has_a_complete_row)
{
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++) {
        const struct url_rule_row *row = url_rule_row(rule);
        ck_assert_msg(row->name != NULL, "rule %d has no row", (int)rule);
        size_t length = strlen(row->words);
        ck_assert_msg(length > 20 && row->words[length - 1] == '.' && row->words[0] >= 'A' &&
                          row->words[0] <= 'Z',
                      "%s has no sentence: %s", row->name, row->words);
        ck_assert(row->kind < URL_RULE_KINDS && url_rule_kind_words(row->kind) != NULL);
    }
}
END_TEST

/* In metadata records, names are between blanks and after "trap:". */
START_TEST(names_are_one_word_and_unique)
{
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++) {
        const char *name = url_rule_name(rule);
        ck_assert_msg(strlen(name) <= URL_RULE_NAME_MOST &&
                          strspn(name, "abcdefghijklmnopqrstuvwxyz.-") == strlen(name),
                      "%s", name);
        ck_assert_msg(url_rule_by_name(text_of(name)) == rule, "%s stands twice", name);
    }
}
END_TEST

START_TEST(old_names_lead_to_their_rules)
{
    static const struct {
        const char *name;
        enum url_rule rule;
    } names[] = {
        {"mediawiki.twin", URL_RULE_MEDIAWIKI_DUPLICATE_VIEW},
        {"dokuwiki.twin", URL_RULE_DOKUWIKI_DUPLICATE_VIEW},
        {"squarespace.twin", URL_RULE_SQUARESPACE_DUPLICATE_VIEW},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_int_eq(url_rule_by_name(text_of(names[i].name)), names[i].rule);
}
END_TEST

START_TEST(other_words_find_no_rule)
{
    static const char *const words[] = {"", "blogger", "blogger.toggl", "Blogger.Toggle", "x"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ck_assert_int_eq(url_rule_by_name(text_of(words[i])), URL_RULE_NONE);
}
END_TEST

START_TEST(a_mistyped_name_is_like_the_right_one)
{
    static const struct {
        const char *word;
        enum url_rule rule;
    } words[] = {
        {"blogger.togle", URL_RULE_BLOGGER_TOGGLE},
        {"bloger.toggle", URL_RULE_BLOGGER_TOGGLE},
        {"mediawiki.redlinks", URL_RULE_MEDIAWIKI_REDLINK},
        {"pirnt", URL_RULE_PRINT},
        {"wishlist", URL_RULE_SHOP_WISHLIST},
        {"offsite", URL_RULE_OFF_SITE},
        {"nonsense-altogether", URL_RULE_NONE},
        {"", URL_RULE_NONE},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ck_assert_msg(url_rule_like(text_of(words[i].word)) == words[i].rule, "%s", words[i].word);
}
END_TEST

START_TEST(a_long_word_is_like_nothing)
{
    char word[100000];
    memset(word, 'a', sizeof word);
    ck_assert_int_eq(url_rule_like((struct text){word, sizeof word}), URL_RULE_NONE);
}
END_TEST

START_TEST(only_traps_can_be_turned_off)
{
    ck_assert(url_rule_can_be_off(URL_RULE_BLOGGER_TOGGLE));
    ck_assert(url_rule_can_be_off(URL_RULE_SERIES_KNOWN));
    ck_assert(!url_rule_can_be_off(URL_RULE_EXCLUDED));
    ck_assert(!url_rule_can_be_off(URL_RULE_OFF_SITE));
    ck_assert(!url_rule_can_be_off(URL_RULE_ROBOTS));
    ck_assert(!url_rule_can_be_off(URL_RULE_TOO_MANY_REDIRECTS));
}
END_TEST

/* A capture is not complete without the URLs that a crawl left out for these reasons. */
START_TEST(gaps_are_what_users_and_robots_leave_out)
{
    for (enum url_rule rule = URL_RULE_NONE + 1; rule < URL_RULES; rule++) {
        enum url_rule_kind kind = url_rule_row(rule)->kind;
        ck_assert_msg(url_rule_row(rule)->is_gap ==
                          (kind == URL_RULE_BY_OPTION || kind == URL_RULE_BY_ROBOTS),
                      "%s", url_rule_name(rule));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("url_rules");
    TCase *tests = tcase_create("table");
    tcase_add_test(tests, every_rule_has_a_complete_row);
    tcase_add_test(tests, names_are_one_word_and_unique);
    tcase_add_test(tests, old_names_lead_to_their_rules);
    tcase_add_test(tests, other_words_find_no_rule);
    tcase_add_test(tests, a_mistyped_name_is_like_the_right_one);
    tcase_add_test(tests, a_long_word_is_like_nothing);
    tcase_add_test(tests, only_traps_can_be_turned_off);
    tcase_add_test(tests, gaps_are_what_users_and_robots_leave_out);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
