/* Takes the records of one file: the sound ones and those that can be mended go to its part. */
#ifndef REPAIR_REPAIR_RECORDS_H
#define REPAIR_REPAIR_RECORDS_H

#include "base/result.h"
#include "repair/repair.h"
#include "repair/repaired_file.h"

/* Writes file->part, and notes what was changed.  file->name gets an ending that fits the part.
 * OK, or BROKEN with words. */
MUST_CHECK enum result repair_records(struct repaired_file *file,
                                      const struct repair_options *options,
                                      const struct repair_observer *observer,
                                      struct trouble *trouble);

#endif
