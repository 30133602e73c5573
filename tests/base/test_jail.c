/*
 * The worker of this test has the worst mistake that a reader of pages can have: it does whatever
 * the question says.  None of it gets anywhere.
 */
#include <config.h>

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/box.h"
#include "base/jail.h"
#include "base/system.h"

/* ---- what the worker is told to do: returns whether it could ---- */

static char secret[] = "no secret yet"; /* written before the jail is made */

static bool opens(const char *path, int flags)
{
    int fd = open(path, flags, 0600);
    return fd >= 0;
}

static bool read_a_file(const char *path)
{
    return opens(path, O_RDONLY);
}

static bool write_a_file(const char *path)
{
    return opens(path, O_WRONLY | O_CREAT | O_APPEND);
}

static bool make_a_directory(const char *path)
{
    char other[4096];
    snprintf(other, sizeof other, "%s-directory", path);
    return mkdir(other, 0700) == 0;
}

static bool remove_a_file(const char *path)
{
    return unlink(path) == 0;
}

static bool rename_a_file(const char *path)
{
    char other[4096];
    snprintf(other, sizeof other, "%s-renamed", path);
    return rename(path, other) == 0;
}

/* The test has the file open, for reading and writing. */
static bool use_a_descriptor(const char *path)
{
    (void)path;
    for (int fd = 0; fd < 200; fd++)
        if (fd != STDERR_FILENO + 1 && lseek(fd, 0, SEEK_END) > 0)
            return true;
    return false;
}

static bool open_a_socket(const char *path)
{
    (void)path;
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool talk_to_a_service(const char *path)
{
    (void)path;
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool run_a_program(const char *path)
{
    (void)path;
    return execl("/bin/true", "true", (char *)NULL) == 0;
}

static bool become_two(const char *path)
{
    (void)path;
    return fork() >= 0;
}

static bool signal_the_parent(const char *path)
{
    (void)path;
    return kill(getppid(), 0) == 0;
}

static bool trace_the_parent(const char *path)
{
    (void)path;
#ifdef PT_ATTACH
    return ptrace(PT_ATTACH, getppid(), NULL, 0) == 0;
#else
    return false;
#endif
}

static bool make_code(const char *path)
{
    (void)path;
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

static bool turn_memory_into_code(const char *path)
{
    (void)path;
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory != MAP_FAILED && mprotect(memory, 4096, PROT_READ | PROT_EXEC) == 0;
}

static bool take_all_memory(const char *path)
{
    (void)path;
    return malloc((size_t)2 << 30) != NULL;
}

static bool lift_the_limits(const char *path)
{
    (void)path;
    const struct rlimit most = {RLIM_INFINITY, RLIM_INFINITY};
    return setrlimit(RLIMIT_NOFILE, &most) == 0;
}

static bool read_the_environment(const char *path)
{
    (void)path;
    return getenv("JAIL_SECRET") != NULL;
}

static bool read_our_memory(const char *path)
{
    (void)path;
    return strcmp(secret, "the password") == 0;
}

static const struct {
    const char *name;
    bool (*get)(const char *path);
    bool by_signal; /* the system ends the worker for it */
} attempts[] = {
    {"read a file", read_a_file, false},
    {"write a file", write_a_file, false},
    {"make a directory", make_a_directory, true},
    {"remove a file", remove_a_file, true},
    {"rename a file", rename_a_file, true},
    {"use a descriptor of ours", use_a_descriptor, false},
    {"open a socket", open_a_socket, true},
    {"talk to a service", talk_to_a_service, true},
    {"run a program", run_a_program, true},
    {"become two", become_two, true},
    {"signal the parent", signal_the_parent, true},
    {"trace the parent", trace_the_parent, true},
    {"make code", make_code, false},
    {"turn memory into code", turn_memory_into_code, false},
    {"take all memory", take_all_memory, false},
    {"lift the limits", lift_the_limits, false},
    {"read the environment", read_the_environment, false},
    {"read our memory", read_our_memory, false},
};
enum { ATTEMPTS = sizeof attempts / sizeof *attempts };

enum { ECHO = 1000, CRASH, HANG, LEAVE, LIE, WHO };

static void *prepare(void)
{
    return secret;
}

static void work(void *state, struct messages *line)
{
    struct message message;
    char path[4096];
    (void)state;
    while (messages_take(line, &message) == RESULT_OK) {
        struct text reply = message.bytes;
        bool got = false;
        snprintf(path, sizeof path, "%.*s", TEXT_ARGS(message.bytes));
        if (message.kind < ATTEMPTS) {
            got = attempts[message.kind].get(path);
            reply = got ? TEXT("done") : TEXT("refused");
        } else if (message.kind == WHO) {
            snprintf(path, sizeof path, "%ld", (long)getpid());
            reply = text_of(path);
        } else if (message.kind == CRASH)
            *(volatile char *)(uintptr_t)message.bytes.length = 1; /* nothing is there */
        else if (message.kind == LEAVE)
            _exit(7);
        else if (message.kind == LIE) {
            const uint32_t head[] = {1, UINT32_MAX};
            result_ignore((int)write(STDERR_FILENO + 1, head, sizeof head));
        }
        while (message.kind == HANG)
            ;
        if (!messages_put(line, message.kind, reply, TEXT("")) || !messages_flush(line))
            break;
    }
}

static const struct jail_task task = {prepare, work};

/* ---- the tests ---- */

static char directory[] = "/tmp/warccap-jail-XXXXXX";
static char path[64];
static struct jail *jail;

static void make_directory(void)
{
    ck_assert_ptr_nonnull(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/collection", directory);
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    ck_assert_int_eq(write(fd, "words", 5), 5);
    setenv("JAIL_SECRET", "the password", 1);
}

static void remove_directory(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", directory);
    ck_assert_int_eq(system(command), 0);
}

static void begin(void)
{
    struct trouble trouble;
    strcpy(secret, "the password");
    ck_assert_int_eq(jail_new(&jail, &task, &trouble), RESULT_OK);
}

static void end(void)
{
    jail_free(jail);
    jail = NULL;
}

/* Asks, and takes the answer. */
static enum result ask(uint32_t kind, struct text words, struct message *message)
{
    struct trouble trouble;
    struct messages *line = jail_worker(jail, &trouble);
    ck_assert_msg(line != NULL, "%s", trouble.words);
    messages_begin(line);
    ck_assert(messages_put(line, kind, words, TEXT("")));
    ck_assert(messages_flush(line));
    return messages_take(line, message);
}

static bool echoes(void)
{
    struct message message;
    return ask(ECHO, TEXT("hello"), &message) == RESULT_OK &&
           text_equal(message.bytes, TEXT("hello"));
}

START_TEST(it_answers)
{
    struct trouble trouble;
    for (int i = 0; i < 3; i++)
        ck_assert(echoes());
    ck_assert_msg(jail_holds(jail, &trouble) == RESULT_OK, "%s", trouble.words);
}
END_TEST

START_TEST(it_gets_nowhere)
{
    struct message message;
    struct stat facts;
    char words[JAIL_WORDS];
    enum result result = ask((uint32_t)_i, text_of(path), &message);
    if (attempts[_i].by_signal) {
        ck_assert_msg(result == RESULT_END, "%s: %.*s", attempts[_i].name,
                      TEXT_ARGS(message.bytes));
        jail_dismiss(jail, words);
        ck_assert_str_eq(words, "tried what its jail forbids (SIGSYS)");
    } else
        ck_assert_msg(text_equal(message.bytes, TEXT("refused")), "%s: %.*s", attempts[_i].name,
                      TEXT_ARGS(message.bytes));
    ck_assert_int_eq(stat(path, &facts), 0);
    ck_assert_int_eq(facts.st_size, 5);
    ck_assert(echoes());
}
END_TEST

START_TEST(one_that_ends_is_followed_by_another)
{
    static const struct {
        uint32_t kind;
        enum result result;
        const char *words;
    } ends[] = {{CRASH, RESULT_END, "was ended by signal 11"},
                {LEAVE, RESULT_END, "ended with exit 7"},
                {LIE, RESULT_FLAWED, "gave an answer that makes no sense"}};
    struct message message;
    char words[JAIL_WORDS];
    ck_assert_int_eq(ask(ends[_i].kind, TEXT(""), &message), ends[_i].result);
    jail_dismiss(jail, words);
#ifdef WITH_SANITIZER /* it tells of a crash itself */
    ck_assert_str_ne(words, "");
#else
    ck_assert_str_eq(words, ends[_i].words);
#endif
    ck_assert(echoes());
}
END_TEST

/* The number of its process. */
static long asks_who(void)
{
    struct message message;
    uint64_t number;
    ck_assert_int_eq(ask(WHO, TEXT(""), &message), RESULT_OK);
    ck_assert(text_to_number(message.bytes, &number));
    return (long)number;
}

START_TEST(one_that_is_replaced_is_another_then)
{
    long first = asks_who();
    ck_assert_int_eq(asks_who(), first);
    jail_replace(jail);
    jail_replace(jail); /* there is none any more */
    long second = asks_who();
    ck_assert_int_ne(second, first);
    ck_assert_int_eq(kill((pid_t)first, 0), -1);
    ck_assert(echoes());
}
END_TEST

START_TEST(its_memory_is_known)
{
    ck_assert_int_eq(jail_worker_bytes(jail), -1); /* there is none */
    ck_assert(echoes());
    long long bytes = jail_worker_bytes(jail);
    if (system_memory_of(getpid()) > 0)
        ck_assert(bytes > 100000 && bytes < (1LL << 40));
    else
        ck_assert_int_eq(bytes, -1); /* this system does not tell */
    ck_assert(echoes());
}
END_TEST

static bool says_yes(void *context)
{
    (void)context;
    return true;
}

START_TEST(one_that_hangs_is_ended)
{
    struct message message;
    char words[JAIL_WORDS];
    jail_give_up_when(jail, (struct give_up){.asked = says_yes});
    ck_assert_int_eq(ask(HANG, TEXT(""), &message), RESULT_LOST);
    jail_dismiss(jail, words);
    ck_assert_str_eq(words, "was silent for too long");
    jail_give_up_when(jail, (struct give_up){NULL, NULL});
    ck_assert(echoes());
}
END_TEST

/* As the program does it: first the jail, then the box, then the first worker. */
START_TEST(it_works_from_inside_a_box)
{
    struct trouble trouble;
    char words[JAIL_WORDS];
    struct message message;
    struct box *box = box_new(_i ? BOX_CLIENT : BOX_NO_NETWORK);
    ck_assert_int_ne(box_enter(box, &trouble), RESULT_BROKEN);
    box_free(box);
    ck_assert(echoes());
    ck_assert_int_eq(ask(CRASH, TEXT(""), &message), RESULT_END);
    jail_dismiss(jail, words);
    ck_assert(echoes());
}
END_TEST

/* Whether the jail can be closed here: 0, or the exit code for a test that is skipped. */
static bool is_closed(void)
{
    struct trouble trouble;
    bool closed = jail_new(&jail, &task, &trouble) == RESULT_OK && jail_worker(jail, &trouble) &&
                  jail_holds(jail, &trouble) == RESULT_OK;
    jail_free(jail);
    jail = NULL;
    return closed;
}

int main(int argc, char **argv)
{
    if (jail_is_worker(argc, argv))
        jail_serve(&task);
    Suite *suite = suite_create("jail");
    TCase *tests = tcase_create("jail");
    tcase_add_unchecked_fixture(tests, make_directory, remove_directory);
    tcase_add_checked_fixture(tests, begin, end);
    if (is_closed()) {
        tcase_add_test(tests, it_answers);
        tcase_add_loop_test(tests, it_gets_nowhere, 0, ATTEMPTS);
    } else
        puts("no jail can be closed here: only its processes are tried");
    tcase_add_loop_test(tests, one_that_ends_is_followed_by_another, 0, 3);
    tcase_add_test(tests, one_that_is_replaced_is_another_then);
    if (access("/proc/self/statm", R_OK) == 0)
        tcase_add_test(tests, its_memory_is_known);
    tcase_add_test(tests, one_that_hangs_is_ended);
    tcase_add_loop_test(tests, it_works_from_inside_a_box, 0, 2);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
