/*
 * Calls that not every system has, and their substitutes.  This file is built twice: once for the
 * calls and once for the substitutes.
 */
#include <config.h>

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk.h"
#include "base/system.h"

static char directory[] = "/tmp/warccap-system-XXXXXX";

static void begin(void)
{
    snprintf(directory, sizeof directory, "/tmp/warccap-system-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
}

static void end(void)
{
    ck_assert_int_eq(rmdir(directory), 0); /* succeeds only if nothing was left in it */
}

static void check_file(int fd)
{
    char back[8] = "";
    struct stat facts;
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, "some", 4), 4);
    ck_assert_int_eq(system_sync(fd), 0);
    ck_assert_int_eq(pread(fd, back, sizeof back, 0), 4);
    ck_assert_str_eq(back, "some");
    ck_assert_int_eq(fstat(fd, &facts), 0);
    ck_assert_int_eq(facts.st_nlink, 0);
    ck_assert(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    close(fd);
}

START_TEST(files_without_a_name)
{
    check_file(system_open_nameless(directory));
    setenv("TMPDIR", directory, 1);
    check_file(system_open_memory("test"));
    ck_assert_int_eq(system_open_nameless("/tmp/warccap-system-nothing-here"), -1);
    ck_assert_int_eq(errno, ENOENT);
}
END_TEST

START_TEST(reserved_bytes_are_zeros_and_take_room)
{
    enum { USED = 100000, MORE = 300000 };
    struct stat facts;
    char first[4] = "", last = 1;
    int fd = system_open_nameless(directory);
    ck_assert_int_eq(system_reserve(fd, 0, USED), 0);
    ck_assert_int_eq(pwrite(fd, "some", 4, 0), 4);
    ck_assert_int_eq(system_reserve(fd, USED, MORE), 0);
    ck_assert_int_eq(fstat(fd, &facts), 0);
    ck_assert_int_eq(facts.st_size, USED + MORE);
    ck_assert_int_ge(facts.st_blocks, (USED + MORE) / 512);
    ck_assert_int_eq(pread(fd, first, sizeof first, 0), 4);
    ck_assert_int_eq(memcmp(first, "some", 4), 0); /* what is there is kept */
    ck_assert_int_eq(pread(fd, &last, 1, USED + MORE - 1), 1);
    ck_assert_int_eq(last, 0);
    close(fd);
    ck_assert_int_eq(system_reserve(fd, 0, USED), -1);
    ck_assert_int_eq(errno, EBADF);
}
END_TEST

START_TEST(a_rename_replaces_nothing)
{
    char one[64], two[64], three[64];
    struct trouble trouble;
    snprintf(one, sizeof one, "%s/one", directory);
    snprintf(two, sizeof two, "%s/two", directory);
    snprintf(three, sizeof three, "%s/three", directory);
    close(disk_create(one, &trouble));
    close(disk_create(two, &trouble));
    ck_assert_int_eq(system_rename_new(one, two), -1);
    ck_assert_int_eq(errno, EEXIST);
    ck_assert(disk_exists(one) && disk_exists(two));
    ck_assert_int_eq(system_rename_new(one, three), 0);
    ck_assert(!disk_exists(one) && disk_exists(three));
    ck_assert_int_eq(system_rename_new(one, three), -1);
    ck_assert_int_eq(errno, ENOENT);
    unlink(two);
    unlink(three);
}
END_TEST

START_TEST(a_directory_is_renamed_and_replaces_nothing)
{
    char one[64], two[64], inside[80];
    struct trouble trouble;
    snprintf(one, sizeof one, "%s/one", directory);
    snprintf(two, sizeof two, "%s/two", directory);
    snprintf(inside, sizeof inside, "%s/file", two);
    ck_assert_int_eq(mkdir(one, 0777), 0);
    ck_assert_int_eq(mkdir(two, 0777), 0);
    ck_assert_int_eq(system_rename_new(one, two), -1);
    ck_assert_int_eq(errno, EEXIST);
    rmdir(two);
    close(disk_create(two, &trouble));
    ck_assert_int_eq(system_rename_new(one, two), -1);
    ck_assert_int_eq(errno, EEXIST);
    unlink(two);
    ck_assert_int_eq(system_rename_new(one, two), 0);
    ck_assert(!disk_exists(one) && disk_is_directory(two));
    close(disk_create(inside, &trouble));
    ck_assert(disk_exists(inside));
    unlink(inside);
    rmdir(two);
}
END_TEST

START_TEST(random_bytes_differ)
{
    unsigned char a[4096] = "", b[4096] = "", none[16] = "";
    ck_assert(system_random(a, sizeof a) && system_random(b, sizeof b));
    ck_assert_int_ne(memcmp(a, b, sizeof a), 0);
    ck_assert_int_ne(memcmp(a + sizeof a - sizeof none, none, sizeof none), 0);
    ck_assert(system_random(none, 0));
}
END_TEST

START_TEST(sockets_are_closed_on_exec)
{
    int fd = system_socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_ge(fd, 0);
    ck_assert(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    close(fd);
    ck_assert_int_eq(system_socket(-1, SOCK_STREAM, 0), -1);
}
END_TEST

START_TEST(sending_to_nobody_is_an_error_and_no_signal)
{
    int ends[2];
    char back;
    signal(SIGPIPE, SIG_DFL); /* which ends the process */
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    ck_assert_int_eq(system_send(ends[0], "a", 1, 0), 1);
    ck_assert_int_eq(read(ends[1], &back, 1), 1);
    close(ends[1]);
    ck_assert_int_eq(system_send(ends[0], "a", 1, 0), -1);
    ck_assert_int_eq(errno, EPIPE);
    sigset_t pending;
    ck_assert_int_eq(sigpending(&pending), 0);
    ck_assert_int_eq(sigismember(&pending, SIGPIPE), 0);
    close(ends[0]);
}
END_TEST

static ssize_t collect(void *cookie, const char *bytes, size_t length)
{
    char *out = cookie;
    strncat(out, bytes, length);
    return (ssize_t)length;
}

START_TEST(a_stream_gives_its_bytes_to_a_function)
{
    char out[32] = "";
    FILE *stream = system_open_writer(out, collect);
#if defined HAVE_FOPENCOOKIE || defined HAVE_FUNOPEN
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(setvbuf(stream, NULL, _IONBF, 0), 0);
    fprintf(stream, "%s %d", "some", 7);
    ck_assert_str_eq(out, "some 7");
    fclose(stream);
#else
    ck_assert_ptr_null(stream);
#endif
}
END_TEST

START_TEST(the_memory_of_a_process_is_told_or_not_known)
{
    int64_t bytes = system_memory_of(getpid());
    ck_assert(bytes == -1 || bytes > 100000);
    ck_assert_int_eq(system_memory_of(-1), -1);
    system_hide_memory();
    ck_assert_int_eq(system_memory_of(getpid()) == -1, bytes == -1);
}
END_TEST

START_TEST(a_signal_is_waited_for)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    int64_t began = clock_steady_ms();
    ck_assert_int_eq(system_wait_signal(&signals, 60), -1);
    ck_assert_int_ge(clock_steady_ms() - began, 59);
    raise(SIGUSR1);
    ck_assert_int_eq(system_wait_signal(&signals, 10000), SIGUSR1);
    ck_assert_int_eq(system_wait_signal(&signals, 0), -1); /* it came only once */
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    ck_assert_int_eq(system_wait_signal(&signals, 10000), SIGCHLD);
    waitpid(child, NULL, 0);
}
END_TEST

START_TEST(a_condition_is_waited_for_no_longer)
{
    pthread_cond_t condition;
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    system_condition_init(&condition);
    pthread_mutex_lock(&mutex);
    int64_t began = clock_steady_ms();
    system_condition_wait(&condition, &mutex, 1050);
    ck_assert_int_ge(clock_steady_ms() - began, 1040);
    ck_assert_int_lt(clock_steady_ms() - began, 20000);
    pthread_mutex_unlock(&mutex);
    pthread_cond_destroy(&condition);
}
END_TEST

START_TEST(bytes_in_their_order)
{
    const unsigned char bytes[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    uint64_t number;
    memcpy(&number, bytes, sizeof number);
    ck_assert_uint_eq(system_little_endian(number), UINT64_C(0x0807060504030201));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("system");
    TCase *tests = tcase_create("system");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, files_without_a_name);
    tcase_add_test(tests, reserved_bytes_are_zeros_and_take_room);
    tcase_add_test(tests, a_rename_replaces_nothing);
    tcase_add_test(tests, a_directory_is_renamed_and_replaces_nothing);
    tcase_add_test(tests, random_bytes_differ);
    tcase_add_test(tests, sockets_are_closed_on_exec);
    tcase_add_test(tests, sending_to_nobody_is_an_error_and_no_signal);
    tcase_add_test(tests, a_stream_gives_its_bytes_to_a_function);
    tcase_add_test(tests, the_memory_of_a_process_is_told_or_not_known);
    tcase_add_test(tests, a_signal_is_waited_for);
    tcase_add_test(tests, a_condition_is_waited_for_no_longer);
    tcase_add_test(tests, bytes_in_their_order);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
