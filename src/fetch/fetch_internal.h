/*
 * Inside the fetcher: what its two parts share.  For fetch.c, which starts, turns and ends, and
 * fetch_begin.c, which makes the handles and has what libcurl calls.
 */
#ifndef FETCH_FETCH_INTERNAL_H
#define FETCH_FETCH_INTERNAL_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/text.h"
#include "fetch/dns_lookup.h"
#include "fetch/fetch_options.h"
#include "fetch/raw_http.h"
#include "fetch/tls_info.h"
#include "fetch/transfer_limits.h"
#include "web/exchange.h"

enum { SLOTS = 64 };

struct slot {
    struct fetch *fetch;
    CURL *easy;
    struct exchange *exchange;
    void *context;
    struct transfer_limits limits;
    struct curl_slist *headers; /* the request's own; NULL: those of all */
    struct raw_http *raw_http;  /* the second way, when it is gone */
    enum exchange_cut cut;      /* by us, */
    const char *cut_words;      /* and why; NULL: it was not */
    struct tls_watch watch, bare_watch;
    const void *made; /* the TLS connection of the second way */
    const void *ssl;  /* that of the present response; NULL: none */
    bool told;        /* and the server has said that nothing more will come over it */
    bool in_head;     /* the head of the present response is still coming */
    bool forbidden;   /* the address is private and none of the seeds is */
    bool out_of_disk;
    bool afresh; /* kept connections were dead: this time it gets one of its own */
    char curl_words[CURL_ERROR_SIZE];
    struct slot *next; /* in the list of free or of ended ones */
    CURLcode result;
};

struct fetch {
    CURLM *multi;
    CURLSH *cookies; /* of all slots; NULL: none are kept */
    struct slot slots[SLOTS];
    struct slot *free, *ended;
    struct curl_slist *headers, *resolve;
    const struct fetch_options *options;
    struct text users; /* borrowed */
    struct host_set certified;
    struct dns_lookup *names;
    bool private_allowed;
    bool proxied;          /* the environment names a proxy: whose address is whose is not known */
    int running, raw_http; /* how many; how many of these go the second way */
};

/* A handle for the slot's second way, which only connects: slot->made is its TLS connection, once
 * there. */
void fetch_set_up_bare(CURL *easy, struct slot *slot);

#endif
