/* Builds the name from curl_version_info(), which makes no lookups. */
#include <config.h>

#include "capture/curl_name.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

static void add_part(char out[CURL_NAME_SIZE], const char *name, const char *version)
{
    size_t length = strlen(out);
    if (version)
        snprintf(out + length, CURL_NAME_SIZE - length, " %s%s", name, version);
}

const char *curl_name(char out[CURL_NAME_SIZE])
{
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
    snprintf(out, CURL_NAME_SIZE, "libcurl/%s", info->version);
    add_part(out, "", info->ssl_version);
    add_part(out, "zlib/", info->libz_version);
    if (info->age >= CURLVERSION_FIFTH)
        add_part(out, "brotli/", info->brotli_version);
    if (info->age >= CURLVERSION_EIGHTH)
        add_part(out, "zstd/", info->zstd_version);
    add_part(out, "libidn2/", info->libidn);
    if (info->age >= CURLVERSION_SIXTH)
        add_part(out, "nghttp2/", info->nghttp2_version);
    return out;
}
