/* What identifies the payload of an answer, for its record and for revisits of it (store/dedup.h).
 */
#ifndef CAPTURE_PAYLOAD_IDENTITY_H
#define CAPTURE_PAYLOAD_IDENTITY_H

#include <stdbool.h>

#include "base/digest.h"
#include "base/spool.h"
#include "base/text.h"
#include "http/http_body.h"
#include "http/http_message.h"
#include "store/dedup.h"

enum { PAYLOAD_FRAMING_BYTES = 64 };

/* Working memory that is used again; one thread. */
struct payload_reader {
    struct digester *sha1, *sha256;
    char framing[PAYLOAD_FRAMING_BYTES];
    bool chunked;
    struct dechunker dechunker;
    char *room; /* for pieces of large bodies */
};

bool payload_reader_init(struct payload_reader *reader); /* false without memory */
void payload_reader_release(struct payload_reader *reader);

/* What a body holds besides its payload and the lines of its chunks. */
enum payload_besides {
    PAYLOAD_ALONE,
    PAYLOAD_TRAILERS, /* fields behind the last chunk */
    PAYLOAD_RUBBISH,  /* octets behind chunk framing that is broken; the payload is what came before
                       */
};

/* Reads the payload: the body without transfer coding, content coding left on (WARC 1.1, 5.9).
 * `body` is as it came. payload->framing lives until the next call. */
enum payload_besides payload_read(struct payload_reader *reader, const struct http_head *head,
                                  struct text body, struct payload *payload);

/* The same for what stands behind the first `from` octets of a spool, of any size.  BROKEN when
 * that can't be read. */
enum result payload_read_spool(struct payload_reader *reader, const struct http_head *head,
                               const struct spool *spool, size_t from, struct payload *payload,
                               enum payload_besides *besides, struct trouble *trouble);

/* Whether later answers may refer to this one, and it to earlier ones: parts are no originals, an
 * empty payload is not worth a reference, and what stands besides it would be kept nowhere. */
bool payload_may_be_shared(const struct http_head *head, const struct payload *payload,
                           enum payload_besides besides);

#endif
