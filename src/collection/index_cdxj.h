/*
 * The CDXJ index: one line per capture, `SURT SP timestamp14 SP {json}`, sorted as by LC_ALL=C. The
 * form is pywb's own: members url, mime, status, digest, length, offset, filename; all values are
 * strings; ", " and ": " separate.
 */
#ifndef COLLECTION_INDEX_CDXJ_H
#define COLLECTION_INDEX_CDXJ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/give_up.h"
#include "base/line_sort.h"
#include "base/result.h"
#include "base/text.h"
#include "warccap/warc.h"

/* The content of a line. The texts belong to the caller. Empty ones are left out of the line. */
struct cdxj_entry {
    struct text key;       /* only when reading; written from url */
    struct text timestamp; /* 14 digits */
    struct text url;
    struct text mime; /* "warc/revisit" for revisits */
    struct text status;
    struct text digest; /* "sha1:BASE32" */
    struct text filename;
    struct text record_digest; /* "sha256:" of the record as stored; only when reading */
    int64_t length, offset;
};

/* Appends the line with its LF. */
void cdxj_line_write(const struct cdxj_entry *entry, struct buf *out);

/* Reads a line (without LF). Strings with JSON escapes are decoded into *scratch, which is appended
 * to. False: not a CDXJ line. */
bool cdxj_line_read(struct text line, struct cdxj_entry *entry, struct buf *scratch);

/* Reads as much of the present block as cdxj_entry_from_record() needs: the HTTP head, and at most
 * so many bytes, for which *head has room. */
enum { CDXJ_HEAD_BYTES = 1 << 20 };
void cdxj_read_head(struct warc_reader *reader, struct buf *head);

/* Fills *entry from a record's header and the beginning of its block (for HTTP responses, at
 * least the HTTP head). False: the record gets no line (warcinfo, request, application/warc-fields,
 * 304 and 206 responses), or there is no memory; then buf_is_out_of_memory() is true for *scratch.
 * The texts point into `record`, `head` and *scratch. */
bool cdxj_entry_from_record(const struct warc_record *record, struct text block_head,
                            const struct warc_place *place, struct cdxj_entry *entry,
                            struct buf *scratch);

/* Memory for sorting the lines of an index (base/line_sort.h). */
enum { CDXJ_SORT_BYTES = 16 * 1024 * 1024 };

/* Reads a whole WARC file and adds its lines to *sort. There is none for a response to a method
 * other than GET (request_method.h), and none for a record that follows another in its gzip member,
 * because no offset leads to it.  LOST: the file is damaged, or has such records; the other lines
 * are there, and *trouble says what is wrong. */
MUST_CHECK enum result cdxj_index_file(const char *path, struct line_sort *sort,
                                       struct trouble *trouble);

/* The same for a WARC file that lies in a package (wacz_parts.h): its lines have its name and the
 * offsets in it. */
struct wacz_part;
MUST_CHECK enum result cdxj_index_part(const char *package, const struct wacz_part *part,
                                       struct give_up give_up, struct line_sort *sort,
                                       struct trouble *trouble);
/* cdxj_index_file() that ends when it is to be given up: BROKEN. */
MUST_CHECK enum result cdxj_index_file_until(const char *path, struct give_up give_up,
                                             struct line_sort *sort, struct trouble *trouble);

/* Makes the index file at `path` of all lines of *sort, and replaces it atomically.  Nothing can be
 * added to *sort afterwards. */
MUST_CHECK enum result cdxj_replace(const char *path, struct line_sort *sort,
                                    struct trouble *trouble);

/* Sorts `lines` (whole lines with LF) by bytes and drops duplicates. */
MUST_CHECK enum result cdxj_sort(struct buf *lines, struct trouble *trouble);

/* Merges sorted `lines` into the sorted index file at `path` and replaces it atomically. The file
 * is created if missing. The memory used does not depend on its size. */
MUST_CHECK enum result cdxj_merge(const char *path, struct text lines, struct trouble *trouble);

/* Called while an index is made. */
struct index_observer {
    void *context; /* passed to each function */
    /* A file is damaged. `words` names it and is borrowed until the function returns. May be
     * NULL. */
    void (*damaged)(void *context, const char *words);
    /* When to end early; the result is BROKEN then. */
    struct give_up give_up;
};

/* Makes `path` anew from all finished WARC files in `archive_directory`. LOST: some were damaged;
 * `observer` (may be NULL) was told of each, and everything readable is indexed.  The memory used
 * does not depend on the number of lines; what is more waits in a file without a name beside
 * `path`. */
MUST_CHECK enum result cdxj_rebuild(const char *archive_directory, const char *path,
                                    const struct index_observer *observer, struct trouble *trouble);

#endif
