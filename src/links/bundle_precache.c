/* Service workers: lists of files to keep, each {url:"...",revision:"..."} in any order.  Their
 * names are relative to the worker. */
#include <config.h>

#include "links/bundles.h"
#include "links/part_name.h"

enum { ENTRY_MOST = 400, NAME_MOST = 300 };

/* The string of a member "url" in the text around an entry's "revision". */
static bool find_url(struct text near, struct text *name)
{
    static const struct text marks[] = {{"url:", 4}, {"\"url\":", 6}, {"'url':", 6}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        ptrdiff_t found = text_find(near, marks[i]);
        size_t at = found < 0 ? near.length : (size_t)found + marks[i].length;
        while (at < near.length && ascii_is_space(near.at[at]))
            at++;
        if (bundle_string(near, &at, NAME_MOST, name))
            return true;
    }
    return false;
}

/* The object around `at`, as far as it is short. */
static struct text entry_around(struct text script, size_t at)
{
    size_t from = at, end = at;
    while (from && at - from < ENTRY_MOST && script.at[from - 1] != '{')
        from--;
    while (end < script.length && end - at < ENTRY_MOST && script.at[end] != '}')
        end++;
    return (struct text){script.at + from, end - from};
}

void bundle_read_precache(struct bundle *bundle)
{
    struct text script = bundle->script, name;
    if (bundle->extract->source->kind != MEDIA_JAVASCRIPT)
        return;
    for (size_t at = 0; at < script.length;) {
        ptrdiff_t found = text_find(text_skip(script, at), TEXT("revision"));
        if (found < 0)
            break;
        at += (size_t)found;
        if (find_url(entry_around(script, at), &name) && part_of_address(name) &&
            part_is_clean(name))
            bundle_give_beside(bundle, name, "precache");
        at += 8;
    }
}
