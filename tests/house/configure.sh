#!/bin/sh
# configure says in one sentence what is wrong: a path with spaces, and what is missing for the tests only.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin configure
[ -f "$TOP_SRCDIR/configure" ] || { echo "SKIP: no configure"; exit 77; }

mkdir -p "$work/a path" "$work/source dir"
in_spaces() { cd "$work/a path" && sh "$TOP_SRCDIR/configure" -q; }
check "a build directory with a space is refused at once" finds 'cannot be built in a path with spaces' in_spaces
cp -R "$TOP_SRCDIR/configure" "$TOP_SRCDIR/build-aux" "$work/source dir"
mkdir -p "$work/source dir/src/cmd"
: >"$work/source dir/src/cmd/main.c"
from_spaces() { cd "$work" && sh "$work/source dir/configure" -q; }
check "and so is a source directory" finds 'cannot be built in a path with spaces\|unsafe srcdir' from_spaces
in_itself() { cd "$work/source dir" && sh ./configure -q; }
check "also when built in place" finds 'cannot be built in a path with spaces' in_itself

echo '#include <check.h>' >"$work/unit.c"
compiles() { ${CC:-cc} -I"$TOP_SRCDIR/tests/without-check" -fsyntax-only "$work/unit.c"; }
check "without Check the tests say what to install" finds 'apt-get install check' compiles

# The macros that autoreconf needs: each missing one is named, not "undefined macro".
if command -v aclocal autom4te automake >/dev/null && [ -d "$(aclocal --print-ac-dir)" ]; then
    mkdir "$work/macros" "$work/tree"
    cp -R "$TOP_SRCDIR/configure.ac" "$TOP_SRCDIR/m4" "$work/tree"
    rm -f "$work"/tree/m4/l*.m4
    for file in "$(aclocal --print-ac-dir)"/*.m4; do
        case $file in */pkg.m4) ;; *) cp "$file" "$work/macros" ;; esac
    done
    without_pkg_config() { cd "$work/tree" && ACLOCAL_PATH=$work/macros aclocal --system-acdir="$work/macros" -I m4; }
    check "without pkg-config autoreconf says so" finds 'apt-get install pkg-config' without_pkg_config
fi
house_verdict
