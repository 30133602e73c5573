/* The names of changes. */
#include <config.h>

#include "web/change.h"

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
