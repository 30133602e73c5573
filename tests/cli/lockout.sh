#!/bin/sh
# A host that begins to refuse gets fewer requests, is probed, and then is left alone. The exit code is 18; what it refused waits
# for the next run, which is complete.
. "$TOP_SRCDIR/tests/server/lockouts.sh"
lockouts_begin lockout "$@"

cat >"$work/bans" <<'BANS'
forbidden 403 20 0
forbidden-soon 403 3 0
too-many 429 20 0
unavailable 503 20 0
down 521 20 0
error 500 20 0
mixed mixed 20 0
challenge-403 challenge-403 20 0
challenge-503 challenge-503 20 0
close close 20 0
reset reset 20 0
cut cut 20 0
soon retry-403-5 20 0
only-pages pages-403 20 0
BANS
sites_of bans
site_simulate lockout --sites "$sites"
check_bans bans
check "JSON names the host, and what it answered" grep -q '"shut_out": \[.*{"host": "forbidden.test", "served": [0-9]*, "urls": 5, "response": "403"' "$work"/of/forbidden/c/runs/*.json
site_verdict
