#!/bin/sh
# warccap-cron(7) as a new user would follow it: its files are made, its commands given, its units looked at.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin cron "$@"
site_make 30
site_serve
page=$TOP_SRCDIR/src/cmd/warccap-cron.7
root=$work/root
mkdir -p "$root/etc/warccap" "$root/var/lib/warccap" "$root/var/log"

# The page's paths lie below $root; its site is ours.
here() { sed "s#/etc/warccap#$root/etc/warccap#g; s#/var/l#$root/var/l#g; s#https://a-blog.example/#http://blog.test/#g; s#^\\(\$ \\)\\?warccap #\\1$WARCCAP #"; }

# The commands of the page's blocks, in order.
commands() { awk '/^\.EX/ { on = 1; next } /^\.EE/ { on = 0 } on && /^\$ /' "$page" | here | sed 's/^\$ //'; }

awk '/^\.\\" FILE / { file = $3 } /^\.EX/ { on = file != "" } /^\.EE/ { if (on) file = ""; on = 0 } on && !/^\.EX/' "$page" | here >"$root/etc/warccap/a-blog.conf"
check "the page has a configuration" grep -q '^url = http://blog.test/' "$root/etc/warccap/a-blog.conf"
printf 'wait = 0\nresolve = *:80:%s\nresolve = *:443:%s\nca-certificate = %s\n' "$address" "$address" "$ca" >>"$root/etc/warccap/a-blog.conf"
commands >"$work/commands"
check "and commands" [ "$(wc -l <"$work/commands")" -ge 5 ]
first=1
while read -r command; do
    sh -c "$command" >"$work/out" 2>&1 </dev/null
    code=$?
    wanted=0
    [ "$first" = 1 ] && wanted=14
    first=0
    [ "$code" = "$wanted" ] || cat "$work/out"
    check "$(echo "$command" | sed "s#$root##g; s#$WARCCAP#warccap#")" [ "$code" = "$wanted" ]
done <"$work/commands"
check "the collection is whole" python3 "$TOP_SRCDIR/tests/server/warcread.py" "$root/var/lib/warccap/a-blog" "$site/manifest.tsv" again
check "the summary was filed" grep -q '"exit": 0' "$root/var/log/warccap.jsonl"
line=$(sed -n 's/^0 1 \* \* \* //p' "$page" | here | sed 's/ --start-within 3h/ --start-within 1s/')
check "the crontab line is one" [ -n "$line" ]
sh -c "$line" >"$work/out" 2>&1
check "and ends with 0" [ $? = 0 ]
check "in silence" [ ! -s "$work/out" ]

if command -v systemd-analyze >/dev/null; then
    units=$work/units
    mkdir -p "$units"
    sed "s#@bindir@/warccap#$WARCCAP#; s#@sysconfdir@#/etc#" "$TOP_SRCDIR/systemd/warccap@.service.in" >"$units/warccap@.service"
    cp "$TOP_SRCDIR/systemd/warccap@.timer" "$units"
    cp "$units/warccap@.service" "$units/warccap@a-blog.service"
    cp "$units/warccap@.timer" "$units/warccap@a-blog.timer"
    systemd-analyze verify --man=no "$units/warccap@a-blog.service" "$units/warccap@a-blog.timer" >"$work/units.out" 2>&1
    check "systemd finds nothing wrong in the units" sh -c '! grep -q "warccap@" "$0"' "$work/units.out"
    systemd-analyze security --offline=yes --threshold=25 "$units/warccap@.service" >"$work/security.out" 2>&1
    code=$?
    tail -1 "$work/security.out"
    check "and calls the sandbox tight" [ "$code" = 0 ]
else
    echo "SKIP: the units (systemd-analyze is not there)"
fi
site_verdict
