#!/usr/bin/env python3
"""Makes files that are broken in several ways at once, or only seem to be, for the tests of repair.

    make-broken.py DIRECTORY

The records are those of fixtures/warcs/make-warcs.py.
"""
import gzip
import importlib.util
import os
import sys

fixtures = os.path.join(os.environ.get("TOP_SRCDIR", "."), "fixtures", "warcs", "make-warcs.py")
spec = importlib.util.spec_from_file_location("warcs", fixtures)
sys.dont_write_bytecode = True
w = importlib.util.module_from_spec(spec)
spec.loader.exec_module(w)


def no_digest(trailer, body=b"plain words"):
    """A resource without any digest: a wrong trailer may then be a wrong length."""
    return w.record("resource", 9, block=body, drop=("WARC-Block-Digest",), trailer=trailer)


four = [w.warcinfo(), w.request(), w.response(), w.metadata()]
pack = [w.member(record) for record in four]
damaged = bytearray(pack[2])
damaged[len(damaged) // 2:len(damaged) // 2 + 30] = b"\xff" * 30
bracketed = [w.warcinfo()] + [w.record("resource", n, change={"WARC-Target-URI": "<http://example.com/%d>" % n},
                                       block=b"words %d" % n) for n in (5, 6)]
bracketed_lf = w.record("resource", 7, change={"WARC-Target-URI": "<http://example.com/a?b=c,d>"}, block=b"x")

files = {
    "arc-of-which-nothing-is-left.arc": b"http://example.com/a 192.0.2.1 19970607080910 text/html 70\n"
                                        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 713\r\n\r\nshort\n",
    "damage-in-the-middle.warc.gz": pack[0] + pack[1] + bytes(damaged) + pack[3] + pack[0][:0],
    "damage-and-torn-tail.warc.gz": pack[0] + bytes(damaged) + pack[1] + pack[3][:-20],
    "torn-tail-of-one-byte.warc.gz": b"".join(pack) + b"\x1f",
    "only-the-crc-is-cut.warc.gz": b"".join(pack)[:-8],
    "half-of-isize-is-cut.warc.gz": b"".join(pack)[:-2],
    "crc-cut-and-no-digest.warc.gz": pack[0] + w.member(no_digest(b"\r\n\r\n"))[:-8],
    "plain-between-members.warc.gz": pack[0] + four[1] + four[2] + pack[3],
    "member-in-a-plain-file.warc": four[0] + pack[1] + pack[2] + four[3],
    "plain-in-a-file-named-gz.warc.gz": b"".join(four),
    "members-in-a-file-named-plain.warc": b"".join(pack),
    "plain-torn.warc": b"".join(four)[:-150],
    "whole-file-torn.warc.gz": gzip.compress(b"".join(four), mtime=0)[:-200],
    "whole-file-without-trailers.warc.gz": gzip.compress(b"".join(
        record[:-4] for record in four), mtime=0),
    "three-in-one-then-one.warc.gz": w.member(b"".join(four[:3])) + pack[3],
    "record-in-two-members-of-which-one-is-shared.warc.gz":
        pack[0] + w.member(four[1][:90]) + w.member(four[1][90:] + four[2]) + pack[3],
    "zeros-at-the-end.warc.gz": b"".join(pack) + bytes(4096),
    "empty-members-everywhere.warc.gz": w.member(b"") + w.member(b"").join(pack) + w.member(b""),
    "members-of-line-ends.warc.gz": w.member(b"\r\n") + pack[0] + w.member(b"\n\n\n") + b"".join(pack[1:]) + w.member(b"\r\n\r\n"),
    "no-digest-and-no-trailer.warc.gz": pack[0] + w.member(no_digest(b"")) + pack[3],
    "no-digest-and-no-trailer.warc": four[0] + no_digest(b"") + four[3],
    "no-digest-and-block-ends-in-line-end.warc": four[0] + no_digest(b"\r\n", b"words\r\n") + four[3],
    "no-digest-sound.warc.gz": pack[0] + w.member(no_digest(b"\r\n\r\n", b"words\r\n")) + pack[3],
    "brackets.warc.gz": b"".join(w.member(record) for record in bracketed),
    "brackets.warc": b"".join(bracketed) + bracketed_lf,
    "noise.warc.gz": bytes((i * 7919 + (i >> 3)) & 0xff for i in range(5000)),
    "two-warcinfos.warc.gz": pack[0] + pack[1] + pack[2] + w.member(
        w.record("warcinfo", 11, [("WARC-Filename", "b.warc.gz")], b"software: x\r\n")) + pack[3],
}
# Nothing needs mending here: each must come out as it is.
files["sound-extra-field.warc.gz"] = pack[0] + w.member(four[1], flags=4, behind_header=b"\x04\0sl\0\0") + pack[2] + pack[3]
files["sound-named-member.warc.gz"] = w.member(four[0], flags=8, behind_header=b"a.warc\0") + b"".join(pack[1:])

directory = sys.argv[1]
os.makedirs(directory, exist_ok=True)
for name, octets in files.items():
    with open(os.path.join(directory, name), "wb") as out:
        out.write(octets)
