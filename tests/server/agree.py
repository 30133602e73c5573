"""Whether `verify`, which has the WARC files alone, judges a crawl as the crawl did itself.

    agree.py WARCCAP COLLECTION

Compares the counts of each list, what was left out and by which rule, and whether all is there, with the newest summary
under runs/.  What differs is printed, and the exit code is 1.
"""
import glob
import json
import re
import subprocess
import sys

warccap, collection = sys.argv[1:]
run = json.load(open(sorted(glob.glob(collection + "/runs/*.json"))[-1]))
output = subprocess.run([warccap, "verify", "--json", "--notes", collection], stdout=subprocess.PIPE, text=True).stdout
findings = [json.loads(line) for line in output.splitlines()]
summary = findings.pop()
wrong = []


def compare(what, crawl, verify):
    if crawl != verify:
        wrong.append("%s: the crawl says %s, verify says %s" % (what, crawl, verify))


for one in "pager", "archive", "feed", "sitemap":
    for what in "pages", "lists":
        compare(one + " " + what, run["lists"][one][what], summary["lists"][one][what])
for group in "pages", "lists", "parts":
    compare(group, run["urls"][group], summary["urls"][group])
compare("listed", run["listed"], summary["listed"])
compare("complete", run["complete"], summary["complete"])
for change in "new", "changed", "refreshed", "gone", "moved", "parts":
    compare("what was " + change, run[change], summary["last_run"][change])

# Each gap with its rule: "left out by an option: too-deep (a@href)".
options = "excluded", "not-included", "too-deep"
told = {(found["url"], rule[1], found["rule"]) for found in findings if "url" in found
        for rule in [re.search("left out by an option: (\\S+)", found.get("detail", ""))] if rule and found["rule"] != "missing-requisite"}
gaps = {(gap["url"], gap["reason"]) for gap in run["gaps"] if gap["reason"] in options}
for url, rule in sorted(gaps - {(url, rule) for url, rule, _ in told}):
    wrong.append("verify does not say that %s was left out: %s" % (url, rule))
# What only lists name is in the crawl's gaps; verify tells of each page that a list names.
for url, rule in sorted({(url, rule) for url, rule, found in told if found == "missing-page"} - gaps):
    wrong.append("only verify says that %s was left out: %s" % (url, rule))
short = {found["detail"].split(":")[0] for found in findings if found["rule"] == "short-period"}
compare("short periods", sorted(period["period"] for period in run["short_periods"]), sorted(short))
# Nothing that was left out on purpose is a warning.  Redirects in a circle are: the run calls them broken.
for found in findings:
    if found["level"] != "note" and found["rule"] not in ("short-period", "redirect-circle"):
        wrong.append("%(level)s %(rule)s: " % found + found.get("detail", "") + " " + found.get("url", ""))
print("  %d left out by options, %d notes" % (len(gaps), len(findings)))
print(*["  " + line for line in wrong[:12]], sep="\n")
sys.exit(bool(wrong))
