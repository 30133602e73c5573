/*
 * The CDXJ index: one line a capture, `SURT SP timestamp14 SP {json}`, sorted as LC_ALL=C sorts, in
 * the form that pywb writes itself (members url, mime, status, digest, length, offset, filename;
 * all values strings; ", " and ": ").
 */
#ifndef COLLECTION_INDEX_CDXJ_H
#define COLLECTION_INDEX_CDXJ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"
#include "warccap/warc.h"

/* What a line says.  Texts are borrowed from whoever filled it in; empty ones are left out of the
 * line. */
struct cdxj_entry {
    struct text key;       /* reading only; written from url */
    struct text timestamp; /* 14 digits */
    struct text url;
    struct text mime; /* "warc/revisit" for revisits */
    struct text status;
    struct text digest; /* "sha1:BASE32" */
    struct text filename;
    int64_t length, offset;
};

/* Appends the line with its LF. */
void cdxj_line_write(const struct cdxj_entry *entry, struct buf *out);

/* Reads a line (without LF).  Unescaped JSON strings that needed it live in *scratch, which is
 * appended to.  False when it is no CDXJ line. */
bool cdxj_line_read(struct text line, struct cdxj_entry *entry, struct buf *scratch);

/* Fills *entry from a record's header and the head of its block (for HTTP responses: at least the
 * HTTP head).  False for records that get no line: warcinfo, request, application/warc-fields, 304
 * and 206 responses, answers to HEAD. Texts point into `record`, `head` and *scratch. */
bool cdxj_entry_from_record(const struct warc_record *record, struct text block_head,
                            const struct warc_place *place, struct cdxj_entry *entry,
                            struct buf *scratch);

/* Reads a whole WARC file and appends its lines, unsorted, to *lines.  LOST when the file is
 * damaged somewhere: what could be read is there, *trouble tells. */
MUST_CHECK enum result cdxj_index_file(const char *path, struct buf *lines,
                                       struct trouble *trouble);

/* Sorts `lines` (whole lines with LF) bytewise and drops doubles. */
MUST_CHECK enum result cdxj_sort(struct buf *lines, struct trouble *trouble);

/* Merges sorted `lines` into the sorted index file at `path` (made when missing), replacing it
 * atomically; memory use does not depend on the file's size. */
MUST_CHECK enum result cdxj_merge(const char *path, struct text lines, struct trouble *trouble);

/* Whom the making of an index tells what it meets. */
struct index_observer {
    void *context; /* given to each function */
    /* A file is damaged somewhere; `words` name it, and are borrowed until the function returns.
     * NULL: nobody wants to know. */
    void (*damaged)(void *context, const char *words);
};

/* Makes `path` anew from all finished WARC files in `archive_directory`.  LOST when some were
 * damaged, of which `observer` (may be NULL) is told one by one: what could be read is indexed. */
MUST_CHECK enum result cdxj_rebuild(const char *archive_directory, const char *path,
                                    const struct index_observer *observer, struct trouble *trouble);

#endif
