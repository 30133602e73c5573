#!/bin/sh
# Calls and files that only some systems have are used in src/base/system.c, behind a substitute, and nowhere else.
# The sandbox (base/box) is made of what Linux has, and says what is missing. The guard of the terminal has its check in configure.ac.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin portable

cat >"$work/calls" <<'END'
O_TMPFILE
O_PATH
fopencookie
funopen
memfd_create
prctl
procctl
posix_fallocate
fallocate
qsort_r
MSG_NOSIGNAL
SOCK_CLOEXEC
SOCK_NONBLOCK
SOCK_SEQPACKET
F_OFD_SETLK
pipe2
accept4
dup3
close_range
renameat2
getrandom
mremap
sched_yield
sched_getaffinity
epoll_create1
epoll_wait
eventfd
signalfd
timerfd
inotify_init1
sendfile
splice
copy_file_range
sync_file_range
fdatasync
F_FULLFSYNC
sigtimedwait
pthread_condattr_setclock
pthread_setname_np
pthread_barrier_wait
sem_init
timer_create
malloc_trim
mallopt
strchrnul
memrchr
rawmemchr
program_invocation_name
program_invocation_short_name
strverscmp
versionsort
canonicalize_file_name
execinfo.h
endian.h
byteswap.h
sys/sysinfo.h
sys/syscall.h
syscall
s6_addr32
__linux__
/proc/self/exe
/statm
END
# portable DIR: fails and shows the lines, if a source below DIR uses one of them outside of a comment.
portable() {
    find "$1/src" -name '*.[ch]' | grep -v '/base/\(system\|box\|box_calls\)\.[ch]$' | tr '\n' '\0' |
        xargs -0 grep -n -F -w -f "$work/calls" /dev/null | grep -v '^[^:]*:[0-9]*: *\(/\*\|\*\)' >"$work/hits"
    cat "$work/hits"
    [ ! -s "$work/hits" ]
}
check "only base/system and base/box use what not every system has" portable "$TOP_SRCDIR"

house_copy
sed -i 's/int fd = open(/int fd = memfd_create(/' "$planted/src/base/disk.c"
check "a call that is planted elsewhere is found" finds memfd_create portable "$planted"
house_copy
echo '#ifdef __linux__' >>"$planted/src/links/links.c"
check "and so is a piece for one system" finds __linux__ portable "$planted"
house_verdict
