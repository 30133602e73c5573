/* A finding of verify: one fault, warning or note, about one place, by one rule.  The checks make
 * it, the command prints it. */
#ifndef VERIFY_FINDING_H
#define VERIFY_FINDING_H

#include <stdint.h>

enum finding_level { FINDING_NOTE, FINDING_WARNING, FINDING_FAULT };

struct finding {
    enum finding_level level;
    const char *rule;      /* stable name: "block-digest", "gzip-crc", "cdxj-digest" ... static */
    const char *file;      /* path as given to verify */
    int64_t offset;        /* in the file as stored; -1 when the finding is about the whole file */
    const char *record_id; /* NULL when unknown */
    const char *url;       /* NULL when none */
    const char *words;     /* what is wrong, and what to do */
};

const char *finding_level_name(enum finding_level level); /* "note", "warning", "fault" */

#endif
