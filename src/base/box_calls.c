/* Makes the filter. First come the few calls whose arguments are looked at: newer kernels run the
 * filter for these only. Then come those that are always allowed, frequent ones first. */
#include <config.h>

#include "base/box_calls.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#if defined __linux__ && defined HAVE_LINUX_SECCOMP_H && !defined SYSTEM_PLAIN
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined __x86_64__ && defined __LP64__
#define PROCESSOR AUDIT_ARCH_X86_64
#elif defined __aarch64__ && defined __AARCH64EL__
#define PROCESSOR AUDIT_ARCH_AARCH64
#elif defined __riscv && __riscv_xlen == 64
#define PROCESSOR AUDIT_ARCH_RISCV64
#endif
#endif

#ifdef PROCESSOR

/* From here on, all processors number their calls alike.  Their users expect ENOSYS. */
#define FIRST_NEW_CALL 424
enum {
    CALL_CLONE3 = 435,
    CALL_CLOSE_RANGE = 436,
    CALL_OPENAT2 = 437,
    CALL_FACCESSAT2 = 439,
    CALL_EPOLL_PWAIT2 = 441,
    CALL_FUTEX_WAITV = 449,
    CALL_MAP_SHADOW_STACK = 453,
    CALL_FUTEX_WAKE = 454,
    CALL_FUTEX_WAIT = 455,
    CALL_FUTEX_REQUEUE = 456,
    CALL_MSEAL = 462,
};

/* ---- the lists ---- */

static const int plain_calls[] = {
    /* bytes */
    __NR_read,
    __NR_write,
    __NR_futex,
    __NR_clock_gettime,
    __NR_pread64,
    __NR_pwrite64,
    __NR_readv,
    __NR_writev,
    __NR_preadv,
    __NR_pwritev,
    __NR_preadv2,
    __NR_pwritev2,
    __NR_lseek,
    __NR_close,
    __NR_fsync,
    __NR_fdatasync,
    __NR_sync_file_range,
    __NR_syncfs,
    __NR_ftruncate,
    __NR_fallocate,
    __NR_fadvise64,
    __NR_sendfile,
    __NR_sendto, /* over sockets that are open; others are made with network_calls only */
    __NR_recvmsg,
    __NR_copy_file_range,
    __NR_splice,
    __NR_readahead,
    /* files */
    __NR_openat,
    CALL_OPENAT2,
    __NR_fstat,
    __NR_newfstatat,
    __NR_statx,
    __NR_statfs,
    __NR_fstatfs,
    __NR_faccessat,
    CALL_FACCESSAT2,
    __NR_readlinkat,
    __NR_getdents64,
    __NR_getcwd,
    __NR_fcntl,
    __NR_flock,
    __NR_renameat2,
    __NR_linkat,
    __NR_unlinkat,
    __NR_mkdirat,
    __NR_fchmod,
    __NR_fchown,
    __NR_umask,
    __NR_dup,
    __NR_dup3,
    __NR_pipe2,
    __NR_memfd_create,
    CALL_CLOSE_RANGE,
    /* waiting */
    __NR_ppoll,
    __NR_pselect6,
    __NR_epoll_create1,
    __NR_epoll_ctl,
    __NR_epoll_pwait,
    CALL_EPOLL_PWAIT2,
    __NR_eventfd2,
    __NR_nanosleep,
    __NR_clock_nanosleep,
    __NR_clock_getres,
    __NR_gettimeofday,
    __NR_getitimer,
    __NR_setitimer,
    __NR_timerfd_create,
    __NR_timerfd_settime,
    __NR_timerfd_gettime,
    __NR_timer_create,
    __NR_timer_settime,
    __NR_timer_gettime,
    __NR_timer_delete,
    __NR_times,
    /* memory */
    __NR_munmap,
    __NR_brk,
    __NR_mremap,
    __NR_madvise,
    __NR_msync,
    __NR_mincore,
    __NR_mlock,
    __NR_munlock,
    __NR_membarrier,
    CALL_MAP_SHADOW_STACK,
    CALL_MSEAL,
    /* threads and signals */
    __NR_exit,
    __NR_exit_group,
    __NR_set_robust_list,
    __NR_get_robust_list,
    __NR_set_tid_address,
    __NR_rseq,
    __NR_sched_yield,
    __NR_sched_getaffinity,
    __NR_sched_getparam,
    __NR_sched_getscheduler,
    __NR_sched_get_priority_max,
    __NR_sched_get_priority_min,
    __NR_getcpu,
    __NR_getpriority,
    CALL_FUTEX_WAITV,
    CALL_FUTEX_WAKE,
    CALL_FUTEX_WAIT,
    CALL_FUTEX_REQUEUE,
    __NR_restart_syscall,
    __NR_rt_sigaction,
    __NR_rt_sigprocmask,
    __NR_rt_sigreturn,
    __NR_rt_sigpending,
    __NR_rt_sigsuspend,
    __NR_rt_sigtimedwait,
    __NR_sigaltstack,
    /* children that were started before */
    __NR_wait4,
    __NR_waitid,
    /* who and where we are */
    __NR_getpid,
    __NR_getppid,
    __NR_gettid,
    __NR_getuid,
    __NR_geteuid,
    __NR_getgid,
    __NR_getegid,
    __NR_getresuid,
    __NR_getresgid,
    __NR_getpgid,
    __NR_getsid,
    __NR_getrusage,

    __NR_getrandom,
    __NR_uname,
    __NR_sysinfo,
#ifdef __x86_64__ /* older names of the same, which newer processors do without */
    __NR_poll,
    __NR_select,
    __NR_epoll_wait,
    __NR_epoll_create,
    __NR_eventfd,
    __NR_pipe,
    __NR_dup2,
    __NR_open,
    __NR_creat,
    __NR_stat,
    __NR_lstat,
    __NR_access,
    __NR_readlink,
    __NR_getdents,
    __NR_rename,
    __NR_renameat,
    __NR_link,
    __NR_unlink,
    __NR_mkdir,
    __NR_rmdir,
    __NR_time,
    __NR_getpgrp,
    __NR_alarm,
    __NR_getrlimit,
#elif defined __NR_renameat
    __NR_renameat,
    __NR_getrlimit,
#endif
};

static const int network_calls[] = {
    __NR_recvfrom,   __NR_sendmsg,     __NR_recvmmsg,    __NR_sendmmsg,
    __NR_connect,    __NR_getsockname, __NR_getpeername, __NR_getsockopt,
    __NR_setsockopt, __NR_shutdown,    __NR_socketpair,
};

/* Of sockets that are there, and those that accept() makes. */
static const int server_calls[] = {
    __NR_accept4,     __NR_recvfrom,   __NR_sendmsg,    __NR_getsockname,
    __NR_getpeername, __NR_getsockopt, __NR_setsockopt, __NR_shutdown,
#ifdef __NR_accept
    __NR_accept,
#endif
};

/* In a sealed box. */
static const int sealed_calls[] = {
    __NR_read,          __NR_write,
    __NR_sendto,        __NR_futex,
    __NR_clock_gettime, __NR_gettimeofday,
    __NR_munmap,        __NR_brk,
    __NR_mremap,        __NR_madvise,
    __NR_exit,          __NR_exit_group,
    __NR_getrandom,     __NR_restart_syscall,
    __NR_rt_sigaction,  __NR_rt_sigprocmask,
    __NR_rt_sigreturn,  __NR_sched_yield,
    __NR_membarrier,    __NR_getpid,
    __NR_gettid,        CALL_MAP_SHADOW_STACK,
#ifdef __x86_64__
    __NR_time,
#endif
};

/* What a C library asks for on its own account, when it sorts, looks for memory or gives up.  It
 * can do without. */
static const int refused_calls[] = {
    __NR_close,       __NR_lseek,     __NR_openat,
    CALL_OPENAT2,     __NR_fstat,     __NR_newfstatat,
    __NR_statx,       __NR_faccessat, CALL_FACCESSAT2,
    __NR_readlinkat,  __NR_fcntl,     __NR_ioctl,
    __NR_prctl,       __NR_prlimit64, __NR_getrusage,
    __NR_sysinfo,     __NR_uname,     __NR_sched_getaffinity,
    __NR_sigaltstack, __NR_tgkill,    __NR_mlock,
#ifdef __x86_64__
    __NR_open,        __NR_stat,      __NR_lstat,
    __NR_access,      __NR_readlink,  __NR_getrlimit,
#endif
};

enum { CHECKS_MOST = 2, VALUES_MOST = 6 };

/* Passes if the argument, of which only the bits of `mask` count, is one of the values. */
struct argument_check {
    int argument, value_count; /* 0: there is no such check */
    uint32_t mask, values[VALUES_MOST];
};

struct judged_call {
    int call;
    struct argument_check checks[CHECKS_MOST];
};

#define WHOLE 0xffffffff
#define THREAD (CLONE_THREAD | CLONE_VM)
#define SOCKET_TYPE 15
#define VM_NAMES 0x53564d41 /* PR_SET_VMA: a name for memory, given by newer C libraries */

static const struct judged_call judged_calls[] = {
    /* memory that can be written is never run */
    {__NR_mmap, {{2, 3, PROT_WRITE | PROT_EXEC, {0, PROT_WRITE, PROT_EXEC}}}},
    {__NR_mprotect, {{2, 3, PROT_WRITE | PROT_EXEC, {0, PROT_WRITE, PROT_EXEC}}}},
    /* threads, but no processes */
    {__NR_clone, {{0, 1, THREAD, {THREAD}}}},
    /* of terminals, what only asks */
    {__NR_ioctl, {{1, 6, WHOLE, {TCGETS, TIOCGWINSZ, TIOCGPGRP, FIONREAD, FIONBIO, FIOCLEX}}}},
    {__NR_prctl, {{0, 3, WHOLE, {PR_SET_NAME, PR_GET_NAME, VM_NAMES}}}},
    {__NR_prlimit64, {{0, 1, WHOLE, {0}}}}, /* our own process */
};

/* Not AF_UNIX: other programs listen on such sockets, and run what they are told.  Not AF_NETLINK:
 * root can change the machine's network with it. */
static const struct judged_call socket_calls[] = {
    {__NR_socket,
     {{0, 2, WHOLE, {AF_INET, AF_INET6}}, {1, 2, SOCKET_TYPE, {SOCK_STREAM, SOCK_DGRAM}}}},
};

/* No memory is made code. */
static const struct judged_call sealed_judged[] = {
    {__NR_mmap, {{2, 1, PROT_EXEC, {0}}}},
    {__NR_mprotect, {{2, 1, PROT_EXEC, {0}}}},
};

#ifdef SECCOMP_RET_KILL_PROCESS
#define END_PROCESS SECCOMP_RET_KILL_PROCESS
#else
#define END_PROCESS SECCOMP_RET_KILL
#endif

/* ---- the filter ---- */

enum { FILTER_MOST = 1024 };

struct filter {
    struct sock_filter steps[FILTER_MOST];
    unsigned short count;
};

static void add(struct filter *filter, uint16_t code, uint32_t value, uint8_t yes, uint8_t no)
{
    if (filter->count < FILTER_MOST)
        filter->steps[filter->count++] = (struct sock_filter){code, yes, no, value};
}

static void load(struct filter *filter, size_t offset)
{
    add(filter, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void end(struct filter *filter, uint32_t how)
{
    add(filter, BPF_RET | BPF_K, how, 0, 0);
}

static void refuse(struct filter *filter, int error)
{
    end(filter, SECCOMP_RET_ERRNO | (uint32_t)error);
}

static void answer(struct filter *filter, const int *calls, size_t count, uint32_t how)
{
    for (size_t i = 0; i < count; i++) {
        add(filter, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i], 0, 1);
        end(filter, how);
    }
}

static void allow(struct filter *filter, const int *calls, size_t count)
{
    answer(filter, calls, count, SECCOMP_RET_ALLOW);
}

/* Of the argument's lower half; the kernel reads no more of these. */
static void check(struct filter *filter, const struct argument_check *check)
{
    load(filter, offsetof(struct seccomp_data, args) + (size_t)check->argument * sizeof(uint64_t));
    add(filter, BPF_ALU | BPF_AND | BPF_K, check->mask, 0, 0);
    for (int i = 0; i < check->value_count; i++)
        add(filter, BPF_JMP | BPF_JEQ | BPF_K, check->values[i], (uint8_t)(check->value_count - i),
            0);
    refuse(filter, EPERM);
}

/* Ends the filter if it is this call; else the number of the call stays loaded. */
static void judge(struct filter *filter, const struct judged_call *judged)
{
    unsigned short skip = filter->count;
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)judged->call, 0, 0);
    for (int i = 0; i < CHECKS_MOST && judged->checks[i].value_count; i++)
        check(filter, &judged->checks[i]);
    end(filter, SECCOMP_RET_ALLOW);
    filter->steps[skip].jf = (uint8_t)(filter->count - skip - 1);
}

static void build_sealed(struct filter *filter)
{
    allow(filter, sealed_calls, sizeof sealed_calls / sizeof *sealed_calls);
    for (size_t i = 0; i < sizeof sealed_judged / sizeof *sealed_judged; i++)
        judge(filter, &sealed_judged[i]);
    answer(filter, refused_calls, sizeof refused_calls / sizeof *refused_calls,
           SECCOMP_RET_ERRNO | EPERM);
    end(filter, END_PROCESS);
}

static void build(struct filter *filter, enum box_network network)
{
    load(filter, offsetof(struct seccomp_data, arch));
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, PROCESSOR, 1, 0);
    refuse(filter, EPERM);
    load(filter, offsetof(struct seccomp_data, nr));
    if (network == BOX_SEALED) {
        build_sealed(filter);
        return;
    }
    for (size_t i = 0; i < sizeof judged_calls / sizeof *judged_calls; i++)
        judge(filter, &judged_calls[i]);
    for (size_t i = 0; network == BOX_CLIENT && i < sizeof socket_calls / sizeof *socket_calls; i++)
        judge(filter, &socket_calls[i]);
    allow(filter, plain_calls, sizeof plain_calls / sizeof *plain_calls);
    if (network == BOX_CLIENT)
        allow(filter, network_calls, sizeof network_calls / sizeof *network_calls);
    if (network == BOX_SERVER)
        allow(filter, server_calls, sizeof server_calls / sizeof *server_calls);
    add(filter, BPF_JMP | BPF_JGE | BPF_K, FIRST_NEW_CALL, 0, 1);
    refuse(filter, ENOSYS);
    refuse(filter, EPERM);
}

/* SPEC_ALLOW: without it, kernels before 5.16 slow the whole process down. */
static bool set(struct filter *filter)
{
    const unsigned flags[] = {SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_SPEC_ALLOW,
                              SECCOMP_FILTER_FLAG_TSYNC};
    struct sock_fprog program = {.len = filter->count, .filter = filter->steps};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, flags[i], &program) == 0)
            return true;
    return false;
}

enum result box_calls_bound(enum box_network network, struct trouble *trouble)
{
    struct filter filter = {.count = 0};
    build(&filter, network);
    if (set(&filter))
        return RESULT_OK;
    return trouble_say_os(trouble, RESULT_FLAWED,
                          "the filter for system calls (seccomp) cannot be set");
}

#else

enum result box_calls_bound(enum box_network network, struct trouble *trouble)
{
    (void)network;
    return trouble_say(trouble, RESULT_FLAWED,
                       "there is no filter for system calls on this system and processor");
}

#endif
