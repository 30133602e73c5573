/*
 * The warcinfo record at the beginning of a repaired file (WARC 1.1, 6.2): what it was made from.
 * Its fields, which verify reads too (verify/repairs.h):
 *
 *   software: warccap/1.0
 *   format: WARC File Format 1.1
 *   description: repaired copy; the source was not changed
 *   repairedFrom: a.warc.gz
 *   repairedFromBytes: 94928
 *   repairedFromSha256: 0f1e...
 *   repairedManifest: 20260304050607.manifest sha256:...
 *   repairChange: compressed at 0, 12 times
 *   repairLost: torn-tail at 93000, 1928 bytes, <urn:uuid:...>, http://example.com/: ...
 */
#ifndef REPAIR_MADE_FROM_H
#define REPAIR_MADE_FROM_H

#include "base/buf.h"
#include "base/result.h"

/* What the record says. */
struct made_from {
    const char *file;          /* name of the finished file, for WARC-Filename */
    const char *source;        /* path; only its name is told */
    int64_t source_bytes;      /* -1: the source is no file, but a collection */
    const char *source_sha256; /* lower-case hexadecimal */
    struct text lines;         /* repairedManifest, repairChange and repairLost, each with CR LF */
};

/* Appends the record as one gzip member.  OK, or BROKEN with words. */
MUST_CHECK enum result made_from_write(const struct made_from *made, struct buf *out,
                                       struct trouble *trouble);

#endif
