#!/bin/sh
# More than fifty ways to fail, other than those of ways-to-fail.sh, and forty healthy sites that look like them: pages that go elsewhere by
# themselves, logins, slow and endless responses, lists and parts that fail, bans.  None of the first is called complete; all of the others are.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin more-ways "$@"
site_simulate verdicts
. "$TOP_SRCDIR/tests/server/verdicts.sh"
verdicts more-fail
check "they are more than fifty" [ "$names" -gt 50 ]
verdicts more-sound
check "forty are sound" [ "$names" -ge 40 ]
site_verdict
