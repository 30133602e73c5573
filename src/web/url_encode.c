/* Escapes the bytes that each part of a URL may not contain. */
#include <config.h>

#include "web/url_encode.h"

#include "base/utf8.h"
#include "web/charset.h"

/* Bytes of one character in any encoding, including the sequence that shifts into its state. */
enum { CHARACTER_LONGEST = 16 };

/* In which parts each character must be escaped. */

static const unsigned char places[128] = {
    ['"'] = URL_IN_FRAGMENT | URL_IN_QUERY | URL_IN_PATH | URL_IN_USER,
    [' '] = URL_IN_FRAGMENT | URL_IN_QUERY | URL_IN_PATH | URL_IN_USER,
    ['<'] = URL_IN_FRAGMENT | URL_IN_QUERY | URL_IN_PATH | URL_IN_USER,
    ['>'] = URL_IN_FRAGMENT | URL_IN_QUERY | URL_IN_PATH | URL_IN_USER,
    ['`'] = URL_IN_FRAGMENT | URL_IN_PATH | URL_IN_USER,
    ['#'] = URL_IN_QUERY | URL_IN_PATH | URL_IN_USER,
    ['\''] = URL_IN_QUERY,
    ['?'] = URL_IN_PATH | URL_IN_USER,
    ['{'] = URL_IN_PATH | URL_IN_USER,
    ['}'] = URL_IN_PATH | URL_IN_USER,
    ['^'] = URL_IN_PATH | URL_IN_USER,
    ['/'] = URL_IN_USER,
    [':'] = URL_IN_USER,
    [';'] = URL_IN_USER,
    ['='] = URL_IN_USER,
    ['@'] = URL_IN_USER,
    ['['] = URL_IN_USER,
    ['\\'] = URL_IN_USER,
    [']'] = URL_IN_USER,
    ['|'] = URL_IN_USER,
};

static bool needs_escape(unsigned char c, enum url_place place)
{
    return c < 0x20 || c >= 0x7f || (places[c] & place);
}

void url_escape(struct buf *out, unsigned char c)
{
    static const char digits[] = "0123456789ABCDEF";
    char escaped[3] = {'%', digits[c >> 4], digits[c & 15]};
    buf_append(out, escaped, 3);
}

void url_encode(struct buf *out, struct text text, enum url_place place)
{
    size_t done = 0;
    for (size_t i = 0; i < text.length;) {
        unsigned char c = (unsigned char)text.at[i];
        uint32_t character;
        if (!needs_escape(c, place)) {
            i++;
            continue;
        }
        buf_append(out, text.at + done, i - done);
        size_t length = utf8_read(text_skip(text, i), &character);
        if (!length)
            buf_add(out, "%EF%BF%BD");
        for (size_t j = 0; j < length; j++)
            url_escape(out, (unsigned char)text.at[i + j]);
        i += length ? length : 1;
        done = i;
    }
    buf_append(out, text.at + done, text.length - done);
}

/* ---- queries ---- */

static bool is_ascii(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

static void add_bytes(struct buf *out, const char *bytes, const char *end)
{
    for (; bytes < end; bytes++) {
        if (needs_escape((unsigned char)*bytes, URL_IN_QUERY))
            url_escape(out, (unsigned char)*bytes);
        else
            buf_add_char(out, *bytes);
    }
}

/* Returns to ASCII in an encoding that shifts between character sets (ISO-2022-JP). */
static void shift_back(struct buf *out, iconv_t encoder)
{
    char bytes[CHARACTER_LONGEST], *to = bytes;
    size_t room = sizeof bytes;
    iconv(encoder, NULL, NULL, &to, &room);
    add_bytes(out, bytes, to);
}

/* The encoding of a query. */
struct query_encoder {
    iconv_t encoder;
    bool controls; /* charset_has_controls() */
};

static void add_character(struct buf *out, const struct query_encoder *query, struct text sequence,
                          uint32_t character)
{
    iconv_t encoder = query->encoder;
    char bytes[CHARACTER_LONGEST], *to = bytes, *from = (char *)(uintptr_t)sequence.at;
    size_t room = sizeof bytes, left = sequence.length;
    if (iconv(encoder, &from, &left, &to, &room) != (size_t)-1) {
        add_bytes(out, bytes, to);
        return;
    }
    shift_back(out, encoder);
    if (query->controls && character >= 0x80 && character < 0xa0) {
        url_escape(out, (unsigned char)character);
        return;
    }
    buf_printf(out, "%%26%%23%u%%3B", (unsigned)character);
}

void url_encode_query(struct buf *out, struct text query, struct text encoding)
{
    struct query_encoder to = {NO_CONVERTER, false};
    if (encoding.length && !is_ascii(query))
        to = (struct query_encoder){charset_encoder(encoding), charset_has_controls(encoding)};
    if (to.encoder == NO_CONVERTER) {
        url_encode(out, query, URL_IN_QUERY);
        return;
    }
    while (query.length) {
        uint32_t character = 0xfffd;
        size_t length = utf8_read(query, &character);
        add_character(out, &to, length ? text_first(query, length) : TEXT("\xef\xbf\xbd"),
                      character);
        query = text_skip(query, length ? length : 1);
    }
    shift_back(out, to.encoder);
    iconv_close(to.encoder);
}
