/*
 * Records of ARC files, the Internet Archive's format before WARC (versions 1 and 2).  A record is
 * a line, a block of the length that the line gives, and a line end.
 *
 * version 1:
 *
 *     URL IP-ADDRESS DATE TYPE LENGTH
 *     http://example.com/ 192.0.2.1 19970607080910 text/html 1234
 *
 * version 2:
 *
 *     URL IP-ADDRESS DATE TYPE STATUS CHECKSUM LOCATION OFFSET FILE LENGTH
 *     http://example.com/ 192.0.2.1 19970607080910 text/html 200 CHECKSUM LOCATION 0 a.arc.gz 1234
 *
 * The first record has the URL filedesc://NAME, and its block describes the file.  The reader shows
 * each record as a WARC record, with a header made from the line.
 */
#ifndef WARC_ARC_H
#define WARC_ARC_H

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

enum { ARC_LINE_MOST = 4096 }; /* bytes; longer lines are not ARC lines */

/* The fields of a line.  They point into the text that was read. */
struct arc_line {
    size_t length; /* of the line in bytes, with its line end */
    int version;   /* 1 or 2 */
    struct text url, address, date, type, block_length;
};

/* Parses the ARC line with which `text` begins.  False when it begins with something else, or when
 * the line end is missing; *line is then undefined. */
MUST_CHECK bool arc_line_read(struct text text, struct arc_line *line);

/* Appends to *out the WARC header that stands for the line.  `block` is the beginning of the
 * record's block; "HTTP/" there makes the record a response.  A lack of memory shows in
 * buf_ok(out). */
void arc_header_write(const struct arc_line *line, struct text block, struct buf *out);

#endif
