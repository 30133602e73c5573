/* What all stores share: names, keys and owners. */
#include <config.h>

#include "store/store.h"

#include "base/entropy.h"

int64_t store_new_owner(void)
{
    int64_t owner = 0;
    while (owner == 0) {
        entropy_fill(&owner, sizeof owner);
        owner &= INT64_MAX;
    }
    return owner;
}

int64_t store_key(const struct store *store, struct text seen_key)
{
    int64_t key = (int64_t)(hash_text(&store->hash_key, seen_key) >> 1);
    return key ? key : 1; /* 0 means "none" */
}

const char *list_source_name(enum list_source source)
{
    static const char *const names[LIST_SOURCES] = {"pager", "archive", "feed", "sitemap"};
    return names[source];
}
