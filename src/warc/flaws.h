/*
 * The flaws of the record at hand: broken rules, each with its words and where it is.
 */
#ifndef WARC_FLAWS_H
#define WARC_FLAWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"
#include "warc/rules.h"
#include "warccap/warc.h"

enum { FLAWS_MOST = 64 }; /* per record; more are dropped, because they tell nothing new */

struct flaws {
    struct warc_flaw list[FLAWS_MOST];
    size_t count;
    bool flawed;             /* at least one flaw is more than a note */
    bool muted;              /* flaws are ignored while a reader looks ahead */
    int64_t offset;          /* of what is read now, for the next flaw */
    struct trouble *trouble; /* gets the words of the last flaw that is more than a note */
};

/* Forgets all flaws. */
void flaws_clear(struct flaws *flaws);
/* A listener that adds a flaw for each broken rule.  It lives as long as *flaws. */
struct rule_listener flaws_listener(struct flaws *flaws);
/* Adds a flaw at that offset of the stored file. */
void flaws_add(struct flaws *flaws, int64_t offset, enum rule rule, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
