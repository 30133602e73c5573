/*
 * Every rule that verify may report, in one table.  The rules for one record stand in warc/rules.h,
 * because the library goes by them too; those that only verify looks at stand here.  Together
 * they are numbered as one: first the rules for records, then these.
 *
 * `verify --rules`, `verify --explain` and warccap-verify-rules(7) print the table.  A finding
 * names its rule by number, so nothing can be reported that is not in it.  Names stand in the
 * scripts of users: never give an old name a new meaning.
 *
 * A row: number, name, level, level for a lone file, clause, what is wrong, what to do.  A file
 * may be an excerpt, and what its records refer to may be in another (WARC 1.1, 5.16, 6.2).  So
 * some rules have a lower level unless a whole collection is verified.  A clause that begins with
 * a digit is one of ISO 28500:2017.
 */
#ifndef VERIFY_CHECK_RULES_H
#define VERIFY_CHECK_RULES_H

#include <stdbool.h>

#include "base/result.h"
#include "base/text.h"
#include "warc/rules.h"

/* clang-format off */
#define CHECK_RULES(ROW) \
    /* ---- one record ---- */ \
    ROW(METADATA_FIELD, "metadata-field", NOTE, NOTE, "warccap-records(7)", "a field of a metadata record has a value that is not valid and is ignored", "nothing needs to be done; another program may give the field another meaning") \
    ROW(METADATA_SEED, "metadata-seed", NOTE, NOTE, "warccap-records(7)", "a metadata record calls a URL a seed that is not an http or https URL", "nothing needs to be done") \
    ROW(CRAWL_LIMIT, "crawl-limit", NOTE, NOTE, "warccap-records(7)", "a limit of the crawl has cut what this URL sent or named", "raise the limit that is named, if it can be raised, and crawl again") \
    ROW(WARCINFO_OPTION, "warcinfo-option", WARNING, WARNING, "warccap-records(7)", "the warcinfo record names an option of the crawl that makes no sense", "compare the warcinfo record with a copy; completeness is judged without the option") \
    ROW(NO_WARCINFO, "no-warcinfo", WARNING, WARNING, "6.2", "the file does not begin with a warcinfo record, so nothing says how it was made", "keep a note of where the file comes from") \
    ROW(FILENAME, "warc-filename", NOTE, NOTE, "5.17", "WARC-Filename is not the name of the file", "nothing needs to be done; give the file its name back if you can") \
    ROW(FILE_KIND, "file-kind", ERROR, ERROR, "warccap(1)", "the file is neither WARC nor ARC, but of another kind", "unpack it, and verify what is in it") \
    ROW(FILE_GROWS, "file-grows", WARNING, WARNING, "warccap(1)", "a program is writing the file, so its end is not judged", "verify it again when it is finished") \
    ROW(UNREADABLE, "unreadable", ERROR, ERROR, "warccap(1)", "the file cannot be read", "check that it is a file, and that you may read it") \
    /* ---- responses ---- */ \
    ROW(CHALLENGE, "challenge", NOTE, NOTE, "replay", "a service that guards the site sent a challenge in the place of the page", "crawl again later, or ask the site to let the crawler in") \
    ROW(MANY_FAILURES, "many-failures", NOTE, NOTE, "RFC 9110, 15.6", "many of the responses are 429 or 5xx, so the site was overloaded, or kept the crawler out", "crawl again, slower: --wait") \
    /* ---- records together ---- */ \
    ROW(ID_REPEATED, "id-repeated", ERROR, ERROR, "5.2", "another record has the same WARC-Record-ID", "see whether the record is stored twice; otherwise correct the program that wrote it") \
    ROW(WARCINFO_DANGLING, "warcinfo-dangling", ERROR, WARNING, "5.16", "WARC-Warcinfo-ID does not name a warcinfo record of these files", "verify the file that the record was taken from too; in a collection a record was removed") \
    ROW(WARCINFO_ELSEWHERE, "warcinfo-elsewhere", ERROR, WARNING, "5.16", "WARC-Warcinfo-ID names the warcinfo record of another file", "see whether records were moved between files") \
    ROW(CONCURRENT_DANGLING, "concurrent-dangling", ERROR, WARNING, "5.7", "WARC-Concurrent-To does not name a record of these files", "verify the file that has the other record too; in a collection a record was removed") \
    ROW(CONCURRENT_URL, "concurrent-url", WARNING, WARNING, "5.7", "WARC-Concurrent-To names a record of another URL", "compare both records with a copy: one of them was altered") \
    ROW(CONCURRENT_DATE, "concurrent-date", WARNING, WARNING, "5.4", "WARC-Concurrent-To names a record of another date", "compare both records with a copy: one of them was altered") \
    ROW(CONCURRENT_TYPE, "concurrent-type", WARNING, WARNING, "5.7", "WARC-Concurrent-To names a record that is no part of a capture", "compare both records with a copy: one of them was altered") \
    ROW(REQUEST_TWO_RESPONSES, "request-two-responses", WARNING, WARNING, "6.5", "two responses belong to one request", "compare the file with a copy: a response was inserted or altered") \
    ROW(REQUEST_MISSING, "request-missing", WARNING, WARNING, "6.5", "the response has no request, though others of its file have one", "compare the file with a copy: a request was lost, or a response inserted") \
    ROW(METADATA_MISSING, "metadata-missing", WARNING, WARNING, "6.6", "the response has no metadata record, though others of its file have one", "compare the file with a copy: a metadata record was lost, or a response inserted") \
    ROW(DATE_BEFORE_WARCINFO, "date-before-warcinfo", WARNING, WARNING, "5.4", "the capture is more than a day older than the warcinfo record of its file", "compare the record with a copy: its date was altered, or it was copied from elsewhere") \
    ROW(REVISIT_CHAIN, "revisit-chain", ERROR, ERROR, "6.7.2", "the revisit refers to another revisit, so players show nothing", "let it refer to the original") \
    ROW(REVISIT_TRUNCATED, "revisit-truncated", ERROR, ERROR, "6.7.2", "the revisit refers to a truncated record", "capture the URL again") \
    ROW(REVISIT_OTHER_DIGEST, "revisit-other-digest", ERROR, ERROR, "6.7.2", "the revisit and its original have different payload digests", "capture the URL again; players show the wrong payload") \
    ROW(REVISIT_NO_RESPONSE, "revisit-no-response", ERROR, ERROR, "6.7", "the revisit refers to a record that is no response, so it has no payload to show", "let it refer to the response; correct the program that wrote it") \
    ROW(REVISIT_CONTRADICTS, "revisit-contradicts", ERROR, ERROR, "5.12", "WARC-Refers-To names one record, and URL and date name another", "compare the record with a copy: it was altered, or the program that wrote it is wrong") \
    ROW(REVISIT_DATE, "revisit-date", WARNING, WARNING, "6.7", "the revisit is more than a day older than its original", "compare both records with a copy: the date of one of them was altered") \
    ROW(REVISIT_PRECISION, "revisit-precision", NOTE, NOTE, "6.7.2", "WARC-Refers-To-Date is not as precise as the date of the original", "nothing needs to be done; players compare dates to the second") \
    ROW(REVISIT_EMPTY_DIGEST, "revisit-empty-digest", WARNING, WARNING, "6.7.3", "the server answered 304, and the revisit has the digest of that empty body, not of its original", "let the program that wrote it give the digest of the original, by which players find it") \
    ROW(REVISIT_DANGLING, "revisit-dangling", ERROR, WARNING, "5.11", "the record that this revisit refers to is not in these files", "verify the whole collection; if it is not there either, players show nothing") \
    ROW(REFERS_DANGLING, "refers-dangling", ERROR, WARNING, "5.11", "WARC-Refers-To does not name a record of these files", "verify the whole collection; if it is not there either, a record was removed") \
    ROW(SEGMENT_ORIGIN, "segment-origin", ERROR, WARNING, "7", "the first segment of the record is not in these files", "verify the file that has it too; in a collection a record was removed") \
    ROW(SEGMENT_GAP, "segment-gap", ERROR, WARNING, "5.20", "a segment is missing, or there twice", "verify the file that has it too; in a collection a record was removed or doubled") \
    ROW(SEGMENT_LAST, "segment-last", ERROR, WARNING, "5.22", "no segment says how long the whole record is, so the last one is missing", "verify the file that has it too; in a collection a record was removed") \
    ROW(SEGMENT_TOTAL, "segment-total", ERROR, ERROR, "5.22", "the lengths of the segments do not add up to WARC-Segment-Total-Length", "compare the segments with a copy: one of them was altered") \
    ROW(SEGMENT_URL, "segment-url", ERROR, ERROR, "7", "a segment has another URL than the first", "compare the segments with a copy: one of them was altered") \
    /* ---- WACZ ---- */ \
    ROW(WACZ_DAMAGED, "wacz-damaged", ERROR, ERROR, "WACZ 1.1.1", "the zip archive is damaged or cut, so members are missing or wrong", "restore the file from a copy") \
    ROW(WACZ_PACKAGE, "wacz-package", ERROR, ERROR, "WACZ 1.1.1", "players need something in datapackage.json that is not there", "make the file anew from its WARC files") \
    ROW(WACZ_HASH, "wacz-hash", ERROR, ERROR, "WACZ 1.1.1", "the digest or length of a member is not the one that is listed: it was damaged or altered", "restore the file from a copy") \
    ROW(WACZ_MEMBER, "wacz-member", ERROR, ERROR, "WACZ 1.1.1", "datapackage.json and the zip archive do not have the same members", "restore the file from a copy, or make it anew from its WARC files") \
    ROW(WACZ_STORED, "wacz-stored", WARNING, WARNING, "WACZ 1.1.1", "the member is compressed in the zip archive, so players cannot read it in place", "make the file anew; WARC files and indexes are stored as they are") \
    ROW(WACZ_SIGNATURE, "wacz-signature", ERROR, ERROR, "wacz-auth 0.1.0", "the signature is not of this package and by this key: one of the three was altered", "restore the file from a copy, or ask who signed it") \
    ROW(WACZ_PAGE, "wacz-page", WARNING, WARNING, "WACZ 1.1.1", "the list of pages has a page that is not in the index", "make the list anew, or capture the page again") \
    /* ---- files and manifests ---- */ \
    ROW(NOTHING_TO_VERIFY, "nothing-to-verify", ERROR, ERROR, "warccap(1)", "there is nothing to verify here: no *.warc, *.warc.gz, *.arc or *.arc.gz", "give a collection, a directory of such files, or a directory of collections") \
    ROW(FILE_OPEN, "file-open", ERROR, ERROR, "warccap(1)", "a run that was killed left this file unfinished", "crawl again, which repairs it; if a crawl is writing it now: verify --live") \
    ROW(FILE_MISSING, "file-missing", ERROR, ERROR, "SHA256SUMS", "a finished file is missing", "restore it from a copy") \
    ROW(FILE_UNREADABLE, "file-unreadable", ERROR, ERROR, "SHA256SUMS", "a file that SHA256SUMS lists cannot be read", "check that it is a file, and that you may read it") \
    ROW(FILE_DAMAGED, "file-damaged", ERROR, ERROR, "SHA256SUMS", "the file has changed since it was written, and its records have errors", "restore it from a copy") \
    ROW(FILE_ALTERED, "file-altered", ERROR, ERROR, "SHA256SUMS", "the file has changed since it was written, but its records have no errors: somebody edited it", "compare it with a copy") \
    ROW(FILE_UNLISTED, "file-unlisted", ERROR, ERROR, "SHA256SUMS", "SHA256SUMS does not list this file", "if a run was killed, the next crawl adds it; otherwise find out who put it there") \
    ROW(SUMS_LINE, "sums-line", ERROR, ERROR, "SHA256SUMS", "a line is not a digest with the name of a file of this directory", "restore SHA256SUMS from a copy") \
    ROW(SUMS_UNREADABLE, "sums-unreadable", ERROR, ERROR, "SHA256SUMS", "SHA256SUMS cannot be read", "check that it is a file, and that you may read it") \
    ROW(MANIFEST_CHAIN, "manifest-chain", ERROR, ERROR, "runs/*.manifest", "the manifests of the runs do not follow each other: one was removed, inserted or changed", "restore runs/ from a copy") \
    ROW(MANIFEST_DISAGREES, "manifest-disagrees", ERROR, ERROR, "runs/*.manifest", "a manifest lists a file for which SHA256SUMS has no line or another digest: one of the two was changed", "restore both from a copy") \
    ROW(MANIFEST_UNREADABLE, "manifest-unreadable", ERROR, ERROR, "runs/*.manifest", "a manifest cannot be read", "check that it is a file, and that you may read it") \
    ROW(MANIFEST_MISSING, "manifest-missing", ERROR, ERROR, "warcinfo", "a warcinfo record names a manifest that is not in runs/, or has another digest now", "restore runs/ from a copy") \
    ROW(MANIFEST_GIVEN, "manifest-given", ERROR, ERROR, "--manifest", "no manifest has the digest that --manifest gives", "compare runs/ with a copy: manifests were removed or changed; or the digest is that of another collection") \
    ROW(FILE_UNVOUCHED, "file-unvouched", ERROR, ERROR, "runs/*.manifest", "SHA256SUMS lists a file that no manifest lists: a manifest was removed, or the line added", "restore runs/ from a copy") \
    /* ---- the index ---- */ \
    ROW(LOG_RECORD, "log-record", NOTE, NOTE, "logs/crawl.log", "the log of the crawl has a capture that no record has: a kill came first, or the record was lost or altered", "compare archive/ with a copy; after a kill, the next crawl captures the URL again") \
    ROW(LOG_LINE, "log-line", NOTE, NOTE, "logs/crawl.log", "the log of the crawl has no line of this response: it was inserted, or a kill cut the log", "compare the file with a copy") \
    ROW(LOG_STATUS, "log-status", WARNING, WARNING, "logs/crawl.log", "the log of the crawl has another status than the record", "compare the record with a copy: it was altered, or the log was") \
    ROW(RUN_CHANGE, "run-change", NOTE, NOTE, "runs/*.json", "the summary of the last run names a change that the captures of the URL do not show", "compare runs/ and archive/ with a copy: one of them was altered") \
    ROW(CDXJ_UNREADABLE, "cdxj-unreadable", ERROR, ERROR, "CDXJ", "the collection has no index that can be read", "make it: warccap index") \
    ROW(CDXJ_LINE, "cdxj-line", ERROR, ERROR, "CDXJ", "this is not a CDXJ line", "rebuild the index: warccap index") \
    ROW(CDXJ_ORDER, "cdxj-order", ERROR, ERROR, "CDXJ", "the lines are not sorted here, so players miss captures", "rebuild the index: warccap index") \
    ROW(CDXJ_KEY, "cdxj-key", ERROR, ERROR, "CDXJ", "the key of the line is not that of its URL, so no player finds the capture", "rebuild the index: warccap index") \
    ROW(CDXJ_TWICE, "cdxj-twice", ERROR, ERROR, "CDXJ", "another line points at the same record", "rebuild the index: warccap index") \
    ROW(CDXJ_FILE, "cdxj-file", ERROR, ERROR, "CDXJ", "the line names a file that is not in archive/", "restore the file from a copy, or rebuild the index: warccap index") \
    ROW(CDXJ_OFFSET, "cdxj-offset", ERROR, ERROR, "CDXJ", "no record begins at that offset", "rebuild the index: warccap index") \
    ROW(CDXJ_LENGTH, "cdxj-length", ERROR, ERROR, "CDXJ", "the record at that offset has another length", "rebuild the index: warccap index") \
    ROW(CDXJ_RECORD, "cdxj-record", ERROR, ERROR, "CDXJ", "the line points at a record that does not belong in an index", "rebuild the index: warccap index") \
    ROW(CDXJ_URL, "cdxj-url", ERROR, ERROR, "CDXJ", "the record at that offset has another URL", "compare the file with a copy, or rebuild the index: warccap index") \
    ROW(CDXJ_DATE, "cdxj-date", ERROR, ERROR, "CDXJ", "the record at that offset has another date", "compare the file with a copy, or rebuild the index: warccap index") \
    ROW(CDXJ_STATUS, "cdxj-status", ERROR, ERROR, "CDXJ", "the record at that offset has another status or type", "rebuild the index: warccap index") \
    ROW(CDXJ_DIGEST, "cdxj-digest", ERROR, ERROR, "CDXJ", "the record at that offset has another digest", "compare the file with a copy, or rebuild the index: warccap index") \
    ROW(CDXJ_RECORD_DIGEST, "cdxj-record-digest", ERROR, ERROR, "WACZ 1.1.1", "the record at that offset has another recordDigest: it was damaged or altered", "compare the file with a copy, or rebuild the index: warccap index") \
    ROW(CDXJ_METHOD, "cdxj-method", ERROR, ERROR, "CDXJ", "the line has another method than the request; the response to a POST is not what the URL shows", "rebuild the index: warccap index") \
    ROW(CDXJ_MISSING, "cdxj-missing", ERROR, ERROR, "CDXJ", "the index has no line for this record, so no player finds it", "rebuild the index: warccap index") \
    /* ---- replay ---- */ \
    ROW(REVISIT_UNRESOLVED, "revisit-unresolved", WARNING, WARNING, "replay", "the newest capture is a revisit, but the index does not lead to its original, so players show nothing", "capture the URL again") \
    ROW(REDIRECT_NOWHERE, "redirect-nowhere", WARNING, WARNING, "replay", "the redirect leads to a URL that the archive does not have", "crawl again; warccap why tells about the URL") \
    ROW(REDIRECT_CIRCLE, "redirect-circle", WARNING, WARNING, "replay", "the redirects lead in a circle, so players show nothing", "capture the URL again, or the one that it leads to") \
    ROW(NEWEST_HIDES_GOOD, "newest-hides-good", WARNING, WARNING, "replay", "the newest capture is an error or only a part, and hides an older one that is good", "crawl again; until then, choose the older capture in the player") \
    ROW(ROBOTS_DISOBEYED, "robots-disobeyed", WARNING, WARNING, "RFC 9309", "robots.txt closes the URL, and warcinfo says that the crawl obeyed it", "compare the file with a copy: a record was inserted; or the crawler did not do what it says") \
    ROW(BODY_TOO_LONG, "body-too-long", WARNING, WARNING, "replay", "only the beginning of a page was read, because it is very long, so links may be missing", "look through the page by other means") \
    ROW(BODY_CHUNKS_BROKEN, "body-chunks-broken", WARNING, WARNING, "replay", "the chunk framing of a page is broken, so links may be missing", "capture the URL again") \
    ROW(BODY_CODING_UNKNOWN, "body-coding-unknown", WARNING, WARNING, "replay", "the body of a page has an unknown content coding, so its links are missing", "look through the page by other means") \
    ROW(BODY_UNDECODABLE, "body-undecodable", WARNING, WARNING, "replay", "the body of a page ended the process that reads bodies, so its links are missing", "look at the page with care: it may be an attack; verify it again with a newer version, and report it if that does not help") \
    ROW(MISSING_PAGER, "missing-pager", WARNING, WARNING, "completeness", "a page of a paginated list is not kept", "crawl again; warccap why tells about the URL") \
    ROW(MISSING_ARCHIVE, "missing-archive", WARNING, WARNING, "completeness", "a date archive is not kept", "crawl again; warccap why tells about the URL") \
    ROW(MISSING_FEED, "missing-feed", WARNING, WARNING, "completeness", "a feed is not kept", "crawl again; warccap why tells about the URL") \
    ROW(MISSING_SITEMAP, "missing-sitemap", WARNING, WARNING, "completeness", "a sitemap is not kept", "crawl again; warccap why tells about the URL") \
    ROW(MISSING_PAGE, "missing-page", WARNING, WARNING, "completeness", "a page that the site lists is not kept", "crawl again; warccap why tells about the URL") \
    ROW(MISSING_REQUISITE, "missing-requisite", WARNING, WARNING, "completeness", "an image, style sheet or script of a page is not kept", "crawl again; warccap why tells about the URL") \
    ROW(SHORT_PERIOD, "short-period", WARNING, WARNING, "completeness", "the site counts more posts in this period than the archive has", "crawl again") \
    ROW(WALL, "wall", NOTE, NOTE, "completeness", "the site shows one and the same page for URLs that it lists, so they are refused", "look at the page: it may ask for a login")
/* clang-format on */

/* A rule of either table: a RULE_... of warc/rules.h, or one of these. */
enum check_rule {
    CHECK_FIRST = RULE_COUNT - 1, /* no rule: the next has the number after the last RULE_... */
#define ROW(id, name, level, alone, clause, words, advice) CHECK_##id,
    CHECK_RULES(ROW)
#undef ROW
        CHECK_RULE_COUNT
};

struct check_rule_row {
    const char *name;
    enum warc_level level, alone;
    const char *clause;
    const char *words, *advice; /* sentences without a full stop */
};

/* The row of a rule, 0 to CHECK_RULE_COUNT - 1.  Its texts are static. */
struct check_rule_row check_rule_row(int rule);
/* The rule with that name; -1 when there is none. */
int check_rule_by_name(struct text name);
/* The rule whose name is closest to a misspelled one (base/spelling.h); -1 when none is close. */
int check_rule_like(struct text name);
/* The document that a clause is of, with what must stand between both: "ISO 28500:2017, "; empty
 * when the clause says it itself.  Static. */
const char *check_rule_document(const char *clause);

/* Levels that a user gave to rules.  All zero: as in the table. */
struct check_levels {
    unsigned char of[CHECK_RULE_COUNT]; /* enum check_level */
};
enum check_level { LEVEL_OF_TABLE, LEVEL_OFF, LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };

/* Takes "RULE=LEVEL", blanks around both allowed; LEVEL is error, warning, note or off.  OK, or
 * BROKEN with words. */
MUST_CHECK enum result check_levels_set(struct check_levels *levels, struct text line,
                                        struct trouble *trouble);
/* Takes each line of a file.  Empty lines and those that begin with '#' say nothing.  OK, or BROKEN
 * with words. */
MUST_CHECK enum result check_levels_read(struct check_levels *levels, const char *path,
                                         struct trouble *trouble);
/* Whether a finding by this rule is reported, and *level for it.  `alone`: no collection is
 * verified. */
bool check_levels_tell(const struct check_levels *levels, int rule, bool alone,
                       enum warc_level *level);

#endif
