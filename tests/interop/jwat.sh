#!/bin/sh
# JWAT, from Maven, with the options that JHOVE gives it, has nothing to say of our files but what alarms.py lists by name.
. "$TOP_SRCDIR/tests/server/serve.sh"
. "$TOP_SRCDIR/tests/interop/registry.sh"
. "$TOP_SRCDIR/tests/interop/captured.sh"
maven_get org.jwat:jwat-warc:1.2.1
site_begin jwat "$@"
captured_make
jwat() { java -cp "$classpath" "$TOP_SRCDIR/tests/interop/JwatValidate.java" "$@" >"$work/said" 2>&1; }
jwat "$work"/*/archive/*.warc.gz
check "no complaint but known false alarms" judged jwat
spoiled
jwat "$work/spoiled.warc.gz"
check "a wrong digest is complained of" grep -q 'Incorrect block digest' "$work/said"
site_verdict
