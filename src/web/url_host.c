/* Parses and serialises hosts.  Plain ASCII names, the usual case, do not go through IDNA. */
#include <config.h>

#include "web/url_host.h"

#include <string.h>

#include "web/idna.h"

enum { HOST_LONGEST = 4096, IPV6_PIECES = 8 };

/* The "IPv4 number parser" of section 3.5. */
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

/* Reads the dotted end of an IPv6 address: four numbers up to 255 without leading zeros. */
static bool read_ipv4_tail(struct text text, uint16_t pieces[2])
{
    unsigned bytes[4] = {0};
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

/* Writes the longest run of two or more zero pieces as "::" (section 3.6). */
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

/* The byte in lower case; 0 when a domain may not contain it, as all bytes outside ASCII. */
static char domain_byte(char c)
{
    static const bool forbidden[128] = {
        [' '] = true,  ['#'] = true, ['%'] = true, ['/'] = true, [':'] = true,
        ['<'] = true,  ['>'] = true, ['?'] = true, ['@'] = true, ['['] = true,
        ['\\'] = true, [']'] = true, ['^'] = true, ['|'] = true,
    };
    unsigned char byte = (unsigned char)c;
    return byte < 0x20 || byte >= 0x7f || forbidden[byte] ? '\0' : ascii_lower(c);
}

/* Percent-decodes the input into host[].  *plain is whether it is ASCII and certainly has no
 * Punycode label ("xn--x"). */
static bool decode_host(struct text input, char host[HOST_LONGEST], size_t *length, bool *plain)
{
    *length = 0;
    *plain = true;
    for (size_t i = 0; i < input.length; i++) {
        char c = input.at[i];
        if (*length + 1 >= HOST_LONGEST)
            return false;
        if (c == '%' && i + 2 < input.length && hex_value(input.at[i + 1]) >= 0 &&
            hex_value(input.at[i + 2]) >= 0) {
            c = (char)(hex_value(input.at[i + 1]) << 4 | hex_value(input.at[i + 2]));
            i += 2;
        }
        *plain =
            *plain && (unsigned char)c < 0x80 && !(c == '-' && *length && host[*length - 1] == '-');
        host[(*length)++] = c;
    }
    return true;
}

/* Changes the domain to lower case.  False when it is empty or has a forbidden byte. */
static bool settle_domain(char *domain, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        domain[i] = domain_byte(domain[i]);
        if (!domain[i])
            return false;
    }
    return length > 0;
}

static bool add_domain(struct buf *out, struct text input)
{
    char host[HOST_LONGEST];
    size_t length, from = out->length;
    bool plain;
    if (!decode_host(input, host, &length, &plain))
        return false;
    if (plain)
        buf_append(out, host, length);
    else if (!idna_write(out, (struct text){host, length}, IDNA_OF_BROWSERS))
        return false;
    length = out->length - from;
    if (!buf_ok(out) || length > HOST_LONGEST || !settle_domain(out->data + from, length))
        return false;
    if (!ends_in_number(text_skip(buf_text(out), from)))
        return true;
    memcpy(host, out->data + from, length);
    out->length = from;
    return add_ipv4(out, (struct text){host, length});
}

bool url_write_host(struct buf *out, struct text host)
{
    uint16_t pieces[IPV6_PIECES];
    if (!host.length)
        return false;
    if (host.at[0] != '[')
        return add_domain(out, host);
    if (host.at[host.length - 1] != ']' ||
        !read_ipv6((struct text){host.at + 1, host.length - 2}, pieces))
        return false;
    add_ipv6(out, pieces);
    return true;
}
