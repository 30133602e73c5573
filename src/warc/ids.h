/* Identifiers that were used in a file, by hash: a record must not have another's (WARC 1.1, 5.2).
 */
#ifndef WARC_IDS_H
#define WARC_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ids {
    uint64_t *slots; /* open addressing; 0 is free */
    size_t room, count;
};

void ids_clear(struct ids *ids);
void ids_release(struct ids *ids);
bool ids_have(const struct ids *ids, const char *id);
/* Without memory it is not remembered. */
void ids_add(struct ids *ids, const char *id);

#endif
