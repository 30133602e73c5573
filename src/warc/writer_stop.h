/*
 * What the crawler needs of a writer beside the interface of the library: a record of gigabytes can
 * be given up while it is written.
 */
#ifndef WARC_WRITER_STOP_H
#define WARC_WRITER_STOP_H

#include "base/give_up.h"
#include "base/result.h"
#include "warccap/warc.h"

/* Asked before each piece of a block that comes from a file.  Then warc_writer_put() returns
 * WARC_LOST, and warc_writer_drop_event() must be called. */
void warc_writer_give_up_when(struct warc_writer *writer, struct give_up give_up);

/* Takes back all records of the current event, as if it had never begun; the file ends with the
 * event before it.  WARC_OK; WARC_BROKEN when the file is broken, or cannot be cut. */
MUST_CHECK enum warc_result warc_writer_drop_event(struct warc_writer *writer);

#endif
