#!/bin/sh
# jwarc validate, from Maven, has nothing to say of our files but what alarms.py lists by name.  Not by its exit code: of
# some violations it only tells.
. "$TOP_SRCDIR/tests/server/serve.sh"
. "$TOP_SRCDIR/tests/interop/registry.sh"
. "$TOP_SRCDIR/tests/interop/captured.sh"
maven_get org.netpreserve:jwarc:0.31.1
site_begin jwarc "$@"
captured_make
jwarc() { java -cp "$classpath" org.netpreserve.jwarc.tools.WarcTool validate "$@" >"$work/said" 2>&1; }
jwarc "$work"/*/archive/*.warc.gz
check "no complaint but known false alarms" judged jwarc
jwarc -v "$work"/*/archive/*.warc.gz
check "every record was looked at" [ "$(grep -c '^  offset ' "$work/said")" = "$(zcat "$work"/*/archive/*.warc.gz | grep -a -c '^WARC/1')" ]
spoiled
jwarc "$work/spoiled.warc.gz"
check "a wrong digest is complained of" grep -q 'block digest failed' "$work/said"
site_verdict
