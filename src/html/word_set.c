/* Three small hash tables: by two bytes, by three bytes, and by first byte and length. */
#include <config.h>

#include "html/word_set.h"

#include <string.h>

/* Setting this bit folds case, and a few other bytes too, so every match is compared again. */
enum { FOLD = 0x20, FOLD_THREE = 0x202020 };

static unsigned pair_of(struct text text)
{
    return ((unsigned char)(text.at[0] | FOLD) * 31u + (unsigned char)(text.at[1] | FOLD)) %
           WORD_PAIRS;
}

/* A hash below WORD_TRIPLES of three bytes; the first byte is the lowest of `three`. */
static unsigned triple_of(uint32_t three)
{
    return (three | FOLD_THREE) * 0x9e3779b1u >> 20;
}

static unsigned bucket_of(struct text word)
{
    return ((unsigned char)(word.at[0] | FOLD) * 5u + (unsigned)word.length) & 127;
}

static uint32_t three_of(struct text text, unsigned char third)
{
    return (unsigned char)text.at[0] | (uint32_t)(unsigned char)text.at[1] << 8 |
           (uint32_t)third << 16;
}

static void add_triple(struct word_set *words, unsigned triple)
{
    words->triples[triple / 64] |= (uint64_t)1 << triple % 64;
}

static void add_beginning(struct word_set *words, struct text word, size_t place)
{
    unsigned pair = pair_of(word);
    words->next[place] = words->first[pair];
    words->first[pair] = (unsigned char)(place + 1);
    if (word.length > 2)
        add_triple(words, triple_of(three_of(word, (unsigned char)word.at[2])));
    else /* any byte may follow it */
        for (unsigned third = 0; third < 256; third++)
            add_triple(words, triple_of(three_of(word, (unsigned char)third)));
}

void word_set_init(struct word_set *words, const struct text *list, size_t count)
{
    memset(words, 0, sizeof *words);
    words->list = list;
    for (size_t i = count; i-- > 0;) {
        unsigned bucket = bucket_of(list[i]);
        words->bucket_next[i] = words->bucket[bucket];
        words->bucket[bucket] = (unsigned char)(i + 1);
        if (list[i].length > 1)
            add_beginning(words, list[i], i);
    }
}

int word_set_equal(const struct word_set *words, struct text text)
{
    if (!text.length)
        return -1;
    for (int i = words->bucket[bucket_of(text)]; i; i = words->bucket_next[i - 1]) {
        struct text word = words->list[i - 1];
        if (word.length == text.length &&
            (memcmp(word.at, text.at, text.length) == 0 || text_starts_nocase(text, word)))
            return i - 1;
    }
    return -1;
}

bool word_set_begin(const struct word_set *words, struct text text)
{
    return text.length > 1 && words->first[pair_of(text)];
}

int word_set_at(const struct word_set *words, struct text text)
{
    for (int i = text.length > 1 ? words->first[pair_of(text)] : 0; i; i = words->next[i - 1]) {
        struct text word = words->list[i - 1];
        bool third = word.length < 3 || (text.length > 2 && ascii_lower(text.at[2]) == word.at[2]);
        if (third && text_starts_nocase(text, word))
            return i - 1;
    }
    return -1;
}

int word_set_find(const struct word_set *words, struct text text)
{
    uint32_t three = text.length > 1 ? three_of(text, 0) << 8 : 0;
    for (size_t at = 0; at + 2 < text.length; at++) {
        three = three >> 8 | (uint32_t)(unsigned char)text.at[at + 2] << 16;
        unsigned triple = triple_of(three);
        if (!(words->triples[triple / 64] >> triple % 64 & 1))
            continue;
        int found = word_set_at(words, text_skip(text, at));
        if (found >= 0)
            return found;
    }
    return text.length > 1 ? word_set_at(words, text_skip(text, text.length - 2)) : -1;
}
