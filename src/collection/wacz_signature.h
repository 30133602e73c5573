/*
 * Signatures of WACZ packages, made with a key that nobody has vouched for ("anonymous signature",
 * WACZ Signing and Verification 0.1.0): ECDSA on the curve P-384 with SHA-256, over the ASCII text
 * "sha256:<hexadecimal>", which is the digest of datapackage.json.
 *
 * Such a signature shows that packages come from one key, and that nobody changed them since.
 * Whose key it is, others must be told another way.  A signature has a random part, so two of them
 * are never the same.  One thread at a time for each key.
 */
#ifndef COLLECTION_WACZ_SIGNATURE_H
#define COLLECTION_WACZ_SIGNATURE_H

#include <stdbool.h>

#include "base/result.h"
#include "base/text.h"

enum {
    WACZ_SIGNATURE = 129,  /* base64 of r and s, 48 bytes each, and NUL */
    WACZ_PUBLIC_KEY = 257, /* base64 of a SubjectPublicKeyInfo (RFC 5480), and NUL */
};

struct wacz_key;

/* Reads a private key from a PEM file (RFC 7468).  Where there is no file, makes a key and writes
 * one that only its owner can read; *made says so.  The caller frees the key.  BROKEN, with words:
 * the file cannot be read or written, holds no such key, or wants a passphrase. */
MUST_CHECK enum result wacz_key_open(const char *path, struct wacz_key **key, bool *made,
                                     struct trouble *trouble);
/* NULL is allowed. */
void wacz_key_free(struct wacz_key *key);

/* The public part of the key, in base64.  The text lives as long as the key. */
const char *wacz_key_public(const struct wacz_key *key);

/* Signs the text, in base64.  BROKEN: OpenSSL cannot, or there is no memory. */
MUST_CHECK enum result wacz_key_sign(const struct wacz_key *key, struct text hash,
                                     char signature[WACZ_SIGNATURE], struct trouble *trouble);

/* Whether the signature is of that text and by that key.  False also for what is no base64, no
 * key, or no signature. */
bool wacz_signature_holds(struct text hash, struct text signature, struct text public_key);

#endif
