#!/bin/sh
# Builds every fuzz target as OSS-Fuzz (https://google.github.io/oss-fuzz/) wants them: in $OUT, for each TARGET, a program
# fuzz_TARGET, its seeds in fuzz_TARGET_seed_corpus.zip, its words in fuzz_TARGET.dict, and its options in fuzz_TARGET.options.
# Libraries that the programs need and a bare system lacks are in $OUT/lib.
#
#   CC CXX CFLAGS CXXFLAGS   the compilers, and the sanitizers and the coverage to build with
#   LIB_FUZZING_ENGINE       what links the engine: -fsanitize=fuzzer, or a library
#   OUT                      where to put all that; made if it is not there
#   WORK                     where to build; "build-fuzz" beside the sources if not given
#
# By hand, with clang alone:
#
#   CC=clang CXX=clang++ CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' \
#       LIB_FUZZING_ENGINE=-fsanitize=fuzzer OUT=/tmp/out tests/fuzz/build.sh
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
: "${CC:=clang}" "${CXX:=clang++}" "${CFLAGS:=-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all}"
: "${CXXFLAGS:=$CFLAGS}" "${LIB_FUZZING_ENGINE:=-fsanitize=fuzzer}" "${OUT:?say where the fuzz targets go}"
: "${WORK:=$top/build-fuzz}"
mkdir -p "$OUT/lib" "$WORK"
out=$(cd "$OUT" && pwd)

[ -x "$top/configure" ] || (cd "$top" && autoreconf -i)
cd "$WORK"
# The engine may be written in C++, and so may a sanitizer's library: the C++ compiler links.  What it links finds its libraries
# beside itself, and those libraries theirs.
"$top/configure" -q --enable-fuzzing="$LIB_FUZZING_ENGINE" CC="$CC" CFLAGS="$CFLAGS" \
    LDFLAGS="${LDFLAGS:-} -Wl,--disable-new-dtags -Wl,-rpath,'\$\$ORIGIN/lib'"
make -s -j"$(nproc)" fuzz-targets CCLD="$CXX $CXXFLAGS"

# Libraries that are part of every system, or of the C library.
is_usual() {
    case ${1##*/} in
    linux-vdso.* | ld-linux* | libc.so.* | libm.so.* | libpthread.so.* | libdl.so.* | librt.so.* | libresolv.so.*) return 0 ;;
    esac
    return 1
}

for source in "$top"/tests/fuzz/fuzz_*.c; do
    target=$(basename "$source" .c)
    name=${target#fuzz_}
    ./libtool --silent --mode=install cp "tests/fuzz/$target" "$out/$target"
    cp "$top/tests/fuzz/$name.dict" "$out/$target.dict"
    printf '[libfuzzer]\nmax_len = 4096\ntimeout = 20\n' >"$out/$target.options"
    rm -f "$out/${target}_seed_corpus.zip"
    (cd "$top/tests/fuzz/seeds/$name" && python3 -m zipfile -c "$out/${target}_seed_corpus.zip" ./*)
    for library in $(ldd "tests/fuzz/$target" | sed -n 's/.*=> \(\/[^ ]*\).*/\1/p'); do
        is_usual "$library" || [ -e "$out/lib/${library##*/}" ] || cp "$library" "$out/lib/"
    done
done
echo "$(find "$out" -name 'fuzz_*' -type f -perm -u+x | wc -l) fuzz targets are in $out"
