/* Parameters are separated by '&', '+' is a blank, and the rest is percent-encoded. */
#include <config.h>

#include "serve/query_field.h"

static void decode(struct text value, struct buf *out)
{
    for (size_t i = 0; i < value.length; i++) {
        char c = value.at[i];
        int high = i + 2 < value.length ? hex_value(value.at[i + 1]) : -1;
        int low = high >= 0 ? hex_value(value.at[i + 2]) : -1;
        if (c == '%' && high >= 0 && low >= 0) {
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+')
            c = ' ';
        buf_add_char(out, c);
    }
}

bool query_field_read(struct text target, const char *name, struct buf *out)
{
    return query_field_read_at(target, name, 0, out);
}

bool query_field_read_at(struct text target, const char *name, size_t number, struct buf *out)
{
    struct text rest = target, parameter, found;
    if (!text_split(&rest, '?', &parameter))
        return false;
    while (text_split(&rest, '&', &parameter))
        if (text_split(&parameter, '=', &found) && text_equal(found, text_of(name)) && !number--) {
            decode(parameter.at ? parameter : TEXT(""), out);
            return true;
        }
    return false;
}

void query_field_write(struct text value, struct buf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < value.length; i++) {
        unsigned char c = (unsigned char)value.at[i];
        if (ascii_is_alnum((char)c) || c == '-' || c == '.' || c == '_') {
            buf_add_char(out, (char)c);
            continue;
        }
        buf_add_char(out, '%');
        buf_add_char(out, digits[c >> 4]);
        buf_add_char(out, digits[c & 15]);
    }
}
