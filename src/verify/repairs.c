/* Reads what repair says in warcinfo records. */
#include <config.h>

#include "verify/repairs.h"

#include "verify/check.h"

void repairs_learn(struct verification *v, struct text fields)
{
    struct text line, name, lost = TEXT("repairLost:"), manifest = TEXT("repairedManifest:");
    while (text_split(&fields, '\n', &line)) {
        line = text_trim(line);
        if (text_starts(line, lost))
            v->aside.lacks_records = true;
        if (!text_starts(line, manifest))
            continue;
        line = text_trim(text_skip(line, manifest.length));
        if (text_split(&line, ' ', &name) && text_starts(line, TEXT("sha256:")))
            buf_printf(&v->aside.replaced_manifests, "%.*s\t%.*s\n", TEXT_ARGS(name),
                       TEXT_ARGS(text_skip(line, 7)));
    }
}

bool repairs_replaced(const struct verification *v, struct text name, struct text digest)
{
    struct text rest = buf_text(&v->aside.replaced_manifests), line, replaced;
    while (text_split(&rest, '\n', &line))
        if (text_split(&line, '\t', &replaced) && text_equal(replaced, name) &&
            (text_equal(line, digest) || text_equal(line, TEXT("lost"))))
            return true;
    return false;
}
