#!/bin/sh
# The engine is silent: no object of a room below report prints, or knows standard output and standard error.  Writing to a
# FILE that somebody opened, like the log, is no printing.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin silent
made_with() { sed -n "s/^$1 = //p" "$TOP_BUILDDIR/Makefile"; }
CC=$(made_with CC)
NM=${NM:-nm}
command -v "$NM" >/dev/null || { echo "SKIP: no nm"; exit 77; }
flags="$(made_with CFLAGS) $(made_with SANITIZER_CFLAGS)"
library_of() { echo "$TOP_BUILDDIR/src/$1/lib$1.a"; }
floor_of_report=$(awk '!/^#/ { for (i = 2; i <= NF; i++) if ($i == "report") print $1 }' "$house/floors.txt")
rooms=$(awk -v floor="$floor_of_report" '!/^#/ && $1 + 0 < floor + 0 { for (i = 2; i <= NF; i++) print $i }' "$house/floors.txt")

# silent LIBRARY NAMES: no object of the library needs one of these; the compiler makes puts() of printf(), and
# __printf_chk() when it is told to be careful.
silent() {
    "$NM" -A -u "$1" >"$work/needed" 2>/dev/null || { echo "  nm cannot read $1"; return 1; }
    sed 's/^.*:\([^:]*\.o\):* *U _\{0,1\}\([A-Za-z_0-9]*\).*$/\1 \2/; s/@.*$//' "$work/needed" |
        awk -v names="$2" 'BEGIN { n = split(names, list, " "); for (i = 1; i <= n; i++) no[list[i]] = 1 }
            { name = $2; sub(/^_*/, "", name); sub(/_chk$/, "", name); if (name in no) { print "  " $1 " uses " name; found = 1 } }
            END { exit found }'
}
prints="stdout stderr stdoutp stderrp printf vprintf puts putchar putchar_unlocked putchar_nolock perror dprintf vdprintf
    psignal psiginfo err errx verr verrx warn warnx vwarn vwarnx error error_at_line syslog vsyslog"
prints=$(echo $prints)

for room in $rooms; do
    [ -f "$(library_of "$room")" ] || continue
    check "$room prints nothing" silent "$(library_of "$room")" "$prints"
done

# plant LINE: a copy of a library with an object that does it
plant() {
    rm -f "$work/libcrawl.a"
    cp "$(library_of crawl)" "$work/libcrawl.a"
    cat >"$work/planted.c" <<END
#include <stdio.h>
void planted(FILE *log, const char *words);
void planted(FILE *log, const char *words)
{
    (void)log, (void)words;
    $1
}
END
    $CC $flags -c -o "$work/planted.o" "$work/planted.c" && ar r "$work/libcrawl.a" "$work/planted.o" 2>/dev/null
}
plant 'printf("%s: %s", words, words);'
check "a printf is found" finds 'planted.o uses printf' silent "$work/libcrawl.a" "$prints"
plant 'printf("Done\n");'
check "and one that the compiler made another call of" finds 'planted.o uses p' silent "$work/libcrawl.a" "$prints"
plant 'fprintf(stderr, "%s", words);'
check "and a word to standard error" finds 'planted.o uses stderr' silent "$work/libcrawl.a" "$prints"
plant 'perror(words);'
check "and a perror" finds 'planted.o uses perror' silent "$work/libcrawl.a" "$prints"
plant 'fprintf(log, "%s", words);'
check "a line to the log is none" silent "$work/libcrawl.a" "$prints"

# curl_version() asks libldap, which looks up the machine's own host name: many seconds where the name server is silent.
for library in "$TOP_BUILDDIR"/src/*/lib*.a; do
    room=$(basename "$(dirname "$library")")
    check "$room does without curl_version()" silent "$library" curl_version
done
house_verdict
