#!/bin/sh
# libwarccap as other programs use it: installed into a prefix of its own and found by pkg-config. The examples and a program in C++
# are compiled against that alone, with the shared and with the static library, and must do what they say.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin stranger "$@"
if nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    echo "a library with sanitizers needs programs with them"
    exit 77
fi
prefix=$work/prefix
install_it() {
    env -u MAKEFLAGS make -s -C "$TOP_BUILDDIR" install prefix="$prefix" systemdsystemunitdir="$prefix/systemd" >"$work/install.log" 2>&1 &&
        [ -f "$prefix/lib/libwarccap.a" ] && [ -e "$prefix/lib/libwarccap.so" ] || { tail "$work/install.log"; return 1; }
}
check "make install" install_it
[ "$failures" = 0 ] || site_verdict
sed -i "s|^prefix=.*|prefix=$prefix|" "$prefix/lib/pkgconfig/libwarccap.pc" # as ./configure --prefix would have written it
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"

# compile NAME KIND: examples/NAME.c or tests/library/NAME.cc, linked with the shared or the static library
compile() {
    case $2 in
    shared) libraries="$(pkg-config --libs libwarccap) -Wl,-rpath,$prefix/lib" ;;
    static) libraries="$prefix/lib/libwarccap.a $(pkg-config --static --libs-only-l libwarccap | sed 's/-lwarccap//')" ;;
    esac
    mkdir -p "$work/$2"
    if [ -f "$TOP_SRCDIR/examples/$1.c" ]; then
        ${CC:-cc} -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror $(pkg-config --cflags libwarccap) -o "$work/$2/$1" \
            "$TOP_SRCDIR/examples/$1.c" $libraries -lz
    else
        ${CXX:-c++} -std=c++11 -Wall -Wextra -Wpedantic -Werror $(pkg-config --cflags libwarccap) -o "$work/$2/$1" \
            "$TOP_SRCDIR/tests/library/$1.cc" $libraries
    fi
}
is_version() { [ "$(pkg-config --modversion libwarccap)" = "$("$WARCCAP" --version | awk '{ print $NF; exit }')" ]; }
check "pkg-config knows the version" is_version

python3 "$TOP_SRCDIR/fixtures/warcs/make-warcs.py" "$work/warcs"
one=$work/warcs/good/event.warc.gz
for kind in shared static; do
    for name in check digests list extract filter write recompress; do
        check "examples/$name.c compiles ($kind)" compile $name $kind
    done
    if command -v "${CXX:-c++}" >/dev/null; then
        check "a program in C++ compiles ($kind)" compile stranger $kind
        check "writes and reads" "$work/$kind/stranger" "$one" "$work/$kind"
    else
        echo "no C++ compiler: the program in C++ is left out"
    fi
    bin=$work/$kind

    "$bin/list" "$one" >"$work/listed"
    check "list lists all records ($kind)" [ "$(wc -l <"$work/listed")" = "$(zcat "$one" | grep -ac '^WARC/1\.1')" ]
    "$bin/list" "$work/warcs/bad/crc-wrong/file.warc.gz" >/dev/null 2>"$work/said"
    check "and reports damage" grep -q gzip-crc "$work/said"

    check "digests finds nothing wrong ($kind)" "$bin/digests" "$one" "$work/warcs/good/other-digests.warc.gz"
    zcat "$one" | sed 's/some words, and/some wards, and/' >"$work/altered.warc"
    "$bin/check" "$one" >"$work/said"
    check "check finds nothing wrong ($kind)" [ $? = 0 ]
    "$bin/check" "$work/warcs/bad/http-body-short/file.warc.gz" >"$work/said"
    check "and exits with 1 when a body is cut" [ $? = 1 ]
    check "and names the rule" grep -q 'error: http-short: the body is not whole' "$work/said"

    "$bin/digests" "$work/altered.warc" >"$work/said"
    check "and exits with 1 when something was altered" [ $? = 1 ]
    check "and names the rule" grep -q 'payload-digest: the payload does not match' "$work/said"

    printf 'some octets\n\0more' >"$work/octets"
    mkdir -p "$work/$kind-written"
    "$bin/write" "$work/$kind-written" http://a.example/x application/octet-stream <"$work/octets" >"$work/place"
    written=$work/$kind-written/$(cut -f 1 "$work/place") offset=$(cut -f 2 "$work/place")
    "$bin/extract" "$written" "$offset" >"$work/back"
    check "extract returns what write stored ($kind)" cmp "$work/octets" "$work/back"
    "$bin/extract" - "$offset" <"$written" >"$work/back"
    check "from standard input, too" cmp "$work/octets" "$work/back"
    cat "$written" | "$bin/extract" - "$offset" >"$work/back"
    check "and from a pipe" cmp "$work/octets" "$work/back"
    "$bin/write" "$work/$kind-written" 'no address' text/plain <"$work/octets" >/dev/null 2>"$work/said"
    check "write refuses what the standard forbids" grep -q 'uri-relative\|URI' "$work/said"

    address=$(awk -F '\t' '$3 == "response" { print $5; exit }' "$work/listed")
    "$bin/filter" "$one" "$address" >"$work/filtered.warc.gz"
    check "filter keeps records as they are ($kind)" "$bin/list" "$work/filtered.warc.gz"
    check "those and no others" [ "$("$bin/list" "$work/filtered.warc.gz" | cut -f 3,5 | sort -u | cut -f 2 | grep -vc "^$address\|^-")" = 0 ]

    zcat "$one" >"$work/plain.warc"
    "$bin/recompress" "$work/plain.warc" >"$work/again.warc.gz"
    "$bin/list" "$work/again.warc.gz" | cut -f 3- >"$work/listed-again"
    cut -f 3- "$work/listed" >"$work/listed-first"
    check "recompress loses no record and finds nothing wrong ($kind)" cmp "$work/listed-first" "$work/listed-again"
    zcat "$work/again.warc.gz" >"$work/plain-again.warc"
    check "and no byte" cmp "$work/plain.warc" "$work/plain-again.warc"
done

# The manual: every function has a page that describes it, and the pages are well formed.
manual=$prefix/share/man/man3
pages="libwarccap warc_record warc_reader warc_payload warc_check warc_writer warc_mend warc_rules"
is_described() {
    page=$manual/$1.3
    [ -f "$page" ] || return 1
    case $(head -1 "$page") in .so*) page=$prefix/share/man/$(sed 's/^\.so //' "$page") ;; esac
    sed -n '/^\.SH DECLARATIONS/,$p' "$page" | grep -q "[ *]$1("
}
undescribed=
while read -r name; do is_described "$name" || undescribed="$undescribed $name"; done <"$TOP_SRCDIR/tests/library/symbols"
check "each function has a page that describes it (but:$undescribed)" [ -z "$undescribed" ]
check "each page has an introduction" [ "$(sed -n '/^\.SH DESCRIPTION/{n;p}' "$manual"/libwarccap.3 "$manual"/warc_*er.3 "$manual"/warc_payload.3 | grep -c '^[A-Z]')" = 4 ]
for rule in gzip-crc record-trailer payload-digest number-form; do
    check "warc_rules(3) has $rule" grep -q "^.B $(echo $rule | sed 's/-/\\\\-/g')" "$manual/warc_rules.3"
done
if command -v mandoc >/dev/null; then
    for page in $pages; do mandoc -Tlint -Wwarning "$manual/$page.3" 2>&1; done | grep -v 'missing date' >"$work/said"
    check "mandoc finds nothing wrong" [ ! -s "$work/said" ]
else
    echo "no mandoc: the pages are not looked at by it"
fi
if command -v groff >/dev/null && man -l --warnings -Tutf8 "$manual/libwarccap.3" >/dev/null 2>&1; then
    for page in $pages; do
        man -l --warnings -Tutf8 "$manual/$page.3" 2>&1 >/dev/null
    done >"$work/said"
    check "nor does man --warnings" [ ! -s "$work/said" ]
else
    echo "no man: the pages are not looked at by it"
fi

# The header compiles on its own, as every C and C++ of the last fifteen years.
header_alone() {
    echo '#include <warccap/warc.h>' >"$work/alone.$3"
    $1 -std=$2 -Wall -Wextra -Wpedantic -Werror $(pkg-config --cflags libwarccap) -fsyntax-only "$work/alone.$3"
}
for standard in c11 c17 c2x; do check "the header compiles as $standard" header_alone "${CC:-cc}" $standard c; done
if command -v "${CXX:-c++}" >/dev/null; then
    for standard in c++11 c++20; do check "and as $standard" header_alone "${CXX:-c++}" $standard cc; done
fi
unmoved() { ${CC:-cc} -std=c11 -Wall -Werror $(pkg-config --cflags libwarccap) -fsyntax-only "$TOP_SRCDIR/tests/library/layout.c"; }
check "structures and numbers have not changed" unmoved

# `symbols` lists what the libraries export. A name that goes, or comes without being listed, fails here.
shown() { nm -D --defined-only "$prefix/lib/libwarccap.so" | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | LC_ALL=C sort; }
shown >"$work/shown"
check "the shared library exports the names in tests/library/symbols" diff "$TOP_SRCDIR/tests/library/symbols" "$work/shown"
check "and nothing else" [ -z "$(nm -D --defined-only "$prefix/lib/libwarccap.so" | awk '$2 != "T" && $3 !~ /^WARCCAP_/')" ]
nm -g --defined-only "$prefix/lib/libwarccap.a" | awk 'NF == 3 { print $3 }' | LC_ALL=C sort >"$work/shown"
check "so does the static one" diff "$TOP_SRCDIR/tests/library/symbols" "$work/shown"
needed() { readelf -d "$prefix/lib/libwarccap.so" | sed -n 's/.*(NEEDED).*\[\(.*\)\.so.*/\1/p' | grep -vx 'libz\|libcrypto\|libdeflate\|libisal\|libbrotlidec\|libzstd\|libc\|ld-linux.*\|libgcc_s\|libpthread'; }
check "it needs no library but zlib, OpenSSL's libcrypto, and those for speed and codings where they are" [ -z "$(needed)" ]
# No global variables: every writable section is empty.
written_to() { objdump -h "$TOP_BUILDDIR/libwarccap_whole.o" | awk '$2 ~ /^\.(data|bss|tdata|tbss)/ && $2 !~ /^\.data\.rel\.ro/ && $3 !~ /^0+$/'; }
check "no variable is global" [ -z "$(written_to)" ]

# warccap itself uses the public interface for records: no other room uses a name of src/warc but warc_*.  Two rooms take files
# apart below the records: verify finds the members at which it divides a file among threads, and repair copies members as they are.
inside() { nm -g --defined-only "$TOP_BUILDDIR/src/warc/libwarc.a" 2>/dev/null | awk 'NF == 3 && $3 !~ /^warc_/ { print $3 }' | LC_ALL=C sort -u; }
asked() { nm -u $(ls "$TOP_BUILDDIR"/src/*/*.a | grep -v "/\(base\|http\|warc\)/") 2>/dev/null | awk 'NF == 2 { print $2 }' | LC_ALL=C sort -u; }
inside >"$work/inside"
asked >"$work/asked"
check "the rooms that use records were looked at" grep -q '^warc_reader_next$' "$work/asked"
below() { nm -u "$TOP_BUILDDIR/src/verify/libverify.a" "$TOP_BUILDDIR/src/repair/librepair.a" 2>/dev/null | awk 'NF == 2 { print $2 }' | grep -E '^(member|source|draft_head)_'; }
others() { nm -u $(ls "$TOP_BUILDDIR"/src/*/*.a | grep -v "/\(base\|http\|warc\|verify\|repair\)/") 2>/dev/null | awk 'NF == 2 { print $2 }' | LC_ALL=C sort -u; }
below | LC_ALL=C sort -u >"$work/below"
check "warccap uses the public interface only, and below it what members are made of" \
    [ -z "$(LC_ALL=C comm -12 "$work/inside" "$work/asked" | LC_ALL=C comm -23 - "$work/below")" ]
others >"$work/others"
check "which only verify and repair do" [ -z "$(LC_ALL=C comm -12 "$work/inside" "$work/others")" ]
site_verdict
