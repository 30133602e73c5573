#!/usr/bin/env python3
"""Makes a file of some ten megabytes that verify divides among threads, with traps at the places where it may divide it.

    make-divided.py FILE

Each record is a gzip member.  Around each two megabytes there is one of: plain members; a record whose block is a WARC file of its
own, stored without compression, so that members seem to begin in it; damage; bytes that belong to no record; several records in
one member; a record in two members; an empty member.
"""
import random
import struct
import sys
import zlib

chance = random.Random(7)


def member(octets, level=1, crc=None):
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
    data = squeeze.compress(octets) + squeeze.flush()
    return (b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + data +
            struct.pack("<II", zlib.crc32(octets) if crc is None else crc, len(octets)))


count = 0


def record(block, kind=b"resource", more=b""):
    global count
    count += 1
    head = b"WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%d>\r\nWARC-Date: 2026-03-04T05:06:07Z\r\n" % (kind, count)
    if kind != b"warcinfo":
        head += b"WARC-Target-URI: http://x.test/%d\r\n" % count
    kinds = {b"warcinfo": b"application/warc-fields", b"metadata": b"application/warc-fields"}
    return head + more + b"Content-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (
        kinds.get(kind, b"text/plain"), len(block), block)


def noise(length):
    return chance.randbytes(length)


def damaged(octets):
    half = len(octets) // 2
    return octets[:half] + bytes(60) + octets[half + 60:]


inner = b"".join(member(record(b"inside %d" % n)) for n in range(4000))
traps = [
    lambda: b"".join(member(record(b"words %d" % n)) for n in range(300)),
    lambda: member(record(inner), 0),
    lambda: damaged(member(record(noise(40000)))) + member(record(b"behind damage")),
    lambda: noise(30000) + b"WARC/1.1\r\n" + noise(10),
    lambda: member(b"".join(record(noise(900)) for _ in range(60))),
    lambda: member(record(noise(30000))[:20000]) + member(b"no record begins here" * 30),
    lambda: member(b"") * 200,
    lambda: b"".join(member(record(b"a: b\r\nno field\r\n", b"metadata")) for _ in range(40)),
    lambda: b"".join(member(record(b"x"), crc=1) for _ in range(40)),
    lambda: b"".join(member(record(b"twice", more=b"WARC-Concurrent-To: <urn:x:%d>\r\n" % n)) for n in range(40)),
]
UNIT = 2 << 20
out = member(record(b"software: test\r\n", b"warcinfo"))
for trap in range(10):
    while len(out) % UNIT < UNIT - 25000:
        left = UNIT - 25000 - len(out) % UNIT
        out += member(record(noise(min(left, 100000) + 1)), 0)
    end = len(out) // UNIT * UNIT + UNIT
    while len(out) < end + 5000:
        out += traps[trap]()
with open(sys.argv[1], "wb") as file:
    file.write(out + member(record(b"cut"))[:-30])
