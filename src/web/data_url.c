/* Reads data: URLs. */
#include <config.h>

#include "web/data_url.h"

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

bool base64_read(struct text raw, struct buf *bytes)
{
    unsigned bits = 0;
    int count = 0; /* of bits */
    raw = text_trim(raw);
    for (int i = 0; i < 2 && raw.length && raw.at[raw.length - 1] == '='; i++)
        raw.length--;
    for (size_t i = 0; i < raw.length; i++) {
        int value = base64_value(raw.at[i]);
        if (value < 0 && ascii_is_space(raw.at[i]))
            continue;
        if (value < 0)
            return false;
        bits = (bits << 6 | (unsigned)value) & 0xffffff;
        count += 6;
        if (count >= 8) {
            count -= 8;
            buf_add_char(bytes, (char)(bits >> count & 0xff));
        }
    }
    return true;
}

static void add_decoded(struct text raw, struct buf *bytes)
{
    for (size_t i = 0; i < raw.length; i++) {
        int high = raw.at[i] == '%' && i + 2 < raw.length ? hex_value(raw.at[i + 1]) : -1,
            low = high < 0 ? -1 : hex_value(raw.at[i + 2]);
        buf_add_char(bytes, low < 0 ? raw.at[i] : (char)(high << 4 | low));
        i += low < 0 ? 0 : 2;
    }
}

bool data_url_read(struct text raw, struct text *type, struct buf *bytes)
{
    if (!text_starts_nocase(raw, TEXT("data:")))
        return false;
    raw = text_skip(raw, 5);
    ptrdiff_t comma = text_find_char(raw, ',');
    if (comma < 0)
        return false;
    struct text head = text_first(raw, (size_t)comma), body = text_skip(raw, (size_t)comma + 1);
    ptrdiff_t end = text_find_char(head, ';');
    *type = text_trim(end < 0 ? head : text_first(head, (size_t)end));
    if (text_ends_nocase(text_trim(head), TEXT(";base64")))
        return base64_read(body, bytes);
    add_decoded(body, bytes);
    return true;
}
