/* Scripts: strings that surely are whole addresses, and Blogger's lists of titles, which are
 * scripts too. */
#include <config.h>

#include <string.h>

#include "html/json_strings.h"
#include "links/extract.h"
#include "series/pagers.h"

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

/* Whether the string is glued to something else by '+': then it is half an address. */
static bool is_glued(struct text script, size_t from, size_t behind)
{
    while (behind < script.length && ascii_is_space(script.at[behind]))
        behind++;
    while (from && ascii_is_space(script.at[from - 1]))
        from--;
    return (behind < script.length && script.at[behind] == '+') ||
           (from && script.at[from - 1] == '+');
}

/* The string that begins at `from`, behind its quote, up to the same quote again; at == NULL when
 * it holds what no address does.  In a string in a string both quotes are escaped. */
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

/* Only what begins like an address is worth a look: absolute, from the host's root, or said to be
 * relative ("./x"). */
static bool begins_address(struct text here)
{
    if (here.length < 3)
        return false;
    return text_starts(here, TEXT("http")) || here.at[0] == '/' || text_starts(here, TEXT("\\/")) ||
           text_starts(here, TEXT("./")) || text_starts(here, TEXT("../"));
}

/* Whether a script that holds the address just resolved will surely ask for it: a part of the page,
 * or the next piece of an endless one, {"next": "/page/2/"}. */
static bool is_asked_for(const struct extract *extract, enum link_class *class)
{
    if (url_same_site(extract->source->url, &extract->url) && pagers_page(&extract->url) >= 0) {
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

/* ---- Blogger's titles ---- */

/* Takes everything up to and with the next string off *rest; false when there is none. */
static bool next_string(struct text *rest, struct text *string)
{
    while (rest->length && rest->at[0] != '"' && rest->at[0] != '\'')
        *rest = text_skip(*rest, 1);
    if (!rest->length)
        return false;
    size_t end = 1;
    while (end < rest->length && rest->at[end] != rest->at[0])
        end += rest->at[end] == '\\' ? 2 : 1;
    if (end >= rest->length)
        return false;
    *string = (struct text){rest->at + 1, end - 1};
    *rest = text_skip(*rest, end + 1);
    return true;
}

static bool asks_for_titles(const struct url *url)
{
    struct text query = url_query(url), part;
    while (query.length && text_split(&query, '&', &part))
        if (text_equal_nocase(part, TEXT("action=getTitles")))
            return true;
    return false;
}

bool extract_titles(struct extract *extract, struct text script)
{
    struct text rest = script, string;
    bool posts = false;
    if (!asks_for_titles(extract->source->url))
        return false;
    while (next_string(&rest, &string)) {
        struct text behind = text_trim(text_first(rest, 16));
        if (!text_starts(behind, TEXT(":")))
            continue;
        posts = posts || text_equal(string, TEXT("posts"));
        /* Its value is the next string; that of a title goes too, whatever it says. */
        bool url = text_equal(string, TEXT("url"));
        if ((!url && !text_equal(string, TEXT("title"))) || !next_string(&rest, &string) || !url ||
            !posts)
            continue;
        struct found found = {.raw = json_unescape(string, &extract->value),
                              .class = LINK_PAGE,
                              .certainty = LINK_CERTAIN,
                              .element = "getTitles"};
        extract_give(extract, &found);
    }
    return posts;
}
