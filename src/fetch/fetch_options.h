/* The user's choices for how requests are made.  All texts are borrowed. */
#ifndef FETCH_FETCH_OPTIONS_H
#define FETCH_FETCH_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* Each list is directly followed by its count, because the option table fills them in that way. */
struct fetch_options {
    char **resolve; /* curl's HOST:PORT:ADDRESS */
    int resolve_count;
    char **headers; /* "Name: value": who gets it, says fetch/request_headers.h */
    int header_count;
    char **headers_for; /* "HOST Name: value" */
    int header_for_count;
    const char *header_file;    /* lines as in `headers`; "#" begins a comment; NULL: none */
    const char *cookie_file;    /* in Netscape's format; NULL: none */
    bool no_cookies;            /* those that sites set are not sent back */
    const char *ca_certificate; /* PEM file; NULL: the system's */
    bool no_check_certificate;
    bool allow_private;
    bool redact_secrets; /* leave the values of Cookie, Authorization ... out of request records */
    bool http2;          /* offer it to https servers */
    int64_t limit_rate;  /* bytes per second, over all responses together; 0: no limit */
    int64_t timeout_ms;  /* without a byte */
    int64_t connect_timeout_ms; /* for DNS, connection and TLS; timeout_ms if that is less */
    int64_t url_size_limit;     /* bytes of one response; 0: none */
    int64_t url_time_limit_ms;  /* for one response; 0: none */
    /* bytes per second, averaged over a few timeouts: slower ones are given up; 0: never */
    int64_t min_rate;
};

#endif
