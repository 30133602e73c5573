/* Where the WARC files of a WACZ package lie in it, so that they can be read in place.  The list of
 * members at the end of the ZIP archive is read (APPNOTE.TXT 6.3, 4.3), with its 64-bit form.  It
 * is a stranger's: every number is checked against the file. */
#ifndef COLLECTION_WACZ_PARTS_H
#define COLLECTION_WACZ_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "base/text.h"

enum { WACZ_PARTS_MOST = 10000, WACZ_PART_NAME = 201 };

struct wacz_part {
    char name[WACZ_PART_NAME]; /* below archive/ */
    int64_t from, length;      /* of its bytes in the package */
};

struct wacz_parts {
    struct wacz_part *parts; /* sorted by name; no two have the same */
    size_t count;
};

/* Reads where they are.  OK; LOST: at least one of them is compressed, or the list is damaged, so
 * that the package has to be unpacked; BROKEN, with words: it cannot be read, or no memory. Release
 * them whatever the result is. */
MUST_CHECK enum result wacz_parts_read(struct wacz_parts *parts, const char *path,
                                       struct trouble *trouble);
void wacz_parts_release(struct wacz_parts *parts);

/* The part of that name, in parts that were read with OK; NULL: there is none. */
const struct wacz_part *wacz_parts_find(const struct wacz_parts *parts, struct text name);

#endif
