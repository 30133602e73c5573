/*
 * Identifiers of records.  `ids` remembers, by hash, those used in a file, because no two records
 * may have the same (WARC 1.1, 5.2).  `id_maker` makes new ones.
 */
#ifndef WARC_IDS_H
#define WARC_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/entropy.h"
#include "warccap/warc.h"

/* Begins zeroed. */
struct ids {
    uint64_t *slots; /* open addressing; 0 is free */
    size_t room, count;
};

/* Forgets all identifiers, and keeps the memory. */
void ids_clear(struct ids *ids);
/* Frees the memory. */
void ids_release(struct ids *ids);
/* Whether `id` was added. */
bool ids_have(const struct ids *ids, const char *id);
/* Adds `id`.  When there is no memory it is not remembered. */
void ids_add(struct ids *ids, const char *id);

/* Makes identifiers as warc_id_make() does, but with one system call for many.  Begins zeroed. */
struct id_maker {
    unsigned char random[64 * UUID_BYTES]; /* for the next identifiers */
    size_t left;
    /* the process that filled `random`; after a fork, parent and child must make different ones */
    pid_t owner;
};

/* Makes the next identifier, with its NUL. */
void id_maker_next(struct id_maker *maker, char id[WARC_ID_SIZE]);

#endif
