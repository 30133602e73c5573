/* UTF-8.  Pages are mostly ASCII, so long runs of it are checked sixteen bytes at a time. */
#include <config.h>

#include "html/characters.h"

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

/* Sixteen bytes at any alignment. */
typedef uint64_t pair __attribute__((vector_size(16), aligned(1), may_alias));

/* How many bytes from `at` on are ASCII, in whole blocks of 128. */
static size_t ascii_blocks(struct text text, size_t at)
{
    enum { BLOCK = 8 * sizeof(pair) };
    size_t from = at;
    for (; at + BLOCK <= text.length; at += BLOCK) {
        const pair *block = (const pair *)(text.at + at);
        pair any =
            block[0] | block[1] | block[2] | block[3] | block[4] | block[5] | block[6] | block[7];
        if ((any[0] | any[1]) & 0x8080808080808080u)
            break;
    }
    return at - from;
}

bool utf8_is(struct text text)
{
    const unsigned char *b = (const unsigned char *)text.at;
    for (size_t i = 0; i < text.length;) {
        if (b[i] < 0x80) {
            size_t skipped = ascii_blocks(text, i);
            i += skipped ? skipped : 1;
            continue;
        }
        size_t length = b[i] >= 0xc2 && b[i] < 0xe0   ? 2
                        : (b[i] & 0xf0) == 0xe0       ? 3
                        : b[i] >= 0xf0 && b[i] < 0xf5 ? 4
                                                      : 0;
        if (!length)
            return false;
        if (i + length > text.length)
            return true; /* cut off at the end */
        for (size_t j = 1; j < length; j++)
            if ((b[i + j] & 0xc0) != 0x80)
                return false;
        i += length;
    }
    return true;
}

/* The lower case of a character below U+0590. */
static unsigned fold(unsigned code)
{
    if (code < 0x100) /* Latin-1 */
        return code >= 0xc0 && code <= 0xde && code != 0xd7 ? code + 0x20 : code;
    if (code == 0x130 || code == 0x178) /* dotted I; Y with diaeresis */
        return code == 0x130 ? 'i' : 0xff;
    /* Latin Extended-A has pairs, which begin at even codes except in two ranges. */
    if (code < 0x180) {
        bool odd = (code >= 0x139 && code <= 0x148) || code >= 0x179;
        return code % 2 == (odd ? 1 : 0) && code != 0x138 && code != 0x149 && code != 0x17f
                   ? code + 1
                   : code;
    }
    if (code == 0x218 || code == 0x21a || code == 0x1a0 || code == 0x1af)
        return code + 1;                /* Romanian and Vietnamese */
    if (code >= 0x388 && code <= 0x38a) /* Greek with accents */
        return code + 0x25;
    if (code == 0x386 || code == 0x38c)
        return code == 0x386 ? 0x3ac : 0x3cc;
    if (code == 0x38e || code == 0x38f)
        return code + 0x3f;
    if (code >= 0x391 && code <= 0x3ab)
        return code + 0x20;
    if (code >= 0x410 && code <= 0x42f) /* Cyrillic */
        return code + 0x20;
    if (code >= 0x531 && code <= 0x556) /* Armenian */
        return code + 0x30;
    return code >= 0x400 && code <= 0x40f ? code + 0x50 : code;
}

size_t utf8_fold(struct text from, char *out)
{
    unsigned char a = (unsigned char)from.at[0];
    if (from.length == 1) {
        out[0] = ascii_lower(from.at[0]);
        return 1;
    }
    unsigned code =
        from.length == 2 && a < 0xe0 ? (a & 0x1fu) << 6 | ((unsigned char)from.at[1] & 0x3fu) : 0;
    unsigned low = fold(code);
    if (low == code) {
        memcpy(out, from.at, from.length);
        return from.length;
    }
    if (low < 0x80) {
        out[0] = (char)low;
        return 1;
    }
    out[0] = (char)(0xc0 | low >> 6);
    out[1] = (char)(0x80 | (low & 0x3f));
    return 2;
}
