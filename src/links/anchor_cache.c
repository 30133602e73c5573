/*
 * The anchor cache: fixed tables of anchors and of named values, and the buffers that pages use one
 * after the other.
 */
#include <config.h>

#include "links/anchor_cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/entropy.h"

/* Some 4 MB; a mark has one place, so that the newest anchors push out older ones. */
#ifdef SMALL_TABLES
enum { SLOTS = 1 << 7 };
#else
enum { SLOTS = 1 << 14 };
#endif

/* Of a slot: all but the end of a long URL. */
enum { AHEAD_BYTES = 192, LINE_BYTES = 64 };

static struct tables tables;
static pthread_once_t made = PTHREAD_ONCE_INIT;

static void make_tables(void)
{
    pagers_init(&tables.pagers);
    traps_init(&tables.traps);
    page_names_init(&tables.names);
}

void anchor_cache_init(struct anchor_cache *anchors, bool keeps)
{
    entropy_fill(&anchors->key, sizeof anchors->key);
    pthread_once(&made, make_tables);
    anchors->tables = &tables;
    buf_init(&anchors->found, FOUND_MOST);
    page_pieces_init(&anchors->pieces);
    anchors->seen = NULL;
    anchors->seen_size = 0;
    anchors->last = 0;
    for (size_t i = 0; i < NAMED_SLOTS; i++)
        anchors->named[i].length = 0;
    anchors->slots = keeps ? calloc(SLOTS, sizeof *anchors->slots) : NULL;
}

void anchor_cache_release(struct anchor_cache *anchors)
{
    buf_release(&anchors->found);
    buf_release(&anchors->pieces.list);
    free(anchors->seen);
    free(anchors->slots);
}

struct anchor_cache *anchor_cache_new(void)
{
    struct anchor_cache *anchors = malloc(sizeof *anchors);
    if (anchors)
        anchor_cache_init(anchors, true);
    return anchors;
}

void anchor_cache_free(struct anchor_cache *anchors)
{
    if (!anchors)
        return;
    anchor_cache_release(anchors);
    free(anchors);
}

struct remembered *anchor_cache_find(struct anchor_cache *anchors, uint64_t mark)
{
    struct remembered *slot = anchors->slots ? &anchors->slots[(mark >> 1) % SLOTS] : NULL;
    if (!slot || slot->mark != mark)
        return NULL;
    uint32_t number = (uint32_t)(slot - anchors->slots);
    anchors->slots[anchors->last].next = number;
    anchors->last = number;
    const char *next = (const char *)&anchors->slots[slot->next];
    for (size_t at = 0; at < AHEAD_BYTES; at += LINE_BYTES)
        __builtin_prefetch(next + at, 1);
    return slot;
}

struct remembered *anchor_cache_take(struct anchor_cache *anchors, uint64_t mark,
                                     struct text address)
{
    if (!anchors->slots || address.length > REMEMBERED_BYTES)
        return NULL;
    struct remembered *slot = &anchors->slots[(mark >> 1) % SLOTS];
    slot->mark = mark;
    slot->note = 0;
    slot->length = (unsigned short)address.length;
    memcpy(slot->address, address.at, address.length);
    return slot;
}

/* Uses the length and the bytes at both ends. If two values share a slot, that only costs time. */
static size_t value_slot(struct text value)
{
    uint64_t begin = 0, end = 0;
    size_t some = value.length < sizeof begin ? value.length : sizeof begin;
    memcpy(&begin, value.at, some);
    memcpy(&end, value.at + value.length - some, some);
    return (size_t)((begin ^ (end << 7 | end >> 57) ^ value.length) *
                        UINT64_C(0x9e3779b97f4a7c15) >>
                    32) %
           NAMED_SLOTS;
}

struct named anchor_cache_named(struct anchor_cache *anchors, struct text value)
{
    struct kept_name *kept = &anchors->named[value_slot(value)];
    if (value.length == kept->length && memcmp(kept->value, value.at, value.length) == 0)
        return kept->named;
    struct named named = pager_names_of(&anchors->tables->pagers.names, value);
    if (value.length <= NAMED_BYTES) {
        kept->named = named;
        kept->length = (unsigned char)value.length;
        memcpy(kept->value, value.at, value.length);
    }
    return named;
}
