/* The terminal's guard: nothing but text reaches the terminal. */
#include <config.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "report/terminal.h"

enum { ROOM = 1000 };

static const struct {
    const char *written, *seen;
} known[] = {
    {"plain text, \t and\n more", "plain text, \t and\n more"},
    {"\033]0;owned\a", "\\x1b]0;owned\\x07"},
    {"\033[31mred\033[0m", "\\x1b[31mred\\x1b[0m"},
    {"over\rwritten\b\x7f", "over\\x0dwritten\\x08\\x7f"},
    {"C1 in UTF-8: \xc2\x9b"
     "2J",
     "C1 in UTF-8: \\u009b2J"},
    {"C1 alone: \x9b"
     "2J",
     "C1 alone: \\x9b2J"},
    {"from right to left: \xe2\x80\xae"
     "cod.exe",
     "from right to left: \\u202ecod.exe"},
    {"isolated: \xe2\x81\xa6 \xe2\x81\xa9", "isolated: \\u2066 \\u2069"},
    {"words: b\xc3\xbc"
     "cher \xe6\xbc\xa2\xe5\xad\x97 \xf0\x9f\x98\x80",
     "words: b\xc3\xbc"
     "cher \xe6\xbc\xa2\xe5\xad\x97 \xf0\x9f\x98\x80"},
    {"not UTF-8: \xff\xc0\xaf\xed\xa0\x80.", "not UTF-8: \\xff\\xc0\\xaf\\xed\\xa0\\x80."},
    {"cut: \xe2\x82 then", "cut: \\xe2\\x82 then"},
};

START_TEST(nothing_but_text_is_let_through)
{
    char seen[ROOM];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct text text = text_of(known[i].written);
        size_t taken, length = terminal_plain(text, seen, &taken);
        ck_assert_uint_eq(taken, text.length);
        ck_assert_uint_le(length, 4 * text.length);
        ck_assert_uint_eq(length, strlen(known[i].seen));
        ck_assert_mem_eq(seen, known[i].seen, length);
    }
}
END_TEST

/* Output comes in pieces, and a piece may end within a character. */
START_TEST(the_result_is_the_same_wherever_output_is_cut)
{
    char seen[ROOM];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (size_t cut = 0; cut <= strlen(known[i].written); cut++) {
            struct text text = text_of(known[i].written);
            size_t taken, more, length = terminal_plain(text_first(text, cut), seen, &taken);
            ck_assert_uint_le(cut - taken, 3);
            length += terminal_plain(text_skip(text, taken), seen + length, &more);
            ck_assert_uint_eq(taken + more, text.length);
            ck_assert_uint_eq(length, strlen(known[i].seen));
            ck_assert_mem_eq(seen, known[i].seen, length);
        }
}
END_TEST

/* Every byte alone, and every pair of bytes: the room suffices, no control character comes out. */
START_TEST(no_control_character_comes_out)
{
    for (int pair = 0; pair < 0x10000; pair++) {
        char octets[2] = {(char)(pair >> 8), (char)pair}, seen[4 * sizeof octets + 1];
        size_t taken, length = terminal_plain((struct text){octets, 2}, seen, &taken);
        ck_assert_uint_le(length, 4 * taken);
        for (size_t i = 0; i < length; i++)
            ck_assert(seen[i] == '\n' || seen[i] == '\t' ||
                      ((unsigned char)seen[i] >= ' ' && seen[i] != 0x7f));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terminal");
    TCase *tests = tcase_create("guard");
    tcase_add_test(tests, nothing_but_text_is_let_through);
    tcase_add_test(tests, the_result_is_the_same_wherever_output_is_cut);
    tcase_add_test(tests, no_control_character_comes_out);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
