/* Replaces character references; named ones are found by binary search. */
#include <config.h>

#include "html/entities.h"

#include <string.h>

#include "html/characters.h"

enum { NAME_LONGEST = 33 };

static void add_code_point(struct buf *out, unsigned long code)
{
    /* The characters of windows-1252 at 0x80 to 0x9f (section 13.2.5.80). */
    static const unsigned short latin[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020,
                                             0x2021, 0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,
                                             0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d,
                                             0x2022, 0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a,
                                             0x153,  0x9d,   0x17e,  0x178};
    if (code >= 0x80 && code < 0xa0)
        code = latin[code - 0x80];
    utf8_add(out, code);
}

/* Decodes "&#38;" or "&#x26;" and returns its length; 0 when it is not a reference. */
static size_t take_number(struct text text, struct buf *out)
{
    size_t at = 2;
    unsigned long code = 0;
    bool hex = text.length > 2 && (text.at[2] == 'x' || text.at[2] == 'X');
    at += hex;
    size_t from = at;
    for (; at < text.length; at++) {
        int digit = hex_value(text.at[at]);
        if (digit < 0 || (!hex && digit > 9))
            break;
        code = code > 0x110000 ? code : code * (hex ? 16 : 10) + (unsigned long)digit;
    }
    if (at == from)
        return 0;
    add_code_point(out, code);
    return at + (at < text.length && text.at[at] == ';');
}

static const struct entity *find(struct text name)
{
    size_t low = 0, high = entities_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = text_compare(text_of(entities_table[middle].name), name);
        if (order == 0)
            return &entities_table[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Decodes the longest known name after '&' and returns the length; 0 when there is none. */
static size_t take_name(struct text text, bool in_attribute, struct buf *out)
{
    size_t length = 0;
    struct text name = text_skip(text, 1);
    while (length < name.length && length < NAME_LONGEST && ascii_is_alnum(name.at[length]))
        length++;
    length += length < name.length && name.at[length] == ';';
    for (; length >= 2; length--) {
        const struct entity *entity = find(text_first(name, length));
        if (!entity)
            continue;
        char next = length < name.length ? name.at[length] : ' ';
        if (in_attribute && name.at[length - 1] != ';' && (next == '=' || ascii_is_alnum(next)))
            return 0;
        buf_add(out, entity->text);
        return length + 1;
    }
    return 0;
}

void entities_decode(struct text text, bool in_attribute, struct buf *out)
{
    while (text.length) {
        ptrdiff_t mark = text_find_char(text, '&');
        size_t plain = mark < 0 ? text.length : (size_t)mark;
        buf_add_text(out, text_first(text, plain));
        text = text_skip(text, plain);
        if (text.length < 2) {
            buf_add_text(out, text);
            return;
        }
        size_t taken =
            text.at[1] == '#' ? take_number(text, out) : take_name(text, in_attribute, out);
        if (!taken) {
            buf_add_char(out, '&');
            taken = 1;
        }
        text = text_skip(text, taken);
    }
}
