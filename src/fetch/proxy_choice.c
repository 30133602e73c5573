/* Reads the variables that name proxies. */
#include <config.h>

#include "fetch/proxy_choice.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "web/private_address.h"

/* Copies the first of these variables that has a value.  *out stays NULL if none has. */
static bool read_variable(const char *const *names, char **out)
{
    for (; *names; names++) {
        const char *value = getenv(*names);
        if (value && value[0])
            return (*out = text_copy(text_of(value))) != NULL;
    }
    return true;
}

bool proxy_choice_init(struct proxy_choice *choice)
{
    /* HTTP_PROXY is not read: to a CGI program it is a field of the request. */
    static const char *const http[] = {"http_proxy", "all_proxy", "ALL_PROXY", NULL};
    static const char *const https[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                                        NULL};
    static const char *const direct[] = {"no_proxy", "NO_PROXY", NULL};
    *choice = (struct proxy_choice){.http = NULL};
    return read_variable(http, &choice->http) && read_variable(https, &choice->https) &&
           read_variable(direct, &choice->direct);
}

void proxy_choice_release(struct proxy_choice *choice)
{
    free(choice->http);
    free(choice->https);
    free(choice->direct);
    *choice = (struct proxy_choice){.http = NULL};
}

bool proxy_choice_has_any(const struct proxy_choice *choice)
{
    return choice->http || choice->https;
}

/* ---- hosts without a proxy ---- */

static struct text bytes_of(const struct sockaddr_storage *address)
{
    return address->ss_family == AF_INET
               ? (struct text){(const char *)&((const struct sockaddr_in *)address)->sin_addr, 4}
               : (struct text){(const char *)&((const struct sockaddr_in6 *)address)->sin6_addr,
                               16};
}

/* Whether "ADDRESS" or "ADDRESS/BITS" holds the address. */
static bool holds_address(struct text entry, const struct sockaddr_storage *address)
{
    struct sockaddr_storage first;
    struct text words, want = bytes_of(address);
    uint64_t bits = want.length * 8;
    if (!text_split(&entry, '/', &words) || !read_ip_address(words, &first) ||
        first.ss_family != address->ss_family)
        return false;
    if (entry.at && (!text_to_number(entry, &bits) || bits > want.length * 8))
        return false;
    struct text have = bytes_of(&first);
    size_t whole = (size_t)bits / 8, rest = (size_t)bits % 8;
    if (memcmp(have.at, want.at, whole) != 0)
        return false;
    return !rest || (unsigned char)(have.at[whole] ^ want.at[whole]) >> (8 - rest) == 0;
}

static struct text without_dots(struct text name)
{
    if (text_starts(name, TEXT(".")))
        name = text_skip(name, 1);
    if (text_ends(name, TEXT(".")))
        name.length--;
    return name;
}

/* Whether the host is this domain, or is below it. */
static bool is_below(struct text host, struct text domain)
{
    if (!domain.length || host.length < domain.length)
        return false;
    struct text tail = text_skip(host, host.length - domain.length);
    return text_equal_nocase(tail, domain) &&
           (tail.at == host.at || host.at[host.length - domain.length - 1] == '.');
}

static bool is_direct(struct text list, struct text host)
{
    struct sockaddr_storage address;
    bool numeric = read_ip_address(host, &address);
    if (text_equal(text_trim(list), TEXT("*")))
        return true;
    while (list.length) {
        size_t length = 0;
        while (length < list.length && !strchr(", \t", list.at[length]))
            length++;
        struct text entry = text_first(list, length);
        list = text_skip(list, length + (length < list.length));
        if (numeric ? holds_address(entry, &address)
                    : is_below(without_dots(host), without_dots(entry)))
            return true;
    }
    return false;
}

const char *proxy_choice_of(const struct proxy_choice *choice, const struct url *url)
{
    const char *proxy = url->https ? choice->https : choice->http;
    if (!proxy || (choice->direct && is_direct(text_of(choice->direct), url_host(url))))
        return "";
    return proxy;
}
