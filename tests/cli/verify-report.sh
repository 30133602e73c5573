#!/bin/sh
# What verify prints: for people the verdict first, then findings by rule; for programs JSON and JUnit XML; and the rules.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin verify-report "$@"
python3 "$TOP_SRCDIR/fixtures/warcs/make-warcs.py" "$work/warcs" && python3 "$TOP_SRCDIR/fixtures/collections/make-collections.py" "$work/made" || exit 99
bad=$work/warcs/bad good=$work/warcs/good wrong=$work/warcs/bad/block-digest-wrong/file.warc.gz
verify() { "$WARCCAP" verify "$@" >"$work/out" 2>"$work/err"; code=$?; }
ends() { [ "$code" = "$1" ] || { echo "  exit $code, not $1"; cat "$work/out" "$work/err"; return 1; }; }
out() { grep -q -- "$1" "$work/out" || { head -20 "$work/out"; return 1; }; }
err() { grep -q -- "$1" "$work/err" || { cat "$work/err"; return 1; }; }
line() { sed -n "$1p" "$work/out" | grep -q -- "$2" || { head -20 "$work/out"; return 1; }; }

# --- for people ---
verify "$good/event.warc.gz"
check "a sound file: 0" ends 0
check "the verdict is the first line" line 1 "^Sound: 0 errors, 0 warnings, 0 notes in 1 file, 4 records$"
check "then a line for the file" line 2 "^  sound  .*/good/event.warc.gz: 4 records$"
verify -q "$good/event.warc.gz"
check "-q prints nothing" [ ! -s "$work/out" ]
verify "$wrong"
check "a damaged file: 9" ends 9
check "the verdict is the first line" line 1 "^Not sound: 1 error, 0 warnings, 0 notes in 1 file"
check "then the rule, with its clause" out "^error block-digest: the block does not match its digest.* (ISO 28500:2017, 5.8)$"
check "the place, and what is special" out "^  .*/file.warc.gz:[0-9]* <urn:uuid:[^ ]*> http://example.com/a: sha1:"
check "and what to do" out "^  What to do: restore the file from a copy"
verify --strict "$bad/http-body-long/file.warc.gz"
check "--strict, and only warnings: 10" ends 10
check "without it: 0" "$WARCCAP" verify --json "$bad/http-body-long/file.warc.gz"
for n in $(seq 30); do cp "$wrong" "$work/copy-$n.warc.gz"; done
verify "$work"/copy-*.warc.gz
check "20 findings of a kind are named" [ "$(grep -c '^  /.*: sha1:' "$work/out")" = 20 ]
check "and the others counted" out "^  and 10 more: -v names each$"
verify -v "$work"/copy-*.warc.gz
check "-v names all" [ "$(grep -c '^  /.*: sha1:' "$work/out")" = 30 ]

# --- for programs ---
programs_read_it() { python3 - "$WARCCAP" "$work" <<'PY'; }
import json, subprocess, sys, xml.etree.ElementTree
warccap, work = sys.argv[1:]
wrong = []
def verify(*words):
    done = subprocess.run([warccap, "verify", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stdout.decode()
code, out = verify("--json", "--notes", work + "/warcs/bad/block-digest-wrong/file.warc.gz")
finding, summary = map(json.loads, out.splitlines())
expected = {"level": "error", "rule": "block-digest", "clause": "ISO 28500:2017, 5.8", "url": "http://example.com/a",
            "record": "<urn:uuid:00000000-0000-4000-8000-000000000003>"}
wrong += [(name, finding.get(name)) for name, value in expected.items() if finding.get(name) != value]
if not (finding["offset"] > 0 and finding["length"] > 0 and finding["file"].endswith("file.warc.gz") and finding["detail"].startswith("sha1:")):
    wrong.append(finding)
if {name: summary[name] for name in ("sound", "files", "records", "errors", "warnings", "notes")} != \
        {"sound": False, "files": 1, "records": 4, "errors": 1, "warnings": 0, "notes": 0}:
    wrong.append(summary)
rules = [json.loads(line) for line in verify("--rules", "--json")[1].splitlines()]
wrong += [rule for rule in rules if not all(rule[name] for name in ("rule", "level", "level_alone", "clause", "words", "advice"))]
for collection, strict, failures in (("sound-three-files", [], 0), ("file-removed", [], 1), ("pager-lost", [], 0), ("pager-lost", ["--strict"], 1)):
    path = work + "/junit.xml"
    verify("--junit", path, *strict, "%s/made/%s" % (work, collection))
    suite = xml.etree.ElementTree.parse(path).getroot()[0]
    cases = suite.findall("testcase")
    if int(suite.get("tests")) != len(cases) or len([case for case in cases if case.get("classname") == "rule"]) != len(rules):
        wrong.append((collection, suite.attrib, len(cases)))
    if not int(suite.get("failures")) == len(suite.findall("testcase/failure")) >= failures or bool(failures) != bool(suite.findall("testcase/failure")):
        wrong.append((collection, strict, suite.attrib))
code, out = verify("--junit", work + "/none/j.xml", work + "/warcs/good/event.warc.gz")
if code != 3:
    wrong.append("--junit into nowhere: exit %d" % code)
for one in wrong:
    print("  ", one)
sys.exit(bool(wrong))
PY
check "JSON has every member of a finding, JUnit a case for each file and rule" programs_read_it

# --- the rules ---
verify --rules
check "--rules lists the rules of all" sh -c 'grep -q "^error    gzip-crc " "$0" && grep -q "^error    cdxj-order " "$0" && grep -q "^note     wall " "$0"' "$work/out"
verify --explain cdxj-order
check "--explain: 0" ends 0
check "means, and what to do" sh -c 'grep -q "Means: .*not sorted" "$0" && grep -q "What to do: .*warccap index" "$0"' "$work/out"
verify --explain concurrent-dangling
check "and the level of a lone file" out "error in a collection, warning in a lone file"
verify --explain cdxj-ordre
check "a misspelled one: 2" ends 2
check "and which was meant" err "did you mean cdxj-order?"
verify --level block-digest=warning "$wrong"
check "--level: an error becomes a warning: 0" ends 0
check "and is called so" out "^warning block-digest:"
verify --level block-digest=off "$wrong"
check "off: nothing is said" line 1 "^Sound: 0 errors, 0 warnings, 0 notes"
verify --level http-long=error "$bad/http-body-long/file.warc.gz"
check "a warning becomes an error: 9" ends 9
verify --level block-digst=off "$wrong"
check "no rule: 2, and which was meant" sh -c '[ "$0" = 2 ] && grep -q "did you mean block-digest" "$1"' "$code" "$work/err"
printf '# ours\nblock-digest = off\n' >"$work/levels"
verify --level-file "$work/levels" "$wrong"
check "--level-file does the same" ends 0
verify --level-file "$work/levels" --level block-digest=error "$wrong"
check "--level overrides it" ends 9
printf 'block-digest\n' >"$work/levels"
verify --level-file "$work/levels" "$wrong"
check "its bad line is named: 2" sh -c '[ "$0" = 2 ] && grep -q "levels:1: " "$1"' "$code" "$work/err"

# A dangling reference: a lone file may be an excerpt, a collection may not.
verify "$work/made/response-lost/archive/a.warc.gz"
check "in a lone file it is a warning" out "^warning concurrent-dangling"
verify "$work/made/response-lost"
check "in a collection an error" out "^error concurrent-dangling"

"$WARCCAP" --man-page-verify-rules >"$work/rules.7"
check "the man page has them all" [ "$(grep -c '^What to do: ' "$work/rules.7")" = "$("$WARCCAP" verify --rules | wc -l)" ]
if command -v mandoc >/dev/null; then
    check "mandoc finds no error in it" sh -c 'mandoc -T lint -W warning "$0" | grep -v "missing date" >"$0.lint"; ! [ -s "$0.lint" ] || { cat "$0.lint"; false; }' "$work/rules.7"
fi
check "warccap(1) leads to it" sh -c '"$0" --man-page | grep -q "warccap-verify-rules (7)"' "$WARCCAP"
site_verdict
