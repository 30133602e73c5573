/* What the checks share: where findings go, and what is known of each record.  Private to this
 * room. */
#ifndef VERIFY_CHECK_H
#define VERIFY_CHECK_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/hash.h"
#include "verify/check_rules.h"
#include "verify/crawl_claims.h"
#include "verify/record_ids.h"
#include "verify/verify.h"
#include "warccap/warc.h"

/* What a record says of others: hashes of identifiers; 0: nothing. */
struct record_links {
    uint64_t concurrent_to, warcinfo_id, refers_to;
    uint64_t refers_to_capture; /* of Refers-To-Target-URI and Refers-To-Date together */
};

/* Which lines the index has of a record. */
struct index_lines {
    bool any, own_key, other_key; /* under the key of its URL; under that of another program */
};

/* One record in a few dozen bytes: what the checks of references, index and links need. */
struct seen_record {
    uint64_t id; /* a hash; 0: none */
    struct record_links links;
    uint64_t url, date, digest; /* hashes */
    uint64_t digest_kind; /* hash of the digest's label: two of other kinds can't be compared */
    int64_t offset, length;
    int64_t date_ms;    /* 0: none that can be read */
    uint32_t file;      /* place in the list of files */
    uint32_t start;     /* hash of the beginning of the payload; 0: unknown */
    unsigned char type; /* enum warc_type */
    bool truncated, indexed;
    struct index_lines lines; /* of the index */
    bool http;
    bool asks_head; /* a HEAD request */
    bool not_get;   /* a request with another method than GET, or what was answered to it */
    bool requested; /* the request of this response is there */
    bool bodiless;  /* a response without the body that its header announces */
};

/* A further WARC-Concurrent-To of a record, after its first. */
struct more_concurrent {
    size_t record; /* place in the list of records */
    uint64_t id;
};

/* A segment of a record (WARC 1.1, 7). */
struct seen_segment {
    size_t record;   /* place in the list of records */
    uint64_t origin; /* hash of the first segment's identifier */
    size_t first;    /* the first place of a segment of that origin, once all are known */
    uint64_t number, length, total;
    bool has_total; /* WARC-Segment-Total-Length is there */
};

struct check_unit;
struct unit_event;
struct unit_events;

/* What is known of all files together. */
struct collection_counts {
    uint64_t responses, failed; /* failed: 429 or 5xx */
    uint64_t open_files;        /* ".open" beside the files that are verified */
    bool live;                  /* a crawl writes the collection that is checked */
};

/* What is needed now and then. */
struct aside {
    struct warc_reader *reader; /* of a file that is read a second time; NULL: none yet */
    uint32_t file;
    struct warc_check *check; /* of a unit; NULL: none yet */
    struct more_concurrent *more;
    size_t more_count, more_room;
    struct seen_segment *segments;
    size_t segment_count, segment_room;
    struct buf manifests; /* what warcinfo records name: lines "FILE<TAB>MANIFEST<TAB>DIGEST" */
    struct buf replaced_manifests; /* by a repair: lines "NAME<TAB>DIGEST" */
    bool lacks_records; /* a repair says that it left records out: others may refer to them */
    struct spilled *record_list; /* v->records lies in it; NULL in a unit */
    struct unit_events *events;  /* of a unit: findings and claims are written down; NULL: told */
    struct buf obedient; /* files whose warcinfo says that robots.txt was obeyed, one a line */
    struct collection_counts collection;
    struct buf unpacked; /* of WACZ files: lines "PATH<TAB>DIRECTORY" */
    bool given_manifest; /* the manifest whose digest the user gave is there */
};

struct verification {
    const struct verify_options *options;
    struct verify_observer observer;
    struct verify_summary *summary;
    struct hash_key hash_key;
    char **files; /* paths, in the order of reading */
    size_t file_count, file_room;
    struct verified_file *results; /* one for each file */
    uint64_t *file_errors;         /* the same, of its records alone */
    size_t result_place;           /* of the file that the last finding was about */
    bool alone;                    /* no path is a collection */
    struct seen_record *records;
    size_t record_count, record_room;
    struct crawl_claims *claims;
    uint64_t all_bytes, done_bytes;
    struct buf scratch;
    struct aside aside;
    bool out_of_memory;
};

/* Reports a broken rule, one of CHECK_... or RULE_..., with what is special here; "" when its
 * sentence says all. */
void verification_find(struct verification *v, int rule, const struct finding_place *at,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The same, but never more than a note: the archive itself says why, or it is reported elsewhere.
 */
void verification_note(struct verification *v, int rule, const struct finding_place *at,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));
/* About a whole file. */
void verification_find_file(struct verification *v, int rule, const char *file, const char *format,
                            ...) __attribute__((format(printf, 4, 5)));

/* About a record.  Its header is read again, for its identifier and URL, which are not kept in
 * memory. */
void verification_find_record(struct verification *v, const struct seen_record *record, int rule,
                              const char *detail);

/* Begins to read a record a second time.  *header and the reader live until the next call.  NULL
 * when it cannot be read. */
struct warc_reader *verification_read_again(struct verification *v,
                                            const struct seen_record *record,
                                            const struct warc_record **header);

/* A finding that a unit has written down. */
void verification_tell(struct verification *v, const struct unit_event *event);

uint64_t verification_hash(const struct verification *v, const char *text); /* 0 for NULL */
/* The same for the same digest, however it is written. */
uint64_t verification_hash_digest(const struct verification *v, const char *field);
/* A URI without the angle brackets that WARC 1.0 has around it. */
struct text verification_bare_uri(struct text uri);
/* A hash of a capture, from the hashes of its URL and date; 0 if it lacks one. */
uint64_t verification_capture(uint64_t url, uint64_t date);

/* The record at a place.  Use this in loops over all records: they may be more than memory holds.
 */
struct seen_record *verification_record(const struct verification *v, size_t place);
/* Puts records behind the others. */
void verification_add_records(struct verification *v, const struct seen_record *records,
                              size_t count);

/* Grows the list whose pointer is at `list` by one item and returns its place; NULL without memory
 * (noted in v). */
void *verification_grow(struct verification *v, void *list, size_t *count, size_t *room,
                        size_t item);

/* Checks a unit of a file (check_units.h): framing, header fields, digests, HTTP; and notes its
 * records. */
void check_unit_records(struct check_unit *unit);
/* Learns what a unit wrote down of warcinfo and metadata records, and of failed responses. */
void check_unit_learn(struct verification *v, const struct unit_event *event);
/* Checks what records say of each other: IDs, Concurrent-To, Warcinfo-ID, Refers-To. */
void check_references(struct verification *v);
/* Checks what belongs to one capture: requests with their responses, and what is lacking. */
void check_events(struct verification *v, const struct record_ids *ids);
/* Learns from a record whether it is a segment, and checks all segments at the end. */
void segments_learn(struct verification *v, const struct warc_record *record, size_t place);
void check_segments(struct verification *v);
/* Checks payloads against each other. */
void check_payloads(struct verification *v);
/* Checks the logs of the crawl against the records and the index. */
void check_logs(struct verification *v, const char *logs_directory, const char *index_path);
/* Checks the index against the records. */
void check_index(struct verification *v, const char *index_path, const char *archive_directory);
/* Checks the finished files against SHA256SUMS, and the manifests against it and each other. */
void check_manifests(struct verification *v, const char *archive_directory,
                     const char *runs_directory);
/* Learns from a warcinfo record which manifest it names, and whether warccap wrote the file. */
void manifests_learn(struct verification *v, const char *file, struct text fields);
/* Loads every page through the index and looks up its links. */
void check_closure(struct verification *v, const char *index_path, const char *archive_directory);

#endif
