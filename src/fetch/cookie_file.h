/*
 * Cookie files in Netscape's format, as browsers' extensions, curl and wget write them: lines of
 * seven columns, separated by tabs.
 *
 *     DOMAIN  SUBDOMAINS  PATH  SECURE  EXPIRES  NAME  VALUE
 *
 * "#" begins a comment, but "#HttpOnly_" a cookie. Every cookie names its domain: libcurl would
 * send one without a domain to all hosts. Nothing of a cookie is a control character, for it
 * becomes part of a request (RFC 6265, section 4.1.1).
 */
#ifndef FETCH_COOKIE_FILE_H
#define FETCH_COOKIE_FILE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

enum {
    COOKIE_FILE_BYTES = 16 << 20,
    COOKIE_LINES_BYTES = 2 * COOKIE_FILE_BYTES, /* a buffer that holds its lines in any case */
    COOKIE_FILE_COOKIES = 10000, /* of one file; libcurl compares each with those of its domain */
    COOKIE_LINE_MOST = 8000,     /* bytes of a line; browsers keep 4096 of a cookie */
};

/* Appends the cookies of the file to `lines`, each as one line of seven columns that ends in LF:
 * DOMAIN without upper-case letters, SUBDOMAINS and SECURE as TRUE or FALSE, EXPIRES in whole
 * seconds. A file that is read so gives the same lines when they are read again.
 *
 * OK: there is at least one cookie. LOST, with words: a line is not a cookie ("...:NUMBER: this
 * line"), or there is none, or there are too many. BROKEN: no memory. `name` is the file's, for the
 * words. */
MUST_CHECK enum result cookie_file_read(struct text bytes, const char *name, struct buf *lines,
                                        struct trouble *trouble);

#endif
