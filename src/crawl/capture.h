/* From a capture to its records: request, response, metadata. */
#ifndef CRAWL_CAPTURE_H
#define CRAWL_CAPTURE_H

#include "base/digest.h"
#include "crawl/writers.h"

/* Working memory that is used again from capture to capture; one thread. */
struct capture_desk {
    struct digester *digester;
    struct buf metadata, scratch;
};

bool capture_desk_init(struct capture_desk *desk);
void capture_desk_release(struct capture_desk *desk);

/* Writes the records of one capture as one event, fills in capture->place and ->line. */
enum warc_answer capture_write(struct capture_desk *desk, struct warc_writer *writer, struct capture *capture);

#endif
