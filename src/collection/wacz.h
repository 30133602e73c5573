/*
 * WACZ, a zip archive with the parts of a collection (WACZ 1.1.1): WARC files in archive/, an index
 * in indexes/, lists of pages in pages/, and datapackage.json, which has the digest of each.
 *
 * It is read through libarchive.  Names and bytes come from strangers. So only plain files with
 * plain names are written, only in these three directories, and no more bytes in all than allowed.
 */
#ifndef COLLECTION_WACZ_H
#define COLLECTION_WACZ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/give_up.h"
#include "base/result.h"
#include "base/text.h"

/* How many bytes a file of that size may have when it is unpacked. */
#define WACZ_BYTES_MOST(size) ((size)*20 + (64 << 20))

/* A member of the zip archive.  Borrowed until the function that gets it returns. */
struct wacz_member {
    const char *name;
    int64_t bytes;
    char sha256[65]; /* hexadecimal, lower case */
    bool stored;     /* not compressed */
};

struct wacz_observer {
    void *context;
    void (*member)(void *context, const struct wacz_member *member); /* may be NULL */
    struct give_up give_up; /* when to end early; the result is BROKEN then */
};

/* Whether a file begins as a zip archive. */
bool wacz_is_at(const char *path);

/* Unpacks the parts into `directory`, which must be there and empty: archive/, indexes/, pages/ and
 * the files beside them that are lists.  Other members are read too, and told to `observer`.  OK;
 * LOST, with words: it is damaged or no zip archive, and what could be read is there; BROKEN: it
 * cannot be read or written, or has more than `most_bytes`. */
MUST_CHECK enum result wacz_unpack(const char *path, const char *directory, int64_t most_bytes,
                                   const struct wacz_observer *observer, struct trouble *trouble);

/* Removes what wacz_unpack() has made, with the directory. */
void wacz_remove(const char *directory);

/* The next object of a JSON text that contains no other object, such as a resource of
 * datapackage.json or a line of pages.jsonl. It includes the braces.  False: there is none. */
bool wacz_next_object(struct text *rest, struct text *object);

#endif
