/*
 * libwarccap: reads and writes WARC files (ISO 28500:2017, WARC/1.1; reads 1.0 and 0.17 too).
 *
 * These comments are the manual: the build turns them into man pages (doc/man-pages.awk).  A line
 * "==== name(3)" begins a page, and the comment below it introduces the page.  Every other comment
 * describes the declarations that follow it, up to the next empty line.
 */
#ifndef WARCCAP_WARC_H
#define WARCCAP_WARC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Marks functions whose result must not be ignored: compilers that can warn about it do. */
#if defined __GNUC__
#define WARC_MUST_CHECK __attribute__((warn_unused_result))
#else
#define WARC_MUST_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* the library exports what is declared here */

/* ==== libwarccap(3) - reads and writes WARC files ==== */
/*
 * A library for web archives.  It reads, checks, writes and recovers WARC files (ISO 28500), plain
 * or gzip.
 *
 *     #include <warccap/warc.h>
 *
 *     cc -o program program.c $(pkg-config --cflags --libs libwarccap)
 *
 * Add --static to link with libwarccap.a.  warc_reader(3) reads records, warc_payload(3) reads what
 * is inside them, warc_check(3) checks it, and warc_writer(3) writes them.  warc_mend(3) finishes a
 * file that a crash left behind.  warc_rules(3) lists everything that can be found wrong.
 *
 * There are no global variables.  Only one thread may use a handle at a time; different threads may
 * use different handles at once.  Every call that can fail returns an enum warc_result, and the
 * handle keeps a message about the failure.  Closing a NULL handle does nothing.
 *
 * Compatibility: until version 1.0, each incompatible change raises the number in the soname
 * (libwarccap.so.0), and symbols carry that number as their version (WARCCAP_0).  New functions may
 * be added.  Enums may get new values after their last, so a switch needs a default.  Structures
 * that a program fills in begin with struct_size; the library allocates those that it returns.
 * Both may get new members at their end.  Other structures do not change.
 */

/* The version of the library that is linked, such as "0.1.0"; static. */
const char *warc_version(void);

/* What a call returns.  Negative values are failures. */
enum warc_result {
    WARC_OK = 0,
    WARC_END = 1,     /* no more records, or no more bytes in the block */
    WARC_FLAWED = -1, /* usable, but something is wrong: see the flaws */
    WARC_LOST = -2,   /* this record cannot be used; the next call goes on after it */
    WARC_BROKEN = -3, /* stop using the handle */
};

/* The name of enum warc_result before version 0.2. */
#define warc_answer warc_result

/* ==== warc_record(3) - a record's type, fields and place ==== */
/*
 * What the reader and the writer have in common.  A record is a header of named fields, followed by
 * a block of bytes.  Its type says what the block is (WARC 1.1, clause 6).
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
    WARC_UNKNOWN = 8, /* a type that the standard does not name: programs skip it (6.1) */
};

/* The type's name in WARC-Type, such as "warcinfo"; "unknown" for any other value; static. */
const char *warc_type_name(enum warc_type type);

/* One field of a header.  Both strings end in NUL; the name is spelled as in the file. */
struct warc_field {
    const char *name;
    const char *value;
};

/* A record's header, as the reader returns it.  The header and its strings belong to the reader and
 * stay valid until the reader's next record is begun. */
struct warc_record {
    enum warc_type type;
    int version; /* 11 for WARC/1.1, 10, 17 for 0.17; 1 and 2 for records of ARC files */
    const struct warc_field *fields;
    size_t field_count;
    int64_t content_length; /* bytes in the block */
};

/* The value of the first field with that name; ASCII letters match in either case.  NULL when there
 * is none.  The string lives as long as the record. */
const char *warc_record_field(const struct warc_record *record, const char *name);

/* Where a record is stored.  Offset and length count bytes of the stored file, which are compressed
 * bytes in a gzip file. */
struct warc_place {
    char file[256]; /* name without directory */
    int64_t offset;
    int64_t length;
};

/* Reads one field of a block of application/warc-fields, which warcinfo and metadata records have
 * (WARC 1.1, 6.2).  Takes the first field off the `*length` bytes at `*at` and moves both past it.
 * Name and value point into the block, without blanks around them and without a NUL.  A folded
 * value still contains its line ends.  WARC_OK; WARC_END when nothing is left; WARC_FLAWED for a
 * line that is not a field: the line is then the value, and the name is empty. */
WARC_MUST_CHECK enum warc_result warc_fields_next(const char **at, size_t *length,
                                                  const char **name, size_t *name_length,
                                                  const char **value, size_t *value_length);

/* ==== warc_reader(3) - reads WARC files, also damaged ones ==== */
/*
 * A program opens a file and reads one record after another.  It takes what it needs of each block,
 * and closes the file at the end:
 *
 *     struct warc_reader *reader = warc_reader_open("a.warc.gz");
 *     const struct warc_record *record;
 *     enum warc_result result;
 *     while ((result = warc_reader_next(reader, &record)) == WARC_OK || result == WARC_FLAWED)
 *         puts(warc_type_name(record->type));
 *     warc_reader_close(reader);
 *
 * The reader is lenient: it reports what breaks a rule as a flaw, and goes on.  After
 * warc_reader_set_strict(), reading ends at the first flaw.  At damage the result is WARC_LOST; the
 * next call returns the next record that can be found, in plain and gzip files alike.
 *
 * The reader also reads ARC files (versions 1 and 2), the format before WARC.  It returns their
 * records as WARC records of type warcinfo, response or resource, with the fields that the ARC
 * record's line provides.
 */

struct warc_reader;

/* How bad it is to break a rule. */
enum warc_level {
    /* allowed, but some programs may fail on it; does not make a record WARC_FLAWED */
    WARC_NOTE = 0,
    WARC_WARNING = 1, /* against a "should", or harmless to most programs */
    WARC_ERROR = 2,   /* against a "shall", or bytes are damaged */
};

/* Something that the reader found wrong with the current record. */
struct warc_flaw {
    const char *rule; /* "gzip-crc", "record-trailer" ..., one of warc_rules(3); static */
    enum warc_level level;
    /* the clause of ISO 28500:2017 (WARC 1.1), such as "5.4"; or one of another document, which it
     * names: "RFC 9112, 7.1"; static */
    const char *clause;
    int64_t offset;  /* in the file as stored */
    char words[200]; /* what is wrong, for people */
};

/* One of the rules that a WARC file is judged by; warc_rules(3) lists them all. */
struct warc_rule {
    const char *name; /* never changes its meaning */
    enum warc_level level;
    const char *clause; /* of ISO 28500:2017 (WARC 1.1), or of the document that it names */
    const char *words;  /* what is wrong: a sentence without a full stop */
    const char *advice; /* what to do: another */
};

/* A source of bytes that is not a file.  Fill in read_at if bytes can be read at any offset, or
 * read for a stream that only moves forward.  Both put at most `room` bytes into `out` and return
 * their number; 0 at the end; -1 with errno set. */
struct warc_source {
    size_t struct_size; /* sizeof (struct warc_source) */
    ptrdiff_t (*read_at)(void *context, void *out, size_t room, int64_t offset);
    ptrdiff_t (*read)(void *context, void *out, size_t room);
    /* called once, even when opening fails unless struct_size is wrong; NULL: nothing to close */
    void (*close)(void *context);
    void *context;
    int64_t size;     /* with read_at: the number of bytes in the source */
    const char *name; /* for struct warc_place and messages: a path or a word; copied */
};

/* Opens a file; its first bytes tell plain from gzip.  The caller closes the reader with
 * warc_reader_close().  NULL when there is no memory; the first warc_reader_next() reports any
 * other failure. */
struct warc_reader *warc_reader_open(const char *path);

/* The same for an open file descriptor.  The caller keeps it, and leaves it open until
 * warc_reader_close().  A pipe is read as a stream. */
struct warc_reader *warc_reader_open_fd(int fd, const char *name);

/* The same for `length` bytes in memory.  They are borrowed until warc_reader_close(). */
struct warc_reader *warc_reader_open_memory(const void *bytes, size_t length, const char *name);

/* The same for any source.  The structure is copied.  NULL with errno EINVAL when struct_size is
 * not set or when neither read_at nor read is there.  The reader keeps the last 8 MiB of a stream,
 * so it can go on after a damaged record or a wrong length as in a file.  warc_reader_seek() on a
 * stream goes forward, or back within those 8 MiB. */
struct warc_reader *warc_reader_open_source(const struct warc_source *source);

/* Closes the source and frees the reader with all that it returned. */
void warc_reader_close(struct warc_reader *reader);

/* From the next record on, compares block and payload with the record's digests as they are read
 * (WARC 1.1, 5.8, 5.9).  A mismatch becomes a flaw, "block-digest" or "payload-digest", which is
 * there after warc_reader_finish().  Notes are "payload-digest-raw" (the digest covers the chunk
 * framing) and "digest-unknown" (none of MD5, SHA-1, SHA-256, SHA-384 and SHA-512).  Skipped blocks
 * are then read too. False when there is no memory. */
bool warc_reader_check_digests(struct warc_reader *reader);

/* From the next record on, reading ends at the first flaw that is more than a note.  The result is
 * then WARC_BROKEN; warc_reader_words() and warc_reader_flaw() tell what was wrong. */
void warc_reader_set_strict(struct warc_reader *reader);

/* Moves to the record that begins at byte `offset` of the stored file.  WARC_OK or WARC_BROKEN. */
WARC_MUST_CHECK enum warc_result warc_reader_seek(struct warc_reader *reader, int64_t offset);

/* Reads the next record's header.  *record is NULL unless the result is WARC_OK or WARC_FLAWED; it
 * stays valid until the next record is begun.  WARC_OK; WARC_END; WARC_FLAWED (usable); WARC_LOST
 * (damaged: the reader has moved to the next record that it found, or to the end); WARC_BROKEN (the
 * file cannot be read).  The call first skips the rest of the block before, and checks what follows
 * that block (trailer, end of the gzip member, CRC).  Flaws found there are among those of this
 * call, even when the result is WARC_END. */
WARC_MUST_CHECK enum warc_result warc_reader_next(struct warc_reader *reader,
                                                  const struct warc_record **record);

/* Returns the next bytes of the block.  *bytes is valid until the next call.  WARC_OK; WARC_END at
 * the end of the block; WARC_LOST when the file ends or is damaged before that; WARC_BROKEN when
 * the file cannot be read.  *length is 0 unless the result is WARC_OK. */
WARC_MUST_CHECK enum warc_result warc_reader_block(struct warc_reader *reader, const char **bytes,
                                                   size_t *length);

/* Reads the current record to its end, checks what follows its block, and fills in *place (may be
 * NULL) for the whole record.  The record's flaws are complete after this call.  WARC_OK,
 * WARC_FLAWED, WARC_LOST when part of the block is missing, or WARC_BROKEN. */
WARC_MUST_CHECK enum warc_result warc_reader_finish(struct warc_reader *reader,
                                                    struct warc_place *place);

/* The flaws of the record that was read last, counted from 0; NULL after the last.  They stay valid
 * until the next record is begun. */
const struct warc_flaw *warc_reader_flaw(const struct warc_reader *reader, size_t number);

/* Whether the file is gzip; the offset in the stored file at which the current record begins; and a
 * message about the last failure, which lives until the next call. */
bool warc_reader_is_gzip(const struct warc_reader *reader);
int64_t warc_reader_offset(const struct warc_reader *reader);
const char *warc_reader_words(const struct warc_reader *reader);

/* "note", "warning" or "error"; static. */
const char *warc_level_name(enum warc_level level);
/* The rule with that number, counted from 0; NULL after the last one.  Static.  Numbers may change
 * from release to release; names do not. */
const struct warc_rule *warc_rule(size_t number);

/* ==== warc_payload(3) - reads the payload of a record ==== */
/*
 * The payload is the body of an HTTP message without its transfer coding, or else the whole block
 * (WARC 1.1, 3).  It is read as a stream, in bounded memory whatever its length.  A few compressed
 * bytes may decode to very many; the program gets them in small pieces and can stop at any time.
 * The head of the HTTP message is available too, as it was received.
 *
 *     struct warc_payload *payload = warc_payload_open(reader, record, WARC_PAYLOAD_DECODED);
 *     while (payload && warc_payload_read(payload, &bytes, &length) == WARC_OK)
 *         fwrite(bytes, 1, length, stdout);
 *     warc_payload_close(payload);
 */

struct warc_payload;

/* WARC_PAYLOAD_DECODED also removes content codings (RFC 9110, 8.4): gzip and deflate, and br and
 * zstd where the library was built with them. */
enum { WARC_PAYLOAD_DECODED = 1 };

/* Begins to read the payload of the record that warc_reader_next() returned.  None of its block may
 * have been read before.  `flags` is 0 or WARC_PAYLOAD_DECODED.  Reader and record are borrowed
 * until warc_payload_close(); then warc_reader_finish() or warc_reader_next() go on as usual.  NULL
 * when there is no memory. */
struct warc_payload *warc_payload_open(struct warc_reader *reader, const struct warc_record *record,
                                       int flags);
void warc_payload_close(struct warc_payload *payload);

/* Returns the next bytes of the payload.  *bytes is valid until the next call.  WARC_OK; WARC_END
 * at the end; WARC_LOST when the block is cut or damaged, or when the chunk framing or the coding
 * is broken.  The bytes returned before that are good, and warc_payload_words() tells the reason.
 * A body that ends early is WARC_LOST too, even in a record that says so (WARC-Truncated). */
WARC_MUST_CHECK enum warc_result warc_payload_read(struct warc_payload *payload, const char **bytes,
                                                   size_t *length);
const char *warc_payload_words(const struct warc_payload *payload);

/* Why a payload is not whole, or cannot be decoded. */
enum warc_payload_error {
    WARC_PAYLOAD_SOUND = 0,          /* nothing wrong was found */
    WARC_PAYLOAD_ENDS_EARLY = 1,     /* the last chunk is missing, or the coded body has no end */
    WARC_PAYLOAD_CHUNKS_BROKEN = 2,  /* the chunk framing is broken at some byte */
    WARC_PAYLOAD_CODING_BROKEN = 3,  /* the coded bytes are damaged at some byte */
    WARC_PAYLOAD_CODING_UNKNOWN = 4, /* an unknown coding: the bytes are still coded */
    WARC_PAYLOAD_BLOCK_BROKEN = 5,   /* the block is cut or damaged */
};

/* The error found so far.  After WARC_LOST it is the reason.  WARC_PAYLOAD_CODING_UNKNOWN is known
 * from the beginning, and only reported with WARC_PAYLOAD_DECODED. */
enum warc_payload_error warc_payload_error(const struct warc_payload *payload);

/* Whether trailer fields came after the last chunk (RFC 9112, 7.1.2).  Known at the end. */
bool warc_payload_has_trailers(const struct warc_payload *payload);

/* The content codings that were not removed, as the message names them ("br"); empty when there are
 * none.  Without WARC_PAYLOAD_DECODED none is removed. */
const char *warc_payload_coding(const struct warc_payload *payload);

/* The status of the HTTP response in the block (RFC 9112).  0 when there is no response, when the
 * block is a request, or when its head cannot be parsed. */
int warc_payload_status(const struct warc_payload *payload);

/* The bytes of the head as they were received, with the empty line; NULL when there are none.  They
 * have no NUL, and live until warc_payload_close(). */
const char *warc_payload_head(const struct warc_payload *payload, size_t *length);

/* A part of the first line of the head, without its line end.  Parts 1 to 3 are version, status and
 * reason of a response, or method, target and version of a request; part 0 is the whole line.  NULL
 * when there is none.  The text has no NUL, and lives until warc_payload_close(). */
const char *warc_payload_start(const struct warc_payload *payload, int part, size_t *length);

/* The fields of the head in their order, counted from 0; false after the last.  Name and value
 * point into the head and have no NUL.  The value is trimmed; a folded value still contains its
 * line ends. */
bool warc_payload_field(const struct warc_payload *payload, size_t number, const char **name,
                        size_t *name_length, const char **value, size_t *value_length);

/* ==== warc_check(3) - checks what a record contains ==== */
/*
 * The reader reports what is wrong with a record's frame, fields and digests.  A check looks at
 * everything else that one record can tell by itself.  Is the HTTP message readable, and is its
 * body whole?  Can the body be decoded?  Does a request ask for the URL of its record?  Are dates
 * possible, and is the payload what it is declared to be?  Findings are flaws, by the rules that
 * warc_rules(3) lists.  warccap verify works this way.
 *
 *     struct warc_check *check = warc_check_new();
 *     while ((result = warc_reader_next(reader, &record)) == WARC_OK || result == WARC_FLAWED) {
 *         if (warc_check_read(check, reader, record) == WARC_BROKEN)
 *             break;
 *         for (size_t i = 0; (flaw = warc_check_flaw(check, i)); i++)
 *             printf("%s: %s\n", flaw->rule, flaw->words);
 *     }
 *     warc_check_free(check);
 *
 * A record need not come from a reader.  warc_check_record() takes a header and a function that
 * gives the block.  So a program can check a record before it writes it, or one from a database.
 *
 * What several records must tell together is not looked at: whether identifiers are unique, what a
 * record refers to, and whether a response without a body is the answer to HEAD.
 */

struct warc_check;

/* A check can be used for one record after another.  The caller frees it.  NULL when there is no
 * memory. */
struct warc_check *warc_check_new(void);
void warc_check_free(struct warc_check *check);

/* WARC_CHECK_CONTENT: fields and digests were checked before, as a reader does. */
enum { WARC_CHECK_CONTENT = 1 };

/* Where the bytes of a block come from.  `next` gives the next of them, at least one; they stay
 * valid until it is called again.  It returns WARC_OK; WARC_END after the last byte; or another
 * result when the rest cannot be read. */
struct warc_block {
    size_t struct_size; /* sizeof (struct warc_block) */
    enum warc_result (*next)(void *context, const char **bytes, size_t *length);
    void *context;
};

/* Checks one record.  Of the record, `type`, `version`, `fields`, `field_count` and
 * `content_length` must be filled in; it is borrowed until the next record is begun.  The block is
 * borrowed for the call.  `flags` is 0 or WARC_CHECK_CONTENT.
 *
 * WARC_OK: nothing is wrong, though there may be notes.  WARC_FLAWED: see the flaws.  WARC_LOST: a
 * part of the block is missing, so its content was not judged.  WARC_BROKEN: no memory, OpenSSL
 * does not offer SHA-1, or struct_size is not set. */
WARC_MUST_CHECK enum warc_result warc_check_record(struct warc_check *check,
                                                   const struct warc_record *record,
                                                   const struct warc_block *block, int flags);

/* Checks the content of the record that warc_reader_next() returned, none of whose block may have
 * been read before, and reads the block to its end.  The reader reports what is wrong with frame,
 * fields and digests: see warc_reader_finish(), which can be called afterwards.  Results as above.
 */
WARC_MUST_CHECK enum warc_result warc_check_read(struct warc_check *check,
                                                 struct warc_reader *reader,
                                                 const struct warc_record *record);

/* The flaws of the record that was checked last, counted from 0; NULL after the last.  They stay
 * valid until the next record is begun.  Their offset is that of the record; -1 without a reader.
 * A response may lack the body that it announces because the request was HEAD: that is the warning
 * "http-body-missing". */
const struct warc_flaw *warc_check_flaw(const struct warc_check *check, size_t number);

/* What was seen of the record, valid until the next one is begun.  The status of the HTTP response;
 * 0 when there is none, or no readable head.  The head of the HTTP message with its empty line;
 * NULL when there is none that is readable.  The first bytes of the payload, at most 4096; NULL
 * when there is none, or when it is in a coding that was not removed.  `decoded`: a coding was
 * removed.  Neither text has a NUL. */
int warc_check_status(const struct warc_check *check);
const char *warc_check_head(const struct warc_check *check, size_t *length);
const char *warc_check_start(const struct warc_check *check, size_t *length, bool *decoded);

/* ==== warc_writer(3) - writes WARC files ==== */
/*
 * Each record becomes one gzip member.  Records that belong together, such as request, response and
 * metadata, form an event.  All records of an event are in the same file.
 *
 *     struct warc_writer *writer = warc_writer_new(&options);
 *     enum warc_result result = warc_writer_begin_event(writer);
 *     if (result == WARC_OK)
 *         result = warc_writer_put(writer, &draft, NULL);
 *     if (result != WARC_OK)
 *         fputs(warc_writer_words(writer), stderr);
 *     if (warc_writer_close(writer) != WARC_OK)
 *         fputs("the records written last may be lost\n", stderr);
 *
 * A file is named PREFIX-DATE-SERIAL-HOSTNAME.warc.gz.  While it is being written, its name ends in
 * ".open".  A file that a crash left behind keeps that name: see warc_mend(3).  Every file begins
 * with a warcinfo record.  The writer never replaces an existing file.
 *
 * The writer refuses a record that would break a rule of the standard.  The result is WARC_LOST,
 * warc_writer_words() names the rule (warc_rules(3)), and the next record can be written.
 *
 * Only warc_writer_sync() makes sure that records are on the disk.  A program that must know after
 * a crash how much it had synced can note warc_writer_file() and warc_writer_size() after each
 * sync, or let the writer keep a log (commit_log).
 */

struct warc_writer;

struct warc_writer_options {
    size_t struct_size;    /* sizeof (struct warc_writer_options) */
    const char *directory; /* NULL: the current directory; copied */
    /* first part of file names; letters, digits, '-' and '_' stay, all else becomes '_'; NULL:
     * "warc"; copied */
    const char *prefix;
    /* last part of file names, where '.' stays too; NULL: there is none; copied */
    const char *hostname;
    /* a file of this size or more is finished before the next event, see also
     * warc_writer_expect(); 0: 1,000,000,000 bytes */
    int64_t file_size_bytes;
    /* block of each file's warcinfo record: application/warc-fields, lines end in CRLF; copied */
    const char *warcinfo;
    /* keep NAME.warc.gz.commits beside NAME.warc.gz.open: it tells warc_mend() what was synced */
    bool commit_log;
    /* called, if not NULL, when a file has got its final name: the name, the size in bytes, and the
     * SHA-256 of the whole file */
    void (*finished)(void *context, const char *file, int64_t bytes,
                     const unsigned char sha256[32]);
    void *context;
};

/* Makes a writer; it creates no file before the first event.  The caller frees it with
 * warc_writer_close().  NULL when there is no memory, or with errno EINVAL when struct_size is not
 * set. */
struct warc_writer *warc_writer_new(const struct warc_writer_options *options);

/* How well records are compressed.  The default is WARC_EFFORT_SMALL. */
enum warc_effort {
    WARC_EFFORT_SMALL = 0, /* level 6 of libdeflate if available, else of zlib */
    WARC_EFFORT_FAST = 1,  /* level 1 of ISA-L if available, else of libdeflate, else of zlib */
};
void warc_writer_set_effort(struct warc_writer *writer, enum warc_effort effort);

/* Makes a record identifier, "<urn:uuid:" UUIDv4 ">" (RFC 9562) with its NUL.  With it, records can
 * refer to each other before they are written. */
enum { WARC_ID_SIZE = 48 };
void warc_id_make(char id[WARC_ID_SIZE]);

/* A record to write.  The writer makes WARC-Type, WARC-Record-ID, WARC-Date, WARC-Target-URI,
 * WARC-Warcinfo-ID, WARC-Block-Digest, WARC-Payload-Digest, Content-Type and Content-Length.
 * `fields` has the other fields, in their order in the header.  The block is block[0], then
 * block[1], then the file.  The strings are borrowed for the call. */
struct warc_draft {
    size_t struct_size; /* sizeof (struct warc_draft) */
    enum warc_type type;
    /* from warc_id_make(); empty: the writer makes one, see warc_writer_id() */
    char id[WARC_ID_SIZE];
    int64_t date_ms;          /* WARC-Date in milliseconds since 1970; 0: now */
    const char *target_uri;   /* NULL: none */
    const char *content_type; /* NULL: none */
    const struct warc_field *fields;
    size_t field_count;
    const char *block[2];
    size_t block_length[2];
    int block_fd;            /* used only if block_fd_length is more than 0 */
    int64_t block_fd_length; /* bytes of that file, from its start */
    /* "sha1:..."; NULL: the writer computes it where the standard has one; "": none */
    const char *payload_digest;
    /* the payload is an image, video, zip ...: do not try hard to compress it */
    bool compressed_already;
};

/* Says how many bytes the records of the next event have at most, before they are compressed.  If
 * the file might then become larger than file_size_bytes, the event gets a new one.  So only an
 * event that is larger itself makes a larger file.  Forgotten when the event begins. */
void warc_writer_expect(struct warc_writer *writer, int64_t bytes);

/* Begins an event, whose records all go into one file.  Opens a file, or changes to the next, when
 * needed.  WARC_OK or WARC_BROKEN. */
WARC_MUST_CHECK enum warc_result warc_writer_begin_event(struct warc_writer *writer);

/* Appends one record as one gzip member.  *place (may be NULL) receives its place.  WARC_OK;
 * WARC_LOST when the draft breaks a rule of the standard: nothing was written, and
 * warc_writer_words() names the rule; WARC_BROKEN when writing failed: the file was cut back to its
 * last whole event. */
WARC_MUST_CHECK enum warc_result warc_writer_put(struct warc_writer *writer,
                                                 const struct warc_draft *draft,
                                                 struct warc_place *place);

/* The same for a block that comes in pieces, with a length that is not known before its end: begin,
 * add any number of times, end.  The writer keeps the pieces in memory, and those of a long block
 * in an unlinked file in its directory.  block[0] and block[1] of the draft come first; the draft
 * cannot have a file.  The draft is copied; its strings and fields are borrowed until the end.  To
 * drop a record, begin another.  Begin and add return WARC_OK, or WARC_LOST when the pieces cannot
 * be kept, for example on a full disk.  Then nothing was written, the file is as before, and a new
 * record can be begun.  End returns what warc_writer_put() does. */
WARC_MUST_CHECK enum warc_result warc_writer_begin_record(struct warc_writer *writer,
                                                          const struct warc_draft *draft);
WARC_MUST_CHECK enum warc_result warc_writer_add(struct warc_writer *writer, const void *bytes,
                                                 size_t length);
WARC_MUST_CHECK enum warc_result warc_writer_end_record(struct warc_writer *writer,
                                                        struct warc_place *place);

/* The identifier of the record written last; empty before the first.  It lives until the next
 * record. */
const char *warc_writer_id(const struct warc_writer *writer);

/* The WARC-Payload-Digest of that record, given or computed; empty when it has none.  It lives
 * until the next record. */
const char *warc_writer_payload_digest(const struct warc_writer *writer);

/* Writes everything so far to the disk.  It is safe there when the result is WARC_OK; otherwise the
 * result is WARC_BROKEN. */
WARC_MUST_CHECK enum warc_result warc_writer_sync(struct warc_writer *writer);

/* Syncs and closes the file, and gives it its final name (without ".open").  The next event begins
 * a new file.  WARC_OK or WARC_BROKEN. */
WARC_MUST_CHECK enum warc_result warc_writer_finish_file(struct warc_writer *writer);

/* Finishes the file and frees the writer, whatever the result: WARC_OK or WARC_BROKEN. */
WARC_MUST_CHECK enum warc_result warc_writer_close(struct warc_writer *writer);

/* The name of the current file without ".open", empty when none is open; and its size in bytes,
 * with what is not written out yet. */
const char *warc_writer_file(const struct warc_writer *writer);
int64_t warc_writer_size(const struct warc_writer *writer);

/* A message about the last failure, which lives until the next call; and its errno, 0 when no
 * system call failed. */
const char *warc_writer_words(const struct warc_writer *writer);
int warc_writer_errno(const struct warc_writer *writer);

/* ==== warc_mend(3) - finishes a WARC file that a crash left behind ==== */
/*
 * The writer appends whole gzip members in order.  So a crash can only leave a tail that is cut, or
 * one that never reached the disk.
 */

/* Recovers a file NAME.warc.gz.open that a killed run left behind.  Whole records stay, a torn tail
 * is moved to NAME.torn-DATE, and the file gets its final name.  A file with nothing but a warcinfo
 * record is removed.
 *
 * The first `synced_bytes` were synced as whole events.  Anything wrong or missing there is damage
 * and not a torn tail: it is reported, and stays in place with all that follows it, for a verifier
 * to name.  0 means unknown, or what NAME.warc.gz.commits says if that file exists.
 *
 * *kept_bytes and *torn_bytes (may be NULL) receive the sizes of the two parts, `words` (`size`
 * bytes) a sentence for people, and `final` the name of the finished file without its directory,
 * empty when it was removed.
 *
 * WARC_OK; WARC_FLAWED when a tail was torn off; WARC_LOST when there is damage; WARC_BROKEN when
 * reading or writing failed, another file has the final name, or a running writer has the file
 * open.  After WARC_BROKEN the file is as before, perhaps with a copy of its tail beside it. */
WARC_MUST_CHECK enum warc_result warc_mend(const char *open_path, int64_t synced_bytes,
                                           int64_t *kept_bytes, int64_t *torn_bytes,
                                           char final[256], char *words, size_t size);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
