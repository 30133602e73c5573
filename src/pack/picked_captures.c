/* Originals are kept as hashes: one too many in 2^64 makes the package a line longer. */
#include <config.h>

#include "pack/picked_captures.h"

#include <stdlib.h>

#include "base/entropy.h"

void picked_captures_begin(struct picked_captures *picked, const struct pack_options *options)
{
    *picked = (struct picked_captures){.options = options};
    entropy_fill(&picked->key, sizeof picked->key);
}

void picked_captures_release(struct picked_captures *picked)
{
    free(picked->originals);
    picked->originals = NULL;
}

static uint64_t hash_of(const struct picked_captures *picked, struct text url, struct text date)
{
    return hash_pair(hash_text(&picked->key, url), hash_text(&picked->key, date));
}

static bool is_wanted(const struct picked_captures *picked, bool is_of_run, struct text date)
{
    const struct pack_options *options = picked->options;
    date = text_first(date, PACK_DATE - 1);
    return is_of_run && (!options->from[0] || text_compare(date, text_of(options->from)) >= 0) &&
           (!options->to[0] || text_compare(date, text_of(options->to)) <= 0);
}

bool picked_captures_is_all(const struct picked_captures *picked)
{
    return !picked->options->run && !picked->options->from[0] && !picked->options->to[0];
}

bool picked_captures_note(struct picked_captures *picked, bool is_of_run,
                          const struct cdxj_entry *entry, struct text original_url,
                          struct text original_date)
{
    if (picked_captures_is_all(picked) || !original_url.length || !original_date.length ||
        !is_wanted(picked, is_of_run, entry->timestamp))
        return true;
    if (picked->count == picked->room) {
        size_t room = picked->room ? picked->room * 2 : 1024;
        uint64_t *more = realloc(picked->originals, room * sizeof *more);
        if (!more)
            return false;
        picked->originals = more;
        picked->room = room;
    }
    picked->originals[picked->count++] = hash_of(picked, original_url, original_date);
    return true;
}

static int compare(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

bool picked_captures_has(struct picked_captures *picked, bool is_of_run, struct text url,
                         struct text date)
{
    if (picked_captures_is_all(picked) || is_wanted(picked, is_of_run, date))
        return true;
    if (!picked->sorted && picked->count)
        qsort(picked->originals, picked->count, sizeof *picked->originals, compare);
    picked->sorted = true;
    uint64_t wanted = hash_of(picked, url, date);
    return picked->count && bsearch(&wanted, picked->originals, picked->count,
                                    sizeof *picked->originals, compare) != NULL;
}
