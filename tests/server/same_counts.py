"""Whether `verify`, which has the WARC files alone, counts every URL in the state that the crawl gave it: in its JSON, and in its words.

    same_counts.py WARCCAP COLLECTION [SAID]      SAID: a file with what the crawl printed

Compares pages, lists and parts, what lists name, and "complete", with the newest summary under runs/.  What differs is printed, and the
exit code is 1.  agree.py compares the rules, too."""
import glob
import json
import re
import subprocess
import sys

warccap, collection = sys.argv[1:3]
wrong = []


def verify(*options):
    return subprocess.run([warccap, "verify", *options, collection], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout


def compare(what, crawl, checked):
    if crawl != checked:
        wrong.append("%s: the crawl says %s, verify says %s" % (what, crawl, checked))


def table(text):
    """The rows of the tables of counts: "  feeds and sitemaps  2 of 3 kept ..."."""
    return [" ".join(line.split()) for line in text.splitlines() if re.match(r"  [a-z, ]+ \d+ of \d+ kept", line)]


def verdict(text):
    """Complete or not, and how many of what are refused, broken or wait."""
    found = re.search(r"^(Complete(?: but for .*?:)?|Not complete)(.*)", text, re.M)
    return found and [found.group(1)] + re.findall(r"(\d+ (?:page|feed|requisite)[a-z ]* (?:refused|broken|waiting))", found.group(2))


run = json.load(open(sorted(glob.glob(collection + "/runs/*.json"))[-1]))
summary = json.loads(verify("--json").splitlines()[-1])
for group in "pages", "lists", "parts":
    compare(group, run["urls"][group], summary.get("urls", {}).get(group))
compare("listed", run["listed"], summary.get("listed"))
for one in "pager", "archive", "feed", "sitemap":
    for what in "pages", "lists":
        compare("%s: %s" % (one, what), run["lists"][one][what], summary.get("lists", {}).get(one, {}).get(what))
for member in "complete", "complete_but_robots":
    compare(member, run[member], summary.get(member))
if len(sys.argv) > 3:
    said, checked = open(sys.argv[3]).read(), verify()
    compare("the tables", table(said), table(checked))
    compare("the verdict", verdict(said), verdict(checked))
print(*["  " + line for line in wrong], sep="\n")
sys.exit(bool(wrong))
