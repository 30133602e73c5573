/* Reads answers that the archive holds the way a reader does: through the index, revisits resolved,
 * codings undone. */
#ifndef COLLECTION_CAPTURE_READER_H
#define COLLECTION_CAPTURE_READER_H

#include <stdbool.h>

#include "base/result.h"
#include "base/text.h"
#include "collection/cdxj_lookup.h"
#include "collection/index_cdxj.h"
#include "http/http_message.h"

struct capture_reader;

/* `archive_directory` is where the WARC files are. */
enum result capture_reader_open(struct capture_reader **reading, const char *index_path,
                                const char *archive_directory, struct trouble *trouble);
void capture_reader_close(struct capture_reader *reading);

/* The head and the body of the response that was captured from `url` at the date
 * ("2026-01-05T00:00:00.000Z") of its record; what is larger than 16 MB is cut.  False when it
 * can't be read.  Both live until the next call; *head is to be released by http_head_release(),
 * whatever the answer. */
bool capture_reader_read(struct capture_reader *reading, struct text url, const char *date,
                         struct http_head *head, struct text *body);

#endif
