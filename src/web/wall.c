/* Counts which page is shown, or led to, for most URLs. */
#include <config.h>

#include "web/wall.h"

#include <stdlib.h>

static int by_number(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

uint64_t wall_find(uint64_t *pages, size_t count)
{
    uint64_t most = 0;
    size_t most_count = 0;
    if (count < WALL_LEAST)
        return 0;
    qsort(pages, count, sizeof *pages, by_number);
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first; next < count && pages[next] == pages[first];)
            next++;
        if (next - first > most_count) {
            most_count = next - first;
            most = pages[first];
        }
    }
    return most_count >= WALL_LEAST && most_count * 100 >= count * WALL_PERCENT ? most : 0;
}
