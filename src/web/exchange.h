/*
 * One request and its response, exactly as they crossed the wire, and what else is known of the
 * exchange.  The fetcher fills it in; link extraction and the WARC writer read it.  Large responses
 * are on disk.
 */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/spool.h"

/* Why a response is incomplete: the values of WARC-Truncated (WARC 1.1, section 5.13). */
enum exchange_cut {
    CUT_NONE,
    CUT_LENGTH,     /* our size limit */
    CUT_TIME,       /* our time limit */
    CUT_DISCONNECT, /* the connection ended before the message did */
};

/* Why the server could not be reached. */
enum exchange_unreached {
    UNREACHED_NOT,     /* it was reached */
    UNREACHED_NAME,    /* its name has no address, or no name server answers */
    UNREACHED_REFUSED, /* the connection was refused, or there is no route to the address */
    UNREACHED_SILENT,  /* no reply within the time for connecting */
};

/* Facts about an exchange.  Times are in microseconds since its beginning; 0 when there was no such
 * step. */
struct exchange_facts {
    const char *protocol; /* "http/1.1", "http/1.0", "h2"; NULL when unknown; static */
    const char *tls;      /* "tls/1.3"; NULL without TLS; static */
    const char *cipher;   /* the suite's name at IANA; NULL without TLS; static */
    bool reused;          /* the connection was already open */
    enum exchange_unreached unreached;
    bool unheard;      /* the host has an address, but connecting to it, or TLS over it, failed */
    bool cut_for_good; /* the response was cut, and would be cut again */
    bool by_redirect;  /* a redirect led to the URL; set before the request */
    bool sets_cookie;  /* it sets a cookie that the request did not have, and cookies are kept */
    int64_t looked_up_us, connected_us, secured_us, first_octet_us;
};

/* All buffers are owned by the exchange. */
struct exchange {
    struct buf url;   /* as requested, without fragment */
    int64_t began_ms; /* wall clock when the capture began */
    int64_t took_ms;
    char ip[64];           /* numeric address of the server; "" when unknown or behind a proxy */
    struct buf conditions; /* header lines, each ending in LF, that make the request conditional */
    struct buf request;    /* the bytes sent, without the secrets that `left_out` names */
    struct buf left_out;   /* names of fields whose values are not in `request` (web/secrets.h) */
    struct spool response; /* bytes of the final response, from its status line on */
    size_t head_length;    /* length of the head in `response`, its empty line included */
    int status;            /* 0 when no response came */
    struct buf interim;    /* heads of the interim responses (1xx) that came before */
    struct buf trailers;   /* HTTP/2 trailer fields; those of HTTP/1.1 are in `response` */
    enum exchange_cut cut;
    char error[256]; /* why the response is missing or incomplete; "" when it is complete */
    /* Why libcurl rejected the response, so that it was requested again and read without libcurl;
     * "" when it did not. */
    char refused[256];
    bool certificate_unchecked;
    /* The body ended with the connection, but TLS had no closing message.  It is unknown whether
     * the response is complete. */
    bool just_ended;
    struct exchange_facts facts;
    struct buf dns_name; /* a host whose name was looked up meanwhile; usually empty */
    struct buf dns;      /* the name server's reply: a date, then lines of a zone file */
    char dns_server[64]; /* the name server's address; "" when unknown */
    struct buf resolved; /* the addresses this machine's resolver found, separated by blanks */
    /* Certificates as PEM, the server's own first.  Only with the first response of a host in a
     * run, else empty. */
    struct buf certificates;
};

enum {
    EXCHANGE_MEMORY_BYTES = 1024 * 1024,
    EXCHANGE_REQUEST_BYTES = 256 * 1024,
    EXCHANGE_INTERIM_BYTES = 64 * 1024,
    EXCHANGE_CERTIFICATES_BYTES = 256 * 1024,
    EXCHANGE_NAMES_BYTES = 64 * 1024
};

/* The caller frees it.  `spool_directory` is borrowed for as long as the exchange.  NULL without
 * memory. */
struct exchange *exchange_new(const char *spool_directory);
/* NULL is allowed. */
void exchange_free(struct exchange *exchange);
/* Clears everything for the next use; keeps small memory. */
void exchange_clear(struct exchange *exchange);
/* Clears the response but keeps the request, so that it can be sent again. */
void exchange_clear_response(struct exchange *exchange);
/* Moves the response so far to `interim`, because it is the head of an interim response.  False:
 * there was no room for it, and it is dropped. */
bool exchange_keep_interim(struct exchange *exchange);

/* Host and port as they are in the URL: "example.org:8443".  Points into `url`. */
struct text exchange_host(const struct exchange *exchange);

/* "length", "time", "disconnect"; NULL for CUT_NONE.  Static. */
const char *exchange_cut_name(enum exchange_cut cut);

#endif
