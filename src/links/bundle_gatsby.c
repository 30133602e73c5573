/*
 * Gatsby: each page has its data in page-data/PATH/page-data.json, and all share app-data.json.  A
 * page says what its path is; so it is known where the site begins.  The data in turn name the
 * results of queries, page-data/sq/d/HASH.json, and parts of pages, slice-data/NAME.json.
 */
#include <config.h>

#include "html/json_strings.h"
#include "links/bundles.h"

enum { PATH_MOST = 1024, ADDRESS_MOST = 4096 };

/* Writes "/blog" "/page-data" "/about" "/page-data.json". */
static void give_data(struct bundle *bundle, struct text root, const char *directory,
                      struct text path, const char *file)
{
    struct buf address;
    buf_init(&address, ADDRESS_MOST);
    buf_add_text(&address, root);
    buf_add(&address, directory);
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
    if (!bundle_in_page(bundle) ||
        text_find(bundle->extract->source->bytes, TEXT("___webpackCompilationHash")) < 0 ||
        !bundle_string(bundle->script, &at, PATH_MOST, &path))
        return;
    path = without_slash(path);
    if (!text_ends(own, path))
        return;
    struct text root = text_first(own, own.length - path.length);
    give_data(bundle, root, "/page-data", path.length ? path : TEXT("/index"), "/page-data.json");
    give_data(bundle, root, "/page-data", TEXT(""), "/app-data.json");
}

/* Where the site begins, by the URL of its data; at == NULL: these are no such data. */
static struct text root_of_data(struct text path)
{
    ptrdiff_t data = text_find(path, TEXT("/page-data/"));
    if (data < 0)
        data = text_find(path, TEXT("/slice-data/"));
    return data < 0 || !text_ends(path, TEXT(".json")) ? (struct text){NULL, 0}
                                                       : text_first(path, (size_t)data);
}

void bundle_read_gatsby_data(struct bundle *bundle)
{
    struct text root = root_of_data(url_path(bundle->extract->source->url));
    struct json_strings strings;
    if (!root.at)
        return;
    json_strings_init(&strings, bundle->script);
    while (json_strings_next(&strings)) {
        if (text_find_char(strings.value, '/') >= 0)
            continue;
        if (text_equal(strings.name, TEXT("staticQueryHashes")))
            give_data(bundle, root, "/page-data/sq/d/", strings.value, ".json");
        else if (json_strings_within(&strings, TEXT("slicesMap")))
            give_data(bundle, root, "/slice-data/", strings.value, ".json");
    }
    bundle->extract->failed = bundle->extract->failed || buf_is_out_of_memory(&strings.unescaped);
    json_strings_release(&strings);
}
