/* Message digests by OpenSSL, and their written forms. */
#include <config.h>

#include "base/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

struct digester {
    EVP_MD *algorithm;
    EVP_MD_CTX *context;
};

static const struct {
    const char *name; /* as OpenSSL calls it */
    size_t bytes;
} kinds[DIGEST_KINDS] = {[DIGEST_SHA1] = {"SHA1", DIGEST_SHA1_BYTES},
                         [DIGEST_SHA256] = {"SHA256", DIGEST_SHA256_BYTES},
                         [DIGEST_MD5] = {"MD5", 16},
                         [DIGEST_SHA384] = {"SHA384", 48},
                         [DIGEST_SHA512] = {"SHA512", DIGEST_MOST_BYTES}};

size_t digest_bytes(enum digest_kind kind)
{
    return kinds[kind].bytes;
}

struct digester *digester_new(enum digest_kind kind)
{
    struct digester *digester = calloc(1, sizeof *digester);
    if (!digester)
        return NULL;
    digester->algorithm = EVP_MD_fetch(NULL, kinds[kind].name, NULL);
    digester->context = EVP_MD_CTX_new();
    if (!digester->algorithm || !digester->context) {
        digester_free(digester);
        return NULL;
    }
    digester_begin(digester);
    return digester;
}

void digester_free(struct digester *digester)
{
    if (!digester)
        return;
    EVP_MD_CTX_free(digester->context);
    EVP_MD_free(digester->algorithm);
    free(digester);
}

void digester_begin(struct digester *digester)
{
    EVP_DigestInit_ex2(digester->context, digester->algorithm, NULL);
}

void digester_add(struct digester *digester, const void *bytes, size_t length)
{
    EVP_DigestUpdate(digester->context, bytes, length);
}

void digester_copy(struct digester *to, const struct digester *from)
{
    EVP_MD_CTX_copy_ex(to->context, from->context);
}

void digester_end(struct digester *digester, unsigned char out[DIGEST_MOST_BYTES])
{
    EVP_DigestFinal_ex(digester->context, out, NULL);
}

/* Writes upper-case Base32 (RFC 4648, section 6) without padding, and a NUL.  `out` has room for 8
 * characters for every 5 bytes, rounded up, plus 1. */
static void write_base32(const unsigned char *bytes, size_t length, char *out)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned bits = 0;
    int held = 0;
    for (size_t i = 0; i < length; i++) {
        bits = bits << 8 | bytes[i];
        for (held += 8; held >= 5; held -= 5)
            *out++ = letters[bits >> (held - 5) & 31];
    }
    if (held)
        *out++ = letters[bits << (5 - held) & 31];
    *out = '\0';
}

void digest_sha1_text(const unsigned char sha1[DIGEST_SHA1_BYTES], char out[DIGEST_SHA1_TEXT])
{
    memcpy(out, "sha1:", 5);
    write_base32(sha1, DIGEST_SHA1_BYTES, out + 5);
}

void digest_hex(const unsigned char *bytes, size_t length, char *out)
{
    static const char letters[] = "0123456789abcdef";
    for (size_t i = 0; i < length; i++) {
        *out++ = letters[bytes[i] >> 4];
        *out++ = letters[bytes[i] & 15];
    }
    *out = '\0';
}
