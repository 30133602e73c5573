/* Reads the date of a header field. */
#include <config.h>

#include "http/http_date.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

enum { DATE_LENGTH = sizeof "Sun, 06 Nov 1994 08:49:37 GMT" - 1 };

bool http_date_read(struct text value, int64_t *wall_ms)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char date[64];
    const char *at = value.at;
    if (value.length != DATE_LENGTH || memcmp(at + 25, " GMT", 4) != 0 || at[16] != ' ')
        return false;
    ptrdiff_t month = text_find(text_of(months), text_first(text_skip(value, 8), 3));
    if (month < 0 || month % 3)
        return false;
    snprintf(date, sizeof date, "%.4s-%02d-%.2sT%.8sZ", at + 12, (int)month / 3 + 1, at + 5,
             at + 17);
    return date_read_warc(text_of(date), wall_ms);
}
