#!/bin/sh
# py-wacz, from PyPI, finds a package of ours valid, and one that was altered not; pywb takes it in, and serves every page of it.
. "$TOP_SRCDIR/tests/server/serve.sh"
. "$TOP_SRCDIR/tests/interop/registry.sh"
[ -n "${SITE_INSIDE:-}" ] || { venv_make wacz && venv_make pywb; }
site_begin wacz "$@"
wacz=$TOP_BUILDDIR/tests/venv-wacz/bin/wacz
pywb=$TOP_BUILDDIR/tests/venv-pywb/bin
site_make 60
site_serve gzip
check "the blog is crawled" site_crawl "$work/blog" -q
sleep 1 # so that the second run's captures are newer by the index's clock
check "and once more" site_crawl "$work/blog" -q --recheck all
site_stop
"$WARCCAP" pack -q --text -o "$work/blog.wacz" "$work/blog"
check "the blog is packed" [ $? = 0 ]
"$wacz" validate -f "$work/blog.wacz" >"$work/said" 2>&1
check "py-wacz finds the package valid" grep -q 'Validation succeeded' "$work/said"
python3 - "$work/blog.wacz" "$work/altered.wacz" <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], 'w') as new:
    for name in old.namelist():
        data = old.read(name)
        new.writestr(name, data.replace(b'"title": "', b'"title": "X', 1) if name.startswith('pages/') else data)
PY
"$wacz" validate -f "$work/altered.wacz" >"$work/said" 2>&1
check "and an altered one not" sh -c '! grep -q "Validation succeeded" "$0"' "$work/said"

mkdir -p "$work/root"
cd "$work/root" || exit 1
"$pywb/wb-manager" init blog >"$work/manager.log" 2>&1
"$pywb/wb-manager" add blog "$work/blog.wacz" --unpack-wacz >>"$work/manager.log" 2>&1
check "pywb takes it in" [ $? = 0 ]
printf 'framed_replay: false\n' >config.yaml
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$pywb/wayback" -b 127.0.0.1 -p "$port" -t 8 >"$work/wayback.log" 2>&1 &
nginx_pid=$! # stopped with the test
for _ in $(seq 1200); do
    curl -s -o /dev/null "http://127.0.0.1:$port/" && break
    sleep 0.1
done
check "every URL of the blog comes back with its bytes" python3 "$TOP_SRCDIR/tests/interop/replayed.py" \
    "http://127.0.0.1:$port/blog" "$work/blog" "$site/manifest.tsv"
[ "$failures" = 0 ] || tail -n 20 "$work/manager.log" "$work/wayback.log"
site_verdict
