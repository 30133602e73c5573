/*
 * Routes of an application that only its script knows: {path: "/about", element: ...} of React
 * Router, {path: "/about", name: "about", component: ...} of Vue, {path: "about", loadComponent:
 * ...} of Angular.  Its server sends one page for all of them, and only a visitor's browser makes
 * the links.  They are pages, but possible ones: the application may stand elsewhere.
 *
 * A table has two routes at least.  Names without a leading slash are Angular's, relative to its
 * page. Routes with a parameter (":id", "*") name no page.
 */
#include <config.h>

#include "links/bundles.h"
#include "links/part_name.h"

enum { PATH_MOST = 200, ROUTES_MOST = 100, NAME_MOST = 80, LEAST = 2 };

struct routes {
    struct bundle *bundle;
    int count;
};

static size_t skip_space(struct text script, size_t at)
{
    while (at < script.length && ascii_is_space(script.at[at]))
        at++;
    return at;
}

/* Whether the member after a comma tells that the object is a route.  A name or an id may stand
 * before it. */
static bool is_route(struct text script, size_t at)
{
    static const struct text marks[] = {WORD("element:"),   WORD("component:"),
                                        WORD("Component:"), WORD("loadComponent:"),
                                        WORD("lazy:"),      WORD("loadChildren:")};
    static const struct text names[] = {WORD("name:"), WORD("id:"), WORD("exact:!0,"),
                                        WORD("title:")};
    struct text value;
    for (int members = 0; members < 3; members++) {
        at = skip_space(script, at);
        if (at >= script.length || script.at[at] != ',')
            return false;
        at = skip_space(script, at + 1);
        struct text rest = text_skip(script, at);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (text_starts(rest, marks[i]))
                return true;
        size_t after = 0;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (text_starts(rest, names[i]))
                after = names[i].length;
        if (after && rest.at[after - 1] == ',') {
            at += after - 1;
            continue;
        }
        at = skip_space(script, at + after);
        if (!after || !bundle_string(script, &at, NAME_MOST, &value))
            return false;
    }
    return false;
}

static bool is_page(struct text path)
{
    static const bool odd[256] = {
        [':'] = true, ['('] = true, ['#'] = true, ['?'] = true, ['['] = true};
    return path.length && !text_equal(path, TEXT("/")) && part_is_clean(path) &&
           !text_starts(path, TEXT("//")) && text_stop(path, 0, odd) == path.length;
}

static void give(struct routes *routes, struct text path)
{
    struct extract *extract = routes->bundle->extract;
    struct found found = {.class = LINK_PAGE, .certainty = LINK_POSSIBLE, .element = "route"};
    struct url base = extract->base;
    if (extract->source->page)
        extract->base = *extract->source->page;
    bool resolved = extract_resolve(extract, path);
    extract->base = base;
    if (resolved && url_same_site(extract->source->url, &extract->url))
        extract_give_resolved(extract, &found);
}

/* Finds the routes, and gives them if `given` is set. */
static void read_routes(struct routes *routes, bool given)
{
    struct text script = routes->bundle->script, path;
    for (size_t at = 0; routes->count < ROUTES_MOST;) {
        ptrdiff_t found = text_find(text_skip(script, at), TEXT("path:"));
        if (found < 0)
            return;
        size_t begin = at + (size_t)found, string = skip_space(script, begin + 5);
        at = begin + 5;
        if (begin && (ascii_is_alnum(script.at[begin - 1]) || script.at[begin - 1] == '_'))
            continue;
        if (!bundle_string(script, &string, PATH_MOST, &path) || !is_route(script, string))
            continue;
        routes->count++;
        if (given && is_page(path))
            give(routes, path);
    }
}

void bundle_read_routes(struct bundle *bundle)
{
    struct routes routes = {.bundle = bundle};
    read_routes(&routes, false);
    if (routes.count < LEAST)
        return;
    routes.count = 0;
    read_routes(&routes, true);
}
