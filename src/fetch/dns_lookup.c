/* Runs the thread that looks hosts up, and passes its results to exchanges. */
#include <config.h>

#include "fetch/dns_lookup.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <resolv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/entropy.h"
#include "fetch/dns_response.h"
#include "fetch/host_set.h"

enum { MESSAGE_BYTES = 65536, QUERY_SECONDS = 2, QUERY_TRIES = 2, DATE14 = 14 };

/* A host to look up, and then what was found. */
struct name {
    struct name *next;
    struct buf record, addresses;
    char server[INET6_ADDRSTRLEN];
    char host[];
};

/* The thread frees it, so that the end of a run does not wait for a lookup. */
struct dns_lookup {
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct name *asked, **asked_last, *answered;
    bool ending;
    struct host_set known; /* used by the caller's thread only */
};

/* ---- lookups ---- */

/* RFC 2540, 3.2: the time of the answer comes first, as 14 digits. */
static void write_date(char out[DATE14 + 1])
{
    char date[DATE_WARC_SIZE];
    size_t length = 0;
    date_write_warc(clock_wall_ms(), date);
    for (const char *c = date; *c && length < DATE14; c++)
        if (ascii_is_digit(*c))
            out[length++] = *c;
    out[length] = '\0';
}

static void ask_name_server(struct name *name, unsigned char *bytes)
{
    struct __res_state state;
    memset(&state, 0, sizeof state);
    if (res_ninit(&state) != 0)
        return;
    state.retrans = QUERY_SECONDS;
    state.retry = QUERY_TRIES;
    /* with several name servers, it is not known which one answered */
    if (state.nscount == 1 && state.nsaddr_list[0].sin_family == AF_INET)
        inet_ntop(AF_INET, &state.nsaddr_list[0].sin_addr, name->server, sizeof name->server);
    for (int i = 0; i < 2; i++) {
        int length =
            res_nquery(&state, name->host, ns_c_in, i ? ns_t_aaaa : ns_t_a, bytes, MESSAGE_BYTES);
        char date[DATE14 + 1];
        write_date(date);
        if (length > 0)
            dns_response_write((struct text){(const char *)bytes, (size_t)length}, text_of(date),
                               !name->record.length, &name->record);
    }
    res_nclose(&state);
}

/* What getaddrinfo() tells programs on this machine: the hosts file counts too. */
static void ask_system(struct name *name)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}, *list = NULL;
    char words[INET6_ADDRSTRLEN];
    if (getaddrinfo(name->host, NULL, &hints, &list) != 0)
        return;
    for (const struct addrinfo *one = list; one; one = one->ai_next)
        if (getnameinfo(one->ai_addr, one->ai_addrlen, words, sizeof words, NULL, 0,
                        NI_NUMERICHOST) == 0)
            buf_printf(&name->addresses, "%s%s", name->addresses.length ? " " : "", words);
    freeaddrinfo(list);
}

static void look_up(struct name *name, unsigned char *bytes)
{
    ask_name_server(name, bytes);
    ask_system(name);
}

/* ---- the thread ---- */

static void free_name(struct name *name)
{
    if (!name)
        return;
    buf_release(&name->record);
    buf_release(&name->addresses);
    free(name);
}

static void free_all(struct dns_lookup *names)
{
    for (struct name *lists[] = {names->asked, names->answered}, **list = lists; list < lists + 2;
         list++)
        while (*list) {
            struct name *next = (*list)->next;
            free_name(*list);
            *list = next;
        }
    pthread_mutex_destroy(&names->lock);
    pthread_cond_destroy(&names->work);
    free(names);
}

static void *work(void *argument)
{
    struct dns_lookup *names = argument;
    unsigned char *bytes = malloc(MESSAGE_BYTES);
    pthread_mutex_lock(&names->lock);
    while (!names->ending) {
        struct name *name = names->asked;
        if (!name) {
            pthread_cond_wait(&names->work, &names->lock);
            continue;
        }
        names->asked = name->next;
        if (!names->asked)
            names->asked_last = &names->asked;
        pthread_mutex_unlock(&names->lock);
        if (bytes)
            look_up(name, bytes);
        pthread_mutex_lock(&names->lock);
        name->next = names->answered;
        names->answered = name;
    }
    pthread_mutex_unlock(&names->lock);
    free(bytes);
    free_all(names);
    return NULL;
}

struct dns_lookup *dns_lookup_new(void)
{
    pthread_t thread;
    struct dns_lookup *names = calloc(1, sizeof *names);
    if (!names)
        return NULL;
    pthread_mutex_init(&names->lock, NULL);
    pthread_cond_init(&names->work, NULL);
    names->asked_last = &names->asked;
    entropy_fill(&names->known.key, sizeof names->known.key);
    if (pthread_create(&thread, NULL, work, names) != 0) {
        free_all(names);
        return NULL;
    }
    pthread_detach(thread);
    return names;
}

void dns_lookup_free(struct dns_lookup *names)
{
    if (!names)
        return;
    host_set_release(&names->known);
    pthread_mutex_lock(&names->lock);
    names->ending = true;
    pthread_cond_signal(&names->work);
    pthread_mutex_unlock(&names->lock);
}

/* ---- who is looked up ---- */

/* Whether curl's HOST:PORT:ADDRESS (with an optional '+' first) gives the address of host:port. */
static bool names_address_of(const char *resolve, struct text host, struct text port)
{
    struct text rest = text_of(resolve), for_host, for_port;
    if (text_starts(rest, TEXT("+")))
        rest = text_skip(rest, 1);
    return text_split(&rest, ':', &for_host) && text_split(&rest, ':', &for_port) &&
           text_equal(for_port, port) &&
           (text_equal(for_host, TEXT("*")) || text_equal_nocase(for_host, host));
}

struct text dns_lookup_host_of(const struct exchange *exchange, const struct fetch_options *options)
{
    struct text rest = exchange_host(exchange), host, port = TEXT("80");
    char numeric[64];
    struct in_addr unused;
    if (text_starts(buf_text(&exchange->url), TEXT("https:")))
        port = TEXT("443");
    if (text_starts(rest, TEXT("[")) || !text_split(&rest, ':', &host))
        return TEXT("");
    for (int i = 0; i < options->resolve_count; i++)
        if (names_address_of(options->resolve[i], host, rest.at ? rest : port))
            return TEXT("");
    snprintf(numeric, sizeof numeric, "%.*s", host.length < sizeof numeric ? (int)host.length : 0,
             host.at);
    return inet_pton(AF_INET, numeric, &unused) == 1 ? TEXT("") : host;
}

/* ---- the other side ---- */

void dns_lookup_ask(struct dns_lookup *names, struct text host)
{
    struct name *name =
        host_set_has(&names->known, host) ? NULL : calloc(1, sizeof *name + host.length + 1);
    if (!name)
        return;
    host_set_add(&names->known, host);
    memcpy(name->host, host.at, host.length);
    buf_init(&name->record, EXCHANGE_NAMES_BYTES);
    buf_init(&name->addresses, EXCHANGE_NAMES_BYTES);
    pthread_mutex_lock(&names->lock);
    *names->asked_last = name;
    names->asked_last = &name->next;
    pthread_cond_signal(&names->work);
    pthread_mutex_unlock(&names->lock);
}

void dns_lookup_take(struct dns_lookup *names, struct exchange *exchange)
{
    pthread_mutex_lock(&names->lock);
    struct name *name = names->answered;
    if (name)
        names->answered = name->next;
    pthread_mutex_unlock(&names->lock);
    if (!name)
        return;
    buf_take(&exchange->dns, &name->record);
    buf_take(&exchange->resolved, &name->addresses);
    buf_clear(&exchange->dns_name);
    buf_add(&exchange->dns_name, name->host);
    snprintf(exchange->dns_server, sizeof exchange->dns_server, "%s", name->server);
    free_name(name);
}

void dns_lookup_forget(struct dns_lookup *names, const struct exchange *exchange)
{
    if (exchange->dns_name.length)
        host_set_remove(&names->known, buf_text(&exchange->dns_name));
}
