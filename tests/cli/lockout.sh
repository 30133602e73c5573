#!/bin/sh
# A host that begins to refuse is asked more slowly, probed, and then left alone: exit 18, and what it refused waits for the next run,
# which is complete.  Sites that only look so lose nothing.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin lockout "$@"
ban=$work/ban
verdict=$work/said

# serve BAN [SECTION...]
serve() {
    site_stop
    echo "$1" >"$ban"
    shift
    site_simulate lockout --ban "$ban" "$@"
}
crawl() {
    "$WARCCAP" crawl --contact test@example.org --wait 0 --no-progress -o "$work/c" --resolve "*:80:$address" "$@" http://blog.test/ >"$verdict" 2>&1
    code=$?
}
tell() { echo "  exit $code"; sed 's/^/  /' "$verdict" | tail -5; tail -30 "$work/asked.log" | sed 's/^/  /'; }
asked() { grep -c . "$work/asked.log"; }
# What the archive has of the posts and lists, by the words of each; "walls" are what a ban shows.
kept() { "$WARCCAP" verify --json "$work/c" >"$work/verify.json" 2>&1; }
complete() { [ "$code" = 0 ] && grep -q '^Complete' "$verdict" && "$WARCCAP" verify -q "$work/c" >"$work/verify" 2>&1; }
refused_requests() { grep -c BANNED "$work/asked.log"; }
shut_out() { # MOST: so many requests after it began, at most
    [ "$code" = 18 ] && ! grep -q '^Complete' "$verdict" && grep -q "began to refuse after [0-9]* response" "$verdict" &&
        [ "$(refused_requests)" -le "$1" ] && grep -q '"exit": 18' "$work"/c/runs/*.json
}
all_posts() {
    for n in $(seq 0 29); do
        grep -q "\"url\": \"http://blog.test/post/$n\", \"mime\": \"text/html\", \"status\": \"200\"" "$work/c/indexes/index.cdxj" || { echo "  no post $n"; return 1; }
    done
}
first_asks_one() { # no two requests at once until one was answered well: the first of the log stands alone
    head -3 "$work/asked.log" | grep -qv BANNED
}

while read -r kind after most; do
    rm -rf "$work/c"
    serve "$kind $after 0"
    crawl
    check "$kind after $after: shut out, and told so" shut_out "$most" || tell
    asked_then=$(asked)
    crawl
    check "$kind after $after: the next run sees soon that it still is" [ "$code" = 18 ] || tell
    check "$kind after $after: and asks little" [ $(($(asked) - asked_then)) -le 8 ] || tell
    echo none >"$ban"
    : >"$work/asked.log"
    crawl
    check "$kind after $after: when it is over, the next run is complete" complete || { tell; tail -3 "$work/verify"; }
    check "$kind after $after: and every post is there" all_posts
done <<'BANS'
403 20 30
BANS
site_verdict
