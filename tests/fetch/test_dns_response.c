/* What the record of a lookup says of a name server's answer. */
#include <config.h>

#include <check.h>
#include <stdlib.h>

#include "fetch/dns_response.h"

#define DATE "20260104050607\r\n"
#define HEAD "\x12\x34\x81\x80\0\0\0\x02\0\0\0\0" /* no question, two answers */
#define ROOT_IS_ALIAS "\x03www\0\0\x05\0\x01\0\0\0\x3c\0\x01\0"
#define ADDRESS "\x03www\0\0\x01\0\x01\0\0\0\x3c\0\x04\xc0\0\x02\x01"
#define CHAOS "\x03www\0\0\x01\0\x03\0\0\0\x3c\0\x04\xc0\0\x02\x01"
#define LONG_ALIAS "\x03www\0\0\x05\0\x01\0\0\0\x3c\0\x01\x03org\0"

static void check_written(struct text message, size_t room, bool fits, const char *expected)
{
    struct buf out;
    buf_init(&out, room);
    dns_response_write(message, TEXT("20260104050607"), true, &out);
    ck_assert(buf_ok(&out) == fits);
    ck_assert_msg(text_equal(buf_text(&out), text_of(expected)), "%.*s", TEXT_ARGS(buf_text(&out)));
    buf_release(&out);
}

START_TEST(the_root_is_one_dot)
{
    check_written(TEXT(HEAD ROOT_IS_ALIAS ADDRESS), 1000, true,
                  DATE "www.\t60\tIN\tCNAME\t.\r\nwww.\t60\tIN\tA\t192.0.2.1\r\n");
}
END_TEST

START_TEST(what_does_not_fit_is_left_off_whole)
{
    check_written(TEXT(HEAD ADDRESS ROOT_IS_ALIAS), 50, false,
                  DATE "www.\t60\tIN\tA\t192.0.2.1\r\n");
    check_written(TEXT(HEAD ADDRESS ROOT_IS_ALIAS), 20, false, DATE);
}
END_TEST

START_TEST(other_classes_and_names_beyond_their_record_are_left_out)
{
    check_written(TEXT(HEAD CHAOS ADDRESS), 1000, true, DATE "www.\t60\tIN\tA\t192.0.2.1\r\n");
    check_written(TEXT(HEAD LONG_ALIAS), 1000, true, "");
}
END_TEST

START_TEST(an_answer_that_is_cut_off_gives_what_came)
{
    struct text whole = TEXT(HEAD ADDRESS ADDRESS);
    check_written(text_first(whole, 11), 1000, true, "");
    check_written(text_first(whole, whole.length - 1), 1000, true, "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dns_response");
    TCase *all = tcase_create("all");
    tcase_add_test(all, the_root_is_one_dot);
    tcase_add_test(all, what_does_not_fit_is_left_off_whole);
    tcase_add_test(all, other_classes_and_names_beyond_their_record_are_left_out);
    tcase_add_test(all, an_answer_that_is_cut_off_gives_what_came);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
