/* Whether two URLs belong to the same site, show the same page, or have the same seen key. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "web/session.h"
#include "web/url.h"
#include "web/url_encode.h"

static struct text without_www(struct text host)
{
    return text_starts(host, TEXT("www.")) ? text_skip(host, 4) : host;
}

bool url_has_default_port(const struct url *url)
{
    return url->port == (url->https ? 443 : 80);
}

bool url_same_site(const struct url *a, const struct url *b)
{
    struct text here = url_host(a), there = url_host(b);
    return (text_equal(here, there) || text_equal(without_www(here), without_www(there))) &&
           (a->port == b->port || (url_has_default_port(a) && url_has_default_port(b)));
}

static bool is_unreserved(int c)
{
    return c > 0 && c < 0x80 && (ascii_is_alnum((char)c) || strchr("-._~", c));
}

static int by_bytes(const void *a, const void *b)
{
    const struct text *left = a, *right = b;
    return text_compare(*left, *right);
}

/* Sorts the parameters, as SURT keys do: for a player that looks URLs up by those, ?a&b and ?b&a
 * are the same page. */
static void sort_query(struct buf *key)
{
    enum { PARAMETERS_MOST = 64 };
    struct text parts[PARAMETERS_MOST], all = buf_text(key);
    size_t count = 0;
    ptrdiff_t mark = text_find_char(all, '?');
    struct text query = mark < 0 ? TEXT("") : text_skip(all, (size_t)mark + 1), rest = query;
    if (text_find_char(query, '&') < 0)
        return;
    while (count < PARAMETERS_MOST && text_split(&rest, '&', &parts[count]))
        count++;
    if (rest.at)
        return; /* with so many parameters it is a trap anyway */
    qsort(parts, count, sizeof *parts, by_bytes);
    struct buf sorted;
    buf_init(&sorted, key->limit);
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add_char(&sorted, '&');
        buf_add_text(&sorted, parts[i]);
    }
    if (buf_ok(&sorted) && sorted.length == query.length)
        memcpy(key->data + mark + 1, sorted.data, sorted.length);
    buf_release(&sorted);
}

/* Whether a server may show this file for its directory.  Not index.xml and index.json, which are
 * feeds or lists of posts. */
static bool is_index(struct text name)
{
    static const char *const kinds[] = {"html", "htm", "xhtml", "shtml", "php", "asp",
                                        "aspx", "jsp", "cgi",   "cfm",   "pl"};
    for (size_t i = 0; text_starts_nocase(name, TEXT("index.")) && i < sizeof kinds / sizeof *kinds;
         i++)
        if (text_equal_nocase(text_skip(name, 6), text_of(kinds[i])))
            return true;
    return false;
}

static struct text without_index(struct text path)
{
    size_t from = path.length;
    while (from && path.at[from - 1] != '/')
        from--;
    if (is_index(text_skip(path, from)))
        path = text_first(path, from);
    return path.length > 1 && text_ends(path, TEXT("/")) ? text_first(path, path.length - 1) : path;
}

bool url_same_page(const struct url *a, const struct url *b)
{
    return url_same_site(a, b) && text_equal(url_query(a), url_query(b)) &&
           text_equal(without_index(url_path(a)), without_index(url_path(b)));
}

void url_write_seen_key(const struct url *url, struct buf *out)
{
    struct text target = url_target(url);
    if (!url_has_default_port(url))
        buf_add(out, url->https ? "https:" : "http:");
    buf_add_text(out, url_authority(url));
    size_t done = 0;
    for (size_t i = 0; i + 2 < target.length; i++) {
        if (target.at[i] != '%' || hex_value(target.at[i + 1]) < 0 ||
            hex_value(target.at[i + 2]) < 0)
            continue;
        int c = hex_value(target.at[i + 1]) << 4 | hex_value(target.at[i + 2]);
        buf_append(out, target.at + done, i - done);
        if (is_unreserved(c))
            buf_add_char(out, (char)c);
        else
            url_escape(out, (unsigned char)c);
        i += 2;
        done = i + 1;
    }
    buf_append(out, target.at + done, target.length - done);
    session_strip(out);
    sort_query(out);
    /* "font.eot?#iefix", in the style sheet of every icon font, is font.eot again.  Its SURT key
     * has no '?' either. */
    if (out->length && out->data[out->length - 1] == '?')
        out->data[--out->length] = '\0';
}
