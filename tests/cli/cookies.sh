#!/bin/sh
# The cookies that sites set are sent back during a run, as browsers do: walls open, sessions last, and nothing else changes.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin cookies "$@"
site_simulate visitor

# crawl HOST [options]: of a fresh collection
crawl() {
    host=$1
    shift
    rm -rf "$work/c"
    again "$host" "$@"
}
again() {
    host=$1
    shift
    : >"$work/asked.log"
    "$WARCCAP" crawl -o "$work/c" --contact test@example.org --wait 0 -t 1 --no-progress --resolve "*:80:$address" "$@" "http://$host/" >"$work/out" 2>&1
    code=$?
}
# of_log EXPRESSION over `log`: the requests, without robots.txt and sitemaps; each has url, status, cookies (of one field at most)
of_log() {
    python3 - "$work/asked.log" "$1" <<'PY'
import json, sys
log = [json.loads(line) for line in open(sys.argv[1])]
log = [one for one in log if not one["url"].endswith(("/robots.txt", "/sitemap.xml"))]
for one in log:
    lines = [value for name, value in one["fields"] if name.lower() == "cookie"]
    assert len(lines) < 2, one
    one["cookies"] = lines[0].split("; ") if lines else []
urls = [one["url"] for one in log]
if not eval(sys.argv[2]):
    print(*(str((one["url"], one["status"], one["cookies"])) for one in log), sep="\n")
    sys.exit(1)
PY
}
# kept URL...: the archive has a response with 200 for each
kept() {
    for url; do
        grep -F "\"url\": \"$url\"" "$work/c/indexes/index.cdxj" | grep -q '"status": "200"' || { echo "  not kept: $url"; sed 's/^/  /' "$work/out"; return 1; }
    done
}
complete() { [ "$code" = 0 ] && grep -q '^Complete' "$work/out" && "$WARCCAP" verify -q "$work/c" && return; cat "$work/out"; "$WARCCAP" verify "$work/c"; return 1; }

# ---- walls ----
for wall in wall each twice way long; do
    crawl $wall.test
    check "$wall: the pages behind a wall are kept" kept http://$wall.test/ http://$wall.test/a
    check "$wall: and the crawl is complete" complete
    check "$wall: no URL is asked for more than three times" of_log 'max(map(urls.count, urls)) <= 3'
    again $wall.test --recheck all --wait 0.3 # one after another: of a burst, all would meet the wall
    check "$wall: the next run comes as a new visitor" of_log 'not log[0]["cookies"] and log[0]["status"] == 302'
    check "$wall: and is complete, too" complete
done
crawl wall.test --connections 1
check "after the first page a wall costs nothing" of_log 'len(log) == 4'
crawl wall.test --no-cookies
check "--no-cookies sends none back" of_log 'not any(one["cookies"] for one in log)'
check "and the wall stays" [ "$code" = 4 ]
crawl never.test
# Eight tries of a URL at most. Then the host is probed once, beginning with its front page: each URL of the probe is asked for once.
check "a wall that never opens is left after a few tries" of_log '(lambda tried, probed: max(map(tried.count, tried)) <= 8
    and len(set(probed)) == len(probed) and len(log) <= 16)(*(lambda end: (urls[:end], urls[end:]))((urls + urls[:1]).index(urls[0], 1)))'
check "and is listed as broken" [ "$code" = 4 ]
check "the others are kept" kept http://never.test/

# ---- sessions ----
crawl session.test
check "pages that need a session are kept" kept http://session.test/a http://session.test/b
check "the requests are archived as they were sent" sh -c 'zcat "$0"/archive/*.warc.gz | grep -aq "^Cookie: sid=s"' "$work/c"
crawl session.test --redact-secrets
check "but not with --redact-secrets" sh -c '! zcat "$0"/archive/*.warc.gz | grep -aq "^Cookie: sid=s"' "$work/c"
crawl session.test --header 'Cookie: sid=s-mine'
check "a Cookie line of the user's own stands alone" of_log 'all(one["cookies"] == ["sid=s-mine"] for one in log)'

# ---- what a visitor chooses ----
crawl choice.test --connections 1
check "a language that a link chooses does not last" of_log 'not any(name in one["cookies"] for one in log for name in ("lang=de", "theme=dark", "money=EUR"))'
check "what the site sets by itself does" of_log 'any("visit=first" in one["cookies"] for one in log)'
check "and the choices are kept themselves" kept 'http://choice.test/?lang=de' http://choice.test/de 'http://choice.test/?theme=dark'

# ---- whose they are ----
crawl mine.test --connections 1 # one after another, so that the second has the cookie of the first
check "a cookie goes to its own domain only" of_log 'not any(cookie in one["cookies"] for one in log for cookie in
    ["test=all", "stolen=x"] + ["own=other.test"] * (".mine.test" in one["url"] or "/mine.test" in one["url"])
    + ["own=mine.test", "shared=y"] * ("other.test" in one["url"]) + ["own=mine.test"] * ("www." in one["url"]))'
check "and there it goes" of_log 'all(any(cookie in one["cookies"] for one in log if host in one["url"])
    for cookie, host in (("own=mine.test", "/mine"), ("own=other.test", "other"), ("shared=y", "www.")))'

# ---- a flood ----
crawl flood.test --connections 1
check "thousands of cookies do no harm" complete
printf 'flood.test\tFALSE\t/\tFALSE\t0\tid\tSECRET\n' >"$work/cookies.txt"
crawl flood.test --connections 1 --load-cookies "$work/cookies.txt"
check "nor to those of the user" of_log 'len(log) == 41 and all("id=SECRET" in one["cookies"] for one in log)'
crawl flood.test --no-cookies --load-cookies "$work/cookies.txt"
check "--no-cookies with --load-cookies is a mistake" [ "$code" = 2 ]
site_verdict
