/*
 * Next: the page's data.  A visitor who comes from another page loads it as
 * /_next/data/BUILD/PATH.json in place of the page, if the page is made from data.  What its route
 * has in brackets is added at the end, as in ?id=7.
 */
#include <config.h>

#include "html/json_strings.h"
#include "links/bundles.h"

enum { ADDRESS_MOST = 2048, BUILD_MOST = 100 };

/* "/docs" of "/docs/_next/static/...", a URL that the page names; false: it names none. */
static bool find_root(const struct extract *extract, struct text *root)
{
    struct text directory = bundle_directory(extract, TEXT("_next/static/"));
    if (!text_starts(directory, TEXT("/"))) /* the data are not with parts on another host */
        return false;
    *root = text_first(directory, directory.length - 1);
    return true;
}

/* "query":{"id":"7","slug":["a","b"]} as ?id=7&slug=a&slug=b. */
static void add_query(struct bundle *bundle, struct buf *address)
{
    struct text query = bundle->script;
    struct json_strings strings;
    ptrdiff_t found = text_find(query, TEXT("\"query\":{"));
    query = text_skip(query, found < 0 ? query.length : (size_t)found + 8);
    ptrdiff_t end = text_find_char(query, '}');
    char sign = '?';
    json_strings_init(&strings, text_first(query, end < 0 ? 0 : (size_t)end + 1));
    while (json_strings_next(&strings)) {
        buf_add_char(address, sign);
        buf_add_text(address, strings.name);
        buf_add_char(address, '=');
        for (size_t i = 0; i < strings.value.length; i++) {
            char c = strings.value.at[i];
            if (ascii_is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '*')
                buf_add_char(address, c);
            else
                buf_printf(address, "%%%02X", (unsigned)(unsigned char)c);
        }
        sign = '&';
    }
    bundle->extract->failed = bundle->extract->failed || buf_is_out_of_memory(&strings.unescaped);
    json_strings_release(&strings);
}

void bundle_read_next(struct bundle *bundle)
{
    struct text script = bundle->script, build, root;
    struct text path = url_path(bundle->extract->source->url);
    ptrdiff_t mark = text_find(script, TEXT("\"buildId\":\""));
    size_t at = (size_t)mark + 10;
    bool made = text_find(script, TEXT("\"gsp\":true")) >= 0 ||
                text_find(script, TEXT("\"gssp\":true")) >= 0;
    if (!made || !bundle_in_page(bundle) || !bundle_string(script, &at, BUILD_MOST, &build) ||
        !find_root(bundle->extract, &root) || !text_starts(path, root))
        return;
    path = text_skip(path, root.length);
    if (text_ends(path, TEXT(".html")))
        path = text_first(path, path.length - 5);
    while (text_ends(path, TEXT("/")))
        path = text_first(path, path.length - 1);
    struct buf address;
    buf_init(&address, ADDRESS_MOST);
    buf_add_text(&address, root);
    buf_add(&address, "/_next/data/");
    buf_add_text(&address, build);
    buf_add_text(&address, path.length ? path : TEXT("/index"));
    buf_add(&address, ".json");
    add_query(bundle, &address);
    if (buf_ok(&address))
        bundle_give(bundle, buf_text(&address), "next");
    extract_release(bundle->extract, &address);
}
