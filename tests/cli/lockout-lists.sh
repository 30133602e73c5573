#!/bin/sh
# A host begins to show a wall while its lists are asked for again.  The first of them are taken for lists that name little, and taken
# back when it is clear.  What they named before still holds: for the crawl, and for verify.
. "$TOP_SRCDIR/tests/server/lockouts.sh"
lockouts_begin lockout-lists "$@"
agree() { python3 "$TOP_SRCDIR/tests/server/agree.py" "$WARCCAP" "$work/of/$1/c"; }
again() {
    crawl "$1" still --recheck all
    agree "$1" >"$work/of/$1/agreed" 2>&1
    echo $? >"$work/of/$1/agreed.code"
}
agreed() { [ "$(cat "$work/of/$1/agreed.code")" = 0 ] || { cat "$work/of/$1/agreed"; return 1; }; }
listed() { python3 -c 'import glob, json, sys; sys.exit(json.load(open(sorted(glob.glob(sys.argv[1] + "/runs/*.json"))[-1]))["lists"]["pager"]["pages"]["listed"] != 30)' "$work/of/$1/c"; }

cat >"$work/walls" <<'WALLS'
wall wall 6 0
tagged-wall tagged-wall 3 0
ray ray 4 0
empty empty 6 0
pages-wall pages-wall 1 0
late-pages-wall pages-wall 20 0
WALLS
for kind in anew-splash anew-built anew-front-gone; do echo "$kind $kind 0 0"; done >"$work/healthy"
cat "$work/walls" "$work/healthy" >"$work/all"
while read -r name _; do site "$name" none 0 0; done <"$work/all"
site_simulate lockout --sites "$sites"
first() { crawl "$1" first; }
each first <"$work/all"
sites_of all
each again <"$work/all"
while read -r name kind; do
    check_of "$name" "$kind: shut out" code "$name" still 18
    check_of "$name" "$kind: the lists still name every page" listed "$name"
    check_of "$name" "$kind: verify reads the same of the archive" agreed "$name"
done <"$work/walls"
while read -r name kind; do
    check_of "$name" "$kind: a site that was changed is not shut out" code "$name" still 0
    check_of "$name" "$kind: verify reads the same of the archive" agreed "$name"
done <"$work/healthy"
site_verdict
