/*
 * Records of ARC files, the Internet Archive's format before WARC (versions 1 and 2): a line, a
 * block of the length that it says, and a line end:
 *
 *     http://example.com/ 192.0.2.1 19970607080910 text/html 1234 version 1 http://example.com/
 * 192.0.2.1 19970607080910 text/html 200 CHECKSUM LOCATION 0 file.arc.gz 1234      version 2
 *
 * The first record's address is filedesc://NAME, its block describes the file.  To whoever reads
 * WARC it is shown as a WARC record would be: with a header that holds what can be made of the
 * line.
 */
#ifndef WARC_ARC_H
#define WARC_ARC_H

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

enum { ARC_LINE_MOST = 4096 };

/* What a line says; all of it points into the line. */
struct arc_line {
    size_t length; /* with the line end */
    int version;
    struct text url, address, date, type, octets;
};

/* Whether `text` begins with such a line. */
MUST_CHECK bool arc_line_read(struct text text, struct arc_line *line);

/* Writes the header that a WARC record would have; `block` is how its block begins. */
void arc_header_write(const struct arc_line *line, struct text block, struct buf *out);

#endif
