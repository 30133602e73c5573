#!/bin/sh
# One list of rules: no name of a rule by which URLs are left out stands outside the table.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin rules

check "the names of rules stand in the table only" python3 "$house/rules.py" "$TOP_SRCDIR"
house_copy
printf 'static const char *const rule = "blogger.toggle";\n' >>"$planted/src/crawl/follow.c"
check "one in the code is found" finds 'follow.c:[0-9]*: the name of a rule: blogger.toggle' python3 "$house/rules.py" "$planted"
house_copy
printf "static const char sql[] = \"SELECT 1 FROM refused WHERE rule IN ('excluded', 'x')\";\\n" >>"$planted/src/store/dedup.c"
check "and one in SQL" finds 'dedup.c:[0-9]*: the name of a rule' python3 "$house/rules.py" "$planted"
house_copy
printf '/* See "blogger.toggle". */\n' >>"$planted/src/crawl/follow.c"
check "but a comment may name one" python3 "$house/rules.py" "$planted"
house_verdict
