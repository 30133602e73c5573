#!/bin/sh
# The largest sitemap that the protocol allows, plain and compressed: every URL is listed, and memory stays small.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin sitemap "$@"

# crawl FILE: a few pages of the site with this sitemap; $work/peak gets the megabytes that it took
crawl() {
    site_stop
    site_simulate visitor --sitemap "$1"
    rm -rf "$work/c"
    python3 - "$work/peak" "$WARCCAP" crawl -q -o "$work/c" --contact test@example.org --wait 0 --page-limit 5 --resolve "*:80:$address" \
        http://big.test/ >"$work/out" 2>&1 <<'PY'
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
open(sys.argv[1], 'w').write('%d\n' % (resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))
sys.exit(code)
PY
    code=$?
}
listed() { python3 - "$work/c" <<'PY'
import glob, json, sys
run = json.load(open(glob.glob(sys.argv[1] + "/runs/*.json")[0]))
known, part = run["kinds"]["page"]["known"], run["read_in_part"]
print("  pages known: %d, responses read in part: %d" % (known, part))
sys.exit(known != 50000 or part != 0)
PY
}
for file in sitemap.xml sitemap.xml.gz; do
    crawl $file
    check "$file: the page limit ends the run" [ "$code" = 14 ]
    check "$file: all 50,000 URLs of its 50 MB are listed" listed
    echo "  peak memory: $(cat "$work/peak") MB"
    if ! nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
        check "$file: it takes no more memory than four times its length" [ "$(cat "$work/peak")" -lt 200 ]
    fi
done
site_verdict
