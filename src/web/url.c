/*
 * The parser follows the states of the WHATWG URL Standard, section 4.4, but only those that an http or https address
 * can reach, and writes the serialised address straight into one buffer: percent-encoding happens while copying, ".."
 * is taken back by cutting the buffer.
 */
#include <config.h>

#include "web/url.h"

#include <stdlib.h>
#include <string.h>

#include "web/session.h"
#include "web/url_encode.h"
#include "web/url_host.h"

/* ---- making and parts -------------------------------------------------------------------------------------- */

void url_init(struct url *url)
{
    memset(url, 0, sizeof *url);
    buf_init(&url->href, URL_LONGEST);
    buf_init(&url->scratch, 2 * URL_LONGEST);
}

void url_release(struct url *url)
{
    buf_release(&url->href);
    buf_release(&url->scratch);
}

static struct text part(const struct url *url, size_t from, size_t to)
{
    return (struct text){url->href.data + from, to - from};
}

struct text url_href(const struct url *url)
{
    return buf_text(&url->href);
}

struct text url_resource(const struct url *url)
{
    return part(url, 0, url->fragment);
}

struct text url_host(const struct url *url)
{
    return part(url, url->host, url->host_end);
}

struct text url_authority(const struct url *url)
{
    return part(url, url->host, url->path);
}

struct text url_path(const struct url *url)
{
    return part(url, url->path, url->path_end);
}

struct text url_query(const struct url *url)
{
    return part(url, url->query, url->fragment);
}

struct text url_target(const struct url *url)
{
    return part(url, url->path, url->fragment);
}

bool url_copy(struct url *to, const struct url *from)
{
    struct buf href = to->href, scratch = to->scratch;
    *to = *from;
    to->href = href;
    to->scratch = scratch;
    buf_clear(&to->href);
    buf_add_text(&to->href, buf_text(&from->href));
    return buf_ok(&to->href);
}

static struct text without_www(struct text host)
{
    return text_starts(host, TEXT("www.")) ? text_skip(host, 4) : host;
}

static bool has_default_port(const struct url *url)
{
    return url->port == (url->https ? 443 : 80);
}

bool url_same_site(const struct url *a, const struct url *b)
{
    return text_equal(without_www(url_host(a)), without_www(url_host(b))) &&
           (a->port == b->port || (has_default_port(a) && has_default_port(b)));
}

bool url_take_user(struct url *url, struct buf *user)
{
    uint32_t begin = url->https ? 8 : 7, taken = url->host - begin;
    if (!taken)
        return false;
    if (user)
        buf_add_text(user, part(url, begin, url->host - 1)); /* without its '@' */
    memmove(url->href.data + begin, url->href.data + url->host, url->href.length - url->host + 1);
    url->href.length -= taken;
    uint32_t *parts[] = {&url->host, &url->host_end, &url->path, &url->path_end, &url->query, &url->fragment};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        *parts[i] -= taken;
    return true;
}

/* ---- authority --------------------------------------------------------------------------------------------- */

static void add_user(struct buf *out, struct text user)
{
    ptrdiff_t colon = text_find_char(user, ':');
    struct text name = colon < 0 ? user : text_first(user, (size_t)colon);
    struct text password = colon < 0 ? TEXT("") : text_skip(user, (size_t)colon + 1);
    if (!name.length && !password.length)
        return;
    url_encode(out, name, URL_IN_USER);
    if (password.length) {
        buf_add_char(out, ':');
        url_encode(out, password, URL_IN_USER);
    }
    buf_add_char(out, '@');
}

static bool read_port(struct url *url, struct text digits)
{
    unsigned number = 0;
    url->port = url->https ? 443 : 80;
    if (!digits.length)
        return true;
    for (size_t i = 0; i < digits.length; i++) {
        if (!ascii_is_digit(digits.at[i]))
            return false;
        number = number * 10 + (unsigned)(digits.at[i] - '0');
        if (number > 65535)
            return false;
    }
    url->port = (uint16_t)number;
    if (!has_default_port(url))
        buf_printf(&url->href, ":%u", number);
    return true;
}

/* Takes user information, host and port off *rest. */
static bool parse_authority(struct url *url, struct text *rest)
{
    size_t end = 0, at = SIZE_MAX, colon = SIZE_MAX;
    static const bool ends[256] = {['/'] = true, ['\\'] = true, ['?'] = true, ['#'] = true};
    while (end < rest->length && !ends[(unsigned char)rest->at[end]]) {
        if (rest->at[end] == '@')
            at = end;
        end++;
    }
    struct text host = text_first(*rest, end);
    *rest = text_skip(*rest, end);
    if (at != SIZE_MAX) {
        add_user(&url->href, text_first(host, at));
        host = text_skip(host, at + 1);
    }
    bool bracket = false;
    for (size_t i = 0; i < host.length && colon == SIZE_MAX; i++) {
        bracket = host.at[i] == '[' || (bracket && host.at[i] != ']');
        if (host.at[i] == ':' && !bracket)
            colon = i;
    }
    struct text port = colon == SIZE_MAX ? TEXT("") : text_skip(host, colon + 1);
    url->host = (uint32_t)url->href.length;
    if (!url_write_host(&url->href, text_first(host, colon)))
        return false;
    url->host_end = (uint32_t)url->href.length;
    return read_port(url, port);
}

/* ---- path, query, fragment --------------------------------------------------------------------------------- */

/* Takes one dot, plain or escaped, off the segment. */
static bool skip_dot(struct text *segment)
{
    if (text_starts(*segment, TEXT(".")))
        *segment = text_skip(*segment, 1);
    else if (text_starts_nocase(*segment, TEXT("%2e")))
        *segment = text_skip(*segment, 3);
    else
        return false;
    return true;
}

/* 0, 1 or 2: how many dots the segment consists of. */
static int dots(struct text segment)
{
    int count = 0;
    while (count < 3 && skip_dot(&segment))
        count++;
    return segment.length || count > 2 ? 0 : count;
}

static void pop_segment(struct url *url)
{
    size_t length = url->href.length;
    while (length > url->path && url->href.data[length - 1] != '/')
        length--;
    if (length > url->path)
        length--;
    url->href.length = length;
}

/* How long the path at the start of `rest` is when it can be taken over as it stands: nothing in it to encode, no
 * backslash, no segment that begins like "." or "..".  0 when it has to be read segment by segment. */
static size_t plain_path_length(struct text rest)
{
    static const bool also[256] = {['/'] = true, ['-'] = true, ['_'] = true, ['~'] = true, ['.'] = true, ['%'] = true,
                                   ['+'] = true, [','] = true, [';'] = true, ['='] = true, [':'] = true, ['@'] = true,
                                   ['&'] = true, ['!'] = true, ['('] = true, [')'] = true, ['*'] = true, ['$'] = true};
    char before = '/';
    size_t length = 0;
    for (; length < rest.length; before = rest.at[length++]) {
        char c = rest.at[length];
        if (c == '?' || c == '#')
            break;
        if (!(ascii_is_alnum(c) || also[(unsigned char)c]) || (before == '/' && (c == '.' || c == '%')))
            return 0;
    }
    return length;
}

static void parse_path(struct url *url, struct text *rest)
{
    size_t plain = plain_path_length(*rest);
    if (plain) {
        buf_add_char(&url->href, '/');
        buf_add_text(&url->href, text_first(*rest, plain));
        *rest = text_skip(*rest, plain);
        return;
    }
    for (bool more = true; more;) {
        size_t end = 0;
        while (end < rest->length && rest->at[end] != '/' && rest->at[end] != '\\' && rest->at[end] != '?' &&
               rest->at[end] != '#')
            end++;
        struct text segment = text_first(*rest, end);
        int dotted = segment.length && (segment.at[0] == '.' || segment.at[0] == '%') ? dots(segment) : 0;
        more = end < rest->length && (rest->at[end] == '/' || rest->at[end] == '\\');
        if (dotted == 2)
            pop_segment(url);
        if (!dotted || !more)
            buf_add_char(&url->href, '/');
        if (!dotted)
            url_encode(&url->href, segment, URL_IN_PATH);
        *rest = text_skip(*rest, end + more);
    }
}

static void parse_query(struct url *url, struct text *rest, struct text encoding)
{
    url->path_end = url->query = (uint32_t)url->href.length;
    if (!rest->length || rest->at[0] != '?')
        return;
    ptrdiff_t end = text_find_char(*rest, '#');
    struct text query = text_skip(text_first(*rest, end < 0 ? rest->length : (size_t)end), 1);
    *rest = text_skip(*rest, query.length + 1);
    buf_add_char(&url->href, '?');
    url->query = (uint32_t)url->href.length;
    url_encode_query(&url->href, query, encoding);
}

static void parse_fragment(struct url *url, struct text rest)
{
    url->fragment = (uint32_t)url->href.length;
    if (!rest.length || rest.at[0] != '#')
        return;
    buf_add_char(&url->href, '#');
    url_encode(&url->href, text_skip(rest, 1), URL_IN_FRAGMENT);
}

/* ---- beginnings -------------------------------------------------------------------------------------------- */

/* White space and controls at the ends are cut, TAB and line ends anywhere dropped (section 4.4, steps 1 and 3). */
static struct text clean(struct url *url, struct text input)
{
    while (input.length && (unsigned char)input.at[0] <= ' ')
        input = text_skip(input, 1);
    while (input.length && (unsigned char)input.at[input.length - 1] <= ' ')
        input.length--;
    bool dirty = false;
    for (size_t i = 0; !dirty && i < input.length; i++)
        dirty = input.at[i] == '\t' || input.at[i] == '\n' || input.at[i] == '\r';
    if (!dirty)
        return input;
    buf_clear(&url->scratch);
    for (size_t i = 0; i < input.length; i++)
        if (input.at[i] != '\t' && input.at[i] != '\n' && input.at[i] != '\r')
            buf_add_char(&url->scratch, input.at[i]);
    return buf_text(&url->scratch);
}

/* Length of a scheme with its colon, 0 when the address begins with none. */
static size_t scheme_length(struct text input)
{
    size_t i = 0;
    if (!input.length || !ascii_is_alpha(input.at[0]))
        return 0;
    while (i < input.length && (ascii_is_alnum(input.at[i]) || input.at[i] == '+' || input.at[i] == '-' || input.at[i] == '.'))
        i++;
    return i < input.length && input.at[i] == ':' ? i + 1 : 0;
}

static bool is_slash(struct text text, size_t at)
{
    return at < text.length && (text.at[at] == '/' || text.at[at] == '\\');
}

static void begin_like(struct url *url, bool https)
{
    url->https = https;
    buf_add(&url->href, https ? "https://" : "http://");
}

/* Scheme, user information, host and port of the base. */
static void begin_with_origin(struct url *url, const struct url *base)
{
    url->https = base->https;
    url->port = base->port;
    url->host = base->host;
    url->host_end = base->host_end;
    buf_add_text(&url->href, part(base, 0, base->path));
    url->path = (uint32_t)url->href.length;
}

static void begin_relative(struct url *url, const struct url *base, struct text *rest)
{
    begin_with_origin(url, base);
    buf_add_text(&url->href, url_path(base));
    if (!rest->length || rest->at[0] == '#') {
        url->path_end = url->query = (uint32_t)url->href.length;
        buf_add_text(&url->href, part(base, base->path_end, base->fragment));
        url->query += base->query - base->path_end;
    } else if (rest->at[0] != '?') {
        pop_segment(url);
        parse_path(url, rest);
    }
}

static bool begin_with_authority(struct url *url, bool https, struct text *rest)
{
    while (is_slash(*rest, 0))
        *rest = text_skip(*rest, 1);
    begin_like(url, https);
    if (!parse_authority(url, rest))
        return false;
    url->path = (uint32_t)url->href.length;
    if (is_slash(*rest, 0))
        *rest = text_skip(*rest, 1);
    parse_path(url, rest);
    return true;
}

/* ---- plain addresses --------------------------------------------------------------------------------------- */

/* Most links of most pages need nothing done: absolute or from the root, each byte of them as it will stay.  They are
 * taken over in one go; whatever is not so plain is left to the states below, and means the same to them. */

enum { IN_HOST = 1, IN_PLAIN = 2, IN_QUERY_ONLY = 4 };
static const unsigned char plain_bytes[256] = {
    ['-'] = IN_HOST | IN_PLAIN, ['.'] = IN_HOST | IN_PLAIN, ['/'] = IN_PLAIN, ['_'] = IN_PLAIN, ['~'] = IN_PLAIN, ['%'] = IN_PLAIN,
    ['+'] = IN_PLAIN, [','] = IN_PLAIN, [';'] = IN_PLAIN, ['='] = IN_PLAIN, [':'] = IN_PLAIN, ['@'] = IN_PLAIN, ['&'] = IN_PLAIN,
    ['!'] = IN_PLAIN, ['('] = IN_PLAIN, [')'] = IN_PLAIN, ['*'] = IN_PLAIN, ['?'] = IN_QUERY_ONLY,
#define BOTH(c) [c] = IN_HOST | IN_PLAIN
    BOTH('0'), BOTH('1'), BOTH('2'), BOTH('3'), BOTH('4'), BOTH('5'), BOTH('6'), BOTH('7'), BOTH('8'), BOTH('9'),
    BOTH('a'), BOTH('b'), BOTH('c'), BOTH('d'), BOTH('e'), BOTH('f'), BOTH('g'), BOTH('h'), BOTH('i'), BOTH('j'), BOTH('k'), BOTH('l'),
    BOTH('m'), BOTH('n'), BOTH('o'), BOTH('p'), BOTH('q'), BOTH('r'), BOTH('s'), BOTH('t'), BOTH('u'), BOTH('v'), BOTH('w'), BOTH('x'),
    BOTH('y'), BOTH('z'),
#undef BOTH
#define PLAIN(c) [c] = IN_PLAIN
    PLAIN('A'), PLAIN('B'), PLAIN('C'), PLAIN('D'), PLAIN('E'), PLAIN('F'), PLAIN('G'), PLAIN('H'), PLAIN('I'), PLAIN('J'), PLAIN('K'),
    PLAIN('L'), PLAIN('M'), PLAIN('N'), PLAIN('O'), PLAIN('P'), PLAIN('Q'), PLAIN('R'), PLAIN('S'), PLAIN('T'), PLAIN('U'), PLAIN('V'),
    PLAIN('W'), PLAIN('X'), PLAIN('Y'), PLAIN('Z'),
#undef PLAIN
};

/* The length of a host of small letters, digits, hyphens and points at `text`, up to a '/', that is surely a name and
 * needs no IDNA; 0 when it may be anything else. */
static size_t plain_host(struct text text)
{
    size_t length = 0, label = 0;
    while (length < text.length && (plain_bytes[(unsigned char)text.at[length]] & IN_HOST)) {
        if (text.at[length] == '.') {
            if (length == label)
                return 0;
            label = length + 1;
        } else if (length == label && text.at[length] == 'x')
            return 0; /* "xn--" has to be looked at */
        length++;
    }
    bool name = length > label && length < 254 && text.at[label] >= 'a' && text.at[label] <= 'z';
    return name && length < text.length && text.at[length] == '/' ? length : 0;
}

/* How long the path is that begins with the '/' at `rest`; SIZE_MAX when it and the query behind it are not plain.  Dots
 * and escapes at the beginning of a segment may be "..", so they are not. */
static size_t plain_path(struct text rest)
{
    size_t path = rest.length;
    for (size_t i = 0; i < rest.length; i++) {
        unsigned char kind = plain_bytes[(unsigned char)rest.at[i]];
        if (kind & IN_PLAIN) {
            char next = i + 1 < rest.length ? rest.at[i + 1] : 'x';
            if ((rest.at[i] == '/' && path == rest.length && (next == '.' || next == '%')) || (rest.at[i] == '%' && hex_value(next) < 0))
                return SIZE_MAX;
        } else if (kind && path == rest.length)
            path = i;
        else if (!kind)
            return SIZE_MAX;
    }
    return path;
}

static bool parse_plain(struct url *url, struct text input, const struct url *base)
{
    bool https = text_starts(input, TEXT("https://"));
    size_t scheme = https ? 8 : text_starts(input, TEXT("http://")) ? 7 : 0, host = 0;
    if (scheme && !(host = plain_host(text_skip(input, scheme))))
        return false;
    if (!scheme && (!base || input.length < 2 || input.at[0] != '/' || input.at[1] == '/'))
        return false;
    size_t path = input.length < URL_LONGEST / 2 ? plain_path(text_skip(input, scheme + host)) : SIZE_MAX;
    if (path == SIZE_MAX)
        return false;
    buf_clear(&url->href);
    if (scheme) {
        url->https = https;
        url->port = https ? 443 : 80;
        url->host = (uint32_t)scheme;
        url->host_end = url->path = (uint32_t)(scheme + host);
    } else
        begin_with_origin(url, base);
    buf_add_text(&url->href, input);
    url->path_end = url->path + (uint32_t)path;
    url->fragment = (uint32_t)url->href.length;
    url->query = url->path_end + (url->path_end < url->fragment);
    url->plain = buf_ok(&url->href);
    return url->plain;
}

/* ---- the whole --------------------------------------------------------------------------------------------- */

enum url_answer url_parse(struct url *url, struct text input, const struct url *base, struct text encoding)
{
    if (parse_plain(url, input, base))
        return URL_OK;
    url->plain = false;
    struct text rest = input.length > 2 * URL_LONGEST ? TEXT("") : clean(url, input);
    size_t scheme = scheme_length(rest);
    bool https = base && base->https, keeps_query = false;
    buf_clear(&url->href);
    if (input.length > 2 * URL_LONGEST)
        return URL_INVALID;
    if (scheme) {
        struct text name = text_first(rest, scheme - 1);
        https = text_equal_nocase(name, TEXT("https"));
        if (!https && !text_equal_nocase(name, TEXT("http")))
            return URL_NOT_HTTP;
        rest = text_skip(rest, scheme);
        /* "http:x" is relative to a base of that scheme; else slashes need not even be there. */
        if (!base || base->https != https || text_starts(rest, TEXT("//"))) {
            if (!begin_with_authority(url, https, &rest))
                return URL_INVALID;
            parse_query(url, &rest, encoding);
            parse_fragment(url, rest);
            return buf_ok(&url->href) ? URL_OK : URL_INVALID;
        }
    } else if (!base)
        return URL_INVALID;
    if (is_slash(rest, 0) && is_slash(rest, 1)) {
        if (!begin_with_authority(url, https, &rest))
            return URL_INVALID;
    } else if (is_slash(rest, 0)) {
        begin_with_origin(url, base);
        rest = text_skip(rest, 1);
        parse_path(url, &rest);
    } else {
        keeps_query = !rest.length || rest.at[0] == '#';
        begin_relative(url, base, &rest);
    }
    if (!keeps_query)
        parse_query(url, &rest, encoding);
    parse_fragment(url, rest);
    return buf_ok(&url->href) ? URL_OK : URL_INVALID;
}

/* ---- the seen-key ------------------------------------------------------------------------------------------ */

static bool is_unreserved(int c)
{
    return c > 0 && c < 0x80 && (ascii_is_alnum((char)c) || strchr("-._~", c));
}

static int by_bytes(const void *a, const void *b)
{
    const struct text *left = a, *right = b;
    return text_compare(*left, *right);
}

/* Parameters in order, as the keys of an archive's index have them: ?a&b and ?b&a are one page to a reader of it. */
static void sort_query(struct buf *key)
{
    enum { PARAMETERS_MOST = 64 };
    struct text parts[PARAMETERS_MOST], all = buf_text(key);
    size_t count = 0;
    ptrdiff_t mark = text_find_char(all, '?');
    struct text query = mark < 0 ? TEXT("") : text_skip(all, (size_t)mark + 1), rest = query;
    if (text_find_char(query, '&') < 0)
        return;
    while (count < PARAMETERS_MOST && text_split(&rest, '&', &parts[count]))
        count++;
    if (rest.at)
        return; /* so many parameters are a trap anyhow */
    qsort(parts, count, sizeof *parts, by_bytes);
    struct buf sorted;
    buf_init(&sorted, key->limit);
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add_char(&sorted, '&');
        buf_add_text(&sorted, parts[i]);
    }
    if (buf_ok(&sorted) && sorted.length == query.length)
        memcpy(key->data + mark + 1, sorted.data, sorted.length);
    buf_release(&sorted);
}

/* What a server may show for a directory; not its feed or its list of posts, index.xml and index.json. */
static bool is_index(struct text name)
{
    static const char *const kinds[] = {"html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "cgi", "cfm", "pl"};
    for (size_t i = 0; text_starts_nocase(name, TEXT("index.")) && i < sizeof kinds / sizeof *kinds; i++)
        if (text_equal_nocase(text_skip(name, 6), text_of(kinds[i])))
            return true;
    return false;
}

static struct text without_index(struct text path)
{
    size_t from = path.length;
    while (from && path.at[from - 1] != '/')
        from--;
    if (is_index(text_skip(path, from)))
        path = text_first(path, from);
    return path.length > 1 && text_ends(path, TEXT("/")) ? text_first(path, path.length - 1) : path;
}

bool url_same_page(const struct url *a, const struct url *b)
{
    return url_same_site(a, b) && text_equal(url_query(a), url_query(b)) &&
           text_equal(without_index(url_path(a)), without_index(url_path(b)));
}

void url_write_seen_key(const struct url *url, struct buf *out)
{
    struct text target = url_target(url);
    if (!has_default_port(url))
        buf_add(out, url->https ? "https:" : "http:");
    buf_add_text(out, url_authority(url));
    size_t done = 0;
    for (size_t i = 0; i + 2 < target.length; i++) {
        if (target.at[i] != '%' || hex_value(target.at[i + 1]) < 0 || hex_value(target.at[i + 2]) < 0)
            continue;
        int c = hex_value(target.at[i + 1]) << 4 | hex_value(target.at[i + 2]);
        buf_append(out, target.at + done, i - done);
        if (is_unreserved(c))
            buf_add_char(out, (char)c);
        else
            url_escape(out, (unsigned char)c);
        i += 2;
        done = i + 1;
    }
    buf_append(out, target.at + done, target.length - done);
    session_strip(out);
    sort_query(out);
}
