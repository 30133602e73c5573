/* Finds the name closest to a misspelled word by the number of slips. */
#include <config.h>

#include "base/spelling.h"

enum { NAME_MOST = 48, PART_LEAST = 4 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t both = a < b ? a : b;
    return both < c ? both : c;
}

static char folded(struct text word, size_t at)
{
    char c = ascii_lower(word.at[at]);
    return c == '_' ? '-' : c;
}

/* How many letters have to be added, removed, replaced or swapped with their neighbour (optimal
 * string alignment).  Ignores case, and treats '_' as '-'. */
static size_t distance(struct text a, struct text b)
{
    size_t rows[3][NAME_MOST + 1]; /* this one, and the two before it, in turn */
    if (a.length > NAME_MOST || b.length > NAME_MOST)
        return NAME_MOST;
    for (size_t j = 0; j <= b.length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            bool same = folded(a, i - 1) == folded(b, j - 1);
            row[j] = least(above[j - 1] + !same, above[j] + 1, row[j - 1] + 1);
            if (i > 1 && j > 1 && folded(a, i - 1) == folded(b, j - 2) &&
                folded(a, i - 2) == folded(b, j - 1) && rows[(i - 2) % 3][j - 2] + 1 < row[j])
                row[j] = rows[(i - 2) % 3][j - 2] + 1;
        }
    }
    return rows[a.length % 3][b.length];
}

const char *spelling_closest(struct text word, const char *const *names, size_t count)
{
    const char *best = NULL;
    size_t dashes = 0;
    if (word.length > NAME_MOST)
        return NULL;
    while (dashes < word.length && word.at[dashes] == '-')
        dashes++;
    size_t nearest = (word.length - dashes) / 8 + 2; /* the first distance that is too far */
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
