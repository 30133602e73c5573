/* Whether the newest capture of a URL hides a good one.  Private to this room. */
#ifndef VERIFY_NEWEST_CAPTURES_H
#define VERIFY_NEWEST_CAPTURES_H

#include "base/buf.h"
#include "collection/index_cdxj.h"
#include "verify/check.h"

/* The lines of one key, of which the last is the newest. */
struct newest_captures {
    struct verification *v;
    const char *index_path;
    struct buf key, url, good_url;
    int64_t line_offset; /* of the last one */
    bool bad;            /* the last one is no whole success, and the page is not gone */
};

void newest_captures_begin(struct newest_captures *newest, struct verification *v,
                           const char *index_path);
/* The next line of the index, with the record that it points at. */
void newest_captures_take(struct newest_captures *newest, const struct cdxj_entry *entry,
                          const struct seen_record *record, int64_t line_offset);
/* After the last line. */
void newest_captures_end(struct newest_captures *newest);

#endif
