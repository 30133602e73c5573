/* Tells text from bytes that are none: NULs, and UTF-16 with its byte order mark. */
#include <config.h>

#include "cmd/text_file.h"

const char *text_file_error(struct text *bytes)
{
    if (text_starts(*bytes, TEXT("\xff\xfe")) || text_starts(*bytes, TEXT("\xfe\xff")))
        return "is in UTF-16. Save it as UTF-8";
    if (text_find_char(*bytes, '\0') >= 0)
        return "is not a text file: it contains zero bytes";
    if (text_starts(*bytes, TEXT("\xef\xbb\xbf")))
        *bytes = text_skip(*bytes, 3);
    return NULL;
}
