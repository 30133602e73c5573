#!/bin/sh
# warccap-cron(7): every command on the page is run in its order, as a reader would; and what is installed with it is there.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin cron-page "$@"
site_make 30
site_serve
root=$work/root
page=$root/usr/share/man/man7/warccap-cron.7
mkdir -p "$root/etc/cron.d" "$root/srv/web" "$work/bin"

# What is installed, under a root of the test's own.
make -s -C "$TOP_BUILDDIR" install prefix=/usr DESTDIR="$root" >"$work/install.log" 2>&1 || { cat "$work/install.log"; exit 1; }
unit=$root/usr/lib/systemd/system
check "the service is installed" test -s "$unit/warccap@.service"
check "the timer too" test -s "$unit/warccap@.timer"
check "the page" test -s "$page"
check "and that of the rules" test -s "$root/usr/share/man/man7/warccap-rules.7"
check "all exit codes that only mean \"next time\" are not failures of the unit" grep -q '^SuccessExitStatus=11 14 15 18 75$' "$unit/warccap@.service"

# Paths are those that it was installed with, whatever configure said.
other() { make -s -C "$TOP_BUILDDIR" install-man install-data "$@" DESTDIR="$work/other" >"$work/install.log" 2>&1 || cat "$work/install.log"; }
other prefix=/opt/wide
check "another prefix: the page's program is there" grep -q '"30 2 .* root  /opt/wide/bin/warccap crawl' "$work/other/opt/wide/share/man/man7/warccap-cron.7"
check "... and its example" grep -q '^cp /opt/wide/share/doc/warccap/a' "$work/other/opt/wide/share/man/man7/warccap-cron.7"
check "... and the example is where the page says" test -s "$work/other/opt/wide/share/doc/warccap/a-blog.conf"
check "... the unit starts it, too" sh -c 'cat "$0"/opt/wide/*/systemd/system/warccap@.service | grep -q "^ExecStart=/opt/wide/bin/warccap "' "$work/other"
other prefix=/opt/wide bindir=/opt/bin
check "a bindir of its own: as well" grep -q '  root  /opt/bin/warccap crawl' "$work/other/opt/wide/share/man/man7/warccap-cron.7"
check "no path is left open" sh -c '! grep -r "@[a-z]*dir@" "$0"' "$work/other"

# The command of the unit as systemd would start it for a-blog.
service() { sed -n 's/^ExecStart=//p' "$unit/warccap@.service" | sed "s|%i|a-blog|g; s|^[^ ]*/warccap |$root/usr/bin/warccap |; s|/etc/|$root/etc/|; s|/var/lib|$root/var/lib|"; }
cat >"$work/bin/systemctl" <<SH
#!/bin/sh
# There is no systemd in a test: enabling means that the template is there and its file is.
case \$1 in
enable) [ "\$2" = --now ] && [ "\$3" = warccap@a-blog.timer ] && [ -s "$unit/warccap@.timer" ] && [ -s "$root/etc/warccap/a-blog.conf" ] ;;
list-timers) [ "\$2" = warccap@a-blog.timer ] ;;
*) exit 1 ;;
esac
SH
chmod +x "$work/bin/systemctl"
PATH=$work/bin:$root/usr/bin:$PATH
export PATH

# The page's commands; its places become the test's, and the address that it makes up becomes the served one.
sed -n '/^\.EX$/,/^\.EE$/p' "$page" | grep -v '^\.E[XE]$' | sed 's/\\-/-/g' |
    sed "s#/etc/#$root/etc/#g; s#/srv/#$root/srv/#g; s#/usr/#$root/usr/#g" >"$work/commands"
check "the page has its commands" [ "$(wc -l <"$work/commands")" = 15 ]
while read -r line; do
    sh -c "$line" >"$work/out" 2>"$work/err" </dev/null
    code=$? # before the words below are made
    check "$(printf %s "$line" | sed "s#$root##g")" [ "$code" = 0 ]
    [ ! -s "$work/err" ] || cat "$work/err"
    case $line in
    cp*) # "Put the site's address and your own into it."
        sed -i "s#https://a-blog.example/#http://blog.test/#; s/^wait = .*/wait = 0/" "$root/etc/warccap/a-blog.conf"
        printf 'resolve = *:80:%s\nresolve = *:443:%s\nca-certificate = %s\n' "$address" "$address" "$ca" >>"$root/etc/warccap/a-blog.conf" ;;
    *" -q "*) check "  ... prints nothing" [ ! -s "$work/out" ] ;;
    esac
done <"$work/commands"
# Addresses that list others were asked for on each of these "nights"; none is missing.
check "the blog is kept, whole" sh -c 'python3 "$0" "$1" "$2" | grep -q "^\([0-9]*\) of \1 addresses captured"' \
    "$TOP_SRCDIR/tests/server/warcread.py" "$root/srv/web/a-blog" "$site/manifest.tsv"

# The line that cron got, run as cron does it: sh, the sixth word is the user.
sed "s/^[^ ]* [^ ]* [^ ]* [^ ]* [^ ]* *root *//; s/ --start-within 1h//" "$root/etc/cron.d/warccap" >"$work/job"
check "the crontab line has five fields, a user, a command" grep -q "^30 2 \* \* \*  root  $root/usr/bin/warccap crawl " "$root/etc/cron.d/warccap"
check "and runs" sh -c '[ -z "$(env -i PATH="$PATH" sh "$0" 2>&1)" ]' "$work/job"
service >"$work/start"
check "the service's command keeps it in /var/lib/warccap" sh "$work/start"
check "whole as well" "$WARCCAP" verify -q "$root/var/lib/warccap/a-blog"

if command -v systemd-analyze >/dev/null; then
    mkdir "$work/units"
    sed "s|^ExecStart=[^ ]*/warccap |ExecStart=$root/usr/bin/warccap |" "$unit/warccap@.service" >"$work/units/warccap@a-blog.service"
    cp "$unit/warccap@.timer" "$work/units/warccap@a-blog.timer"
    systemd-analyze verify --man=no "$work/units/warccap@a-blog.service" "$work/units/warccap@a-blog.timer" >"$work/out" 2>&1
    check "systemd-analyze verify finds the units right" [ $? = 0 ]
    grep -i 'warccap@' "$work/out"
    check "and says nothing of them" sh -c '! grep -qi "warccap@" "$0"' "$work/out"
    systemd-analyze security --offline=yes --no-pager --threshold=20 "$work/units/warccap@a-blog.service" >"$work/out" 2>&1
    code=$?
    tail -2 "$work/out"
    check "exposed to at most 2.0 of 10" [ "$code" = 0 ]
else
    echo "SKIP: systemd-analyze is not there (Debian: systemd)"
fi
if command -v man >/dev/null; then
    check "man reads the page without complaint" sh -c '[ -z "$(MANWIDTH=80 man --warnings -l "$0" 2>&1 >/dev/null)" ]' "$page"
else
    echo "SKIP: man is not there (Debian: man-db)"
fi
site_verdict
