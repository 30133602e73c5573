/* The address ranges that are not public (IANA special-purpose registries, RFC 6890). */
#include <config.h>

#include "web/private_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

static bool is_private_v4(uint32_t a)
{
    return a >> 24 == 0 || a >> 24 == 10 || a >> 24 == 127 || a >> 20 == (172u << 4 | 1) ||
           a >> 16 == (192u << 8 | 168) || a >> 16 == (169u << 8 | 254) ||
           a >> 22 == (100u << 2 | 1) || a >= 0xe0000000u;
}

bool is_private_address(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return is_private_v4(
            ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    if (address->sa_family != AF_INET6)
        return true;
    const struct in6_addr *v6 = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
    const unsigned char *b = v6->s6_addr;
    uint32_t last = (uint32_t)b[12] << 24 | (uint32_t)b[13] << 16 | (uint32_t)b[14] << 8 | b[15];
    if (IN6_IS_ADDR_V4MAPPED(v6))
        return is_private_v4(last);
    if (b[0] == 0 && b[1] == 0x64 && b[2] == 0xff && b[3] == 0x9b) /* NAT64, RFC 6052 */
        return is_private_v4(last);
    return IN6_IS_ADDR_LOOPBACK(v6) || IN6_IS_ADDR_UNSPECIFIED(v6) || IN6_IS_ADDR_LINKLOCAL(v6) ||
           (b[0] & 0xfe) == 0xfc || b[0] == 0xff;
}

bool is_private_host(struct text host)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    char literal[INET6_ADDRSTRLEN];
    if (text_starts(host, TEXT("[")) && text_ends(host, TEXT("]")))
        host = (struct text){host.at + 1, host.length - 2};
    if (text_equal(host, TEXT("localhost")) || text_ends(host, TEXT(".localhost")))
        return true;
    if (host.length >= sizeof literal)
        return false;
    memcpy(literal, host.at, host.length);
    literal[host.length] = '\0';
    if (inet_pton(AF_INET, literal, &v4.sin_addr) == 1)
        return is_private_address((const struct sockaddr *)&v4);
    return inet_pton(AF_INET6, literal, &v6.sin6_addr) == 1 &&
           is_private_address((const struct sockaddr *)&v6);
}
