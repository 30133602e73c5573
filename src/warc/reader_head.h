/*
 * A record's header as it is stored.  The reader cuts a header into fields and does not keep its
 * bytes; whoever writes a record anew, unchanged, needs them.
 */
#ifndef WARC_READER_HEAD_H
#define WARC_READER_HEAD_H

#include "base/buf.h"
#include "warccap/warc.h"

/* From the next record on, *head gets the header of each record, with the empty line at its end;
 * in an ARC file, the record's line.  *head is borrowed until warc_reader_close().  See buf_ok().
 */
void warc_reader_keep_head(struct warc_reader *reader, struct buf *head);

#endif
