/* Turns a capture into records: request, response or revisit, metadata. */
#ifndef CAPTURE_CAPTURE_RECORDS_H
#define CAPTURE_CAPTURE_RECORDS_H

#include "base/result.h"
#include "capture/payload_identity.h"
#include "capture/writer_set.h"
#include "store/dedup.h"

/* Working memory that is reused from capture to capture; for one thread. */
struct capture_scratch {
    struct payload_reader payload;
    struct dedup *dedup; /* NULL: every payload is stored, even when it repeats */
    bool strip_chunks;   /* chunked responses lose their framing, */
    bool dechunked;      /* and this capture's did */
    struct buf metadata, text;
    struct trouble trouble; /* for a failure of capture_write() that the writer has no words for */
};

/* `dedup` is borrowed. */
bool capture_scratch_init(struct capture_scratch *scratch, struct dedup *dedup, bool strip_chunks);
void capture_scratch_release(struct capture_scratch *scratch);

/* Writes the records of one capture as one event, and fills in capture->written.  A payload that
 * the archive already has becomes a revisit of the response that contains it. */
MUST_CHECK enum warc_result capture_write(struct capture_scratch *scratch,
                                          struct warc_writer *writer, struct capture *capture);

#endif
