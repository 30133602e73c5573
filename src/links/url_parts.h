/*
 * Where the parts of a URL begin and end, kept apart from its text: so a URL that was parsed once
 * need not be parsed again, and takes little room. Private to this room.
 */
#ifndef LINKS_URL_PARTS_H
#define LINKS_URL_PARTS_H

#include <stddef.h>
#include <string.h>

#include "web/url.h"

enum {
    URL_PARTS_FROM = offsetof(struct url, https),
    URL_PARTS_BYTES = sizeof(struct url) - URL_PARTS_FROM,
};

/* All of a struct url but its buffers. */
struct url_parts {
    char bytes[URL_PARTS_BYTES];
};

static inline void url_parts_keep(struct url_parts *parts, const struct url *url)
{
    memcpy(parts->bytes, (const char *)url + URL_PARTS_FROM, URL_PARTS_BYTES);
}

/* Makes *view the URL with this text, which is not copied. Its scratch buffer stays as it is, and
 * it is not to be released. */
static inline void url_parts_view(struct url *view, const struct url_parts *parts, struct text href)
{
    view->href = (struct buf){.data = (char *)(uintptr_t)href.at, .length = href.length};
    memcpy((char *)view + URL_PARTS_FROM, parts->bytes, URL_PARTS_BYTES);
}

#endif
