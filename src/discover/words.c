#include <config.h>

#include "discover/words.h"

#include <string.h>

void words_init(struct words *words, const struct text *list, size_t count)
{
    memset(words, 0, sizeof *words);
    words->list = list;
    for (size_t i = count; i-- > 0;) {
        unsigned char first = (unsigned char)list[i].at[0];
        words->next[i] = words->first[first];
        words->first[first] = (unsigned char)(i + 1);
    }
}

int words_equal(const struct words *words, struct text text)
{
    if (!text.length)
        return -1;
    for (int i = words->first[(unsigned char)ascii_lower(text.at[0])]; i; i = words->next[i - 1])
        if (words->list[i - 1].length == text.length && text_starts_nocase(text, words->list[i - 1]))
            return i - 1;
    return -1;
}

int words_find(const struct words *words, struct text text)
{
    for (size_t at = 0; at < text.length; at++)
        for (int i = words->first[(unsigned char)ascii_lower(text.at[at])]; i; i = words->next[i - 1])
            if (text_starts_nocase((struct text){text.at + at, text.length - at}, words->list[i - 1]))
                return i - 1;
    return -1;
}
