/* Keeps cookies in a share of libcurl's, and takes some out again. */
#include <config.h>

#include "fetch/cookie_jar.h"

#include <stdio.h>
#include <string.h>

#include "base/disk.h"
#include "base/text.h"
#include "fetch/cookie_file.h"
#include "http/http_message.h"
#include "web/url.h"

enum { COLUMNS = 7, LINE_MOST = 16 * 1024, CHOICE_SHORTEST = 2 };

/* ---- the jar ---- */

static struct curl_slist *list(const struct cookie_jar *jar)
{
    struct curl_slist *all = NULL;
    return curl_easy_getinfo(jar->hand, CURLINFO_COOKIELIST, &all) == CURLE_OK ? all : NULL;
}

/* Gives libcurl the cookies of the user's file, line by line. It takes them for nothing else, for
 * each has its tabs. */
static bool put_loaded(struct cookie_jar *jar)
{
    struct text rest = buf_text(&jar->lines), line;
    char words[COOKIE_LINE_MOST + 64];
    while (text_split(&rest, '\n', &line)) {
        snprintf(words, sizeof words, "%.*s", (int)line.length, line.at);
        if (line.length && curl_easy_setopt(jar->hand, CURLOPT_COOKIELIST, words) != CURLE_OK)
            return false;
    }
    return true;
}

/* Reads the cookie file. */
static enum result load(struct cookie_jar *jar, const char *path, struct trouble *trouble)
{
    struct buf bytes;
    buf_init(&bytes, COOKIE_FILE_BYTES);
    enum result result = disk_read(path, &bytes, trouble);
    if (result == RESULT_OK)
        result = cookie_file_read(buf_text(&bytes), path, &jar->lines, trouble);
    buf_release(&bytes);
    if (result != RESULT_OK)
        return result;
    if (!put_loaded(jar))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for cookies");
    struct curl_slist *found = list(jar);
    jar->loaded = found != NULL;
    curl_slist_free_all(found);
    return jar->loaded ? RESULT_OK
                       : trouble_say(trouble, RESULT_LOST,
                                     "no cookie in %s is valid: they have expired, or are for a "
                                     "whole public suffix",
                                     path);
}

enum result cookie_jar_init(struct cookie_jar *jar, const struct fetch_options *options,
                            struct trouble *trouble)
{
    *jar = (struct cookie_jar){.share = NULL};
    buf_init(&jar->lines, COOKIE_LINES_BYTES);
    if (options->no_cookies)
        return RESULT_OK;
    jar->share = curl_share_init();
    jar->hand = curl_easy_init();
    if (!jar->share || !jar->hand ||
        curl_share_setopt(jar->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE) != CURLSHE_OK ||
        curl_easy_setopt(jar->hand, CURLOPT_SHARE, jar->share) != CURLE_OK)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for cookies");
    return options->cookie_file ? load(jar, options->cookie_file, trouble) : RESULT_OK;
}

void cookie_jar_release(struct cookie_jar *jar)
{
    curl_easy_cleanup(jar->hand);
    if (jar->share)
        curl_share_cleanup(jar->share);
    buf_release(&jar->lines);
    *jar = (struct cookie_jar){.share = NULL};
}

static bool has_cookie_line(const struct curl_slist *lines)
{
    for (; lines; lines = lines->next)
        if (text_starts_nocase(text_of(lines->data), TEXT("Cookie:")))
            return true;
    return false;
}

bool cookie_jar_lend(const struct cookie_jar *jar, CURL *easy, const struct curl_slist *lines)
{
    if (!jar->share || (!jar->loaded && has_cookie_line(lines)))
        return true;
    /* no file: without this, shared cookies are ignored */
    return curl_easy_setopt(easy, CURLOPT_SHARE, jar->share) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "") == CURLE_OK;
}

/* ---- what a response sets ---- */

struct cookie {
    struct text name, value;
};

static struct cookie cookie_of(struct text field)
{
    struct cookie cookie = {TEXT(""), TEXT("")};
    struct text pair = TEXT("");
    text_split(&field, ';', &pair);
    text_split(&pair, '=', &cookie.name);
    cookie.name = text_trim(cookie.name);
    cookie.value = pair.at ? text_trim(pair) : TEXT("");
    return cookie;
}

/* Whether the request was sent with the cookie, as it is. */
static bool was_sent(struct text request, const struct cookie *cookie)
{
    for (struct text line; text_split(&request, '\n', &line);) {
        struct text pair, name;
        if (!text_starts_nocase(line, TEXT("Cookie:")))
            continue;
        line = text_skip(line, strlen("Cookie:"));
        while (text_split(&line, ';', &pair)) {
            text_split(&pair, '=', &name);
            if (text_equal(text_trim(name), cookie->name) &&
                text_equal(pair.at ? text_trim(pair) : TEXT(""), cookie->value))
                return true;
        }
    }
    return false;
}

static bool has_letter(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (ascii_is_alnum(text.at[i]) && (text.at[i] < '0' || text.at[i] > '9'))
            return true;
    return false;
}

/* Whether the URL names the cookie's value as a word of its own: a parameter's value, or a segment
 * of its path. */
static bool is_choice(const struct url *url, const struct cookie *cookie)
{
    struct text query = url_query(url), path = url_path(url), part;
    if (cookie->value.length < CHOICE_SHORTEST || !has_letter(cookie->value))
        return false;
    while (url_query_part(&query, &part)) {
        struct text name;
        text_split(&part, '=', &name);
        if (part.at && text_equal_nocase(part, cookie->value))
            return true;
    }
    while (text_split(&path, '/', &part))
        if (text_equal_nocase(part, cookie->value))
            return true;
    return false;
}

static bool is_of_domain(struct text domain, struct text host)
{
    if (text_starts(domain, TEXT(".")))
        domain = text_skip(domain, 1);
    return text_ends(host, domain) &&
           (host.length == domain.length || host.at[host.length - domain.length - 1] == '.');
}

/* Writes a line of the jar with a date in the past, if it is this cookie of the host. */
static bool write_expired(struct text line, struct text host, const struct cookie *cookie,
                          char out[LINE_MOST])
{
    struct text columns[COLUMNS], rest = line;
    for (int i = 0; i < COLUMNS; i++)
        if (!text_split(&rest, '\t', &columns[i]))
            return false;
    struct text domain = columns[0];
    if (text_starts(domain, TEXT("#HttpOnly_")))
        domain = text_skip(domain, strlen("#HttpOnly_"));
    if (!text_equal(columns[5], cookie->name) || !text_equal(columns[6], cookie->value) ||
        !is_of_domain(domain, host) || line.length + 2 > LINE_MOST)
        return false;
    snprintf(out, LINE_MOST, "%.*s\t%.*s\t%.*s\t%.*s\t1\t%.*s\t%.*s", TEXT_ARGS(columns[0]),
             TEXT_ARGS(columns[1]), TEXT_ARGS(columns[2]), TEXT_ARGS(columns[3]),
             TEXT_ARGS(columns[5]), TEXT_ARGS(columns[6]));
    return true;
}

static void forget(const struct cookie_jar *jar, struct text host, const struct cookie *cookie)
{
    struct curl_slist *all = list(jar);
    char expired[LINE_MOST];
    for (const struct curl_slist *line = all; line; line = line->next)
        if (write_expired(text_of(line->data), host, cookie, expired))
            curl_easy_setopt(jar->hand, CURLOPT_COOKIELIST, expired);
    curl_slist_free_all(all);
}

/* A hostile site could fill the memory with cookies. */
static void keep_small(struct cookie_jar *jar)
{
    int count = 0;
    if (jar->taken < COOKIES_MOST)
        return;
    jar->taken = 0;
    struct curl_slist *all = list(jar);
    for (const struct curl_slist *line = all; line; line = line->next)
        count++;
    curl_slist_free_all(all);
    if (count <= COOKIES_MOST)
        return;
    curl_easy_setopt(jar->hand, CURLOPT_COOKIELIST, "ALL");
    if (jar->loaded)
        put_loaded(jar);
}

void cookie_jar_see(struct cookie_jar *jar, struct exchange *exchange)
{
    struct text bytes = text_first(spool_bytes(&exchange->response), exchange->head_length);
    struct http_head head;
    struct url url;
    if (!jar->share || text_find_nocase(bytes, TEXT("\nSet-Cookie:")) < 0)
        return;
    url_init(&url);
    bool read = http_response_read(&head, bytes);
    bool parsed = url_parse(&url, buf_text(&exchange->url), NULL, TEXT("")) == URL_OK;
    bool goes_on = exchange->facts.by_redirect && head.status / 100 == 3;
    for (size_t i = 0; read && parsed && i < head.field_count; i++) {
        if (!text_equal_nocase(head.fields[i].name, TEXT("Set-Cookie")))
            continue;
        struct cookie cookie = cookie_of(head.fields[i].value);
        jar->taken++;
        if (was_sent(buf_text(&exchange->request), &cookie))
            continue;
        exchange->facts.sets_cookie = true;
        if (!goes_on && is_choice(&url, &cookie))
            forget(jar, url_host(&url), &cookie);
    }
    keep_small(jar);
    url_release(&url);
    http_head_release(&head);
}
