/* Digests by OpenSSL EVP, fetched once a digester, its context reused; one digester a thread. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>

enum digest_kind { DIGEST_SHA1, DIGEST_SHA256 };
enum {
    DIGEST_MOST_BYTES = 32,
    DIGEST_SHA1_BYTES = 20,
    DIGEST_SHA1_TEXT = 38 /* "sha1:" + 32 + NUL */,
    BASE32_SHA1 = 33
};

struct digester;

/* NULL when OpenSSL does not offer the algorithm, or without memory. */
struct digester *digester_new(enum digest_kind kind);
void digester_free(struct digester *digester);

void digester_begin(struct digester *digester);
void digester_add(struct digester *digester, const void *bytes, size_t length);
/* Writes 20 or 32 bytes; begin again before the next use. */
void digester_end(struct digester *digester, unsigned char out[DIGEST_MOST_BYTES]);

/* Upper-case Base32 (RFC 4648) without padding, with NUL: 8 characters for every 5 octets, rounded
 * up, and 1. */
void digest_base32(const unsigned char *bytes, size_t length, char *out);

/* "sha1:" and upper-case Base32 (RFC 4648), the form of WARC digests. */
void digest_sha1_text(const unsigned char sha1[DIGEST_SHA1_BYTES], char out[DIGEST_SHA1_TEXT]);
/* Lower-case hexadecimal with NUL: 2 * length + 1 characters. */
void digest_hex(const unsigned char *bytes, size_t length, char *out);

#endif
