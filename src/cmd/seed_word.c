/* Reads a seed, and looks for what people get wrong. */
#include <config.h>

#include "cmd/seed_word.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/disk.h"
#include "base/utf8.h"
#include "web/url.h"

enum { LABEL_MOST = 63, HOST_MOST = 253, SHOWN_MOST = 4096 }; /* RFC 1035, 2.3.4 */

static const char NOT_A_URL[] = "is not an http or https URL, such as https://a-blog.example/";

/* "http//host/", "http:/host/", "mailto:me@host": these are not hosts without a scheme. */
static bool is_something_else(struct text word)
{
    static const char *const schemes[] = {"about:", "data:", "javascript:", "mailto:", "tel:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (text_starts_nocase(word, text_of(schemes[i])))
            return true;
    return text_find(word, TEXT("//")) >= 0 || text_find(word, TEXT(":/")) >= 0;
}

/* Why its bytes are not a URL; NULL: they may be one. */
static const char *error_of_bytes(struct text word)
{
    uint32_t character;
    for (struct text rest = word; rest.length;) {
        size_t length = utf8_read(rest, &character);
        if (!length)
            return "is not UTF-8. Save the file as UTF-8, or write other characters as %XX";
        if (character < ' ' || character == 0x7f)
            return "contains a control character, which no URL does";
        rest = text_skip(rest, length);
    }
    return NULL;
}

/* Whether a URL ends with its host, as in "http://a.test" or "http://a.test/". */
static bool is_host_alone(struct text url)
{
    ptrdiff_t scheme = text_find(url, TEXT("://"));
    struct text rest = scheme < 0 ? url : text_skip(url, (size_t)scheme + 3);
    ptrdiff_t slash = text_find_char(rest, '/');
    return (slash < 0 || (size_t)slash + 1 == rest.length) && text_find_char(rest, '?') < 0;
}

/* Whether another URL follows after a blank, or after a host and a comma.  A path or a query may
 * hold one after a comma. */
static bool holds_two(struct text word)
{
    for (size_t i = 1; i < word.length; i++) {
        struct text rest = text_skip(word, i);
        bool between = word.at[i - 1] == ' ' || word.at[i - 1] == '\t' ||
                       (word.at[i - 1] == ',' && is_host_alone(text_first(word, i - 1)));
        if (between && (text_starts_nocase(rest, TEXT("http://")) ||
                        text_starts_nocase(rest, TEXT("https://"))))
            return true;
    }
    return false;
}

static bool is_label(struct text label)
{
    for (size_t i = 0; i < label.length; i++) {
        char c = label.at[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '_')
            return false;
    }
    return label.length && label.length <= LABEL_MOST;
}

/* Whether a name server could know the host.  Some blogs have names that begin or end with a hyphen
 * or contain underscores. */
static bool is_host(struct text host)
{
    struct text label;
    if (text_starts(host, TEXT("[")))
        return true; /* url_parse() has checked the address */
    if (text_ends(host, TEXT(".")))
        host = text_first(host, host.length - 1);
    if (!host.length || host.length > HOST_MOST || text_ends(host, TEXT(".")) ||
        (text_find_char(host, '.') < 0 && host.at[0] == '-'))
        return false;
    while (text_split(&host, '.', &label))
        if (!is_label(label))
            return false;
    return true;
}

/* Why a URL can't be meant; NULL: it can. */
static const char *error_of_url(const struct url *url)
{
    struct text host = url_host(url);
    if (text_equal(host, TEXT("http")) || text_equal(host, TEXT("https")))
        return "has two schemes. Write http:// or https:// once";
    if (text_ends(url_authority(url), TEXT(":0")))
        return "names port 0, which no server has";
    return is_host(host) ? NULL : "has no host name that could exist. Check how it is written";
}

static const char *error_of(const char *seed, struct text word)
{
    struct url url;
    bool scheme = text_find(word, TEXT("://")) > 0;
    const char *error = error_of_bytes(word);
    if (error)
        return error;
    if (text_equal(word, TEXT("-")))
        return "is not a URL. To read seeds from standard input: -i -";
    if (holds_two(word))
        return "contains two URLs. Give each by itself; in a file, on its own line";
    url_init(&url);
    if ((!scheme && is_something_else(word)) ||
        url_parse(&url, text_of(seed), NULL, TEXT("")) != URL_OK)
        error = NOT_A_URL;
    else
        error = error_of_url(&url);
    url_release(&url);
    return error;
}

/* A file whose name is given in place of a URL. */
static bool is_file(struct text word, const char *shown)
{
    return text_find(word, TEXT("://")) <= 0 && disk_exists(shown) && !disk_is_directory(shown);
}

char *seed_word_read(struct text word, const char *place)
{
    char *seed = NULL, shown[SHOWN_MOST];
    /* People leave the scheme out: they mean http. */
    bool scheme = text_find(word, TEXT("://")) > 0;
    snprintf(shown, sizeof shown, "%.*s", TEXT_ARGS(word));
    if (!place[0] && is_file(word, shown)) {
        fprintf(stderr, "warccap crawl: %s is a file. To read seeds from it: -i %s\n", shown,
                shown);
        return NULL;
    }
    if (asprintf(&seed, "%s%.*s", scheme ? "" : "http://", TEXT_ARGS(word)) < 0) {
        fprintf(stderr, "warccap crawl: no memory for another URL\n");
        return NULL;
    }
    const char *error = error_of(seed, word);
    if (!error)
        return seed;
    fprintf(stderr, "warccap crawl: %s\"%s\" %s\n", place, shown, error);
    free(seed);
    return NULL;
}
