/* Makes a directory before the box closes. */
#include <config.h>

#include "cmd/temporary.h"

#include <stdio.h>
#include <stdlib.h>

bool temporary_make(struct box *box, const char *command, char path[], size_t size)
{
    const char *given = getenv("TMPDIR"), *in = given && *given ? given : "/tmp";
    snprintf(path, size, "%s/warccap-%s-XXXXXX", in, command);
    if (!mkdtemp(path)) {
        path[0] = '\0';
        return false;
    }
    if (box) {
        box_allow(box, path, BOX_CHANGE);
        box_allow(box, in, BOX_REMOVE);
    }
    return true;
}
