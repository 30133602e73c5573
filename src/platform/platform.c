/*
 * Finds a platform in the table.
 */
#include <config.h>

#include "platform/platform.h"

#include "platform/platforms.h"

enum { LOOKED_AT_BYTES = 64 * 1024 };

static const struct platform *const platforms[] = {
#define ROW(value) &value,
    PLATFORMS_TABLE(ROW)
#undef ROW
};

enum { PLATFORMS = sizeof platforms / sizeof *platforms };

static bool holds(struct text html, const char *words)
{
    return text_find(text_first(html, LOOKED_AT_BYTES), text_of(words)) >= 0;
}

const struct platform *platform_of_page(struct text html)
{
    for (size_t i = 0; i < PLATFORMS; i++)
        for (const char *const *mark = platforms[i]->marks; *mark; mark++)
            if (holds(html, *mark))
                return platforms[i];
    return NULL;
}

const struct platform *platform_of_list(const struct url *url)
{
    for (size_t i = 0; i < PLATFORMS; i++)
        if (platforms[i]->is_list && platforms[i]->is_list(url))
            return platforms[i];
    return NULL;
}

size_t platform_requests(const struct platform *platform, struct text html,
                         struct platform_request *out, size_t most)
{
    size_t count = 0;
    const struct platform_request *request = platform ? platform->requests : NULL;
    for (; request && request->path.length && count < most; request++)
        if (!request->named || holds(html, request->named))
            out[count++] = *request;
    return count;
}

void platform_list_init(struct platform_list *list, const struct platform *platform,
                        const struct url *url, struct text body)
{
    *list = (struct platform_list){.platform = platform, .url = url, .rest = body};
    json_strings_init(&list->json, body);
    buf_init(&list->value, 4 * URL_LONGEST);
}

void platform_list_release(struct platform_list *list)
{
    json_strings_release(&list->json);
    buf_release(&list->value);
}

bool platform_list_next(struct platform_list *list, struct platform_link *link)
{
    return !list->ended && list->platform->next_in_list(list, link);
}
