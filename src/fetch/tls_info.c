/* Reads protocol, cipher suite and certificates out of OpenSSL, and watches for close_notify. */
#include <config.h>

#include "fetch/tls_info.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <string.h>

void tls_info_forget(struct host_set *hosts, const struct exchange *exchange)
{
    if (exchange->certificates.length)
        host_set_remove(hosts, exchange_host(exchange));
}

/* ---- the end of a connection (RFC 8446, 6.1) ---- */

static void on_event(const SSL *ssl, int where, int alert)
{
    const struct tls_watch *watch = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
    if (watch && watch->made && (where & SSL_CB_HANDSHAKE_DONE))
        watch->made(watch->context, ssl);
    if (watch && (where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT &&
        (alert & 0xff) == SSL_AD_CLOSE_NOTIFY)
        watch->told(watch->context, ssl);
}

static CURLcode on_context(CURL *easy, void *context, void *watch)
{
    (void)easy;
    SSL_CTX_set_app_data(context, watch);
    SSL_CTX_set_info_callback(context, on_event);
    return CURLE_OK;
}

bool tls_watch(CURL *easy, struct tls_watch *watch)
{
    return curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, on_context) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, watch) == CURLE_OK;
}

const void *tls_connection(CURL *easy)
{
    const struct curl_tlssessioninfo *session = NULL;
    bool known = curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) == CURLE_OK && session &&
                 session->backend == CURLSSLBACKEND_OPENSSL;
    return known ? session->internals : NULL;
}

/* ---- one connection ---- */

static const char *version_name(const SSL *ssl)
{
    switch (SSL_version(ssl)) {
    case TLS1_3_VERSION:
        return "tls/1.3";
    case TLS1_2_VERSION:
        return "tls/1.2";
    case TLS1_1_VERSION:
        return "tls/1.1";
    case TLS1_VERSION:
        return "tls/1.0";
    default:
        return NULL;
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

void tls_info_note(struct host_set *hosts, const void *connection, struct exchange *exchange)
{
    const SSL *ssl = connection;
    if (!ssl || !text_starts(buf_text(&exchange->url), TEXT("https:")))
        return;
    const unsigned char *protocol;
    unsigned length;
    SSL_get0_alpn_selected(ssl, &protocol, &length);
    if (length == 2 && memcmp(protocol, "h2", 2) == 0)
        exchange->facts.protocol = "h2";
    exchange->facts.tls = version_name(ssl);
    exchange->facts.cipher = SSL_CIPHER_standard_name(SSL_get_current_cipher(ssl));
    if (host_set_has(hosts, exchange_host(exchange)))
        return;
    write_chain(ssl, &exchange->certificates);
    if (exchange->certificates.length)
        host_set_add(hosts, exchange_host(exchange));
}
