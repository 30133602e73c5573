#!/bin/sh
# The lines of README and manual under a real cron daemon, Debian's: with its PATH, its HOME and no locale; installed into a
# prefix; with an earlier night that was killed, one that ran out of time, one that still runs, and closed standard files.
#
# The daemon gets a mount namespace of its own, where its tables are empty but for the test's.  Each table names a shell that
# notes the environment and what the line prints, which cron would mail.
. "$TOP_SRCDIR/tests/server/serve.sh"
PATH=$PATH:/usr/sbin:/sbin
skip() { echo "SKIP: $*"; [ "${CI:-}" != true ] || exit 1; exit 77; }
if [ -z "${CRON_INSIDE:-}" ]; then
    [ "$(id -u)" = 0 ] || skip "a cron daemon runs as root only"
    command -v cron >/dev/null || skip "there is no cron daemon (Debian: cron)"
    unshare --mount true 2>/dev/null || skip "no mount namespace can be made"
    CRON_INSIDE=1 exec unshare --mount --propagation private "${SHELL:-/bin/sh}" "$0" "$@"
fi
site_begin cron-daemon "$@"
staged=$work/root
printf 'auth sufficient pam_permit.so\naccount sufficient pam_permit.so\nsession sufficient pam_permit.so\n' >"$work/pam"
: >"$work/crontab"
mount -t tmpfs none /etc/cron.d && mount -t tmpfs none /var/spool/cron/crontabs && mount -t tmpfs none /run &&
    mount --bind "$work/crontab" /etc/crontab && mount --bind "$work/pam" /etc/pam.d/cron || skip "nothing can be mounted here"
site_make 20
site_serve
make -s -C "$TOP_BUILDDIR" install prefix=/opt/w DESTDIR="$staged" >"$work/install.log" 2>&1 || { cat "$work/install.log"; exit 1; }
# The prefix is where it says, as after a real installation.
mkdir -p /opt && mount -t tmpfs none /opt && mkdir /opt/w && mount --bind "$staged/opt/w" /opt/w || skip "nothing can be mounted here"

# ---- the tables
cat >"$work/shell" <<SH
#!/bin/sh
# cron's -c LINE; what it prints would be mailed
env >"$work/env"
printf '%s\n' "\$2" >>"$work/lines"
name=\$(printf %s "\$2" | sed 's/.*JOB=\([a-z-]*\).*/\1/; t; s/.*/line/')
exec >"$work/\$name.mail" 2>&1
/bin/sh "\$@"
echo \$? >"$work/\$name.code"
SH
chmod +x "$work/shell"
# table NAME: standard input, as a table of its own in cron.d; every minute, at once
table() { { printf 'SHELL=%s\nMAILTO=""\n' "$work/shell"; sed 's/^30 2 \* \* \*/* * * * */; s/ --start-within 1h//'; } >"/etc/cron.d/$1" && chmod 644 "/etc/cron.d/$1"; }

mkdir -p "$work/etc" "$work/srv"
reach="--wait 0 --ca-certificate $ca --resolve *:80:$address --resolve *:443:$address"
# The line of the README; it is of a user's own table, so it lacks the user.
grep '^30 2 \* \* \*  /usr/local/bin/warccap crawl ' "$TOP_SRCDIR/README.md" |
    sed "s#/usr/local#/opt/w#g; s#/srv/web#$work/srv#g; s#https://a-blog.example/#$reach http://blog.test/#; s#^30 2 \* \* \* *#&root JOB=readme; #" >"$work/readme"
check "the README has one line" [ "$(wc -l <"$work/readme")" = 1 ]
# The line of the manual, as installed.
sed -n 's/^echo "\(30 2.*\)" > .etc.cron.d.warccap$/\1/p' "$staged/opt/w/share/man/man7/warccap-cron.7" |
    sed "s/\\\\-/-/g; s#/srv/web#$work/srv/many#g; s#/etc/warccap#$work/etc#g; s#  root  #&JOB=manual; #" >"$work/manual"
check "so has the manual" [ "$(wc -l <"$work/manual")" = 1 ]
check "... with the program where it was installed" grep -q ' /opt/w/bin/warccap crawl' "$work/manual"
sed "s#https://a-blog.example/#http://blog.test/#; s/^wait = .*/wait = 0/" "$staged/opt/w/share/doc/warccap/a-blog.conf" >"$work/etc/a-blog.conf"
printf 'resolve = *:80:%s\nresolve = *:443:%s\nca-certificate = %s\n' "$address" "$address" "$ca" >>"$work/etc/a-blog.conf"

# line NAME [options]: a line that goes on with the collection NAME, and verifies it
line() {
    one=$1
    shift
    echo "30 2 * * * root JOB=$one; /opt/w/bin/warccap crawl -q --contact t@example.org $reach -o $work/srv/$one $* http://blog.test/ && /opt/w/bin/warccap verify -q $work/srv/$one"
}

# ---- nights before this one
begin_slow() { # NAME: a run that is in the middle of it; $slow is its process
    "$WARCCAP" crawl -q --contact t@example.org $reach --wait 0.3 -o "$work/srv/$1" http://blog.test/ &
    slow=$!
    until [ "$(grep -c ' 200 ' "$work/srv/$1/logs/crawl.log" 2>/dev/null || echo 0)" -ge 3 ] || ! kill -0 $slow; do sleep 0.1; done 2>/dev/null
}
begin_slow killed
kill -9 $slow
wait $slow 2>/dev/null
check "a night was killed in the middle of a file" sh -c 'ls "$0"/archive/*.open >/dev/null' "$work/srv/killed"
begin_slow rebooted
kill -9 $slow
wait $slow 2>/dev/null
# After a reboot another process has the number, and the end of the file may not have reached the disk.
sed -i "s/^pid [0-9]*/pid $$/" "$work/srv/rebooted/state/lock"
open=$(find "$work/srv/rebooted/archive" -name '*.open')
truncate -s -7 "$open"
rm -r "$work/srv/rebooted/state"/*-wal "$work/srv/rebooted/state"/*-shm 2>/dev/null
"$WARCCAP" crawl -q --contact t@example.org $reach --wait 0.2 --time-limit 1s -o "$work/srv/late" http://blog.test/ 2>"$work/err"
check "a night ran out of time: 15" [ $? = 15 ]
"$WARCCAP" crawl -q --contact t@example.org $reach --wait 1 -o "$work/srv/overlap" http://blog.test/ 2>"$work/err" &
holder=$!

# ---- this night
table readme <"$work/readme"
table manual <"$work/manual"
for one in killed rebooted late overlap; do line $one | table $one; done
# Without HOME, locale and PATH, and with nothing to read from or write to.
line closed | sed 's# && .*##; s#; \(/opt/w/bin/warccap.*\)#; env -i \1 <\&- >\&- 2>\&-#' | table closed
line mailto | table mailto
printf 'SHELL=%s\n* * * * * root JOB=canary; true\n' "$work/shell" >/etc/cron.d/canary
cron -f -L 0 >"$work/cron.log" 2>&1 &
cron=$!
jobs="readme manual killed rebooted late overlap closed mailto"
done_all() { for one in canary $jobs; do [ -s "$work/$one.code" ] || return 1; done; }
for _ in $(seq 180); do
    done_all && break
    [ ! -s "$work/canary.code" ] || rm -f /etc/cron.d/* # not another minute of it
    sleep 1
done
[ -s "$work/canary.code" ] || { cat "$work/cron.log"; kill $cron; skip "this cron daemon starts nothing"; }
kill $cron 2>/dev/null
check "cron has its own PATH" grep -qx 'PATH=/usr/bin:/bin' "$work/env"
check "... and no locale" sh -c '! grep -q "^LC_\|^LANG=" "$0"' "$work/env"
ended() { [ "$(cat "$work/$1.code" 2>/dev/null)" = "$2" ] || { echo "  ended with $(cat "$work/$1.code"): $(cat "$work/$1.mail")"; return 1; }; }
for one in readme manual killed rebooted late mailto; do
    check "$one: ends well" ended $one 0
    check "... and prints nothing, so that no mail is sent" [ ! -s "$work/$one.mail" ]
done
whole() { # DIR: every address of the site is kept
    python3 "$TOP_SRCDIR/tests/server/warcread.py" "$1" "$site/manifest.tsv" | grep -q '^\([0-9]*\) of \1 addresses captured'
}
for one in a-blog many/a-blog killed rebooted late mailto; do
    check "$one: every page is kept" whole "$work/srv/$one"
    check "... and verify is content" "$WARCCAP" verify -q "$work/srv/$one"
done
check "closed: ends well without standard files, HOME, PATH and locale" ended closed 0
check "... with all pages" whole "$work/srv/closed"
check "... and no message got into the archive" "$WARCCAP" verify -q "$work/srv/closed"
check "overlap: a night that is not over is told: 75" ended overlap 75
check "... in one paragraph" [ "$(grep -c . "$work/overlap.mail")" = 1 ]
check "... that names the process" grep -q "$holder" "$work/overlap.mail"
kill $holder 2>/dev/null
wait $holder
check "... which goes on undisturbed until it is stopped" [ $? = 11 ]
check "nothing is written into HOME" sh -c '! ls "$0"/.warccap* "$0"/.config/warccap* 2>/dev/null | grep -q .' "$HOME"
site_verdict
