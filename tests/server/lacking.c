/*
 * Runs a program as on a system that has no sandbox: "lacking landlock|seccomp|both PROGRAM...".
 * The calls fail as in an older kernel (landlock: ENOSYS), or in a container that refuses them
 * (seccomp: EPERM).  Exits with 77 when that cannot be arranged.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#endif

enum { SKIPPED = 77 };

static int forbid(unsigned call, unsigned error)
{
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof steps / sizeof *steps, steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return (int)syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return SKIPPED;
    if (strcmp(argv[1], "seccomp") != 0 && forbid(__NR_landlock_create_ruleset, ENOSYS) != 0)
        return SKIPPED;
    if (strcmp(argv[1], "landlock") != 0 && forbid(__NR_seccomp, EPERM) != 0)
        return SKIPPED;
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    return SKIPPED;
}
