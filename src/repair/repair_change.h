/*
 * What repair does to files, as a table: one row for each kind of change.  The command, its JSON,
 * the manual, the README and the warcinfo records of repaired files use these names and sentences.
 * Names stand in archives: never give an old name a new meaning.
 */
#ifndef REPAIR_REPAIR_CHANGE_H
#define REPAIR_REPAIR_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* A row: number, name, whether something of the source is not in the copy, what was done. */
/* clang-format off */
#define REPAIR_CHANGES(ROW) \
    ROW(COMPRESSED, "compressed", false, "A record that was not compressed is a gzip member now.") \
    ROW(MEMBER_SPLIT, "member-split", false, "A record that shared a gzip member with others, or the whole file, has its own now.") \
    ROW(MEMBERS_JOINED, "members-joined", false, "A record that extended over several gzip members has one now.") \
    ROW(MEMBER_EMPTY, "member-empty", false, "An empty gzip member is left out.") \
    ROW(MEMBER_END, "member-end", false, "The end of a gzip member was cut off or had a wrong length; it is written again, since the CRC or a digest proves the bytes.") \
    ROW(TRAILER, "trailer", false, "The record ends in CR LF CR LF now.") \
    ROW(BLANK_LINES, "blank-lines", false, "Line ends between records are left out.") \
    ROW(BRACKETS, "brackets", false, "The < and > around WARC-Target-URI are removed (--brackets).") \
    ROW(FILE_NAME, "file-name", false, "The file has another name now.") \
    ROW(CHECKSUMS, "checksums", false, "SHA256SUMS and the manifests are rebuilt; the new warcinfo record names the old ones.") \
    ROW(TORN_TAIL, "torn-tail", true, "The file ended inside a record: the incomplete record is left out.") \
    ROW(DAMAGE, "damage", true, "Bytes that cannot be read as a record are left out.") \
    ROW(RECORD_LEFT_OUT, "record-left-out", true, "A record breaks a rule, and there is no one right way to mend it: it is left out.") \
    ROW(REFERENCE_LOST, "reference-lost", true, "A record refers to another that is not in the source: it is kept, and the warcinfo record says so.") \
    ROW(FILE_MISSING, "file-missing", true, "A file that SHA256SUMS or a record names is not there.") \
    ROW(FILE_ALTERED, "file-altered", true, "A file is sound, but its checksum is not the one that is listed: it was altered, and is taken as it is.") \
    ROW(CHECKSUMS_BROKEN, "checksums-broken", true, "SHA256SUMS or the manifests of the source do not fit together.")
/* clang-format on */

enum change_kind {
#define ROW(id, name, loses, words) CHANGE_##id,
    REPAIR_CHANGES(ROW)
#undef ROW
        CHANGE_KINDS
};

struct change_row {
    const char *name;
    bool loses;        /* something of the source is not in the copy, or cannot be trusted */
    const char *words; /* a sentence */
};

/* The row of a kind.  Static. */
const struct change_row *change_row(enum change_kind kind);

/* One change.  The texts are borrowed; NULL where nothing is known. */
struct repair_change {
    enum change_kind kind;
    const char *file;      /* path of the source */
    int64_t offset;        /* in the file as stored; -1: the whole file */
    int64_t length;        /* bytes as stored; 0: not known, or inside the member at `offset` */
    const char *record_id; /* of the record that it is about */
    const char *url;
    const char *detail; /* what is special here; empty: nothing */
};

/* Appends one JSON object, without a line end. */
void change_write_json(const struct repair_change *change, struct buf *out);
/* Appends one line for people, without a line end and without the name of its kind. */
void change_write_text(const struct repair_change *change, struct buf *out);

#endif
