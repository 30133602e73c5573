/* Keeps the pages that were counted as kept, and corrects the counts at the end. */
#include <config.h>

#include "verify/counted_pages.h"

#include <stdlib.h>

#include "web/wall.h"

enum { ROOM_FIRST = 256 };

void counted_pages_release(struct counted_pages *pages)
{
    free(pages->list);
}

void counted_pages_note(struct counted_pages *pages, const struct counted_url *url)
{
    if (url->page && pages->count == pages->room) {
        size_t room = pages->room ? 2 * pages->room : ROOM_FIRST;
        struct counted_url *longer = realloc(pages->list, room * sizeof *longer);
        if (!longer) {
            pages->no_memory = true;
            return;
        }
        pages->list = longer;
        pages->room = room;
    }
    if (url->page)
        pages->list[pages->count++] = *url;
}

uint64_t counted_pages_judge(struct counted_pages *pages)
{
    size_t count = 0;
    uint64_t walled = 0, *shown = calloc(pages->count + 1, sizeof *shown);
    if (!shown) {
        pages->no_memory = true;
        return 0;
    }
    for (size_t i = 0; i < pages->count; i++)
        if (pages->list[i].judges)
            shown[count++] = pages->list[i].page;
    uint64_t wall = wall_find(shown, count);
    for (size_t i = 0; wall && i < pages->count; i++) {
        const struct counted_url *url = &pages->list[i];
        if (url->page != wall)
            continue;
        url->counts->of[STATE_KEPT] -= !url->led_on;
        url->counts->of[STATE_REFUSED]++;
        walled += url->judges;
    }
    free(shown);
    return walled;
}
