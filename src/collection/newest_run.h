/* Finds and reads the newest summary under runs/. */
#ifndef COLLECTION_NEWEST_RUN_H
#define COLLECTION_NEWEST_RUN_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/result.h"

/* `run` gets the name of the newest summary ("20260304050607"), and *json its bytes.  END: there is
 * none that can be read.  Release *json whatever the result is. */
MUST_CHECK enum result newest_run_read(const char *runs, char run[DATE_14_SIZE], struct buf *json);

#endif
