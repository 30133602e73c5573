/*
 * Rspress: the search loads an index for each language and version of the site.  The script has
 * their hashes: {"###en":"edc1ec85","v2.0###zh":"0ab1"} means static/search_index.en.edc1ec85.json
 * and static/search_index.v2_0.zh.0ab1.json.
 */
#include <config.h>

#include "links/bundles.h"

enum { KEY_MOST = 60, HASH_MOST = 40, NAME_MOST = 200, LIST_MOST = 200 };

static void give(struct bundle *bundle, struct text key, struct text hash)
{
    struct buf name;
    ptrdiff_t marks = text_find(key, TEXT("###"));
    if (marks < 0)
        return;
    buf_init(&name, NAME_MOST);
    buf_add(&name, "static/search_index");
    for (int part = 0; part < 2; part++) {
        struct text word =
            part ? text_skip(key, (size_t)marks + 3) : text_first(key, (size_t)marks);
        if (word.length)
            buf_add_char(&name, '.');
        for (size_t i = 0; i < word.length; i++)
            buf_add_char(&name, !part && word.at[i] == '.' ? '_' : word.at[i]);
    }
    buf_add_char(&name, '.');
    buf_add_text(&name, hash);
    buf_add(&name, ".json");
    if (buf_ok(&name))
        bundle_give(bundle, buf_text(&name), "rspress");
    extract_release(bundle->extract, &name);
}

/* The brace that opens the object in which something is at `at`. */
static size_t brace_before(struct text script, size_t at)
{
    size_t from = at;
    while (from && at - from <= KEY_MOST && script.at[from - 1] != '{')
        from--;
    return from;
}

void bundle_read_rspress(struct bundle *bundle)
{
    struct text script = bundle->script, key, hash;
    size_t at = brace_before(script, (size_t)text_find(script, TEXT("###")));
    for (int i = 0; i < LIST_MOST && bundle_string(script, &at, KEY_MOST, &key); i++) {
        if (at >= script.length || script.at[at++] != ':' ||
            !bundle_string(script, &at, HASH_MOST, &hash))
            break;
        give(bundle, key, hash);
        if (at >= script.length || script.at[at++] != ',')
            break;
    }
}
