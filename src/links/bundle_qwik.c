/*
 * Qwik: a page names the scripts of its listeners in attributes and in its state,
 * "q-Ab3_x.js#s_1", relative to the place that q:base of its container gives.  Qwik City loads the
 * data of a page that a visitor goes to as PATH/q-data.json.
 */
#include <config.h>

#include "links/bundles.h"

enum { ADDRESS_MOST = 4096, BASE_MOST = 300, NAME_MOST = 80 };

/* q:base="/build/" of the container.  Empty: the page has none. */
static struct text find_base(struct text page)
{
    struct text mark = TEXT("q:base="), base;
    ptrdiff_t found = text_find(page, mark);
    size_t at = (size_t)found + mark.length;
    bool read = found >= 0 && bundle_string(page, &at, BASE_MOST, &base);
    return read && text_ends(base, TEXT("/")) ? base : TEXT("");
}

/* "q-Ab3_x.js" at the beginning of `rest`, up to the number sign of its symbol.  Empty: it is
 * something else. */
static struct text script_name(struct text rest)
{
    size_t length = 2;
    while (length < rest.length && length < NAME_MOST &&
           (ascii_is_alnum(rest.at[length]) || rest.at[length] == '_' || rest.at[length] == '-'))
        length++;
    struct text end = text_skip(rest, length);
    return text_starts(end, TEXT(".js#")) ? text_first(rest, length + 3) : TEXT("");
}

static void give(struct bundle *bundle, struct text place, struct text name)
{
    struct buf address;
    buf_init(&address, ADDRESS_MOST);
    buf_add_text(&address, place);
    buf_add_text(&address, name);
    if (buf_ok(&address))
        bundle_give_beside(bundle, buf_text(&address), "qwik");
    extract_release(bundle->extract, &address);
}

static void give_scripts(struct bundle *bundle, struct text page, struct text base)
{
    struct text last = TEXT("");
    for (ptrdiff_t found; (found = text_find(page, TEXT("q-"))) >= 0;) {
        page = text_skip(page, (size_t)found);
        struct text name = script_name(page);
        if (name.length && !text_equal(name, last))
            give(bundle, base, name);
        last = name.length ? name : last;
        page = text_skip(page, name.length ? name.length : 2);
    }
}

void bundle_read_qwik(struct bundle *bundle)
{
    struct text page = bundle->extract->source->bytes,
                path = url_path(bundle->extract->source->url);
    struct text base = bundle_in_page(bundle) ? find_base(page) : TEXT("");
    if (!base.length)
        return;
    give_scripts(bundle, page, base);
    if (text_find(page, TEXT("qcinit")) >= 0 && !text_ends(path, TEXT(".html")))
        give(bundle, path, text_ends(path, TEXT("/")) ? TEXT("q-data.json") : TEXT("/q-data.json"));
}
