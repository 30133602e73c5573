# Sourced by the checks of the house: a directory for copies with something planted, and the verdict.
set -u
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
house=$TOP_SRCDIR/tests/house
failures=0

# house_begin NAME
house_begin() {
    command -v python3 >/dev/null || { echo "SKIP: no python3"; exit 77; }
    mkdir -p "$TOP_BUILDDIR/tests/tmp"
    work=$(mktemp -d "$TOP_BUILDDIR/tests/tmp/$1.XXXXXX")
    trap 'status=$?; rm -rf "$work"; exit $status' EXIT
    trap 'exit 1' INT TERM HUP
}

# A fresh copy of the sources in $planted, for a fault to be planted in.
house_copy() {
    planted=$work/planted
    rm -rf "$planted"
    mkdir "$planted"
    cp -R "$TOP_SRCDIR/src" "$TOP_SRCDIR/include" "$planted"
    chmod -R u+w "$planted"
}

# finds "words" COMMAND...: the command fails, and says these words
finds() {
    words=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        echo "  it found nothing"
        return 1
    fi
    grep -q -- "$words" "$work/said" && return
    cat "$work/said"
    return 1
}

# check "what is claimed" COMMAND...
check() {
    claim=$1
    shift
    if "$@"; then echo "ok: $claim"; else echo "FAILED: $claim"; failures=$((failures + 1)); fi
}

house_verdict() {
    [ "$failures" = 0 ] && exit 0
    echo "$failures checks failed"
    exit 1
}
