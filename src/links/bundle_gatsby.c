/*
 * Gatsby: each page has its data in page-data/PATH/page-data.json, and all share app-data.json.  A
 * page says what its path is; so it is known where the site begins.
 */
#include <config.h>

#include "links/bundles.h"

enum { PATH_MOST = 1024, ADDRESS_MOST = 4096 };

/* Writes "/blog/page-data/about/page-data.json". */
static void give_data(struct bundle *bundle, struct text root, struct text path, const char *file)
{
    struct buf address;
    buf_init(&address, ADDRESS_MOST);
    buf_add_text(&address, root);
    buf_add(&address, "/page-data");
    buf_add_text(&address, path);
    buf_add(&address, file);
    if (buf_ok(&address))
        bundle_give(bundle, buf_text(&address), "gatsby");
    extract_release(bundle->extract, &address);
}

static struct text without_slash(struct text path)
{
    return text_ends(path, TEXT("/")) ? text_first(path, path.length - 1) : path;
}

void bundle_read_gatsby(struct bundle *bundle)
{
    struct text path, own = without_slash(url_path(bundle->extract->source->url));
    size_t at = (size_t)text_find(bundle->script, TEXT("pagePath=")) + 9;
    if (bundle->extract->source->kind != MEDIA_HTML ||
        text_find(bundle->script, TEXT("___webpackCompilationHash")) < 0 ||
        !bundle_string(bundle->script, &at, PATH_MOST, &path))
        return;
    path = without_slash(path);
    if (!text_ends(own, path))
        return;
    struct text root = text_first(own, own.length - path.length);
    give_data(bundle, root, path.length ? path : TEXT("/index"), "/page-data.json");
    give_data(bundle, root, TEXT(""), "/app-data.json");
}
