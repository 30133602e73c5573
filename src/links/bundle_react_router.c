/*
 * React Router as a framework, and Remix: a visitor who comes from another page loads the page's
 * data as PATH.data, if its routes have any.  The data also stand in the page, in a stream of JSON.
 */
#include <config.h>

#include "links/bundles.h"

enum { ADDRESS_MOST = 4096 };

static void give(struct bundle *bundle, struct text path, const char *end)
{
    struct buf address;
    buf_init(&address, ADDRESS_MOST);
    buf_add_text(&address, path);
    buf_add(&address, end);
    if (buf_ok(&address))
        bundle_give(bundle, buf_text(&address), "react-router");
    extract_release(bundle->extract, &address);
}

/* {"_1":2},"loaderData",{"_5":6}: there are some. */
static bool has_data(struct text script)
{
    return text_find(script, TEXT("\\\"loaderData\\\",{\\\"_")) >= 0;
}

void bundle_read_react_router(struct bundle *bundle)
{
    struct text path = url_path(bundle->extract->source->url);
    if (!bundle_in_page(bundle) || !has_data(bundle->script))
        return;
    while (path.length > 1 && text_ends(path, TEXT("/")))
        path = text_first(path, path.length - 1);
    if (path.length > 1) {
        give(bundle, path, ".data");
        return;
    }
    give(bundle, path, "_root.data"); /* up to version 7 */
    give(bundle, path, "_.data");
}
