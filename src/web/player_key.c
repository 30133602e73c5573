/* Takes the steps of warcio.js in their order: "www." off, lower case, parse, reverse, sort. */
#include <config.h>

#include "web/player_key.h"

#include <stdlib.h>

enum { URL_ROOM = 1 << 20 };

/* "http://www2." for a URL that begins so: the pattern is in lower case, so the URL must be. */
static struct text without_www(struct text url, struct buf *out)
{
    size_t scheme = text_starts(url, TEXT("http://"))    ? 7
                    : text_starts(url, TEXT("https://")) ? 8
                                                         : 0;
    struct text rest = text_skip(url, scheme);
    if (!scheme || !text_starts(rest, TEXT("www")))
        return url;
    rest = text_skip(rest, 3);
    while (rest.length && ascii_is_digit(rest.at[0]))
        rest = text_skip(rest, 1);
    if (!text_starts(rest, TEXT(".")))
        return url;
    buf_add_text(out, text_first(url, scheme));
    return text_skip(rest, 1);
}

static void add_host(struct text host, struct buf *out)
{
    for (size_t end = host.length, at = end; end; at--)
        if (!at || host.at[at - 1] == '.') {
            buf_add_text(out, (struct text){host.at + at, end - at});
            if (!at)
                return;
            buf_add_char(out, ',');
            end = at - 1;
            if (!end)
                return;
        }
}

static int compare(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

static void add_query(struct text query, struct buf *out)
{
    size_t most = 1, count = 0;
    for (size_t i = 0; i < query.length; i++)
        most += query.at[i] == '&';
    struct text *parts = malloc(most * sizeof *parts), part;
    if (!parts) {
        buf_fail(out);
        return;
    }
    while (count < most && text_split(&query, '&', &part))
        parts[count++] = part;
    qsort(parts, count, sizeof *parts, compare);
    for (size_t i = 0; i < count; i++) {
        buf_add_char(out, i ? '&' : '?');
        buf_add_text(out, parts[i]);
    }
    free(parts);
}

void player_key_write(struct text url, struct url *scratch, struct buf *out)
{
    struct buf low;
    buf_init(&low, URL_ROOM);
    struct text rest = without_www(url, &low);
    buf_add_text(&low, rest);
    for (size_t i = 0; i < low.length; i++)
        low.data[i] = ascii_lower(low.data[i]);
    if (!buf_ok(&low) || url_parse(scratch, buf_text(&low), NULL, TEXT("")) != URL_OK)
        buf_add_text(out, url);
    else {
        add_host(url_host(scratch), out);
        if (!url_has_default_port(scratch))
            buf_printf(out, ":%u", scratch->port);
        buf_add_char(out, ')');
        buf_add_text(out, url_path(scratch));
        if (url_query(scratch).length)
            add_query(url_query(scratch), out);
    }
    if (buf_is_out_of_memory(&low))
        buf_fail(out);
    buf_release(&low);
}
