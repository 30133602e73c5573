#!/usr/bin/env python3
"""Changes a sound collection at random, one change at a time, and asks verify whether it notices.

    tampering.py WARCCAP MAKE-COLLECTIONS COUNT SEED

Many changed collections are given to verify at once, as a directory of collections, which it judges one by one in the order of
their names.

Half of the changes are made to the collection as it is, and verify is given the checksum of its last manifest.  Every one of
them must be an error.  The other half is made to one without SHA256SUMS and runs/.  There the WARC format protects blocks only:
what nothing in the files contradicts cannot be found (a header whose fields agree with all others, a record removed or added with
all that names it).  Those kinds are counted, the others must be found.
"""
import collections
import gzip
import hashlib
import importlib.util
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import zlib

LATER = "2026-04-04T05:06:07.123Z"


def load(path):
    spec = importlib.util.spec_from_file_location("make_collections", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def capture(make, c, path, body, date):
    """Request, response and metadata."""
    ask(make, c, c.page(path, body, date=date), path, date)


def ask(make, c, number, path, date):
    warcs = make.warcs
    change = {"WARC-Target-URI": make.SITE + path, "WARC-Warcinfo-ID": warcs.uuid(c.info), "WARC-Date": date}
    for kind, block in ("request", b"GET " + path.encode() + b" HTTP/1.1\r\nHost: example.com\r\n\r\n"), ("metadata", b"fetchTimeMs: 7\r\n"):
        c.number += 1
        c.put(warcs.record(kind, c.number, [("WARC-Concurrent-To", warcs.uuid(number))], block, change=change))


def build(make, path):
    c = make.Collection()
    for name, date in ("a.warc.gz", make.warcs.DATE), ("b.warc.gz", LATER):
        if name not in c.files:
            c.add_file(name)
        for number in range(6):
            capture(make, c, "/%s%d" % (name[0], number), b"<title>page %d of %s</title>" % (number, name.encode()) + b"words " * number, date)
    c.revisit("/a1", make.warcs.DATE, make.warcs.sha1(b"<title>page 1 of a.warc.gz</title>words "), LATER)
    ask(make, c, c.number, "/a1", LATER)
    c.add_file("c.warc.gz")
    capture(make, c, "/c", b"the last page", LATER)
    c.write(path)


# ---- changes ----

def members(path):
    """The gzip members of a file."""
    rest, found = path.read_bytes(), []
    while rest:
        import zlib
        squeeze = zlib.decompressobj(31)
        squeeze.decompress(rest)
        found.append(rest[:len(rest) - len(squeeze.unused_data)])
        rest = squeeze.unused_data
    return found


class Changes:
    def __init__(self, make, chance):
        self.make, self.chance = make, chance

    def archive(self, where):
        return self.chance.choice(sorted((where / "archive").glob("*.warc.gz")))

    def flip(self, path):
        octets = bytearray(path.read_bytes())
        place = self.chance.randrange(len(octets))
        octets[place] ^= 1 << self.chance.randrange(8)
        path.write_bytes(octets)

    def bit(self, where):
        """A few bits mean nothing to gzip: its time, and those behind the end of the compressed data."""
        path = self.archive(where)
        before = [gzip.decompress(one) for one in members(path)]
        self.flip(path)
        try:
            return "bit without meaning" if [gzip.decompress(one) for one in members(path)] == before else "bit"
        except (OSError, EOFError, zlib.error):
            return "bit"

    def record(self, where):
        path = self.archive(where)
        found = members(path)
        kind = self.chance.choice(["swapped", "deleted", "doubled", "inserted"])
        place = self.chance.randrange(len(found))
        if kind == "swapped":
            other = self.chance.choice([i for i in range(len(found)) if i != place])
            found[place], found[other] = found[other], found[place]
        elif kind == "deleted":
            del found[place]
        elif kind == "doubled":
            found.insert(self.chance.randrange(len(found) + 1), found[place])
        else:
            number = self.chance.randrange(1000, 9999)
            block = self.make.warcs.HEAD % 5 + b"false"
            found.insert(max(place, 1), self.make.warcs.member(self.make.warcs.record(
                "response", number, [("WARC-Payload-Digest", self.make.warcs.sha1(b"false"))], block,
                change={"WARC-Target-URI": self.make.SITE + "/false"})))
        path.write_bytes(b"".join(found))
        return "record " + kind

    def field(self, where):
        path = self.archive(where)
        found = members(path)
        place = self.chance.randrange(len(found))
        octets = gzip.decompress(found[place])
        head, block = octets.split(b"\r\n\r\n", 1)
        lines = head.split(b"\r\n")
        number = self.chance.randrange(1, len(lines))
        name, value = lines[number].split(b": ", 1)
        digits = [i for i in range(len(value)) if chr(value[i]).isalnum()]
        at = self.chance.choice(digits)
        value = value[:at] + (b"7" if value[at:at + 1] != b"7" else b"3") + value[at + 1:]
        lines[number] = name + b": " + value
        found[place] = self.make.warcs.member(b"\r\n".join(lines) + b"\r\n\r\n" + block)
        path.write_bytes(b"".join(found))
        return "field " + name.decode()

    def body(self, where):
        """A body is changed, and its digests with it."""
        path = self.archive(where)
        found = members(path)
        places = [i for i in range(len(found)) if b"WARC-Type: response" in gzip.decompress(found[i])]
        place = self.chance.choice(places)
        octets = gzip.decompress(found[place])
        head, block = octets[:-4].split(b"\r\n\r\n", 1)
        http, body = block.split(b"\r\n\r\n", 1)
        at = self.chance.randrange(len(body))
        new = body[:at] + bytes([body[at] ^ 1]) + body[at + 1:]
        sha1 = lambda octets: self.make.warcs.sha1(octets).encode()
        head = head.replace(sha1(block), sha1(http + b"\r\n\r\n" + new)).replace(sha1(body), sha1(new))
        found[place] = self.make.warcs.member(head + b"\r\n\r\n" + http + b"\r\n\r\n" + new + b"\r\n\r\n")
        path.write_bytes(b"".join(found))
        return "body"

    def line(self, where):
        path = where / "indexes" / "index.cdxj"
        lines = path.read_text().splitlines(True)
        kind = self.chance.choice(["deleted", "doubled", "swapped", "changed"])
        place = self.chance.randrange(len(lines))
        if kind == "deleted":
            del lines[place]
        elif kind == "doubled":
            lines.insert(place, lines[place])
        elif kind == "swapped":
            other = self.chance.choice([i for i in range(len(lines)) if i != place])
            lines[place], lines[other] = lines[other], lines[place]
        else:
            digits = [i for i, character in enumerate(lines[place]) if character.isdigit()]
            at = self.chance.choice(digits)
            lines[place] = lines[place][:at] + str((int(lines[place][at]) + self.chance.randrange(1, 10)) % 10) + lines[place][at + 1:]
        path.write_text("".join(lines))
        return "line " + kind

    def file(self, where):
        path = self.archive(where)
        kind = self.chance.choice(["cut", "removed", "added", "renamed"])
        octets = path.read_bytes()
        if kind == "cut":
            path.write_bytes(octets[:self.chance.randrange(1, len(octets))])
        elif kind == "removed":
            path.unlink()
        elif kind == "added":
            (path.parent / "z.warc.gz").write_bytes(octets)
        else:
            path.rename(path.parent / "y.warc.gz")
        return "file " + kind

    def list(self, where):
        kind = self.chance.choice(["manifest removed", "manifest changed", "sums removed", "sums changed", "line of the sums removed", "runs removed"])
        manifests = sorted((where / "runs").iterdir())
        sums = where / "archive" / "SHA256SUMS"
        if kind == "manifest removed":
            self.chance.choice(manifests).unlink()
        elif kind == "manifest changed":
            self.flip(self.chance.choice(manifests))
        elif kind == "sums removed":
            sums.unlink()
        elif kind == "sums changed":
            self.flip(sums)
        elif kind == "line of the sums removed":
            lines = sums.read_text().splitlines(True)
            del lines[self.chance.randrange(len(lines))]
            sums.write_text("".join(lines))
        else:
            shutil.rmtree(where / "runs")
        return kind


def judged(warccap, where, names, *options):
    """Errors and warnings of each collection in a directory."""
    run = subprocess.run([warccap, "verify", "--json", *options, str(where)], capture_output=True, text=True, errors="replace")
    if run.returncode not in (0, 9):
        sys.exit("verify exited with %d: %s" % (run.returncode, run.stderr))
    found = [json.loads(line) for line in run.stdout.splitlines() if line.startswith('{"sound"')]
    if len(found) != len(names):
        sys.exit("%d collections were verified, and not %d" % (len(found), len(names)))
    return {name: (summary["errors"], summary["warnings"]) for name, summary in zip(sorted(names), found)}


# Without lists nothing in the format contradicts these (WARC 1.1 has no digest of a header, and none of a file's records together).
UNPROTECTED = {"bit without meaning", "record swapped", "record deleted", "record doubled", "record inserted", "file removed", "file added", "file renamed", "file cut"}


# What a digest covers, or a length must fit, is found all the same.
PROTECTED_FIELDS = {"field WARC-Block-Digest", "field WARC-Payload-Digest", "field Content-Length"}


def must_be_found(kind, listed):
    return listed or kind in PROTECTED_FIELDS or (kind not in UNPROTECTED and not kind.startswith("field "))


BATCH = 100


def try_changes(warccap, work, kinds, chance, count, options):
    """Changes so many copies of a collection; yields the kind of each change, whether it was noticed, and the copy."""
    for begin in range(0, count, BATCH):
        names = ["%05d" % number for number in range(begin, min(begin + BATCH, count))]
        tried = work / "tried"
        made = {}
        for name in names:
            shutil.copytree(work / "original", tried / name)
            made[name] = chance.choice(kinds)(tried / name)
        findings = judged(warccap, tried, names, *options)
        for name in names:
            yield made[name], findings[name], tried / name
        shutil.rmtree(tried)


def main():
    warccap, make, count, seed = sys.argv[1], load(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)
    changes = Changes(make, chance)
    with_lists = [changes.bit, changes.record, changes.field, changes.body, changes.file, changes.list]
    without = [changes.bit, changes.record, changes.field, changes.body, changes.file, changes.line, changes.line]
    made, found, missed = collections.Counter(), collections.Counter(), []
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        build(make, work / "sound" / "original")
        last = sorted((work / "sound" / "original" / "runs").iterdir())[-1]
        head = hashlib.sha256(last.read_bytes()).hexdigest()
        shutil.copytree(work / "sound", work / "bare")
        shutil.rmtree(work / "bare" / "original" / "runs")
        os.unlink(work / "bare" / "original" / "archive" / "SHA256SUMS")
        for name in "sound", "bare":
            if judged(warccap, work / name, ["original"]) != {"original": (0, 0)}:
                sys.exit("the collection is not sound to begin with: " + name)
        for listed, kinds, options in (True, with_lists, ["--manifest", head]), (False, without, []):
            part = work / ("sound" if listed else "bare")
            for kind, (errors, warnings), copy in try_changes(warccap, part, kinds, chance, count // 2, options):
                shown = ("lists: " if listed else "none:  ") + kind
                made[shown] += 1
                if errors or (warnings and not listed):
                    found[shown] += 1
                elif must_be_found(kind, listed):
                    missed.append("%s: %s" % (copy.name, shown))
                    if os.environ.get("KEEP"):
                        shutil.copytree(copy, pathlib.Path(os.environ["KEEP"]) / (part.name + copy.name))
    for kind in sorted(made):
        print("%-40s %5d of %5d" % (kind, found[kind], made[kind]))
    for listed in "lists: ", "none:  ":
        print("%s%d of %d noticed" % (listed, sum(found[kind] for kind in found if kind.startswith(listed)), count // 2))
    print("seed %d: %d changes, %d missed that must not be" % (seed, count, len(missed)))
    for line in missed[:50]:
        print("missed: " + line)
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
