/* Allocates, clears and frees exchanges.  Each part has a limit: the server chooses its size. */
#include <config.h>

#include "web/exchange.h"

#include <stdlib.h>

#include "web/url.h"

struct exchange *exchange_new(const char *spool_directory)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (!exchange)
        return NULL;
    buf_init(&exchange->url, URL_LONGEST);
    buf_init(&exchange->conditions, EXCHANGE_REQUEST_BYTES);
    buf_init(&exchange->request, EXCHANGE_REQUEST_BYTES);
    buf_init(&exchange->left_out, EXCHANGE_REQUEST_BYTES);
    buf_init(&exchange->certificates, EXCHANGE_CERTIFICATES_BYTES);
    buf_init(&exchange->dns_name, EXCHANGE_NAMES_BYTES);
    buf_init(&exchange->dns, EXCHANGE_NAMES_BYTES);
    buf_init(&exchange->resolved, EXCHANGE_NAMES_BYTES);
    buf_init(&exchange->trailers, EXCHANGE_INTERIM_BYTES);
    buf_init(&exchange->interim, EXCHANGE_INTERIM_BYTES);
    spool_init(&exchange->response, EXCHANGE_MEMORY_BYTES, spool_directory);
    return exchange;
}

void exchange_free(struct exchange *exchange)
{
    if (!exchange)
        return;
    buf_release(&exchange->url);
    buf_release(&exchange->conditions);
    buf_release(&exchange->request);
    buf_release(&exchange->left_out);
    buf_release(&exchange->certificates);
    buf_release(&exchange->dns_name);
    buf_release(&exchange->dns);
    buf_release(&exchange->resolved);
    buf_release(&exchange->interim);
    buf_release(&exchange->trailers);
    spool_release(&exchange->response);
    free(exchange);
}

void exchange_clear(struct exchange *exchange)
{
    buf_clear(&exchange->url);
    buf_clear(&exchange->conditions);
    buf_clear(&exchange->request);
    buf_clear(&exchange->left_out);
    exchange_clear_response(exchange);
    buf_clear(&exchange->dns_name);
    buf_clear(&exchange->dns);
    buf_clear(&exchange->resolved);
    exchange->dns_server[0] = '\0';
    exchange->refused[0] = '\0';
    exchange->certificate_unchecked = false;
}

void exchange_clear_response(struct exchange *exchange)
{
    spool_clear(&exchange->response);
    buf_clear(&exchange->interim);
    buf_clear(&exchange->trailers);
    buf_clear(&exchange->certificates);
    exchange->facts = (struct exchange_facts){.protocol = NULL};
    exchange->began_ms = exchange->took_ms = 0;
    exchange->ip[0] = '\0';
    exchange->head_length = 0;
    exchange->status = 0;
    exchange->cut = CUT_NONE;
    exchange->just_ended = false;
    exchange->error[0] = '\0';
}

bool exchange_keep_interim(struct exchange *exchange)
{
    struct text head = spool_bytes(&exchange->response);
    bool fits = head.length <= exchange->interim.limit - exchange->interim.length;
    if (fits)
        buf_add_text(&exchange->interim, head);
    spool_clear(&exchange->response);
    exchange->head_length = 0;
    return fits;
}

struct text exchange_host(const struct exchange *exchange)
{
    struct text url = buf_text(&exchange->url), host;
    ptrdiff_t scheme = text_find(url, TEXT("://"));
    url = text_skip(url, scheme < 0 ? 0 : (size_t)scheme + 3);
    return text_split(&url, '/', &host) ? host : TEXT("");
}

const char *exchange_cut_name(enum exchange_cut cut)
{
    static const char *const names[] = {NULL, "length", "time", "disconnect"};
    return names[cut];
}
