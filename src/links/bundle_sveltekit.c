/*
 * SvelteKit: a visitor who comes from another page loads the page's data as PATH/__data.json, if a
 * server makes some for it.  The page's own script has them.
 */
#include <config.h>

#include "links/bundles.h"

enum { ADDRESS_MOST = 4096 };

void bundle_read_sveltekit(struct bundle *bundle)
{
    struct text path = url_path(bundle->extract->source->url);
    ptrdiff_t data = text_find(bundle->script, TEXT("data: ["));
    struct buf address;
    if (!bundle_in_page(bundle) || data < 0 ||
        text_find(text_skip(bundle->script, (size_t)data), TEXT("type:\"data\"")) < 0)
        return;
    bool html = text_ends(path, TEXT(".html"));
    while (!html && text_ends(path, TEXT("/")))
        path = text_first(path, path.length - 1);
    buf_init(&address, ADDRESS_MOST);
    buf_add_text(&address, path);
    buf_add(&address, html ? "__data.json" : "/__data.json");
    if (buf_ok(&address))
        bundle_give(bundle, buf_text(&address), "sveltekit");
    extract_release(bundle->extract, &address);
}
