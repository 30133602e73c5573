/*
 * Three steps as the Python package takes them: the "Google" step makes escapes and the path canonical, the "IA" step
 * folds case, www and session ids away and sorts the query, and the key is printed with its host reversed.
 */
#include <config.h>

#include "web/surt.h"

#include <arpa/inet.h>
#include <idn2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SURT_LONGEST = 1 << 20, ARGUMENTS_MOST = 4096 };

/* ---- escapes ----------------------------------------------------------------------------------------------- */

/* Percent-decodes again and again until nothing changes: each pass works in place on the buffer. */
static void unescape_all(struct buf *text)
{
    bool changed = true;
    while (changed && text->length) {
        size_t to = 0;
        changed = false;
        for (size_t from = 0; from < text->length; from++) {
            char c = text->data[from];
            if (c == '%' && from + 2 < text->length && hex_value(text->data[from + 1]) >= 0 &&
                hex_value(text->data[from + 2]) >= 0) {
                c = (char)(hex_value(text->data[from + 1]) << 4 | hex_value(text->data[from + 2]));
                from += 2;
                changed = true;
            }
            text->data[to++] = c;
        }
        text->length = to;
    }
}

static void escape_once(struct text text, struct buf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c > 0x20 && c < 0x7f && c != '#' && c != '%')
            buf_add_char(out, (char)c);
        else {
            char escaped[3] = {'%', digits[c >> 4], digits[c & 15]};
            buf_append(out, escaped, 3);
        }
    }
}

static void lower(struct buf *text)
{
    for (size_t i = 0; i < text->length; i++)
        text->data[i] = ascii_lower(text->data[i]);
}

/* ---- host -------------------------------------------------------------------------------------------------- */

static bool all_digits(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!ascii_is_digit(text.at[i]))
            return false;
    return text.length > 0;
}

/* Numbers that a resolver takes for an IPv4 address: "1.2.3" is 1.2.0.3. */
static void canonical_address(struct buf *host)
{
    struct in_addr address;
    struct text text = buf_text(host);
    char dotted[INET_ADDRSTRLEN];
    if (all_digits(text)) {
        unsigned long long number = strtoull(host->data, NULL, 10);
        address.s_addr = htonl((uint32_t)number);
    } else {
        size_t i = 0;
        while (i < text.length && (ascii_is_digit(text.at[i]) || text.at[i] == '.'))
            i++;
        if (i < text.length || !text.length || !inet_aton(host->data, &address))
            return;
    }
    inet_ntop(AF_INET, &address, dotted, sizeof dotted);
    buf_clear(host);
    buf_add(host, dotted);
}

static void canonical_host(struct buf *host)
{
    struct buf clean;
    char *ascii = NULL;
    bool is_ascii = true;
    unescape_all(host);
    for (size_t i = 0; i < host->length; i++)
        is_ascii = is_ascii && (unsigned char)host->data[i] < 0x80;
    buf_add(host, "");
    if (!is_ascii && idn2_to_ascii_8z(host->data, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) == IDN2_OK) {
        buf_clear(host);
        buf_add(host, ascii);
    }
    idn2_free(ascii);
    /* ".." becomes "." once, dots at the ends go. */
    buf_init(&clean, SURT_LONGEST);
    for (size_t i = 0; i < host->length; i++) {
        buf_add_char(&clean, host->data[i]);
        if (host->data[i] == '.' && i + 1 < host->length && host->data[i + 1] == '.')
            i++;
    }
    struct text trimmed = buf_text(&clean);
    while (trimmed.length && trimmed.at[0] == '.')
        trimmed = text_skip(trimmed, 1);
    while (trimmed.length && trimmed.at[trimmed.length - 1] == '.')
        trimmed.length--;
    buf_clear(host);
    buf_add_text(host, trimmed);
    canonical_address(host);
    buf_clear(&clean);
    escape_once(buf_text(host), &clean);
    buf_take(host, &clean);
    lower(host);
    buf_release(&clean);
}

static struct text without_www(struct text host)
{
    size_t i = 3;
    if (!text_starts(host, TEXT("www")))
        return host;
    while (i < host.length && ascii_is_digit(host.at[i]))
        i++;
    return i < host.length && host.at[i] == '.' ? text_skip(host, i + 1) : host;
}

static void add_reversed(struct text host, struct buf *out)
{
    while (host.length) {
        size_t from = host.length;
        while (from && host.at[from - 1] != '.')
            from--;
        buf_add_text(out, text_skip(host, from));
        if (from)
            buf_add_char(out, ',');
        host.length = from ? from - 1 : 0;
    }
}

/* ---- path -------------------------------------------------------------------------------------------------- */

/* "." goes, ".." takes the segment before it away (a leading one stays), empty segments collapse, a closing slash
 * stays. */
static void normalise_path(struct buf *path)
{
    struct buf out;
    struct text rest = buf_text(path), segment;
    bool closing = rest.length && rest.at[rest.length - 1] == '/';
    buf_init(&out, SURT_LONGEST);
    buf_add_char(&out, '/');
    while (text_split(&rest, '/', &segment)) {
        if (!segment.length || text_equal(segment, TEXT(".")))
            continue;
        struct text done = buf_text(&out);
        bool leads = done.length <= 1 || text_equal(done, TEXT("/../")) || text_ends(done, TEXT("/../"));
        if (text_equal(segment, TEXT("..")) && !leads) {
            size_t length = out.length - 1;
            while (length && out.data[length - 1] != '/')
                length--;
            out.length = length;
            continue;
        }
        buf_add_text(&out, segment);
        buf_add_char(&out, '/');
    }
    if (!closing && out.length > 1)
        out.length--;
    buf_clear(path);
    escape_once(buf_text(&out), path);
    buf_release(&out);
}

/* "/(S(24 characters))/" and "/(24 characters)/" before a name ending in .aspx (ASP.NET's cookieless sessions). */
static void strip_path_session(struct buf *path)
{
    struct text text = buf_text(path);
    if (!text_ends(text, TEXT(".aspx")))
        return;
    for (size_t i = 0; i + 28 < text.length; i++) {
        struct text here = text_skip(text, i);
        bool wrapped = text_starts(here, TEXT("/(s("));
        if (!text_starts(here, TEXT("/(")))
            continue;
        size_t from = wrapped ? 4 : 2, to = from;
        while (to < here.length && to - from < 24 && ascii_is_alnum(here.at[to]))
            to++;
        struct text behind = text_skip(here, to);
        if (to - from != 24 || !text_starts(behind, wrapped ? TEXT("))/") : TEXT(")/")))
            continue;
        size_t cut = to + (wrapped ? 2 : 1);
        memmove(path->data + i, path->data + i + cut, path->length - i - cut);
        path->length -= cut;
        return;
    }
}

/* ---- query ------------------------------------------------------------------------------------------------- */

/* Removes the last match (the pattern's prefix is greedy) of name + `length` characters of the class + ('&' or end). */
static bool strip_value(struct buf *query, const char *name, size_t length, bool letters_only)
{
    struct text text = buf_text(query), wanted = text_of(name);
    for (size_t i = text.length; i-- > 0;) {
        struct text here = text_skip(text, i);
        size_t end = wanted.length, count = 0;
        if (!text_starts_nocase(here, wanted))
            continue;
        while (count < length && end < here.length &&
               (letters_only ? ascii_is_alpha(here.at[end]) : ascii_is_alnum(here.at[end]))) {
            end++;
            count++;
        }
        if (count < length || (end < here.length && here.at[end] != '&'))
            continue;
        if (end < here.length)
            end++;
        memmove(query->data + i, query->data + i + end, query->length - i - end);
        query->length -= end;
        return true;
    }
    return false;
}

static void strip_aspsessionid(struct buf *query)
{
    struct text text = buf_text(query);
    for (size_t i = text.length; i-- > 0;) {
        struct text here = text_skip(text, i);
        char name[32];
        if (!text_starts_nocase(here, TEXT("aspsessionid")) || here.length < 21 || here.at[20] != '=')
            continue;
        snprintf(name, sizeof name, "%.21s", here.at);
        if (strip_value(query, name, 24, true))
            return;
    }
}

static void strip_cfid(struct buf *query)
{
    struct text text = buf_text(query);
    for (size_t i = text.length; i-- > 0;) {
        struct text here = text_skip(text, i);
        if (!text_starts_nocase(here, TEXT("cfid=")))
            continue;
        size_t end = 5;
        while (end < here.length && here.at[end] != '&')
            end++;
        if (end == 5 || !text_starts_nocase(text_skip(here, end), TEXT("&cftoken=")))
            continue;
        size_t from = end += 9;
        while (end < here.length && here.at[end] != '&')
            end++;
        if (end == from)
            continue;
        end += end < here.length;
        memmove(query->data + i, query->data + i + end, query->length - i - end);
        query->length -= end;
        return;
    }
}

struct argument {
    struct text name, value;
    bool has_value;
};

/* Tuples of bytes: a name alone comes before the same name with '='. */
static int by_bytes(const void *left, const void *right)
{
    const struct argument *a = left, *b = right;
    int order = text_compare(a->name, b->name);
    if (!order)
        order = a->has_value - b->has_value;
    return order ? order : text_compare(a->value, b->value);
}

static void sort_query(struct buf *query)
{
    struct text rest = buf_text(query), part;
    size_t count = 1;
    for (size_t i = 0; i < rest.length; i++)
        count += rest.at[i] == '&';
    struct argument *arguments = count <= ARGUMENTS_MOST ? calloc(count, sizeof *arguments) : NULL;
    struct buf out;
    if (!arguments)
        return;
    count = 0;
    while (text_split(&rest, '&', &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        arguments[count++] = (struct argument){.name = equals < 0 ? part : text_first(part, (size_t)equals),
                                               .value = equals < 0 ? TEXT("") : text_skip(part, (size_t)equals + 1),
                                               .has_value = equals >= 0};
    }
    qsort(arguments, count, sizeof *arguments, by_bytes);
    buf_init(&out, SURT_LONGEST);
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add_char(&out, '&');
        buf_add_text(&out, arguments[i].name);
        if (arguments[i].has_value)
            buf_add_char(&out, '=');
        buf_add_text(&out, arguments[i].value);
    }
    free(arguments);
    buf_take(query, &out);
    buf_release(&out);
}

static void canonical_query(struct buf *query)
{
    struct buf escaped;
    unescape_all(query);
    buf_init(&escaped, SURT_LONGEST);
    escape_once(buf_text(query), &escaped);
    buf_take(query, &escaped);
    buf_release(&escaped);
    strip_value(query, "jsessionid=", 32, false);
    strip_value(query, "phpsessid=", 32, false);
    strip_value(query, "sid=", 32, false);
    strip_aspsessionid(query);
    strip_cfid(query);
    lower(query);
    if (query->length > 1)
        sort_query(query);
}

/* ---- the whole --------------------------------------------------------------------------------------------- */

static size_t scheme_length(struct text text)
{
    size_t i = 0;
    if (!text.length || !ascii_is_alpha(text.at[0]))
        return 0;
    while (i < text.length && (ascii_is_alnum(text.at[i]) || text.at[i] == '+' || text.at[i] == '.' || text.at[i] == '-'))
        i++;
    return i < text.length && text.at[i] == ':' ? i + 1 : 0;
}

static struct text last_http(struct text text)
{
    for (;;) {
        size_t length = text_starts(text, TEXT("http://")) ? 7 : text_starts(text, TEXT("https://")) ? 8 : 0;
        struct text rest = text_skip(text, length);
        if (!length || (!text_starts(rest, TEXT("http://")) && !text_starts(rest, TEXT("https://"))))
            return text;
        text = rest;
    }
}

static void add_authority(struct text authority, bool https, struct buf *out)
{
    struct buf host;
    ptrdiff_t at = -1;
    for (size_t i = 0; i < authority.length; i++)
        if (authority.at[i] == '@')
            at = (ptrdiff_t)i;
    authority = text_skip(authority, (size_t)(at + 1));
    size_t end = authority.length;
    while (end && ascii_is_digit(authority.at[end - 1]))
        end--;
    bool has_port = end && authority.at[end - 1] == ':';
    struct text port = has_port ? text_skip(authority, end) : TEXT("");
    if (has_port)
        authority.length = end - 1;
    if (text_equal(port, https ? TEXT("443") : TEXT("80")))
        port.length = 0;
    buf_init(&host, SURT_LONGEST);
    if (authority.length > 1 && authority.at[0] == '[' && authority.at[authority.length - 1] == ']') {
        buf_add_text(&host, (struct text){authority.at + 1, authority.length - 2});
        lower(&host);
        buf_add_text(out, buf_text(&host));
    } else {
        buf_add_text(&host, authority);
        canonical_host(&host);
        add_reversed(without_www(buf_text(&host)), out);
    }
    if (port.length) {
        buf_add_char(out, ':');
        buf_add_text(out, port);
    }
    buf_add_char(out, ')');
    buf_release(&host);
}

static void add_path_and_query(struct text rest, bool hierarchical, struct buf *out)
{
    struct buf path, query;
    ptrdiff_t question = text_find_char(rest, '?');
    buf_init(&path, SURT_LONGEST);
    buf_init(&query, SURT_LONGEST);
    buf_add_text(&path, question < 0 ? rest : text_first(rest, (size_t)question));
    unescape_all(&path);
    if (hierarchical)
        normalise_path(&path);
    lower(&path);
    strip_path_session(&path);
    if (path.length > 1 && path.data[path.length - 1] == '/')
        path.length--;
    buf_add_text(out, buf_text(&path));
    if (question >= 0) {
        buf_add_text(&query, text_skip(rest, (size_t)question + 1));
        canonical_query(&query);
    }
    if (query.length) {
        buf_add_char(out, '?');
        buf_add_text(out, buf_text(&query));
    }
    buf_release(&path);
    buf_release(&query);
}

/* Other schemes and bracketed hosts come as they are: a blank or a line end in them would cut the index's line in two. */
static void escape_blanks(struct buf *out, size_t from)
{
    struct buf key;
    size_t blanks = 0;
    for (size_t i = from; i < out->length; i++)
        blanks += (unsigned char)out->data[i] <= ' ' || out->data[i] == 0x7f;
    if (!blanks)
        return;
    buf_init(&key, SURT_LONGEST);
    for (size_t i = from; i < out->length; i++) {
        unsigned char c = (unsigned char)out->data[i];
        if (c <= ' ' || c == 0x7f)
            buf_printf(&key, "%%%02X", c);
        else
            buf_add_char(&key, (char)c);
    }
    out->length = from;
    buf_add_text(out, buf_text(&key));
    buf_release(&key);
}

static void write_key(struct text input, struct buf *out)
{
    struct buf clean;
    struct text url;
    if (!input.length || text_starts(input, TEXT("filedesc"))) {
        buf_add_text(out, input.length ? input : TEXT("-"));
        return;
    }
    buf_init(&clean, SURT_LONGEST);
    input = text_trim(input);
    if (!scheme_length(input))
        buf_add(&clean, "http://");
    for (size_t i = 0; i < input.length; i++)
        if (input.at[i] != '\r' && input.at[i] != '\n' && input.at[i] != '\t')
            buf_add_char(&clean, input.at[i]);
    url = last_http(buf_text(&clean));
    ptrdiff_t fragment = text_find_char(url, '#');
    if (fragment >= 0)
        url.length = (size_t)fragment;
    size_t scheme = scheme_length(url);
    struct text rest = text_skip(url, scheme);
    if (text_starts(url, TEXT("dns:")))
        buf_add_text(out, url);
    else if (!text_starts(rest, TEXT("//"))) {
        buf_add_text(out, text_first(url, scheme));
        add_path_and_query(rest, false, out);
    } else {
        bool https = text_starts_nocase(url, TEXT("https:"));
        rest = text_skip(rest, 2);
        while (text_starts(rest, TEXT("/")))
            rest = text_skip(rest, 1);
        size_t end = 0;
        while (end < rest.length && rest.at[end] != '/' && rest.at[end] != '?')
            end++;
        add_authority(text_first(rest, end), https, out);
        add_path_and_query(text_skip(rest, end), true, out);
    }
    buf_release(&clean);
}

void surt_write(struct text url, struct buf *out)
{
    size_t from = out->length;
    write_key(url, out);
    escape_blanks(out, from);
}
