"""Compares what odd.py sent and was sent with what a collection holds, row by row, and prints the table.

    wire.py COLLECTION FACTS LOG SCHEME
"""
import base64
import collections
import glob
import json
import os
import re
import sys

from warcread import records


def read(collection):
    """Path -> type -> [(header, block)], and record id -> block."""
    found, ids = collections.defaultdict(lambda: collections.defaultdict(list)), {}
    for path in sorted(glob.glob(os.path.join(collection, "archive", "*.warc.gz"))):
        for header, block in records(path):
            url, ids[header["warc-record-id"]] = header.get("warc-target-uri", ""), block
            if "//odd.test/" in url:
                found["/" + url.split("//odd.test/", 1)[1]][header["warc-type"]].append((header, block))
    return found, ids


def parts(message):
    """Head, payload, and what stands besides: trailers, or what is behind broken chunks."""
    head = re.match(rb"(?s).*?\r?\n\r?\n", message)[0]
    body = message[len(head):]
    if not re.search(rb"(?im)^transfer-encoding:.*chunked", head):
        return head, body, b""
    payload = b""
    while (line := re.match(rb"([0-9A-Fa-f]+)[^\n]*\n", body)):
        size, body = int(line[1], 16), body[len(line[0]):]
        if not size:
            return head, payload, re.sub(rb"\r?\n$", b"", body)
        payload, body = payload + body[:size], re.sub(rb"^\r?\n", b"", body[size:])
    return head, payload, body


def is_all_of(message, block, original):
    """Whether a revisit and the response that it refers to hold the whole message between them."""
    head, payload, besides = parts(message)
    return block == head and payload == parts(original)[1] and not besides


def lines_of(block, name):
    start = name.encode() + b": "
    return [line[len(start):] for line in block.split(b"\r\n") if line.startswith(start)]


def probes_of(collection):
    """Path -> how often the host was probed with it: it answers many URLs alike, and refuses many."""
    with open(os.path.join(collection, "logs", "crawl.log")) as log:
        lines = [line.split(None, 11) for line in log]
    return collections.Counter("/" + line[3].split("//odd.test/", 1)[1] for line in lines if re.match(r"probe\b", line[-1]))


def verdict(row, kept, requests, ids, scheme, probes):
    """What is wrong, else in which way it is right; and what is kept as which type.

    `probes`: how often the host was probed with the URL; such requests come on top of its tries.
    """
    main = [(kind, header, block) for kind in ("response", "resource", "revisit") for header, block in kept[kind]]
    metadata = kept["metadata"][0][1] if len(kept["metadata"]) == 1 else None
    kind, header, block = main[0] if main else ("metadata", {}, b"")
    if metadata is None or len(main) > 1:
        return "WRONG: %d answers, %d metadata records" % (len(main), len(kept["metadata"])), kind, block
    revisit = kind == "revisit" and ids[header["warc-refers-to"]]
    if ("response" if revisit else kind) != {"nothing": "metadata"}.get(row["kind"], row["kind"]):
        return "WRONG: record type", kind, block
    if kind == "metadata":
        return ("a failure, told" if lines_of(metadata, "error") else "WRONG: no word of the failure"), kind, block
    if row["note"] == "head": # as much as is kept of a head without an end
        row["message"] = row["message"][:max(len(block), 1000000)]
    if not is_all_of(row["message"], block, revisit) if revisit else block != row["message"]:
        return "WRONG: other octets", kind, block
    if header.get("warc-truncated") != ("length" if revisit else row["cut"]):
        return "WRONG: truncated %s, not %s" % (header.get("warc-truncated"), row["cut"]), kind, block
    if lines_of(metadata, "interim") != [line for line in row["interim_told"].split(b"\r\n") if line]:
        return "WRONG: interim answers", kind, block
    if [request for _, request in kept["request"]] != requests[-1:]:
        return "WRONG: the request is another", kind, block
    if bool(lines_of(metadata, "end")) != (scheme == "https" and row["way"].get("rude") == "unknown"):
        return "WRONG: how it ended", kind, block
    if ("warc-cipher-suite" in header) != (scheme == "https"):
        return "WRONG: TLS is not told", kind, block
    if not re.fullmatch(rb"(reused, |lookup \d+, connect \d+, )(tls \d+, )?firstOctet \d+", b"".join(lines_of(metadata, "fetchTimesUs"))):
        return "WRONG: times", kind, block
    if lines_of(metadata, "tries") != [b"2" if row["cut"] == "disconnect" else b"1"]: # --tries 2
        return "WRONG: tries", kind, block
    again = bool(lines_of(metadata, "readAgain"))
    if len(requests) != (1 + again) * ((2 if row["cut"] == "disconnect" else 1) + probes): # --tries 2
        return "WRONG: asked %d times" % len(requests), kind, block
    words = ["equal, its payload in another record" if revisit else "equal"]
    words += ["read without libcurl"] * again + ["interim answers in the metadata"] * bool(row["interim"])
    words += ["the message ended before"] * bool(row["behind"]) + ["cut: %s" % row["cut"]] * bool(row["cut"])
    return ", ".join(words), kind, block


def main():
    collection, facts, log, scheme = sys.argv[1:]
    rows = {name: {key: base64.b64decode(value) if key in ("interim", "interim_told", "message", "behind") else value for key, value in row.items()}
            for name, row in json.load(open(facts)).items()}
    requests = collections.defaultdict(list)
    for line in map(json.loads, open(log)):
        if line["tls"] == (scheme == "https"):
            requests[line["path"]].append(base64.b64decode(line["request"]))
    (kept, ids), probes, wrong = read(collection), probes_of(collection), 0
    paths = [("/" + name, row) for name, row in rows.items()] + [("/open/" + name, row) for name, row in rows.items() if row["ends"]]
    print("%-28s %8s %8s  %-9s %s" % (scheme, "sent", "kept", "type", "verdict"))
    for path, row in paths:
        words, kind, block = verdict(row, kept[path], requests[path], ids, scheme, probes[path])
        sent = row["interim"] + row["message"] + row["behind"]
        print("%-28s %8d %8d  %-9s %s" % (path, len(sent), len(block), kind, words))
        wrong += words.startswith("WRONG")
    print("%s: %d rows, %d wrong, %d probes" % (scheme, len(paths), wrong, sum(probes.values())))
    return 1 if wrong or sum(probes.values()) > 4 + len(paths) // 15 else 0


if __name__ == "__main__":
    sys.exit(main())
