/*
 * Provenance: the metadata record beside each capture (application/warc-fields; WARC 1.1, 6.6).
 * Only this file writes and reads it. provenance_read() and provenance_next() read exactly what
 * provenance_write() wrote.
 *
 * A field is a line "name: value" with CRLF. A name of the first table occurs at most once; of two,
 * the first counts. A name of the second table may occur any number of times.
 *
 *   via: URL                     the page that named the URL.  "seed:" instead: the user did
 *   hopsFromSeed: LETTERS        the path from a seed (web/visit_kind.h)
 *   class: KIND                  what the URL was requested as: a name of enum visit_kind
 *   rulesOf: HOST                a robots.txt that another one was redirected to: the host that was
 *                                asked for its rules
 *   depth: NUMBER                hops that count for --level
 *   period: NUMBER               first day of the date archive's period: 20180600
 *   fetchTimeMs: NUMBER          how long the exchange took
 *   fetchTimesUs: STEP, ...      "lookup 312, connect 402, tls 5230, firstOctet 7812", microseconds
 *                                from the beginning; "reused" instead of the first two
 *   httpVersion: h2; WORDS       both heads were written from the fields of HTTP/2, by a library
 *   tries: NUMBER                which attempt this was
 *   readAgain: WORDS             why libcurl would not read the response
 *   noHttp: WORDS                the response is not HTTP/1.x; a resource record has its bytes
 *   change: NAME                 compared to the last capture: a name of enum change
 *   trailers: yes                trailer fields follow the body in the block
 *   chunkFraming: WORDS          "broken; ..." or "taken off ..."
 *   bodyError: NAME BYTES        why the body could not be read whole for its links (a name of enum
 *                                body_error), and how many decoded bytes were. Until 2026
 *                                "bodyFault"
 *   robotsMeta: WORDS            the page's robots directives.  Until 2026 "robotsWish"
 *   sha1CollisionWith: DATE URL  another body with this SHA-1 is in the archive
 *   requestRedacted: NAMES       header fields whose values are not in the request record
 *   resolved: HOST ADDRESS ...   what the resolver returned during the exchange
 *   certificates: URL            the resource record with the host's certificates
 *   end: WORDS                   TLS ended without close_notify
 *   certificate: not checked
 *   error: WORDS                 why there is no response, or only a part of one
 *
 *   interim: LINE                a line of a 1xx response that came before
 *   trailer: LINE                a trailer field of HTTP/2
 *   notModifiedHead: LINE        a line of the head of a 304
 *   outlink: URL HOP CLASS[?] WHERE
 *                                a link: the letter of its hop, a name of enum link_class ("?": a
 *                                possible link), where it stands.  Of a trap "trap:RULE"; of a
 *                                redirect "outlink: URL R redirect Location"
 *   notFollowed: RULE URL        a link that was left out on purpose, and by which rule
 *   suspectNotFollowed: RULE URL one that was left out because others like it showed nothing new
 *   ruleOff: RULE URL            a link that the rule would have left out, had the user not turned
 *                                it off
 *
 * Bytes that are not UTF-8, and control characters, are percent-encoded. Other crawlers write some
 * of these fields too. What they write in another form is skipped.
 */
#ifndef COLLECTION_PROVENANCE_H
#define COLLECTION_PROVENANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"
#include "http/body_reader.h"
#include "web/change.h"
#include "web/link.h"
#include "web/url_rules.h"
#include "web/visit_kind.h"

/* Microseconds from the beginning of the exchange; 0: there was no such step. */
struct provenance_times {
    bool reused; /* an open connection was used: no lookup, no connect */
    int64_t looked_up_us, connected_us, secured_us, first_octet_us;
};

/* Another body with the same SHA-1. Both texts or none. */
struct provenance_collision {
    struct text date, url;
};

enum provenance_chunks { CHUNKS_AS_SENT, CHUNKS_BROKEN, CHUNKS_TAKEN_OFF };

/* The fields that occur once. All texts are borrowed and have no blanks at either end. Empty: the
 * field is absent. */
struct provenance_record {
    struct text via; /* empty: a seed */
    struct text hops;
    struct text rules_of; /* of a robots.txt; empty: of the host of its own URL */
    enum visit_kind kind; /* VISIT_PAGE if there was no "class:" */
    int depth, period, attempts;
    int64_t took_ms;
    struct provenance_times times;
    struct text heads_by; /* for HTTP/2: the library that wrote the heads */
    struct text refused;  /* from "readAgain:" */
    struct text robots_meta;
    struct provenance_collision collision;
    struct text redacted;
    struct text resolved_host, resolved; /* both or none */
    struct text certificates;
    struct text error;
    struct text redirect; /* the target of a redirect */
    struct text lines;    /* fields that may repeat; see provenance_next() */
    enum change change;
    enum provenance_chunks chunks;
    enum body_error body_error;
    int64_t body_read_bytes; /* only with an error */
    bool not_http, trailers, just_ended, certificate_unchecked;
};

enum provenance_line_kind {
    PROVENANCE_INTERIM,
    PROVENANCE_TRAILER,
    PROVENANCE_NOT_MODIFIED_HEAD,
    PROVENANCE_OUTLINK,
    PROVENANCE_NOT_FOLLOWED,
    PROVENANCE_RULE_OFF,
};

/* A field that may repeat. The texts point into the lines. */
struct provenance_line {
    enum provenance_line_kind kind;
    struct text words; /* for the first three kinds: a line of a head */
    struct text url;   /* of a link */
    /* the rule by which a link was not followed, or would not have been; one that this version
     * does not know is read as URL_RULE_TRAP */
    enum url_rule rule;
    bool suspected; /* with PROVENANCE_NOT_FOLLOWED: see provenance_write_suspect() */
    char hop;
    enum link_class class; /* LINK_CLASSES: none of ours, as in other crawlers' records */
    enum link_certainty certainty;
    struct text where;
};

/* Appends the block of a record: the fields that occur once, then provenance->lines as they are. */
void provenance_write(const struct provenance_record *provenance, struct buf *out);

/* Each appends one line, for `lines`. The URL of a link must come from url_parse(). */
void provenance_write_outlink(struct buf *lines, const struct link *link, char hop);
void provenance_write_not_followed(struct buf *lines, enum url_rule rule, struct text url);
/* ... a URL that a rule leaves out because others like it showed nothing new. */
void provenance_write_suspect(struct buf *lines, enum url_rule rule, struct text url);
void provenance_write_rule_off(struct buf *lines, enum url_rule rule, struct text url);
/* One line for each that is not empty. `kind` is one of the first three. */
void provenance_write_head(struct buf *lines, enum provenance_line_kind kind, struct text head);

/* Reads a block from any program. Never fails. *out points into the block. A value that does not
 * fit its field's grammar is skipped. *malformed (may be NULL) gets the first such line, or is
 * empty. */
void provenance_read(struct text block, struct provenance_record *out, struct text *malformed);

/* Takes fields off *lines up to the next one that may repeat, and returns it in *line. False: there
 * are no more. The redirect is left out, because provenance_read() has it. */
bool provenance_next(struct text *lines, struct provenance_line *line);

#endif
