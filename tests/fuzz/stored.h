/* Bytes as WARC files on the disk. */
#ifndef TESTS_FUZZ_STORED_H
#define TESTS_FUZZ_STORED_H

#include "base/buf.h"
#include "tests/warc/scratch.h"

/* A directory that is removed when the program ends. */
const struct scratch *stored_directory(void);

/* Whether they would be taken for a plain file. */
bool stored_is_plain(struct text bytes);

/* Packs a plain file into gzip members, one from each line that begins with "WARC/" to the next:
 * what a mutation did to the records is then not lost in a broken member. */
void stored_pack(struct text plain, struct buf *out);

#endif
