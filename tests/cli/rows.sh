#!/bin/sh
# Numbered rows of many forms: members that are pages are reported as new, changed and gone, with menus and without, and also when
# the row is renumbered; pagination is reported as lists.  The crawl, its JSON and verify count alike.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin rows "$@"
site_simulate rows --state "$work/night"
python3 -c 'import json, sys; f = json.load(open(sys.argv[1])); print(*["http://%s.rows.test/" % n for k in f for n in f[k]], sep="\n")' "$work/facts.json" >"$work/seeds"
crawl() { "$WARCCAP" crawl --contact test@example.org --wait 0 -t 1 --no-progress --recheck all -o "$work/c" --resolve "*:80:$address" -i "$work/seeds" >"$work/out" 2>&1; code=$?; }
# NIGHT: each row is told as what it is.
told() {
    python3 - "$work" "$1" <<'PY'
import glob, json, sys
work, night = sys.argv[1], int(sys.argv[2])
facts = json.load(open(work + "/facts.json"))
run = json.load(open(sorted(glob.glob(work + "/c/runs/*.json"))[-1]))
told = {what: [c["url"] if isinstance(c, dict) else c for c in run["changes"].get(what, [])] for what in ("new", "changed", "gone")}
wrong = []
for name, nights in facts["pages"].items():
    site = "http://%s.rows.test" % name
    row = nights[night - 1]
    for what, paths in row.items():
        was = sorted(u[len(site):] for u in told[what] if u.startswith(site + "/") and not any(part in u for part in ("/comments", ".png", ".jpg")))
        if was != sorted(paths):
            wrong.append("%s: %s: %s, not %s" % (name, what, was, sorted(paths)))
for name, url in facts["lists"].items():
    start = "http://%s.rows.test%s" % (name, url.split("%")[0])
    wrong += ["%s: %s %s: a list is told as a page" % (name, what, u) for what in told for u in told[what] if u.startswith(start)]
print(*["  " + line for line in wrong], sep="\n")
sys.exit(bool(wrong))
PY
}
agree() { python3 "$TOP_SRCDIR/tests/server/agree.py" "$WARCCAP" "$work/c"; }

crawl
check "all is kept" [ "$code" = 0 ]
for night in 1 2 3; do
    echo $night >"$work/night"
    crawl
    check "night $night: complete" [ "$code" = 0 ]
    check "night $night: each row is told as what it is" told $night
    check "night $night: verify counts the same" agree
done
crawl
check "nothing is told twice" python3 -c 'import glob, json, sys; run = json.load(open(sorted(glob.glob(sys.argv[1]))[-1])); sys.exit(any(run[n] for n in ("new", "changed", "gone")))' "$work/c/runs/*.json"
site_verdict
