/*
 * libwarccap: reading and writing WARC files (ISO 28500:2017, WARC/1.1; read also 1.0 and 0.17).
 *
 * These comments are the manual: the build makes man pages of them (doc/man-pages.awk).  A line of
 * "==== name(3)" begins a page, the comment below it is its introduction; a comment is about the
 * declarations that follow it up to an empty line.
 */
#ifndef WARCCAP_WARC_H
#define WARCCAP_WARC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Functions whose result must not be ignored: compilers that can warn do. */
#if defined __GNUC__
#define WARC_MUST_CHECK __attribute__((warn_unused_result))
#else
#define WARC_MUST_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* what is declared here is what the library shows */

/* ==== libwarccap(3) - reads and writes WARC files ==== */
/*
 * A library for web archives: files of the WARC format (ISO 28500), plain or gzip, are read,
 * checked, written and mended.
 *
 *     #include <warccap/warc.h>
 *
 *     cc -o program program.c $(pkg-config --cflags --libs libwarccap)
 *
 * (with --static for libwarccap.a.)  warc_reader(3) reads records, warc_payload(3) what is inside
 * of them, warc_writer(3) writes them, warc_mend(3) finishes a file that a crash left;
 * warc_rules(3) lists all that can be found wrong.
 *
 * There are no globals.  A handle may be used by one thread at a time, different handles by
 * different threads at once.  Every call that can fail answers with a rung of enum warc_result and
 * leaves words in the handle.  A NULL handle may be closed.
 *
 * What changes: until version 1.0 the number in the soname (libwarccap.so.0) rises with each
 * incompatible change, and symbols carry it as their version (WARCCAP_0).  Functions may be added;
 * enums may get values behind their last, so that a switch wants a default.  Structures that a
 * program fills in begin with struct_size, and those that it is given are the library's: both may
 * get members at their end.  Structures of other kinds stay as they are.
 */

/* "0.1.0", of the library that is linked. */
const char *warc_version(void);

/* The ladder of results: a negative one is a failure. */
enum warc_result {
    WARC_OK = 0,
    WARC_END = 1,     /* no more records, or no more octets of the block */
    WARC_FLAWED = -1, /* usable, but something is wrong: see the flaws */
    WARC_LOST = -2,   /* this record can't be used; the next call goes on behind it */
    WARC_BROKEN = -3, /* stop using the handle */
};

/* The name that this had before 0.2. */
#define warc_answer warc_result

/* ==== warc_record(3) - a record's type, fields and place ==== */
/*
 * What reader and writer have in common.  A record is a header of named fields and a block of
 * octets; its type says what the block is (WARC 1.1, clause 6).
 */

enum warc_type {
    WARC_WARCINFO = 0,
    WARC_RESPONSE = 1,
    WARC_RESOURCE = 2,
    WARC_REQUEST = 3,
    WARC_METADATA = 4,
    WARC_REVISIT = 5,
    WARC_CONVERSION = 6,
    WARC_CONTINUATION = 7,
    WARC_UNKNOWN = 8, /* a type that the standard does not name: readers skip it (6.1) */
};

/* "warcinfo" ...; "unknown" for anything else. */
const char *warc_type_name(enum warc_type type);

/* One line of a header; both end in NUL, the name is spelt as in the file. */
struct warc_field {
    const char *name;
    const char *value;
};

/* A record's header, as the reader gives it; it and its strings live until the reader's next record
 * is begun. */
struct warc_record {
    enum warc_type type;
    int version; /* 11 for WARC/1.1, 10, 17 for 0.17; 1 and 2 for records of ARC files */
    const struct warc_field *fields;
    size_t field_count;
    int64_t content_length; /* octets of the block */
};

/* The value of the first field of that name (ASCII case folded), NULL when there is none. */
const char *warc_record_field(const struct warc_record *record, const char *name);

/* Where a record lies.  Offset and length count octets of the file as it is stored, compressed when
 * it is. */
struct warc_place {
    char file[256]; /* name without directory */
    int64_t offset;
    int64_t length;
};

/* Goes through a block of application/warc-fields, as warcinfo and metadata records have it: takes
 * the first field off the
 * `*length` octets at `*at`.  Name and value point into the block, without blanks around them; a
 * folded value has its line ends in it.  WARC_OK; WARC_END when nothing is left; WARC_FLAWED for a
 * line that is no field: it is the value, the name is empty. */
WARC_MUST_CHECK enum warc_result warc_fields_next(const char **at, size_t *length,
                                                  const char **name, size_t *name_length,
                                                  const char **value, size_t *value_length);

/* ==== warc_reader(3) - reads WARC files, also damaged ones ==== */
/*
 * A program opens a file, asks for one record after the other, takes of each block what it wants,
 * and closes it:
 *
 *     struct warc_reader *reader = warc_reader_open("a.warc.gz");
 *     const struct warc_record *record;
 *     enum warc_result answer;
 *     while ((answer = warc_reader_next(reader, &record)) == WARC_OK || answer == WARC_FLAWED)
 *         puts(warc_type_name(record->type));
 *     warc_reader_close(reader);
 *
 * Reading is lenient, and each kindness is a flaw that is told; warc_reader_set_strict() makes the
 * first one the end.  Damage is passed over: the answer is WARC_LOST, and the next record is the
 * next that can be found, whatever the file's kind.
 *
 * ARC files (versions 1 and 2), which came before WARC, are read as if their records were WARC
 * records: of type warcinfo, response or resource, with the fields that can be made of the ARC
 * record's line.
 */

struct warc_reader;

/* How bad it is to break a rule. */
enum warc_level {
    WARC_NOTE =
        0, /* allowed, but somebody may stumble over it; does not make a record WARC_FLAWED */
    WARC_WARNING = 1, /* against a "should", or harmless to most readers */
    WARC_ERROR = 2,   /* against a "shall", or octets are damaged */
};

/* Something that the reader noticed about the present record. */
struct warc_flaw {
    const char *rule; /* "gzip-crc", "record-trailer" ..., one of warc_rules(3); static */
    enum warc_level level;
    const char *clause; /* of ISO 28500:2017 (WARC 1.1) that has the rule: "5.4"; static */
    int64_t offset;     /* in the file as stored */
    char words[200];    /* what is wrong, for people */
};

/* Where octets come from when it is no file: fill in read_at, for what can be read at any place, or
 * read, for a stream that only goes on.  Both give the number of octets that they put into `out`,
 * at most `room`; 0 at the end; -1 with errno set. */
struct warc_source {
    size_t struct_size; /* sizeof (struct warc_source) */
    ptrdiff_t (*read_at)(void *context, void *out, size_t room, int64_t offset);
    ptrdiff_t (*read)(void *context, void *out, size_t room);
    void (*close)(
        void *context); /* NULL: nothing is to be done; called once, also when opening fails */
    void *context;
    int64_t size;     /* with read_at: octets in all */
    const char *name; /* for struct warc_place and messages: a path or a word; copied */
};

/* Opens a file; plain or gzip is told by its first octets.  NULL without memory; all other trouble
 * comes from the first warc_reader_next(). */
struct warc_reader *warc_reader_open(const char *path);

/* The same for an open descriptor, which stays the caller's and must stay open; a pipe is read as a
 * stream. */
struct warc_reader *warc_reader_open_fd(int fd, const char *name);

/* The same for `length` octets in memory, which are borrowed until warc_reader_close(). */
struct warc_reader *warc_reader_open_memory(const void *bytes, size_t length, const char *name);

/* The same for anything; NULL with errno EINVAL when struct_size is not set or the source can't be
 * read in either way.  Of a stream the last 8 MiB are kept: a record may be damaged or its length
 * be wrong, and reading goes on behind it as in a file; with warc_reader_seek() it goes on only, or
 * back within what is kept. */
struct warc_reader *warc_reader_open_source(const struct warc_source *source);

void warc_reader_close(struct warc_reader *reader);

/* From the next record on, block and payload are compared with the record's digests as they pass
 * (WARC 1.1, 5.8, 5.9): what does not fit is among the flaws that warc_reader_finish() completes,
 * "block-digest", "payload-digest", and as notes "payload-digest-raw" (it covers the chunk framing)
 * and "digest-unknown" (neither SHA-1 nor SHA-256).  Blocks are then read also where they would be
 * skipped.  False without memory. */
bool warc_reader_check_digests(struct warc_reader *reader);

/* From the next record on, the first flaw that is more than a note ends the reading: the answer is
 * WARC_BROKEN, the words say what it was, and warc_reader_flaw() has it. */
void warc_reader_set_strict(struct warc_reader *reader);

/* Goes to the record that begins at `offset` of the stored file.  WARC_OK or WARC_BROKEN. */
WARC_MUST_CHECK enum warc_result warc_reader_seek(struct warc_reader *reader, int64_t offset);

/* Reads the next record's header; *record is NULL unless the answer is WARC_OK or WARC_FLAWED.
 * WARC_OK, WARC_END, WARC_FLAWED (usable), WARC_LOST (damaged; after it the reader has found the
 * next member or record, or the end), WARC_BROKEN (the file can't be read).  What is left of the
 * block before is skipped and its frame checked (trailer, member end, CRC): flaws found there are
 * among those of this call, also when the answer is WARC_END. */
WARC_MUST_CHECK enum warc_result warc_reader_next(struct warc_reader *reader,
                                                  const struct warc_record **record);

/* Gives the next run of block octets (*bytes valid until the next call).  WARC_OK; WARC_END at the
 * end of the block; WARC_LOST when the file ends or is damaged before it; *length is 0 with both.
 */
WARC_MUST_CHECK enum warc_result warc_reader_block(struct warc_reader *reader, const char **bytes,
                                                   size_t *length);

/* Reads the rest of the present record to its end, checks the frame behind the block, and fills in
 * *place (may be NULL) of the whole record.  Then the flaws are complete for this record.  WARC_OK,
 * WARC_FLAWED, or WARC_LOST when the block is not all there. */
WARC_MUST_CHECK enum warc_result warc_reader_finish(struct warc_reader *reader,
                                                    struct warc_place *place);

/* The flaws of the record that was read last, from number 0 on; NULL behind the last.  They live
 * until the next is begun. */
const struct warc_flaw *warc_reader_flaw(const struct warc_reader *reader, size_t number);

/* Whether the file is gzip; where in the stored file the present record begins; and what the last
 * trouble was. */
bool warc_reader_is_gzip(const struct warc_reader *reader);
int64_t warc_reader_offset(const struct warc_reader *reader);
const char *warc_reader_words(const struct warc_reader *reader);

/* "note", "warning", "error". */
const char *warc_level_name(enum warc_level level);

/* ==== warc_payload(3) - reads what a record is about ==== */
/*
 * The payload is the body of an HTTP message without its transfer coding, or else the whole block
 * (WARC 1.1, 3).  It comes as a stream: of any length in bounded memory, and however much a few
 * octets decode to, a program is given it in small runs, and stops when it has enough.  The
 * message's head is there beside it, as it came.
 *
 *     struct warc_payload *payload = warc_payload_open(reader, record, WARC_PAYLOAD_DECODED);
 *     while (payload && warc_payload_read(payload, &bytes, &length) == WARC_OK)
 *         fwrite(bytes, 1, length, stdout);
 *     warc_payload_close(payload);
 */

struct warc_payload;

/* WARC_PAYLOAD_DECODED: content codings are taken off, too (RFC 9110, 8.4): gzip and deflate, and
 * br and zstd where the library was built with theirs. */
enum { WARC_PAYLOAD_DECODED = 1 };

/* Begins to read the payload of the record that warc_reader_next() gave, before any of its block
 * was taken; borrows reader and record until warc_payload_close(), after which warc_reader_finish()
 * or warc_reader_next() go on as usual.  `flags`: 0 or WARC_PAYLOAD_DECODED.  NULL without memory.
 */
struct warc_payload *warc_payload_open(struct warc_reader *reader, const struct warc_record *record,
                                       int flags);
void warc_payload_close(struct warc_payload *payload);

/* Gives the next run of octets (*bytes valid until the next call).  WARC_OK; WARC_END at the end;
 * WARC_LOST when the block is cut or damaged, the chunk framing broken, or the coding:
 * warc_payload_words() says which, and what was given before is good.  A body that ends early in a
 * record that says so (WARC-Truncated) is LOST, too. */
WARC_MUST_CHECK enum warc_result warc_payload_read(struct warc_payload *payload, const char **bytes,
                                                   size_t *length);
const char *warc_payload_words(const struct warc_payload *payload);

/* What keeps a payload from being whole, or from being understood. */
enum warc_fault {
    WARC_FAULT_NONE = 0,           /* nothing is known against it */
    WARC_FAULT_ENDS_EARLY = 1,     /* the last chunk did not come, or the coded body has no end */
    WARC_FAULT_CHUNKS = 2,         /* the chunk framing is broken from some octet on */
    WARC_FAULT_CODING = 3,         /* the coded octets are damaged from some octet on */
    WARC_FAULT_CODING_UNKNOWN = 4, /* a coding is not known here: what comes is still coded */
    WARC_FAULT_BLOCK = 5,          /* the block is cut or damaged */
};

/* What is known so far.  After WARC_LOST it is the reason; WARC_FAULT_CODING_UNKNOWN is known from
 * the beginning on, and only with WARC_PAYLOAD_DECODED. */
enum warc_fault warc_payload_fault(const struct warc_payload *payload);

/* Whether trailer fields came behind the last chunk (RFC 9112, 7.1.2); known at the end. */
bool warc_payload_has_trailers(const struct warc_payload *payload);

/* Content codings that are still on, as the message names them ("br"); empty when none is.  Without
 * WARC_PAYLOAD_DECODED all are. */
const char *warc_payload_coding(const struct warc_payload *payload);

/* The status of the HTTP response in the block (RFC 9112); 0 when there is none, it is a request,
 * or its head can't be read. */
int warc_payload_status(const struct warc_payload *payload);

/* The head's octets as they came, with the empty line; NULL when there are none. */
const char *warc_payload_head(const struct warc_payload *payload, size_t *length);

/* Of the head's first line, without its line end, the parts 1 to 3 (version, status, reason; of a
 * request method, target, version) or with 0 all of it.  NULL when there is none; no NUL behind it.
 */
const char *warc_payload_start(const struct warc_payload *payload, int part, size_t *length);

/* The head's fields in their order: false behind the last.  Name and value point into the head and
 * have no NUL; the value is trimmed, and if it was folded its line ends are in it. */
bool warc_payload_field(const struct warc_payload *payload, size_t number, const char **name,
                        size_t *name_length, const char **value, size_t *value_length);

/* ==== warc_writer(3) - writes WARC files ==== */
/*
 * One record is one gzip member.  Records that belong together (request, response, metadata: an
 * event) are never in two files.
 *
 *     struct warc_writer *writer = warc_writer_new(&options);
 *     enum warc_result answer = warc_writer_begin_event(writer);
 *     if (answer == WARC_OK)
 *         answer = warc_writer_put(writer, &draft, NULL);
 *     if (answer != WARC_OK)
 *         fputs(warc_writer_words(writer), stderr);
 *     if (warc_writer_close(writer) != WARC_OK)
 *         fputs("what was written last may be lost\n", stderr);
 *
 * A file is named PREFIX-DATE-SERIAL-HOSTNAME.warc.gz; while it is written, ".open" follows, so
 * that one that a crash left is known by its name: see warc_mend(3).  It begins with a warcinfo
 * record, and never replaces another.
 *
 * A record that would break a rule of the standard is not written: the answer is WARC_LOST, the
 * words say which rule it is (warc_rules(3)), and the next record may be put.
 *
 * What is on the disk for certain is known only after warc_writer_sync().  A program that must know
 * after a crash what it had synced notes warc_writer_file() and warc_writer_size() then, or lets
 * the writer do so (commit_log).
 */

struct warc_writer;

struct warc_writer_options {
    size_t struct_size;    /* sizeof (struct warc_writer_options) */
    const char *directory; /* NULL: the present one */
    const char *prefix;   /* first part of file names: letters, digits, '-' and '_' are kept, others
                             become '_' */
    const char *hostname; /* last part of file names; NULL: there is none */
    int64_t file_size_bytes; /* a new file is begun before an event once the present one has this
                                size; 0: 1,000,000,000 */
    const char
        *warcinfo; /* block of every file's warcinfo record: application/warc-fields, CRLF lines */
    bool commit_log; /* beside NAME.warc.gz.open, NAME.warc.gz.commits tells how much of it was
                        synced, for warc_mend() */
    /* Told, if not NULL, of each file that got its final name: its name, size, and the SHA-256 of
     * all its octets. */
    void (*finished)(void *context, const char *file, int64_t bytes,
                     const unsigned char sha256[32]);
    void *context;
};

/* Nothing is created until the first event.  NULL without memory, and with errno EINVAL when
 * struct_size is not set. */
struct warc_writer *warc_writer_new(const struct warc_writer_options *options);

/* How hard records are compressed; SMALL unless it is set. */
enum warc_effort {
    WARC_EFFORT_SMALL = 0, /* libdeflate 6 where there, else zlib 6 */
    WARC_EFFORT_FAST = 1,  /* ISA-L 1 where there, else libdeflate 1, else zlib 1 */
};
void warc_writer_set_effort(struct warc_writer *writer, enum warc_effort effort);

/* "<urn:uuid:" UUIDv4 ">" (RFC 9562) and its NUL, so that records can name each other before they
 * are written. */
enum { WARC_ID_SIZE = 48 };
void warc_id_make(char id[WARC_ID_SIZE]);

/* A record to write.  The writer makes WARC-Type, WARC-Record-ID, WARC-Date, WARC-Target-URI,
 * WARC-Warcinfo-ID, WARC-Block-Digest, WARC-Payload-Digest, Content-Type and Content-Length;
 * `fields` hold the rest in the order in which they are to stand.  The block is what lies in
 * block[0], then block[1], then the file. */
struct warc_draft {
    size_t struct_size; /* sizeof (struct warc_draft) */
    enum warc_type type;
    char id[WARC_ID_SIZE]; /* by warc_id_make(); empty: the writer makes one, which warc_writer_id()
                              tells */
    int64_t date_ms;       /* WARC-Date in milliseconds since 1970; 0: now */
    const char *target_uri;   /* NULL: none */
    const char *content_type; /* NULL: none */
    const struct warc_field *fields;
    size_t field_count;
    const char *block[2];
    size_t block_length[2];
    int block_fd;               /* looked at only if the next is more than 0 */
    int64_t block_fd_length;    /* octets of this file from its start */
    const char *payload_digest; /* "sha1:..."; NULL: the writer computes it where the standard has
                                   one, "": none */
    bool
        compressed_already; /* the payload is an image, video, zip ...: spend little effort on it */
};

/* All records of one event go into one file.  Begins one: opens or changes the file when needed. */
WARC_MUST_CHECK enum warc_result warc_writer_begin_event(struct warc_writer *writer);

/* Appends one record as one gzip member; *place (may be NULL) gets where it lies.  WARC_LOST when
 * the draft breaks a rule of the standard: nothing was written and the words say which.
 * WARC_BROKEN: the disk refused; the file was cut back to the last whole event. */
WARC_MUST_CHECK enum warc_result warc_writer_put(struct warc_writer *writer,
                                                 const struct warc_draft *draft,
                                                 struct warc_place *place);

/* The same for a block that comes in pieces and whose length is not known before its end: begin,
 * add any number of times, end. It waits in memory, and when it is long in an unlinked file in the
 * writer's directory.  What the draft itself has of the block comes first; it can't be a file.  The
 * draft is copied, its strings and fields are borrowed until the end.  Begin again to give a record
 * up.  Begin and add answer WARC_OK, or WARC_LOST when the pieces can't be kept (a full disk, say):
 * nothing was written, the file is as it was, and a new record can be begun; end answers as
 * warc_writer_put() does. */
WARC_MUST_CHECK enum warc_result warc_writer_begin_record(struct warc_writer *writer,
                                                          const struct warc_draft *draft);
WARC_MUST_CHECK enum warc_result warc_writer_add(struct warc_writer *writer, const void *bytes,
                                                 size_t length);
WARC_MUST_CHECK enum warc_result warc_writer_end_record(struct warc_writer *writer,
                                                        struct warc_place *place);

/* The identifier of the record that was put last; empty before the first. */
const char *warc_writer_id(const struct warc_writer *writer);

/* The WARC-Payload-Digest of that record, whoever computed it; empty when it has none. */
const char *warc_writer_payload_digest(const struct warc_writer *writer);

/* Everything put so far is on the disk when it answers WARC_OK. */
WARC_MUST_CHECK enum warc_result warc_writer_sync(struct warc_writer *writer);

/* Syncs, closes, and gives the file its final name (without ".open"); the next event begins a new
 * one. */
WARC_MUST_CHECK enum warc_result warc_writer_finish_file(struct warc_writer *writer);

/* Finishes and frees. */
WARC_MUST_CHECK enum warc_result warc_writer_close(struct warc_writer *writer);

/* Name of the present file without ".open", empty when none is open; and the octets in it. */
const char *warc_writer_file(const struct warc_writer *writer);
int64_t warc_writer_size(const struct warc_writer *writer);

/* What the last trouble was, and its errno: 0 when the system was not asked. */
const char *warc_writer_words(const struct warc_writer *writer);
int warc_writer_errno(const struct warc_writer *writer);

/* ==== warc_mend(3) - finishes a WARC file that a crash left ==== */
/*
 * The writer appends whole members in order, so that a crash can only leave a tail that is cut or
 * that never reached the disk.
 */

/* Mends a file NAME.warc.gz.open that a killed run left behind: whole records stay, a torn tail is
 * moved aside to NAME.torn-DATE, the file gets its final name (or is removed when it holds nothing
 * but a warcinfo).  The first `synced_bytes` were synced as whole events: what is wrong or missing
 * there is no torn tail but damage, which is told, and stays where it is for a verifier to name,
 * with all that is behind it; 0 when nothing is known, or what NAME.warc.gz.commits says, if it is
 * there.  *kept_bytes and *torn_bytes (may be NULL) tell what was done; `words` (of `size` octets)
 * gets a sentence.  `final` gets the name of the finished file, empty when it was removed. WARC_OK;
 * WARC_FLAWED when a tail was torn off; WARC_LOST when there is damage; WARC_BROKEN when the disk
 * refused, another file has the final name, or a living writer holds the file: it is as it was
 * then, perhaps with a copy of its tail beside it. */
WARC_MUST_CHECK enum warc_result warc_mend(const char *open_path, int64_t synced_bytes,
                                           int64_t *kept_bytes, int64_t *torn_bytes,
                                           char final[256], char *words, size_t size);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
