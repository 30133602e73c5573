/*
 * The body of a message as a stream, in bounded memory: octets are pulled out of a source, the
 * chunk framing is taken off (RFC 9112, 7.1), and then, if wanted, each content coding (RFC 9110,
 * 8.4), the one that was applied last first.  All of the program reads bodies this way: those that
 * the archive holds (warc_payload in warccap/warc.h) and those that just came (a spool).
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

/* Of a decoded body so many octets are read for links and text, by the crawl and by verify alike. A
 * sitemap may have 50 MB (sitemaps.org, protocol). */
enum { BODY_READ_MOST = 64 * 1024 * 1024 };

/* The same for all but sitemaps, by the octets of the response as they came: what is many times as
 * long once it is decoded (a "zip bomb") is read no further than 16 MiB. */
static inline size_t body_read_most(uint64_t response_octets)
{
    enum { GROWTH_MOST = 16, ALWAYS = 16 * 1024 * 1024 };
    uint64_t most =
        response_octets > BODY_READ_MOST ? BODY_READ_MOST : response_octets * GROWTH_MOST;
    return most > BODY_READ_MOST ? BODY_READ_MOST : most < ALWAYS ? ALWAYS : (size_t)most;
}

/* Why a body is not all there, or can't be understood.  What was given before is good. */
enum body_fault {
    BODY_SOUND,          /* nothing is known against it */
    BODY_TOO_LONG,       /* it is longer than the caller has room for: its beginning was given */
    BODY_ENDS_EARLY,     /* the last chunk did not come, or the coded body has no end */
    BODY_CHUNKS_BROKEN,  /* the chunk framing is broken from some octet on */
    BODY_CODING_BROKEN,  /* the coded octets are damaged from some octet on */
    BODY_CODING_UNKNOWN, /* a content coding is not known here, or there are more than three */
    BODY_UNREADABLE,     /* the source failed: a damaged record, the disk, no memory */
    BODY_FAULTS
};

/* "sound", "too-long", "ends-early", ...: for logs and files. */
const char *body_fault_name(enum body_fault fault);
/* The fault of that name; false when there is none. */
MUST_CHECK bool body_fault_of_name(struct text name, enum body_fault *fault);
/* For people, to follow "the body": "is longer than what is read of it". */
const char *body_fault_words(enum body_fault fault);

/* Octets of a body as it crossed the wire, without the head. */
struct body_source {
    /* Gives the next run of octets, at least one; they live until the next call.  RESULT_OK,
     * RESULT_END, RESULT_LOST (cut or damaged), RESULT_BROKEN (can't be read). */
    enum result (*next)(void *context, struct text *octets);
    void *context;
};

enum body_wanted {
    BODY_AS_CODED, /* only the chunk framing comes off: the payload that digests cover */
    BODY_DECODED,  /* content codings, too: what a reader sees */
};

struct body_reader;

/* NULL without memory.  A reader serves one body after the other, and one thread at a time. */
struct body_reader *body_reader_new(void);
void body_reader_free(struct body_reader *reader);

/* Begins with a body.  The head says how it is framed and coded (NULL: not at all); it is not
 * needed afterwards.  The source is borrowed until the next begin.  Without memory the first read
 * answers LOST, the fault is BODY_UNREADABLE. */
void body_reader_begin(struct body_reader *reader, const struct http_head *head,
                       enum body_wanted wanted, struct body_source source);
/* The same for what lies in a spool behind its first `from` octets, of any size; the spool is
 * borrowed. */
void body_reader_begin_spool(struct body_reader *reader, const struct http_head *head,
                             enum body_wanted wanted, struct spool *spool, size_t from);
/* The same for a body in memory, which is borrowed. */
void body_reader_begin_text(struct body_reader *reader, const struct http_head *head,
                            enum body_wanted wanted, struct text body);

/* The same for a gzip file in memory, which is borrowed (RFC 1952). */
void body_reader_begin_gzip(struct body_reader *reader, struct text file);

/* Gives the next run of octets, at least one; they live until the next call.  RESULT_OK;
 * RESULT_END at the end; RESULT_LOST when no more can be had: body_reader_fault() says why.  END
 * and LOST stay. */
MUST_CHECK enum result body_reader_next(struct body_reader *reader, struct text *piece);

/* Reads all that is left of a body that was just begun, up to room->limit octets.  The text lies in
 * `room`, which is emptied first, or where the body was anyway; it lives as long as both.  A body
 * whose coding is not known is given as empty. */
struct text body_reader_all(struct body_reader *reader, struct buf *room, enum body_fault *fault);

/* What is known so far; BODY_CODING_UNKNOWN from the beginning on. */
enum body_fault body_reader_fault(const struct body_reader *reader);
/* What stopped the reading: "the chunk framing is broken"; empty when nothing did.  Static. */
const char *body_reader_words(const struct body_reader *reader);
/* Content codings that are still on, as the head names them; empty when none is. */
const char *body_reader_coding(const struct body_reader *reader);
/* Whether trailer fields came behind the last chunk; known at the end. */
bool body_reader_has_trailers(const struct body_reader *reader);

#endif
