/*
 * SvelteKit: a visitor who comes from another page loads the page's data as PATH/__data.json, if a
 * server makes some for it.  The page's own script has them.  Then one digit for each part of the
 * page says whether the browser lacks its data.
 */
#include <config.h>

#include "links/bundles.h"

enum { ADDRESS_MOST = 4096 };

/* data: [null,{type:"data",data:{n:1}}] as "01". */
static void add_parts(struct buf *address, struct text list)
{
    int depth = 0;
    bool item = true; /* one begins here */
    for (size_t i = 0; i < list.length && depth >= 0; i++) {
        char c = list.at[i];
        if (!depth && item && !ascii_is_space(c) && c != ']') {
            buf_add_char(address, text_starts(text_skip(list, i), TEXT("null")) ? '0' : '1');
            item = false;
        }
        if (c == '"') {
            for (i++; i < list.length && list.at[i] != '"'; i++)
                i += list.at[i] == '\\';
            continue;
        }
        item = item || (!depth && c == ',');
        depth += (c == '{' || c == '[' || c == '(') - (c == '}' || c == ']' || c == ')');
    }
}

void bundle_read_sveltekit(struct bundle *bundle)
{
    struct text path = url_path(bundle->extract->source->url);
    ptrdiff_t data = text_find(bundle->script, TEXT("data: ["));
    struct buf address;
    if (!bundle_in_page(bundle) || data < 0 ||
        text_find(text_skip(bundle->script, (size_t)data), TEXT("type:\"data\"")) < 0)
        return;
    bool slash = text_ends(path, TEXT("/"));
    bool html = text_ends(path, TEXT(".html"));
    while (!html && text_ends(path, TEXT("/")))
        path = text_first(path, path.length - 1);
    buf_init(&address, ADDRESS_MOST);
    buf_add_text(&address, path);
    buf_add(&address, html ? "__data.json?" : "/__data.json?");
    buf_add(&address, slash ? "x-sveltekit-trailing-slash=1&" : "");
    buf_add(&address, "x-sveltekit-invalidated=");
    add_parts(&address, text_skip(bundle->script, (size_t)data + 7));
    if (buf_ok(&address))
        bundle_give(bundle, buf_text(&address), "sveltekit");
    extract_release(bundle->extract, &address);
}
