/* What the user may choose of how requests are made.  All texts are borrowed. */
#ifndef FETCH_FETCH_OPTIONS_H
#define FETCH_FETCH_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* Each list is directly followed by its count: that is how the table of options fills it in. */
struct fetch_options {
    char **resolve; /* curl's HOST:PORT:ADDRESS */
    int resolve_count;
    char **headers; /* "Name: value" sent with every request */
    int header_count;
    const char *cookie_file;    /* Netscape's format, NULL: none */
    const char *ca_certificate; /* PEM file, NULL: the system's */
    bool no_check_certificate;
    bool allow_private;
    bool redact_secrets; /* leave the values of Cookie, Authorization ... out of request records */
    bool http2;          /* offer it to https servers */
    int64_t limit_rate;  /* octets a second of all answers together, 0: no limit */
    int64_t timeout_ms;  /* without a byte */
    int64_t connect_timeout_ms; /* for name, connection and TLS; timeout_ms when that is less */
    int64_t url_size_limit;     /* octets of one answer, 0: none */
    int64_t url_time_limit_ms;  /* of one answer, 0: none */
    int64_t min_rate; /* octets a second, on the average of some timeouts: slower ones are given up;
                         0: never */
};

#endif
