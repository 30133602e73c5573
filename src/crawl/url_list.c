/* Copies the URLs of a listing. */
#include <config.h>

#include "crawl/url_list.h"

#include <limits.h>
#include <stdlib.h>

enum result url_list_add(struct url_list *list, struct text url, struct trouble *trouble)
{
    char **longer = realloc(list->urls, ((size_t)list->count + 1) * sizeof *longer);
    if (longer)
        list->urls = longer;
    if (!longer || !(longer[list->count] = text_copy(url)))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for another seed");
    list->count++;
    return RESULT_OK;
}

struct reading {
    struct url_list *list;
    enum result result;
    struct trouble *trouble;
};

static void add(void *context, const struct listed_visit *visit)
{
    struct reading *reading = context;
    if (visit->given && reading->result == RESULT_OK)
        reading->result = url_list_add(reading->list, visit->url, reading->trouble);
}

enum result url_list_read(struct url_list *list, struct known_urls *known,
                          enum visit_listing listing, struct trouble *trouble)
{
    struct reading reading = {list, RESULT_OK, trouble};
    enum result result = known_urls_each(known, listing, INT_MAX, add, &reading, trouble);
    return result == RESULT_OK ? reading.result : result;
}

void url_list_release(struct url_list *list)
{
    for (int i = 0; i < list->count; i++)
        free(list->urls[i]);
    free(list->urls);
    *list = (struct url_list){NULL, 0};
}
