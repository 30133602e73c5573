/* The other side of a line says what it likes: it is bounded, and never believed. */
#include <config.h>

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/messages.h"

static int other; /* the side that is played by hand */
static struct messages *ours;

static void begin_with(struct messages_patience patience)
{
    int ends[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    other = ends[0];
    ours = messages_new(ends[1], &patience);
    ck_assert_ptr_nonnull(ours);
}

static void begin(void)
{
    begin_with((struct messages_patience){.silent_ms = 200, .all_ms = 500, .most_bytes = 100000});
}

static void end(void)
{
    messages_free(ours);
    close(other);
}

/* The other side says that it sends `length` bytes, and sends these. */
static void say(uint32_t kind, uint32_t length, struct text bytes)
{
    const uint32_t head[] = {kind, length};
    ck_assert_int_eq(write(other, head, sizeof head), sizeof head);
    ck_assert_int_eq(write(other, bytes.at, bytes.length), (ssize_t)bytes.length);
}

static enum result takes(void)
{
    struct message message;
    enum result result = messages_take(ours, &message);
    ck_assert(result == RESULT_OK || !message.bytes.length);
    return result;
}

START_TEST(messages_come_as_they_were_put)
{
    struct message message;
    struct messages_patience for_ever = {.silent_ms = 0};
    struct messages *theirs = messages_new(dup(other), &for_ever);
    ck_assert(messages_put(theirs, 7, TEXT("head "), TEXT("and bytes")));
    ck_assert(messages_put(theirs, 8, TEXT(""), TEXT("")));
    ck_assert(!messages_is_heard(ours)); /* they wait to be sent together */
    ck_assert(messages_flush(theirs));
    ck_assert(messages_is_heard(ours));
    ck_assert_int_eq(messages_take(ours, &message), RESULT_OK);
    ck_assert_uint_eq(message.kind, 7);
    ck_assert(text_equal(message.bytes, TEXT("head and bytes")));
    ck_assert_int_eq(messages_take(ours, &message), RESULT_OK);
    ck_assert_uint_eq(message.kind, 8);
    ck_assert_uint_eq(message.bytes.length, 0);
    messages_free(theirs);
}
END_TEST

START_TEST(a_message_comes_in_pieces)
{
    struct message message;
    char piece[MESSAGE_MOST];
    memset(piece, 'x', sizeof piece);
    say(1, sizeof piece, (struct text){piece, 60000});
    ck_assert_int_eq(write(other, piece, sizeof piece - 60000), sizeof piece - 60000);
    ck_assert_int_eq(messages_take(ours, &message), RESULT_OK);
    ck_assert_uint_eq(message.bytes.length, sizeof piece);
    ck_assert(memcmp(message.bytes.at, piece, sizeof piece) == 0);
}
END_TEST

START_TEST(a_message_that_is_too_long_is_not_taken)
{
    static const uint32_t lengths[] = {MESSAGE_MOST + 1, 1u << 31, UINT32_MAX};
    say(1, lengths[_i], TEXT("x"));
    ck_assert_int_eq(takes(), RESULT_FLAWED);
    ck_assert_int_eq(takes(), RESULT_FLAWED);
    ck_assert(!messages_put(ours, 1, TEXT(""), TEXT("")));
}
END_TEST

START_TEST(nor_is_one_put)
{
    char *bytes = calloc(1, MESSAGE_MOST + 1);
    ck_assert(!messages_put(ours, 1, TEXT(""), (struct text){bytes, MESSAGE_MOST + 1}));
    free(bytes);
}
END_TEST

START_TEST(all_messages_together_are_bounded)
{
    char piece[40000] = {0};
    for (int i = 0; i < 2; i++) {
        say(1, sizeof piece, (struct text){piece, sizeof piece});
        ck_assert_int_eq(takes(), RESULT_OK);
    }
    messages_begin(ours); /* another question */
    for (int i = 0; i < 2; i++) {
        say(1, sizeof piece, (struct text){piece, sizeof piece});
        ck_assert_int_eq(takes(), RESULT_OK);
    }
    say(1, sizeof piece, (struct text){piece, sizeof piece});
    ck_assert_int_eq(takes(), RESULT_FLAWED);
}
END_TEST

START_TEST(silence_ends_it)
{
    say(1, 5, TEXT("no"));
    ck_assert_int_eq(takes(), RESULT_LOST);
    ck_assert_int_eq(messages_state(ours), RESULT_LOST);
}
END_TEST

/* Every byte comes in time, but all of them together take too long. */
START_TEST(so_does_dawdling)
{
    pid_t pid = fork();
    if (pid == 0) {
        for (;;) {
            usleep(100 * 1000);
            say(1, 0, TEXT(""));
        }
    }
    int count = 0;
    enum result result;
    while ((result = takes()) == RESULT_OK && count < 100)
        count++;
    ck_assert_int_eq(result, RESULT_LOST);
    ck_assert_int_le(count, 6);
    kill(pid, SIGKILL);
}
END_TEST

START_TEST(so_does_not_reading)
{
    char piece[MESSAGE_MOST] = {0};
    int sent = 0;
    while (sent < 1000 && messages_put(ours, 1, TEXT(""), (struct text){piece, sizeof piece}))
        sent++;
    ck_assert_int_lt(sent, 1000);
    ck_assert_int_eq(messages_state(ours), RESULT_LOST);
}
END_TEST

START_TEST(an_end_in_a_message_is_an_end)
{
    say(1, 5, TEXT("no"));
    close(other);
    ck_assert_int_eq(takes(), RESULT_END);
    other = dup(0);
}
END_TEST

START_TEST(writing_to_one_that_has_gone_is_no_signal)
{
    close(other);
    ck_assert(messages_put(ours, 1, TEXT(""), TEXT("words")));
    ck_assert(!messages_flush(ours));
    ck_assert_int_eq(messages_state(ours), RESULT_END);
    other = dup(0);
}
END_TEST

static bool says_yes(void *context)
{
    (void)context;
    return true;
}

START_TEST(who_gives_up_does_not_wait)
{
    end();
    begin_with((struct messages_patience){
        .silent_ms = 60000, .all_ms = 60000, .give_up = {.asked = says_yes}});
    ck_assert_int_eq(takes(), RESULT_LOST);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("messages");
    TCase *tests = tcase_create("messages");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, messages_come_as_they_were_put);
    tcase_add_test(tests, a_message_comes_in_pieces);
    tcase_add_loop_test(tests, a_message_that_is_too_long_is_not_taken, 0, 3);
    tcase_add_test(tests, nor_is_one_put);
    tcase_add_test(tests, all_messages_together_are_bounded);
    tcase_add_test(tests, silence_ends_it);
    tcase_add_test(tests, so_does_dawdling);
    tcase_add_test(tests, so_does_not_reading);
    tcase_add_test(tests, an_end_in_a_message_is_an_end);
    tcase_add_test(tests, writing_to_one_that_has_gone_is_no_signal);
    tcase_add_test(tests, who_gives_up_does_not_wait);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
