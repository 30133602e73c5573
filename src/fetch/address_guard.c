/* Judges an address by the user's seeds and options. */
#include <config.h>

#include "fetch/address_guard.h"

#include <stdlib.h>

#include "web/private_address.h"

/* A private host that a seed of the user is on. */
struct address_pass {
    char *host;
    uint16_t port;
    bool default_port;
};

void address_guard_release(struct address_guard *guard)
{
    for (size_t i = 0; i < guard->pass_count; i++)
        free(guard->passes[i].host);
    free(guard->passes);
    url_release(&guard->asked);
    guard->passes = NULL;
    guard->pass_count = 0;
}

static bool is_passed(const struct address_guard *guard, const struct url *url)
{
    for (size_t i = 0; i < guard->pass_count; i++) {
        const struct address_pass *pass = &guard->passes[i];
        if (text_equal(url_host(url), text_of(pass->host)) &&
            (pass->default_port ? url_has_default_port(url) : url->port == pass->port))
            return true;
    }
    return false;
}

enum result address_guard_pass_seed(struct address_guard *guard, const struct url *seed,
                                    struct trouble *trouble)
{
    if (!is_private_host(url_host(seed)) || is_passed(guard, seed))
        return RESULT_OK;
    struct address_pass *passes =
        realloc(guard->passes, (guard->pass_count + 1) * sizeof *guard->passes);
    guard->passes = passes ? passes : guard->passes;
    char *host = passes ? text_copy(url_host(seed)) : NULL;
    if (!host)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for another seed");
    passes[guard->pass_count++] = (struct address_pass){.host = host,
                                                        .port = seed->port,
                                                        .default_port = url_has_default_port(seed)};
    return RESULT_OK;
}

/* Takes the host off curl's "[+]HOST:PORT:ADDRESS[,ADDRESS]...", HOST perhaps in brackets. */
static struct text take_resolve_host(struct text *line)
{
    if (text_starts(*line, TEXT("+")))
        *line = text_skip(*line, 1);
    ptrdiff_t bracket = text_starts(*line, TEXT("[")) ? text_find_char(*line, ']') : 0;
    struct text rest = text_skip(*line, (size_t)(bracket > 0 ? bracket : 0));
    ptrdiff_t colon = text_find_char(rest, ':');
    size_t length = (size_t)(bracket > 0 ? bracket : 0) + (size_t)(colon > 0 ? colon : 0);
    struct text host = text_first(*line, length);
    *line = text_skip(*line, length + 1);
    return host;
}

/* Whether one --resolve gives this address for the URL's host and port. */
static bool resolves_to(const char *resolve, const struct url *url, const struct sockaddr *address)
{
    struct text rest = text_of(resolve), port, piece;
    struct text host = take_resolve_host(&rest);
    struct sockaddr_storage given;
    uint64_t number;
    if (!text_equal(host, TEXT("*")) && !text_equal_nocase(host, url_host(url)))
        return false;
    if (!text_split(&rest, ':', &port) || !text_to_number(port, &number) || number != url->port)
        return false;
    while (text_split(&rest, ',', &piece))
        if (read_ip_address(piece, &given) &&
            is_same_address((const struct sockaddr *)(const void *)&given, address))
            return true;
    return false;
}

static bool is_resolved(const struct address_guard *guard, const struct url *url,
                        const struct sockaddr *address)
{
    for (int i = 0; i < guard->options->resolve_count; i++)
        if (resolves_to(guard->options->resolve[i], url, address))
            return true;
    return false;
}

static bool read_url(struct address_guard *guard, struct text url)
{
    return url_parse(&guard->asked, url, NULL, TEXT("")) == URL_OK;
}

bool address_guard_allows(struct address_guard *guard, struct text url,
                          const struct sockaddr *address)
{
    if (guard->options->allow_private || !is_private_address(address))
        return true;
    return read_url(guard, url) &&
           (is_resolved(guard, &guard->asked, address) || is_passed(guard, &guard->asked));
}

bool address_guard_allows_proxied(struct address_guard *guard, struct text url)
{
    if (guard->options->allow_private)
        return true;
    return read_url(guard, url) &&
           (!is_private_host(url_host(&guard->asked)) || is_passed(guard, &guard->asked));
}
