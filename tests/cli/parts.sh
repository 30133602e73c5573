#!/bin/sh
# Requisites and links in forms that only a script would see: all are captured, and no string that only looks like a URL is
# requested.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin parts "$@"
site_simulate parts
c=$work/collection
"$WARCCAP" crawl -q -o "$c" --contact test@example.org --wait 0 --resolve "*:80:$address" --resolve "*:443:127.255.255.254" \
    http://parts.test/ >"$work/out" 2>&1

# asked KIND: tells which of the facts' list were asked for; status 0 if it is as it should be.
asked() {
    python3 - "$work" "$1" <<'PY'
import json, sys
work, kind = sys.argv[1:]
facts = json.load(open(work + "/facts.json"))
log = {host + path for host, path, status in (line.split() for line in open(work + "/asked.log"))}
bad = [url for url in facts[kind] if (url in log) != (kind == "wanted")]
print(*bad, sep="\n")
sys.exit(bool(bad))
PY
}
# but for the probes of a host that answers many URLs alike
nothing_twice() {
    sort "$work/asked.log" | grep -v robots.txt | uniq -d | sed 's#^\([^ ]*\) \([^ ]*\) .*#http://\1\2#' >"$work/twice"
    grep ' probe$' "$c/logs/crawl.log" | cut -d' ' -f1- | tr -s ' ' | cut -d' ' -f4 >"$work/probed"
    [ "$(wc -l <"$work/probed")" -le 4 ] && ! grep -vxFf "$work/probed" "$work/twice"
}
# Sixteen pages name it, and it is beside none of them; a few requests are on their way at a time.
old_library() { [ "$(grep -c '/old/[0-9]*/old/lib.js 404' "$work/asked.log")" -le 10 ]; }
left_out() {
    for number in $(seq 0 15); do
        grep -q "/old/$number/old/lib.js" "$work/asked.log" || break
    done
    "$WARCCAP" why "$c" "http://parts.test/old/$number/old/lib.js" | grep -q 'three other pages of the site'
}

check "every part and every page behind a form, a list, a click or JSON is asked for" asked wanted
check "what is no URL is not, nor a part of an error page" asked never
check "nothing is asked for twice" nothing_twice
check "a name that leads nowhere beside each page is given up" old_library
check "and why says so" left_out
check "verify finds nothing" "$WARCCAP" verify -q "$c"
site_verdict
