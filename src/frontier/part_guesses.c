/* Counts guesses that were there and that were not, by the part's path below the directory of its
 * page. */
#include <config.h>

#include "frontier/part_guesses.h"

enum { MISSING_ALLOWED = 3, COUNT_MOST = 60000 };

static uint64_t add_hash(uint64_t hash, struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * UINT64_C(0x100000001b3);
    return (hash ^ '/') * UINT64_C(0x100000001b3);
}

/* 0: the URL is not below the directory of the page. */
static uint64_t name_of(const struct url *via, const struct url *url)
{
    struct text directory = url_path(via), path = url_path(url);
    while (directory.length && directory.at[directory.length - 1] != '/')
        directory.length--;
    if (!text_equal(url_authority(via), url_authority(url)) || path.length <= directory.length ||
        !text_starts(path, directory))
        return 0;
    uint64_t hash = add_hash(UINT64_C(0xcbf29ce484222325), url_authority(url));
    return add_hash(hash, text_skip(path, directory.length)) | 1;
}

void part_guesses_note(struct part_guesses *guesses, const struct url *via, const struct url *url,
                       bool there)
{
    uint64_t name = name_of(via, url);
    struct part_guess *guess = &guesses->slots[(name >> 1) % PART_GUESSES_KEPT];
    if (!name)
        return;
    if (guess->name != name)
        *guess = (struct part_guess){.name = name};
    guess->there += there && guess->there < COUNT_MOST;
    guess->missing += !there && guess->missing < COUNT_MOST;
}

bool part_guesses_missing(const struct part_guesses *guesses, const struct url *via,
                          const struct url *url)
{
    uint64_t name = name_of(via, url);
    const struct part_guess *guess = &guesses->slots[(name >> 1) % PART_GUESSES_KEPT];
    return name && guess->name == name && guess->missing >= MISSING_ALLOWED &&
           guess->missing > guess->there;
}
