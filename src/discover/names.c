#include <config.h>

#include "discover/names.h"

static unsigned slot_of(uint64_t word, size_t length)
{
    return (unsigned)((word * UINT64_C(0x9e3779b97f4a7c15) >> 56) + length) % NAME_SLOTS;
}

void names_init(struct names *names, const struct text *list, size_t count)
{
    memset(names->words, 0, sizeof names->words);
    names->list = list;
    for (size_t i = 0; i < count; i++) {
        uint64_t word = name_word(list[i], list[i].at + list[i].length);
        unsigned slot = slot_of(word, list[i].length);
        while (names->words[slot])
            slot = (slot + 1) % NAME_SLOTS;
        names->words[slot] = word;
        names->places[slot] = (unsigned char)i;
    }
}

int names_place(const struct names *names, uint64_t word, struct text name)
{
    for (unsigned slot = slot_of(word, name.length); names->words[slot]; slot = (slot + 1) % NAME_SLOTS) {
        struct text known = names->list[names->places[slot]];
        if (names->words[slot] == word && known.length == name.length &&
            (name.length <= NAME_WORD_BYTES || text_starts_nocase(text_skip(name, NAME_WORD_BYTES), text_skip(known, NAME_WORD_BYTES))))
            return names->places[slot];
    }
    return -1;
}
