/* WACZ files: unpacked, and checked as a collection is.  Private to this room. */
#ifndef VERIFY_CHECK_WACZ_H
#define VERIFY_CHECK_WACZ_H

#include "verify/check.h"

/* Unpacks the file below options->temporary, and checks what it says of its own members: digests,
 * lists, how they are packed.  `directory` gets where its parts are; wacz_remove() it.  False: it
 * could not be unpacked, which is reported. */
bool check_wacz_unpack(struct verification *v, const char *path, char directory[], size_t size);

/* Checks the pages that it lists against the index, once all records are read. */
void check_wacz_pages(struct verification *v, const char *directory, const char *index_path);

/* The index of an unpacked file at `index_path`: made from what is in its indexes/. */
void check_wacz_index(struct verification *v, const char *directory, const char *index_path);

#endif
