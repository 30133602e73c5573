#!/bin/sh
# As many healthy sites of an odd look: each is complete, by the crawl, its JSON and verify, and ends with 0; and verify counts what the
# crawl counted.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin odd-but-sound "$@"
site_simulate verdicts
. "$TOP_SRCDIR/tests/server/verdicts.sh"
verdicts sound
check "they are more than fifty" [ "$names" -gt 50 ]
site_verdict
