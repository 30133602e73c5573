/* Checks the options of a crawl, and tells what is expected instead. */
#include <config.h>

#include "cmd/crawl_check.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <regex.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/disk.h"
#include "base/text.h"
#include "base/utf8.h"
#include "collection/collection.h"
#include "fetch/cookie_file.h"
#include "fetch/request_headers.h"
#include "http/http_message.h"
#include "report/exit_code.h"

enum { FILE_BYTES = 16 << 20 };

static int wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
static int wrong(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("warccap crawl: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return EXIT_USAGE;
}

/* ---- lines of headers ---- */

/* "Name: value" of one line, the name a token (RFC 9110, 5.6.2). */
static bool is_field(struct text line)
{
    ptrdiff_t colon = text_find_char(line, ':');
    for (ptrdiff_t i = 0; i < colon; i++)
        if (line.at[i] <= ' ' || line.at[i] >= 127 || strchr("()<>@,;\\\"/[]?={}", line.at[i]))
            return false;
    return colon > 0 && http_value_is_clean(text_skip(line, (size_t)colon + 1));
}

/* Why a field of a request can't be the user's; NULL: it can. */
static const char *error_of_field(struct text line)
{
    static const struct {
        const char *name, *words;
    } own[] = {
        {"Host", "all hosts would get the same one; to connect to another address, use --resolve"},
        {"Range", "the responses would be parts of pages"},
        {"If-Range", "the responses would be parts of pages"},
        {"If-Match", "later runs ask by themselves whether a page has changed"},
        {"If-None-Match", "later runs ask by themselves whether a page has changed"},
        {"If-Modified-Since", "later runs ask by themselves whether a page has changed"},
        {"If-Unmodified-Since", "later runs ask by themselves whether a page has changed"},
        {"Content-Length", "requests have no body"},
        {"Transfer-Encoding", "requests have no body"},
        {"Expect", "requests have no body"},
        {"Connection", "warccap manages connections itself"},
        {"Upgrade", "warccap manages connections itself"},
    };
    struct text name = text_trim(text_first(line, (size_t)text_find_char(line, ':')));
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (text_equal_nocase(name, text_of(own[i].name)))
            return own[i].words;
    return NULL;
}

/* Lines for requests, or for a record. */
static int check_fields(const char *option, bool of_request, char **lines, int count)
{
    for (int i = 0; i < count; i++) {
        struct text line = text_of(lines[i]);
        int name = (int)strcspn(lines[i], ": \r\n"); /* the rest may be a secret */
        if (strpbrk(lines[i], "\r\n"))
            return wrong("--%s takes one line \"Name: value\"; \"%.*s\" has a line break", option,
                         name, lines[i]);
        if (!is_field(line))
            return wrong("--%s takes one line \"Name: value\", not \"%.*s\"", option, name,
                         lines[i]);
        if (!of_request && !utf8_is_valid(line))
            return wrong("--%s: the value of \"%.*s\" is not UTF-8, as WARC records are", option,
                         name, lines[i]);
        if (of_request && error_of_field(line))
            return wrong("--%s: leave %.*s out: %s", option, name, lines[i], error_of_field(line));
    }
    return EXIT_DONE;
}

static int check_fields_for(const struct fetch_options *options)
{
    for (int i = 0; i < options->header_for_count; i++) {
        struct text line = text_of(options->headers_for[i]);
        struct text host = request_headers_take_host(&line);
        /* The rest of the line may be a secret. */
        if (!host.length)
            return wrong("--header-for takes \"HOST Name: value\", such as \"blog.example X-Key: "
                         "7\"; there is no host before the field");
        if (text_find_char(host, '/') >= 0 || !is_field(line))
            return wrong("--header-for takes \"HOST Name: value\", such as \"blog.example "
                         "X-Key: 7\"; \"%.*s\" is not a host, or no field follows",
                         TEXT_ARGS(host));
        if (error_of_field(line))
            return wrong("--header-for %.*s: leave this field out: %s", TEXT_ARGS(host),
                         error_of_field(line));
    }
    return EXIT_DONE;
}

static int check_header_file(const char *path)
{
    struct trouble trouble;
    struct buf bytes;
    struct text line;
    int code = EXIT_DONE, number = 0;
    if (!path)
        return EXIT_DONE;
    buf_init(&bytes, FILE_BYTES);
    if (disk_read(path, &bytes, &trouble) != RESULT_OK) {
        wrong("--header-file: %s", trouble.words);
        code = EXIT_FILES;
    }
    struct text rest = buf_text(&bytes);
    while (!code && text_split(&rest, '\n', &line)) {
        number++;
        line = text_trim(line);
        if (!line.length || line.at[0] == '#')
            continue;
        if (!is_field(line))
            code = wrong("--header-file: %s:%d: this line is not \"Name: value\"", path, number);
        else if (error_of_field(line))
            code = wrong("--header-file: %s:%d: leave this line out: %s", path, number,
                         error_of_field(line));
    }
    buf_release(&bytes);
    return code;
}

/* ---- who, where ---- */

static int check_contact(const char *contact)
{
    struct text who = text_trim(text_of(contact ? contact : "-"));
    bool mail = text_find_char(who, '@') > 0 && !text_ends(who, TEXT("@")),
         page = text_find_char(who, '.') > 0 && text_find_char(who, '@') < 0;
    if (!contact || ((mail || page) && !contact[strcspn(contact, " \t\r\n")]))
        return EXIT_DONE;
    return wrong("--contact takes a mail address or the URL of a web page, not \"%s\"", contact);
}

static bool is_address(struct text text)
{
    char address[64];
    unsigned char bytes[16];
    if (text_starts(text, TEXT("[")) && text_ends(text, TEXT("]")))
        text = text_first(text_skip(text, 1), text.length - 2);
    if (!text.length || text.length >= sizeof address)
        return false;
    memcpy(address, text.at, text.length);
    address[text.length] = '\0';
    return inet_pton(AF_INET, address, bytes) == 1 || inet_pton(AF_INET6, address, bytes) == 1;
}

/* "HOST:PORT:ADDRESS[,ADDRESS]...", as curl takes it; HOST may be "*" or an address in brackets. */
static bool is_resolve(struct text line)
{
    struct text port, address, rest = line;
    uint64_t number;
    if (text_starts(rest, TEXT("+")))
        rest = text_skip(rest, 1);
    ptrdiff_t bracket = text_starts(rest, TEXT("[")) ? text_find_char(rest, ']') : 0;
    ptrdiff_t colon = text_find_char(text_skip(rest, (size_t)(bracket > 0 ? bracket : 0)), ':');
    if (colon < 0 || bracket < 0 || bracket + colon == 0)
        return false;
    rest = text_skip(rest, (size_t)(bracket + colon) + 1);
    if (!text_split(&rest, ':', &port) || !text_to_number(port, &number) || !number ||
        number > 65535 || !rest.at || !rest.length)
        return false;
    while (text_split(&rest, ',', &address))
        if (!is_address(address))
            return false;
    return true;
}

static int check_resolve(const struct fetch_options *options)
{
    for (int i = 0; i < options->resolve_count; i++)
        if (!is_resolve(text_of(options->resolve[i])))
            return wrong("--resolve takes HOST:PORT:ADDRESS, such as blog.example:443:192.0.2.1, "
                         "not \"%s\"",
                         options->resolve[i]);
    return EXIT_DONE;
}

/* Host names, as users write them: other letters than those of ASCII are made Punycode later. */
static bool is_domain(struct text domain)
{
    for (size_t i = 0; i < domain.length; i++)
        if (strchr(" \t/:*?@,;()[]\"'", domain.at[i]) || (unsigned char)domain.at[i] < ' ')
            return false;
    return domain.length > 0;
}

static int check_domains(const struct scope_options *options)
{
    for (int i = 0; i < options->domain_count; i++) {
        struct text rest = text_of(options->domains[i]), domain;
        if (!rest.length)
            return wrong("--domains takes host names, such as example.org,example.net");
        while (text_split(&rest, ',', &domain)) {
            domain = text_trim(domain);
            if (text_starts(domain, TEXT("*.")) || text_starts(domain, TEXT(".")))
                return wrong("--domains takes host names, and all hosts below one belong to it: "
                             "write \"%.*s\", not \"%.*s\"",
                             TEXT_ARGS(text_skip(domain, (size_t)text_find_char(domain, '.') + 1)),
                             TEXT_ARGS(domain));
            if (!is_domain(domain))
                return wrong("--domains takes host names, such as example.org,example.net, not "
                             "\"%.*s\"",
                             TEXT_ARGS(domain));
        }
    }
    return EXIT_DONE;
}

/* ---- patterns ---- */

/* A shell pattern means something else as a regular expression. */
static bool is_shell_pattern(struct text pattern)
{
    return text_starts(pattern, TEXT("*")) || text_starts(pattern, TEXT("?")) ||
           text_ends(pattern, TEXT("/*")) || text_find(pattern, TEXT("/*/")) >= 0;
}

/* What other dialects have and POSIX has not: it would be taken for something else.  NULL: nothing
 * is like that. */
static const char *foreign_to_posix(struct text pattern)
{
    static const struct {
        const char *written, *advice;
    } signs[] = {{"\\d", "\\d is not one of its signs; write [0-9]"},
                 {"\\D", "\\D is not one of its signs; write [^0-9]"},
                 {"(?i)", "(?i) is not one of its signs; write [aA] for a and A"},
                 {"(?:", "(?: is not one of its signs; write ("},
                 {"(?",
                  "(? is not one of its signs; an --include and an --exclude together say it"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        ptrdiff_t at = text_find(pattern, text_of(signs[i].written));
        if (at >= 0 && (at == 0 || pattern.at[at - 1] != '\\'))
            return signs[i].advice;
    }
    return NULL;
}

static int check_patterns(const char *option, char **patterns, int count)
{
    for (int i = 0; i < count; i++) {
        regex_t compiled;
        if (!patterns[i][0])
            return wrong("--%s takes a regular expression; an empty one matches everything",
                         option);
        if (is_shell_pattern(text_of(patterns[i])))
            return wrong("--%s takes a regular expression, but \"%s\" is a pattern of the shell. "
                         "Write .* for any characters and \\. for a dot, such as \"\\.jpg$\"",
                         option, patterns[i]);
        if (foreign_to_posix(text_of(patterns[i])))
            return wrong("--%s takes an extended regular expression of POSIX, not \"%s\": %s",
                         option, patterns[i], foreign_to_posix(text_of(patterns[i])));
        int error = regcomp(&compiled, patterns[i], REG_EXTENDED | REG_NOSUB);
        if (error) {
            char words[200];
            regerror(error, &compiled, words, sizeof words);
            return wrong("--%s takes an extended regular expression, not \"%s\": %s", option,
                         patterns[i], words);
        }
        regfree(&compiled);
    }
    return EXIT_DONE;
}

/* ---- files ---- */

static int unreadable(const char *option, const char *words)
{
    wrong("--%s: %s", option, words);
    return EXIT_FILES;
}

static int check_file(const char *option, const char *path, const char *holds, const char *called)
{
    struct trouble trouble;
    struct buf bytes;
    int code = EXIT_DONE;
    if (!path)
        return EXIT_DONE;
    buf_init(&bytes, FILE_BYTES);
    if (disk_read(path, &bytes, &trouble) != RESULT_OK)
        code = unreadable(option, trouble.words);
    else if (holds && text_find(buf_text(&bytes), text_of(holds)) < 0)
        code = wrong("--%s: %s contains no %s", option, path, called);
    buf_release(&bytes);
    return code;
}

static int check_cookie_file(const char *path)
{
    struct trouble trouble;
    struct buf bytes, lines;
    int code = EXIT_DONE;
    if (!path)
        return EXIT_DONE;
    buf_init(&bytes, COOKIE_FILE_BYTES);
    buf_init(&lines, COOKIE_LINES_BYTES);
    if (disk_read(path, &bytes, &trouble) != RESULT_OK)
        code = unreadable("load-cookies", trouble.words);
    else if (cookie_file_read(buf_text(&bytes), path, &lines, &trouble) != RESULT_OK)
        code = wrong("--load-cookies: %s", trouble.words);
    buf_release(&bytes);
    buf_release(&lines);
    return code;
}

/* ---- all ---- */

static int check_numbers(const struct crawl_options *options)
{
    if (options->tries < 1)
        return wrong("--tries takes 1 or more");
    if (options->frontier.connections < 1)
        return wrong("--connections takes 1 or more");
    if (options->capture.warc_max_size < 1)
        return wrong("--warc-max-size takes at least 1 byte, such as 1G");
    if (options->user_agent && !options->user_agent[0])
        return wrong("--user-agent takes a text; leave it out for warccap's own");
    if (options->user_agent && !http_value_is_clean(text_of(options->user_agent)))
        return wrong("--user-agent takes one line of text, without control characters");
    return EXIT_DONE;
}

int crawl_check_options(const struct crawl_options *options)
{
    const struct fetch_options *fetch = &options->fetch;
    const struct scope_options *scope = &options->scope;
    int code = check_numbers(options);
    code = code ? code : check_contact(options->contact);
    code = code ? code : check_fields("header", true, fetch->headers, fetch->header_count);
    code = code ? code : check_fields_for(fetch);
    code = code ? code : check_header_file(fetch->header_file);
    code = code ? code
                : check_fields("warc-header", false, options->capture.warc_headers,
                               options->capture.warc_header_count);
    code = code ? code : check_resolve(fetch);
    code = code ? code : check_domains(scope);
    code = code ? code : check_patterns("include", scope->include, scope->include_count);
    code = code ? code : check_patterns("exclude", scope->exclude, scope->exclude_count);
    code = code ? code
                : check_file("ca-certificate", fetch->ca_certificate, "-----BEGIN",
                             "certificate in PEM format");
    if (!code && fetch->no_cookies && fetch->cookie_file)
        code = wrong("--no-cookies and --load-cookies contradict each other; choose one");
    return code ? code : check_cookie_file(fetch->cookie_file);
}

/* ---- directories ---- */

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

struct contents {
    bool archive, parts; /* archive/; any other part of a collection */
    bool warcs;          /* in archive/ */
    bool others;         /* anything else */
};

static void look_at(const char *directory, struct contents *contents)
{
    static const char *const parts[] = {"indexes", "state", "logs", "runs", "metadata.yaml", NULL};
    static const char *const ignored[] = {".", "..", "lost+found", NULL};
    DIR *listing = opendir(directory);
    if (!listing)
        return; /* the run will say why it cannot be read */
    for (struct dirent *entry; (entry = readdir(listing));) {
        bool archive = strcmp(entry->d_name, "archive") == 0;
        bool part = is_one_of(entry->d_name, parts);
        contents->archive |= archive;
        contents->parts |= part;
        contents->others |= !archive && !part && !is_one_of(entry->d_name, ignored);
    }
    closedir(listing);
}

static void note_warc(void *context, const char *name)
{
    struct contents *contents = context;
    contents->warcs |= text_find_nocase(text_of(name), TEXT(".warc")) >= 0 ||
                       text_find_nocase(text_of(name), TEXT(".arc")) >= 0;
}

/* Empty, nothing but parts of a collection, or an archive/ with other parts or WARC files. */
static bool is_free_for_a_collection(const char *directory)
{
    struct contents contents = {.archive = false};
    struct collection *collection = collection_new(directory);
    struct trouble trouble;
    look_at(directory, &contents);
    if (collection && contents.archive)
        /* Without a listing no WARC file is seen. */
        result_ignore(disk_list(collection->archive, note_warc, &contents, &trouble));
    collection_free(collection);
    return !contents.others || (contents.archive && (contents.parts || contents.warcs));
}

int crawl_check_directory(const char *directory, bool insists)
{
    if (!directory[0])
        return wrong("-o takes the name of a directory, not an empty one");
    if (strncmp(directory, "http://", 7) == 0 || strncmp(directory, "https://", 8) == 0)
        return wrong("-o takes the name of a directory, but %s is a URL", directory);
    if (disk_exists(directory) && !disk_is_directory(directory))
        return wrong("%s is not a directory. Give the name of one with -o", directory);
    if (insists || !disk_is_directory(directory) || is_free_for_a_collection(directory))
        return EXIT_DONE;
    return wrong("%s contains other files and is not a collection. Give another directory with -o, "
                 "or add --into-any-directory to put a collection beside these files",
                 directory);
}
