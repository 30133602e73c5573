#!/bin/sh
# Ways to fail, more than fifty.  The crawl, its JSON and verify call none complete, none ends with 0, and the counts of crawl and
# verify are the same.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin ways-to-fail "$@"
site_simulate verdicts
. "$TOP_SRCDIR/tests/server/verdicts.sh"
verdicts fail
check "they are more than fifty" [ "$names" -gt 50 ]
site_verdict
