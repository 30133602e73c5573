#include <config.h>

#include "discover/names.h"

void names_init(struct names *names, const struct text *list, size_t count)
{
    memset(names->words, 0, sizeof names->words);
    names->list = list;
    for (size_t i = 0; i < count; i++) {
        uint64_t word = name_word(list[i], list[i].at + list[i].length);
        unsigned slot = names_slot(word, list[i].length);
        while (names->words[slot])
            slot = (slot + 1) % NAME_SLOTS;
        names->words[slot] = word;
        names->places[slot] = (unsigned char)i;
    }
}
