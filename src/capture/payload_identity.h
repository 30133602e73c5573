/* What identifies the payload of a response, for its record and for revisits of it (store/dedup.h).
 * It is computed once per body, by the first who needs it. */
#ifndef CAPTURE_PAYLOAD_IDENTITY_H
#define CAPTURE_PAYLOAD_IDENTITY_H

#include <stdbool.h>

#include "base/digest.h"
#include "base/give_up.h"
#include "base/result.h"
#include "base/spool.h"
#include "base/text.h"
#include "http/body_reader.h"
#include "http/http_message.h"
#include "store/dedup.h"
#include "warccap/warc.h"

enum { PAYLOAD_FRAMING_BYTES = 64 };

/* What a body contains besides its payload and the lines of its chunks. */
enum payload_besides {
    PAYLOAD_ALONE,
    PAYLOAD_TRAILERS, /* fields after the last chunk */
    PAYLOAD_RUBBISH,  /* bytes after broken chunk framing; the payload is what came before */
};

/* The payload is the body without transfer coding; content coding stays on (WARC 1.1, 5.9). */
struct payload_identity {
    bool known;             /* false: not computed yet */
    struct payload payload; /* not to be copied: its framing points into the next member */
    char framing[PAYLOAD_FRAMING_BYTES];
    enum payload_besides besides;
};

enum payload_digests {
    PAYLOAD_SHA1,   /* nothing is looked up by payload, so the SHA-256 stays zero */
    PAYLOAD_SHA256, /* SHA-1 and SHA-256, as in struct payload */
};

/* Working memory that is reused; for one thread. */
struct payload_reader {
    struct digester *sha1, *sha256; /* the latter is NULL if it is not wanted */
    struct body_reader *body;
    struct give_up give_up; /* asked before each piece; the caller may set it */
};

/* False without memory, or when OpenSSL does not offer the digests; release it in either case. */
bool payload_reader_init(struct payload_reader *reader, enum payload_digests digests);
void payload_reader_release(struct payload_reader *reader);

/* Reads what follows the first `from` bytes of a spool of any size.  BROKEN when that can't be
 * read, or is given up. */
MUST_CHECK enum result payload_read_spool(struct payload_reader *reader,
                                          const struct http_head *head, struct spool *spool,
                                          size_t from, struct payload_identity *identity,
                                          struct trouble *trouble);
/* The same in slices, so that other work can go on meanwhile.  The head, the spool and *identity
 * are those of the first call until the last one. */
void payload_begin_spool(struct payload_reader *reader, const struct http_head *head,
                         struct spool *spool, size_t from, struct payload_identity *identity);
/* Reads about `most` bytes.  AGAIN: there is more to read; the rest as above. */
MUST_CHECK enum result payload_read_slice(struct payload_reader *reader,
                                          const struct http_head *head, const struct spool *spool,
                                          size_t most, struct payload_identity *identity,
                                          struct trouble *trouble);
/* Reads a payload from the archive; it was opened without WARC_PAYLOAD_DECODED.  LOST when the
 * record's block is damaged, or is given up. */
MUST_CHECK enum result payload_read_stored(struct payload_reader *reader,
                                           const struct http_head *head,
                                           struct warc_payload *stored,
                                           struct payload_identity *identity);

/* The same payload now has another head. */
void payload_identity_set_framing(struct payload_identity *identity, const struct http_head *head);

/* Whether later responses may refer to this one, and this one to earlier ones.  Not for partial
 * payloads; not for empty ones, which need no reference; and not if anything besides the payload
 * would be lost. */
bool payload_identity_may_be_shared(const struct payload_identity *identity,
                                    const struct http_head *head);

#endif
