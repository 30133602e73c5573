/*
 * What is outside of the box cannot be reached from inside.  Check runs each test in a process of
 * its own, which enters a box and cannot leave it; the directories are made and removed outside.
 */
#include <config.h>

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/box.h"
#include "base/system.h"

#if defined __linux__
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#endif
#endif

static char root[] = "/tmp/warccap-box-XXXXXX";
static char inside[64], outside[64], secret[64];

static void write_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, "words", 5), 5);
    close(fd);
}

static void begin(void)
{
    ck_assert_ptr_nonnull(mkdtemp(root));
    snprintf(inside, sizeof inside, "%s/inside", root);
    snprintf(outside, sizeof outside, "%s/outside", root);
    snprintf(secret, sizeof secret, "%s/outside/secret", root);
    ck_assert_int_eq(mkdir(inside, 0777), 0);
    ck_assert_int_eq(mkdir(outside, 0777), 0);
    write_file(secret);
}

static void end(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", root);
    ck_assert_int_eq(system(command), 0);
}

static char *in(const char *directory, const char *name)
{
    static char paths[4][128];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", directory, name);
    return path;
}

/* Whether a file can be opened like this. */
static bool opens(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0666);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool refused(bool done)
{
    return !done && (errno == EPERM || errno == EACCES || errno == EXDEV || errno == ENOSYS);
}

static void enter(struct box *box)
{
    struct trouble trouble;
    ck_assert_int_eq(box_enter(box, &trouble), RESULT_OK);
    box_free(box);
}

START_TEST(files_that_are_not_allowed)
{
    struct box *box = box_new(BOX_CLIENT);
    box_allow_tree(box, inside, BOX_CHANGE);
    enter(box);
    ck_assert(opens(in(inside, "new"), O_WRONLY | O_CREAT));
    ck_assert_int_eq(rename(in(inside, "new"), in(inside, "newer")), 0);
    ck_assert_int_eq(mkdir(in(inside, "directory"), 0777), 0);
    ck_assert_int_eq(rename(in(inside, "newer"), in(inside, "directory/newer")), 0);
    ck_assert(opens("/dev/null", O_RDWR));
    ck_assert(opens("/dev/urandom", O_RDONLY));

    ck_assert(refused(opens(secret, O_RDONLY)));
    ck_assert(refused(opens(secret, O_WRONLY)));
    ck_assert(refused(opens("/etc/passwd", O_RDONLY)));
    ck_assert(refused(opens("/etc", O_RDONLY | O_DIRECTORY)));
    ck_assert(refused(opens(in(outside, "new"), O_WRONLY | O_CREAT)));
    ck_assert(refused(unlink(secret) == 0));
    ck_assert(refused(truncate(secret, 0) == 0));
    ck_assert(refused(chmod(secret, 0777) == 0));
    ck_assert(refused(mkdir(in(outside, "directory"), 0777) == 0));
    ck_assert(refused(rename(in(inside, "directory/newer"), in(outside, "newer")) == 0));
    ck_assert(refused(link(secret, in(inside, "linked")) == 0));
    ck_assert(refused(symlink(secret, in(inside, "linked")) == 0));
    ck_assert(refused(mkfifo(in(inside, "fifo"), 0666) == 0));
#ifdef O_TMPFILE
    ck_assert(refused(opens(outside, O_TMPFILE | O_RDWR)));
#endif
}
END_TEST

START_TEST(what_is_only_read_is_not_changed)
{
    write_file(in(inside, "old"));
    struct box *box = box_new(BOX_NO_NETWORK);
    box_allow_tree(box, inside, BOX_READ);
    enter(box);
    ck_assert(opens(in(inside, "old"), O_RDONLY));
    ck_assert(opens(inside, O_RDONLY | O_DIRECTORY));
    ck_assert(refused(opens(in(inside, "old"), O_WRONLY)));
    ck_assert(refused(opens(in(inside, "new"), O_WRONLY | O_CREAT)));
    ck_assert(refused(unlink(in(inside, "old")) == 0));
}
END_TEST

START_TEST(one_file_is_not_its_directory)
{
    write_file(in(inside, "this"));
    write_file(in(inside, "that"));
    struct box *box = box_new(BOX_NO_NETWORK);
    box_allow(box, in(inside, "this"), BOX_READ);
    box_allow(box, in(inside, "not there"), BOX_READ);
    box_allow(box, outside, BOX_REMOVE);
    ck_assert_int_eq(mkdir(in(outside, "empty"), 0777), 0);
    enter(box);
    ck_assert(opens(in(inside, "this"), O_RDONLY));
    ck_assert(refused(opens(in(inside, "that"), O_RDONLY)));
    ck_assert_int_eq(rmdir(in(outside, "empty")), 0);
    ck_assert(refused(unlink(secret) == 0));
}
END_TEST

/* Parts of a collection may be on other disks. */
START_TEST(links_lead_to_what_is_allowed_too)
{
    const char *elsewhere = in(root, "elsewhere");
    ck_assert_int_eq(mkdir(elsewhere, 0777), 0);
    ck_assert_int_eq(mkdir(in(inside, "part"), 0777), 0);
    ck_assert_int_eq(symlink(elsewhere, in(inside, "big")), 0);
    ck_assert_int_eq(symlink(secret, in(inside, "part/file")), 0);
    ck_assert_int_eq(mkdir(in(inside, "part/of"), 0777), 0);
    ck_assert_int_eq(symlink(secret, in(inside, "part/of/it")), 0);
    ck_assert_int_eq(symlink("nowhere", in(inside, "dangling")), 0);
    struct box *box = box_new(BOX_CLIENT);
    box_allow_tree(box, inside, BOX_CHANGE);
    enter(box);
    ck_assert(opens(in(inside, "big/new"), O_WRONLY | O_CREAT));
    ck_assert(opens(in(inside, "part/file"), O_RDWR));
    ck_assert(refused(opens(in(outside, "other"), O_WRONLY | O_CREAT)));
}
END_TEST

/* What the shell opened for us, and files in memory, have no place that could be allowed. */
START_TEST(open_files_keep_working)
{
    char bytes[8];
    int open_before = open(secret, O_RDWR);
    struct box *box = box_new(BOX_NO_NETWORK);
    enter(box);
    ck_assert_int_eq(read(open_before, bytes, 5), 5);
    ck_assert_int_eq(write(open_before, "more", 4), 4);
    int memory = system_open_memory("box");
    ck_assert_int_ge(memory, 0);
    ck_assert_int_eq(write(memory, "words", 5), 5);
}
END_TEST

static bool starts_a_process(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    if (pid > 0)
        waitpid(pid, NULL, 0);
    return pid > 0;
}

static void *do_nothing(void *nothing)
{
    return nothing;
}

START_TEST(programs_and_processes)
{
    char word[] = "true";
    char *const words[] = {word, NULL};
    pthread_t thread;
    struct box *box = box_new(BOX_CLIENT);
    enter(box);
    ck_assert(refused(execv("/bin/true", words) == 0));
    ck_assert(refused(starts_a_process()));
    ck_assert(refused(kill(getppid(), 0) == 0));
    ck_assert(refused(mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED));
    ck_assert_int_eq(pthread_create(&thread, NULL, do_nothing, NULL), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
}
END_TEST

static bool opens_socket(int family, int type)
{
    int fd = socket(family, type, 0);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

START_TEST(no_network)
{
    struct box *box = box_new(BOX_NO_NETWORK);
    enter(box);
    ck_assert(refused(opens_socket(AF_INET, SOCK_STREAM)));
    ck_assert(refused(opens_socket(AF_INET, SOCK_DGRAM)));
    ck_assert(refused(opens_socket(AF_INET6, SOCK_STREAM)));
    ck_assert(refused(opens_socket(AF_UNIX, SOCK_STREAM)));
}
END_TEST

START_TEST(a_server_accepts_and_does_not_connect)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    char byte = 'a';
    int listening = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
    int other = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(listening, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(listening, 1), 0);
    ck_assert_int_eq(getsockname(listening, (struct sockaddr *)&address, &size), 0);
    ck_assert_int_eq(connect(client, (struct sockaddr *)&address, sizeof address), 0);
    enter(box_new(BOX_SERVER));
    int accepted = accept(listening, NULL, NULL);
    ck_assert_int_ge(accepted, 0);
    ck_assert_int_eq(send(accepted, &byte, 1, 0), 1);
    ck_assert_int_eq(recv(client, &byte, 1, 0), 1);
    ck_assert(refused(socket(AF_INET, SOCK_STREAM, 0) >= 0));
    ck_assert(refused(connect(other, (struct sockaddr *)&address, sizeof address) == 0));
}
END_TEST

START_TEST(a_client_connects_and_does_not_listen)
{
    struct box *box = box_new(BOX_CLIENT);
    enter(box);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    ck_assert_int_ge(fd, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const struct sockaddr *address = (const struct sockaddr *)&here;
    ck_assert(refused(bind(fd, address, sizeof here) == 0));
    ck_assert(refused(listen(fd, 1) == 0));
    here.sin_port = htons(9);
    ck_assert(connect(fd, address, sizeof here) == 0 || errno == ECONNREFUSED ||
              errno == EINPROGRESS);
    close(fd);
    ck_assert(opens_socket(AF_INET6, SOCK_DGRAM) || errno == EAFNOSUPPORT);
    ck_assert(refused(opens_socket(AF_UNIX, SOCK_STREAM)));
    ck_assert(refused(opens_socket(AF_INET, SOCK_RAW)));
    ck_assert(refused(opens_socket(AF_PACKET, SOCK_DGRAM)));
}
END_TEST

/* A thread that is started inside is inside. */
static void *open_secret(void *result)
{
    *(bool *)result = refused(opens(secret, O_RDONLY));
    return NULL;
}

START_TEST(threads_are_inside_too)
{
    pthread_t thread;
    bool is_refused = false;
    struct box *box = box_new(BOX_CLIENT);
    enter(box);
    ck_assert_int_eq(pthread_create(&thread, NULL, open_secret, &is_refused), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert(is_refused);
}
END_TEST

/* ---- systems that lack it ---- */

/* From now on this call fails as in a container, or a kernel that does not know it. */
static void forbid(int call, int error)
{
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof steps / sizeof *steps, steps};
    ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
    ck_assert_int_eq((int)syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), 0);
}

START_TEST(without_landlock_the_rest_holds)
{
    struct trouble trouble;
    forbid(__NR_landlock_create_ruleset, _i ? EPERM : ENOSYS);
    struct box *box = box_new(BOX_NO_NETWORK);
    box_allow_tree(box, inside, BOX_CHANGE);
    ck_assert_int_eq(box_enter(box, &trouble), RESULT_FLAWED);
    ck_assert_ptr_nonnull(strstr(trouble.words, "Landlock"));
    ck_assert_ptr_null(strstr(trouble.words, "seccomp"));
    ck_assert(opens(secret, O_RDONLY));
    ck_assert(refused(starts_a_process()));
    ck_assert(refused(opens_socket(AF_INET, SOCK_STREAM)));
}
END_TEST

START_TEST(without_seccomp_the_rest_holds)
{
    struct trouble trouble;
    forbid(__NR_seccomp, EPERM);
    struct box *box = box_new(BOX_NO_NETWORK);
    ck_assert_int_eq(box_enter(box, &trouble), RESULT_FLAWED);
    ck_assert_ptr_nonnull(strstr(trouble.words, "seccomp"));
    ck_assert_ptr_null(strstr(trouble.words, "Landlock"));
    ck_assert(refused(opens(secret, O_RDONLY)));
    ck_assert(starts_a_process());
}
END_TEST

/* Valgrind tells nothing of itself but this. */
START_TEST(it_is_left_off_where_valgrind_watches)
{
    struct trouble trouble;
    setenv("LD_PRELOAD", "/usr/libexec/valgrind/vgpreload_core-amd64-linux.so", 1);
    struct box *box = box_new(BOX_NO_NETWORK);
    ck_assert_int_eq(box_enter(box, &trouble), RESULT_END);
    ck_assert(opens(secret, O_RDONLY));
    box_free(box);
}
END_TEST

/* What this kernel has: 0, or the exit code for a test that is skipped. */
static int look_at_kernel(void)
{
    enum { SKIPPED = 77, ABI_SCOPE = 6 };
#ifdef SYSTEM_PLAIN
    puts("SKIP: built without the calls that make a box");
#elif defined __linux__
    long abi = syscall(__NR_landlock_create_ruleset, NULL, (size_t)0, 1);
    struct trouble trouble;
    int status = 0;
    pid_t pid = fork();
    if (pid == 0)
        _exit(box_enter(box_new(BOX_CLIENT), &trouble) == RESULT_END);
    waitpid(pid, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status)) {
        puts("SKIP: a sanitizer or valgrind watches, so there is no box");
        return SKIPPED;
    }
    if (abi >= ABI_SCOPE && access("/proc/sys/kernel/seccomp", F_OK) == 0)
        return 0;
    printf("SKIP: this kernel has no Landlock of version 6 (it has %ld), or no seccomp\n", abi);
#else
    puts("SKIP: there is no box on this system");
#endif
    return SKIPPED;
}

int main(void)
{
    int code = look_at_kernel();
    if (code)
        return code;
    Suite *suite = suite_create("box");
    TCase *tests = tcase_create("box");
    tcase_add_unchecked_fixture(tests, begin, end);
    tcase_add_test(tests, files_that_are_not_allowed);
    tcase_add_test(tests, what_is_only_read_is_not_changed);
    tcase_add_test(tests, one_file_is_not_its_directory);
    tcase_add_test(tests, links_lead_to_what_is_allowed_too);
    tcase_add_test(tests, open_files_keep_working);
    tcase_add_test(tests, programs_and_processes);
    tcase_add_test(tests, no_network);
    tcase_add_test(tests, a_server_accepts_and_does_not_connect);
    tcase_add_test(tests, a_client_connects_and_does_not_listen);
    tcase_add_test(tests, threads_are_inside_too);
    tcase_add_loop_test(tests, without_landlock_the_rest_holds, 0, 2);
    tcase_add_test(tests, without_seccomp_the_rest_holds);
    tcase_add_test(tests, it_is_left_off_where_valgrind_watches);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
