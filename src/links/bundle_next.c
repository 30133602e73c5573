/*
 * Next: the page's data.  A visitor who comes from another page loads it as
 * /_next/data/BUILD/PATH.json in place of the page, if the page is made from data.
 */
#include <config.h>

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
    if (buf_ok(&address))
        bundle_give(bundle, buf_text(&address), "next");
    extract_release(bundle->extract, &address);
}
