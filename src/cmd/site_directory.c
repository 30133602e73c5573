/* The collection of a URL when the user names none. */
#include <config.h>

#include "cmd/site_directory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/disk.h"
#include "base/hash.h"
#include "base/wording.h"
#include "collection/collection.h"
#include "crawl/known_seeds.h"
#include "report/exit_code.h"
#include "web/url.h"

enum { NAME_MOST = 120, NAME_BYTES = 4 * URL_LONGEST };

/* ---- names ---- */

static void add_name(struct buf *name, struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        bool kept = ascii_is_alnum(c) || (c && strchr(".-_~%+,@[]", c));
        buf_add_char(name, kept ? c : '_');
    }
}

/* "..", "." and what begins with a dot: no name of a directory, or a hidden one. */
static void hide_no_directory(char *name)
{
    for (; name && *name == '.'; name++)
        *name = '_';
}

/* "HOST" or "HOST_PORT", and with_path also the path without slashes at its end, and the query. */
static char *name_of(const struct url *url, bool with_path)
{
    static const struct hash_key key = {0x64697273, 0}; /* the same on every machine */
    struct buf name;
    struct text path = url_path(url), query = url_query(url);
    buf_init(&name, NAME_BYTES);
    add_name(&name, url_authority(url));
    while (path.length && path.at[path.length - 1] == '/')
        path.length--;
    if (with_path)
        add_name(&name, path);
    if (with_path && query.length) {
        buf_add_char(&name, '_');
        add_name(&name, query);
    }
    if (name.length > NAME_MOST) {
        uint64_t hash = hash_text(&key, url_resource(url));
        struct buf all = name;
        buf_init(&name, NAME_BYTES);
        buf_add_text(&name, text_first(buf_text(&all), NAME_MOST));
        buf_printf(&name, "_%08x", (unsigned)(hash & 0xffffffff));
        buf_release(&all);
    }
    char *copy = buf_ok(&name) ? text_copy(buf_text(&name)) : NULL;
    buf_release(&name);
    hide_no_directory(copy);
    return copy;
}

/* As earlier versions named the sites of --each: without the query. */
static char *old_name_of(const struct url *url)
{
    struct text host = url_authority(url), path = url_path(url);
    char *name;
    while (path.length && path.at[path.length - 1] == '/')
        path.length--;
    if (asprintf(&name, "%.*s%.*s", TEXT_ARGS(host), TEXT_ARGS(path)) < 0)
        return NULL;
    for (char *c = name; *c; c++)
        if (*c == ':' || *c == '/')
            *c = '_';
    hide_no_directory(name);
    return name;
}

char *site_directory_name(const char *seed)
{
    struct url url;
    url_init(&url);
    char *name =
        url_parse(&url, text_of(seed), NULL, TEXT("")) == URL_OK ? name_of(&url, true) : NULL;
    url_release(&url);
    return name;
}

/* ---- whose collection it is ---- */

enum owner {
    OWNER_NONE,  /* it is not a collection */
    OWNER_SEED,  /* it has this seed, or nothing tells */
    OWNER_OTHER, /* it has other seeds; the first is in `words` */
};

struct place {
    char *directory;
    enum owner owner;
    char words[256];
};

static bool is_same_seed(const struct url *url, const char *other)
{
    struct url parsed;
    struct buf keys[2];
    url_init(&parsed);
    buf_init(&keys[0], NAME_BYTES);
    buf_init(&keys[1], NAME_BYTES);
    bool same = url_parse(&parsed, text_of(other), NULL, TEXT("")) == URL_OK;
    if (same) {
        url_write_seen_key(url, &keys[0]);
        url_write_seen_key(&parsed, &keys[1]);
        same = text_equal(buf_text(&keys[0]), buf_text(&keys[1]));
    }
    buf_release(&keys[0]);
    buf_release(&keys[1]);
    url_release(&parsed);
    return same;
}

static void look_at(struct place *place, const struct url *url)
{
    struct url_list seeds = {NULL, 0};
    struct trouble trouble;
    place->owner = OWNER_NONE;
    if (!place->directory || !collection_is_at(place->directory))
        return;
    place->owner = OWNER_SEED;
    if (known_seeds_read(place->directory, &seeds, &trouble) == RESULT_OK) {
        bool has = false;
        for (int i = 0; i < seeds.count; i++)
            has = has || is_same_seed(url, seeds.urls[i]);
        place->owner = has ? OWNER_SEED : OWNER_OTHER;
        snprintf(place->words, sizeof place->words, "%.200s%s", seeds.urls[0],
                 strlen(seeds.urls[0]) > 200 ? "..." : "");
    }
    url_list_release(&seeds);
}

/* "PARENT/NAME"; takes the name. */
static char *directory_in(const char *parent, char *name)
{
    char *directory = NULL;
    if (name && asprintf(&directory, "%s/%s", parent ? parent : ".", name) < 0)
        directory = NULL;
    free(name);
    return directory;
}

static int say_taken(const struct place *place, struct text seed)
{
    struct buf path;
    buf_init(&path, NAME_BYTES);
    wording_add_path(&path, place->directory);
    fprintf(
        stderr,
        "warccap crawl: %s is the collection of %s, not of %.*s. Name another directory with -o; "
        "or, to have both in one collection: -o %s\n",
        path.data ? path.data : "", place->words, TEXT_ARGS(seed), path.data ? path.data : "");
    buf_release(&path);
    return EXIT_USAGE;
}

/* Chooses between the short name and the long one; NULL: the long one is another site's. */
static struct place *choose(struct place *brief, struct place *whole, bool each)
{
    if (brief->owner == OWNER_SEED)
        return brief;
    if (whole->owner == OWNER_SEED)
        return whole;
    if (brief->owner == OWNER_NONE && !each)
        return brief;
    return whole->owner == OWNER_NONE ? whole : NULL;
}

int site_directory_find(const char *parent, const char *seed, bool each, char **directory)
{
    struct url url;
    struct place brief, whole;
    int code = EXIT_ERROR;
    url_init(&url);
    *directory = NULL;
    bool parsed = url_parse(&url, text_of(seed), NULL, TEXT("")) == URL_OK;
    url_take_user(&url, NULL);
    brief.directory =
        parsed ? directory_in(parent, each ? old_name_of(&url) : name_of(&url, false)) : NULL;
    whole.directory = parsed ? directory_in(parent, name_of(&url, true)) : NULL;
    if (brief.directory && whole.directory) {
        look_at(&brief, &url);
        look_at(&whole, &url);
        struct place *chosen = choose(&brief, &whole, each);
        code = chosen ? EXIT_DONE : say_taken(&whole, url_resource(&url));
        if (chosen) {
            *directory = chosen->directory;
            chosen->directory = NULL;
        }
    } else
        fprintf(stderr, "warccap crawl: no memory for the name of a directory\n");
    free(brief.directory);
    free(whole.directory);
    url_release(&url);
    return code;
}
