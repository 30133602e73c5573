/*
 * The parser follows the states of the WHATWG URL Standard, section 4.4, but only those that an http or https address
 * can reach, and writes the serialised address straight into one buffer: percent-encoding happens while copying, ".."
 * is taken back by cutting the buffer.  Hosts are section 3.5; international ones go through libidn2.
 */
#include <config.h>

#include "web/url.h"

#include <iconv.h>
#include <idn2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "web/session.h"

enum { HOST_LONGEST = 4096, IPV6_PIECES = 8 };

/* Sets of bytes to percent-encode (section 1.3), one bit a set. */
enum { SET_FRAGMENT = 1, SET_QUERY = 2, SET_PATH = 4, SET_USER = 8, FORBIDDEN_HOST = 16 };

static const unsigned char sets[128] = {
    ['"'] = SET_FRAGMENT | SET_QUERY | SET_PATH | SET_USER,
    [' '] = SET_FRAGMENT | SET_QUERY | SET_PATH | SET_USER | FORBIDDEN_HOST,
    ['<'] = SET_FRAGMENT | SET_QUERY | SET_PATH | SET_USER | FORBIDDEN_HOST,
    ['>'] = SET_FRAGMENT | SET_QUERY | SET_PATH | SET_USER | FORBIDDEN_HOST,
    ['`'] = SET_FRAGMENT | SET_PATH | SET_USER,
    ['#'] = SET_QUERY | SET_PATH | SET_USER | FORBIDDEN_HOST,
    ['\''] = SET_QUERY,
    ['?'] = SET_PATH | SET_USER | FORBIDDEN_HOST,
    ['{'] = SET_PATH | SET_USER,
    ['}'] = SET_PATH | SET_USER,
    ['^'] = SET_PATH | SET_USER | FORBIDDEN_HOST,
    ['/'] = SET_USER | FORBIDDEN_HOST,
    [':'] = SET_USER | FORBIDDEN_HOST,
    [';'] = SET_USER,
    ['='] = SET_USER,
    ['@'] = SET_USER | FORBIDDEN_HOST,
    ['['] = SET_USER | FORBIDDEN_HOST,
    ['\\'] = SET_USER | FORBIDDEN_HOST,
    [']'] = SET_USER | FORBIDDEN_HOST,
    ['|'] = SET_USER | FORBIDDEN_HOST,
    ['%'] = FORBIDDEN_HOST,
};

static bool is_in_set(unsigned char c, int set)
{
    return c < 0x20 || c >= 0x7f || (sets[c] & set);
}

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

/* ---- percent-encoding -------------------------------------------------------------------------------------- */

static void add_escaped(struct buf *out, unsigned char c)
{
    static const char digits[] = "0123456789ABCDEF";
    char escaped[3] = {'%', digits[c >> 4], digits[c & 15]};
    buf_append(out, escaped, 3);
}

/* Length of the well-formed UTF-8 sequence at the start of `text`, 0 when there is none (RFC 3629). */
static size_t utf8_length(struct text text)
{
    const unsigned char *b = (const unsigned char *)text.at;
    size_t length = b[0] < 0x80 ? 1 : b[0] >= 0xc2 && b[0] < 0xe0 ? 2 : (b[0] & 0xf0) == 0xe0 ? 3
                    : b[0] >= 0xf0 && b[0] < 0xf5 ? 4 : 0;
    if (!length || length > text.length)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((b[i] & 0xc0) != 0x80)
            return 0;
    if ((b[0] == 0xe0 && b[1] < 0xa0) || (b[0] == 0xed && b[1] > 0x9f) || (b[0] == 0xf0 && b[1] < 0x90) ||
        (b[0] == 0xf4 && b[1] > 0x8f))
        return 0;
    return length;
}

static void add_encoded(struct buf *out, struct text text, int set)
{
    size_t done = 0;
    for (size_t i = 0; i < text.length;) {
        unsigned char c = (unsigned char)text.at[i];
        if (!is_in_set(c, set)) {
            i++;
            continue;
        }
        buf_append(out, text.at + done, i - done);
        if (c < 0x80) {
            add_escaped(out, c);
            i++;
        } else {
            size_t length = utf8_length((struct text){text.at + i, text.length - i});
            if (!length)
                buf_add(out, "%EF%BF%BD");
            for (size_t j = 0; j < length; j++)
                add_escaped(out, (unsigned char)text.at[i + j]);
            i += length ? length : 1;
        }
        done = i;
    }
    buf_append(out, text.at + done, text.length - done);
}

static bool is_ascii(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

static unsigned code_point(struct text sequence)
{
    const unsigned char *b = (const unsigned char *)sequence.at;
    unsigned code = sequence.length == 1 ? b[0] : b[0] & (0xffu >> (sequence.length + 1));
    for (size_t i = 1; i < sequence.length; i++)
        code = code << 6 | (b[i] & 0x3f);
    return code;
}

/* The query in the document's own encoding (section 1.3, "percent-encode after encoding"): what it cannot express
 * becomes a character reference. */
static void add_query_in(struct buf *out, struct text query, const char *encoding)
{
    iconv_t converter = iconv_open(encoding, "UTF-8");
    if (converter == (iconv_t)-1) {
        add_encoded(out, query, SET_QUERY);
        return;
    }
    while (query.length) {
        size_t length = utf8_length(query), left = length ? length : 1, room = 16;
        char converted[16], *to = converted, *from = (char *)(uintptr_t)query.at;
        if (length == 1 || !length)
            add_encoded(out, text_first(query, 1), SET_QUERY);
        else if (iconv(converter, &from, &left, &to, &room) != (size_t)-1)
            for (const char *c = converted; c < to; c++) {
                if (is_in_set((unsigned char)*c, SET_QUERY))
                    add_escaped(out, (unsigned char)*c);
                else
                    buf_add_char(out, *c);
            }
        else
            buf_printf(out, "%%26%%23%u%%3B", code_point(text_first(query, length)));
        query = text_skip(query, length ? length : 1);
    }
    iconv_close(converter);
}

static void add_query(struct buf *out, struct text query, struct text encoding)
{
    char name[64];
    if (!encoding.length || encoding.length >= sizeof name || text_starts_nocase(encoding, TEXT("utf")) ||
        is_ascii(query)) {
        add_encoded(out, query, SET_QUERY);
        return;
    }
    memcpy(name, encoding.at, encoding.length);
    name[encoding.length] = '\0';
    add_query_in(out, query, name);
}

/* ---- hosts ------------------------------------------------------------------------------------------------- */

/* Section 3.5, "IPv4 number parser". */
static bool read_ipv4_number(struct text text, uint64_t *number)
{
    int base = 10;
    if (text.length >= 2 && text.at[0] == '0') {
        bool hex = ascii_lower(text.at[1]) == 'x';
        text = text_skip(text, hex ? 2 : 1);
        base = hex ? 16 : 8;
    } else if (!text.length)
        return false;
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        int digit = hex_value(text.at[i]);
        if (digit < 0 || digit >= base)
            return false;
        *number = *number > UINT32_MAX ? *number : *number * (uint64_t)base + (uint64_t)digit;
    }
    return true;
}

static struct text last_label(struct text host)
{
    if (host.length > 1 && host.at[host.length - 1] == '.')
        host.length--;
    size_t from = host.length;
    while (from && host.at[from - 1] != '.')
        from--;
    return text_skip(host, from);
}

static bool ends_in_number(struct text host)
{
    struct text label = last_label(host);
    uint64_t number;
    bool digits = label.length > 0;
    for (size_t i = 0; i < label.length; i++)
        digits = digits && ascii_is_digit(label.at[i]);
    return digits || (text_starts_nocase(label, TEXT("0x")) && read_ipv4_number(label, &number));
}

static bool add_ipv4(struct buf *out, struct text host)
{
    uint64_t numbers[4], address = 0;
    size_t count = 0;
    struct text rest = host, label;
    if (text_ends(rest, TEXT(".")))
        rest.length--;
    while (text_split(&rest, '.', &label))
        if (count == 4 || !read_ipv4_number(label, &numbers[count++]))
            return false;
    for (size_t i = 0; i + 1 < count; i++) {
        if (numbers[i] > 255)
            return false;
        address |= numbers[i] << (8 * (3 - i));
    }
    if (numbers[count - 1] >= UINT64_C(1) << (8 * (5 - count)))
        return false;
    address |= numbers[count - 1];
    buf_printf(out, "%u.%u.%u.%u", (unsigned)(address >> 24), (unsigned)(address >> 16 & 255),
               (unsigned)(address >> 8 & 255), (unsigned)(address & 255));
    return true;
}

/* The dotted tail of an IPv6 address: exactly four numbers up to 255 without leading zeros. */
static bool read_ipv4_tail(struct text text, uint16_t pieces[2])
{
    unsigned bytes[4];
    size_t count = 0;
    struct text label;
    while (text_split(&text, '.', &label)) {
        uint64_t number;
        if (count == 4 || label.length > 3 || !text_to_number(label, &number) || number > 255 ||
            (label.length > 1 && label.at[0] == '0'))
            return false;
        bytes[count++] = (unsigned)number;
    }
    pieces[0] = (uint16_t)(bytes[0] << 8 | bytes[1]);
    pieces[1] = (uint16_t)(bytes[2] << 8 | bytes[3]);
    return count == 4;
}

static bool read_ipv6(struct text text, uint16_t out[IPV6_PIECES])
{
    uint16_t pieces[IPV6_PIECES + 1] = {0};
    size_t count = 0, gap = SIZE_MAX;
    if (text_starts(text, TEXT("::"))) {
        gap = 0;
        text = text_skip(text, 2);
    } else if (text_starts(text, TEXT(":")))
        return false;
    while (text.length) {
        size_t digits = 0;
        unsigned value = 0;
        if (count == IPV6_PIECES)
            return false;
        if (text.at[0] == ':') {
            if (gap != SIZE_MAX)
                return false;
            gap = count;
            text = text_skip(text, 1);
            continue;
        }
        while (digits < 4 && digits < text.length && hex_value(text.at[digits]) >= 0)
            value = value << 4 | (unsigned)hex_value(text.at[digits++]);
        if (digits < text.length && text.at[digits] == '.') {
            if (count > 6 || !read_ipv4_tail(text, &pieces[count]))
                return false;
            count += 2;
            break;
        }
        text = text_skip(text, digits);
        if (!digits || (text.length && text.at[0] != ':'))
            return false;
        pieces[count++] = (uint16_t)value;
        if (text.length) {
            text = text_skip(text, 1);
            if (!text.length)
                return false;
        }
    }
    if (gap == SIZE_MAX ? count != IPV6_PIECES : count == IPV6_PIECES)
        return false;
    memset(out, 0, sizeof(uint16_t) * IPV6_PIECES);
    for (size_t i = 0; i < count; i++)
        out[i < gap ? i : IPV6_PIECES - count + i] = pieces[i];
    return true;
}

/* The longest run of two or more zero pieces is written "::" (section 3.6). */
static void add_ipv6(struct buf *out, const uint16_t pieces[IPV6_PIECES])
{
    size_t best = SIZE_MAX, best_length = 1;
    for (size_t i = 0; i < IPV6_PIECES; i++) {
        size_t length = 0;
        while (i + length < IPV6_PIECES && !pieces[i + length])
            length++;
        if (length > best_length) {
            best = i;
            best_length = length;
        }
    }
    buf_add_char(out, '[');
    for (size_t i = 0; i < IPV6_PIECES; i++) {
        if (i == best) {
            buf_add(out, i ? ":" : "::");
            i += best_length - 1;
            continue;
        }
        buf_printf(out, "%x%s", pieces[i], i + 1 < IPV6_PIECES ? ":" : "");
    }
    buf_add_char(out, ']');
}

/* Percent-decoded, into host[]. */
static bool decode_host(struct text input, char host[HOST_LONGEST], size_t *length)
{
    *length = 0;
    for (size_t i = 0; i < input.length; i++) {
        char c = input.at[i];
        if (*length + 1 >= HOST_LONGEST)
            return false;
        if (c == '%' && i + 2 < input.length && hex_value(input.at[i + 1]) >= 0 && hex_value(input.at[i + 2]) >= 0) {
            c = (char)(hex_value(input.at[i + 1]) << 4 | hex_value(input.at[i + 2]));
            i += 2;
        }
        host[(*length)++] = c;
    }
    host[*length] = '\0';
    return true;
}

/* Nearly every host: letters, digits, '-' and '.', where the last label begins with a letter and so is no number. */
static bool add_plain_domain(struct buf *out, struct text host)
{
    char lower[256];
    size_t label = 0;
    if (!host.length || host.length > sizeof lower)
        return false;
    for (size_t i = 0; i < host.length; i++) {
        char c = ascii_lower(host.at[i]);
        if (c == '.')
            label = i + 1;
        else if (!ascii_is_alnum(c) && c != '-')
            return false;
        lower[i] = c;
    }
    if (label == host.length || !ascii_is_alpha(lower[label]))
        return false;
    buf_append(out, lower, host.length);
    return true;
}

static bool add_domain(struct buf *out, struct text input)
{
    char host[HOST_LONGEST], *ascii = NULL;
    size_t length;
    bool ok = true;
    if (add_plain_domain(out, input))
        return true;
    if (!decode_host(input, host, &length))
        return false;
    struct text domain = {host, length};
    if (!is_ascii(domain)) {
        if (memchr(host, 0, length) ||
            idn2_to_ascii_8z(host, &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT | IDN2_ALLOW_UNASSIGNED) != IDN2_OK)
            return false;
        domain = text_of(ascii);
    }
    size_t from = out->length;
    ok = domain.length > 0;
    for (size_t i = 0; ok && i < domain.length; i++) {
        unsigned char c = (unsigned char)ascii_lower(domain.at[i]);
        ok = !is_in_set(c, FORBIDDEN_HOST);
        buf_add_char(out, (char)c);
    }
    idn2_free(ascii);
    struct text written = {out->data + from, out->length - from};
    if (ok && ends_in_number(written)) {
        size_t kept = written.length < sizeof host ? written.length : 0;
        memcpy(host, written.at, kept);
        out->length = from;
        ok = add_ipv4(out, (struct text){host, kept});
    }
    return ok;
}

static bool add_host(struct buf *out, struct text host)
{
    uint16_t pieces[IPV6_PIECES];
    if (!host.length)
        return false;
    if (host.at[0] != '[')
        return add_domain(out, host);
    if (host.at[host.length - 1] != ']' || !read_ipv6((struct text){host.at + 1, host.length - 2}, pieces))
        return false;
    add_ipv6(out, pieces);
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
    add_encoded(out, name, SET_USER);
    if (password.length) {
        buf_add_char(out, ':');
        add_encoded(out, password, SET_USER);
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
    if (!add_host(&url->href, text_first(host, colon)))
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

/* How long the path at the start of `rest` is when it can be taken over as it stands: no byte to encode, no backslash,
 * no segment that begins like "." or "..".  0 when it has to be read segment by segment. */
static size_t plain_path_length(struct text rest)
{
    char before = '/';
    size_t length = 0;
    for (; length < rest.length; before = rest.at[length++]) {
        char c = rest.at[length];
        if (c == '?' || c == '#')
            break;
        if (c == '\\' || is_in_set((unsigned char)c, SET_PATH) || (before == '/' && (c == '.' || c == '%')))
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
            add_encoded(&url->href, segment, SET_PATH);
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
    add_query(&url->href, query, encoding);
}

static void parse_fragment(struct url *url, struct text rest)
{
    url->fragment = (uint32_t)url->href.length;
    if (!rest.length || rest.at[0] != '#')
        return;
    buf_add_char(&url->href, '#');
    add_encoded(&url->href, text_skip(rest, 1), SET_FRAGMENT);
}

/* ---- the whole --------------------------------------------------------------------------------------------- */

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

enum url_answer url_parse(struct url *url, struct text input, const struct url *base, struct text encoding)
{
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
            add_escaped(out, (unsigned char)c);
        i += 2;
        done = i + 1;
    }
    buf_append(out, target.at + done, target.length - done);
    session_strip(out);
}
