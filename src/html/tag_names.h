/*
 * A table of element or attribute names, looked up by their first eight bytes as one machine word.
 * Most names are no longer than that.  So neither finding the end of a name nor looking it up needs
 * a loop over its bytes.  The case of ASCII letters is ignored.
 */
#ifndef HTML_TAG_NAMES_H
#define HTML_TAG_NAMES_H

#include "base/system.h"
#include "base/text.h"

enum { TAG_NAMES_MOST = 64, TAG_NAME_SLOTS = 256, TAG_NAME_WORD_BYTES = 8 };

struct tag_names {
    const struct text *list;
    uint64_t words[TAG_NAME_SLOTS];       /* a hash table; 0 in a free slot */
    unsigned char places[TAG_NAME_SLOTS]; /* in the list */
};

/* Makes a table of at most TAG_NAMES_MOST names, not empty and in lower case.  `list` must outlive
 * *names. */
void tag_names_init(struct tag_names *names, const struct text *list, size_t count);

static inline unsigned tag_names_slot(uint64_t word, size_t length)
{
    return (unsigned)((word * UINT64_C(0x9e3779b97f4a7c15) >> 56) + length) % TAG_NAME_SLOTS;
}

/* The place of `name` in the list, -1 when it is not there.  `word` is its tag_name_word(). */
static inline int tag_names_place(const struct tag_names *names, uint64_t word, struct text name)
{
    for (unsigned slot = tag_names_slot(word, name.length); names->words[slot];
         slot = (slot + 1) % TAG_NAME_SLOTS) {
        struct text known = names->list[names->places[slot]];
        if (names->words[slot] == word && known.length == name.length &&
            (name.length <= TAG_NAME_WORD_BYTES ||
             text_starts_nocase(text_skip(name, TAG_NAME_WORD_BYTES),
                                text_skip(known, TAG_NAME_WORD_BYTES))))
            return names->places[slot];
    }
    return -1;
}

/* Eight bytes with the letters 'A' to 'Z' in lower case. */
static inline uint64_t tag_name_lower(uint64_t bytes)
{
    const uint64_t each = UINT64_C(0x0101010101010101), top = each * 0x80;
    if (!((bytes & each * 0x40) >> 1 & ~bytes)) /* no byte from '@' to '_' */
        return bytes;
    uint64_t low = bytes & ~top, from_a = low + each * (0x80 - 'A'),
             after_z = low + each * (0x7f - 'Z');
    return bytes | ((from_a ^ after_z) & ~bytes & top) >> 2;
}

/* The first `length` of eight bytes; the others become zero. */
static inline uint64_t tag_name_first(uint64_t bytes, size_t length)
{
    return length < TAG_NAME_WORD_BYTES ? bytes & ~(UINT64_MAX << 8 * length) : bytes;
}

/* The first eight bytes of a name in lower case; a shorter name is filled up with zeros.  Bytes
 * before `end` may be read. */
static inline uint64_t tag_name_word(struct text name, const char *end)
{
    uint64_t word = 0;
    if (end - name.at < TAG_NAME_WORD_BYTES) {
        memcpy(&word, name.at,
               name.length < TAG_NAME_WORD_BYTES ? name.length : TAG_NAME_WORD_BYTES);
        return tag_name_lower(system_little_endian(word));
    }
    memcpy(&word, name.at, TAG_NAME_WORD_BYTES);
    return tag_name_lower(tag_name_first(system_little_endian(word), name.length));
}

#endif
