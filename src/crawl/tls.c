#include <config.h>

#include "crawl/tls.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>

/* ---- hosts ------------------------------------------------------------------------------------------------- */

/* Where a hash stands or belongs. */
static size_t place_of(const struct tls_hosts *hosts, uint64_t hash)
{
    size_t low = 0, high = hosts->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hosts->known[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const struct tls_hosts *hosts, size_t place, uint64_t hash)
{
    return place < hosts->count && hosts->known[place] == hash;
}

static void add(struct tls_hosts *hosts, size_t place, uint64_t hash)
{
    if (hosts->count == hosts->room) {
        size_t more = hosts->room ? hosts->room * 2 : 64;
        uint64_t *known = realloc(hosts->known, more * sizeof *known);
        if (!known)
            return; /* then the chain is kept once more */
        hosts->known = known;
        hosts->room = more;
    }
    memmove(hosts->known + place + 1, hosts->known + place, (hosts->count - place) * sizeof *hosts->known);
    hosts->known[place] = hash;
    hosts->count++;
}

void tls_hosts_release(struct tls_hosts *hosts)
{
    free(hosts->known);
    *hosts = (struct tls_hosts){.count = 0};
}

void tls_forget(struct tls_hosts *hosts, const struct exchange *exchange)
{
    uint64_t hash = hash_text(&hosts->key, exchange_host(exchange));
    size_t place = place_of(hosts, hash);
    if (!exchange->certificates.length || !is_at(hosts, place, hash))
        return;
    hosts->count--;
    memmove(hosts->known + place, hosts->known + place + 1, (hosts->count - place) * sizeof *hosts->known);
}

/* ---- one connection ---------------------------------------------------------------------------------------- */

static const char *version_name(const SSL *ssl)
{
    switch (SSL_version(ssl)) {
    case TLS1_3_VERSION: return "tls/1.3";
    case TLS1_2_VERSION: return "tls/1.2";
    case TLS1_1_VERSION: return "tls/1.1";
    case TLS1_VERSION:   return "tls/1.0";
    default:             return NULL;
    }
}

static void write_chain(const SSL *ssl, struct buf *out)
{
    STACK_OF(X509) *chain = SSL_get_peer_cert_chain(ssl);
    BIO *memory = BIO_new(BIO_s_mem());
    for (int i = 0; memory && i < sk_X509_num(chain); i++)
        PEM_write_bio_X509(memory, sk_X509_value(chain, i));
    char *bytes = NULL;
    long length = memory ? BIO_get_mem_data(memory, &bytes) : 0;
    if (length > 0)
        buf_append(out, bytes, (size_t)length);
    BIO_free(memory);
}

void tls_note(struct tls_hosts *hosts, CURL *easy, struct exchange *exchange)
{
    const struct curl_tlssessioninfo *session = NULL;
    if (!text_starts(buf_text(&exchange->url), TEXT("https:")) ||
        curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || !session ||
        session->backend != CURLSSLBACKEND_OPENSSL || !session->internals)
        return;
    const SSL *ssl = session->internals;
    const unsigned char *protocol;
    unsigned length;
    SSL_get0_alpn_selected(ssl, &protocol, &length);
    if (length == 2 && memcmp(protocol, "h2", 2) == 0)
        exchange->facts.protocol = "h2";
    exchange->facts.tls = version_name(ssl);
    exchange->facts.cipher = SSL_CIPHER_standard_name(SSL_get_current_cipher(ssl));
    uint64_t hash = hash_text(&hosts->key, exchange_host(exchange));
    size_t place = place_of(hosts, hash);
    if (is_at(hosts, place, hash))
        return;
    write_chain(ssl, &exchange->certificates);
    if (exchange->certificates.length)
        add(hosts, place, hash);
}
