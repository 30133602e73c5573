"""What records say of the exchange beside its octets.

    facts.py COLLECTION FACT...     each FACT must hold of the collection, else it is printed and the exit code is 1
"""
import base64
import glob
import os
import re
import sys

from warcread import records

collection = sys.argv[1]
found = [(header, block) for path in sorted(glob.glob(os.path.join(collection, "archive", "*.warc.gz"))) for header, block in records(path)]


def of_type(*types):
    return [(header, block) for header, block in found if header["warc-type"] in types]


def answers():
    return of_type("response", "revisit")


def over(scheme):
    return [(header, block) for header, block in answers() + of_type("request") if header["warc-target-uri"].startswith(scheme + ":")]


def metadata():
    return [(header, block.decode("latin-1").split("\r\n")) for header, block in of_type("metadata")]


def protocols_are(*wanted):
    """Of every answer and request over https, or over http where no TLS is among them, in this order."""
    those = over("https" if len(wanted) > 1 else "http")
    return bool(those) and all(header["all"].get("warc-protocol", []) == list(wanted) for header, _ in those)


def cipher_is(wanted):
    return bool(over("https")) and all(header.get("warc-cipher-suite") == wanted for header, _ in over("https"))


def no_cipher_over_http():
    return bool(over("http")) and not any("warc-cipher-suite" in header for header, _ in over("http"))


def chains_are(count, certificate):
    """So many, one a host, each with the certificate of this file first, and each found by the index."""
    chains = [(header, block) for header, block in of_type("resource") if header["warc-target-uri"].startswith("urn:warccap:certificates:")]
    pem = re.compile(rb"-----BEGIN CERTIFICATE-----(.*?)-----END", re.S)
    der = base64.b64decode(pem.search(open(certificate, "rb").read())[1])
    index = open(os.path.join(collection, "indexes", "index.cdxj")).read()
    return len(chains) == int(count) and all(
        base64.b64decode(pem.search(block)[1]) == der and header["content-type"] == "application/pem-certificate-chain" and
        header["warc-target-uri"] in index for header, block in chains)


def times_rise():
    """Every answer has them, and no step came before the one before it."""
    lines = [line for _, lines in metadata() for line in lines if line.startswith("fetchTimesUs: ")]
    numbers = [[int(number) for number in re.findall(r" (\d+)", line)] for line in lines]
    return len(lines) == len(answers()) and all(row == sorted(row) and row[-1] > 0 for row in numbers)


def one_connection_was_kept():
    return any(line.startswith("fetchTimesUs: reused") for _, lines in metadata() for line in lines)


def heads_are_http1():
    return all(re.match(rb"HTTP/1\.1 \d\d\d ", block) for _, block in answers()) and \
        all(re.match(rb"GET \S+ HTTP/1\.1\r\n", block) for _, block in of_type("request"))


def metadata_says(pattern):
    """In every metadata record of what came over https, or of all when nothing did."""
    those = [lines for header, lines in metadata() if header["warc-target-uri"].startswith("https:")]
    return all(any(re.fullmatch(pattern, line) for line in lines) for lines in those or [lines for _, lines in metadata()])


def no_metadata_says(pattern):
    return not any(re.fullmatch(pattern, line) for header, lines in metadata() for line in lines)


def requests_say(line):
    return bool(of_type("request")) and all(b"\r\n" + line.encode() + b"\r\n" in block for _, block in of_type("request"))


def only_requests_to_say(start, line):
    """Those to addresses that begin so, and no others."""
    requests = of_type("request")
    said = [b"\r\n" + line.encode() + b"\r\n" in block for _, block in requests]
    return any(said) and not all(said) and said == [header["warc-target-uri"].startswith(start) for header, _ in requests]


def some_metadata_says(pattern):
    return any(re.fullmatch(pattern, line) for header, lines in metadata() for line in lines)


def nowhere(words):
    return not any(words.encode() in block for _, block in found)


def page_names_all_fields(page):
    """The manual page about records has each field of metadata records."""
    names = {line.split(":")[0] for _, lines in metadata() for line in lines if line}
    known = set(re.findall(r"[A-Za-z0-9]+", "".join(line for line in open(page) if line.startswith(".B"))))
    print("  fields:", *sorted(names))
    return bool(names) and names <= known


def only_a_failure(url):
    """One metadata record with the error, and nothing that claims to be an answer."""
    return not answers() and not of_type("request", "resource") and any(
        header["warc-target-uri"] == url and any(line.startswith("error: ") for line in lines) for header, lines in metadata())


wrong = [fact for fact in sys.argv[2:] if not globals()[fact.split("=")[0]](*filter(None, fact.partition("=")[2].split("|")))]
for fact in wrong:
    print("  does not hold: " + fact)
sys.exit(bool(wrong))
