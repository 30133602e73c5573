#!/bin/sh
# The program and the library are built with the compiler's and the linker's guards, as far as those have them.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin hardening
command -v readelf >/dev/null || { echo "SKIP: no readelf"; exit 77; }
made_with() { sed -n "s/^$1 = //p" "$TOP_BUILDDIR/Makefile"; }
CC=$(made_with CC)
flags="$(made_with HARDENING_CFLAGS) $(made_with PIE_LDFLAGS) $(made_with HARDENING_LDFLAGS)"
case $flags in *-*) ;; *) echo "SKIP: built without hardening"; exit 77 ;; esac
case $(uname -s) in Linux) ;; *) echo "SKIP: what readelf says is known for Linux only"; exit 77 ;; esac

# has FLAG "what it does" COMMAND...: if it was built with FLAG, the command finds its trace
has() {
    case " $flags " in *" $1 "*) ;; *) return ;; esac
    flag=$1 what=$2
    shift 2
    "$@" || { echo "  $flag: $what"; missing=1; }
}
elf() { readelf -W "$1" "$program" 2>/dev/null | grep -qE "$2"; }
# hardened FILE: names what is missing
hardened() {
    program=$1 missing=0
    has -pie "not loaded at a random address" elf -h 'Type: *DYN'
    has -Wl,-z,relro "tables of addresses can be written to" elf -l 'GNU_RELRO'
    has -Wl,-z,now "some of them stay so while it runs" elf -d 'BIND_NOW|Flags:.* NOW'
    has -fstack-protector-strong "overruns of the stack are not seen" elf --dyn-syms '__stack_chk_fail'
    has -D_FORTIFY_SOURCE=3 "calls of the C library are not checked" elf --dyn-syms '_chk(@|$)'
    has -D_FORTIFY_SOURCE=2 "calls of the C library are not checked" elf --dyn-syms '_chk(@|$)'
    return $missing
}
check "the program is hardened" hardened "$WARCCAP"
# The mark of control flow protection is lost when the C library's own first object has none; ours have it.
marked() { readelf -nW "$TOP_BUILDDIR/src/cmd/main.$OBJEXT" 2>/dev/null | grep -q IBT; }
OBJEXT=$(made_with OBJEXT)
case " $flags $(uname -m)" in *' -fcf-protection '*x86_64) check "jumps go where they may" marked ;; esac
library=$TOP_BUILDDIR/.libs/libwarccap.so
[ ! -e "$library" ] || check "and so is the library" hardened "$library"

printf '#include <string.h>\nint main(int argc, char **argv)\n{\n    char copy[16];\n    strcpy(copy, argv[argc - 1]);\n    return strlen(copy) > 3;\n}\n' >"$work/planted.c"
without="-O2 -w -U_FORTIFY_SOURCE -fno-stack-protector -fcf-protection=none -no-pie -Wl,-z,norelro -Wl,-z,lazy"
if $CC $without -o "$work/planted" "$work/planted.c" 2>/dev/null; then
    for words in -pie -Wl,-z,relro -Wl,-z,now -fstack-protector-strong -D_FORTIFY_SOURCE; do
        case $flags in *"$words"*) check "a program without $words is found" finds "$words" hardened "$work/planted" ;; esac
    done
fi
house_verdict
