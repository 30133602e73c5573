/*
 * The text of a run's manifest (manifest.h), as it is written and read:
 *
 *   {"manifest": 1, "software": "warccap/1.0", "run": "20260104050607",
 *    "previous": {"file": "20260103050607.manifest", "sha256": "..."},
 *    "files": [
 *     {"file": "a-00001.warc.gz", "bytes": 100, "sha256": "..."},
 *     {"file": "b-00001.warc.gz", "bytes": 200, "sha256": "...", "found": true}]}
 *
 * Without a manifest before, "previous" is null. A file has its line, so that the text can be read
 * by lines. A name that is not UTF-8, which JSON cannot hold, is followed by "file-hex": its bytes.
 */
#ifndef COLLECTION_MANIFEST_TEXT_H
#define COLLECTION_MANIFEST_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"
#include "base/text.h"

enum {
    MANIFEST_DIGEST_SIZE = 65, /* lower-case hexadecimal SHA-256 and NUL */
    MANIFEST_NAME_SIZE = 256,  /* of a WARC file */
    MANIFEST_OWN_SIZE = 64,    /* of a manifest's own file name */
};

struct manifest_head {
    char previous[MANIFEST_OWN_SIZE]; /* file name; "": there is none */
    char digest[MANIFEST_DIGEST_SIZE];
};

struct manifest_entry {
    char file[MANIFEST_NAME_SIZE];
    uint64_t bytes;
    char digest[MANIFEST_DIGEST_SIZE];
    bool found; /* an earlier run wrote the file, and was killed before it could list it */
};

/* Appends an entry to a list of them, which begins empty. */
void manifest_entry_write(const struct manifest_entry *entry, struct buf *list);

/* Appends the whole text. `run` names the run, `list` comes from manifest_entry_write(). */
void manifest_text_write(const char *run, const struct manifest_head *head, struct text list,
                         struct buf *out);

/* Reads the head; *rest is the whole text at first, and then what manifest_entry_read() reads.
 * False: it is not the text of a manifest. */
MUST_CHECK bool manifest_head_read(struct text *rest, struct manifest_head *head,
                                   struct buf *scratch);

/* The next entry: 1, 0 at the end of the text, -1 when what comes is neither; then *rest is after
 * that line. */
MUST_CHECK int manifest_entry_read(struct text *rest, struct manifest_entry *entry,
                                   struct buf *scratch);

#endif
