#!/bin/sh
# Large responses cost disk, not memory.  What a limit cuts is marked, is never the original of a revisit, and is requested again.
# LARGE=10737418240 for ten gigabytes.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin large "$@"
bytes=${LARGE:-300000000}
sum_of() { python3 "$TOP_SRCDIR/tests/server/large.py" --sum "$1"; }
site_simulate large --bytes "$bytes"
sha1=$(sum_of "$bytes")

# crawl DIR PATHS [options]
crawl() {
    directory=$work/$1 paths=$2
    shift 2
    set -- "$WARCCAP" crawl -q -o "$directory" --contact test@example.org --scope page --robots off --wait 0 -t 1 \
        --resolve "*:80:$address" "$@" $(for path in $paths; do echo "http://large.test/$path"; done)
    python3 - "$work/peak" "$@" >"$work/said" 2>&1 <<'PY'
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
open(sys.argv[1], 'w').write('%d\n' % (resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))
sys.exit(code)
PY
}
ends() { crawl_code=$1; shift; crawl "$@"; code=$?; [ "$code" = "$crawl_code" ] || { echo "  exit $code"; cat "$work/said"; return 1; }; }
# holds DIR "TYPE PATH LENGTH TRUNCATED DIGEST-OF-BODY DIGEST-STORED" (a regular expression)...
holds() {
    python3 "$TOP_SRCDIR/tests/server/longread.py" "$work/$1" | awk '$1 == "response" || $1 == "revisit" { print $1, $2, $3, $4, $6, $7 }' \
        | sed 's|http://large.test/||' >"$work/list"
    shift
    for row in "$@"; do
        grep -qx "$row" "$work/list" || { echo "  no $row in:"; cat "$work/list"; return 1; }
    done
    [ "$(wc -l <"$work/list")" = $# ]
}
asked() { grep -c " /$1 " "$work/asked.log"; }

check "$bytes octets, and as many in chunks" ends 0 big "whole chunks"
echo "peak memory of the crawler: $(cat "$work/peak") MB"
if ! nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    check "take little memory" [ "$(cat "$work/peak")" -lt 64 ]
fi
check "and are kept with the lengths and digests that they have" holds big "response whole [0-9]* - $sha1 $sha1" \
    "response chunks [0-9]* - $sha1 $sha1"
check "verify finds no error" "$WARCCAP" verify -q "$work/big"
rm -rf "$work/big"

site_stop
site_simulate large --bytes $((bytes / 8))
check "eight of an eighth of that, at once" ends 0 eight "$(seq -f 'whole?%g' 8)" --no-dedup
echo "peak memory of the crawler: $(cat "$work/peak") MB"
if ! nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    check "take little memory too" [ "$(cat "$work/peak")" -lt 96 ]
fi
check "and are all there" [ "$(python3 "$TOP_SRCDIR/tests/server/longread.py" "$work/eight" | grep -c " - .* $(sum_of $((bytes / 8))) ")" = 8 ]
rm -rf "$work/eight"
site_stop
site_simulate large --bytes 3000000
sha1=$(sum_of 3000000)
cut='\([A-Z2-7]*\) \1'
check "--url-size-limit cuts, and the run says that not all was had" ends 4 cut "whole twin" --url-size-limit 1000000
check "what was cut is marked, and no revisit refers to it" holds cut "response whole [0-9]* length $cut" \
    "response twin [0-9]* length $cut"
check "just so many octets are kept" awk '$3 <= 1000000 || $3 > 1000400 { exit 1 }' "$work/list"
check "verify finds no error" "$WARCCAP" verify -q "$work/cut"
check "without the limit the next run takes all of it" ends 0 cut "whole twin"
check "and it refers to nothing that was cut" holds cut "response whole [0-9]* length $cut" "response twin [0-9]* length $cut" \
    "response \(whole\|twin\) [0-9]* - $sha1 $sha1" "revisit \(whole\|twin\) [0-9]* length .* $sha1"
check "then it is done" ends 0 cut "whole twin" --recheck new
check "and asked for no more" [ "$(asked whole)" -le 3 ]

check "--url-time-limit" ends 4 late endless --url-time-limit 1
check "cuts for time" holds late "response endless [0-9]* time $cut"
check "a crawl without the state it had" rm -rf "$work/late/state"
check "asks again" ends 4 late endless --url-time-limit 0.5
check "for what was cut" [ "$(asked endless)" = 2 ]

check "--size-limit of a run" ends 4 brim "endless" --size-limit 100k
check "cuts in the midst of an answer" holds brim "response endless [0-9]* length $cut"
check "and leaves most of the limit to others" awk '$3 < 12500 || $3 > 20000 { exit 1 }' "$work/list"
check "verify finds no error" "$WARCCAP" verify -q "$work/brim"
check "--time-limit of a run" ends 15 over "endless" --time-limit 0.5 -t 3
check "gives what is under way some time, and cuts it" holds over "response endless [0-9]* time $cut"
check "verify finds no error" "$WARCCAP" verify -q "$work/over"
before=$(asked endless)
check "the next run" ends 15 over "endless" --time-limit 0.5
check "asks for it again" [ "$(asked endless)" -gt "$before" ]
check "and refers to nothing that was cut" holds over "response endless [0-9]* time $cut" "response endless [0-9]* time $cut"

check "--min-rate" ends 4 slow endless --min-rate 10M --timeout 0.5
check "cuts for time too" holds slow "response endless [0-9]* time $cut"
check "and a head that drips" ends 4 drip head --min-rate 10M --timeout 0.5
check "of which there is what came" holds drip "response head [0-9]* time .*"
site_verdict
