/* Tells text from bytes that are none: NULs, UTF-16 and UTF-32, what is compressed. */
#include <config.h>

#include "cmd/text_file.h"

/* Whether every second of the first characters is a NUL: UTF-16 of a European language, without its
 * byte order mark. */
static bool looks_like_utf16(struct text bytes)
{
    struct text first = text_first(bytes, 8);
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < first.length; i++)
        zeros[i % 2] += !first.at[i];
    size_t half = first.length / 2;
    return half && ((zeros[0] >= half && !zeros[1]) || (zeros[1] >= half && !zeros[0]));
}

const char *text_file_error(struct text *bytes)
{
    if (text_starts(*bytes, TEXT("\x1f\x8b")))
        return "is compressed. Unpack it with gzip -d";
    if (text_starts(*bytes, (struct text){"\xff\xfe\0\0", 4}) ||
        text_starts(*bytes, (struct text){"\0\0\xfe\xff", 4}))
        return "is in UTF-32. Save it as UTF-8";
    if (looks_like_utf16(*bytes))
        return "is in UTF-16, as it seems. Save it as UTF-8";
    if (text_starts(*bytes, TEXT("\xff\xfe")) || text_starts(*bytes, TEXT("\xfe\xff")))
        return "is in UTF-16. Save it as UTF-8";
    if (text_find_char(*bytes, '\0') >= 0)
        return "is not a text file: it contains zero bytes. Give a text in UTF-8";
    if (text_starts(*bytes, TEXT("\xef\xbb\xbf")))
        *bytes = text_skip(*bytes, 3);
    return NULL;
}
