/* Finds rows of numbers, and pagers that belong to something else on the page. */
#include <config.h>

#include "series/pager_rows.h"

#include <stdlib.h>

enum {
    GAP_BYTES = 200,   /* the most between two numbers of a row */
    FOREIGN_LISTS = 3, /* with so many small pagers, none is the page's own */
    LISTS_MOST = 64,
    MONTH_DAYS_FROM = 28,
    MONTH_DAYS_TO = 31,
    CALENDAR_LINKS = 10, /* the fewest in the calendar of a month */
};

void pager_rows_release(struct pager_rows *pager_rows)
{
    free(pager_rows->list);
    *pager_rows = (struct pager_rows){NULL, 0, 0};
}

bool pager_rows_add(struct pager_rows *pager_rows, const struct pager_row_link *sibling)
{
    if (pager_rows->count == PAGER_ROW_LINKS_MOST)
        return true;
    if (pager_rows->count == pager_rows->room) {
        size_t room = pager_rows->room ? pager_rows->room * 2 : 32;
        struct pager_row_link *list = realloc(pager_rows->list, room * sizeof *list);
        if (!list)
            return false;
        pager_rows->list = list;
        pager_rows->room = room;
    }
    pager_rows->list[pager_rows->count++] = *sibling;
    return true;
}

/* ---- rows of numbers ---- */

static bool goes_on(const struct pager_row_link *before, const struct pager_row_link *after)
{
    return after->number > before->number && before->number >= 0 && after->from >= before->to &&
           after->from - before->to <= GAP_BYTES;
}

/* Whether two URLs of the row differ only in numbers.  In "Categories 4  Tags 11" they do not:
 * these numbers count something else. */
static bool is_of_one_list(const struct pager_row_link *row, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (row[i].shape == row[i - 1].shape)
            return true;
    return false;
}

/* A row that ends with 28 to 31 is a calendar, not a pager. */
static void settle_rows(struct pager_rows *pager_rows)
{
    for (size_t from = 0, to; from < pager_rows->count; from = to) {
        for (to = from + 1;
             to < pager_rows->count && goes_on(&pager_rows->list[to - 1], &pager_rows->list[to]);)
            to++;
        long last = pager_rows->list[to - 1].number;
        bool month =
            to - from >= CALENDAR_LINKS && last >= MONTH_DAYS_FROM && last <= MONTH_DAYS_TO;
        bool pages = !month && is_of_one_list(pager_rows->list + from, to - from);
        for (size_t i = from; pages && i < to; i++)
            pager_rows->list[i].verdict = 1;
    }
}

/* ---- pairs of pictures ---- */

/* The one link that a picture pointing this way leads to. NULL: there is none, or several. */
static const struct pager_row_link *find_only(const struct pager_rows *pager_rows,
                                              enum pager_way way)
{
    const struct pager_row_link *only = NULL;
    for (size_t i = 0; i < pager_rows->count; i++) {
        const struct pager_row_link *link = &pager_rows->list[i];
        if (link->way != way)
            continue;
        if (only && only->entry != link->entry)
            return NULL;
        only = link;
    }
    return only;
}

static void settle_pair(struct pager_rows *pager_rows)
{
    const struct pager_row_link *back = find_only(pager_rows, WAY_BACK),
                                *on = find_only(pager_rows, WAY_ON);
    if (!back || !on || back->entry == on->entry)
        return;
    for (size_t i = 0; i < pager_rows->count; i++)
        if (pager_rows->list[i].way != WAY_NONE)
            pager_rows->list[i].verdict = 1;
}

/* ---- pagers of several lists ---- */

struct pager_list {
    uint64_t key;
    int pages;  /* links whose URL contains a page number */
    bool leads; /* one of its links says "next" */
};

/* Finds a list; adds it when it is new and `add` is set.  NULL when it is not there. */
static struct pager_list *find_list(struct pager_list *lists, size_t *count, uint64_t wanted,
                                    bool add)
{
    for (size_t i = 0; i < *count; i++)
        if (lists[i].key == wanted)
            return &lists[i];
    if (!add || *count == LISTS_MOST)
        return NULL;
    lists[*count] = (struct pager_list){wanted, 0, false};
    return &lists[(*count)++];
}

/* If the page's own pager is found, all others belong to something else.  If not, they do when
 * there are three or more. */
static void settle_lists(struct pager_rows *pager_rows, uint64_t own)
{
    struct pager_list lists[LISTS_MOST];
    size_t count = 0;
    int foreign = 0;
    for (size_t i = 0; i < pager_rows->count; i++) {
        const struct pager_row_link *sibling = &pager_rows->list[i];
        struct pager_list *list = find_list(lists, &count, sibling->list_key, sibling->counted);
        if (list) {
            list->pages += sibling->counted;
            list->leads = list->leads || sibling->leads;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (lists[i].key == own && lists[i].pages > 1)
            foreign = FOREIGN_LISTS;
        foreign += lists[i].key != own && !lists[i].leads;
    }
    for (size_t i = 0; foreign >= FOREIGN_LISTS && i < pager_rows->count; i++) {
        struct pager_row_link *sibling = &pager_rows->list[i];
        struct pager_list *list = find_list(lists, &count, sibling->list_key, false);
        if (sibling->list_key != own && (list ? !list->leads : sibling->counted))
            sibling->verdict = -1;
    }
}

void pager_rows_settle(struct pager_rows *pager_rows, uint64_t own)
{
    settle_rows(pager_rows);
    settle_lists(pager_rows, own);
    settle_pair(pager_rows);
}
