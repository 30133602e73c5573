/* Keeps what was counted, and corrects the counts at the end. */
#include <config.h>

#include "verify/counted_pages.h"

#include <stdlib.h>

#include "web/wall.h"

enum { ROOM_FIRST = 256 };

struct counted_page {
    struct state_counts *counts;
    uint64_t page;
    bool judges;
};

void counted_pages_release(struct counted_pages *pages)
{
    free(pages->list);
}

void counted_pages_note(struct counted_pages *pages, struct state_counts *counts, uint64_t page,
                        bool judges)
{
    if (page && pages->count == pages->room) {
        size_t room = pages->room ? 2 * pages->room : ROOM_FIRST;
        struct counted_page *longer = realloc(pages->list, room * sizeof *longer);
        if (!longer) {
            pages->no_memory = true;
            return;
        }
        pages->list = longer;
        pages->room = room;
    }
    if (page)
        pages->list[pages->count++] = (struct counted_page){counts, page, judges};
}

void counted_pages_judge(struct counted_pages *pages)
{
    size_t count = 0;
    uint64_t *shown = calloc(pages->count + 1, sizeof *shown);
    if (!shown) {
        pages->no_memory = true;
        return;
    }
    for (size_t i = 0; i < pages->count; i++)
        if (pages->list[i].judges)
            shown[count++] = pages->list[i].page;
    uint64_t wall = wall_find(shown, count);
    for (size_t i = 0; wall && i < pages->count; i++)
        if (pages->list[i].page == wall) {
            pages->list[i].counts->of[STATE_KEPT]--;
            pages->list[i].counts->of[STATE_REFUSED]++;
        }
    free(shown);
}
