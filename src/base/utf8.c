/* Decodes one UTF-8 sequence and rejects everything that RFC 3629 forbids. */
#include <config.h>

#include "base/utf8.h"

size_t utf8_read(struct text text, uint32_t *character)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    unsigned char first = (unsigned char)text.at[0];
    for (size_t more = 0; more < 4; more++) {
        if ((first & forms[more].mask) != forms[more].lead)
            continue;
        if (text.length <= more)
            return 0;
        uint32_t value = first & (unsigned char)~forms[more].mask;
        for (size_t i = 1; i <= more; i++) {
            if ((text.at[i] & 0xc0) != 0x80)
                return 0;
            value = value << 6 | ((unsigned char)text.at[i] & 0x3f);
        }
        if (value < forms[more].least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
            return 0;
        *character = value;
        return more + 1;
    }
    return 0;
}

bool utf8_is_valid(struct text text)
{
    uint32_t character;
    for (size_t length; text.length; text = text_skip(text, length))
        if (!(length = utf8_read(text, &character)))
            return false;
    return true;
}
