/*
 * What fetch.c and fetch_begin.c share.  fetch.c starts, drives and ends transfers; fetch_begin.c
 * makes the handles and has libcurl's callbacks.
 */
#ifndef FETCH_FETCH_INTERNAL_H
#define FETCH_FETCH_INTERNAL_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/text.h"
#include "fetch/address_guard.h"
#include "fetch/cookie_jar.h"
#include "fetch/dns_lookup.h"
#include "fetch/fetch_options.h"
#include "fetch/kept_hosts.h"
#include "fetch/proxy_choice.h"
#include "fetch/raw_http.h"
#include "fetch/request_headers.h"
#include "fetch/tls_info.h"
#include "fetch/transfer_limits.h"
#include "web/exchange.h"

enum { SLOTS = 64 };

/* How the addresses of one request were judged. */
struct slot_way {
    bool proxied; /* it goes through a proxy */
    bool refused; /* some address was forbidden, ... */
    bool opened;  /* ... and some was not */
};

/* The TLS connections of a transfer. */
struct slot_tls {
    struct tls_watch watch, raw_watch;
    const void *made;    /* the TLS connection of raw_http */
    const void *ssl;     /* that of the current response; NULL: none */
    bool close_notified; /* the server has sent close_notify over it */
};

struct slot {
    struct fetch *fetch;
    CURL *easy;
    struct exchange *exchange;
    void *context;
    struct transfer_limits limits;
    struct curl_slist *headers; /* of this request */
    struct raw_http *raw_http;  /* NULL: libcurl reads the response */
    struct transfer_cut cut;    /* its words are NULL unless we cut it */
    struct slot_tls tls;
    bool in_head; /* the head of the current response is still arriving */
    struct slot_way way;
    bool out_of_disk;
    bool afresh; /* kept connections were dead: this try opens its own */
    char curl_words[CURL_ERROR_SIZE];
    struct slot *next; /* in the list of free or of ended slots */
    CURLcode result;
};

/* What decides how long a response is waited for. */
struct fetch_patience {
    struct host_set endless; /* hosts that have sent a response that was cut for good */
    int64_t run_ends_ms;     /* steady clock; 0: not known */
};

/* The lines of --resolve. */
struct fetch_resolve {
    struct curl_slist *all, *wildcards; /* the latter: those for every host */
    bool told;                          /* libcurl knows them all */
};

struct fetch {
    CURLM *multi;
    struct cookie_jar cookies;
    struct slot slots[SLOTS];
    struct slot *free, *ended;
    struct fetch_resolve resolve;
    char *user_agent;
    struct request_headers headers;
    const struct fetch_options *options;
    struct text users; /* borrowed */
    struct host_set certified;
    struct kept_hosts kept; /* hosts whose connections stay open */
    struct fetch_patience patience;
    struct dns_lookup *names;
    struct address_guard guard;
    struct proxy_choice proxies;
    struct url asked;      /* scratch */
    int running, raw_http; /* how many, and how many of these use raw_http */
    int64_t listened_ms;   /* steady clock: when somebody last listened; 0: not yet */
};

/* Called before clocks are judged, at least twice a second.  Time in which the process stood
 * still or did other work is not counted against servers. */
void fetch_listens(struct fetch *fetch);

/* How long connecting may take, in milliseconds. */
long fetch_connect_patience(const struct fetch_options *options);

/* Gives the slot a new handle for the next request.  A handle that is used again still points to
 * header fields of the last response, which libcurl has freed (seen in 7.88.1). If the first field
 * of the next response begins with a blank, libcurl writes there.  Connections and names are kept
 * apart from the handles.  False without memory. */
MUST_CHECK bool fetch_renew(struct slot *slot);

/* Sets up a handle for raw_http, which only connects.  Once connected, slot->tls.made is its TLS
 * connection. */
void fetch_set_up_raw(CURL *easy, struct slot *slot);

/* Lets the request of the slot go through the proxy that the environment names, or directly. */
MUST_CHECK bool fetch_choose_proxy(CURL *easy, struct slot *slot);

/* Whether no address that the request could use was allowed. */
bool fetch_is_forbidden(const struct slot *slot);

#endif
