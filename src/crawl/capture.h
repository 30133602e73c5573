/* From a capture to its records: request, response or revisit, metadata. */
#ifndef CRAWL_CAPTURE_H
#define CRAWL_CAPTURE_H

#include "archive/originals.h"
#include "crawl/payload.h"
#include "crawl/writers.h"

/* Working memory that is used again from capture to capture; one thread. */
struct capture_desk {
    struct payload_reader payload;
    struct originals *originals; /* NULL: payloads are stored however often they come */
    bool strip_chunks;           /* chunked answers lose their framing */
    struct buf metadata, scratch;
    struct trouble trouble; /* when capture_write() fails and the writer has no words for it */
};

/* `originals` is borrowed. */
bool capture_desk_init(struct capture_desk *desk, struct originals *originals, bool strip_chunks);
void capture_desk_release(struct capture_desk *desk);

/* Writes the records of one capture as one event, fills in capture->place and ->line.  A payload that the archive holds
 * already becomes a revisit of the response that holds it. */
enum warc_answer capture_write(struct capture_desk *desk, struct warc_writer *writer, struct capture *capture);

#endif
