/* The command line: every kind of value, letters, words, and what is wrong. */
#include <config.h>

#include <check.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/options.h"
#include "report/exit_code.h"
#include "web/url_rules.h"

enum { WORDS_MOST = 16 };

struct values {
    struct option_memory memory;
    bool flag, unflag;
    const char *text;
    char **list;
    int list_count;
    int number, choice;
    int64_t count, bytes, seconds;
    struct url_rule_set rules;
};

static const char *const choices[] = {"small", "fast", NULL};

#define ROW(name, letters, kind, member, choices)                                             \
    {                                                                                         \
        name, letters, kind, "X", offsetof(struct values, member), "Says something.", choices \
    }

static const struct option_row rows[] = {
    ROW("flag", "f", OPTION_FLAG, flag, NULL),
    ROW("no-flag", "nf", OPTION_UNFLAG, unflag, NULL),
    ROW("text", "t", OPTION_TEXT, text, NULL),
    ROW("list", "l", OPTION_LIST, list, NULL),
    ROW("number", "n", OPTION_NUMBER, number, NULL),
    ROW("count", NULL, OPTION_COUNT, count, NULL),
    ROW("bytes", NULL, OPTION_BYTES, bytes, NULL),
    ROW("seconds", NULL, OPTION_SECONDS, seconds, NULL),
    ROW("choice", NULL, OPTION_CHOICE, choice, choices),
    ROW("no-rule", NULL, OPTION_RULE, rules, NULL),
};
static const struct command command = {.name = "test",
                                       .arguments = "[options] WORD...",
                                       .summary = "",
                                       .details = "",
                                       .rows = rows,
                                       .row_count = sizeof rows / sizeof *rows};

/* ---- one command line ---- */

static struct values values;
static char *words[WORDS_MOST];
static int word_count;

static void begin(void)
{
    values = (struct values){.unflag = true, .number = -1, .count = -1, .bytes = -1, .seconds = -1};
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
}

static void end(void)
{
    options_release(&command, &values);
}

/* Reads a line with blanks between its words; what the options are not is left in words[1 ...]. */
static int read_line(const char *line)
{
    static char copy[512];
    int count = 1;
    snprintf(copy, sizeof copy, "%s", line);
    words[0] = copy;
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        words[count++] = word;
    words[count] = NULL;
    return options_read(&command, count, words, &values, &word_count);
}

START_TEST(flags_are_set_and_cleared)
{
    ck_assert_int_eq(read_line("--flag --no-flag"), EXIT_DONE);
    ck_assert(values.flag && !values.unflag);
    ck_assert_int_eq(read_line("--flag=yes"), EXIT_USAGE);
}
END_TEST

START_TEST(the_last_text_counts_and_a_list_keeps_all)
{
    ck_assert_int_eq(read_line("--text=a --text b -l one --list=two -lthree --text="), EXIT_DONE);
    ck_assert_str_eq(values.text, "");
    ck_assert_int_eq(values.list_count, 3);
    ck_assert_str_eq(values.list[0], "one");
    ck_assert_str_eq(values.list[1], "two");
    ck_assert_str_eq(values.list[2], "three");
    words[0][0] = '?'; /* they are copies */
    ck_assert_str_eq(values.list[0], "one");
}
END_TEST

static const struct {
    const char *line;
    int64_t value; /* of the one option that it has; -1: it is none */
} numbers[] = {
    {"--number=0", 0},
    {"--number=2147483647", 2147483647},
    {"--number=2147483648", -1},
    {"--number=-3", -1},
    {"--number=3x", -1},
    {"--number=", -1},
    {"--count=9223372036854775807", INT64_MAX},
    {"--count=9223372036854775808", -1},
    {"--count=1k", -1},
    {"--bytes=7", 7},
    {"--bytes=500k", 500000},
    {"--bytes=1.5M", 1500000},
    {"--bytes=1G", 1000000000},
    {"--bytes=2T", INT64_C(2000000000000)},
    {"--bytes=1kk", -1},
    {"--bytes=1X", -1},
    {"--bytes=-1", -1},
    {"--bytes=nan", -1},
    {"--bytes=99999999T", -1},
    {"--seconds=0.5", 500},
    {"--seconds=90", 90000},
    {"--seconds=5m", 300000},
    {"--seconds=2h", 7200000},
    {"--seconds=1d", 86400000},
    {"--seconds=1.001", 1001},
    {"--seconds=1e14d", -1}, /* more than 64 bits of milliseconds */
    {"--seconds=soon", -1},
    {"--choice=small", 0},
    {"--choice=fast", 1},
    {"--choice=fas", -1},
};

START_TEST(numbers_are_read_with_their_units)
{
    bool fine = numbers[_i].value >= 0;
    values.choice = -1;
    ck_assert_msg(read_line(numbers[_i].line) == (fine ? EXIT_DONE : EXIT_USAGE), "%s",
                  numbers[_i].line);
    const int64_t all[] = {values.number, values.count, values.bytes, values.seconds,
                           values.choice};
    int64_t got = -1;
    for (int i = 0; i < 5; i++)
        got = all[i] >= 0 ? all[i] : got;
    ck_assert_msg(got == numbers[_i].value, "%s: %lld", numbers[_i].line, (long long)got);
}
END_TEST

START_TEST(rules_are_known_by_name)
{
    ck_assert_int_eq(read_line("--no-rule=print"), EXIT_DONE);
    ck_assert(values.rules.has[URL_RULE_PRINT]);
    ck_assert(!values.rules.has[URL_RULE_LOGIN]);
    ck_assert_int_eq(read_line("--no-rule=nosuchrule"), EXIT_USAGE);
}
END_TEST

START_TEST(letters_stand_together_and_the_longest_counts)
{
    ck_assert_int_eq(read_line("-fnf"), EXIT_DONE); /* "nf", not the number "f" */
    ck_assert(values.flag && !values.unflag);
    ck_assert_int_eq(read_line("-fn7"), EXIT_DONE);
    ck_assert_int_eq(values.number, 7);
    ck_assert_int_eq(read_line("-fn 8 word"), EXIT_DONE);
    ck_assert_int_eq(values.number, 8);
    ck_assert_int_eq(word_count, 1);
    ck_assert_int_eq(read_line("-fx"), EXIT_USAGE);
    ck_assert_int_eq(read_line("-t"), EXIT_USAGE);
}
END_TEST

START_TEST(words_stay_in_their_order)
{
    ck_assert_int_eq(read_line("one -f - --text x two -- --flag three"), EXIT_DONE);
    ck_assert_int_eq(word_count, 5);
    ck_assert_str_eq(words[1], "one");
    ck_assert_str_eq(words[2], "-");
    ck_assert_str_eq(words[3], "two");
    ck_assert_str_eq(words[4], "--flag");
    ck_assert_str_eq(words[5], "three");
}
END_TEST

START_TEST(a_missing_value_is_no_other_option)
{
    ck_assert_int_eq(read_line("--text --flag"), EXIT_USAGE);
    ck_assert_int_eq(read_line("--text"), EXIT_USAGE);
    ck_assert_int_eq(read_line("--text=--flag"), EXIT_DONE);
    ck_assert_str_eq(values.text, "--flag");
    ck_assert_int_eq(read_line("--txet=a"), EXIT_USAGE);
}
END_TEST

START_TEST(a_file_sets_options_by_name)
{
    ck_assert_int_eq(options_set(&command, TEXT("flag"), "yes", &values), EXIT_DONE);
    ck_assert(values.flag);
    ck_assert_int_eq(options_set(&command, TEXT("no-flag"), "no", &values), EXIT_DONE);
    ck_assert(values.unflag);
    ck_assert_int_eq(options_set(&command, TEXT("flag"), "perhaps", &values), OPTION_UNKNOWN);
    ck_assert_int_eq(options_set(&command, TEXT("none"), "yes", &values), OPTION_UNKNOWN);
    ck_assert_int_eq(options_set(&command, TEXT("bytes"), "3k", &values), EXIT_DONE);
    ck_assert_int_eq(values.bytes, 3000);
    ck_assert_int_eq(options_set(&command, TEXT("bytes"), "many", &values), EXIT_USAGE);
}
END_TEST

START_TEST(help_is_no_failure)
{
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stdout));
    ck_assert_int_eq(read_line("--number=x --help"), EXIT_USAGE);
    ck_assert_int_eq(read_line("--help --number=x"), OPTIONS_HELPED);
    ck_assert_int_eq(options_exit_code(OPTIONS_HELPED), EXIT_DONE);
    ck_assert_int_eq(options_exit_code(EXIT_USAGE), EXIT_USAGE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("options");
    TCase *tests = tcase_create("options");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, flags_are_set_and_cleared);
    tcase_add_test(tests, the_last_text_counts_and_a_list_keeps_all);
    tcase_add_loop_test(tests, numbers_are_read_with_their_units, 0,
                        (int)(sizeof numbers / sizeof *numbers));
    tcase_add_test(tests, rules_are_known_by_name);
    tcase_add_test(tests, letters_stand_together_and_the_longest_counts);
    tcase_add_test(tests, words_stay_in_their_order);
    tcase_add_test(tests, a_missing_value_is_no_other_option);
    tcase_add_test(tests, a_file_sets_options_by_name);
    tcase_add_test(tests, help_is_no_failure);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
