#include <config.h>

#include "discover/words.h"

#include <string.h>

/* A number below PAIRS for two bytes. */
static unsigned pair_of(char first, char second)
{
    return ((unsigned char)(first | 0x20) * 31u + (unsigned char)(second | 0x20)) % PAIRS; /* case is folded, and a little more */
}

static unsigned bucket_of(struct text word)
{
    return ((unsigned char)(word.at[0] | 0x20) * 5u + (unsigned)word.length) & 127;
}

static void add_pair(struct words *words, unsigned pair)
{
    words->pairs[pair / 64] |= (uint64_t)1 << pair % 64;
}

void words_init(struct words *words, const struct text *list, size_t count)
{
    memset(words, 0, sizeof *words);
    words->list = list;
    for (size_t i = count; i-- > 0;) {
        struct text word = list[i];
        unsigned char first = (unsigned char)word.at[0], place = (unsigned char)(i + 1);
        words->begins[first] = true;
        if (first >= 'a' && first <= 'z')
            words->begins[first - 'a' + 'A'] = true;
        unsigned bucket = bucket_of(word);
        words->bucket_next[i] = words->bucket[bucket];
        words->bucket[bucket] = place;
        if (word.length > 1) {
            unsigned pair = pair_of(word.at[0], word.at[1]);
            words->next[i] = words->first[pair];
            words->first[pair] = place;
            add_pair(words, pair);
        } else { /* any byte may follow it */
            words->alone[first] = place;
            for (unsigned second = 0; second < 256; second++)
                add_pair(words, pair_of(word.at[0], (char)second));
        }
    }
}

int words_equal(const struct words *words, struct text text)
{
    if (!text.length)
        return -1;
    for (int i = words->bucket[bucket_of(text)]; i; i = words->bucket_next[i - 1]) {
        struct text word = words->list[i - 1];
        if (word.length == text.length && (memcmp(word.at, text.at, text.length) == 0 || text_starts_nocase(text, word)))
            return i - 1;
    }
    return -1;
}

int words_at(const struct words *words, struct text text)
{
    unsigned pair = text.length > 1 ? pair_of(text.at[0], text.at[1]) : 0;
    if (text.length > 1 && words->pairs[pair / 64] >> pair % 64 & 1)
        for (int i = words->first[pair]; i; i = words->next[i - 1])
            if (text_starts_nocase(text, words->list[i - 1]))
                return i - 1;
    return text.length ? words->alone[(unsigned char)ascii_lower(text.at[0])] - 1 : -1;
}

int words_find(const struct words *words, struct text text)
{
    int found = -1;
    for (size_t at = 0; found < 0 && at < text.length; at++)
        if (words->begins[(unsigned char)text.at[at]])
            found = words_at(words, text_skip(text, at));
    return found;
}

bool words_begin(const struct words *words, struct text text)
{
    unsigned pair = text.length > 1 ? pair_of(text.at[0], text.at[1]) : 0;
    return text.length > 1 && (words->pairs[pair / 64] >> pair % 64 & 1);
}
