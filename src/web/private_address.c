/* The ranges of the IANA special-purpose registries, and how an address is found in them. */
#include <config.h>

#include "web/private_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "web/url_host.h"

enum { V6_BYTES = 16, HOST_BYTES = 4096 };

/* A range, and what it is for; NULL: it is public. */
struct range {
    const char *first;
    int bits;
    const char *purpose;
};

/* Of the ranges that hold an address, the one with the most bits counts. */
static const struct range v4_ranges[] = {
    {"0.0.0.0", 8, "this network"},
    {"10.0.0.0", 8, "private use"},
    {"100.64.0.0", 10, "shared by carriers"},
    {"127.0.0.0", 8, "loopback"},
    {"169.254.0.0", 16, "link-local"},
    {"172.16.0.0", 12, "private use"},
    {"192.0.0.0", 24, "IETF protocols"},
    {"192.0.0.9", 32, NULL},  /* Port Control Protocol anycast */
    {"192.0.0.10", 32, NULL}, /* TURN anycast */
    {"192.0.2.0", 24, "documentation"},
    {"192.88.99.0", 24, "6to4 relays"},
    {"192.168.0.0", 16, "private use"},
    {"198.18.0.0", 15, "benchmarking"},
    {"198.51.100.0", 24, "documentation"},
    {"203.0.113.0", 24, "documentation"},
    {"224.0.0.0", 4, "multicast"},
    {"240.0.0.0", 4, "reserved"},
    {"255.255.255.255", 32, "broadcast"},
};

static const struct range v6_ranges[] = {
    {"::", 0, "reserved"},
    {"::", 96, "IPv4-compatible"},
    {"::", 128, "unspecified"},
    {"::1", 128, "loopback"},
    {"64:ff9b:1::", 48, "local translation"},
    {"100::", 64, "discard-only"},
    {"100:0:0:1::", 64, "dummy prefix"},
    {"2000::", 3, NULL},
    {"2001::", 23, "IETF protocols"},
    {"2001::", 32, "Teredo"},
    {"2001:1::1", 128, NULL}, /* Port Control Protocol anycast */
    {"2001:1::2", 128, NULL}, /* TURN anycast */
    {"2001:1::3", 128, NULL}, /* DNS-SD service registration anycast */
    {"2001:2::", 48, "benchmarking"},
    {"2001:3::", 32, NULL},     /* AMT */
    {"2001:4:112::", 48, NULL}, /* AS112-v6 */
    {"2001:10::", 28, "ORCHID"},
    {"2001:20::", 28, NULL}, /* ORCHIDv2 */
    {"2001:30::", 28, NULL}, /* drone remote identification */
    {"2001:db8::", 32, "documentation"},
    {"2002::", 16, "6to4"},
    {"3fff::", 20, "documentation"},
    {"5f00::", 16, "segment routing"},
    {"fc00::", 7, "private use"},
    {"fe80::", 10, "link-local"},
    {"fec0::", 10, "site-local"},
    {"ff00::", 8, "multicast"},
};

/* Ranges whose last four bytes are an IPv4 address. */
static const struct range v4_inside[] = {{"::ffff:0:0", 96, NULL},
                                         {"::ffff:0:0:0", 96, NULL},
                                         {"64:ff9b::", 96, NULL}};

static bool is_in(const struct range *range, int family, const unsigned char *bytes)
{
    unsigned char first[V6_BYTES];
    int whole = range->bits / 8, rest = range->bits % 8;
    if (inet_pton(family, range->first, first) != 1 || memcmp(first, bytes, (size_t)whole) != 0)
        return false;
    return !rest || (first[whole] ^ bytes[whole]) >> (8 - rest) == 0;
}

static const char *purpose_in(const struct range *ranges, size_t count, int family,
                              const unsigned char *bytes)
{
    const struct range *best = NULL;
    for (size_t i = 0; i < count; i++)
        if ((!best || ranges[i].bits > best->bits) && is_in(&ranges[i], family, bytes))
            best = &ranges[i];
    return best ? best->purpose : NULL;
}

static const char *purpose_of_v4(const unsigned char *bytes)
{
    return purpose_in(v4_ranges, sizeof v4_ranges / sizeof *v4_ranges, AF_INET, bytes);
}

static const unsigned char *v4_bytes(const struct sockaddr *address)
{
    return (const unsigned char *)&((const struct sockaddr_in *)(const void *)address)->sin_addr;
}

static const unsigned char *v6_bytes(const struct sockaddr *address)
{
    return ((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr;
}

const char *private_address_purpose(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return purpose_of_v4(v4_bytes(address));
    if (address->sa_family != AF_INET6)
        return "not of the internet";
    const unsigned char *bytes = v6_bytes(address);
    for (size_t i = 0; i < sizeof v4_inside / sizeof *v4_inside; i++)
        if (is_in(&v4_inside[i], AF_INET6, bytes))
            return purpose_of_v4(bytes + V6_BYTES - 4);
    return purpose_in(v6_ranges, sizeof v6_ranges / sizeof *v6_ranges, AF_INET6, bytes);
}

bool is_private_address(const struct sockaddr *address)
{
    return private_address_purpose(address) != NULL;
}

bool read_ip_address(struct text text, struct sockaddr_storage *address)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)address;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)address;
    char words[INET6_ADDRSTRLEN];
    memset(address, 0, sizeof *address);
    if (text_starts(text, TEXT("[")) && text_ends(text, TEXT("]")))
        text = (struct text){text.at + 1, text.length - 2};
    ptrdiff_t zone = text_find_char(text, '%');
    text = zone > 0 ? text_first(text, (size_t)zone) : text;
    if (text.length >= sizeof words)
        return false;
    snprintf(words, sizeof words, "%.*s", TEXT_ARGS(text));
    address->ss_family = AF_INET;
    if (zone < 0 && inet_pton(AF_INET, words, &v4->sin_addr) == 1)
        return true;
    address->ss_family = AF_INET6;
    return inet_pton(AF_INET6, words, &v6->sin6_addr) == 1;
}

/* The address as 16 bytes, an IPv4 address mapped. */
static bool write_bytes(const struct sockaddr *address, unsigned char out[V6_BYTES])
{
    static const unsigned char mapped[V6_BYTES] = {[10] = 0xff, [11] = 0xff};
    memcpy(out, mapped, V6_BYTES);
    if (address->sa_family == AF_INET)
        memcpy(out + V6_BYTES - 4, v4_bytes(address), 4);
    else if (address->sa_family == AF_INET6)
        memcpy(out, v6_bytes(address), V6_BYTES);
    return address->sa_family == AF_INET || address->sa_family == AF_INET6;
}

bool is_same_address(const struct sockaddr *a, const struct sockaddr *b)
{
    unsigned char left[V6_BYTES], right[V6_BYTES];
    return write_bytes(a, left) && write_bytes(b, right) && memcmp(left, right, V6_BYTES) == 0;
}

bool is_private_host(struct text host)
{
    struct sockaddr_storage address;
    struct buf plain;
    buf_init(&plain, HOST_BYTES);
    /* Decimal, hexadecimal, short and other spellings become the usual one. */
    bool private = false;
    if (!url_write_host(&plain, host))
    private = buf_is_out_of_memory(&plain); /* unknown: then it is left alone */
    else
    {
        struct text name = buf_text(&plain);
        if (text_ends(name, TEXT(".")))
            name.length--;
        private = text_equal(name, TEXT("localhost")) || text_ends(name, TEXT(".localhost")) ||
                  (read_ip_address(name, &address) &&
                   is_private_address((const struct sockaddr *)&address));
    }
    buf_release(&plain);
    return private;
}
