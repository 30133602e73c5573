/* A list of claims of one size that begin with their key, a uint64_t: added in any order, sorted
 * once, then searched. */
#ifndef VERIFY_CLAIM_LIST_H
#define VERIFY_CLAIM_LIST_H

#include <stddef.h>
#include <stdint.h>

/* All zero: empty.  The items are freed by the owner, with free(). */
struct claim_list {
    void *items;
    size_t count, room;
};

/* The place of one more item of `item` bytes; NULL without memory. */
void *claim_list_grow(struct claim_list *list, size_t item);
/* An order for claim_list_sort() by key alone; others begin with it. */
int claim_list_by_key(const void *left, const void *right);
void claim_list_sort(struct claim_list *list, size_t item,
                     int (*order)(const void *, const void *));
/* The first item with the key; NULL: there is none. */
const void *claim_list_find(const struct claim_list *list, size_t item, uint64_t key);

#endif
