#!/bin/sh
# What would end the session that the user's cookies, header lines or password begin is left alone, and told.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin logout "$@"

# crawl NAME [options]: of a fresh site and collection
crawl() {
    c=$work/$1
    shift
    site_stop
    site_simulate visitor
    "$WARCCAP" crawl -o "$c" --contact test@example.org --wait 0 -t 1 --connections 1 --no-progress --resolve "*:80:$address" "$@" >"$work/out" 2>&1
    code=$?
}
again() {
    : >"$work/asked.log"
    "$WARCCAP" crawl -o "$c" --contact test@example.org --wait 0 -t 1 --connections 1 --no-progress --resolve "*:80:$address" "$@" >"$work/out" 2>&1
    code=$?
}
asked() { grep -q "\"http://members.test$1\"" "$work/asked.log"; }
left_alone() {
    for path in /users/sign_out '/signout?t=1' /logoff '/index.php?route=account/logout' /konto/abmelden '/d%C3%A9connexion' \
        '/w/index.php?title=Special:UserLogout' /abmelden '/index.php?x=17'; do
        asked "$path" && { echo "  asked for: $path"; return 1; }
    done
    return 0
}
has_all() {
    for path in /m/0 /m/1 /m/2 /m/3 /m/4 /m/5 /how-to-log-out /help/logout.html /checkout-guide '/?p=2'; do
        grep -F "\"url\": \"http://members.test$path\"" "$c/indexes/index.cdxj" | grep -q '"status": "200"' || { echo "  not kept: $path"; cat "$work/out"; return 1; }
    done
}
printf 'members.test\tFALSE\t/\tFALSE\t0\tkey\tSECRET\n' >"$work/cookies.txt"
for way in cookies header for user; do
    case $way in
    cookies) crawl $way --load-cookies "$work/cookies.txt" http://members.test/ ;;
    header) crawl $way --header 'Cookie: key=SECRET' http://members.test/ ;;
    for) crawl $way --header-for 'members.test Cookie: key=SECRET' http://members.test/ ;;
    user) crawl $way http://joe:SECRET@members.test/ ;;
    esac
    check "$way: what ends the session is left alone" left_alone
    check "$way: also where a redirect leads to it" asked /go/away
    check "$way: all that members see is kept" has_all
    check "$way: the rule is told" sh -c '"$0" why "$1" http://members.test/konto/abmelden | grep -q "logout"' "$WARCCAP" "$c"
    check "$way: verify finds nothing" "$WARCCAP" verify -q "$c"
done
crawl off --load-cookies "$work/cookies.txt" --no-rule logout http://members.test/
check "--no-rule turns it off" asked /konto/abmelden
crawl guest http://members.test/
check "a guest has no session to lose: words of other languages are not a trap" asked /konto/abmelden
again --load-cookies "$work/cookies.txt" --recheck all http://members.test/
check "what a guest has asked for is left alone from then on" left_alone
check "and the members' pages are kept" has_all
site_verdict
