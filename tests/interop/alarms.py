"""The false alarms of other people's validators, by name.

    alarms.py VALIDATOR SAID COLLECTION...     every complaint in the file SAID (what the validator printed of the files of the
                                               collections) is one of the alarms below, and every alarm of this validator is
                                               raised, else it need not stand here
    alarms.py --spoil COLLECTION OUT           copies a file, one block digest in it wrong

An alarm is false when the record is as WARC 1.1 has it and holds what the server sent.
"""
import collections
import glob
import os
import re
import sys
import zlib


# What is known of a record: its header, the head of the HTTP message in it, its block.

def chunked(header, head, block):
    return bool(re.search(rb"(?im)^transfer-encoding:.*chunked", head))


def ragged(header, head, block):
    """Lines of the head that end without CR."""
    return bool(re.search(rb"[^\r]\n", head + b"\r\n"))


def large_head(header, head, block):
    return len(head) > 32 * 1024


def status_is_odd(header, head, block):
    return not re.match(rb"HTTP/1\.[01] \d\d\d( [^ ]|\r?\n|$)", head)


def no_proper_field(header, head, block):
    return any(line and not re.match(rb"[^ \t:]+:|[ \t]", line) for line in re.split(rb"\r?\n", head)[1:])


def control_in_field(header, head, block):
    return bool(re.search(rb"[\0-\x08\x0b\x0c\x0e-\x1f]", head))


def truncated(header, head, block):
    return header.get("warc-truncated") in ("disconnect", "length", "time")


def chunks_break(header, head, block):
    body = re.split(rb"\r?\n\r?\n", block, maxsplit=1)[-1]
    while chunked(header, head, block) and (line := re.match(rb"([0-9A-Fa-f]+)[^\n]*\n", body)) and int(line[1], 16):
        body = re.sub(rb"^\r?\n", b"", body[len(line[0]) + int(line[1], 16):])
    return chunked(header, head, block) and not re.match(rb"0+[^0-9A-Fa-f]", body)


def length_is_odd(header, head, block):
    return any(int(value) > 1 << 62 if value.isdigit() else True for value in re.findall(rb"(?im)^content-length: *([^\r\n]*)", head))


def head_is_cut(header, head, block):
    return truncated(header, head, block) and b"\r\n\r\n" not in block


def not_modified(header, head, block):
    return re.match(rb"HTTP/1\.1 304 ", head) and block.endswith(b"\r\n\r\n")


def lengths_differ(header, head, block):
    return len(set(re.findall(rb"(?im)^content-length: *(\d+)", head))) > 1


def gzip_before_chunked(header, head, block):
    return bool(re.search(rb"(?im)^transfer-encoding: *gzip, *chunked", head))


def blank_in_chunk_line(header, head, block):
    return chunked(header, head, block) and bool(re.search(rb"\r\n[0-9A-Fa-f]+ +;", block))


def bare_lf_in_chunks(header, head, block):
    return chunked(header, head, block) and bool(re.search(rb"\r\n\r\n[0-9A-Fa-f]+\n", block))


# Validator, name of the alarm, what it says, of which records that is known to be false.
ALARMS = [
    # The payload is the body without its transfer coding (docs: warc.md C8); these three take the digest over the chunks.
    ("warcio", "the payload digest of a chunked answer is taken over its chunks", r"payload digest failed", chunked),
    ("jwat", "the payload digest of a chunked answer is taken over its chunks", r".*Incorrect payload digest", chunked),
    ("gowarc", "the payload digest of a chunked answer is taken over its chunks", r"payload: wrong digest", chunked),
    # What servers send is sometimes no proper HTTP, and is kept all the same (E1, E6, E8; B6 for large heads).
    ("jwarc", "a 304 has no body, whatever its Content-Length says", r"invalid HTTP header Content-Length", not_modified),
    ("jwarc", "a body is shorter than its Content-Length, and the record says truncated", r"invalid HTTP header Content-Length", truncated),
    ("jwarc", "chunks end early, and the record says truncated", r"Exception during validation: .*EOF reached before end of chunked", truncated),
    ("jwarc", "chunk framing is broken", r"payload digest failed", chunks_break),
    ("jwarc", "Transfer-Encoding overrides Content-Length", r"invalid HTTP header Content-Length", chunked),
    ("jwarc", "a Content-Length is no number", r"failed to read HTTP Content-Length header", length_is_odd),
    ("jwarc", "a status line is none by the letter", r"Exception during validation: .*invalid HTTP message", status_is_odd),
    ("jwarc", "a line of a head is no field by the letter", r"Exception during validation: .*invalid HTTP message", no_proper_field),
    ("jwarc", "of two Content-Length the first counts", r"invalid HTTP header Content-Length", lengths_differ),
    ("jwarc", "a blank before the extension of a chunk is no part of the body", r"payload digest failed", blank_in_chunk_line),
    ("jwarc", "a line before a chunk may end in bare LF", r"payload digest failed", bare_lf_in_chunks),
    ("jwat", "a head is larger than 32 KiB", r".*(Unable to parse http header|Unexpected EOF)", large_head),
    ("jwat", "a status line is none by the letter", r".*Unable to parse http header", status_is_odd),
    ("jwat", "lines of a head end in bare LF", r".*Missing CR", ragged),
    ("jwat", "a line of a head is no field by the letter", r".*Invalid separator character", no_proper_field),
    ("jwat", "a field holds a control character", r".*Invalid control character", control_in_field),
    ("jwat", "a head is cut, and the record says truncated", r".*Unexpected EOF", head_is_cut),
    ("gowarc", "a head is cut, and the record says truncated", r"missing line separator at end of http headers", head_is_cut),
    ("gowarc", "of two Content-Length one counts", r".*multiple Content-Length headers", lengths_differ),
    ("gowarc", "a Content-Length is no number", r".*bad Content-Length", length_is_odd),
    ("gowarc", "a status line is none by the letter", r".*(invalid method|malformed HTTP version)", status_is_odd),
    ("gowarc", "a line of a head is no field by the letter", r".*malformed MIME header", no_proper_field),
    ("gowarc", "a field holds a control character", r".*malformed MIME header", control_in_field),
    ("gowarc", "gzip is a transfer coding too", r".*unsupported transfer encoding", gzip_before_chunked),
]


def members(path):
    """Offset and octets of each member, with what they hold."""
    data, at = open(path, "rb").read(), 0
    while at < len(data):
        member = zlib.decompressobj(31)
        record = member.decompress(data[at:])
        end = len(data) - len(member.unused_data)
        yield at, data[at:end], record
        at = end


def read(collections_):
    """By file and offset, and by record id: (header, head, block)."""
    places, ids, count = {}, {}, 0
    for path in sorted(path for collection in collections_ for path in glob.glob(os.path.join(collection, "archive", "*.warc.gz"))):
        for at, _, record in members(path):
            words, _, block = record.partition(b"\r\n\r\n")
            header = dict(line.split(": ", 1) for line in words.decode().split("\r\n")[1:])
            header = {name.lower(): value for name, value in header.items()}
            block = block[:-4]
            head = re.split(rb"\r?\n\r?\n", block, maxsplit=1)[0] if "http" in header.get("content-type", "") else b""
            places[os.path.basename(path), at] = ids[header["warc-record-id"].strip("<>")] = (header, head, block)
            count += 1
    return places, ids, count


def complaints_of_warcio(text):
    """An id, and under it what is wrong with the record."""
    record = None
    for line in text.splitlines():
        found = re.search(r"WARC-Record-ID <(\S+)>", line)
        if found:
            record = found[1]
        elif line.startswith("    "):
            yield record, line.strip()
        elif not line.endswith(".warc.gz"):
            yield None, line


def complaints_of_jwarc(text):
    """What is wrong, and under it the offset; at the end of a file its name."""
    waiting, found = [], []
    for line in text.splitlines():
        place = re.match(r"  offset (\d+) ", line)
        end = re.match(r"Failed to validate (\S+)", line)
        if place:
            found += [(int(place[1]), words) for words in waiting] or [(int(place[1]), "nothing said")]
            waiting = []
        elif end:
            yield from (((os.path.basename(end[1]), at), words) for at, words in found)
            found = []
        elif line.strip():
            waiting.append(re.sub(r"^(ERROR|SEVERE|WARNING): ", "", line.strip()))
    yield from ((None, words) for words in waiting + [words for _, words in found])


def complaints_in_lines(text):
    """File, offset, words, with tabs between; of each file the number of records."""
    for line in text.splitlines():
        parts = line.split("\t")
        if len(parts) == 3:
            yield (os.path.basename(parts[0]), int(parts[1])), parts[2]
        elif not re.match(r"\S+: \d+ records$", line):
            yield None, line


def judge(validator, said, collections_):
    text = open(said, errors="replace").read()
    places, ids, count = read(collections_)
    read_said = {"warcio": complaints_of_warcio, "jwarc": complaints_of_jwarc}.get(validator, complaints_in_lines)
    alarms = [alarm[1:] for alarm in ALARMS if alarm[0] == validator]
    raised, real = collections.Counter(), []
    for place, words in read_said(text):
        record = places.get(place) or ids.get(place)
        name = next((name for name, pattern, known in alarms if record and re.match(pattern, words) and known(*record)), None)
        raised[name] += 1
        if not name:
            real.append("%s  %s  %s" % (place, record[0].get("warc-target-uri") if record else "", words))
    for name, _, _ in alarms:
        print("  false alarm, %2d times: %s" % (raised[name], name))
    seen = sum(int(number) for number in re.findall(r": (\d+) records$", text, re.M)) or count
    silent = [name for name, _, _ in alarms if not raised[name]]
    print("%s: %d records, %d complaints, %d of them real" % (validator, seen, sum(raised.values()), len(real)), *real[:10], sep="\n  ")
    if silent or seen != count:
        print("  never raised: %s; %d records were there" % (silent, count))
    return bool(real or silent or seen != count)


def spoil(collection, out):
    path, done = sorted(glob.glob(os.path.join(collection, "archive", "*.warc.gz")))[0], False
    with open(out, "wb") as file:
        for _, octets, record in members(path):
            if not done and record.startswith(b"WARC/1.1\r\nWARC-Type: response"):
                digest = re.search(rb"WARC-Block-Digest: sha1:(.)", record)
                other = b"A" if digest[1] != b"A" else b"B"
                packer = zlib.compressobj(wbits=31)
                octets = packer.compress(record[:digest.start(1)] + other + record[digest.end(1):]) + packer.flush()
                done = True
            file.write(octets)
    return not done


if __name__ == "__main__":
    if sys.argv[1] == "--spoil":
        sys.exit(spoil(sys.argv[2], sys.argv[3]))
    sys.exit(judge(sys.argv[1], sys.argv[2], sys.argv[3:]))
