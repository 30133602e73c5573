/* Fills the table, with open addressing. */
#include <config.h>

#include "html/tag_names.h"

void tag_names_init(struct tag_names *names, const struct text *list, size_t count)
{
    memset(names->words, 0, sizeof names->words);
    names->list = list;
    for (size_t i = 0; i < count; i++) {
        uint64_t word = tag_name_word(list[i], list[i].at + list[i].length);
        unsigned slot = tag_names_slot(word, list[i].length);
        while (names->words[slot])
            slot = (slot + 1) % TAG_NAME_SLOTS;
        names->words[slot] = word;
        names->places[slot] = (unsigned char)i;
    }
}
