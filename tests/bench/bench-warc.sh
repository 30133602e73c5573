#!/bin/sh
# The library's reader, checking both digests of some 800 MB of records of a crawl, beside gzip -t of the same file and, where
# `make check` has put it, warcio: in turn, medians; and whether little memory is enough.  COPIES=30 RUNS=5 by default.  It
# judges nothing.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin bench-warc "$@"
site_make 300
site_serve
${CC:-cc} -O2 -D_GNU_SOURCE -I"$TOP_SRCDIR/include" -o "$work/digests" "$TOP_SRCDIR/examples/digests.c" "$TOP_BUILDDIR/libwarccap.a" \
    $(sed -n 's/^Libs.private: //p' "$TOP_BUILDDIR/libwarccap.pc") || exit 1
site_crawl "$work/c" -q || exit 1
one=$(ls "$work"/c/archive/*.warc.gz | head -1)
for _ in $(seq "${COPIES:-30}"); do cat "$one"; done >"$work/big.warc.gz"
python3 - "$work/big.warc.gz" "$work/digests" "$TOP_BUILDDIR/tests/venv-warcio/bin/warcio" "${RUNS:-5}" <<'PY'
import gzip, os, statistics, subprocess, sys, time
big, digests, warcio, runs = *sys.argv[1:4], int(sys.argv[4])
octets = sum(len(piece) for piece in iter(lambda: stream.read(1 << 20), b"")) if (stream := gzip.open(big)) else 0
ways = {"gzip -t": ["gzip", "-t"], "libwarccap, both digests": [digests], "warcio check": [warcio, "check"]}
if not os.path.exists(warcio):
    del ways["warcio check"]
seconds = {way: [] for way in ways}
for _ in range(runs):
    for way, command in ways.items():
        began = time.monotonic()
        subprocess.run(command + [big], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds[way].append(time.monotonic() - began)
print("%d MB of records, %d MB stored, %d runs in turn" % (octets // 10**6, os.path.getsize(big) // 10**6, runs))
for way, took in seconds.items():
    ratio = statistics.median(a / b for a, b in zip(took, seconds["gzip -t"]))
    print("%-26s %7.2f s  %6.0f MB/s  %.2f of gzip -t" % (way, statistics.median(took), octets / 1e6 / statistics.median(took), ratio))
PY
(ulimit -v 40000; "$work/digests" "$work/big.warc.gz" >/dev/null) && echo "40 MB of address space are enough for it"
