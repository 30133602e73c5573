/* OpenSSL signs and verifies.  It writes the two numbers of a signature as DER. Browsers and
 * WACZ write one after the other ("raw" in WebCrypto). */
#include <config.h>

#include "collection/wacz_signature.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/buf.h"
#include "base/disk.h"

enum {
    HALF = 48,         /* bytes of r, and of s */
    DER_MOST = 128,    /* of a signature */
    SPKI_MOST = 192,   /* of a public key on P-384: 120 */
    BASE64_MOST = 1024 /* of what is read */
};

struct wacz_key {
    EVP_PKEY *pair;
    char public_key[WACZ_PUBLIC_KEY];
};

/* ---- keys ---- */

static bool is_p384(const EVP_PKEY *pair)
{
    char curve[32];
    size_t length;
    return EVP_PKEY_is_a(pair, "EC") &&
           EVP_PKEY_get_group_name(pair, curve, sizeof curve, &length) &&
           (strcmp(curve, "secp384r1") == 0 || strcmp(curve, "P-384") == 0);
}

static bool write_public(struct wacz_key *key)
{
    unsigned char der[SPKI_MOST], *end = der;
    int length = i2d_PUBKEY(key->pair, NULL);
    if (length <= 0 || length > SPKI_MOST || i2d_PUBKEY(key->pair, &end) != length)
        return false;
    EVP_EncodeBlock((unsigned char *)key->public_key, der, length);
    return true;
}

/* Nobody is asked for a passphrase: the program may run from cron. */
static int no_passphrase(char *out, int size, int writing, void *context)
{
    (void)out, (void)size, (void)writing, (void)context;
    return -1;
}

static enum result read_key(FILE *file, const char *path, struct wacz_key *key,
                            struct trouble *trouble)
{
    key->pair = PEM_read_PrivateKey(file, NULL, no_passphrase, NULL);
    if (key->pair && is_p384(key->pair))
        return RESULT_OK;
    return trouble_say(trouble, RESULT_BROKEN,
                       "%s has no private key on the curve P-384 without a passphrase. Make one: "
                       "name a file that does not exist",
                       path);
}

static enum result make_key(const char *path, struct wacz_key *key, struct trouble *trouble)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot write the key %s", path);
    FILE *file = fdopen(descriptor, "w");
    if (!file)
        close(descriptor);
    key->pair = EVP_EC_gen("P-384");
    bool written = file && key->pair &&
                   PEM_write_PKCS8PrivateKey(file, key->pair, NULL, NULL, 0, NULL, NULL) &&
                   fflush(file) == 0 && fsync(descriptor) == 0;
    if (file && fclose(file) != 0)
        written = false;
    if (written)
        return RESULT_OK;
    enum result result = trouble_say_os(trouble, RESULT_BROKEN, "cannot write the key %s", path);
    unlink(path); /* half of a key is of no use */
    return result;
}

enum result wacz_key_open(const char *path, struct wacz_key **key, bool *made,
                          struct trouble *trouble)
{
    *made = false;
    *key = calloc(1, sizeof **key);
    if (!*key)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for a key");
    enum result result;
    FILE *file = fopen(path, "re");
    if (file) {
        result = read_key(file, path, *key, trouble);
        fclose(file);
    } else if (errno == ENOENT) {
        result = make_key(path, *key, trouble);
        *made = result == RESULT_OK;
    } else
        result = trouble_say_os(trouble, RESULT_BROKEN, "cannot read the key %s", path);
    if (result == RESULT_OK && !write_public(*key))
        result = trouble_say(trouble, RESULT_BROKEN, "cannot write the public part of %s", path);
    if (result != RESULT_OK) {
        wacz_key_free(*key);
        *key = NULL;
    }
    return result;
}

void wacz_key_free(struct wacz_key *key)
{
    if (key)
        EVP_PKEY_free(key->pair);
    free(key);
}

const char *wacz_key_public(const struct wacz_key *key)
{
    return key->public_key;
}

/* ---- signatures ---- */

static bool raw_of_der(const unsigned char *der, size_t length, unsigned char raw[2 * HALF])
{
    ECDSA_SIG *numbers = d2i_ECDSA_SIG(NULL, &der, (long)length);
    bool good = numbers && BN_bn2binpad(ECDSA_SIG_get0_r(numbers), raw, HALF) == HALF &&
                BN_bn2binpad(ECDSA_SIG_get0_s(numbers), raw + HALF, HALF) == HALF;
    ECDSA_SIG_free(numbers);
    return good;
}

/* How long the DER form is; 0: there is no memory. */
static size_t der_of_raw(const unsigned char raw[2 * HALF], unsigned char der[DER_MOST])
{
    ECDSA_SIG *numbers = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(raw, HALF, NULL), *s = BN_bin2bn(raw + HALF, HALF, NULL);
    int length = 0;
    if (numbers && r && s && ECDSA_SIG_set0(numbers, r, s)) {
        length = i2d_ECDSA_SIG(numbers, NULL);
        length = length > 0 && length <= DER_MOST ? i2d_ECDSA_SIG(numbers, &der) : 0;
    } else {
        BN_free(r);
        BN_free(s);
    }
    ECDSA_SIG_free(numbers);
    return length > 0 ? (size_t)length : 0;
}

enum result wacz_key_sign(const struct wacz_key *key, struct text hash,
                          char signature[WACZ_SIGNATURE], struct trouble *trouble)
{
    unsigned char der[DER_MOST], raw[2 * HALF];
    size_t length = sizeof der;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good =
        context && EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key->pair) == 1 &&
        EVP_DigestSign(context, der, &length, (const unsigned char *)hash.at, hash.length) == 1 &&
        raw_of_der(der, length, raw);
    EVP_MD_CTX_free(context);
    if (!good)
        return trouble_say(trouble, RESULT_BROKEN, "OpenSSL cannot sign the package");
    EVP_EncodeBlock((unsigned char *)signature, raw, sizeof raw);
    return RESULT_OK;
}

/* Decodes base64 (RFC 4648, section 4) with its padding.  The number of bytes, or -1. */
static int decode(struct text base64, unsigned char *out, size_t size)
{
    int padding = 0;
    if (!base64.length || base64.length % 4 || base64.length > BASE64_MOST ||
        base64.length / 4 * 3 > size)
        return -1;
    while (padding < 2 && base64.at[base64.length - 1 - (size_t)padding] == '=')
        padding++;
    int length = EVP_DecodeBlock(out, (const unsigned char *)base64.at, (int)base64.length);
    return length < 0 ? -1 : length - padding;
}

bool wacz_signature_holds(struct text hash, struct text signature, struct text public_key)
{
    unsigned char raw[2 * HALF + 3], spki[SPKI_MOST + 3], der[DER_MOST];
    int length = decode(public_key, spki, sizeof spki);
    if (decode(signature, raw, sizeof raw) != 2 * HALF || length <= 0)
        return false;
    const unsigned char *at = spki;
    size_t der_length = der_of_raw(raw, der);
    EVP_PKEY *key = d2i_PUBKEY(NULL, &at, length);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool holds = key && context && der_length && is_p384(key) &&
                 EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                 EVP_DigestVerify(context, der, der_length, (const unsigned char *)hash.at,
                                  hash.length) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return holds;
}
