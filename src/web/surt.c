/*
 * Takes the three steps of the Python package, to give the same key for every URL.  The "Google"
 * step makes escapes and the path canonical.  The "IA" step folds case, removes www and session ids
 * and sorts the query.  Then the key is written with its host reversed.
 */
#include <config.h>

#include "web/surt.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "web/idna.h"

enum { SURT_LONGEST = 1 << 20, ARGUMENTS_MOST = 1 << 16 };

/* What a piece lacks for want of memory, the whole lacks. */
static void pass_on(const struct buf *piece, struct buf *whole)
{
    if (buf_is_out_of_memory(piece))
        buf_fail(whole);
}

/* The parts of a URL by RFC 2396, appendix B. */
struct pieces {
    struct text scheme, host, path, query;
    struct text port; /* without leading zeros; empty when there is none */
};

/* ---- escapes ---- */

/* Percent-decodes in place until nothing changes. */
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

static bool stays(unsigned char c)
{
    return c > 0x20 && c < 0x7f && c != '#' && c != '%';
}

static void escape_once(struct text text, struct buf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    while (text.length) {
        size_t plain = 0;
        while (plain < text.length && stays((unsigned char)text.at[plain]))
            plain++;
        buf_add_text(out, text_first(text, plain));
        text = text_skip(text, plain);
        if (!text.length)
            break;
        unsigned char c = (unsigned char)text.at[0];
        char escaped[3] = {'%', digits[c >> 4], digits[c & 15]};
        buf_append(out, escaped, 3);
        text = text_skip(text, 1);
    }
}

static void lower(struct buf *text)
{
    for (size_t i = 0; i < text->length; i++)
        text->data[i] = ascii_lower(text->data[i]);
}

static void cut_out(struct buf *buf, size_t at, size_t length)
{
    if (!length)
        return;
    memmove(buf->data + at, buf->data + at + length, buf->length - at - length);
    buf->length -= length;
}

/* ---- host ---- */

/* How many digits up to `highest` are at the start of `text`. */
static size_t count_digits(struct text text, char highest)
{
    size_t count = 0;
    while (count < text.length && text.at[count] >= '0' && text.at[count] <= highest)
        count++;
    return count;
}

/* Whether the host is one to four numbers separated by dots: octal when it begins with 0, else
 * decimal. */
static bool looks_like_address(struct text host)
{
    char highest = text_starts(host, TEXT("0")) ? '7' : '9';
    struct text part;
    size_t parts = 0;
    while (text_split(&host, '.', &part))
        if (++parts > 4 || !part.length || count_digits(part, highest) < part.length)
            return false;
    return parts > 0;
}

/* Writes an IPv4 address in full, as a resolver reads it: "1.2.3" is 1.2.0.3.  A single number is
 * taken modulo 2^32. */
static void canonical_address(struct buf *host)
{
    struct in_addr address;
    struct text text = buf_text(host);
    char dotted[INET_ADDRSTRLEN];
    if (text.length && count_digits(text, '9') == text.length) {
        uint32_t number = 0;
        for (size_t i = 0; i < text.length; i++)
            number = number * 10 + (uint32_t)(text.at[i] - '0');
        address.s_addr = htonl(number);
    } else if (!looks_like_address(text) || !inet_aton(host->data, &address)) {
        return;
    }
    inet_ntop(AF_INET, &address, dotted, sizeof dotted);
    buf_clear(host);
    buf_add(host, dotted);
}

/* Converts the name to ASCII.  A name for which that fails stays as it is, and is escaped later.
 * Bytes that are not UTF-8 are ignored. */
static void encode_name(struct buf *host)
{
    struct buf name, ascii;
    struct text rest = buf_text(host);
    while (rest.length && (unsigned char)rest.at[0] < 0x80)
        rest = text_skip(rest, 1);
    if (!rest.length)
        return;
    buf_init(&name, SURT_LONGEST);
    buf_init(&ascii, SURT_LONGEST);
    buf_add_text(&name, text_first(buf_text(host), host->length - rest.length));
    while (rest.length) {
        uint32_t character;
        size_t length = utf8_read(rest, &character);
        buf_add_text(&name, text_first(rest, length));
        rest = text_skip(rest, length ? length : 1);
    }
    if (idna_write(&ascii, buf_text(&name), IDNA_OF_2003))
        buf_take(host, &ascii);
    pass_on(&name, host);
    pass_on(&ascii, host);
    buf_release(&name);
    buf_release(&ascii);
}

/* Replaces each ".." by ".", in one pass, and removes dots at the ends. */
static void strip_dots(struct buf *host)
{
    size_t to = 0, leading = 0;
    for (size_t from = 0; from < host->length; from++) {
        host->data[to++] = host->data[from];
        if (host->data[from] == '.' && from + 1 < host->length && host->data[from + 1] == '.')
            from++;
    }
    while (to && host->data[to - 1] == '.')
        to--;
    while (leading < to && host->data[leading] == '.')
        leading++;
    host->length = to;
    cut_out(host, 0, leading);
    buf_add(host, ""); /* restores the NUL after it */
}

static void canonical_host(struct buf *host)
{
    struct buf escaped;
    unescape_all(host);
    encode_name(host);
    strip_dots(host);
    canonical_address(host);
    buf_init(&escaped, SURT_LONGEST);
    escape_once(buf_text(host), &escaped);
    lower(&escaped);
    buf_take(host, &escaped);
    buf_release(&escaped);
}

static struct text without_www(struct text host)
{
    if (!text_starts(host, TEXT("www")))
        return host;
    size_t end = 3 + count_digits(text_skip(host, 3), '9');
    return end < host.length && host.at[end] == '.' ? text_skip(host, end + 1) : host;
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

/* ---- path ---- */

/* Drops "." segments.  ".." also removes the segment before it, even an empty one, or a ".." that
 * had nothing to remove. */
static void take_back_dots(struct text path, struct buf *out)
{
    struct text segment;
    path = text_skip(path, 1); /* its first slash */
    while (text_split(&path, '/', &segment)) {
        if (text_equal(segment, TEXT(".")))
            continue;
        if (text_equal(segment, TEXT("..")) && out->length) {
            while (out->data[--out->length] != '/')
                ;
            continue;
        }
        buf_add_char(out, '/');
        buf_add_text(out, segment);
    }
}

static void normalise_path(struct buf *path)
{
    struct buf kept;
    size_t to = 0;
    buf_init(&kept, SURT_LONGEST);
    take_back_dots(buf_text(path), &kept);
    for (size_t from = 0; from < kept.length; from++) /* drops empty segments */
        if (kept.data[from] != '/' || !to || kept.data[to - 1] != '/')
            kept.data[to++] = kept.data[from];
    kept.length = to;
    if (!to)
        buf_add_char(&kept, '/');
    buf_take(path, &kept);
    buf_release(&kept);
}

/* Length of `opening`, `count` characters of a session id and `closing` at the start of the text; 0
 * when it does not begin like that. */
static size_t id_length(struct text text, struct text opening, size_t count, struct text closing,
                        bool letters_only)
{
    struct text rest = text;
    if (!text_starts_nocase(rest, opening))
        return 0;
    rest = text_skip(rest, opening.length);
    for (size_t i = 0; i < count; i++)
        if (i >= rest.length ||
            !(letters_only ? ascii_is_alpha(rest.at[i]) : ascii_is_alnum(rest.at[i])))
            return 0;
    rest = text_skip(rest, count);
    return text_starts(rest, closing) ? text.length - rest.length + closing.length : 0;
}

/* "(S(24 characters)F(24 characters))/" */
static size_t lettered_session(struct text text)
{
    size_t end = 1, length = 0;
    if (!text_starts(text, TEXT("(")))
        return 0;
    while (end < text.length && ascii_is_alpha(text.at[end]) &&
           (length = id_length(text_skip(text, end + 1), TEXT("("), 24, TEXT(")"), false)) > 0)
        end += 1 + length;
    return end > 1 && text_starts(text_skip(text, end), TEXT(")/")) ? end + 2 : 0;
}

/* "(24 characters)/" */
static size_t bare_session(struct text text)
{
    return id_length(text, TEXT("("), 24, TEXT(")/"), false);
}

/* Removes the last cookieless session of ASP.NET: a segment before a name that contains ".aspx". */
static void strip_path_session(struct buf *path, size_t (*session)(struct text text))
{
    struct text text = buf_text(path);
    for (size_t i = text.length; i-- > 1;) {
        struct text here = text_skip(text, i);
        size_t length = text.at[i - 1] == '/' ? session(here) : 0;
        struct text name = text_skip(here, length + 1); /* something must be before the dot */
        ptrdiff_t aspx = length ? text_find(name, TEXT(".aspx")) : -1;
        if (aspx < 0 ||
            text_find_char(text_first(text_skip(here, length), (size_t)aspx + 1), '?') >= 0)
            continue;
        cut_out(path, i, length);
        return;
    }
}

/* ---- query ---- */

static size_t jsessionid(struct text text)
{
    return id_length(text, TEXT("jsessionid="), 32, TEXT(""), false);
}

static size_t phpsessid(struct text text)
{
    return id_length(text, TEXT("phpsessid="), 32, TEXT(""), false);
}

static size_t sid(struct text text)
{
    return id_length(text, TEXT("sid="), 32, TEXT(""), false);
}

static size_t aspsessionid(struct text text)
{
    size_t name = id_length(text, TEXT("aspsessionid"), 8, TEXT("="), true);
    size_t value = name ? id_length(text_skip(text, name), TEXT(""), 24, TEXT(""), true) : 0;
    return value ? name + value : 0;
}

/* Length of `name` and its value; 0 when the value is empty. */
static size_t argument_length(struct text text, struct text name)
{
    size_t end = name.length;
    if (!text_starts_nocase(text, name))
        return 0;
    while (end < text.length && text.at[end] != '&')
        end++;
    return end > name.length ? end : 0;
}

static size_t cfid(struct text text)
{
    size_t id = argument_length(text, TEXT("cfid="));
    size_t token = id ? argument_length(text_skip(text, id), TEXT("&cftoken=")) : 0;
    return token ? id + token : 0;
}

/* Removes the last session id of one kind, wherever its name begins, and the '&' after it. */
static void strip_query_session(struct buf *query, size_t (*session)(struct text text), char first)
{
    struct text text = buf_text(query);
    for (size_t i = text.length; i-- > 0;) {
        if (ascii_lower(text.at[i]) != first) /* saves most calls */
            continue;
        size_t length = session(text_skip(text, i));
        bool at_end = i + length == text.length;
        if (!length || (!at_end && text.at[i + length] != '&'))
            continue;
        cut_out(query, i, length + !at_end);
        return;
    }
}

struct argument {
    struct text name, value;
    bool has_value;
};

/* Python compares tuples of bytes: a name alone comes before the same name with '='. */
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
    if (!arguments) {
        if (count <= ARGUMENTS_MOST)
            buf_fail(query);
        return;
    }
    count = 0;
    while (text_split(&rest, '&', &part)) {
        ptrdiff_t equals = text_find_char(part, '=');
        arguments[count++] =
            (struct argument){.name = equals < 0 ? part : text_first(part, (size_t)equals),
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
    strip_query_session(query, jsessionid, 'j');
    strip_query_session(query, phpsessid, 'p');
    strip_query_session(query, sid, 's');
    strip_query_session(query, aspsessionid, 'a');
    strip_query_session(query, cfid, 'c');
    lower(query);
    if (query->length > 1)
        sort_query(query);
}

/* ---- the whole key ---- */

static size_t scheme_length(struct text text)
{
    size_t i = 0;
    if (!text.length || !ascii_is_alpha(text.at[0]))
        return 0;
    while (i < text.length && (ascii_is_alnum(text.at[i]) || memchr("+.-", text.at[i], 3)))
        i++;
    return i < text.length && text.at[i] == ':' ? i + 1 : 0;
}

static struct text last_http(struct text text)
{
    for (;;) {
        size_t length = text_starts(text, TEXT("http://"))    ? 7
                        : text_starts(text, TEXT("https://")) ? 8
                                                              : 0;
        struct text rest = text_skip(text, length);
        if (!length ||
            (!text_starts(rest, TEXT("http://")) && !text_starts(rest, TEXT("https://"))))
            return text;
        text = rest;
    }
}

static inline bool is_among(char c, const char *set)
{
    while (*set && *set != c)
        set++;
    return *set;
}

/* Takes the text before the first byte that is in `ends` from *rest. */
static inline struct text take_until(struct text *rest, const char *ends)
{
    size_t end = 0;
    while (end < rest->length && !is_among(rest->at[end], ends))
        end++;
    struct text taken = text_first(*rest, end);
    *rest = text_skip(*rest, end);
    return taken;
}

static void split_authority(struct text authority, struct pieces *pieces)
{
    for (size_t i = authority.length; i-- > 0;)
        if (authority.at[i] == '@') {
            authority = text_skip(authority, i + 1);
            break;
        }
    ptrdiff_t bracket = text_find_char(authority, '[');
    if (bracket >= 0)
        authority = text_skip(authority, (size_t)bracket + 1);
    pieces->host = take_until(&authority, bracket >= 0 ? "]" : ":");
    take_until(&authority, ":");
    pieces->port = text_skip(authority, 1);
    while (text_starts(pieces->port, TEXT("0")))
        pieces->port = text_skip(pieces->port, 1);
}

static void split_address(struct text url, struct pieces *pieces)
{
    *pieces = (struct pieces){.scheme = text_first(url, scheme_length(url) - 1)};
    url = text_skip(url, pieces->scheme.length + 1);
    url = take_until(&url, "#");
    if (text_starts(url, TEXT("//"))) {
        url = text_skip(url, 2);
        struct text authority = take_until(&url, "/?");
        while (text_ends(authority, TEXT(":")))
            authority.length--;
        split_authority(authority, pieces);
    }
    pieces->path = take_until(&url, "?");
    pieces->query = text_skip(url, 1);
    /* "http:////host/path" */
    if (!pieces->host.length && pieces->path.length && text_starts(pieces->scheme, TEXT("http"))) {
        while (text_starts(pieces->path, TEXT("/")))
            pieces->path = text_skip(pieces->path, 1);
        pieces->host = take_until(&pieces->path, "/");
        if (!pieces->path.length)
            pieces->path = TEXT("/");
    }
}

/* Appends host and port; nothing when the canonical host is empty. */
static void add_host(const struct pieces *pieces, struct buf *out)
{
    static const struct {
        struct text scheme, port;
    } defaults[] = {{{"http", 4}, {"80", 2}}, {{"https", 5}, {"443", 3}}};
    struct buf host;
    struct text port = pieces->port;
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        if (text_equal_nocase(pieces->scheme, defaults[i].scheme) &&
            text_equal(port, defaults[i].port))
            port.length = 0;
    buf_init(&host, SURT_LONGEST);
    buf_add_text(&host, pieces->host);
    canonical_host(&host);
    if (host.length) {
        add_reversed(text_equal(pieces->scheme, TEXT("dns")) ? buf_text(&host)
                                                             : without_www(buf_text(&host)),
                     out);
        if (port.length)
            buf_add_char(out, ':');
        buf_add_text(out, port);
        buf_add_char(out, ')');
    }
    pass_on(&host, out);
    buf_release(&host);
}

static void add_path_and_query(const struct pieces *pieces, bool has_host, struct buf *out)
{
    struct buf path, clean, query;
    buf_init(&path, SURT_LONGEST);
    buf_init(&clean, SURT_LONGEST);
    buf_init(&query, SURT_LONGEST);
    buf_add_text(&path, pieces->path);
    unescape_all(&path);
    if (has_host) /* otherwise it is free text */
        normalise_path(&path);
    escape_once(buf_text(&path), &clean);
    lower(&clean);
    strip_path_session(&clean, lettered_session);
    strip_path_session(&clean, bare_session);
    if (clean.length > 1 && clean.data[clean.length - 1] == '/')
        clean.length--;
    buf_add_text(&query, pieces->query);
    canonical_query(&query);
    pass_on(&path, out);
    pass_on(&clean, out);
    pass_on(&query, out);
    buf_add_text(out, buf_text(&clean));
    if (query.length) {
        if (!clean.length)
            buf_add_char(out, '/');
        buf_add_char(out, '?');
        buf_add_text(out, buf_text(&query));
    }
    buf_release(&path);
    buf_release(&clean);
    buf_release(&query);
}

static bool is_space(char c)
{
    return ascii_is_space(c) || c == '\v';
}

/* Other schemes and bracketed hosts are not made canonical.  A blank or line end in them would
 * break the line of the index, so they are escaped. */
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
    pass_on(&key, out);
    buf_release(&key);
}

static void write_key(struct text input, struct buf *out)
{
    struct buf clean;
    struct pieces pieces;
    if (!input.length || text_starts(input, TEXT("filedesc"))) {
        buf_add_text(out, input.length ? input : TEXT("-"));
        return;
    }
    buf_init(&clean, SURT_LONGEST);
    while (input.length && is_space(input.at[0]))
        input = text_skip(input, 1);
    while (input.length && is_space(input.at[input.length - 1]))
        input.length--;
    buf_add(&clean, "http://"); /* for URLs without a scheme */
    size_t added = clean.length;
    while (input.length) {
        buf_add_text(&clean, take_until(&input, "\r\n\t"));
        input = text_skip(input, 1);
    }
    struct text url = buf_text(&clean);
    split_address(last_http(scheme_length(text_skip(url, added)) ? text_skip(url, added) : url),
                  &pieces);
    size_t before = out->length;
    add_host(&pieces, out);
    bool has_host = out->length > before;
    if (!has_host) {
        buf_add_text(out, pieces.scheme);
        buf_add_char(out, ':');
    }
    add_path_and_query(&pieces, has_host, out);
    pass_on(&clean, out);
    buf_release(&clean);
}

void surt_write(struct text url, struct buf *out)
{
    size_t from = out->length;
    write_key(url, out);
    escape_blanks(out, from);
}
