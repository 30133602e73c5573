# Sourced by tests, after serve.sh: crawls each site of verdicts.py that fails, or each that is sound.
#
#   verdicts fail|sound|more-fail|more-sound       sets $names, the number of sites

crawl_one() {
    "$WARCCAP" crawl --contact test@example.org --wait 0 -t 2 -T 3 --no-progress --url-size-limit 200k -o "$work/$1" --resolve "*:80:$address" \
        --resolve "*:9:$address" "http://$1.verdicts.test/" >"$work/$1.out" 2>&1
    echo $? >"$work/$1.code"
}
# NAME true|false EXIT-CODES
judge_one() {
    python3 "$TOP_SRCDIR/tests/server/same_counts.py" "$WARCCAP" "$work/$1" "$work/$1.out" || return 1
    python3 - "$WARCCAP" "$work/$1" "$2" "$3" <<'PY'
import glob, json, re, subprocess, sys
warccap, collection, complete, codes = sys.argv[1:]
run = json.load(open(sorted(glob.glob(collection + "/runs/*.json"))[-1]))
output = subprocess.run([warccap, "verify", "--json", collection], stdout=subprocess.PIPE, text=True).stdout
verify = json.loads(output.splitlines()[-1])
said = bool(re.search("^Complete", open(collection + ".out").read(), re.M))
code = open(collection + ".code").read().strip()
wrong = [] if code in codes.split() else ["exit %s" % code]
for name, claim in (("the summary", said), ("the run's JSON", run["complete"]), ("verify", verify.get("complete"))):
    if claim != (complete == "true"):
        wrong.append("%s says complete: %s" % (name, claim))
if wrong:
    print(*["  " + line for line in wrong], sep="\n")
    print(*open(collection + ".out").read().splitlines()[-3:], sep="\n")
sys.exit(bool(wrong))
PY
}
verdicts() {
    names=0
    crawls=
    which=$1
    list=$(python3 -c 'import json, sys; print(*json.load(open(sys.argv[1]))[sys.argv[2]])' "$work/facts.json" "$which")
    for name in $list; do
        crawl_one "$name" &
        crawls="$crawls $!"
        names=$((names + 1))
        [ $((names % 6)) = 0 ] && wait_all
    done
    wait_all
    for name in $list; do
        case $which in
        *fail) check "$name: not complete" judge_one "$name" false "4 18" ;;
        *sound) check "$name: complete" judge_one "$name" true 0 ;;
        esac
        rm -rf "${work:?}/$name"
    done
}
# All crawls so far.
wait_all() {
    # shellcheck disable=SC2086
    [ -z "$crawls" ] || wait $crawls
    crawls=
}
