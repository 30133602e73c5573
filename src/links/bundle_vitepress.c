/*
 * VitePress: a map from the names of pages to hashes.  A visitor who goes on loads NAME.HASH.js
 * from the directory of assets, in place of the page.
 */
#include <config.h>

#include "html/json_strings.h"
#include "links/bundles.h"

enum { MAP_MOST = 4 * 1024 * 1024, LINE_MOST = 600 };

/* The map as JSON.  In a script it is a string of JSON: JSON.parse("{\"index.md\":\"x\"}"). */
static struct text find_map(struct text script, struct buf *room)
{
    ptrdiff_t mark = text_find(script, TEXT("__VP_HASH_MAP__="));
    struct text rest = text_skip(script, mark < 0 ? script.length : (size_t)mark + 16);
    ptrdiff_t open = text_find_char(text_first(rest, 32), '{');
    ptrdiff_t close = text_find_char(rest, '}');
    if (open < 0 || close < open || close > MAP_MOST)
        return TEXT("");
    return json_unescape(text_first(text_skip(rest, (size_t)open), (size_t)(close - open) + 1),
                         room);
}

/* "/docs/assets/": from the script's own URL, or from a file that the page names. */
static struct text find_directory(const struct extract *extract)
{
    struct text directory = bundle_directory(extract, TEXT(".lean.js"));
    if (directory.length || extract->source->kind == MEDIA_HTML)
        return directory;
    struct text path = url_path(extract->source->url);
    ptrdiff_t chunks = text_find(path, TEXT("/chunks/"));
    return chunks < 0 ? TEXT("") : text_first(path, (size_t)chunks + 1);
}

void bundle_read_vitepress(struct bundle *bundle)
{
    struct text directory = find_directory(bundle->extract);
    struct buf room, name;
    struct json_strings strings;
    buf_init(&room, MAP_MOST);
    buf_init(&name, LINE_MOST);
    json_strings_init(&strings, find_map(bundle->script, &room));
    while (directory.length && json_strings_next(&strings)) {
        buf_clear(&name);
        buf_add_text(&name, directory);
        buf_add_text(&name, strings.name);
        buf_add_char(&name, '.');
        buf_add_text(&name, strings.value);
        buf_add(&name, ".js");
        if (buf_ok(&name))
            bundle_give(bundle, buf_text(&name), "vitepress");
    }
    bundle->extract->failed = bundle->extract->failed || buf_is_out_of_memory(&strings.unescaped);
    json_strings_release(&strings);
    extract_release(bundle->extract, &name);
    extract_release(bundle->extract, &room);
}
