/*
 * The bytes of a stored WARC file: read through one buffer, inflated member by member when the file
 * is gzip, as they are when it is not (a plain file is then one long "member").
 *
 * Nothing is known here of records but how a place is recognised where one may begin, which is
 * needed to go on behind damage.  Broken rules of the gzip frame are told to the listener.
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

/* Takes the source over, also on failure.  NULL without memory; that it can't be read is told by
 * member_begin(). */
struct member_file *member_open(struct source *source, struct rule_listener listener);
void member_close(struct member_file *file);

/* Told by the first bytes; by the name when these are neither gzip nor the version of a record. */
bool member_is_gzip(const struct member_file *file);
/* As it was when the file was opened; -1 for a stream whose end has not come. */
int64_t member_file_size(const struct member_file *file);

/* Whether nothing follows; of a stream that may have to be read on. */
bool member_is_at_end(struct member_file *file);

/* Goes to a place in the stored file, where no member is begun yet; of a stream, not further back
 * than it is kept. */
void member_seek(struct member_file *file, int64_t offset);

/* Begins the member at the present place: OK, END at the end of the file, LOST when no member
 * begins here (the place stays as it is), BROKEN with trouble when the file can't be read. */
MUST_CHECK enum result member_begin(struct member_file *file, struct trouble *trouble);

/* Gives the next bytes of the member, at least one of at most `room`: OK.  END when the member has
 * ended well; FLAWED when it has ended, but its trailer is cut or does not fit; LOST when its bytes
 * are damaged or the file is cut inside it; BROKEN with trouble. */
MUST_CHECK enum result member_read(struct member_file *file, char *out, size_t room, size_t *got,
                                   struct trouble *trouble);

/* Where the present member begins, and where the byte lies that would be read next. */
int64_t member_offset(const struct member_file *file);
int64_t member_position(const struct member_file *file);

/* Seeks the next place, at `from` or behind it, where a record begins: in a gzip file a member
 * whose first bytes are "WARC/", in a plain file a line that is a version.  END, and the place is
 * the end of the file, when there is none. */
MUST_CHECK enum result member_resync(struct member_file *file, int64_t from,
                                     struct trouble *trouble);

/* From now on records begin with the line of an ARC record. */
void member_is_arc(struct member_file *file);
/* Whether `text` begins a record of the file; MEMBER_BEGIN_MOST octets are enough to tell. */
bool member_begins_record(const struct member_file *file, struct text text);
enum { MEMBER_BEGIN_MOST = 4096 };

/* Length of a version line "WARC/1.1" with its line end, in any case of letters; 0 when `text`
 * begins with none. */
size_t member_version_line(struct text text);

#endif
