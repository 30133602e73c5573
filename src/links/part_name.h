/*
 * What the end of a path tells about the file: "img/a.JPG" is a picture, "app.mjs" a script. Only
 * files that are parts of pages have such an end; pages and documents have none.
 */
#ifndef LINKS_PART_NAME_H
#define LINKS_PART_NAME_H

#include <stdbool.h>

#include "base/text.h"

enum part_kind {
    PART_NONE,
    PART_PICTURE,
    PART_MEDIA, /* audio, video, their playlists and subtitles */
    PART_SCRIPT,
    PART_STYLE,
    PART_FONT,
    PART_DATA, /* JSON, models, maps */
};

/* By the extension in the path's last segment. What follows it there, as in ".jpg!small", is
 * ignored. */
enum part_kind part_of_path(struct text path);
/* The same for a URL as written: query and fragment are left out. */
enum part_kind part_of_address(struct text raw);

static inline bool part_is_seen(enum part_kind part)
{
    return part == PART_PICTURE || part == PART_MEDIA;
}

/* Whether it ends like the file of a page: "list.php?page=2". */
bool part_is_page(struct text raw);
/* Whether it is written like a URL: absolute, from the host or its root, or marked as relative
 * ("./x"). */
bool part_is_shaped(struct text raw);

/* Whether no character in it tells that it is something else than a URL, such as white space. */
bool part_is_clean(struct text raw);

#endif
