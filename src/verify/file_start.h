/* Opens a file that is to be checked, also standard input, and tells its kind by its first bytes.
 * Private to this room. */
#ifndef VERIFY_FILE_START_H
#define VERIFY_FILE_START_H

#include <stdbool.h>
#include <stddef.h>

#include "warccap/warc.h"

/* All zero at first.  It must live as long as the reader. */
struct file_start {
    char first[8];
    size_t length, given;
};

/* Whether this path means standard input, which can be read only once: "-". */
bool file_start_is_stream(const char *path);

/* The reader, or NULL.  *kind: what the file is, if it is one that people mistake for a WARC
 * file, and what to do with it; static.  Without a kind NULL means that there is no memory. */
struct warc_reader *file_start_open(struct file_start *start, const char *path, const char **kind);

#endif
