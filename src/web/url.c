/*
 * The parser follows the states of the WHATWG URL Standard, section 4.4, but only those that an
 * http or https URL can reach.  It writes the serialised URL straight into one buffer.  It
 * percent-encodes while copying, and shortens the buffer for "..".
 */
#include <config.h>

#include "web/url.h"

#include <stdlib.h>
#include <string.h>

#include "web/session.h"
#include "web/url_encode.h"
#include "web/url_host.h"

/* ---- making and parts ---- */

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

/* Empty when nothing was parsed. */
static struct text part(const struct url *url, size_t from, size_t to)
{
    return (struct text){url->href.data ? url->href.data + from : "", to - from};
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
    if (buf_ok(&to->href))
        return true;
    /* No offset may be beyond the end of the empty href. */
    *to = (struct url){.href = to->href, .scratch = to->scratch};
    return false;
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
    uint32_t *parts[] = {&url->host,     &url->host_end, &url->path,
                         &url->path_end, &url->query,    &url->fragment};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        *parts[i] -= taken;
    return true;
}

/* ---- authority ---- */

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

static void write_port(struct buf *out, unsigned number)
{
    char digits[8], *at = digits + sizeof digits;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    *--at = ':';
    buf_append(out, at, (size_t)(digits + sizeof digits - at));
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
    if (!url_has_default_port(url))
        write_port(&url->href, number);
    return true;
}

/* Reads user information, host and port from the start of *rest. */
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

/* ---- path, query, fragment ---- */

/* Removes one dot, plain or escaped, from the start of the segment. */
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

/* 1 for ".", 2 for "..", in any escaped form; 0 for any other segment. */
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

/* The length of the path at the start of `rest` if it can be copied unchanged: nothing to encode,
 * no backslash, and no segment that begins like "." or "..".  0 when it must be read segment by
 * segment. */
static size_t plain_path_length(struct text rest)
{
    static const bool also[256] = {
        ['/'] = true, ['-'] = true, ['_'] = true, ['~'] = true, ['.'] = true, ['%'] = true,
        ['+'] = true, [','] = true, [';'] = true, ['='] = true, [':'] = true, ['@'] = true,
        ['&'] = true, ['!'] = true, ['('] = true, [')'] = true, ['*'] = true, ['$'] = true};
    char before = '/';
    size_t length = 0;
    for (; length < rest.length; before = rest.at[length++]) {
        char c = rest.at[length];
        if (c == '?' || c == '#')
            break;
        if (!(ascii_is_alnum(c) || also[(unsigned char)c]) ||
            (before == '/' && (c == '.' || c == '%')))
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
        while (end < rest->length && rest->at[end] != '/' && rest->at[end] != '\\' &&
               rest->at[end] != '?' && rest->at[end] != '#')
            end++;
        struct text segment = text_first(*rest, end);
        int dotted =
            segment.length && (segment.at[0] == '.' || segment.at[0] == '%') ? dots(segment) : 0;
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

/* ---- beginnings ---- */

/* Removes white space and controls at both ends, and TAB and line ends anywhere (section 4.4, steps
 * 1 and 3). */
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

/* Length of the scheme with its colon; 0 when the input does not begin with a scheme. */
static size_t scheme_length(struct text input)
{
    size_t i = 0;
    if (!input.length || !ascii_is_alpha(input.at[0]))
        return 0;
    while (i < input.length && (ascii_is_alnum(input.at[i]) || input.at[i] == '+' ||
                                input.at[i] == '-' || input.at[i] == '.'))
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

/* Copies scheme, user information, host and port of the base. */
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

/* ---- plain URLs ---- */

/* Most links of most pages are already serialised, so they are copied in one go.  All others are
 * left to parse(), which gives the same result but is slower. */

enum { IN_HOST = 1, IN_PLAIN = 2 };
static const unsigned char plain_bytes[256] = {
    ['-'] = IN_HOST | IN_PLAIN,
    ['.'] = IN_HOST | IN_PLAIN,
    ['_'] = IN_PLAIN,
    ['~'] = IN_PLAIN,
    ['+'] = IN_PLAIN,
    [','] = IN_PLAIN,
    [';'] = IN_PLAIN,
    ['='] = IN_PLAIN,
    [':'] = IN_PLAIN,
    ['@'] = IN_PLAIN,
    ['&'] = IN_PLAIN,
    ['!'] = IN_PLAIN,
    ['('] = IN_PLAIN,
    [')'] = IN_PLAIN,
    ['*'] = IN_PLAIN,
#define BOTH(c) [c] = IN_HOST | IN_PLAIN
    BOTH('0'),
    BOTH('1'),
    BOTH('2'),
    BOTH('3'),
    BOTH('4'),
    BOTH('5'),
    BOTH('6'),
    BOTH('7'),
    BOTH('8'),
    BOTH('9'),
    BOTH('a'),
    BOTH('b'),
    BOTH('c'),
    BOTH('d'),
    BOTH('e'),
    BOTH('f'),
    BOTH('g'),
    BOTH('h'),
    BOTH('i'),
    BOTH('j'),
    BOTH('k'),
    BOTH('l'),
    BOTH('m'),
    BOTH('n'),
    BOTH('o'),
    BOTH('p'),
    BOTH('q'),
    BOTH('r'),
    BOTH('s'),
    BOTH('t'),
    BOTH('u'),
    BOTH('v'),
    BOTH('w'),
    BOTH('x'),
    BOTH('y'),
    BOTH('z'),
#undef BOTH
#define PLAIN(c) [c] = IN_PLAIN
    PLAIN('A'),
    PLAIN('B'),
    PLAIN('C'),
    PLAIN('D'),
    PLAIN('E'),
    PLAIN('F'),
    PLAIN('G'),
    PLAIN('H'),
    PLAIN('I'),
    PLAIN('J'),
    PLAIN('K'),
    PLAIN('L'),
    PLAIN('M'),
    PLAIN('N'),
    PLAIN('O'),
    PLAIN('P'),
    PLAIN('Q'),
    PLAIN('R'),
    PLAIN('S'),
    PLAIN('T'),
    PLAIN('U'),
    PLAIN('V'),
    PLAIN('W'),
    PLAIN('X'),
    PLAIN('Y'),
    PLAIN('Z'),
#undef PLAIN
};

/* The length of a host at the start of `text`, up to a '/', that is certainly a name and needs no
 * IDNA: lower-case letters, digits, hyphens and dots.  0 when it may be anything else. */
static size_t plain_host(struct text text)
{
    size_t length = 0, label = 0;
    while (length < text.length && (plain_bytes[(unsigned char)text.at[length]] & IN_HOST)) {
        if (text.at[length] == '.') {
            if (length == label)
                return 0;
            label = length + 1;
        } else if (length == label && text.at[length] == 'x')
            return 0; /* it may be "xn--", which must be checked */
        length++;
    }
    bool name = length > label && length < 254 && text.at[label] >= 'a' && text.at[label] <= 'z';
    return name && length < text.length && text.at[length] == '/' ? length : 0;
}

/* The same for an IPv4 address as it is serialised: four numbers below 256 without leading zeros.
 */
static size_t plain_ipv4(struct text text)
{
    size_t length = 0;
    for (int label = 0; label < 4; label++) {
        unsigned value = 0, digits = 0;
        for (; length < text.length && digits < 4 && ascii_is_digit(text.at[length]); digits++)
            value = value * 10 + (unsigned)(text.at[length++] - '0');
        bool short_one = digits == 1 || (digits && text.at[length - digits] != '0');
        if (!short_one || value > 255 || length == text.length ||
            text.at[length] != (label < 3 ? '.' : '/'))
            return 0;
        length += label < 3;
    }
    return length;
}

/* Whether the text is plain.  Slashes, question marks and escapes are allowed. */
static bool is_plain_fragment(struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if (!(plain_bytes[(unsigned char)c] & IN_PLAIN) && c != '/' && c != '?' && c != '%')
            return false;
    }
    return true;
}

/* Finds the ends of the path and query at the start of `rest`.  False when they are not plain.  A
 * segment that begins with a dot or an escape is not plain, because it may be "..". */
static bool plain_parts(struct text rest, size_t *path_end, size_t *query_end)
{
    const unsigned char *bytes = (const unsigned char *)rest.at;
    bool in_path = true;
    for (size_t i = 0;; i++) {
        while (rest.length - i >= 4 &&
               (plain_bytes[bytes[i]] & plain_bytes[bytes[i + 1]] & plain_bytes[bytes[i + 2]] &
                plain_bytes[bytes[i + 3]] & IN_PLAIN))
            i += 4;
        while (i < rest.length && (plain_bytes[bytes[i]] & IN_PLAIN))
            i++;
        char c = i < rest.length ? rest.at[i] : '#',
             next = i + 1 < rest.length ? rest.at[i + 1] : 'x';
        if (in_path && (c == '?' || c == '#'))
            *path_end = i;
        *query_end = i;
        if (c == '#')
            return is_plain_fragment(text_skip(rest, i + 1));
        if (c == '/'   ? in_path && (next == '.' || next == '%')
            : c == '%' ? hex_value(next) < 0
                       : c != '?')
            return false;
        in_path = in_path && c != '?';
    }
}

/* Whether the input begins with the base's scheme, host and port, so that the host need not be
 * parsed. */
static bool has_origin_of(struct text input, const struct url *base)
{
    bool plain =
        base && base->host == (base->https ? sizeof "https://" - 1
                                           : sizeof "http://" - 1); /* no user information */
    return plain && input.length > base->path && input.at[base->path] == '/' &&
           text_starts(input, part(base, 0, base->path));
}

/* How many bytes of the base come before a relative input; SIZE_MAX when the input or the base is
 * not plain. */
static size_t kept_of_base(const struct url *base, struct text input)
{
    if (!base || !base->plain || !input.length)
        return SIZE_MAX;
    if (input.at[0] == '/')
        return input.length > 1 && plain_bytes[(unsigned char)input.at[1]] & IN_PLAIN ? base->path
                                                                                      : SIZE_MAX;
    if (input.at[0] == '?')
        return base->path_end;
    if (!ascii_is_alnum(input.at[0]) || scheme_length(input))
        return SIZE_MAX;
    size_t kept = base->path_end;
    while (base->href.data[kept - 1] != '/')
        kept--;
    return kept;
}

/* Copies scheme and host of an input that begins with both or with "//"; *rest is what follows.
 * False when it is not plain. */
static bool begin_plain(struct url *url, struct text input, const struct url *base,
                        struct text *rest)
{
    bool https = text_starts(input, TEXT("https://"));
    size_t begin = https                                    ? 8
                   : text_starts(input, TEXT("http://"))    ? 7
                   : base && text_starts(input, TEXT("//")) ? 2
                                                            : 0;
    size_t host = begin ? plain_host(text_skip(input, begin)) : 0;
    host = host || !begin ? host : plain_ipv4(text_skip(input, begin));
    if (!host)
        return false;
    begin_like(url, begin == 2 ? base->https : https);
    url->port = url->https ? 443 : 80;
    url->host = (uint32_t)url->href.length;
    buf_add_text(&url->href, (struct text){input.at + begin, host});
    url->host_end = url->path = (uint32_t)url->href.length;
    *rest = text_skip(input, begin + host);
    return true;
}

static bool parse_plain(struct url *url, struct text input, const struct url *base)
{
    bool same = has_origin_of(input, base);
    size_t kept = same ? base->path : kept_of_base(base, input), path_end, query_end;
    struct text rest = same ? text_skip(input, base->path) : input;
    buf_clear(&url->href);
    if (kept != SIZE_MAX) {
        begin_with_origin(url, base);
        buf_add_text(&url->href, part(base, base->path, kept));
    } else if (!begin_plain(url, input, base, &rest))
        return false;
    size_t before = url->href.length;
    if (input.length >= URL_LONGEST / 2 || !plain_parts(rest, &path_end, &query_end))
        return false;
    buf_add_text(&url->href, rest);
    url->path_end = (uint32_t)(before + path_end);
    url->query = url->path_end + (path_end < query_end);
    url->fragment = (uint32_t)(before + query_end);
    url->plain = buf_ok(&url->href);
    return url->plain;
}

/* ---- any URL ---- */

static bool is_http(struct text scheme)
{
    return text_equal_nocase(scheme, TEXT("http")) || text_equal_nocase(scheme, TEXT("https"));
}

static enum url_result parse(struct url *url, struct text input, const struct url *base,
                             struct text encoding)
{
    size_t scheme = scheme_length(input);
    if (scheme && !is_http(text_first(input, scheme - 1)))
        return URL_NOT_HTTP; /* before cleaning, because a "data:" URL may be very long */
    struct text rest = input.length > 2 * URL_LONGEST ? TEXT("") : clean(url, input);
    scheme = scheme_length(rest);
    bool https = base && base->https, keeps_query = false;
    buf_clear(&url->href);
    if (input.length > 2 * URL_LONGEST)
        return URL_INVALID;
    if (scheme) {
        struct text name = text_first(rest, scheme - 1);
        https = text_equal_nocase(name, TEXT("https"));
        if (!is_http(name))
            return URL_NOT_HTTP;
        rest = text_skip(rest, scheme);
        /* "http:x" is relative to a base with the same scheme.  Otherwise it is absolute, even
         * without slashes. */
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

enum url_result url_parse(struct url *url, struct text input, const struct url *base,
                          struct text encoding)
{
    if (parse_plain(url, input, base))
        return URL_OK;
    url->plain = false;
    url->href.out_of_memory = url->scratch.out_of_memory = false;
    enum url_result result = parse(url, input, base, encoding);
    if (!buf_is_out_of_memory(&url->href) && !buf_is_out_of_memory(&url->scratch))
        return result;
    *url = (struct url){.href = url->href, .scratch = url->scratch};
    return URL_NO_MEMORY;
}
