/*
 * RequireJS and other loaders of AMD modules: require(["app/one"]) loads app/one.js.  Names are
 * relative to baseUrl of require.config({...}), or else to the page; `paths` gives the files of
 * names that differ from their files.
 *
 * Libraries that may be used as such modules name others, too, define(["jquery"], ...), and editors
 * have a require() of their own: only require() counts, names that are below a directory, and
 * scripts and pages that speak of RequireJS or its configuration.  In another script a name counts
 * if it begins with a directory that the script is in.
 */
#include <config.h>

#include "links/bundles.h"
#include "links/part_name.h"

enum {
    MODULE_MOST = 200,
    MODULES_MOST = 200,
    CONFIG_MOST = 64 * 1024,
    CONFIGS_MOST = 4,
    FILE_MOST = 500
};

struct amd {
    struct bundle *bundle;
    struct text base; /* baseUrl, with a slash at its end or not; empty: the page's place */
    bool unsaid;      /* nothing tells that it is RequireJS */
    int given, configs;
};

static size_t skip_space(struct text script, size_t at)
{
    while (at < script.length && ascii_is_space(script.at[at]))
        at++;
    return at;
}

static bool is_module(struct text name)
{
    return part_is_clean(name) && text_find_char(name, '!') < 0 && text_find_char(name, '?') < 0 &&
           text_find_char(name, '/') > 0;
}

static void give(struct amd *amd, struct text name)
{
    struct buf file;
    bool own = text_starts(name, TEXT("/")) || text_find(name, TEXT("//")) >= 0;
    if (amd->given++ >= MODULES_MOST)
        return;
    buf_init(&file, FILE_MOST);
    if (!own) {
        buf_add_text(&file, amd->base);
        if (amd->base.length && !text_ends(amd->base, TEXT("/")))
            buf_add_char(&file, '/');
    }
    buf_add_text(&file, name);
    if (!text_ends(name, TEXT(".js")))
        buf_add(&file, ".js");
    struct url base = amd->bundle->extract->base;
    if (amd->bundle->extract->source->page)
        amd->bundle->extract->base = *amd->bundle->extract->source->page;
    if (buf_ok(&file))
        bundle_give_beside(amd->bundle, buf_text(&file), "require");
    amd->bundle->extract->base = base;
    extract_release(amd->bundle->extract, &file);
}

/* The string after `name` and a colon. */
static bool read_member(struct text object, struct text name, struct text *value)
{
    ptrdiff_t found = text_find(object, name);
    size_t at = found < 0 ? object.length : (size_t)found + name.length;
    if (at < object.length && (object.at[at] == '"' || object.at[at] == '\''))
        at++;
    at = skip_space(object, at);
    if (at >= object.length || object.at[at] != ':')
        return false;
    at = skip_space(object, at + 1);
    return bundle_string(object, &at, MODULE_MOST, value);
}

/* paths: {"two": "js/two", three: ["https://cdn.example/three", "js/three"]} */
static void read_paths(struct amd *amd, struct text config)
{
    ptrdiff_t found = text_find(config, TEXT("paths"));
    struct text rest = text_skip(config, found < 0 ? config.length : (size_t)found), value;
    ptrdiff_t open = text_find_char(rest, '{'), close = text_find_char(rest, '}');
    if (open < 0 || close < open)
        return;
    rest = text_first(rest, (size_t)close);
    for (size_t at = (size_t)open; at < rest.length; at++) {
        size_t string = skip_space(rest, at + 1);
        bool gives = rest.at[at] == ':' || rest.at[at] == '[';
        if (gives && bundle_string(rest, &string, MODULE_MOST, &value) && value.length &&
            part_is_clean(value)) {
            give(amd, value);
            at = string - 1;
        }
    }
}

/* A script that does not say whose require() it calls: js/main.js with require(["js/app"]). The
 * name counts if its directory is one that the script is in. */
static void give_placed(struct amd *amd, struct text name)
{
    struct buf file;
    if (amd->given++ >= MODULES_MOST)
        return;
    buf_init(&file, FILE_MOST);
    buf_add_text(&file, name);
    if (!text_ends(name, TEXT(".js")))
        buf_add(&file, ".js");
    if (buf_ok(&file) && bundle_resolve(amd->bundle->extract, buf_text(&file)))
        bundle_give(amd->bundle, buf_text(&file), "require");
    extract_release(amd->bundle->extract, &file);
}

/* require(["app/one", "app/two"]) */
static void read_names(struct amd *amd, struct text list)
{
    struct text name;
    for (size_t at = skip_space(list, 0); bundle_string(list, &at, MODULE_MOST, &name);) {
        if (is_module(name) && amd->unsaid)
            give_placed(amd, name);
        else if (is_module(name))
            give(amd, name);
        at = skip_space(list, at);
        if (at >= list.length || list.at[at] != ',')
            return;
        at = skip_space(list, at + 1);
    }
}

static void read_config(struct amd *amd, struct text rest)
{
    struct text config = text_first(rest, CONFIG_MOST), value;
    if (amd->configs++ >= CONFIGS_MOST)
        return;
    if (read_member(config, TEXT("baseUrl"), &value) && part_is_clean(value)) {
        struct text page = amd->bundle->extract->source->bytes;
        amd->base = value;
        if (value.at >= page.at && value.at < page.at + page.length)
            amd->bundle->extract->imports.loader_base = value; /* of its other scripts, too */
    }
    read_paths(amd, config);
}

/* Whether the page or the script says that RequireJS is there. */
static bool has_loader(const struct bundle *bundle)
{
    static const struct text marks[] = {WORD("require.config("), WORD("requirejs"),
                                        WORD("require.js"), WORD("data-main=")};
    const struct links_source *source = bundle->extract->source;
    struct import_map *imports = &bundle->extract->imports;
    if (imports->loader == LOADER_UNKNOWN) /* once for all scripts of a page */
        imports->loader = TEXT_HAS_ANY(source->bytes, marks) ? LOADER_THERE : LOADER_NONE;
    return imports->loader == LOADER_THERE;
}

void bundle_read_amd(struct bundle *bundle)
{
    struct amd amd = {.bundle = bundle,
                      .base = bundle->extract->imports.loader_base,
                      .unsaid = !has_loader(bundle)};
    bool own = bundle->extract->source->kind == MEDIA_JAVASCRIPT;
    struct text script = own || !amd.unsaid ? bundle->script : TEXT("");
    for (ptrdiff_t found;
         amd.given < MODULES_MOST && (found = text_find(script, TEXT("require"))) >= 0;) {
        bool begins = !found || !(ascii_is_alnum(script.at[found - 1]) ||
                                  script.at[found - 1] == '.' || script.at[found - 1] == '_');
        script = text_skip(script, (size_t)found + 7);
        struct text rest = text_starts(script, TEXT("js")) ? text_skip(script, 2) : script;
        if (!begins)
            continue;
        if (text_starts(rest, TEXT("([")))
            read_names(&amd, text_skip(rest, 2));
        else if (!amd.unsaid && text_starts(rest, TEXT(".config(")))
            read_config(&amd, text_skip(rest, 8));
    }
}
