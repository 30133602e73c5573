/*
 * Enters the box: Landlock for files, TCP and signals, then box_calls.c for system calls.
 *
 * Landlock's constants and structs are written down here, because the headers of an older kernel
 * lack the newer ones. At run time, the kernel says what it knows (its "ABI").
 */
#include <config.h>

#include "base/box.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/box_calls.h"

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

/* Sanitizers and valgrind read /proc, start processes, and map memory in ways of their own. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__ || defined WITH_SANITIZER
#define WATCHED_BUILD true
#elif defined __has_feature
#define WATCHED_BUILD (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define WATCHED_BUILD false
#endif

enum { LINKS_DEPTH = 2 }; /* DIRECTORY/collection/archive/file */

struct box {
    enum box_network network;
    bool watched; /* the box is left off: valgrind complains even of calls that it does not know */
    int abi;      /* of Landlock; 0: there is none */
    int ruleset;  /* -1: none */
    int os_error;
};

/* Valgrind preloads a library of its own. */
static bool is_watched(void)
{
    const char *preload = getenv("LD_PRELOAD");
    return WATCHED_BUILD || (preload && strstr(preload, "vgpreload"));
}

/* ---- Landlock: see landlock(7), and Documentation/userspace-api/landlock.rst in the kernel ----
 */

enum { ABI_REFER = 2, ABI_TRUNCATE = 3, ABI_NET = 4, ABI_IOCTL = 5, ABI_SCOPE = 6 };

#define ACCESS_WRITE_FILE (UINT64_C(1) << 1)
#define ACCESS_READ_FILE (UINT64_C(1) << 2)
#define ACCESS_READ_DIR (UINT64_C(1) << 3)
#define ACCESS_REMOVE_DIR (UINT64_C(1) << 4)
#define ACCESS_REMOVE_FILE (UINT64_C(1) << 5)
#define ACCESS_MAKE_DIR (UINT64_C(1) << 7)
#define ACCESS_MAKE_REG (UINT64_C(1) << 8)
#define ACCESS_REFER (UINT64_C(1) << 13)
#define ACCESS_TRUNCATE (UINT64_C(1) << 14)
#define ACCESS_IOCTL_DEV (UINT64_C(1) << 15)
#define ACCESS_FIRST_ABI ((UINT64_C(1) << 13) - 1)
#define ACCESS_OF_FILES (ACCESS_WRITE_FILE | ACCESS_READ_FILE | ACCESS_TRUNCATE)
#define ACCESS_BIND_TCP (UINT64_C(1) << 0)
#define ACCESS_CONNECT_TCP (UINT64_C(1) << 1)
#define SCOPE_SIGNALS_AND_SOCKETS UINT64_C(3) /* signals to others; their abstract sockets */

struct ruleset_attributes {
    uint64_t access_fs, access_net, scoped;
};

struct path_attributes {
    uint64_t access;
    int32_t parent_fd;
} __attribute__((packed));

#if defined __linux__ && !defined SYSTEM_PLAIN
#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444 /* on all processors that box_calls.c lists */
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif

static int landlock_abi(void)
{
    enum { ONLY_VERSION = 1 };
    long abi = syscall(__NR_landlock_create_ruleset, NULL, (size_t)0, ONLY_VERSION);
    return abi < 0 ? -1 : (int)abi;
}

static int landlock_make(const struct ruleset_attributes *attributes)
{
    return (int)syscall(__NR_landlock_create_ruleset, attributes, sizeof *attributes, 0);
}

static void landlock_add(int ruleset, const struct path_attributes *rule)
{
    enum { BELOW_PATH = 1 };
    /* What the kernel does not take stays forbidden. */
    result_ignore((int)syscall(__NR_landlock_add_rule, ruleset, BELOW_PATH, rule, 0));
}

static bool landlock_restrict(int ruleset)
{
    return syscall(__NR_landlock_restrict_self, ruleset, 0) == 0;
}

/* Without this, a program that this one starts could have more rights than it.  Landlock and
 * seccomp want it first. */
static bool give_up_privileges(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}
#else
static int landlock_abi(void)
{
    errno = ENOSYS;
    return -1;
}

static int landlock_make(const struct ruleset_attributes *attributes)
{
    (void)attributes;
    return -1;
}

static void landlock_add(int ruleset, const struct path_attributes *rule)
{
    (void)ruleset;
    (void)rule;
}

static bool landlock_restrict(int ruleset)
{
    (void)ruleset;
    return false;
}

static bool give_up_privileges(void)
{
    return true;
}
#endif

/* All that this kernel can forbid. */
static uint64_t known_access(int abi)
{
    return ACCESS_FIRST_ABI | (abi >= ABI_REFER ? ACCESS_REFER : 0) |
           (abi >= ABI_TRUNCATE ? ACCESS_TRUNCATE : 0) | (abi >= ABI_IOCTL ? ACCESS_IOCTL_DEV : 0);
}

static uint64_t access_of(enum box_right right)
{
    static const uint64_t access[] = {
        [BOX_READ] = ACCESS_READ_FILE | ACCESS_READ_DIR,
        [BOX_REMOVE] = ACCESS_REMOVE_DIR,
        [BOX_CHANGE] = ACCESS_READ_FILE | ACCESS_READ_DIR | ACCESS_WRITE_FILE | ACCESS_TRUNCATE |
                       ACCESS_REMOVE_DIR | ACCESS_REMOVE_FILE | ACCESS_MAKE_DIR | ACCESS_MAKE_REG |
                       ACCESS_REFER,
    };
    return access[right];
}

/* ---- what is allowed ---- */

/* What the C library and OpenSSL read while a program runs. */
static void allow_system(struct box *box)
{
    static const char *const places[] = {"/lib",
                                         "/lib32",
                                         "/lib64",
                                         "/usr/lib",
                                         "/usr/lib32",
                                         "/usr/lib64",
                                         "/usr/local/lib",
                                         "/usr/local/lib64",
                                         "/nix/store",
                                         "/gnu/store",
                                         "/etc/ld.so.cache",
                                         "/etc/localtime",
                                         "/usr/share/zoneinfo",
                                         "/usr/share/locale",
                                         "/dev/zero",
                                         "/dev/random",
                                         "/dev/urandom",
                                         "/proc/self",
                                         "/proc/sys/vm/overcommit_memory",
                                         "/proc/sys/crypto/fips_enabled",
                                         "/sys/devices/system/cpu",
                                         "/sys/kernel/mm/transparent_hugepage",
                                         "/etc/ssl/openssl.cnf",
                                         "/etc/pki/tls/openssl.cnf",
                                         "/etc/crypto-policies",
                                         "/usr/share/crypto-policies"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        box_allow(box, places[i], BOX_READ);
    static const char *const variables[] = {"OPENSSL_CONF", "OPENSSL_CONF_INCLUDE",
                                            "OPENSSL_MODULES"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        if (getenv(variables[i]))
            box_allow(box, getenv(variables[i]), BOX_READ);
    box_allow(box, "/dev/null", BOX_CHANGE);
}

struct box *box_new(enum box_network network)
{
    struct box *box = calloc(1, sizeof *box);
    if (!box)
        return NULL;
    *box = (struct box){.network = network, .ruleset = -1, .watched = is_watched()};
    if (box->watched)
        return box;
    box->abi = landlock_abi();
    struct ruleset_attributes attributes = {.access_fs = known_access(box->abi)};
    if (box->abi >= ABI_NET)
        attributes.access_net = ACCESS_BIND_TCP | (network != BOX_CLIENT ? ACCESS_CONNECT_TCP : 0);
    if (box->abi >= ABI_SCOPE)
        attributes.scoped = SCOPE_SIGNALS_AND_SOCKETS;
    if (box->abi > 0)
        box->ruleset = landlock_make(&attributes);
    box->os_error = errno;
    if (network != BOX_SEALED)
        allow_system(box);
    return box;
}

bool box_is_left_off(const struct box *box)
{
    return box->watched;
}

void box_free(struct box *box)
{
    if (box && box->ruleset >= 0)
        close(box->ruleset);
    free(box);
}

void box_allow(struct box *box, const char *path, enum box_right right)
{
#ifdef O_PATH
    struct path_attributes rule = {.access = access_of(right) & known_access(box->abi)};
    struct stat facts;
    if (box->ruleset < 0)
        return;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &facts) == 0) {
        if (!S_ISDIR(facts.st_mode))
            rule.access &= ACCESS_OF_FILES;
        rule.parent_fd = fd;
        if (rule.access)
            landlock_add(box->ruleset, &rule);
    }
    if (fd >= 0)
        close(fd);
#else
    (void)box;
    (void)path;
    (void)right;
#endif
}

/* Allows what the links in `directory` lead to.  `depth`: how far down its own directories go too.
 */
static void allow_links(struct box *box, const char *directory, enum box_right right, int depth)
{
    char path[PATH_MAX];
    struct stat facts;
    DIR *listing = opendir(directory);
    if (!listing)
        return; /* who reads it will say so */
    for (struct dirent *entry; (entry = readdir(listing));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            snprintf(path, sizeof path, "%s/%s", directory, entry->d_name) >= (int)sizeof path ||
            lstat(path, &facts) != 0)
            continue;
        bool link = S_ISLNK(facts.st_mode);
        if (link)
            box_allow(box, path, right);
        if (depth > 0 &&
            (S_ISDIR(facts.st_mode) || (link && stat(path, &facts) == 0 && S_ISDIR(facts.st_mode))))
            allow_links(box, path, right, depth - 1);
    }
    closedir(listing);
}

void box_allow_tree(struct box *box, const char *directory, enum box_right right)
{
    box_allow(box, directory, right);
    if (box->ruleset >= 0)
        allow_links(box, directory, right, LINKS_DEPTH);
}

/* ---- into it ---- */

static enum result bound_files(const struct box *box, struct trouble *trouble)
{
    if (box->ruleset >= 0 && landlock_restrict(box->ruleset))
        return RESULT_OK;
    errno = box->ruleset < 0 ? box->os_error : errno;
    return trouble_say_os(trouble, RESULT_FLAWED, "Landlock, which guards files, is missing");
}

enum result box_enter(struct box *box, struct trouble *trouble)
{
    struct trouble files = trouble_none(), calls = trouble_none();
    if (box->watched)
        return RESULT_END;
    if (!give_up_privileges())
        return trouble_say_os(trouble, RESULT_FLAWED,
                              "this process cannot promise never to gain privileges");
    enum result files_bound = bound_files(box, &files);
    enum result calls_bound = box_calls_bound(box->network, &calls);
    if (files_bound == RESULT_OK && calls_bound == RESULT_OK)
        return RESULT_OK;
    return trouble_say(trouble, RESULT_FLAWED, "%s%s%s", files.words,
                       files.words[0] && calls.words[0] ? "; " : "", calls.words);
}
