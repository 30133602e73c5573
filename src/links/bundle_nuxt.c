/*
 * Nuxt: every page names the build that it belongs to. Its script loads builds/meta/BUILD.json from
 * the directory of the parts.
 */
#include <config.h>

#include "html/json_strings.h"
#include "links/bundles.h"

enum { ADDRESS_MOST = 2048, MEMBER_MOST = 300 };

/* The string of a member: buildId:"x". */
static struct text member(struct text script, const char *mark, struct buf *room)
{
    struct text value;
    ptrdiff_t found = text_find(script, text_of(mark));
    size_t at = (size_t)found + text_of(mark).length;
    size_t end = at + 1;
    if (found < 0 || at >= script.length || (script.at[at] != '"' && script.at[at] != '\''))
        return TEXT("");
    while (end < script.length && end - at <= MEMBER_MOST && script.at[end] != script.at[at])
        end++;
    value = (struct text){script.at + at + 1, end - at - 1};
    return value.length < MEMBER_MOST ? json_unescape(value, room) : TEXT("");
}

void bundle_read_nuxt(struct bundle *bundle)
{
    struct buf address, room;
    buf_init(&address, ADDRESS_MOST);
    buf_init(&room, 2 * MEMBER_MOST);
    struct text base = member(bundle->script, "cdnURL:", &room);
    if (!base.length)
        base = member(bundle->script, "baseURL:", &room);
    buf_add_text(&address, base);
    struct text parts = member(bundle->script, "buildAssetsDir:", &room);
    bool known = parts.length > 0;
    if (buf_ok(&address) && text_ends(buf_text(&address), TEXT("/")) &&
        text_starts(parts, TEXT("/")))
        parts = text_skip(parts, 1);
    buf_add_text(&address, parts);
    if (buf_ok(&address) && !text_ends(buf_text(&address), TEXT("/")))
        buf_add_char(&address, '/');
    buf_add(&address, "builds/meta/");
    struct text build = member(bundle->script, "buildId:", &room);
    buf_add_text(&address, build);
    buf_add(&address, ".json");
    if (bundle_in_page(bundle) && known && build.length && buf_ok(&address))
        bundle_give(bundle, buf_text(&address), "nuxt");
    extract_release(bundle->extract, &room);
    extract_release(bundle->extract, &address);
}
