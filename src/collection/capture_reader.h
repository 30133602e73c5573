/* Reads responses that the archive holds the way a reader does: through the index, revisits
 * resolved, codings undone. */
#ifndef COLLECTION_CAPTURE_READER_H
#define COLLECTION_CAPTURE_READER_H

#include <stdbool.h>

#include "base/result.h"
#include "base/text.h"
#include "collection/cdxj_lookup.h"
#include "collection/index_cdxj.h"
#include "http/body_reader.h"
#include "http/http_message.h"

struct capture_reader;

/* A response out of the archive; all of it lives until the reader's next call. */
struct stored_response {
    const struct http_head *head;
    struct text body;      /* decoded, as much as is read of its kind (http/body_reader.h) */
    enum body_fault fault; /* what the body lacks; a coding that is not known leaves it empty */
    bool truncated;        /* the record says so (WARC-Truncated) */
};

/* `archive_directory` is where the WARC files are.  BROKEN when the index can't be read, or without
 * memory; *reader is NULL then. */
MUST_CHECK enum result capture_reader_open(struct capture_reader **reader, const char *index_path,
                                           const char *archive_directory, struct trouble *trouble);
void capture_reader_close(struct capture_reader *reader);

/* The response that was captured from `url` at the date ("2026-01-05T00:00:00.000Z") of its record.
 * False when it can't be read. */
bool capture_reader_read(struct capture_reader *reader, struct text url, const char *date,
                         struct stored_response *response);

/* The response that a line of the index points at.  False when it can't be read, or is none. */
bool capture_reader_read_entry(struct capture_reader *reader, const struct cdxj_entry *entry,
                               struct stored_response *response);

/* A revisit's line gives way to that of the response that it refers to (WARC 1.1, 6.7); any other
 * line stays.  False when there is no such response.  The new line lives until the next lookup. */
bool capture_reader_find_original(struct capture_reader *reader, struct cdxj_entry *entry);

#endif
