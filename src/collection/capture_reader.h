/* Reads captured responses as a replay tool does: found through the index, revisits resolved,
 * codings decoded. */
#ifndef COLLECTION_CAPTURE_READER_H
#define COLLECTION_CAPTURE_READER_H

#include <stdbool.h>

#include "base/result.h"
#include "base/text.h"
#include "collection/cdxj_lookup.h"
#include "collection/index_cdxj.h"
#include "collection/wacz_parts.h"
#include "http/body_reader.h"
#include "http/http_message.h"

struct capture_reader;

/* A body that is to be decoded.  The framing is off, the codings are not. */
struct coded_body {
    struct text url;
    const struct http_head *head;
    struct text head_bytes; /* what the head was read from */
    struct text bytes;
    bool plain; /* it has no coding */
    uint64_t response_bytes;
};

/* Who decodes bodies in the reader's place: links/page_captures.h. */
struct capture_decoder {
    /* Gives the decoded text and its error.  BROKEN: it cannot be decoded here at all. */
    enum result (*decode)(void *context, const struct coded_body *body, struct text *text,
                          enum body_error *error);
    void *context; /* passed to it */
};

/* A response from the archive. All of it lives until the reader's next call. */
struct stored_response {
    const struct http_head *head;
    struct text body; /* decoded; at most as much as is read of its kind (http/body_reader.h) */
    enum body_error error; /* what is wrong with the body; an unknown coding leaves it empty */
    bool truncated;        /* the record says so (WARC-Truncated) */
};

/* `archive_directory` has the WARC files. BROKEN: the index can't be read, or out of memory;
 * *reader is then NULL. */
MUST_CHECK enum result capture_reader_open(struct capture_reader **reader, const char *index_path,
                                           const char *archive_directory, struct trouble *trouble);
void capture_reader_close(struct capture_reader *reader);
/* From now on, the files that the index names are read in a package, and not in the directory. Both
 * are borrowed. */
void capture_reader_use_package(struct capture_reader *reader, const char *package,
                                const struct wacz_parts *parts);
/* From now on, bodies are decoded by somebody else. */
void capture_reader_use(struct capture_reader *reader, struct capture_decoder decoder);

/* The response captured from `url` at the date of its record ("2026-01-05T00:00:00.000Z"). False:
 * it can't be read. */
bool capture_reader_read(struct capture_reader *reader, struct text url, const char *date,
                         struct stored_response *response);

/* The response that a line of the index points to. False: it can't be read, or is not a
 * response. */
bool capture_reader_read_entry(struct capture_reader *reader, const struct cdxj_entry *entry,
                               struct stored_response *response);

/* The same, but its body is not decoded: *body gets it, and `response` has none.  The response's
 * error is what is known of it so far. An error of decoding replaces it only if nothing could be
 * decoded at all. */
bool capture_reader_read_coded(struct capture_reader *reader, const struct cdxj_entry *entry,
                               struct coded_body *body, struct stored_response *response);

/* Whether the last capture_reader_read_entry() lacked memory, or could not read the disk.  Then
 * what it returned tells nothing of the record. */
bool capture_reader_is_broken(const struct capture_reader *reader);

/* Replaces a revisit's line by that of the response it refers to (WARC 1.1, 6.7). Any other line
 * stays. False: there is no such response. The new line lives until the next lookup. */
bool capture_reader_find_original(struct capture_reader *reader, struct cdxj_entry *entry);

#endif
