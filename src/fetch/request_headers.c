/* Chooses the header lines of a request. */
#include <config.h>

#include "fetch/request_headers.h"

#include <stdlib.h>

#include "base/disk.h"

enum { FILE_BYTES = 1024 * 1024 };

static struct text name_of(struct text line)
{
    ptrdiff_t colon = text_find_char(line, ':');
    return text_trim(text_first(line, colon < 0 ? line.length : (size_t)colon));
}

/* Whether a field of this name is the same whoever asks. */
static bool is_for_everybody(struct text name)
{
    static const char *const names[] = {"Accept",
                                        "Accept-Charset",
                                        "Accept-Encoding",
                                        "Accept-Language",
                                        "Cache-Control",
                                        "DNT",
                                        "From",
                                        "Pragma",
                                        "Priority",
                                        "Referer",
                                        "Via",
                                        "Upgrade-Insecure-Requests",
                                        "Save-Data",
                                        "Sec-GPC",
                                        "User-Agent"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_nocase(name, text_of(names[i])))
            return true;
    return false;
}

struct text request_headers_take_host(struct text *line)
{
    struct text rest = text_trim(*line);
    ptrdiff_t blank = text_find_char(rest, ' ');
    struct text host = text_first(rest, blank < 0 ? 0 : (size_t)blank);
    *line = text_trim(text_skip(rest, host.length));
    return host;
}

/* The next line of --header-file that is none of blank and comment. */
static bool next_line(struct text *rest, struct text *line)
{
    while (text_split(rest, '\n', line)) {
        *line = text_trim(*line);
        if (line->length && line->at[0] != '#')
            return true;
    }
    return false;
}

static void note_secret(struct request_headers *headers, struct text line)
{
    struct text name = name_of(line);
    if (is_for_everybody(name))
        return;
    buf_add_text(&headers->secrets, name);
    buf_add_char(&headers->secrets, '\n');
}

enum result request_headers_init(struct request_headers *headers,
                                 const struct fetch_options *options, struct trouble *trouble)
{
    *headers = (struct request_headers){.options = options};
    buf_init(&headers->file, FILE_BYTES);
    buf_init(&headers->secrets, FILE_BYTES);
    enum result result =
        options->header_file ? disk_read(options->header_file, &headers->file, trouble) : RESULT_OK;
    struct text rest = buf_text(&headers->file), line;
    while (result == RESULT_OK && next_line(&rest, &line))
        note_secret(headers, line);
    for (int i = 0; i < options->header_count; i++)
        note_secret(headers, text_of(options->headers[i]));
    for (int i = 0; i < options->header_for_count; i++) {
        line = text_of(options->headers_for[i]);
        request_headers_take_host(&line);
        note_secret(headers, line);
    }
    return result == RESULT_OK && !buf_ok(&headers->secrets)
               ? trouble_say(trouble, RESULT_BROKEN, "no memory for header lines")
               : result;
}

void request_headers_release(struct request_headers *headers)
{
    for (size_t i = 0; i < headers->site_count; i++)
        url_release(&headers->sites[i]);
    free(headers->sites);
    buf_release(&headers->file);
    buf_release(&headers->secrets);
    *headers = (struct request_headers){.options = NULL};
}

enum result request_headers_add_site(struct request_headers *headers, const struct url *seed,
                                     struct trouble *trouble)
{
    struct url *sites = realloc(headers->sites, (headers->site_count + 1) * sizeof *sites);
    headers->sites = sites ? sites : headers->sites;
    if (sites) {
        url_init(&sites[headers->site_count]);
        if (url_copy(&sites[headers->site_count], seed)) {
            headers->site_count++;
            return RESULT_OK;
        }
        url_release(&sites[headers->site_count]);
    }
    return trouble_say(trouble, RESULT_BROKEN, "no memory for another seed");
}

/* Whether the URL is on the site of a seed.  What was meant to be encrypted is not sent in the
 * clear. */
static bool is_trusted(const struct request_headers *headers, const struct url *url)
{
    for (size_t i = 0; i < headers->site_count; i++)
        if (url_same_site(&headers->sites[i], url) && (url->https || !headers->sites[i].https))
            return true;
    return false;
}

static bool is_for_host(struct text host, const struct url *url)
{
    return text_equal(host, TEXT("*")) || text_equal_nocase(host, url_host(url)) ||
           text_equal_nocase(host, url_authority(url));
}

static bool add(struct curl_slist **list, struct text line)
{
    char *copy = text_copy(line);
    struct curl_slist *longer = copy ? curl_slist_append(*list, copy) : NULL;
    *list = longer ? longer : *list;
    free(copy);
    return longer != NULL;
}

/* Whether --header-for has a field of this name for the URL. */
static bool is_replaced(const struct fetch_options *options, const struct url *url,
                        struct text name)
{
    for (int i = 0; i < options->header_for_count; i++) {
        struct text line = text_of(options->headers_for[i]);
        if (is_for_host(request_headers_take_host(&line), url) &&
            text_equal_nocase(name_of(line), name))
            return true;
    }
    return false;
}

/* A line of --header or --header-file. */
static bool add_general(const struct request_headers *headers, const struct url *url, bool trusted,
                        struct text line, struct curl_slist **list)
{
    struct text name = name_of(line);
    if ((!trusted && !is_for_everybody(name)) || is_replaced(headers->options, url, name))
        return true;
    return add(list, line);
}

bool request_headers_write(const struct request_headers *headers, const struct url *url,
                           struct curl_slist **list)
{
    const struct fetch_options *options = headers->options;
    bool ok = true, trusted = is_trusted(headers, url);
    struct text rest = buf_text(&headers->file), line;
    for (int i = 0; ok && i < options->header_count; i++)
        ok = add_general(headers, url, trusted, text_of(options->headers[i]), list);
    while (ok && next_line(&rest, &line))
        ok = add_general(headers, url, trusted, line, list);
    for (int i = 0; ok && i < options->header_for_count; i++) {
        line = text_of(options->headers_for[i]);
        if (is_for_host(request_headers_take_host(&line), url))
            ok = add(list, line);
    }
    return ok;
}

bool request_headers_are_secret(const struct fetch_options *options)
{
    for (int i = 0; i < options->header_count; i++)
        if (!is_for_everybody(name_of(text_of(options->headers[i]))))
            return true;
    return options->header_for_count || options->header_file || options->cookie_file;
}
