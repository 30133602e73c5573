/*
 * Message digests, computed by OpenSSL (EVP), and their written forms.  Each digester fetches its
 * algorithm once and reuses its context.  A digester may be used by one thread at a time.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>

enum digest_kind { DIGEST_SHA1, DIGEST_SHA256, DIGEST_MD5, DIGEST_SHA384, DIGEST_SHA512 };
enum { DIGEST_KINDS = DIGEST_SHA512 + 1 };
enum {
    DIGEST_MOST_BYTES = 64,
    DIGEST_SHA1_BYTES = 20,
    DIGEST_SHA256_BYTES = 32,
    DIGEST_SHA1_TEXT = 38, /* "sha1:", 32 characters and NUL */
    BASE32_SHA1 = 33       /* 32 characters and NUL */
};

/* How long a digest of this kind is, in bytes. */
size_t digest_bytes(enum digest_kind kind);

struct digester;

/* The caller frees it.  NULL when OpenSSL does not offer the algorithm, or without memory. */
struct digester *digester_new(enum digest_kind kind);
/* NULL is allowed. */
void digester_free(struct digester *digester);

/* Starts a new digest; what was added before is dropped.  A new digester has already begun. */
void digester_begin(struct digester *digester);
void digester_add(struct digester *digester, const void *bytes, size_t length);
/* Makes *to a copy of what was digested so far.  Both are of the same kind. */
void digester_copy(struct digester *to, const struct digester *from);
/* Writes digest_bytes() of the kind.  Call digester_begin() before the next use. */
void digester_end(struct digester *digester, unsigned char out[DIGEST_MOST_BYTES]);

/* Writes "sha1:", upper-case Base32 and a NUL: the usual form of WARC-Block-Digest and
 * WARC-Payload-Digest (WARC 1.1, sections 5.8 and 5.9). */
void digest_sha1_text(const unsigned char sha1[DIGEST_SHA1_BYTES], char out[DIGEST_SHA1_TEXT]);

/* Writes lower-case hexadecimal and a NUL: 2 * length + 1 characters. */
void digest_hex(const unsigned char *bytes, size_t length, char *out);

#endif
