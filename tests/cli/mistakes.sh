#!/bin/sh
# Typical mistakes of new users, from mistakes.tsv: the exit code, and what the message says about the mistake and the next step.
set -u
table=$TOP_SRCDIR/tests/cli/mistakes.tsv
work=$(mktemp -d "${TMPDIR:-/tmp}/mistakes.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir full c c/archive c/state
touch full/a-file-of-mine empty.txt
printf '\357\273\277http://blog.invalid/a\r\n\r\n# a comment\r\nfoo bar\r\n' >seeds.txt
printf 'url = http://blog.invalid/\nwiat = 3\n' >site.conf
printf 'url = http://blog.invalid/\nwait = soon\n' >value.conf
echo '<p>hello' >page.html
printf 'http://blog.invalid/, http://other.invalid/\n' >two.txt
printf 'http://blog.invalid/\344\n' >latin.txt
printf '\377\376h\000t\000' >utf16.txt
printf 'http://blog.invalid/\000x\n' >zero.txt
printf 'Host: other.invalid\n' >host.hdr
printf -- '--wait = 3\n' >dashes.conf
printf 'wait 5\n' >blank.conf
printf '[site\n' >open.conf
printf 'quiet = maybe\n' >flag.conf
printf 'config = self.conf\n' >self.conf
printf 'output =\nurl = http://blog.invalid/\n' >output.conf
printf '[a]\nurl = http://-/\n[a]\nurl = http://-/\n' >twice.conf
printf 'h\000t\000t\000p\000:\000/\000/\000' >utf16-no-mark.txt
printf '\000h\000t\000t\000p\000:\000/\000/' >utf16-turned.txt
printf '\377\376\000\000h\000\000\000' >utf32.txt
printf '\037\213\010\000\000' >list.txt.gz
printf '"http://blog.invalid/"\n' >quoted.txt
printf '<http://blog.invalid/>\n' >angle.txt
printf '[blog](http://blog.invalid/)\n' >markdown.txt
printf '# mine\nhttp://blog.invalid/ # my blog\n' >note.txt
printf -- '- http://blog.invalid/\n' >bullet.txt
printf '<?xml version="1.0"?><urlset><url><loc>http://blog.invalid/</loc></url></urlset>\n' >sitemap.xml
printf '{"urls": ["http://blog.invalid/"]}\n' >list.json
awk 'BEGIN { printf "http://blog.invalid/"; for (i = 0; i < 70000; i++) printf "a"; print "" }' >long.txt
awk 'BEGIN { printf "exclude = "; for (i = 0; i < 5000; i++) printf "a"; print "" }' >long.conf
printf 'url: http://blog.invalid/\n' >yaml.conf
printf 'url = http://blog.invalid/ ; my blog\n' >note.conf
printf 'wait = 3\n[]\nurl = http://blog.invalid/\n' >nameless.conf
printf '[a]\nwait = 3\n' >urlless.conf
printf 'url = http://blog.invalid/\nexclude = \344\n' >latin.conf
printf 'url = http://blog.invalid/\nuser-agent = "me\n' >unclosed.conf
printf 'url = http://blog.invalid/\nexclude = (\n' >pattern.conf
ln -s nowhere-at-all dangling
# shellcheck disable=SC2034 # the table uses it
two_lines='X: a
Y: b'
before=$(ls)

serves=yes
"$WARCCAP" serve --port 0 /nowhere 2>&1 | grep -q 'built without libmicrohttpd' && serves=no
failed=0
count=0
tab=$(printf '\t')
while IFS=$tab read -r code words line input; do
    case $code in '#'* | '') continue ;; esac
    case $line in serve*) [ $serves = yes ] || continue ;; esac
    count=$((count + 1))
    eval "set -- $line"
    # shellcheck disable=SC2059
    printf "$input" | timeout 60 "$WARCCAP" "$@" >out 2>&1
    got=$?
    [ "$got" = "$code" ] || { echo "FAILED: warccap $line: exit $got, not $code"; cat out; failed=1; }
    rest=$words
    while [ -n "$rest" ]; do
        word=${rest%% & *}
        [ "$rest" = "$word" ] && rest= || rest=${rest#* & }
        grep -qF -- "$word" out || { echo "FAILED: warccap $line: says nothing of \"$word\":"; cat out; failed=1; }
    done
done <"$table"
echo "$count mistakes"
[ "$count" -ge 180 ] || { echo "FAILED: the table was not read"; failed=1; }
# Nothing was written anywhere, and nothing of what is bad stops who says --skip-bad.
[ "$(ls | grep -vx out)" = "$before" ] || { echo "FAILED: something was written:"; ls; failed=1; }
"$WARCCAP" crawl -q -t 1 --skip-bad -i seeds.txt -o kept --resolve blog.invalid:80:127.0.0.1 --timeout 2 >out 2>&1
{ [ -d kept/archive ] && grep -q 'seeds.txt:4: "foo bar"' out; } || { echo "FAILED: --skip-bad"; cat out; failed=1; }
"$WARCCAP" crawl -q -t 1 -o full --into-any-directory --resolve blog.invalid:80:127.0.0.1 --timeout 2 http://blog.invalid/ >out 2>&1
{ [ -d full/archive ] && [ -e full/a-file-of-mine ]; } || { echo "FAILED: --into-any-directory"; cat out; failed=1; }
exit $failed
