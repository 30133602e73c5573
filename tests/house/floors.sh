#!/bin/sh
# A file includes its own room and lower floors only; and each room's library links with lower floors only, so that no
# declaration written by hand leads upward either.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin floors

check "no file includes upward or sideways" python3 "$house/includes.py" "$TOP_SRCDIR" "$house/floors.txt"
# plant FILE LINE
plant() {
    house_copy
    echo "$2" >>"$planted/src/$1"
}
plant base/text.c '#include "web/url.h"'
check "an include upward is found" finds 'base includes upward: web/url.h' python3 "$house/includes.py" "$planted" "$house/floors.txt"
plant web/url.c '#  include "http/http_body.h"'
check "and one sideways" finds 'web includes sideways: http/http_body.h' python3 "$house/includes.py" "$planted" "$house/floors.txt"
plant web/url.c '#include "surt.h"'
check "and one that names no room" finds 'does not name its room' python3 "$house/includes.py" "$planted" "$house/floors.txt"
plant html/tokenizer.c '#include <warccap/warc.h>'
check "and one of the public header from below or beside" finds 'html includes sideways: warccap/warc.h' \
    python3 "$house/includes.py" "$planted" "$house/floors.txt"
house_copy
mkdir "$planted/src/attic"
check "and a room that stands nowhere" finds 'src/attic: on which floor' python3 "$house/includes.py" "$planted" "$house/floors.txt"

# What the Makefile has as VARIABLE.
made_with() { sed -n "s/^$1 = //p" "$TOP_BUILDDIR/Makefile"; }
CC=$(made_with CC)
flags="$(made_with CFLAGS) $(made_with SANITIZER_CFLAGS)"
needs="$(made_with CURL_LIBS) $(made_with SSL_LIBS) $(made_with MICROHTTPD_LIBS) $(made_with SQLITE_LIBS) $(made_with IDN2_LIBS) $(made_with ARCHIVE_LIBS) $(made_with LIBWARCCAP_NEEDS) $(made_with LIBS)"
floor_of() { awk -v room="$1" '!/^#/ { for (i = 2; i <= NF; i++) if ($i == room) print $1 }' "$house/floors.txt"; }
rooms_below() { awk -v floor="$1" '!/^#/ && $1 + 0 < floor + 0 { for (i = 2; i <= NF; i++) print $i }' "$house/floors.txt"; }
library_of() { echo "$TOP_BUILDDIR/src/$1/lib$1.a"; }
printf 'int main(void)\n{\n    return 0;\n}\n' >"$work/main.c"

# links ROOM LIBRARY: each object of it, with the rooms below
links() {
    below=
    for room in $(rooms_below "$(floor_of "$1")"); do
        [ ! -f "$(library_of "$room")" ] || below="$below $(library_of "$room")"
    done
    $CC $flags -o "$work/linked" "$work/main.c" -Wl,--whole-archive "$2" -Wl,--no-whole-archive \
        -Wl,--start-group $below -Wl,--end-group $needs >"$work/link.log" 2>&1 && return
    sed -n 's/^.*\(undefined reference to .*\)/  \1/p' "$work/link.log" | sort -u | grep . || cat "$work/link.log"
    return 1
}
if ! $CC $flags -o "$work/linked" "$work/main.c" -Wl,--whole-archive "$(library_of base)" -Wl,--no-whole-archive $needs 2>/dev/null; then
    echo "the linker does not take --whole-archive, or base does not link: rooms are not linked"
    [ "$(uname -s)" != Linux ] || failures=$((failures + 1))
    house_verdict
fi
for library in "$TOP_BUILDDIR"/src/*/lib*.a; do
    room=$(basename "$(dirname "$library")")
    check "$room links with itself and the floors below" links "$room" "$library"
done
# plant_call ROOM FUNCTION: a copy of the room's library with an object that calls it
plant_call() {
    rm -f "$work/lib$1.a"
    cp "$(library_of "$1")" "$work/lib$1.a"
    printf 'void %s(void);\nvoid planted_call(void);\nvoid planted_call(void)\n{\n    %s();\n}\n' "$2" "$2" >"$work/planted_call.c"
    $CC $flags -c -o "$work/planted_call.o" "$work/planted_call.c" && ar r "$work/lib$1.a" "$work/planted_call.o" 2>/dev/null
}
plant_call http url_parse
check "a call sideways does not link" finds 'undefined reference to .url_parse' links http "$work/libhttp.a"
plant_call base robots_free
check "nor does a call upward" finds 'undefined reference to .robots_free' links base "$work/libbase.a"
plant_call warc url_parse
check "a call downward does" links warc "$work/libwarc.a"
house_verdict
