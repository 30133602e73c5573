/* Looks back from a string to the call, the assignment or the member that it belongs to. */
#include <config.h>

#include "links/script_context.h"

enum { BACK_MOST = 240, AHEAD_MOST = 200, NAME_MOST = 64 };

static bool is_name_char(char c)
{
    return ascii_is_alnum(c) || c == '_' || c == '$' || c == '.';
}

static size_t skip_space_back(struct text script, size_t at)
{
    while (at && ascii_is_space(script.at[at - 1]))
        at--;
    return at;
}

/* The name, with its dots, that ends at `end`. */
static struct text name_before(struct text script, size_t end)
{
    size_t from = end;
    while (from && end - from < NAME_MOST && is_name_char(script.at[from - 1]))
        from--;
    return (struct text){script.at + from, end - from};
}

static struct text last_name(struct text path)
{
    size_t from = path.length;
    while (from && path.at[from - 1] != '.')
        from--;
    return text_skip(path, from);
}

bool script_may_open(struct text script, size_t at)
{
    at = skip_space_back(script, at);
    if (!at)
        return true;
    char c = script.at[at - 1];
    return !ascii_is_alnum(c)
               ? c != '"' && c != '\'' && c != '`' && c != ')' && c != ']' && c != '.'
               : text_ends(name_before(script, at), TEXT("return")) ||
                     text_ends(name_before(script, at), TEXT("import")) ||
                     text_ends(name_before(script, at), TEXT("from"));
}

/* ---- calls ---- */

/* Functions that get a file of their own kind, whatever the library. */
static bool is_loader_name(struct text name)
{
    static const struct text verbs[] = {WORD("load"),    WORD("get"),    WORD("add"),
                                        WORD("insert"),  WORD("inject"), WORD("include"),
                                        WORD("import"),  WORD("append"), WORD("async"),
                                        WORD("preload"), WORD("lazy"),   WORD("fetch"),
                                        WORD("create"),  WORD("attach")};
    static const struct text things[] = {WORD("script"), WORD("css"),  WORD("style"),
                                         WORD("js"),     WORD("json"), WORD("image"),
                                         WORD("sheet"),  WORD("img"),  WORD("file")};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (text_starts_nocase(name, verbs[i]) &&
            TEXT_HAS_ANY(text_skip(name, verbs[i].length), things))
            return true;
    return false;
}

static bool is_loader(struct text path, struct text name)
{
    static const struct text names[] = {WORD("fetch"),    WORD("Worker"),  WORD("SharedWorker"),
                                        WORD("Audio"),    WORD("$script"), WORD("loadjs"),
                                        WORD("yepnope"),  WORD("addAll"),  WORD("Request"),
                                        WORD("addModule")};
    static const struct text paths[] = {WORD("$.get"),       WORD("jQuery.get"), WORD("axios.get"),
                                        WORD("head.js"),     WORD("head.load"),  WORD("LAB.script"),
                                        WORD("$LAB.script"), WORD("axios"),      WORD("$.ajax"),
                                        WORD("jQuery.ajax"), WORD("d3.json"),    WORD("d3.csv"),
                                        WORD("d3.tsv"),      WORD("d3.xml"),     WORD("d3.text"),
                                        WORD("d3.image"),    WORD("Papa.parse"), WORD("ky.get")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal(name, names[i]))
            return true;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (text_equal(path, paths[i]))
            return true;
    return is_loader_name(name) ||
           (text_equal(name, TEXT("register")) && text_find(path, TEXT("serviceWorker")) >= 0);
}

/* Whether the name says that something is fetched: loadIndex, fetch_data, get.  What it gets is a
 * file only if its argument is the name of one. */
static bool is_getter(struct text name)
{
    static const struct text verbs[] = {WORD("load"),    WORD("get"),     WORD("fetch"),
                                        WORD("import"),  WORD("preload"), WORD("prefetch"),
                                        WORD("request"), WORD("open"),    WORD("embed")};
    static const struct text others[] = {WORD("getItem"),      WORD("getElement"),
                                         WORD("getAttribute"), WORD("getProp"),
                                         WORD("getEntries"),   WORD("getCookie"),
                                         WORD("getResponse"),  WORD("getOwn"),
                                         WORD("getComputed")};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_starts(name, others[i]))
            return false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (text_starts_nocase(name, verbs[i])) {
            struct text rest = text_skip(name, verbs[i].length);
            if (!rest.length || rest.at[0] == '_' || (rest.at[0] >= 'A' && rest.at[0] <= 'Z'))
                return true;
        }
    return false;
}

/* Whether the call sends something: fetch("/x", {method: "POST"}). */
static bool is_sent(struct text around)
{
    static const struct text methods[] = {WORD("POST"), WORD("PUT"), WORD("DELETE"), WORD("PATCH")};
    for (size_t at = 1; at < around.length; at++)
        if (around.at[at - 1] == '"' || around.at[at - 1] == '\'')
            for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
                if (text_starts_nocase(text_skip(around, at), methods[i]))
                    return true;
    return false;
}

/* new URL("x", place): beside the script itself, or where the files of the site are. */
static enum string_use use_in_url(struct text ahead, bool first)
{
    static const struct text scripts[] = {WORD("import.meta.url"), WORD("currentScript"),
                                          WORD("self.location")};
    if (TEXT_HAS_ANY(text_first(ahead, 40), scripts))
        return USE_MODULE;
    return first && text_starts(ahead, TEXT(",")) ? USE_GOT : USE_UNKNOWN;
}

/* withBase("x"), joinUrl(base, "x"): makes a URL of the name of a file. */
static bool is_url_maker(struct text name)
{
    return text_find_nocase(name, TEXT("url")) >= 0 || text_equal(name, TEXT("withBase")) ||
           text_equal(name, TEXT("asset"));
}

/* `arguments`: what precedes the string in the brackets. `ahead`: what follows it. */
static enum string_use use_in_call(struct text path, struct text arguments, struct text ahead)
{
    static const struct text loaders[] = {WORD(".load."), WORD("oader."), WORD(".preload.")};
    struct text name = last_name(path);
    bool first = text_trim(arguments).length == 0;
    if (text_equal(name, TEXT("import")))
        return USE_IMPORT;
    if (text_equal(name, TEXT("importScripts")))
        return USE_MODULE;
    if (text_equal(name, TEXT("URL")))
        return use_in_url(text_trim(ahead), first);
    if (text_equal(name, TEXT("write")) || text_equal(name, TEXT("writeln")) ||
        text_equal(name, TEXT("unescape")) || text_equal(name, TEXT("insertAdjacentHTML")) ||
        text_equal(name, TEXT("decodeURIComponent")))
        return USE_WRITTEN;
    if (text_equal(name, TEXT("open"))) {
        if (first)
            return USE_GOES;
        return text_find_nocase(arguments, TEXT("GET")) >= 0 ? USE_LOADED : USE_NOTHING;
    }
    if (text_equal(name, TEXT("assign")) || text_equal(name, TEXT("replace")))
        return text_find(path, TEXT("location")) >= 0 ? USE_GOES : USE_NOTHING;
    if (text_equal(name, TEXT("post")) || text_equal(name, TEXT("sendBeacon")) ||
        text_equal(name, TEXT("WebSocket")) || text_equal(name, TEXT("EventSource")))
        return USE_NOTHING;
    if (text_equal(name, TEXT("setAttribute")) || text_equal(name, TEXT("attr")))
        return text_find(arguments, TEXT("src")) >= 0 ? USE_LOADED : USE_MEMBER;
    if (is_loader(path, name))
        return is_sent(arguments) || is_sent(ahead) ? USE_NOTHING : USE_LOADED;
    /* this.load.image("sky", "sky.png"): all that a loader does */
    bool loader = TEXT_HAS_ANY(path, loaders);
    bool gets = (first && is_getter(name)) || is_url_maker(name) || loader;
    return gets && !is_sent(ahead) ? USE_GOT : USE_UNKNOWN;
}

/* The call whose brackets the string is in. */
static enum string_use use_by_call(struct text script, size_t open, struct text ahead)
{
    int depth = 0;
    for (size_t at = open; at && open - at < BACK_MOST; at--) {
        char c = script.at[at - 1];
        if (c == ')' || c == ']' || c == '}')
            depth++;
        else if (c == '(' && !depth) {
            size_t end = skip_space_back(script, at - 1);
            return use_in_call(name_before(script, end), (struct text){script.at + at, open - at},
                               ahead);
        } else if (c == '(' || c == '[' || c == '{')
            depth -= depth > 0;
        else if (c == ';')
            break;
    }
    return USE_UNKNOWN;
}

/* ---- assignments and members ---- */

static enum string_use use_assigned(struct text path)
{
    struct text name = last_name(path);
    if (text_equal(name, TEXT("location")) ||
        (text_equal(name, TEXT("href")) && text_find(path, TEXT("location")) >= 0))
        return USE_GOES;
    if (text_equal(name, TEXT("src")))
        return path.length > name.length ? USE_LOADED : USE_MEMBER;
    if (text_equal(name, TEXT("innerHTML")) || text_equal(name, TEXT("outerHTML")))
        return USE_WRITTEN;
    return text_equal(name, TEXT("href")) || text_equal(name, TEXT("data")) ? USE_MEMBER
                                                                            : USE_UNKNOWN;
}

static enum string_use use_of_member(struct text name, struct text script, size_t open,
                                     struct text ahead)
{
    static const struct text names[] = {WORD("src"),    WORD("file"),  WORD("url"), WORD("source"),
                                        WORD("poster"), WORD("image"), WORD("hls"), WORD("dash"),
                                        WORD("mp4"),    WORD("webm"),  WORD("mp3"), WORD("sources"),
                                        WORD("thumb"),  WORD("href"),  WORD("next")};
    struct text back = {script.at + (open > BACK_MOST ? open - BACK_MOST : 0),
                        open > BACK_MOST ? BACK_MOST : open};
    ptrdiff_t call = text_find(back, TEXT(".ajax("));
    for (ptrdiff_t next = call; next >= 0; next = text_find(back, TEXT(".ajax(")))
        back = text_skip(back, (size_t)next + 6);
    if (text_equal_nocase(name, TEXT("url")) && call >= 0)
        return is_sent(back) || is_sent(ahead) ? USE_NOTHING : USE_LOADED;
    if (text_equal_nocase(name, TEXT("ajax")) || text_equal_nocase(name, TEXT("ajaxUrl")))
        return is_sent(ahead) ? USE_NOTHING : USE_LOADED;
    return TEXT_IS_ANY(name, names) ? USE_MEMBER : USE_UNKNOWN;
}

/* The name before a colon, with or without quotes. */
static struct text member_name(struct text script, size_t at)
{
    at = skip_space_back(script, at);
    if (at && (script.at[at - 1] == '"' || script.at[at - 1] == '\''))
        at--;
    at -= at && script.at[at - 1] == '\\';
    return last_name(name_before(script, at));
}

/* Whether the line begins like one of a comment. Trailing comments are not told. */
static bool is_comment(struct text script, size_t at)
{
    size_t from = at;
    while (from && at - from < BACK_MOST && script.at[from - 1] != '\n')
        from--;
    if (from && script.at[from - 1] != '\n')
        return false;
    struct text line = text_trim((struct text){script.at + from, at - from});
    return text_starts(line, TEXT("*")) || text_starts(line, TEXT("//")) ||
           text_starts(line, TEXT("/*"));
}

/* {"scripts": ["a.js", "b.js"]}: whether the list is one of files. */
static bool is_in_files(struct text script, size_t open)
{
    static const struct text names[] = {WORD("css"),    WORD("js"),          WORD("files"),
                                        WORD("styles"), WORD("scripts"),     WORD("stylesheets"),
                                        WORD("images"), WORD("dependencies")};
    size_t at = open;
    while (at && open - at < BACK_MOST && script.at[at - 1] != '[' && script.at[at - 1] != '{' &&
           script.at[at - 1] != '(' && script.at[at - 1] != ';')
        at--;
    if (!at || script.at[at - 1] != '[')
        return false;
    at = skip_space_back(script, at - 1);
    return at && script.at[at - 1] == ':' && TEXT_IS_ANY(member_name(script, at - 1), names);
}

enum string_use script_context(struct text script, size_t open, size_t close)
{
    if (is_comment(script, open))
        return USE_NOTHING;
    struct text ahead = text_first(text_skip(script, close + 1), AHEAD_MOST);
    size_t at = skip_space_back(script, open);
    ptrdiff_t end = text_find_char(ahead, ';');
    ahead = end < 0 ? ahead : text_first(ahead, (size_t)end);
    if (!at)
        return USE_UNKNOWN;
    char c = script.at[at - 1];
    if (c == ':')
        return use_of_member(member_name(script, at - 1), script, open, ahead);
    if (c == '=') {
        bool compares = at > 1 && (script.at[at - 2] == '=' || script.at[at - 2] == '!');
        return compares ? USE_NOTHING
                        : use_assigned(name_before(script, skip_space_back(script, at - 1)));
    }
    if ((c == ',' || c == '[') && is_in_files(script, at))
        return USE_FILES;
    if (c == '(' || c == ',' || c == '[')
        return use_by_call(script, at, ahead);
    struct text word = name_before(script, at);
    return text_equal(word, TEXT("import")) || text_equal(word, TEXT("from")) ||
                   text_ends(word, TEXT("}from"))
               ? USE_IMPORT
               : USE_UNKNOWN;
}
