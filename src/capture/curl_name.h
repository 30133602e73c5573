/* The name of the library that made the requests, for the records. */
#ifndef CAPTURE_CURL_NAME_H
#define CAPTURE_CURL_NAME_H

enum { CURL_NAME_SIZE = 256 };

/* Writes libcurl and what it is built on: "libcurl/8.5.0 OpenSSL/3.0.13 zlib/1.3 brotli/1.1.0";
 * returns `out`.  curl_version() is not used: it asks libldap for its version, and that looks up
 * this machine's host name.  With a silent name server this takes many seconds. */
const char *curl_name(char out[CURL_NAME_SIZE]);

#endif
