/* Records for tests of the writer, and what is read back of them. */
#ifndef TESTS_WARC_WRITTEN_H
#define TESTS_WARC_WRITTEN_H

#include <stddef.h>
#include <stdint.h>

#include "tests/warc/scratch.h"
#include "warccap/warc.h"

/* The HTTP head of each response. */
extern const char written_head[sizeof "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"];

/* A writer into that directory, which begins a new file after so many bytes. */
struct warc_writer *writer_in(const struct scratch *scratch, int64_t file_size);

/* The head and this body, which must stay. */
struct warc_draft response_of(const char *body, size_t length);

/* Writes a request and a response; *place (may be NULL) is where the response is. */
void put_event(struct warc_writer *writer, const char *body, size_t length,
               struct warc_place *place);

/* Reads the record at `place` and compares its block with head + body and with its digest. */
void check_record(const struct scratch *scratch, const struct warc_place *place, const char *body,
                  size_t length);

/* Checks that all records of a file are without a flaw, and returns their number. */
int count_good_records(const struct scratch *scratch, const char *name);

#endif
