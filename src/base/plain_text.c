/* Escapes what a terminal or a log would obey. */
#include <config.h>

#include "base/plain_text.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

bool plain_text_may_show(uint32_t c)
{
    if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        return false;
    return c != 0x061c && c != 0x200e && c != 0x200f && !(c >= 0x2028 && c <= 0x202e) &&
           !(c >= 0x2066 && c <= 0x2069);
}

/* How the next character is shown.  Returns how many bytes of the text it has, at least one. */
static size_t show_next(struct text text, char shown[8])
{
    uint32_t c;
    size_t bytes = utf8_read(text, &c);
    if (bytes && plain_text_may_show(c)) {
        memcpy(shown, text.at, bytes);
        shown[bytes] = '\0';
    } else if (bytes > 1)
        snprintf(shown, 8, "\\u%04x", (unsigned)(c & 0xffff));
    else
        snprintf(shown, 8, "\\x%02x", (unsigned)(unsigned char)text.at[0]);
    return bytes ? bytes : 1;
}

void plain_text_add(struct buf *out, struct text text)
{
    while (text.length) {
        char shown[8];
        text = text_skip(text, show_next(text, shown));
        buf_add(out, shown);
    }
}

void plain_text_settle(char *words, size_t size)
{
    enum { WORDS_MOST = 4096 };
    char plain[WORDS_MOST];
    size_t length = 0;
    struct text rest = text_of(words);
    if (size > WORDS_MOST)
        size = WORDS_MOST;
    while (rest.length) {
        char shown[8];
        rest = text_skip(rest, show_next(rest, shown));
        size_t more = strlen(shown);
        if (length + more >= size)
            break;
        memcpy(plain + length, shown, more);
        length += more;
    }
    memcpy(words, plain, length);
    words[length] = '\0';
}
