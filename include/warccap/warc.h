/*
 * libwarccap: reading and writing WARC files (ISO 28500:2017, WARC/1.1; read also 1.0 and 0.17).  Link with
 * `pkg-config --libs libwarccap` (--static: the library's own libraries too).
 *
 * No globals; a handle may be used by one thread at a time, different handles by different threads at once.  Every
 * call that can fail answers with a rung of enum warc_answer and leaves words in the handle (warc_reader_words(),
 * warc_writer_words()).
 */
#ifndef WARCCAP_WARC_H
#define WARCCAP_WARC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default) /* what is declared here is what the library shows */

/* "0.1.0", of the library that is linked. */
const char *warc_version(void);

enum warc_answer {
    WARC_OK = 0,
    WARC_END = 1,     /* no more records / no more bytes of the block */
    WARC_FLAWED = -1, /* usable, but something is wrong: see the flaws */
    WARC_LOST = -2,   /* this record can't be used; the next call goes on behind it */
    WARC_BROKEN = -3, /* stop using the handle */
};

enum warc_type {
    WARC_WARCINFO,
    WARC_RESPONSE,
    WARC_RESOURCE,
    WARC_REQUEST,
    WARC_METADATA,
    WARC_REVISIT,
    WARC_CONVERSION,
    WARC_CONTINUATION,
    WARC_UNKNOWN, /* a type that the standard does not name: readers skip it (6.1) */
};

enum { WARC_ID_SIZE = 48 }; /* "<urn:uuid:...>" and its NUL */

const char *warc_type_name(enum warc_type type); /* "warcinfo" ...; "unknown" */

/* Where a record lies.  offset and length count bytes of the file as it is stored, compressed when it is. */
struct warc_place {
    char file[256]; /* name without directory */
    int64_t offset;
    int64_t length;
};

struct warc_field {
    const char *name; /* NUL-terminated, spelling as in the file */
    const char *value;
};

/* A record's header.  Strings belong to whoever filled it in: the reader's live until its next record. */
struct warc_record {
    enum warc_type type;
    int version;             /* 11 for WARC/1.1, 10, 17 for 0.17 */
    const struct warc_field *fields;
    size_t field_count;
    int64_t content_length;  /* octets of the block */
};

/* The first field of that name (ASCII case folded), NULL when there is none. */
const char *warc_record_field(const struct warc_record *record, const char *name);

/* ------------------------------------------------------------------------------------------------ reading -- */

struct warc_reader;

/* What the reader noticed about the frame of the present record; `rule` is one word of docs in src/warc/rules.h. */
struct warc_flaw {
    const char *rule;  /* "gzip-crc", "record-trailer", "length-beyond-member" ... static */
    int64_t offset;    /* in the file as stored */
    char words[200];
};

/* Where octets come from when it is no file: fill in read_at, for what can be read at any place, or read, for a stream that
 * only goes on.  Both give the number of octets they put into `out`, at most `room`; 0 at the end; -1 with errno set. */
struct warc_source {
    ptrdiff_t (*read_at)(void *context, void *out, size_t room, int64_t offset);
    ptrdiff_t (*read)(void *context, void *out, size_t room);
    void (*close)(void *context); /* NULL: nothing is to be done; called once, also when opening fails */
    void *context;
    int64_t size;                 /* with read_at: octets in all */
    const char *name;             /* for struct warc_place and messages; a path or a word; copied */
};

/* Opens a file; plain or gzip is told by its first octets.  NULL without memory; all other trouble comes from the first
 * warc_reader_next(). */
struct warc_reader *warc_reader_open(const char *path);
/* The same for an open descriptor, which stays the caller's and must stay open; a pipe is read as a stream. */
struct warc_reader *warc_reader_open_fd(int fd, const char *name);
/* The same for `length` octets in memory, which are borrowed until warc_reader_close(). */
struct warc_reader *warc_reader_open_memory(const void *bytes, size_t length, const char *name);
/* The same for anything.  Of a stream the last 8 MiB are kept: a record may be damaged or its length be wrong, and reading goes
 * on behind it as in a file; with warc_reader_seek() it goes on only, or back within what is kept. */
struct warc_reader *warc_reader_open_source(const struct warc_source *source);
void warc_reader_close(struct warc_reader *reader);

/* From the next record on, block and payload are compared with the record's digests as they pass (WARC 1.1, 5.8, 5.9): what does
 * not fit is among the flaws that warc_reader_finish() completes, "block-digest", "payload-digest", and as notes
 * "payload-digest-raw" (it covers the chunk framing) and "digest-unknown" (neither SHA-1 nor SHA-256).  Blocks are then read also
 * where they would be skipped.  False without memory. */
bool warc_reader_check_digests(struct warc_reader *reader);

/* Goes to the record that begins at `offset` (of the stored file). */
enum warc_answer warc_reader_seek(struct warc_reader *reader, int64_t offset);

/* Reads the next record's header into *record.  WARC_OK, WARC_END, WARC_FLAWED (usable), WARC_LOST (damaged; after it
 * the reader has found the next member or record, or the end), WARC_BROKEN (the file can't be read).  What is left of
 * the previous block is skipped and its frame checked (trailer, member end, CRC): flaws found there are told by
 * warc_reader_flaws() until the call after, also when the answer is WARC_END.  Notes (rules of the lowest level) are
 * among the flaws without making a record WARC_FLAWED. */
enum warc_answer warc_reader_next(struct warc_reader *reader, struct warc_record *record);

/* Gives the next run of block octets (*bytes valid until the next call).  WARC_END at the end of the block, WARC_LOST
 * when the file ends or is damaged before it (*length is 0 then). */
enum warc_answer warc_reader_block(struct warc_reader *reader, const char **bytes, size_t *length);

/* Reads the rest of the present record to its end, checks the frame behind the block, and fills in *place (file,
 * offset, stored length; may be NULL) of the whole record.  Then warc_reader_flaws() is complete for this record.
 * WARC_OK, WARC_FLAWED, or WARC_LOST when the block is not all there. */
enum warc_answer warc_reader_finish(struct warc_reader *reader, struct warc_place *place);

/* Flaws of the record that was read last (count through *count); live until the next record is begun. */
const struct warc_flaw *warc_reader_flaws(const struct warc_reader *reader, size_t *count);
bool warc_reader_is_gzip(const struct warc_reader *reader);
/* Offset of the present record in the stored file. */
int64_t warc_reader_offset(const struct warc_reader *reader);
const char *warc_reader_words(const struct warc_reader *reader);

/* ------------------------------------------------------------------------------------------------ payload -- */

/* What a record is about (WARC 1.1, 3): the body of an HTTP message, without its transfer coding, or else the whole block. */
struct warc_payload;

enum { WARC_PAYLOAD_DECODED = 1 /* content codings off, too: gzip and deflate (RFC 9110, 8.4) */ };

/* Begins to read the payload of the record that warc_reader_next() gave, before any of its block was taken; borrows reader and
 * record until warc_payload_close(), after which warc_reader_finish() or warc_reader_next() go on as usual.  `flags`: 0 or
 * WARC_PAYLOAD_DECODED.  NULL without memory. */
struct warc_payload *warc_payload_open(struct warc_reader *reader, const struct warc_record *record, int flags);
void warc_payload_close(struct warc_payload *payload);

/* Gives the next run of octets (*bytes valid until the next call; memory is bounded whatever the length).  WARC_OK; WARC_END at
 * the end; WARC_LOST when the block is cut or damaged, the chunk framing broken, or the coding: warc_payload_words() says
 * which, and what was given before is good.  A body that ends early in a record that says so (WARC-Truncated) is LOST, too. */
enum warc_answer warc_payload_read(struct warc_payload *payload, const char **bytes, size_t *length);
const char *warc_payload_words(const struct warc_payload *payload);
/* Content codings that are still on, as the message names them ("br"); empty when none is.  Without WARC_PAYLOAD_DECODED all
 * are. */
const char *warc_payload_coding(const struct warc_payload *payload);

/* The head of the HTTP message (RFC 9112) in the block: its status, 0 when there is no message, it is a request, or its head
 * can't be read; ... */
int warc_payload_status(const struct warc_payload *payload);
/* ... its octets as they came, with the empty line; NULL when there are none; ... */
const char *warc_payload_head(const struct warc_payload *payload, size_t *length);
/* ... and its fields in their order: false behind the last.  Name and value point into the head and have no NUL; the value is
 * trimmed, and if it was folded its line ends are in it. */
bool warc_payload_field(const struct warc_payload *payload, size_t number, const char **name, size_t *name_length,
                        const char **value, size_t *value_length);

/* ------------------------------------------------------------------------------------------------ writing -- */

enum warc_effort {
    WARC_EFFORT_SMALL, /* libdeflate 6 where there, else zlib 6 */
    WARC_EFFORT_FAST,  /* ISA-L 1 where there, else libdeflate 1, else zlib 1 */
};

struct warc_writer_options {
    const char *directory;
    const char *prefix;       /* first part of file names: letters, digits, '-' and '_' kept, others become '_' */
    const char *hostname;     /* last part of file names */
    int64_t file_size_bytes;  /* a new file is begun before an event once the present one has this size */
    const char *warcinfo;     /* block of every file's warcinfo record: application/warc-fields, CRLF lines */
    /* Told, if not NULL, of each file that got its final name: its name, size, and the SHA-256 of all its bytes. */
    void (*finished)(void *context, const char *file, int64_t bytes, const unsigned char sha256[32]);
    void *context;
};

struct warc_writer;

/* Nothing is created until the first event.  NULL without memory. */
struct warc_writer *warc_writer_new(const struct warc_writer_options *options);
void warc_writer_set_effort(struct warc_writer *writer, enum warc_effort effort);

/* A record to write.  The writer adds WARC-Type, WARC-Record-ID, WARC-Warcinfo-ID, WARC-Block-Digest, Content-Length
 * and, where asked, WARC-Payload-Digest; `fields` hold the rest in the order in which they are to stand. */
struct warc_draft {
    enum warc_type type;
    char id[WARC_ID_SIZE];         /* "<urn:uuid:...>"; made by warc_id_make() so that records can name each other */
    int64_t date_ms;               /* WARC-Date */
    const char *target_uri;        /* NULL: none */
    const char *content_type;
    const struct warc_field *fields;
    size_t field_count;
    const char *block[2];          /* the block in up to two runs of memory ... */
    size_t block_length[2];
    int block_fd;                  /* ... followed, when >= 0, by block_fd_length octets of this file from its start */
    int64_t block_fd_length;
    const char *payload_digest;    /* "sha1:..." for WARC-Payload-Digest; NULL: none */
    bool compressed_already;       /* the payload is an image, video, zip ...: spend little effort on it */
};

void warc_id_make(char id[WARC_ID_SIZE]); /* "<urn:uuid:" UUIDv4 ">" (RFC 9562) */

/* All records of one event go into one file.  Begins one: opens or changes the file when needed. */
enum warc_answer warc_writer_begin_event(struct warc_writer *writer);
/* Appends one record as one gzip member; *place (may be NULL) gets where it lies.  WARC_LOST when the draft breaks a
 * rule of the standard: nothing was written and the words say which.  WARC_BROKEN: the disk refused; the file was cut
 * back to the last whole event. */
enum warc_answer warc_writer_put(struct warc_writer *writer, const struct warc_draft *draft, struct warc_place *place);
/* The same for a block that comes in pieces and whose length is not known before its end: begin, add any number of times, end.
 * It waits in memory, and when it is long in an unlinked file in the writer's directory.  What the draft itself has of the block
 * comes first.  The draft is copied, its strings and fields are borrowed until the end.  Begin again to give a record up.
 * begin and add answer WARC_OK, or WARC_LOST when the pieces can't be kept (a full disk, say): nothing was written, the file is
 * as it was, and a new record can be begun; end answers as warc_writer_put() does. */
enum warc_answer warc_writer_begin_record(struct warc_writer *writer, const struct warc_draft *draft);
enum warc_answer warc_writer_add(struct warc_writer *writer, const void *bytes, size_t length);
enum warc_answer warc_writer_end_record(struct warc_writer *writer, struct warc_place *place);
/* Everything put so far is on the disk when it answers WARC_OK. */
enum warc_answer warc_writer_sync(struct warc_writer *writer);
/* Syncs, closes, and gives the file its final name (without ".open"); the next event begins a new one. */
enum warc_answer warc_writer_finish_file(struct warc_writer *writer);
/* Finishes and frees. */
enum warc_answer warc_writer_close(struct warc_writer *writer);
/* Name of the present file without ".open"; empty when none is open.  Bytes in it. */
const char *warc_writer_file(const struct warc_writer *writer);
int64_t warc_writer_size(const struct warc_writer *writer);
const char *warc_writer_words(const struct warc_writer *writer);
/* errno of the last failure, 0 when the system was not asked. */
int warc_writer_errno(const struct warc_writer *writer);

/* Mends a file NAME.warc.gz.open that a killed run left behind: whole records stay, a torn tail is moved aside to
 * NAME.torn-<date>, the file gets its final name (or is removed when it holds nothing but a warcinfo).  The first
 * `synced_bytes` (0: nothing is known) were synced as whole events: what is wrong there is no torn tail but damage, which
 * is told, and stays where it is for a verifier to name, with all that is behind it.  *kept_bytes and *torn_bytes (may
 * be NULL) tell what was done; `words` (size) gets a sentence.  `final` gets the final path's file name, empty when it
 * was removed.  WARC_OK, WARC_FLAWED when a tail was torn off, WARC_LOST when there is damage, WARC_BROKEN when the disk
 * refused, another file has the final name, or a living writer holds the file: it is as it was then, perhaps with a copy of its tail beside it. */
enum warc_answer warc_mend(const char *open_path, int64_t synced_bytes, int64_t *kept_bytes, int64_t *torn_bytes,
                           char final[256], char *words, size_t size);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
