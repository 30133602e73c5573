/* The files that requests need outside of the collection, for the box (base/box.h). */
#ifndef FETCH_FETCH_FILES_H
#define FETCH_FETCH_FILES_H

#include "base/box.h"
#include "fetch/fetch_options.h"

/* Allows `box` to read what name lookups and TLS read, and the files that `options` name.
 *
 * Certificates are renewed by replacing their file, so their directories are allowed.  The files of
 * name lookups are allowed one by one where they are in /etc, because that directory holds secrets
 * too. */
void fetch_allow_files(const struct fetch_options *options, struct box *box);

/* Inside the box: the file that name lookups need and can no longer read, because it was
 * replaced; NULL: none. */
const char *fetch_lost_file(void);

#endif
