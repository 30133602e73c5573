#!/bin/sh
# gowarc of the National Library of Norway, which warchaeology validates with, has nothing to say of our files but what
# alarms.py lists by name.
. "$TOP_SRCDIR/tests/server/serve.sh"
. "$TOP_SRCDIR/tests/interop/registry.sh"
. "$TOP_SRCDIR/tests/interop/captured.sh"
go_make gowarc
site_begin gowarc "$@"
captured_make
"$program" "$work"/*/archive/*.warc.gz >"$work/said" 2>&1
check "no complaint but known false alarms" judged gowarc
spoiled
"$program" "$work/spoiled.warc.gz" >"$work/said" 2>&1
check "a wrong digest is complained of" grep -q 'block: wrong digest' "$work/said"
site_verdict
