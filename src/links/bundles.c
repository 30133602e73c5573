/* The table of readers, and where the files are that they name. */
#include <config.h>

#include "links/bundles.h"

#include <string.h>

#include "links/part_name.h"

enum { NAME_MOST = 400, ADDRESS_MOST = 1024 };

static const struct {
    const char *mark; /* NULL: it looks for itself */
    void (*read)(struct bundle *bundle);
} readers[] = {
    {NULL, bundle_read_chunks},
    {"__vite__mapDeps", bundle_read_vite},
    {"__VP_HASH_MAP__", bundle_read_vitepress},
    {"\"buildId\":\"", bundle_read_next},
    {"__next_f||[]).push([0])", bundle_read_next_page},
    {"{\"s\":\"\"", bundle_read_next_tree},
    {"\"tree\":{\"name\":", bundle_read_next_tree},
    {"buildAssetsDir:", bundle_read_nuxt},
    {"qwikevents", bundle_read_qwik},
    {"streamController.enqueue(", bundle_read_react_router},
    {"pagePath=", bundle_read_gatsby},
    {"\"staticQueryHashes\":", bundle_read_gatsby_data},
    {"__sveltekit", bundle_read_sveltekit},
    {"###", bundle_read_rspress},
    {"revision", bundle_read_precache},
    {"require", bundle_read_amd},
    {"path:", bundle_read_routes},
};

/* n.p="/docs/" of webpack. */
static struct text find_public_path(struct text script)
{
    struct text rest = script, path;
    for (ptrdiff_t found; (found = text_find(rest, TEXT(".p=\""))) >= 0;) {
        size_t at = (size_t)found + 3;
        if (bundle_string(rest, &at, NAME_MOST, &path) && !text_equal(path, TEXT("auto")))
            return path;
        rest = text_skip(rest, (size_t)found + 3);
    }
    return TEXT("");
}

void extract_bundles(struct extract *extract, struct text script)
{
    struct bundle bundle = {.extract = extract, .script = script};
    if (extract->written.depth)
        return;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (!readers[i].mark || text_find(script, text_of(readers[i].mark)) >= 0) {
            if (!i)
                bundle.public_path = find_public_path(script);
            readers[i].read(&bundle);
        }
}

bool bundle_string(struct text script, size_t *at, size_t most, struct text *value)
{
    size_t from = *at + 1;
    if (*at >= script.length || !memchr("\"'`", script.at[*at], 3))
        return false;
    for (size_t i = from; i < script.length && i - from <= most; i++) {
        char c = script.at[i];
        if (c == script.at[*at]) {
            *value = (struct text){script.at + from, i - from};
            *at = i + 1;
            return true;
        }
        if (c == '\\' || c == '\n' || c == '$')
            return false;
    }
    return false;
}

bool bundle_in_page(const struct bundle *bundle)
{
    const struct links_source *source = bundle->extract->source;
    return source->kind == MEDIA_HTML && (!source->head || source->head->status < 300);
}

/* ---- where they are ---- */

/* Begins at the quote or blank before `at`, and ends there. */
static struct text address_before(struct text bytes, size_t at)
{
    size_t from = at;
    while (from && at - from < ADDRESS_MOST && !memchr("\"'`=( \t\n,\\", bytes.at[from - 1], 10))
        from--;
    struct text address = {bytes.at + from, at - from};
    return text_starts(address, TEXT("/")) || text_starts_nocase(address, TEXT("http")) ? address
                                                                                        : TEXT("");
}

struct text bundle_directory(const struct extract *extract, struct text has)
{
    struct text bytes = extract->source->bytes;
    ptrdiff_t found = text_find(bytes, has);
    struct text address = found < 0 ? TEXT("") : address_before(bytes, (size_t)found);
    while (address.length && address.at[address.length - 1] != '/')
        address.length--;
    return address;
}

/* The part of a path before its last segment that is `directory` ("/assets/"), with the slash.  at
 * == NULL: there is none. */
static struct text before_directory(struct text path, struct text directory)
{
    for (size_t from = path.length; from-- > 0;)
        if (path.at[from] == '/' && text_starts(text_skip(path, from), directory))
            return text_first(path, from + 1);
    return (struct text){NULL, 0};
}

/* Where the name's first directory is: beside the script, or beside a file that the page names. */
static struct text place_of(const struct extract *extract, struct text name)
{
    char directory[NAME_MOST + 2] = "/";
    ptrdiff_t slash = text_find_char(name, '/');
    if (slash <= 0 || slash >= NAME_MOST)
        return (struct text){NULL, 0};
    memcpy(directory + 1, name.at, (size_t)slash + 1);
    struct text wanted = {directory, (size_t)slash + 2};
    if (extract->source->kind != MEDIA_HTML) {
        struct text place = before_directory(url_path(extract->source->url), wanted);
        if (place.at || extract->source->kind != MEDIA_JSON)
            return place;
    }
    ptrdiff_t found = text_find(extract->source->bytes, wanted);
    if (found < 0)
        return (struct text){NULL, 0};
    struct text address = address_before(extract->source->bytes, (size_t)found + 1);
    return address.length ? address : (struct text){NULL, 0};
}

static bool resolve_in(struct extract *extract, struct text place, struct text name)
{
    struct buf address;
    buf_init(&address, ADDRESS_MOST + NAME_MOST + 2);
    buf_add_text(&address, place);
    buf_add_text(&address, name);
    bool resolved = buf_ok(&address) && extract_resolve(extract, buf_text(&address));
    extract_release(extract, &address);
    return resolved;
}

bool bundle_resolve(struct extract *extract, struct text name)
{
    struct text place = place_of(extract, name);
    return place.at && resolve_in(extract, place, name);
}

static bool resolve(const struct bundle *bundle, struct text name)
{
    struct extract *extract = bundle->extract;
    if (part_is_shaped(name))
        return extract_resolve(extract, name);
    if (bundle->public_path.length)
        return resolve_in(extract, bundle->public_path, name);
    return bundle_resolve(extract, name) || extract_resolve(extract, name);
}

static bool may_give(const struct bundle *bundle, struct text name)
{
    return name.length && name.length <= NAME_MOST && bundle->given < BUNDLE_NAMES_MOST &&
           part_is_clean(name);
}

static void give_resolved(struct bundle *bundle, const char *where)
{
    struct found found = {
        .class = LINK_REQUISITE, .certainty = LINK_POSSIBLE, .element = where, .any_host = true};
    bundle->given++;
    extract_give_resolved(bundle->extract, &found);
}

void bundle_give(struct bundle *bundle, struct text name, const char *where)
{
    if (may_give(bundle, name) && resolve(bundle, name))
        give_resolved(bundle, where);
}

void bundle_give_beside(struct bundle *bundle, struct text name, const char *where)
{
    if (name.length && name.length <= NAME_MOST && bundle->given < BUNDLE_NAMES_MOST &&
        extract_resolve(bundle->extract, name))
        give_resolved(bundle, where);
}
