/* URLs of a listing, copied. */
#ifndef CRAWL_URL_LIST_H
#define CRAWL_URL_LIST_H

#include <stdbool.h>

#include "base/result.h"
#include "base/text.h"
#include "store/known_urls.h"

struct url_list {
    char **urls;
    int count;
};

/* Appends the URLs of a listing of seeds: those that the user gave, and not what they were
 * redirected to.  BROKEN also without memory. */
MUST_CHECK enum result url_list_read(struct url_list *list, struct known_urls *known,
                                     enum visit_listing listing, struct trouble *trouble);
MUST_CHECK enum result url_list_add(struct url_list *list, struct text url,
                                    struct trouble *trouble);
void url_list_release(struct url_list *list);

#endif
