/*
 * Reads application/warc-fields in place: lines "name: value" as in the header of a record (WARC
 * 1.1, 4 and 6.2).
 */
#include <config.h>

#include "warccap/warc.h"

#include "base/text.h"

/* Cuts a line, with the folded lines after it, off *rest.  The end of the whole is left out; the
 * line ends before folded lines stay. */
static struct text take_line(struct text *rest)
{
    const char *begin = rest->at;
    size_t length, next = 0;
    do {
        ptrdiff_t end = text_find_char(text_skip(*rest, next), '\n');
        length = end < 0 ? rest->length : next + (size_t)end;
        next = end < 0 ? rest->length : length + 1;
    } while (next < rest->length && (begin[next] == ' ' || begin[next] == '\t'));
    *rest = text_skip(*rest, next);
    if (length && begin[length - 1] == '\r')
        length--;
    return (struct text){begin, length};
}

enum warc_result warc_fields_next(const char **at, size_t *length, const char **name,
                                  size_t *name_length, const char **value, size_t *value_length)
{
    struct text rest = {*at, *length}, line = TEXT("");
    while (rest.length && !line.length)
        line = take_line(&rest);
    ptrdiff_t colon = text_find_char(line, ':');
    struct text own_name = text_trim(text_first(line, colon < 0 ? 0 : (size_t)colon));
    struct text own_value = text_trim(own_name.length ? text_skip(line, (size_t)colon + 1) : line);
    *at = rest.at;
    *length = rest.length;
    *name = own_name.at;
    *name_length = own_name.length;
    *value = own_value.at;
    *value_length = own_value.length;
    return !line.length ? WARC_END : own_name.length ? WARC_OK : WARC_FLAWED;
}
