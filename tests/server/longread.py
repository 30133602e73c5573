"""Reads WARC files of any size in little memory, one line a record:

    longread.py COLLECTION      TYPE URL LENGTH-OF-BLOCK TRUNCATED SHA1-OF-BLOCK SHA1-OF-BODY STORED-PAYLOAD-DIGEST

Fails when a block is not as long as its header says, or not what its digest says.  The body is what stands behind the first
empty line of the block, without chunks where the head says so.
"""
import base64
import glob
import hashlib
import os
import sys
import zlib


class Octets:
    """The uncompressed octets of one member after another."""

    def __init__(self, path):
        self.file, self.raw, self.ready = open(path, "rb"), b"", b""
        self.member = zlib.decompressobj(31)

    def more(self):
        if self.member.eof:
            self.raw, self.member = self.member.unused_data, zlib.decompressobj(31)
        if not self.raw:
            self.raw = self.file.read(1 << 16)
            if not self.raw:
                return False
        self.ready += self.member.decompress(self.raw, 1 << 20)
        self.raw = self.member.unconsumed_tail
        return True

    def until(self, mark):
        while mark not in self.ready:
            if not self.more():
                assert not self.ready, "the file is cut"
                return None
        found, _, self.ready = self.ready.partition(mark)
        return found

    def take(self, length):
        while length:
            if not self.ready:
                assert self.more(), "a block is cut"
            piece, self.ready = self.ready[:length], self.ready[length:]
            length -= len(piece)
            yield piece


class Body:
    def __init__(self):
        self.head, self.chunked, self.sha1, self.waiting, self.left, self.state = b"", None, hashlib.sha1(), b"", 0, "size"

    def add(self, piece):
        if self.chunked is None:
            self.head += piece
            if b"\r\n\r\n" not in self.head:
                return
            self.head, _, piece = self.head.partition(b"\r\n\r\n")
            self.chunked = b"transfer-encoding: chunked" in self.head.lower()
        if not self.chunked:
            self.sha1.update(piece)
            return
        self.waiting += piece
        while True:
            if self.state == "data":
                part = self.waiting[:self.left]
                self.sha1.update(part)
                self.waiting, self.left = self.waiting[len(part):], self.left - len(part)
                if self.left:
                    return
                self.state = "end"
            if b"\r\n" not in self.waiting:
                return
            line, _, self.waiting = self.waiting.partition(b"\r\n")
            if self.state == "size":
                self.left = int(line, 16)
                self.state = "data" if self.left else "size"
                if not self.left:
                    self.chunked, self.waiting = True, b""
                    return
            else:
                self.state = "size"


def base32(sha1):
    return base64.b32encode(sha1.digest()).decode()


for path in sorted(glob.glob(os.path.join(sys.argv[1], "archive", "*.warc.gz"))):
    octets = Octets(path)
    while (head := octets.until(b"\r\n\r\n")) is not None:
        header = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        length, block, body = int(header["Content-Length"]), hashlib.sha1(), Body()
        for piece in octets.take(length):
            block.update(piece)
            body.add(piece)
        assert b"".join(octets.take(4)) == b"\r\n\r\n", "a block is longer than it says"
        assert header["WARC-Block-Digest"] == "sha1:" + base32(block), header
        print(header["WARC-Type"], header.get("WARC-Target-URI", "-"), length, header.get("WARC-Truncated", "-"), base32(block),
              base32(body.sha1), header.get("WARC-Payload-Digest", "-").replace("sha1:", ""))
