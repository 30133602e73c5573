/*
 * One request and its answer exactly as they crossed the wire, with the facts of the exchange.
 * Filled in by the fetcher, read by link extraction and by the writer; small in memory, large on
 * disk.
 */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/spool.h"

enum exchange_cut { /* WARC-Truncated, WARC 1.1, 5.13 */
                    CUT_NONE,
                    CUT_LENGTH,     /* our size limit */
                    CUT_TIME,       /* our time limit */
                    CUT_DISCONNECT, /* the connection ended before the message did */
};

/* Why no connection to the server came about. */
enum exchange_unreached {
    UNREACHED_NOT,     /* one did */
    UNREACHED_NAME,    /* its name has no address, or no name server answers */
    UNREACHED_REFUSED, /* refused, or there is no way to the address */
    UNREACHED_SILENT,  /* nothing answers within the time for connecting */
};

/* What else is known of an exchange.  Times count from its beginning, in microseconds. */
struct exchange_facts {
    const char *protocol; /* "http/1.1", "http/1.0", "h2"; NULL: unknown */
    const char *tls,
        *cipher; /* "tls/1.3" and the suite's name at IANA; NULL: there was no TLS.  Both static. */
    bool reused; /* the connection was there already */
    enum exchange_unreached unreached;
    bool unheard; /* the host has an address, and no connection to it, or no TLS over it, came about
                   */
    int64_t looked_up_us, connected_us, secured_us, first_octet_us; /* 0: there was no such step */
};

struct exchange {
    struct buf url;   /* as requested, without fragment */
    int64_t began_ms; /* wall clock when the capture began */
    int64_t took_ms;
    char ip[64];           /* numeric address of the server; empty when unknown or behind a proxy */
    struct buf conditions; /* header lines, LF behind each, that make the request conditional;
                              empty: none */
    struct buf request;    /* octets sent, but for what `left_out` names */
    struct buf left_out; /* names of the fields whose values were secrets and are not in `request`;
                            empty: none */
    struct spool response; /* octets of the final response, from its status line on; empty when
                              there was none */
    size_t head_length;    /* of these the head, with its empty line */
    int status;            /* 0 when no response came */
    struct buf interim;    /* heads of the 1xx answers that came before */
    struct buf
        trailers; /* fields behind the body, of HTTP/2; in HTTP/1.1 they are part of the octets */
    enum exchange_cut cut;
    char error[256];   /* why there is no (whole) response; empty when there is */
    char refused[256]; /* why libcurl would not read the answer, so that it was asked for once more
                        * and read without it; empty: it did */
    bool certificate_unchecked;
    bool just_ended; /* the end of the connection is that of the answer, and TLS was not told of it:
                      * whether that was all is not known */
    struct exchange_facts facts;
    struct buf dns_name; /* a host whose name was looked up while a request was under way; most have
                            none */
    struct buf dns; /* what the name server said of it, as lines of a zone file behind a date */
    char dns_server[64]; /* which; empty when that is not known */
    struct buf resolved; /* and what addresses this machine's resolver made of it, blanks between */
    struct buf certificates; /* PEM, the server's first, of the first answer of a host in a run;
                                empty else */
};

enum {
    EXCHANGE_MEMORY_BYTES = 1024 * 1024,
    EXCHANGE_REQUEST_BYTES = 256 * 1024,
    EXCHANGE_INTERIM_BYTES = 64 * 1024,
    EXCHANGE_CERTIFICATES_BYTES = 256 * 1024,
    EXCHANGE_NAMES_BYTES = 64 * 1024
};

/* `spool_directory` is borrowed.  NULL without memory. */
struct exchange *exchange_new(const char *spool_directory);
void exchange_free(struct exchange *exchange);
/* Makes it ready for another use. */
void exchange_clear(struct exchange *exchange);
/* Forgets all that came back, not what is asked for. */
void exchange_clear_response(struct exchange *exchange);
/* What came so far is the head of an interim answer: it is put aside. */
void exchange_keep_interim(struct exchange *exchange);

/* "example.org:8443": from the address, as it stands there. */
struct text exchange_host(const struct exchange *exchange);

const char *
exchange_cut_name(enum exchange_cut cut); /* "length", "time", "disconnect"; NULL for CUT_NONE */

#endif
