/* Finds the name closest to a misspelled word by Levenshtein distance. */
#include <config.h>

#include "base/spelling.h"

enum { NAME_MOST = 48, PART_LEAST = 4 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t both = a < b ? a : b;
    return both < c ? both : c;
}

/* How many letters have to be added, removed or replaced (Levenshtein distance).  Ignores case, and
 * treats '_' as '-'. */
static size_t distance(struct text a, struct text b)
{
    size_t row[NAME_MOST + 1];
    if (a.length > NAME_MOST || b.length > NAME_MOST)
        return NAME_MOST;
    for (size_t j = 0; j <= b.length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            char one = ascii_lower(a.at[i - 1]), other = ascii_lower(b.at[j - 1]);
            one = one == '_' ? '-' : one;
            size_t replaced = diagonal + (one != other);
            diagonal = row[j];
            row[j] = least(replaced, row[j] + 1, row[j - 1] + 1);
        }
    }
    return row[b.length];
}

const char *spelling_closest(struct text word, const char *const *names, size_t count)
{
    const char *best = NULL;
    if (word.length > NAME_MOST)
        return NULL;
    size_t nearest = word.length / 3 + 2; /* the first distance that is too far */
    for (size_t i = 0; i < count; i++) {
        struct text name = text_of(names[i]);
        size_t far = distance(word, name);
        /* The beginning of a name stands for it: --recheck-w for --recheck-within. */
        if (far && word.length >= 3 && text_starts_nocase(name, word))
            far = 1;
        if (far < nearest) {
            nearest = far;
            best = names[i];
        }
    }
    for (size_t i = 0; !best && word.length >= PART_LEAST && i < count; i++)
        if (text_find_nocase(text_of(names[i]), word) >= 0)
            best = names[i];
    return best;
}
