/* Vite: __vite__mapDeps has a list of the files that chunks need, without a slash in front. */
#include <config.h>

#include "links/bundles.h"
#include "links/part_name.h"

enum { LIST_NEAR = 200, NAME_MOST = 300 };

void bundle_read_vite(struct bundle *bundle)
{
    struct text script = bundle->script, name;
    ptrdiff_t mark = text_find(script, TEXT("__vite__mapDeps"));
    ptrdiff_t list =
        text_find(text_first(text_skip(script, (size_t)mark), LIST_NEAR), TEXT("=[")) + mark;
    if (list < mark)
        return;
    for (size_t at = (size_t)list + 2; bundle_string(script, &at, NAME_MOST, &name); at++) {
        if (part_of_address(name))
            bundle_give(bundle, name, "vite");
        if (at >= script.length || script.at[at] != ',')
            break;
    }
}
