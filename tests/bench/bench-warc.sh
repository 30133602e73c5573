#!/bin/sh
# The library's reader, checking both digests of some 800 MB of records of a crawl, beside gzip -t of the same file and the checkers
# of warcio, fastwarc (from PyPI, where they can be had) and jwarc (where a jar is at hand: JWARC_JAR, or below tests/maven of
# the build); in turn, medians of a processor's time; and whether little memory is enough.  Then its writer, beside compression and
# SHA-1 alone and beside warcio's.  COPIES=30 RUNS=5 by default.  It judges nothing.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin bench-warc "$@"
site_make 300
site_serve
${CC:-cc} -O2 -D_GNU_SOURCE -I"$TOP_SRCDIR/include" -o "$work/digests" "$TOP_SRCDIR/examples/digests.c" "$TOP_BUILDDIR/.libs/libwarccap.a" \
    $(sed -n 's/^Libs.private: //p' "$TOP_BUILDDIR/libwarccap.pc") || exit 1
site_crawl "$work/c" -q || exit 1
one=$(ls "$work"/c/archive/*.warc.gz | head -1)
for _ in $(seq "${COPIES:-30}"); do cat "$one"; done >"$work/big.warc.gz"
for package in warcio fastwarc; do
    venv=$TOP_BUILDDIR/tests/venv-$package
    [ -x "$venv/bin/$package" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install -q --disable-pip-version-check "$package"; } >/dev/null 2>&1 ||
        echo "$package can't be had from PyPI here: it is left out"
done
jwarc=${JWARC_JAR:-$(find "$TOP_BUILDDIR/tests/maven" -name 'jwarc-*.jar' 2>/dev/null | head -1)}
[ -n "$jwarc" ] || echo "no jar of jwarc is at hand: it is left out"
python3 - "$work/big.warc.gz" "$work/digests" "$TOP_BUILDDIR/tests" "${jwarc:-none}" "${RUNS:-5}" <<'PY'
import gzip, os, resource, statistics, subprocess, sys
big, digests, tests, jwarc, runs = *sys.argv[1:5], int(sys.argv[5])
octets = sum(len(piece) for piece in iter(lambda: stream.read(1 << 20), b"")) if (stream := gzip.open(big)) else 0
ways = {"gzip -t": ["gzip", "-t"], "libwarccap, both digests": [digests],
        "warcio check": [tests + "/venv-warcio/bin/warcio", "check"], "fastwarc check (block digest)": [tests + "/venv-fastwarc/bin/fastwarc", "check"],
        "jwarc validate": ["java", "-cp", jwarc, "org.netpreserve.jwarc.tools.WarcTool", "validate"]}
ways = {way: command for way, command in ways.items() if not command[0].startswith(tests) or os.path.exists(command[0])}
if jwarc == "none":
    del ways["jwarc validate"]
seconds = {way: [] for way in ways}
for run in range(runs):
    for way, command in ways.items():
        if run and not way.startswith(("gzip", "libwarccap")):
            continue  # once is enough for those
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command + [big], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds[way].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
print("%d MB of records, %d MB stored, %d runs in turn; seconds of a processor" % (octets // 10**6, os.path.getsize(big) // 10**6, runs))
for way, took in seconds.items():
    ratio = statistics.median(a / b for a, b in zip(took, seconds["gzip -t"]))
    print("%-30s %7.2f s  %6.0f MB/s  %.2f of gzip -t" % (way, statistics.median(took), octets / 1e6 / statistics.median(took), ratio))
PY
(ulimit -v 60000; "$work/digests" "$work/big.warc.gz" >/dev/null) && echo "60 MB of address space are enough for it"
mkdir "$work/written"
"$TOP_BUILDDIR/tests/bench/bench_writer" "$one" "$work/written" || exit 1
python="$TOP_BUILDDIR/tests/venv-warcio/bin/python3"
[ ! -x "$python" ] || "$python" - "$one" <<'PY'
import io, sys, time
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter
blocks = []
with open(sys.argv[1], "rb") as stream:
    for record in ArchiveIterator(stream, no_record_parse=True):
        if record.rec_type == "response":
            blocks.append(record.raw_stream.read())
out, begin = io.BytesIO(), time.process_time()
writer = WARCWriter(out, gzip=True, warc_version="1.1")
for block in blocks:
    for kind, octets in (("request", b"GET / HTTP/1.1\r\n\r\n"), ("response", block), ("metadata", b"via: http://e/\r\n")):
        writer.write_record(writer.create_warc_record("https://example.com/", kind, payload=io.BytesIO(octets), length=len(octets),
                                                      warc_content_type="application/http;msgtype=" + kind))
print("      warcio                         %6.0f MB/s" % (sum(map(len, blocks)) / 1e6 / (time.process_time() - begin)))
PY
