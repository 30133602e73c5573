/*
 * The rules for WARC files as a table, one row per rule.  A row has a name that never changes, a
 * level (how bad it is to break the rule), the clause of ISO 28500:2017 (WARC 1.1), a sentence
 * about what is wrong, and one about what to do.
 *
 * The reader reports broken rules as flaws and goes on where it can.  The writer refuses a record
 * that would break one.  Both check fields with rules_check().  The rules of the frame (gzip
 * members, lines, lengths) have their rows here too.  member.c, header.c and reader.c check them
 * while bytes are read.  What the block contains is looked at by warc_check(3).  verify goes by
 * this table, and adds rows for what only it looks at (verify/check_rules.h).
 */
#ifndef WARC_RULES_H
#define WARC_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "warccap/warc.h"

/* clang-format off */
#define WARC_RULES(ROW) \
    /* ---- the file and its gzip members ---- */ \
    ROW(FILE_EMPTY, "file-empty", ERROR, "4", "the file is empty", "restore it from a copy; a crawl that begins again makes a new one") \
    ROW(FILE_CUT, "file-cut", ERROR, "4", "the file ends inside a record", "restore it from a copy; all records before this place can be used") \
    ROW(GARBAGE, "garbage", ERROR, "4", "bytes that belong to no record", "cut the bytes out, or restore the file from a copy; the other records can be used") \
    ROW(GZIP_HEADER, "gzip-header", ERROR, "D.2", "the header of a gzip member cannot be understood", "restore the file from a copy; reading goes on at the next member") \
    ROW(GZIP_DATA, "gzip-data", ERROR, "D.2", "the compressed bytes of a gzip member are damaged", "restore the file from a copy; reading goes on at the next member") \
    ROW(GZIP_CRC, "gzip-crc", ERROR, "D.2", "the CRC-32 of a gzip member does not match its bytes", "restore the file from a copy; do not trust this record") \
    ROW(GZIP_LENGTH, "gzip-length", ERROR, "D.2", "the length in the trailer of a gzip member (ISIZE) is wrong", "restore the file from a copy; do not trust this record") \
    ROW(GZIP_EXTRA, "gzip-extra", NOTE, "D.2", "the gzip member has an extra field", "nothing needs to be done; wget writes such a field") \
    ROW(GZIP_NAME, "gzip-name", NOTE, "D.2", "the gzip member has a name or comment", "nothing needs to be done") \
    ROW(MEMBER_EMPTY, "member-empty", ERROR, "D.2", "a gzip member is empty", "write the file anew without it") \
    ROW(MEMBER_SHARED, "member-shared", ERROR, "D.2", "several records share one gzip member", "write the file anew with one member per record; players cannot reach the later records") \
    ROW(MEMBER_WHOLE_FILE, "member-whole-file", ERROR, "D.2", "the whole file is one gzip member", "unpack the file and compress each record by itself; players cannot reach its records") \
    ROW(RECORD_OVER_MEMBERS, "record-over-members", ERROR, "D.2", "one record extends over several gzip members", "write the file anew with one member per record") \
    /* ---- the frame of a record ---- */ \
    ROW(RECORD_TRAILER, "record-trailer", ERROR, "4", "the record does not end in CR LF CR LF", "write the file anew; some programs lose the next record") \
    ROW(LENGTH_BEYOND_MEMBER, "length-beyond-member", ERROR, "5.3", "Content-Length is more than the member has", "restore the file from a copy; the block is not whole") \
    ROW(LENGTH_BEYOND_FILE, "length-beyond-file", ERROR, "5.3", "Content-Length is more than the file has", "restore the file from a copy; the block is not whole") \
    ROW(LENGTH_TOO_SHORT, "length-too-short", ERROR, "5.3", "more than its trailer follows the block", "compare with a copy: bytes were added, or the length was changed") \
    ROW(LENGTH_TOO_LONG, "length-too-long", ERROR, "5.3", "Content-Length reaches into the next record", "compare with a copy: bytes were lost, or the length was changed") \
    ROW(BLANK_BEFORE_RECORD, "blank-before-record", ERROR, "4", "blank lines before the record", "write the file anew; some programs cannot read such a file") \
    /* ---- the grammar of the header ---- */ \
    ROW(ARC_RECORD, "arc-record", NOTE, "4", "the record comes from an ARC file", "nothing needs to be done; ARC is the format before WARC") \
    ROW(VERSION_MISSING, "version-missing", ERROR, "4", "the record does not begin with a version line", "see whether this is a WARC file at all, and restore it from a copy") \
    ROW(VERSION_FORM, "version-form", ERROR, "4", "the version line is not written as WARC/1.1", "write the record anew") \
    ROW(VERSION_UNKNOWN, "version-unknown", ERROR, "4", "the version is not known", "read it with a program for that version") \
    ROW(HEADER_CUT, "header-cut", ERROR, "4", "the header has no end", "restore the file from a copy") \
    ROW(HEADER_TOO_LONG, "header-too-long", ERROR, "4", "the header is longer than warccap reads (1 MiB)", "read the record by other means; hardly any program reads such a header") \
    ROW(HEADER_LONG, "header-long", NOTE, "4", "the header is longer than some tools can read (8 KiB)", "nothing needs to be done; JWAT and JHOVE refuse it") \
    ROW(HEADER_LINE_ENDS, "header-line-ends", ERROR, "4", "lines of the header do not end in CR LF", "see whether the file was transferred as text, and restore it from a copy") \
    ROW(HEADER_FOLDED, "header-folded", WARNING, "4", "a field is folded over several lines", "write the field on one line") \
    ROW(HEADER_LINE, "header-line", ERROR, "4", "a line of the header is not a field", "correct the program that wrote it") \
    ROW(HEADER_NAME, "header-name", ERROR, "4", "the name of a field is not a token", "correct the program that wrote it") \
    ROW(HEADER_CONTROL, "header-control", ERROR, "4", "a field contains a control character", "correct the program that wrote it") \
    ROW(HEADER_UTF8, "header-utf8", ERROR, "4", "a field is not UTF-8", "correct the program that wrote it") \
    ROW(HEADER_ENCODED_WORD, "header-encoded-word", NOTE, "4", "a field seems to contain an encoded word (RFC 2047)", "write the value as UTF-8") \
    /* ---- fields ---- */ \
    ROW(FIELD_MISSING, "field-missing", ERROR, "5.1", "a mandatory field is missing", "correct the program that wrote it") \
    ROW(FIELD_REPEATED, "field-repeated", ERROR, "5.1", "a field that may appear once is repeated", "find out which value is right; programs take the first or the last") \
    ROW(FIELD_NOT_ALLOWED, "field-not-allowed", ERROR, "5", "the field is not allowed in this type of record", "correct the program that wrote it") \
    ROW(FIELD_LATER, "field-later", NOTE, "5", "the field came with a later version of the standard", "nothing needs to be done; most programs read it") \
    ROW(TYPE_UNKNOWN, "type-unknown", NOTE, "5.5", "the standard does not name this type of record", "nothing needs to be done; programs skip the record") \
    ROW(TYPE_CASE, "type-case", WARNING, "5.5", "the type of the record is not in lower case", "write the type in lower case; some programs do not know it otherwise") \
    ROW(LENGTH_FORM, "length-form", ERROR, "5.3", "the length is not a number", "correct the program that wrote it; the record cannot be read") \
    ROW(ID_FORM, "id-form", ERROR, "5.2", "the identifier is not a URI in angle brackets", "correct the program that wrote it") \
    ROW(CONCURRENT_ITSELF, "concurrent-itself", WARNING, "5.7", "WARC-Concurrent-To names the record itself", "correct the program that wrote it") \
    ROW(DATE_FORM, "date-form", ERROR, "5.4", "the date is not written as YYYY-MM-DDThh:mm:ssZ", "correct the program that wrote it; players cannot place the capture in time") \
    ROW(DATE_FRACTION, "date-fraction", ERROR, "5.4", "WARC 1.0 has no fractions of a second", "leave the fraction out, or declare WARC/1.1") \
    ROW(DATE_PRECISION, "date-precision", NOTE, "5.4", "the date is less precise than a second", "nothing needs to be done; some programs fail on it") \
    ROW(URI_BRACKETS, "uri-brackets", WARNING, "5.14", "the URI is in angle brackets", "write the URI without them") \
    ROW(URI_BRACKETS_OLD, "uri-brackets-old", NOTE, "5.14", "the URI is in angle brackets, as in WARC 1.0", "nothing needs to be done; programs remove them") \
    ROW(URI_RELATIVE, "uri-relative", ERROR, "5.14", "the URI is not absolute", "correct the program that wrote it") \
    ROW(URI_ASCII, "uri-ascii", ERROR, "5.14", "the URI has characters that are not ASCII", "escape them, as the request did") \
    ROW(URI_CHARACTER, "uri-character", ERROR, "5.14", "the URI has blanks, quotes or angle brackets", "escape them, as the request did") \
    ROW(URI_UNWISE, "uri-unwise", NOTE, "5.14", "the URI has characters that must be escaped (RFC 3986)", "nothing needs to be done; programs escape them in different ways") \
    ROW(URI_FRAGMENT, "uri-fragment", WARNING, "5.14", "the URI has a fragment", "write the URI without it; it was never requested") \
    ROW(URI_HOST, "uri-host", WARNING, "RFC 9110, 4.2.1", "the URI names no host, or a port that cannot be", "correct the program that wrote it; players do not find the record") \
    ROW(DIGEST_FORM, "digest-form", ERROR, "5.8", "the digest is not written as label:value", "correct the program that wrote it; the bytes cannot be checked") \
    ROW(DIGEST_ALGORITHM, "digest-algorithm", WARNING, "5.8", "the algorithm of the digest is not known", "use sha1, sha256, sha512 or md5; nobody else can check the bytes") \
    ROW(DIGEST_CASE, "digest-case", NOTE, "5.8", "the digest is not in its usual case", "nothing needs to be done; some programs compare letter by letter") \
    ROW(DIGEST_PADDED, "digest-padded", NOTE, "5.8", "the digest is padded with '='", "nothing needs to be done; some programs compare letter by letter") \
    ROW(DIGEST_LABEL, "digest-label", NOTE, "5.8", "the label of the digest is written with a dash", "nothing needs to be done; some programs do not know it and check nothing") \
    ROW(DIGEST_BASE64, "digest-base64", NOTE, "5.8", "the digest is in Base64", "nothing needs to be done; most programs do not read it and check nothing") \
    ROW(BLOCK_DIGEST, "block-digest", ERROR, "5.8", "the block does not match its digest: it was damaged or altered", "restore the file from a copy; do not trust this record") \
    ROW(PAYLOAD_DIGEST, "payload-digest", ERROR, "5.9", "the payload does not match its digest: it was damaged or altered", "restore the file from a copy; if the block digest is right, the program that wrote it was wrong") \
    ROW(PAYLOAD_DIGEST_RAW, "payload-digest-raw", NOTE, "5.9", "the payload digest covers the chunk framing too, as some tools write it", "nothing needs to be done; such digests find no equal payloads") \
    ROW(DIGEST_UNCHECKED, "digest-unknown", NOTE, "5.8", "digests of this algorithm are not checked", "check it with another program") \
    ROW(ADDRESS_FORM, "address-form", ERROR, "5.10", "the address is not an IPv4 or IPv6 address", "correct the program that wrote it") \
    ROW(ADDRESS_CANONICAL, "address-canonical", NOTE, "5.10", "the IPv6 address is not in the form of RFC 5952", "nothing needs to be done") \
    ROW(CONTENT_TYPE_MISSING, "content-type-missing", WARNING, "5.6", "the block has no Content-Type", "correct the program that wrote it") \
    ROW(CONTENT_TYPE_FORM, "content-type-form", WARNING, "5.6", "the field is not a media type", "correct the program that wrote it") \
    ROW(PROFILE_UNKNOWN, "profile-unknown", WARNING, "6.7", "the profile of the revisit is not known", "see whether players show the revisit") \
    ROW(PROFILE_VERSION, "profile-version", WARNING, "6.7", "the profile belongs to another version of the standard", "write the profile of the record's version") \
    ROW(REVISIT_DIGEST, "revisit-digest", ERROR, "6.7.2", "the revisit names no payload digest", "correct the program that wrote it; players may not find the original") \
    ROW(TRUNCATED_REASON, "truncated-reason", NOTE, "5.15", "the reason for truncation is not known", "nothing needs to be done") \
    ROW(SEGMENT_NUMBER, "segment-number", ERROR, "5.20", "the number of the segment is impossible", "correct the program that wrote it; the segments cannot be joined") \
    ROW(NUMBER_FORM, "number-form", ERROR, "5.22", "the field is not a number", "correct the program that wrote it") \
    /* ---- the content of a record: warc_check(3) ---- */ \
    ROW(BLOCK_DIGEST_MISSING, "block-digest-missing", NOTE, "5.8", "the record has no block digest, so its bytes cannot be checked", "nothing can be done now; let the program that wrote it add digests") \
    ROW(DATE_ABSURD, "date-absurd", WARNING, "5.4", "the date is before the web existed, or in the future", "compare it with the Date field of the response, and with the name of the file") \
    ROW(WARC_FIELDS, "warc-fields", WARNING, "6.2", "the block is declared application/warc-fields, but a line of it is no field", "correct the program that wrote it") \
    ROW(HTTP_HEAD, "http-head", WARNING, "6.3.2", "the block does not begin with a readable HTTP header", "store what is not HTTP as a resource; players fail on it") \
    ROW(HTTP_HEAD_END, "http-head-end", WARNING, "RFC 9112, 2.1", "the HTTP header does not end in an empty line: it was cut, or none was written", "capture the URL again; some players show nothing") \
    ROW(HTTP_MSGTYPE, "http-msgtype", WARNING, "6.3.2", "the msgtype of Content-Type is not that of the record", "correct the program that wrote it") \
    ROW(HTTP_EMPTY, "http-empty", WARNING, "6.3.2", "the record is declared as HTTP, and its block is empty", "capture the URL again; players fail on it") \
    ROW(HTTP_LINE_ENDS, "http-line-ends", WARNING, "RFC 9112, 2.2", "lines of the HTTP header end in LF alone, and some players show an empty page", "nothing can be done if the server sent it so; see whether players show it") \
    ROW(HTTP_VERSION, "http-version", WARNING, "6.3.2", "the status line is not of HTTP/1.0 or HTTP/1.1, and pywb shows nothing else", "write the header as HTTP/1.1, and the version in WARC-Protocol") \
    ROW(HTTP_INTERIM, "http-interim", WARNING, "RFC 9110, 15.2", "an interim response (1xx) is in front of the final one, and players show it", "write the final response only") \
    ROW(HTTP_SHORT, "http-short", ERROR, "5.15", "the body is not whole, and the record does not say that it was truncated", "capture the URL again") \
    ROW(HTTP_BODY_MISSING, "http-body-missing", WARNING, "RFC 9110, 9.3.2", "the body that the header announces is missing, and no request says HEAD", "verify the file that has the request too, or capture the URL again") \
    ROW(HTTP_UNWANTED_BODY, "http-unwanted-body", WARNING, "RFC 9110, 6.4.1", "a response that cannot have a body has one", "see whether it belongs to another response") \
    ROW(HTTP_LONG, "http-long", WARNING, "RFC 9112, 6.3", "the body is longer than its Content-Length", "see whether players show all of it") \
    ROW(HTTP_LENGTHS, "http-lengths", WARNING, "RFC 9112, 6.3", "the response has two lengths that differ", "see whether players show all of it; programs take the first or the last") \
    ROW(HTTP_CHUNKS, "http-chunks", WARNING, "RFC 9112, 7.1", "the chunk framing of the body is broken", "capture the URL again; players show only what precedes the damage") \
    ROW(HTTP_AFTER_CHUNKS, "http-after-chunks", WARNING, "RFC 9112, 7.1", "bytes follow the last chunk", "see whether they belong to another response; players show or drop them") \
    ROW(HTTP_TRAILERS, "http-trailers", NOTE, "RFC 9112, 7.1.2", "fields follow the last chunk, and pywb shows them as part of the body", "nothing needs to be done; see whether players show the body correctly") \
    ROW(REQUEST_URL, "request-url", WARNING, "6.5", "the request asks for another URL than WARC-Target-URI", "compare the record with a copy: one of them was altered") \
    ROW(HTTP_DATE, "http-date", WARNING, "5.4", "the server's Date is more than a day from WARC-Date", "compare the record with a copy: its date was altered, or the clock of the server or of the crawler was wrong") \
    ROW(PAYLOAD_KIND, "payload-kind", NOTE, "5.19", "the payload is not what it is declared to be", "look at it; an error page may have come in its place") \
    ROW(SOFT_ERROR, "soft-error", NOTE, "RFC 9110, 15.5.5", "a page with status 200 says that the page does not exist", "nothing needs to be done; such a URL counts as kept") \
    ROW(DIGEST_COLLISION, "digest-collision", WARNING, "5.9", "somebody made two payloads with one digest, so the digest proves nothing", "compare both with a copy by SHA-256") \
    ROW(BODY_ENDS_EARLY, "body-ends-early", WARNING, "replay", "the coded body ends early, so a part of it is missing", "capture the URL again") \
    ROW(BODY_CODING_BROKEN, "body-coding-broken", WARNING, "replay", "the coded body is damaged, so players show at most its beginning", "capture the URL again")
/* clang-format on */

enum rule {
#define ROW(id, name, level, clause, words, advice) RULE_##id,
    WARC_RULES(ROW)
#undef ROW
        RULE_COUNT
};

/* The rule with that name, NULL when there is none; static.  warc_rule() finds one by its number,
 * an enum rule. */
const struct warc_rule *rule_by_name(const char *name);
/* Whether the rule with that name is about gzip members and the frame of records.  Where such a
 * rule is broken, bytes are missing, damaged or too many.  The other rules are about the content of
 * a header. */
bool rule_is_about_frame(const char *name);

/* Receives each broken rule.  `words` is the rule's sentence followed by a detail; it lives for the
 * call. */
struct rule_listener {
    void (*tell)(void *context, enum rule rule, const char *words);
    void *context;
};

enum { RULE_WORDS = 200 }; /* bytes of a sentence with its detail and NUL; longer ones are cut */

enum {
    WARC_HEADER_MOST = 1 << 20, /* bytes; longer headers are neither read nor written */
    WARC_HEADER_EASY = 8192,    /* bytes; every tool in use can read that much */
};

/* The ending of a noun after the number `n`: "1 byte", "2 bytes". */
#define PLURAL(n) ((n) == 1 ? "" : "s")

/* Reports a broken rule to `listener`: its sentence, a colon, and the formatted detail; the
 * sentence alone when that is empty.  Control characters become '?'. */
void rule_tell(const struct rule_listener *listener, enum rule rule, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Checks all fields of a header, one by one and together, and reports every broken rule to
 * `listener`. */
void rules_check(const struct warc_record *record, const struct rule_listener *listener);

/* Whether the block is an HTTP message.  Its Content-Type decides.  Without one, responses and
 * requests are taken for HTTP. */
bool record_holds_http(const struct warc_record *record);

/* Where in a header the writer puts a field.  The order is always the same, so that archives can be
 * compared. */
enum field_slot {
    SLOT_FRONT,  /* after WARC-Target-URI */
    SLOT_MIDDLE, /* after WARC-Warcinfo-ID */
    SLOT_BACK,   /* after the digests */
};
/* SLOT_MIDDLE for names that the standard does not have. */
enum field_slot rules_slot(const char *field_name);

/* The type with that name, in upper or lower case; WARC_UNKNOWN when the standard has none. */
enum warc_type rules_type(const char *name);

#endif
