/* Options in warcinfo records: they are read as they were written, and a stranger's can't be
 * costly. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frontier/recorded_options.h"

enum { BLOCK_MOST = 1 << 20 };

static struct recorded_options defaults(void)
{
    return (struct recorded_options){.scope = {.kind = SCOPE_SITE, .level = -1}};
}

static char *write_options(const struct recorded_options *options)
{
    struct buf block;
    buf_init(&block, BLOCK_MOST);
    buf_add(&block, "software: warccap\r\n");
    recorded_options_write(options, &block);
    buf_add(&block, "operator: somebody\r\n");
    ck_assert(buf_ok(&block));
    return block.data;
}

static void check_lists(char **a, int a_count, char **b, int b_count)
{
    ck_assert_int_eq(a_count, b_count);
    for (int i = 0; i < a_count; i++)
        ck_assert_str_eq(a[i], b[i]);
}

static void check_same(const struct recorded_options *a, const struct recorded_options *b)
{
    ck_assert_int_eq(a->scope.kind, b->scope.kind);
    ck_assert_int_eq(a->scope.level, b->scope.level);
    ck_assert_int_eq(a->scope.no_parent, b->scope.no_parent);
    check_lists(a->scope.domains, a->scope.domain_count, b->scope.domains, b->scope.domain_count);
    check_lists(a->scope.include, a->scope.include_count, b->scope.include, b->scope.include_count);
    check_lists(a->scope.exclude, a->scope.exclude_count, b->scope.exclude, b->scope.exclude_count);
    check_lists(a->forgotten, a->forgotten_count, b->forgotten, b->forgotten_count);
    ck_assert_mem_eq(&a->rules_off, &b->rules_off, sizeof a->rules_off);
    ck_assert_int_eq(a->robots, b->robots);
    ck_assert_int_eq(a->tries, b->tries);
    ck_assert_int_eq(a->page_limit, b->page_limit);
    ck_assert_int_eq(a->size_limit, b->size_limit);
    ck_assert_int_eq(a->url_size_limit, b->url_size_limit);
    ck_assert_int_eq(a->time_limit_ms, b->time_limit_ms);
    ck_assert_int_eq(a->url_time_limit_ms, b->url_time_limit_ms);
}

static void check_round(const struct recorded_options *options)
{
    struct recorded_options read;
    struct text malformed;
    char *block = write_options(options);
    ck_assert_int_eq(recorded_options_read(text_of(block), &read, &malformed), RESULT_OK);
    ck_assert_msg(!malformed.length, "%.*s", TEXT_ARGS(malformed));
    check_same(options, &read);
    recorded_options_release(&read);
    free(block);
}

START_TEST(options_are_read_as_they_were_written)
{
    char *domains[] = {(char[]){"example.org,example.net"}, (char[]){"b\xc3\xbc"
                                                                     "cher.example"}};
    char *include[] = {(char[]){"^https?://[^/]*/20[0-9]{2}/"}, (char[]){"100%"}, (char[]){"%41"},
                       (char[]){" x "}};
    char *exclude[] = {(char[]){"\\.(zip|iso)$"}, (char[]){"a\r\nsoftware: b"},
                       (char[]){"\xff\x01"}, (char[]){"/tag/;/author/"}, (char[]){"\"quoted\""}};
    char *forgotten[] = {(char[]){"http://h/~anna/"}, (char[]){"http://i/?a=b%20c"}};
    struct recorded_options options = defaults();
    check_round(&options);
    options.forgotten = forgotten;
    options.forgotten_count = 2;
    options.scope = (struct scope_options){.kind = SCOPE_DOMAIN,
                                           .domains = domains,
                                           .domain_count = 2,
                                           .include = include,
                                           .include_count = 4,
                                           .exclude = exclude,
                                           .exclude_count = 5,
                                           .no_parent = true,
                                           .level = 0};
    options.robots = ROBOTS_OFF;
    options.rules_off.has[URL_RULE_URL_ORDER] = options.rules_off.has[URL_RULE_SERIES_KNOWN] = true;
    options.tries = 7;
    options.page_limit = 20;
    options.size_limit = INT64_C(20000000000);
    options.url_size_limit = 1;
    options.time_limit_ms = 90000;
    options.url_time_limit_ms = 1005;
    check_round(&options);
}
END_TEST

START_TEST(every_word_of_scope_and_robots_is_read)
{
    struct recorded_options options = defaults();
    for (int scope = SCOPE_PAGE; scope <= SCOPE_SITE; scope++)
        for (int robots = ROBOTS_OBEY; robots <= ROBOTS_OFF; robots++) {
            options.scope.kind = (enum crawl_scope)scope;
            options.robots = (enum crawl_robots)robots;
            check_round(&options);
        }
}
END_TEST

START_TEST(records_without_options_give_the_defaults)
{
    struct recorded_options read, wanted = defaults();
    struct text malformed;
    ck_assert_int_eq(recorded_options_read(TEXT("software: Heritrix\r\nrobots: obey\r\n"), &read,
                                           &malformed),
                     RESULT_END);
    check_same(&wanted, &read);
    recorded_options_release(&read);
}
END_TEST

/* Each line is skipped, and the next option is read. */
static const char *const malformed_lines[] = {
    "scope: everything",
    "robots: no",
    "no-parent: maybe",
    "level: -1",
    "level: 99999999999",
    "page-limit: many",
    "time-limit: 1.5",
    "time-limit: 90s",
    "no-rule: moon.full",
    "exclude:",
    "exclude: (a{1000}){1000}",
    "exclude: ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((a",
    "include: (.*)*\\1",
    "exclude: (a*{100}){100}",
    "exclude: a{2001}",
    "exclude: a++++++++++++++++++++",
    "exclude: ([a-z]{50}|b{50}){30}",
};

START_TEST(values_that_no_option_takes_are_skipped)
{
    char block[512];
    struct recorded_options read, wanted = defaults();
    struct text malformed;
    snprintf(block, sizeof block,
             "warccap-option-%s\r\nwarccap-option-tries: 5\r\nwarccap-option-moon: full\r\n",
             malformed_lines[_i]);
    wanted.tries = 5;
    ck_assert_int_eq(recorded_options_read(text_of(block), &read, &malformed), RESULT_OK);
    ck_assert(malformed.length > 0);
    check_same(&wanted, &read);
    recorded_options_release(&read);
}
END_TEST

START_TEST(json_names_what_is_not_the_default)
{
    char *exclude[] = {(char[]){"\""}, (char[]){"b"}};
    struct recorded_options options = defaults();
    struct buf out;
    buf_init(&out, BLOCK_MOST);
    options.scope.exclude = exclude;
    options.scope.exclude_count = 2;
    options.scope.level = 3;
    options.scope.no_parent = true;
    options.time_limit_ms = 1500;
    options.rules_off.has[URL_RULE_PRINT] = true;
    recorded_options_json(&options, &out);
    ck_assert_str_eq(out.data, "{\"scope\": \"site\", \"robots\": \"obey\", \"level\": 3, "
                               "\"no-parent\": true, \"exclude\": [\"\\\"\", \"b\"], "
                               "\"no-rule\": [\"print\"], \"time-limit\": 1.500}");
    buf_release(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("recorded_options");
    TCase *tests = tcase_create("fields");
    tcase_add_test(tests, options_are_read_as_they_were_written);
    tcase_add_test(tests, every_word_of_scope_and_robots_is_read);
    tcase_add_test(tests, records_without_options_give_the_defaults);
    tcase_add_loop_test(tests, values_that_no_option_takes_are_skipped, 0,
                        sizeof malformed_lines / sizeof *malformed_lines);
    tcase_add_test(tests, json_names_what_is_not_the_default);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
