#!/bin/sh
# bootstrap with a stand-in for apt-get: what it installs, how it fails, and that it leaves nothing behind.
set -u
mkdir -p "$TOP_BUILDDIR/tests/tmp"
work=$(mktemp -d "$TOP_BUILDDIR/tests/tmp/bootstrap.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
failures=0
check() {
    claim=$1
    shift
    if "$@"; then echo "ok: $claim"; else echo "FAILED: $claim"; failures=$((failures + 1)); fi
}

# A tree with nothing but bootstrap, and every program that it starts, each of which notes how it was called.
tree=$work/tree
mkdir -p "$tree" "$work/bin" "$work/home"
cp "$TOP_SRCDIR/bootstrap" "$tree"
cat >"$work/bin/note" <<'SH'
#!/bin/sh
name=${0##*/}
echo "$name $*" >>"$WORK/called"
[ ! -e "$BOOTSTRAP_POLICY" ] || echo "policy is there" >>"$WORK/called"
case $name in
dpkg-query) case " $HAVE " in *" $4 "* | *' all '*) echo 'install ok installed' ;; esac ;;
id) echo "${USER_ID:-0}" ;;
sudo)
    case $1 in -n | -v) exit "${SUDO_FAILS:-0}" ;; esac
    exec "$@"
    ;;
apt-get)
    echo "a line of apt-get"
    if [ -n "${SLOW:-}" ] && [ "$1" = install ]; then sleep 2; fi
    case " ${BROKEN:-nothing} " in *" ${*##* } "* | *" $1 "*) echo "E: it cannot be had" >&2; exit 100 ;; esac
    ;;
autoreconf)
    mkdir -p build-aux && echo : >build-aux/ltmain.sh
    printf '#!/bin/sh\necho a long summary; echo "configure $*" >>"$WORK/called"; : >Makefile\n' >configure && chmod +x configure
    ;;
make) [ -z "${MAKE_FAILS:-}" ] || { echo "it does not compile"; exit 2; } ;;
esac
SH
chmod +x "$work/bin/note"
for name in dpkg-query id sudo apt-get autoreconf make nproc nginx; do ln -s note "$work/bin/$name"; done
mkdir "$work/tmp"
export TMPDIR="$work/tmp" WORK="$work" BOOTSTRAP_POLICY="$work/policy-rc.d" HAVE=""

# bootstrap [VARIABLE=value]... [word]: its exit code in $code, what it said in $work/said, what it called in $work/called
bootstrap() {
    rm -rf "$tree/build" "$tree/build-aux" "$tree/configure" "$work/called"
    env PATH="$work/bin:$PATH" "$@" >"$work/said" 2>&1 </dev/null
    code=$?
}
run=$tree/bootstrap
called() { grep -q -- "$1" "$work/called"; }
says() { grep -q -- "$1" "$work/said"; }
no_policy() { [ ! -e "$work/policy-rc.d" ] && [ -z "$(ls "$work/tmp")" ]; }

bootstrap sh "$run"
check "it installs what is missing, and builds" [ "$code" = 0 ]
check "with apt-get" called '^apt-get install -y -qq --no-install-recommends gcc g++ make'
check "what is optional one by one" called '^apt-get install .*recommends libzstd-dev$'
check "nothing is started meanwhile" called '^policy is there'
check "and nothing is left that forbids it later" no_policy
check "it prints little" [ "$(wc -l <"$work/said")" -le 5 ]
check "nothing of apt-get and configure" sh -c '! grep -q "a line of\|summary" "$0"' "$work/said"
bootstrap HAVE=all sh "$run"
check "when all is there nothing is installed" sh -c '! grep -q "^apt-get\|^sudo" "$0"' "$work/called"
bootstrap HAVE=all CONFIGURE_FLAGS=--enable-werror sh "$run"
check "CONFIGURE_FLAGS go to configure" called '^configure -q --enable-werror$'

bootstrap BROKEN=install sh "$run"
check "when a needed package cannot be had it ends with 1" [ "$code" = 1 ]
check "and says why" says 'it cannot be had'
check "and leaves nothing behind" no_policy
check "nor a build directory" [ ! -e "$tree/build" ]
bootstrap BROKEN=libisal-dev sh "$run"
check "without an optional one it goes on" [ "$code" = 0 ]
check "and says so" says 'without libisal-dev'
bootstrap BROKEN=update sh "$run"
check "without new lists, too" [ "$code" = 0 ]
for number in INT TERM HUP; do
    rm -f "$work/called"
    # The background processes of a script ignore an interrupt, and under nohup a hang-up, unless they are told not to.
    env SLOW=1 PATH="$work/bin:$PATH" python3 -c 'import os, signal, sys
for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
    signal.signal(number, signal.SIG_DFL)
os.execvp("sh", ["sh", sys.argv[1]])' "$run" >"$work/said" 2>&1 </dev/null &
    pid=$!
    for _ in $(seq 100); do
        grep -q '^apt-get install' "$work/called" 2>/dev/null && break
        sleep 0.05
    done
    kill -s $number $pid
    wait $pid
    code=$?
    check "interrupted by $number it ends ($code)" [ "$code" -gt 128 ]
    check "and leaves nothing behind" no_policy
done
echo mine >"$work/policy-rc.d"
bootstrap sh "$run"
check "a policy of somebody else stays" [ "$(cat "$work/policy-rc.d")" = mine ]
rm -f "$work/policy-rc.d"

bootstrap USER_ID=1000 SUDO_FAILS=1 sh "$run"
check "without root and sudo it ends with 1" [ "$code" = 1 ]
check "and tells the line for root" says '^    apt-get update && apt-get install -y --no-install-recommends gcc .* libzstd-dev'
check "and installs nothing" sh -c '! grep -q "^apt-get" "$0"' "$work/called"
bootstrap USER_ID=1000 sh "$run"
check "with sudo it goes on" [ "$code" = 0 ]
check "and uses it" called '^sudo env DEBIAN_FRONTEND=noninteractive apt-get install'
check "also to take the policy back" no_policy

bootstrap HAVE=all MAKE_FAILS=1 sh "$run"
check "when make fails it says so" says 'it does not compile'
check "and ends with an error" [ "$code" != 0 ]
bootstrap sh "$run" nonsense
check "a word that it does not know is wrong use" [ "$code" = 2 ]
mkdir "$work/a tree"
cp "$TOP_SRCDIR/bootstrap" "$work/a tree"
bootstrap sh "$work/a tree/bootstrap"
check "in a path with spaces it says so before it does anything" says 'cannot build in a path with spaces'
check "and ends with 1" [ "$code" = 1 ]
check "nothing was called" [ ! -e "$work/called" ]

[ "$failures" = 0 ] || { echo "$failures checks failed"; exit 1; }
