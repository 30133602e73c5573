#!/bin/sh
# Headers that are wrong, and that browsers understand: the pages behind them are kept, and their links followed.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin headers "$@"
site_simulate visitor

crawl() { # crawl HOST
    rm -rf "$work/c"
    : >"$work/asked.log"
    "$WARCCAP" crawl -o "$work/c" --contact test@example.org --wait 0 -t 1 --no-progress --resolve "*:80:$address" "http://$1/" >"$work/out" 2>&1
    code=$?
}
asked() {
    for path; do
        grep -qF "http://$host$path\"" "$work/asked.log" || { echo "  not asked for: $path"; sed 's/^/  /' "$work/out"; return 1; }
    done
}
unasked() { ! asked "$@" >"$work/asked.out"; }
verified() { "$WARCCAP" verify -q "$work/c"; }

host=codings.test
crawl $host
check "what no coding is called is none" asked /behind-utf-8 /behind-none /behind-binary /behind-8bit /behind-type
check "in lists, too, and with parameters" asked /behind-list /behind-other-list /behind-parameter
check "gzip is known by its bytes" asked /behind-packed /behind-packed-list
check "as before" asked /behind-plain-gzip /behind-identity
check "but not what is coded in a way that is not read" unasked /behind-sdch
check "which is listed" [ "$code" = 4 ]
check "as the only one" sh -c 'grep -q "codings.test/sdch  broken: the body has an unknown content coding" "$0" && grep -q "^warccap: 1 URL could not" "$0"' "$work/out"
check "verify agrees" verified

host=choices.test
crawl $host
check "300: the server's choice and the others are followed" asked /both.en /both.fr /itself.fr /list.fr /header.en
check "Location beside other statuses is not" unasked /never-1
check "nor beside an error" unasked /never-2
check "the run ends well" [ "$code" = 0 ]
check "verify agrees" verified

host=octets.test
crawl $host
check "octets of Location come back as they were" asked '/caf%E9?x=%E9' '/th%C3%A9?x=%C3%A9' '/caf%E9?y=%e9' /a%20b /%81%8D%FF
check "the run ends well" [ "$code" = 0 ]
check "verify agrees" verified
site_verdict
