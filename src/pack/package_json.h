/* The two JSON files of a package that describe it (WACZ 1.1.1, "datapackage.json" and
 * "datapackage-digest.json"), and the one that lists its parts. */
#ifndef PACK_PACKAGE_JSON_H
#define PACK_PACKAGE_JSON_H

#include "base/buf.h"
#include "base/text.h"
#include "pack/wacz_writer.h"

/* What a package says of itself.  Empty texts are left out. */
struct package_about {
    struct text title, description;
    struct text main_page, main_page_date; /* date: 14 digits */
    struct text newest;                    /* 14 digits: of its newest capture */
};

/* Appends an entry to the list of resources, which begins empty.  `path` is its path in the ZIP
 * file. */
void package_json_add_resource(struct buf *list, const char *path, const struct wacz_entry *entry);

/* Appends datapackage.json. */
void package_json_write(struct buf *out, const struct package_about *about, struct text resources);

/* Who signs a package, and the signature.  Without a signature: NULL. */
struct package_signature {
    const char *signature, *public_key; /* base64 */
};

/* Appends datapackage-digest.json; `sha256` is that of datapackage.json, in hexadecimal. */
void package_json_write_digest(struct buf *out, const struct package_about *about,
                               const char *sha256, const struct package_signature *signature);

/* Appends the file that lists the parts of a package ("multi-wacz-package"). */
void package_json_write_parts(struct buf *out, const struct package_about *about,
                              struct text resources);

/* Appends a date of 14 digits as RFC 3339 writes it: "2026-01-05T00:00:00Z". */
void package_json_add_date(struct buf *out, struct text date);

#endif
