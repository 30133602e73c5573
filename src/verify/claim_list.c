/* A sorted list of claims: an array that doubles, and binary search in it. */
#include <config.h>

#include "verify/claim_list.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 256 };

void *claim_list_grow(struct claim_list *list, size_t item)
{
    if (list->count == list->room) {
        size_t room = list->room ? list->room * 2 : ROOM_FIRST;
        void *longer = realloc(list->items, room * item);
        if (!longer)
            return NULL;
        list->items = longer;
        list->room = room;
    }
    return (char *)list->items + list->count++ * item;
}

int claim_list_by_key(const void *left, const void *right)
{
    uint64_t a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return a < b ? -1 : a > b;
}

void claim_list_sort(struct claim_list *list, size_t item, int (*order)(const void *, const void *))
{
    if (list->count)
        qsort(list->items, list->count, item, order);
}

const void *claim_list_find(const struct claim_list *list, size_t item, uint64_t key)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (claim_list_by_key((const char *)list->items + middle * item, &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const void *found = low < list->count ? (const char *)list->items + low * item : NULL;
    return found && claim_list_by_key(found, &key) == 0 ? found : NULL;
}
