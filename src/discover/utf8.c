#include <config.h>

#include "discover/utf8.h"

#include <string.h>

void utf8_add(struct buf *out, unsigned long code)
{
    if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        code = 0xfffd;
    if (code < 0x80)
        buf_add_char(out, (char)code);
    else if (code < 0x800) {
        buf_add_char(out, (char)(0xc0 | code >> 6));
        buf_add_char(out, (char)(0x80 | (code & 0x3f)));
    } else if (code < 0x10000) {
        buf_add_char(out, (char)(0xe0 | code >> 12));
        buf_add_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (code & 0x3f)));
    } else {
        buf_add_char(out, (char)(0xf0 | code >> 18));
        buf_add_char(out, (char)(0x80 | (code >> 12 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (code & 0x3f)));
    }
}

/* How many bytes from `at` on are ASCII, counted in whole words: nearly all of most pages. */
static size_t ascii_words(struct text text, size_t at)
{
    size_t from = at;
    for (uint64_t words[4]; at + sizeof words <= text.length; at += sizeof words) {
        memcpy(words, text.at + at, sizeof words);
        if ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u)
            break;
    }
    return at - from;
}

bool utf8_is(struct text text)
{
    const unsigned char *b = (const unsigned char *)text.at;
    for (size_t i = 0; i < text.length;) {
        if (b[i] < 0x80) {
            size_t skipped = ascii_words(text, i);
            i += skipped ? skipped : 1;
            continue;
        }
        size_t length = b[i] >= 0xc2 && b[i] < 0xe0 ? 2 : (b[i] & 0xf0) == 0xe0 ? 3 : b[i] >= 0xf0 && b[i] < 0xf5 ? 4 : 0;
        if (!length)
            return false;
        if (i + length > text.length)
            return true; /* cut at the end */
        for (size_t j = 1; j < length; j++)
            if ((b[i + j] & 0xc0) != 0x80)
                return false;
        i += length;
    }
    return true;
}
