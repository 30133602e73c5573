/* A directory for what a command unpacks or makes for itself. */
#ifndef CMD_TEMPORARY_H
#define CMD_TEMPORARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/box.h"

/* Makes a directory below $TMPDIR, or /tmp, that `box` (may be NULL) lets change, and writes its
 * path.  False: it could not be made; `path` is empty then.  Whoever made it removes it, empty,
 * with rmdir(), which the box allows. */
bool temporary_make(struct box *box, const char *command, char path[], size_t size);

#endif
