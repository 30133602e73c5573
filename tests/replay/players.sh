# Sourced by tests that look at pages in a real Chromium: Debian's, driven by what npm installs below the build tree.
#
#   players_make              before site_begin: pywb, wabac and the driver of Chromium; SKIP where one cannot be had
#   pywb_start NAME           serves the collection $work/NAME at $pywb; pywb_stop
#   served_start NAME         `warccap serve` shows it at port $served; served_stop
#   replay_prove ARGS...      proof.mjs, bounded in time
. "$TOP_SRCDIR/tests/interop/registry.sh"
proof=$TOP_BUILDDIR/tests/replay

# In CI these must run.
replay_lacks() {
    [ "${CI:-}" != true ] || { echo "FAILED: in CI there must be $1"; exit 1; }
    echo "SKIP: there is no $1 here"
    exit 77
}

players_make() {
    CHROMIUM=$(command -v chromium || command -v chromium-browser) || replay_lacks "Chromium (Debian's package chromium)"
    export CHROMIUM
    [ -z "${SITE_INSIDE:-}" ] || return 0 # made already, outside of the namespace
    venv_make pywb
    for tool in node npm; do command -v $tool >/dev/null || replay_lacks "$tool"; done
    mkdir -p "$proof"
    exec 8>"$proof.lock"
    flock 8
    if ! [ "$proof" -ef "$TOP_SRCDIR/tests/replay" ]; then
        for file in "$TOP_SRCDIR"/tests/replay/*.mjs "$TOP_SRCDIR"/tests/replay/*.json; do cat "$file" >"$proof/$(basename "$file")"; done
    fi
    if ! cmp -s "$proof/package-lock.json" "$proof/node_modules/installed"; then
        rm -rf "$proof/node_modules"
        if (cd "$proof" && timeout 300 npm ci --no-audit --no-fund --ignore-scripts) >"$proof.log" 2>&1; then
            cp "$proof/package-lock.json" "$proof/node_modules/installed"
        else
            tail -n 5 "$proof.log"
            replay_lacks "access to npm's registry"
        fi
    fi
    exec 8>&-
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# No wb-manager, no conversion: a link under collections/ is all.
pywb_start() {
    mkdir -p "$work/root/collections"
    printf 'framed_replay: false\nenable_banner: false\n' >"$work/root/config.yaml"
    ln -s "$work/$1" "$work/root/collections/$1"
    port=$(free_port)
    (cd "$work/root" && exec "$TOP_BUILDDIR/tests/venv-pywb/bin/wayback" -b 127.0.0.1 -p "$port" -t 8 >"$work/wayback.log" 2>&1) &
    wayback_pid=$!
    pywb=http://127.0.0.1:$port/$1
    for _ in $(seq 1200); do
        curl -s -o /dev/null "http://127.0.0.1:$port/" && return
        kill -0 "$wayback_pid" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 20 "$work/wayback.log"
    exit 1
}
pywb_stop() {
    kill "$wayback_pid" && wait "$wayback_pid" 2>/dev/null
    [ "$failures" = 0 ] || tail -n 20 "$work/wayback.log"
}

served_start() {
    served=$(free_port)
    "$WARCCAP" serve -q -p "$served" "$work/$1" >"$work/served.log" 2>&1 &
    served_pid=$!
    for _ in $(seq 1200); do
        curl -s -o /dev/null "http://127.0.0.1:$served/" && return
        kill -0 "$served_pid" 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/served.log"
    exit 1
}
served_stop() {
    kill "$served_pid" && wait "$served_pid" 2>/dev/null
    [ ! -s "$work/served.log" ] || cat "$work/served.log"
}

replay_prove() { timeout 900 node "$proof/proof.mjs" "$@"; }
