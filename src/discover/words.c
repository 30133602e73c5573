#include <config.h>

#include "discover/words.h"

#include <string.h>

/* The bit for two bytes in a set of 1024. */
static unsigned pair_of(char first, char second)
{
    return ((unsigned char)ascii_lower(first) * 31u + (unsigned char)ascii_lower(second)) & 1023;
}

static unsigned bucket_of(struct text word)
{
    return ((unsigned char)ascii_lower(word.at[0]) * 5u + (unsigned)word.length) & 127;
}

void words_init(struct words *words, const struct text *list, size_t count)
{
    memset(words, 0, sizeof *words);
    words->list = list;
    for (size_t i = count; i-- > 0;) {
        struct text word = list[i];
        unsigned char first = (unsigned char)word.at[0];
        words->next[i] = words->first[first];
        words->first[first] = (unsigned char)(i + 1);
        words->begins[first] = true;
        if (first >= 'a' && first <= 'z')
            words->begins[first - 'a' + 'A'] = true;
        unsigned bucket = bucket_of(word);
        words->bucket_next[i] = words->bucket[bucket];
        words->bucket[bucket] = (unsigned char)(i + 1);
        for (unsigned second = 0; second < 256; second++) { /* any byte may follow a word of one */
            unsigned pair = pair_of(word.at[0], word.length > 1 ? word.at[1] : (char)second);
            words->pairs[pair / 64] |= (uint64_t)1 << pair % 64;
            second = word.length > 1 ? 255 : second;
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

int words_find(const struct words *words, struct text text)
{
    for (size_t at = 0; at < text.length; at++) {
        if (!words->begins[(unsigned char)text.at[at]])
            continue;
        unsigned pair = pair_of(text.at[at], at + 1 < text.length ? text.at[at + 1] : '\0');
        if (!(words->pairs[pair / 64] >> pair % 64 & 1))
            continue;
        for (int i = words->first[(unsigned char)ascii_lower(text.at[at])]; i; i = words->next[i - 1])
            if (text_starts_nocase((struct text){text.at + at, text.length - at}, words->list[i - 1]))
                return i - 1;
    }
    return -1;
}

bool words_begin(const struct words *words, struct text text)
{
    unsigned pair = text.length > 1 ? pair_of(text.at[0], text.at[1]) : 0;
    return text.length > 1 && (words->pairs[pair / 64] >> pair % 64 & 1);
}
