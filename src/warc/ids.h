/* Identifiers of records: those that were used in a file, by hash, because a record must not have
 * another's (WARC 1.1, 5.2); and new ones. */
#ifndef WARC_IDS_H
#define WARC_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/entropy.h"
#include "warccap/warc.h"

struct ids {
    uint64_t *slots; /* open addressing; 0 is free */
    size_t room, count;
};

void ids_clear(struct ids *ids);
void ids_release(struct ids *ids);
bool ids_have(const struct ids *ids, const char *id);
/* Without memory it is not remembered. */
void ids_add(struct ids *ids, const char *id);

/* Makes identifiers as warc_id_make() does, with one call of the system for many.  Begins zeroed.
 */
struct id_maker {
    unsigned char random[64 * UUID_BYTES]; /* for identifiers to come */
    size_t left;
    pid_t owner; /* after a fork the child's would be its parent's: it begins anew */
};

void id_maker_next(struct id_maker *maker, char id[WARC_ID_SIZE]);

#endif
