"""Reads WARC files by the book and by nothing else: the tests' own eyes, independent of the program under test."""
import glob
import gzip
import hashlib
import os
import zlib


def records(path):
    """Yields (header dict with lower-case names, block bytes) of every record; fails loudly on anything odd.  Of fields that
    repeat the first counts; header["all"] has the values of each."""
    data, at = memoryview(open(path, 'rb').read()), 0
    while at < len(data):
        member, record = zlib.decompressobj(31), b''
        while at < len(data) and not member.eof:
            piece = data[at:at + 65536]
            record += member.decompress(piece)
            at += len(piece) - len(member.unused_data)
        assert member.eof, 'a gzip member of %s is cut' % path
        head, _, rest = record.partition(b'\r\n\r\n')
        lines = head.decode().split('\r\n')
        assert lines[0] == 'WARC/1.1', lines[0]
        header = {"all": {}}
        for line in lines[1:]:
            name, _, value = line.partition(': ')
            header.setdefault(name.lower(), value)
            header["all"].setdefault(name.lower(), []).append(value)
        length = int(header['content-length'])
        assert rest[length:] == b'\r\n\r\n', 'a record of %s has no proper end' % path
        yield header, rest[:length]


def body_of(block):
    """Status and decoded body of an HTTP response."""
    head, _, body = block.partition(b'\r\n\r\n')
    lines = head.decode('latin-1').split('\r\n')
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(':') for line in lines[1:])}
    if fields.get('transfer-encoding', '').lower() == 'chunked':
        plain = b''
        while True:
            size, _, body = body.partition(b'\r\n')
            count = int(size.split(b';')[0], 16)
            if not count:
                break
            plain, body = plain + body[:count], body[count + 2:]
        body = plain
    if fields.get('content-encoding') == 'gzip':
        body = gzip.decompress(body)
    return int(lines[0].split()[1]), body


IDENTICAL = 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest'
UNCHANGED = 'http://netpreserve.org/warc/1.1/revisit/server-not-modified'


def responses(directory):
    """Yields (URL, status, body) of every response in a collection, in order; of a revisit its own head and the body of the
    response that it refers to, which must have come before, by all three names."""
    originals, heads = {}, {}
    for path in sorted(glob.glob(os.path.join(directory, 'archive', '*.warc.gz'))):
        for header, block in records(path):
            if header['warc-type'] == 'response':
                head, blank, body = block.partition(b'\r\n\r\n')
                originals[header['warc-record-id']], heads[header['warc-record-id']] = (header, body), head + blank
            elif header['warc-type'] == 'revisit':
                original, body = originals[header['warc-refers-to']]
                assert header['warc-refers-to-target-uri'] == original['warc-target-uri'], header
                assert header['warc-refers-to-date'] == original['warc-date'], header
                assert header['warc-payload-digest'] == original['warc-payload-digest'], header
                assert 'warc-truncated' not in original, header
                if header['warc-profile'] == UNCHANGED: # a 304, of which nothing but the reference is in the record
                    assert not block and 'content-type' not in header, header
                    block = heads[header['warc-refers-to']] + body
                else:
                    assert header['warc-profile'] == IDENTICAL and header['warc-truncated'] == 'length', header
                    assert block.endswith(b'\r\n\r\n'), header
                    block += body
            else:
                continue
            status, body = body_of(block)
            yield header['warc-target-uri'], status, body


def folded(url):
    """http and https of one address are one resource."""
    return url.replace('https://', 'http://', 1)


def read_manifest(path):
    """URL (folded) -> (class, status, bytes or None, sha1 or None)."""
    rows = {}
    for line in open(path):
        kind, url, status, size, digest = line.rstrip('\n').split('\t')
        rows[folded(url)] = (kind, int(status), None if size == '-' else int(size), None if digest == '-' else digest)
    return rows


def check_complete(directory, manifest, once=True):
    """Prints what is wrong with a capture; gives the number of complaints."""
    wanted, seen, exactly, complaints = read_manifest(manifest), {}, {}, []
    for url, status, body in responses(directory):
        key = folded(url)
        seen[key] = True     # some are taken with http and https, to see whether these are the same
        exactly[url] = exactly.get(url, 0) + 1
        row = wanted.get(key)
        if not row:
            complaints.append('nobody listed %s' % url)
        elif status != row[1]:
            complaints.append('%s has status %d, not %d' % (url, status, row[1]))
        elif row[3] and hashlib.sha1(body).hexdigest() != row[3]:
            complaints.append('%s has other bytes than were served' % url)
    complaints += ['%s (%s) is missing' % (url, row[0]) for url, row in wanted.items() if url not in seen]
    if once:
        complaints += ['%s was captured %d times' % (url, count) for url, count in exactly.items() if count > 1]
    for complaint in complaints[:20]:
        print('  ' + complaint)
    print('%d of %d addresses captured, %d complaints' % (len(set(wanted) & set(seen)), len(wanted), len(complaints)))
    return len(complaints)


def members(data):
    """Yields each gzip member as it stands, and what it holds."""
    at = 0
    while at < len(data):
        member = zlib.decompressobj(31)
        plain = member.decompress(data[at:])
        end = len(data) - len(member.unused_data)
        yield data[at:end], plain
        at = end


def leave_out(directory, url):
    """Takes all records of an address out of the files, as if it had never been asked for.  How many were left out?"""
    count = 0
    for path in glob.glob(os.path.join(directory, '*.warc.gz')):
        with open(path, 'rb') as file:
            all_members = list(members(file.read()))
        kept = [raw for raw, plain in all_members if b'\nWARC-Target-URI: %s\r\n' % url.encode() not in plain.partition(b'\r\n\r\n')[0] + b'\r\n']
        count += len(all_members) - len(kept)
        with open(path, 'wb') as file:
            file.write(b''.join(kept))
    return count


if __name__ == '__main__':
    import sys
    if sys.argv[1] == 'without':
        sys.exit(leave_out(*sys.argv[2:]) == 0)
    sys.exit(1 if check_complete(sys.argv[1], sys.argv[2], 'again' not in sys.argv[3:]) else 0)
