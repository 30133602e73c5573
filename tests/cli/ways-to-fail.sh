#!/bin/sh
# Ways to fail, more than fifty.  None is called complete, by the crawl, its JSON or verify; none ends with 0; and verify counts what the crawl counted.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin ways-to-fail "$@"
site_simulate verdicts
. "$TOP_SRCDIR/tests/server/verdicts.sh"
verdicts fail
check "they are more than fifty" [ "$names" -gt 50 ]
site_verdict
