#!/bin/sh
# Just as many healthy sites that look odd: the crawl, its JSON and verify call each complete, with exit code 0 and the same
# counts.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin odd-but-sound "$@"
site_simulate verdicts
. "$TOP_SRCDIR/tests/server/verdicts.sh"
verdicts sound
check "they are more than fifty" [ "$names" -gt 50 ]
site_verdict
