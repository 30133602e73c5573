"""Reads WARC files for tests, without any code of the project: one gzip member a record, as the standard's annex has it.

It is as strict as a test wants: whatever is not exactly as it should be raises Broken, with file and offset.
Used as a program it lists records:  warcread.py FILE...
"""
import glob
import gzip
import os
import sys
import zlib


class Broken(Exception):
    pass


class Record:
    def __init__(self, file, offset, length, version, fields, block):
        self.file, self.offset, self.length, self.version, self.fields, self.block = \
            file, offset, length, version, fields, block

    def __getitem__(self, name):
        return self.fields.get(name.lower(), "")

    @property
    def type(self):
        return self["WARC-Type"]

    @property
    def url(self):
        return self["WARC-Target-URI"].strip("<>")

    def fail(self, words):
        raise Broken("%s at %d: %s" % (self.file, self.offset, words))

    def http(self):
        """Status, fields as (name, value) in order, and the body as it was sent."""
        head, found, body = self.block.partition(b"\r\n\r\n")
        if not found:
            self.fail("the HTTP head does not end")
        lines = head.decode("latin-1").split("\r\n")
        words = lines[0].split(" ", 2)
        if words[0] not in ("HTTP/1.0", "HTTP/1.1") or not words[1].isdigit():
            self.fail("status line %r" % lines[0])
        fields = [tuple(part.strip() for part in line.partition(":")[::2]) for line in lines[1:]]
        return int(words[1]), fields, body

    def body(self):
        """The body without transfer and content coding."""
        _, fields, body = self.http()
        named = {name.lower(): value.lower() for name, value in fields}
        if "chunked" in named.get("transfer-encoding", ""):
            body = unchunk(self, body)
        if named.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        elif named.get("content-encoding", "identity") != "identity":
            self.fail("content coding %s" % named["content-encoding"])
        return body


def unchunk(record, body):
    out, at = [], 0
    while True:
        end = body.find(b"\r\n", at)
        if end < 0:
            record.fail("chunks end early")
        size = int(body[at:end].split(b";")[0], 16)
        at = end + 2
        if size == 0:
            return b"".join(out)
        out.append(body[at:at + size])
        if body[at + size:at + size + 2] != b"\r\n":
            record.fail("a chunk does not end")
        at += size + 2


def record_from(file, offset, length, data):
    head, found, rest = data.partition(b"\r\n\r\n")
    lines = head.decode("utf-8").split("\r\n")
    if not found or not lines[0].startswith("WARC/1."):
        raise Broken("%s at %d: no WARC head" % (file, offset))
    fields = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon:
            raise Broken("%s at %d: head line %r" % (file, offset, line))
        fields[name.lower()] = value.strip()
    size = int(fields["content-length"])
    if len(rest) < size + 4 or rest[size:] != b"\r\n\r\n":
        raise Broken("%s at %d: the member does not hold exactly one record" % (file, offset))
    return Record(file, offset, length, lines[0], fields, rest[:size])


def records(path):
    """Every record of one .warc.gz file."""
    with open(path, "rb") as file:
        data = memoryview(file.read())
    offset = 0
    while offset < len(data):
        inflate = zlib.decompressobj(31)
        try:
            plain = inflate.decompress(data[offset:])
        except zlib.error as error:
            raise Broken("%s at %d: %s" % (path, offset, error)) from None
        if not inflate.eof:
            raise Broken("%s at %d: the member is cut" % (path, offset))
        length = len(data) - offset - len(inflate.unused_data)
        yield record_from(path, offset, length, plain)
        offset += length


def files(collection):
    return sorted(glob.glob(os.path.join(collection, "archive", "*.warc.gz")))


def captures(collection):
    """Every response and revisit of a collection, in the order of the files."""
    for path in files(collection):
        for record in records(path):
            if record.type in ("response", "revisit"):
                yield record


class Archive:
    """The captures of a collection by address, http and https being one; bodies of revisits are those they refer to."""

    def __init__(self, collection):
        self.by_url = {}
        for record in captures(collection):
            self.by_url.setdefault(folded(record.url), []).append(record)

    def body(self, record):
        if record.type == "response":
            return record.body()
        for other in self.by_url.get(folded(record["WARC-Refers-To-Target-URI"]), ()):
            if other.type == "response" and other["WARC-Date"] == record["WARC-Refers-To-Date"]:
                return other.body()
        record.fail("revisit of %s at %s, which is not in the archive"
                    % (record["WARC-Refers-To-Target-URI"], record["WARC-Refers-To-Date"]))


def folded(url):
    return "http://" + url[8:] if url.startswith("https://") else url


if __name__ == "__main__":
    for name in sys.argv[1:]:
        for item in records(name):
            print("%10d %8d %-9s %s" % (item.offset, item.length, item.type, item.url))
