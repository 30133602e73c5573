/* From a capture to its records: request, response or revisit, metadata. */
#ifndef CAPTURE_CAPTURE_RECORDS_H
#define CAPTURE_CAPTURE_RECORDS_H

#include "base/result.h"
#include "capture/payload_identity.h"
#include "capture/writer_set.h"
#include "store/dedup.h"

/* Working memory that is used again from capture to capture; one thread. */
struct capture_scratch {
    struct payload_reader payload;
    struct dedup *dedup; /* NULL: payloads are stored however often they come */
    bool strip_chunks;   /* chunked answers lose their framing, */
    bool dechunked;      /* as that of the present capture did */
    struct buf metadata, text;
    struct trouble trouble; /* when capture_write() fails and the writer has no words for it */
};

/* `originals` is borrowed. */
bool capture_scratch_init(struct capture_scratch *scratch, struct dedup *dedup, bool strip_chunks);
void capture_scratch_release(struct capture_scratch *scratch);

/* Writes the records of one capture as one event, fills in capture->place and ->line.  A payload
 * that the archive holds already becomes a revisit of the response that holds it. */
MUST_CHECK enum warc_result capture_write(struct capture_scratch *scratch,
                                          struct warc_writer *writer, struct capture *capture);

#endif
