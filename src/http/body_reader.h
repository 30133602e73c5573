/*
 * Reads the body of an HTTP message as a stream, in bounded memory.
 *
 * The reader pulls bytes from a source and removes the chunk framing (RFC 9112, section 7.1).  On
 * request it also removes the content codings (RFC 9110, section 8.4), the last one applied first.
 * The whole program reads bodies this way: those from the archive (warc_payload in warccap/warc.h)
 * and those just received (a spool).
 */
#ifndef HTTP_BODY_READER_H
#define HTTP_BODY_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/spool.h"
#include "base/text.h"
#include "http/http_message.h"

/* The most bytes of a decoded body that crawl and verify read for links and text.  A sitemap may
 * have 50 MB (sitemaps.org, protocol). */
enum { BODY_READ_MOST = 64 * 1024 * 1024 };

/* The same for everything but sitemaps.  `response_bytes` is the length of the response as it was
 * received.  A body that grows more than sixteenfold when decoded (a "zip bomb") is read only up to
 * 16 MiB. */
static inline size_t body_read_most(uint64_t response_bytes)
{
    enum { GROWTH_MOST = 16, ALWAYS = 16 * 1024 * 1024 };
    uint64_t most = response_bytes > BODY_READ_MOST ? BODY_READ_MOST : response_bytes * GROWTH_MOST;
    return most > BODY_READ_MOST ? BODY_READ_MOST : most < ALWAYS ? ALWAYS : (size_t)most;
}

/* Why a body is incomplete or cannot be decoded.  The bytes given before the error are good. */
enum body_error {
    BODY_SOUND,          /* no error was found */
    BODY_TOO_LONG,       /* it does not fit the caller's limit; its beginning was given */
    BODY_ENDS_EARLY,     /* the last chunk or the end of the coded body is missing */
    BODY_CHUNKS_BROKEN,  /* the chunk framing is broken from some point on */
    BODY_CODING_BROKEN,  /* the coded body is damaged from some point on */
    BODY_CODING_UNKNOWN, /* a content coding is not decoded here, or there are more than three */
    BODY_UNREADABLE,     /* the source failed (a damaged record, the disk), or no memory */
    BODY_UNDECODABLE,    /* it ended the process that reads bodies (links/page_reader.h) */
    BODY_ERRORS
};

/* "sound", "too-long", "ends-early", ...: for logs and files.  Static. */
const char *body_error_name(enum body_error error);
/* The error with that name.  False when there is none; *error is then unchanged. */
MUST_CHECK bool body_error_of_name(struct text name, enum body_error *error);
/* Words to follow "the body" in a message: "is longer than the part that is read".  Static. */
const char *body_error_words(enum body_error error);

/* Supplies a body as it crossed the wire, without the head. */
struct body_source {
    /* Gives the next bytes, at least one; they are valid until the next call.  RESULT_OK;
     * RESULT_END after the last byte; RESULT_LOST when the body is cut off or damaged;
     * RESULT_BROKEN when it cannot be read. */
    enum result (*next)(void *context, struct text *bytes);
    void *context;
};

enum body_wanted {
    BODY_AS_CODED, /* removes the chunk framing only: the payload that digests cover */
    BODY_DECODED,  /* removes the content codings too: what a browser shows */
};

struct body_reader;

/* The caller frees it.  NULL without memory.  A reader can read one body after another, in one
 * thread at a time. */
struct body_reader *body_reader_new(void);
/* NULL is allowed. */
void body_reader_free(struct body_reader *reader);

/* Begins a body.  The head says how the body is framed and coded (NULL: it is neither). It is
 * not needed after this call.  The source is borrowed until the next begin.  Without memory the
 * first read returns LOST, and the error is BODY_UNREADABLE. */
void body_reader_begin(struct body_reader *reader, const struct http_head *head,
                       enum body_wanted wanted, struct body_source source);
/* After a begin: the framing that the head tells of was taken off before. */
void body_reader_unframed(struct body_reader *reader);
/* The same for the content of a spool after its first `from` bytes.  The spool is borrowed. */
void body_reader_begin_spool(struct body_reader *reader, const struct http_head *head,
                             enum body_wanted wanted, struct spool *spool, size_t from);
/* The same for a body in memory, which is borrowed. */
void body_reader_begin_text(struct body_reader *reader, const struct http_head *head,
                            enum body_wanted wanted, struct text body);

/* The same for a gzip file in memory, which is borrowed (RFC 1952). */
void body_reader_begin_gzip(struct body_reader *reader, struct text file);

/* Gives the next bytes, at least one; they are valid until the next call.  RESULT_OK; RESULT_END at
 * the end; RESULT_LOST when no more can be read, and body_reader_error() says why.  After END or
 * LOST, every further call returns the same, and *piece is empty. */
MUST_CHECK enum result body_reader_next(struct body_reader *reader, struct text *piece);

/* Reads a body that was just begun, up to room->limit bytes.  The result points into `room`, which
 * is cleared first, or into the source if nothing had to be decoded.  It is valid as long as both.
 * A body with an unknown coding gives an empty text. */
struct text body_reader_all(struct body_reader *reader, struct buf *room, enum body_error *error);

/* The error found so far.  BODY_CODING_UNKNOWN is known from the beginning. */
enum body_error body_reader_error(const struct body_reader *reader);
/* Why reading stopped, such as "the chunk framing is broken"; "" when it did not.  Static. */
const char *body_reader_words(const struct body_reader *reader);
/* The content codings that are not removed, as the head names them; "" when there are none.  Valid
 * until the next begin. */
const char *body_reader_coding(const struct body_reader *reader);
/* Whether trailer fields followed the last chunk; known at the end of the body. */
bool body_reader_has_trailers(const struct body_reader *reader);

#endif
