/* Verifies what repair made, and leaves out what verify calls an error. */
#ifndef REPAIR_JUDGE_H
#define REPAIR_JUDGE_H

#include <stdbool.h>

#include "base/result.h"
#include "repair/repair.h"
#include "repair/repair_tree.h"

/* What a verification has found. */
struct judgement {
    bool sound;     /* no errors */
    bool dropped;   /* records were left out or lack others: finish anew, and judge again */
    bool checksums; /* there are errors in checksums or manifests */
    char why[512];  /* one of the errors that are about no record */
};

/* Verifies `path`: the finished file, or the directory of the finished files.  OK with *judgement,
 * or BROKEN. */
MUST_CHECK enum result judge(const char *path, struct repair_tree *tree,
                             const struct repair_options *options,
                             const struct repair_observer *observer, struct judgement *judgement,
                             struct trouble *trouble);

#endif
