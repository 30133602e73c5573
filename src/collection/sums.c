/* Reads SHA256SUMS, and finds the line of a file. */
#include <config.h>

#include "collection/sums.h"

#include <stdlib.h>

enum { DIGEST_DIGITS = 64 };

bool sums_line_read(struct text line, struct text *digest, struct text *name)
{
    *digest = text_first(line, DIGEST_DIGITS);
    *name = text_skip(line, DIGEST_DIGITS + 2);
    for (size_t i = 0; i < digest->length; i++)
        if (!ascii_is_digit(digest->at[i]) && (digest->at[i] < 'a' || digest->at[i] > 'f'))
            return false;
    return digest->length == DIGEST_DIGITS && name->length && line.at[DIGEST_DIGITS] == ' ' &&
           (line.at[DIGEST_DIGITS + 1] == ' ' || line.at[DIGEST_DIGITS + 1] == '*');
}

/* By name; of the same name, the line that comes first. */
static int compare_lines(const void *a, const void *b)
{
    const struct sums_line *one = a, *other = b;
    int order = text_compare(one->name, other->name);
    if (order)
        return order;
    return one->digest.at < other->digest.at ? -1 : one->digest.at > other->digest.at;
}

enum result sums_read(struct sums *sums, struct text bytes, struct trouble *trouble)
{
    struct text rest = bytes, line, digest, name;
    size_t count = 0;
    *sums = (struct sums){.lines = NULL};
    while (text_split(&rest, '\n', &line))
        count += sums_line_read(line, &digest, &name);
    sums->lines = count ? calloc(count, sizeof *sums->lines) : NULL;
    if (count && !sums->lines)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the %zu lines of SHA256SUMS",
                           count);
    for (rest = bytes; sums->count < count && text_split(&rest, '\n', &line);)
        if (sums_line_read(line, &digest, &name))
            sums->lines[sums->count++] = (struct sums_line){name, digest};
    if (count)
        qsort(sums->lines, count, sizeof *sums->lines, compare_lines);
    return RESULT_OK;
}

void sums_release(struct sums *sums)
{
    free(sums->lines);
    *sums = (struct sums){.lines = NULL};
}

struct text sums_digest_of(const struct sums *sums, struct text name)
{
    size_t low = 0, high = sums->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(sums->lines[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sums->count && text_equal(sums->lines[low].name, name) ? sums->lines[low].digest
                                                                        : TEXT("");
}
