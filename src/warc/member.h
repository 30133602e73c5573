/*
 * The bytes of a stored WARC file, read through one buffer.  A gzip file is inflated member by
 * member.  A plain file is treated as one long member.
 *
 * All that is known here about records is how one begins. That is needed to go on after damage.
 * Broken rules of the gzip frame are reported to the listener.
 */
#ifndef WARC_MEMBER_H
#define WARC_MEMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "base/text.h"
#include "warc/rules.h"
#include "warc/source.h"

struct member_file;

/* Takes over the source, even on failure.  NULL when there is no memory.  member_begin() reports a
 * file that cannot be read.  The caller frees the result with member_close(), which closes the
 * source. */
struct member_file *member_open(struct source *source, struct rule_listener listener);
void member_close(struct member_file *file);

/* Whether the file is gzip.  Its first bytes decide; the name decides when they are neither gzip
 * nor the version line of a record. */
bool member_is_gzip(const struct member_file *file);
/* Size of the stored file in bytes when it was opened; -1 for a stream whose end was not reached
 * yet. */
int64_t member_file_size(const struct member_file *file);

/* Whether no bytes follow.  This may read on in a stream. */
bool member_is_at_end(struct member_file *file);

/* Moves to an offset of the stored file; no member is begun there yet.  A stream can go back only
 * as far as it is kept. */
void member_seek(struct member_file *file, int64_t offset);

/* Begins the member at the current offset.  RESULT_OK; RESULT_END at the end of the file;
 * RESULT_LOST when no member begins here (the offset stays); RESULT_BROKEN with trouble when the
 * file cannot be read. */
MUST_CHECK enum result member_begin(struct member_file *file, struct trouble *trouble);

/* Returns the next bytes of the member, at least 1 and at most `room`.  RESULT_OK; RESULT_END when
 * the member has ended well; RESULT_FLAWED when it has ended but its trailer is cut or wrong;
 * RESULT_LOST when its bytes are damaged or the file ends inside it; RESULT_BROKEN with trouble. */
MUST_CHECK enum result member_read(struct member_file *file, char *out, size_t room, size_t *got,
                                   struct trouble *trouble);

/* Whether neither CRC-32 nor length of the trailer fits the member that was read last.  It may be
 * the trailer of a later member: where the end of one is cut off, inflating can go on into the
 * next. */
bool member_has_foreign_trailer(const struct member_file *file);

/* The offset at which the current member begins, and the offset of the byte that is read next. */
int64_t member_offset(const struct member_file *file);
int64_t member_position(const struct member_file *file);

/* Searches for the next beginning of a record at offset `from` or after it.  In a gzip file that is
 * a member whose content begins with "WARC/", in a plain file a version line.  RESULT_OK with the
 * offset there; RESULT_END with the offset at the end of the file when there is none; RESULT_BROKEN
 * with trouble. */
MUST_CHECK enum result member_resync(struct member_file *file, int64_t from,
                                     struct trouble *trouble);

/* From now on a record begins with the line of an ARC record. */
void member_is_arc(struct member_file *file);
/* Whether `text` begins a record of this file.  MEMBER_BEGIN_MOST bytes are enough to decide. */
bool member_begins_record(const struct member_file *file, struct text text);
enum { MEMBER_BEGIN_MOST = 4096 };

/* Length in bytes of a version line "WARC/1.1" with its line end, in upper or lower case; 0 when
 * `text` does not begin with one. */
size_t member_version_line(struct text text);

#endif
