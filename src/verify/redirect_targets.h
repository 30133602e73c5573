/* Whether the redirects of an archive lead to what it has.  Private to this room. */
#ifndef VERIFY_REDIRECT_TARGETS_H
#define VERIFY_REDIRECT_TARGETS_H

#include "collection/capture_reader.h"
#include "collection/cdxj_lookup.h"
#include "verify/check.h"
#include "verify/fate.h"

/* Everything is borrowed. */
struct redirect_targets {
    struct verification *v;
    const char *archive; /* its directory */
    struct cdxj_lookup *lookup;
    struct capture_reader *reader;
    struct fates *fates;
};

/* Whether a line of the index is about a redirect. */
bool redirect_targets_is_one(const struct cdxj_entry *entry);
/* Reads the redirect that the line points at, and looks up where it leads. */
void redirect_targets_check(const struct redirect_targets *targets, const struct cdxj_entry *line);

#endif
