/* Scripts: strings that are clearly whole URLs, and the lists that a platform's scripts request. */
#include <config.h>

#include <string.h>

#include "html/json_strings.h"
#include "links/extract.h"
#include "platform/platform.h"
#include "series/pager_url.h"

enum { STRING_MOST = 2083 };

static bool is_static_path(struct text path)
{
    static const char *const endings[] = {".js",   ".css",  ".png", ".jpg",  ".jpeg",  ".gif",
                                          ".webp", ".avif", ".svg", ".woff", ".woff2", ".ttf",
                                          ".mp4",  ".webm", ".mp3", ".json"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (text_ends_nocase(path, text_of(endings[i])))
            return true;
    return false;
}

/* Whether the string is joined to something by '+': then it is half a URL. */
static bool is_glued(struct text script, size_t from, size_t behind)
{
    while (behind < script.length && ascii_is_space(script.at[behind]))
        behind++;
    while (from && ascii_is_space(script.at[from - 1]))
        from--;
    return (behind < script.length && script.at[behind] == '+') ||
           (from && script.at[from - 1] == '+');
}

/* The string that begins at `from`, after its quote, up to the same quote again. at == NULL: it has
 * a character that no URL has. In a string in a string both quotes are escaped. */
static struct text whole_string(struct text script, size_t from, char quote, bool escaped)
{
    struct text rest = text_first(text_skip(script, from), STRING_MOST + 2);
    for (size_t i = 0; i < rest.length; i++) {
        char c = rest.at[i];
        if (c == quote) {
            size_t length = escaped && i && rest.at[i - 1] == '\\' ? i - 1 : i;
            return escaped == (length < i) ? text_first(rest, length) : (struct text){NULL, 0};
        }
        if ((unsigned char)c <= ' ' || c == '<' || c == '{' || c == '"' || c == '\'')
            break;
    }
    return (struct text){NULL, 0};
}

/* Only a string that begins like a URL is looked at: absolute, from the host's root, or marked as
 * relative ("./x"). */
static bool begins_address(struct text here)
{
    if (here.length < 3)
        return false;
    return text_starts(here, TEXT("http")) || here.at[0] == '/' || text_starts(here, TEXT("\\/")) ||
           text_starts(here, TEXT("./")) || text_starts(here, TEXT("../"));
}

/* Whether the script that has the resolved URL will certainly request it: a requisite of the page,
 * or the next part of an endless page, {"next": "/page/2/"}. */
static bool is_asked_for(const struct extract *extract, enum link_class *class)
{
    if (url_same_site(extract->source->url, &extract->url) && pager_url_page(&extract->url) >= 0) {
        *class = LINK_PAGER;
        return true;
    }
    return is_static_path(url_path(&extract->url)) &&
           (text_find_char(url_host(&extract->url), '.') > 0 ||
            url_same_site(&extract->url, extract->source->url));
}

void extract_script(struct extract *extract, struct text script, const char *element)
{
    static const bool quotes[256] = {['"'] = true, ['\''] = true};
    for (size_t at = 0; (at = text_stop(script, at, quotes)) < script.length; at++) {
        if (!begins_address(text_skip(script, at + 1)))
            continue;
        bool escaped = at && script.at[at - 1] == '\\';
        struct text string = whole_string(script, at + 1, script.at[at], escaped);
        if (!string.at || is_glued(script, at - escaped, at + 1 + string.length + escaped + 1))
            continue;
        struct text value = json_unescape(string, &extract->value);
        struct found found = {.class = LINK_REQUISITE,
                              .certainty = LINK_POSSIBLE,
                              .element = element};
        if (!extract_is_template(value) && extract_resolve(extract, value) &&
            is_asked_for(extract, &found.class))
            extract_give_resolved(extract, &found);
        at += string.length;
    }
}

/* ---- lists of platforms ---- */

bool extract_list(struct extract *extract, struct text body)
{
    const struct platform *platform = platform_of_list(extract->source->url);
    struct platform_list list;
    struct platform_link link;
    if (!platform)
        return false;
    platform_list_init(&list, platform, extract->source->url, body);
    while (platform_list_next(&list, &link)) {
        struct found found = {.raw = link.address,
                              .class = link.class,
                              .certainty = LINK_CERTAIN,
                              .element = link.where};
        extract_give(extract, &found);
    }
    bool is_list = list.is_list;
    extract->failed = extract->failed || buf_is_out_of_memory(&list.value) ||
                      buf_is_out_of_memory(&list.json.unescaped);
    platform_list_release(&list);
    return is_list;
}
