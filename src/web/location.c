/* Reads the value of a Location field. */
#include <config.h>

#include "web/location.h"

#include "base/utf8.h"
#include "web/url_encode.h"

enum url_result location_parse(struct url *url, struct text value, const struct url *base)
{
    if (utf8_is_valid(value))
        return url_parse(url, value, base, TEXT(""));
    if (value.length > URL_LONGEST)
        return URL_INVALID;
    struct buf escaped;
    buf_init(&escaped, 3 * URL_LONGEST + 1);
    for (size_t i = 0; i < value.length; i++) {
        if ((unsigned char)value.at[i] < 0x80)
            buf_add_char(&escaped, value.at[i]);
        else
            url_escape(&escaped, (unsigned char)value.at[i]);
    }
    enum url_result result =
        buf_ok(&escaped) ? url_parse(url, buf_text(&escaped), base, TEXT("")) : URL_NO_MEMORY;
    buf_release(&escaped);
    return result;
}
