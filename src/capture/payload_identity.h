/* What identifies the payload of a response, for its record and for revisits of it (store/dedup.h).
 * It is found out once for each body: by whoever needs it first, for all who need it later. */
#ifndef CAPTURE_PAYLOAD_IDENTITY_H
#define CAPTURE_PAYLOAD_IDENTITY_H

#include <stdbool.h>

#include "base/digest.h"
#include "base/result.h"
#include "base/spool.h"
#include "base/text.h"
#include "http/body_reader.h"
#include "http/http_message.h"
#include "store/dedup.h"
#include "warccap/warc.h"

enum { PAYLOAD_FRAMING_BYTES = 64 };

/* What a body holds besides its payload and the lines of its chunks. */
enum payload_besides {
    PAYLOAD_ALONE,
    PAYLOAD_TRAILERS, /* fields behind the last chunk */
    PAYLOAD_RUBBISH,  /* octets behind chunk framing that is broken; the payload is what came before
                       */
};

/* The payload is the body without transfer coding, content coding left on (WARC 1.1, 5.9). */
struct payload_identity {
    bool known;             /* false: nothing was found out yet */
    struct payload payload; /* its framing points into the next member: not to be copied */
    char framing[PAYLOAD_FRAMING_BYTES];
    enum payload_besides besides;
};

enum payload_digests {
    PAYLOAD_SHA1,   /* nothing is looked up by payload: the SHA-256 stays zero */
    PAYLOAD_SHA256, /* SHA-1 and SHA-256, as struct payload has them */
};

/* Working memory that is used again; one thread. */
struct payload_reader {
    struct digester *sha1, *sha256; /* the latter NULL if it is not wanted */
    struct body_reader *body;
};

/* False without memory, or when OpenSSL does not offer the digests; to be released in any case. */
bool payload_reader_init(struct payload_reader *reader, enum payload_digests digests);
void payload_reader_release(struct payload_reader *reader);

/* Reads what stands behind the first `from` octets of a spool, of any size.  BROKEN when that can't
 * be read. */
MUST_CHECK enum result payload_read_spool(struct payload_reader *reader,
                                          const struct http_head *head, struct spool *spool,
                                          size_t from, struct payload_identity *identity,
                                          struct trouble *trouble);
/* Reads a payload out of the archive that was opened without WARC_PAYLOAD_DECODED.  LOST when the
 * record's block is damaged. */
MUST_CHECK enum result payload_read_stored(struct payload_reader *reader,
                                           const struct http_head *head,
                                           struct warc_payload *stored,
                                           struct payload_identity *identity);

/* The same payload now stands under another head. */
void payload_identity_set_framing(struct payload_identity *identity, const struct http_head *head);

/* Whether later responses may refer to this one, and it to earlier ones: parts are no originals, an
 * empty payload is not worth a reference, and what stands besides it would be kept nowhere. */
bool payload_identity_may_be_shared(const struct payload_identity *identity,
                                    const struct http_head *head);

#endif
