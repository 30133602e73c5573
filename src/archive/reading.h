/* Reads answers that the archive holds the way a reader does: through the index, revisits resolved, codings undone. */
#ifndef ARCHIVE_READING_H
#define ARCHIVE_READING_H

#include <stdbool.h>

#include "archive/index_cdxj.h"
#include "archive/lookup.h"
#include "base/answer.h"
#include "base/text.h"
#include "http/http_message.h"

struct reading;

/* `archive_directory` is where the WARC files are. */
enum answer reading_open(struct reading **reading, const char *index_path, const char *archive_directory,
                         struct trouble *trouble);
void reading_close(struct reading *reading);

/* The head and the body of the response that was captured from `url` at the date ("2026-01-05T00:00:00.000Z") of its record;
 * what is larger than 16 MB is cut.  False when it can't be read.  Both live until the next call; *head is to be released
 * by http_head_release(), whatever the answer. */
bool reading_of(struct reading *reading, struct text url, const char *date, struct http_head *head, struct text *body);

#endif
