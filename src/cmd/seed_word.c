/* Reads a seed, and looks for what people get wrong. */
#include <config.h>

#include "cmd/seed_word.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/disk.h"
#include "base/plain_text.h"
#include "base/utf8.h"
#include "web/url.h"

enum {
    LABEL_MOST = 63, /* RFC 1035, 2.3.4 */
    HOST_MOST = 253,
    SHOWN_MOST = 200, /* bytes of a word that a message shows */
};

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

/* People copy a URL with what stands around it: quotation marks, brackets, a bullet. */
static bool is_wrapped(struct text word)
{
    static const char *const marks[] = {"\"", "'",      "`",      "<",     "(",
                                        "{",  "\u201c", "\u2018", "\u00ab"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text_starts(word, text_of(marks[i])))
            return true;
    return text_starts(word, TEXT("[")) && text_find_char(word, '(') > 0; /* Markdown */
}

/* Why its bytes are not a URL; NULL: they may be one. */
static const char *error_of_bytes(struct text word)
{
    if (word.length > URL_LONGEST)
        return "is longer than 65,536 bytes, which no server takes";
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
        struct text before = text_first(word, i - 1);
        bool blank = word.at[i - 1] == ' ' || word.at[i - 1] == '\t';
        bool between = (blank && text_find(before, TEXT("://")) > 0) ||
                       (word.at[i - 1] == ',' && is_host_alone(before));
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
    if (is_wrapped(word))
        return "begins with something that is not part of the URL. Leave out what stands around it";
    if (text_find_char(text_trim(word), ' ') >= 0)
        return "has a blank in it. Write %20 if it is part of the URL; else leave out the rest. "
               "A note goes on a line of its own, after #";
    url_init(&url);
    if ((!scheme && is_something_else(word)) ||
        url_parse(&url, text_of(seed), NULL, TEXT("")) != URL_OK)
        error = NOT_A_URL;
    else
        error = error_of_url(&url);
    url_release(&url);
    return error;
}

/* Whether a word without a scheme begins like a host: with a dot, a port, or "localhost". */
static bool begins_with_host(struct text word)
{
    ptrdiff_t slash = text_find_char(word, '/');
    struct text first = slash < 0 ? word : text_first(word, (size_t)slash);
    return !text_starts(first, TEXT(".")) &&
           (text_find_char(first, '.') >= 0 || text_find_char(first, ':') >= 0 ||
            text_equal_nocase(first, TEXT("localhost")));
}

/* What stands in the place of a URL on a command line: a file or directory that is there, or a word
 * that is hardly a host.  True: a message was printed.  A directory may have the name of a host: it
 * is where its collection is. */
static bool is_no_url(struct text word, const char *path)
{
    bool host = begins_with_host(word);
    if (text_find(word, TEXT("://")) > 0 || text_starts(word, TEXT("-")) || is_something_else(word))
        return false;
    if (!host && disk_is_directory(path))
        fprintf(stderr,
                "warccap crawl: %s is a directory. To repeat the seeds of a collection: -o %s. If "
                "it is a host: http://%s\n",
                path, path, path);
    else if (disk_exists(path) && !disk_is_directory(path))
        fprintf(stderr, "warccap crawl: %s is a file. To read seeds from it: -i %s\n", path, path);
    else if (text_starts(word, TEXT("/")))
        fprintf(stderr,
                "warccap crawl: \"%s\" has no host. Write the whole URL, such as "
                "https://a-blog.example%s\n",
                path, path);
    else if (!host && word.length && !text_starts(word, TEXT(".")) && !error_of_bytes(word) &&
             text_find_char(word, ' ') < 0 && !is_wrapped(word))
        fprintf(stderr,
                "warccap crawl: \"%s\" is hardly a host, without a dot. If it is one: http://%s\n",
                path, path);
    else
        return false;
    return true;
}

/* The word as a URL; NULL without memory. */
static char *with_scheme(struct text word)
{
    struct buf seed;
    buf_init(&seed, URL_LONGEST + 100);
    /* People leave the scheme out: they mean http. */
    buf_add(&seed, text_find(word, TEXT("://")) > 0 ? "" : "http://");
    buf_add_text(&seed, text_first(word, URL_LONGEST + 1));
    char *copy = buf_ok(&seed) ? text_copy(buf_text(&seed)) : NULL;
    buf_release(&seed);
    if (!copy)
        fprintf(stderr, "warccap crawl: no memory for another URL\n");
    return copy;
}

bool seed_word_is_same(const char *one, const char *other)
{
    const char *const words[] = {one, other};
    struct url urls[2];
    struct buf keys[2];
    for (int i = 0; i < 2; i++) {
        url_init(&urls[i]);
        buf_init(&keys[i], 4 * URL_LONGEST);
        if (url_parse(&urls[i], text_of(words[i]), NULL, TEXT("")) == URL_OK)
            url_write_seen_key(&urls[i], &keys[i]);
    }
    bool same = keys[0].length && text_equal(buf_text(&keys[0]), buf_text(&keys[1]));
    for (int i = 0; i < 2; i++) {
        buf_release(&keys[i]);
        url_release(&urls[i]);
    }
    return same;
}

char *seed_word_read(struct text word, const char *place)
{
    char path[4096], shown[SHOWN_MOST + 4];
    snprintf(path, sizeof path, "%.*s", TEXT_ARGS(word));
    if (!place[0] && is_no_url(word, path))
        return NULL;
    char *seed = with_scheme(word);
    const char *error = seed ? error_of(seed, word) : NULL;
    if (!seed || !error)
        return seed;
    snprintf(shown, sizeof shown, "%.*s%s", TEXT_ARGS(text_first(word, SHOWN_MOST)),
             word.length > SHOWN_MOST ? "..." : "");
    plain_text_settle(shown, sizeof shown);
    fprintf(stderr, "warccap crawl: %s\"%s\" %s\n", place, shown, error);
    free(seed);
    return NULL;
}
