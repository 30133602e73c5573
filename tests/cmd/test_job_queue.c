#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "cmd/job_queue.h"

enum { JOBS_MOST = 8, MANY = 20000 };

static struct job_queue *queue;
static int64_t next_due_ms;

static void make(const char *const *hosts, const int64_t *due_ms)
{
    struct job_needs needs[JOBS_MOST];
    bool skip[JOBS_MOST] = {false};
    int count = 0;
    for (; hosts[count]; count++)
        needs[count] = (struct job_needs){text_of(hosts[count]), due_ms ? due_ms[count] : 0};
    queue = job_queue_new(needs, skip, count);
    ck_assert_ptr_nonnull(queue);
}

static int next(int64_t now_ms)
{
    return job_queue_next(queue, now_ms, &next_due_ms);
}

START_TEST(jobs_come_in_their_order)
{
    make((const char *const[]){" a ", " b ", " c ", NULL}, NULL);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(next(0), i);
    ck_assert_int_eq(next(0), JOB_QUEUE_NONE);
    ck_assert(next_due_ms == INT64_MAX);
    job_queue_free(queue);
}
END_TEST

START_TEST(no_two_have_a_host_in_common)
{
    make((const char *const[]){" a b ", " b c ", " c ", " d a ", NULL}, NULL);
    ck_assert_int_eq(next(0), 0);
    ck_assert_int_eq(next(0), 2); /* 1 waits for b, 3 for a */
    ck_assert_int_eq(next(0), JOB_QUEUE_NONE);
    job_queue_ended(queue, 0);
    ck_assert_int_eq(next(0), 3); /* 1 waits for c now */
    ck_assert_int_eq(next(0), JOB_QUEUE_NONE);
    job_queue_ended(queue, 2);
    ck_assert_int_eq(next(0), 1);
    job_queue_ended(queue, 1);
    job_queue_ended(queue, 3);
    ck_assert_int_eq(next(0), JOB_QUEUE_NONE);
    job_queue_free(queue);
}
END_TEST

START_TEST(nobody_is_forgotten_when_the_first_in_line_must_wait_for_more)
{
    make((const char *const[]){" a ", " b ", " a b ", " a ", NULL}, NULL);
    ck_assert_int_eq(next(0), 0);
    ck_assert_int_eq(next(0), 1);
    ck_assert_int_eq(next(0), JOB_QUEUE_NONE);
    job_queue_ended(queue, 0); /* 2 goes to wait for b, and 3 may begin */
    ck_assert_int_eq(next(0), 3);
    job_queue_ended(queue, 1);
    ck_assert_int_eq(next(0), JOB_QUEUE_NONE); /* 2 wants a, which 3 has */
    job_queue_ended(queue, 3);
    ck_assert_int_eq(next(0), 2);
    job_queue_free(queue);
}
END_TEST

START_TEST(none_begins_before_its_time)
{
    make((const char *const[]){" a ", " b ", " c ", NULL}, (const int64_t[]){300, 100, 200});
    ck_assert_int_eq(next(50), JOB_QUEUE_NONE);
    ck_assert(next_due_ms == 100);
    ck_assert_int_eq(next(250), 1);
    ck_assert_int_eq(next(250), 2);
    ck_assert_int_eq(next(250), JOB_QUEUE_NONE);
    ck_assert(next_due_ms == 300);
    ck_assert_int_eq(next(300), 0);
    job_queue_free(queue);
}
END_TEST

/* With work that grows with the square this would take minutes, and run into Check's timeout. */
START_TEST(many_of_one_host_come_one_by_one)
{
    struct job_needs *needs = calloc(MANY, sizeof *needs);
    bool *skip = calloc(MANY, sizeof *skip);
    ck_assert(needs && skip);
    for (int i = 0; i < MANY; i++)
        needs[i].hosts = TEXT(" blogs.test ");
    skip[1] = true;
    queue = job_queue_new(needs, skip, MANY);
    ck_assert_ptr_nonnull(queue);
    for (int i = 0; i < MANY; i++) {
        if (skip[i])
            continue;
        ck_assert_int_eq(next(0), i);
        ck_assert_int_eq(next(0), JOB_QUEUE_NONE);
        job_queue_ended(queue, i);
    }
    ck_assert_int_eq(next(0), JOB_QUEUE_NONE);
    job_queue_free(queue);
    free(needs);
    free(skip);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("job_queue");
    TCase *test = tcase_create("turns");
    tcase_add_test(test, jobs_come_in_their_order);
    tcase_add_test(test, no_two_have_a_host_in_common);
    tcase_add_test(test, nobody_is_forgotten_when_the_first_in_line_must_wait_for_more);
    tcase_add_test(test, none_begins_before_its_time);
    tcase_add_test(test, many_of_one_host_come_one_by_one);
    suite_add_tcase(suite, test);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
