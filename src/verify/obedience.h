/* Whether a crawl did what its warcinfo says of robots.txt.  Private to this room. */
#ifndef VERIFY_OBEDIENCE_H
#define VERIFY_OBEDIENCE_H

#include "collection/capture_reader.h"
#include "collection/cdxj_lookup.h"
#include "verify/archived_rules.h"
#include "verify/check.h"

struct obedience {
    struct verification *v;
    const char *archive; /* its directory */
    struct archived_rules *rules;
    struct url url;
};

/* Learns from the block of a warcinfo record whether the file's crawl says that it obeyed. */
void obedience_learn(struct verification *v, const char *file, struct text fields);

/* Everything is borrowed; `reader` reads robots.txt, and nothing else while this lives. */
void obedience_begin(struct obedience *obedience, struct verification *v, const char *archive,
                     struct cdxj_lookup *lookup, struct capture_reader *reader);
/* A line of the index. */
void obedience_check(struct obedience *obedience, const struct cdxj_entry *entry);
void obedience_end(struct obedience *obedience);

#endif
