/* Allows what name lookups and TLS read, wherever the usual systems have it. */
#include <config.h>

#include "fetch/fetch_files.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Name lookups: the resolver's own files.  Services that it would ask through a socket of the
 * machine (nscd, mDNS) are not allowed, see base/box_calls.c; name servers are asked instead. */
static const char *const name_files[] = {"/etc/resolv.conf",     "/etc/hosts",
                                         "/etc/nsswitch.conf",   "/etc/host.conf",
                                         "/etc/gai.conf",        "/etc/services",
                                         "/etc/protocols",       "/etc/networks",
                                         "/run/systemd/resolve", "/run/resolvconf"};

/* Debian, Fedora, openSUSE, Arch and Alpine.  Not /etc/ssl: private keys are below it. */
static const char *const certificate_files[] = {"/etc/ssl/certs",

                                                "/etc/ssl/cert.pem",
                                                "/etc/ssl/ca-bundle.pem",
                                                "/etc/pki/tls/certs",
                                                "/etc/pki/tls/cert.pem",
                                                "/etc/pki/ca-trust",
                                                "/etc/ca-certificates",
                                                "/etc/static/ssl",
                                                "/usr/share/ca-certificates",
                                                "/usr/local/share/ca-certificates",
                                                "/usr/share/pki",
                                                "/usr/share/ssl",
                                                "/var/lib/ca-certificates"};

static void allow_all(struct box *box, const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++)
        box_allow(box, paths[i], BOX_READ);
}

static void allow_one(struct box *box, const char *path)
{
    if (path && *path)
        box_allow(box, path, BOX_READ);
}

/* A list of directories, separated by colons. */
static void allow_list(struct box *box, const char *list)
{
    char one[PATH_MAX];
    while (list && *list) {
        size_t length = strcspn(list, ":");
        snprintf(one, sizeof one, "%.*s", (int)length, list);
        allow_one(box, one);
        list += length + (list[length] == ':');
    }
}

/* Where libcurl and OpenSSL were built to look, and where the environment sends them. */
static void allow_configured(struct box *box)
{
    const curl_version_info_data *curl = curl_version_info(CURLVERSION_NOW);
    allow_one(box, curl->cainfo);
    allow_list(box, curl->capath);
    allow_one(box, X509_get_default_cert_file());
    allow_list(box, X509_get_default_cert_dir());
    allow_one(box, getenv(X509_get_default_cert_file_env()));
    allow_list(box, getenv(X509_get_default_cert_dir_env()));
    allow_one(box, getenv("HOSTALIASES"));
}

void fetch_allow_files(const struct fetch_options *options, struct box *box)
{
    allow_all(box, name_files, sizeof name_files / sizeof *name_files);
    allow_all(box, certificate_files, sizeof certificate_files / sizeof *certificate_files);
    allow_configured(box);
    allow_one(box, options->ca_certificate);
    allow_one(box, options->header_file);
    allow_one(box, options->cookie_file);
}

const char *fetch_lost_file(void)
{
    static const char name_servers[] = "/etc/resolv.conf";
    int fd = open(name_servers, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == EACCES ? name_servers : NULL;
    close(fd);
    return NULL;
}
