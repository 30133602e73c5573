/* The names of changes, and their counts in JSON and in words. */
#include <config.h>

#include "web/change.h"

#include "base/wording.h"

static const char *const names[CHANGE_COUNT] = {"none",      "new",  "changed",
                                                "refreshed", "gone", "moved"};

const char *change_name(enum change change)
{
    return names[change];
}

enum change change_of_name(struct text name)
{
    for (int i = CHANGE_NEW; i < CHANGE_COUNT; i++)
        if (text_equal(name, text_of(names[i])))
            return (enum change)i;
    return CHANGE_NONE;
}

void change_counts_json(const struct change_counts *counts, struct buf *out)
{
    for (int i = CHANGE_NEW; i < CHANGE_COUNT; i++)
        buf_printf(out, "\"%s\": %llu, ", names[i], (unsigned long long)counts->pages[i]);
    buf_add(out, "\"parts\": {");
    for (int i = CHANGE_NEW; i < CHANGE_COUNT; i++)
        if (i != CHANGE_REFRESHED)
            buf_printf(out, "%s\"%s\": %llu", i > CHANGE_NEW ? ", " : "", names[i],
                       (unsigned long long)counts->parts[i]);
    buf_add(out, "}");
}

void change_counts_words(const struct change_counts *counts, struct buf *out)
{
    const char *between = "";
    for (int i = CHANGE_NEW; i < CHANGE_COUNT; i++) {
        if (!counts->pages[i] && !counts->parts[i])
            continue;
        buf_printf(out, "%s%s ", between, names[i]);
        if (counts->pages[i])
            wording_add_count(out, counts->pages[i], "page", "pages");
        buf_add(out, counts->pages[i] && counts->parts[i] ? " and " : "");
        if (counts->parts[i])
            wording_add_count(out, counts->parts[i], "requisite or media file",
                              "requisites and media files");
        between = "; ";
    }
}
