/* Asks libcurl for protocol and times; rewrites the first lines of HTTP/2 exchanges. */
#include <config.h>

#include "fetch/transfer_info.h"

#include <string.h>

static int64_t time_of(CURL *easy, CURLINFO which)
{
    curl_off_t us = 0;
    curl_easy_getinfo(easy, which, &us);
    return us;
}

void transfer_info_note(CURL *easy, struct exchange *exchange)
{
    struct exchange_facts *facts = &exchange->facts;
    struct text start = spool_bytes(&exchange->response);
    long made = 0;
    if (!facts->protocol && exchange->status)
        facts->protocol = text_starts_nocase(start, TEXT("HTTP/1.0")) ? "http/1.0" : "http/1.1";
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &made);
    facts->reused = !made;
    if (made) {
        facts->looked_up_us = time_of(easy, CURLINFO_NAMELOOKUP_TIME_T);
        facts->connected_us = time_of(easy, CURLINFO_CONNECT_TIME_T);
        facts->secured_us = time_of(easy, CURLINFO_APPCONNECT_TIME_T);
    }
    int64_t first_octet_us = time_of(easy, CURLINFO_STARTTRANSFER_TIME_T);
    facts->first_octet_us = first_octet_us ? first_octet_us : facts->first_octet_us;
}

bool transfer_info_is_http2(const struct exchange *exchange)
{
    return exchange->facts.protocol && strcmp(exchange->facts.protocol, "h2") == 0;
}

struct text transfer_info_after_version(struct text status_line)
{
    ptrdiff_t blank = text_find_char(status_line, ' ');
    return text_skip(status_line, blank < 0 ? 0 : (size_t)blank);
}

void transfer_info_mend_request(struct buf *request)
{
    struct text all = buf_text(request), wrong = TEXT(" HTTP/2\r\n");
    ptrdiff_t end = text_find_char(all, '\n');
    struct text line = text_first(all, end < 0 ? 0 : (size_t)end + 1);
    struct buf mended;
    if (!text_ends(line, wrong))
        return;
    buf_init(&mended, request->limit);
    buf_add_text(&mended, text_first(line, line.length - wrong.length));
    buf_add(&mended, " HTTP/1.1\r\n");
    buf_add_text(&mended, text_skip(all, line.length));
    if (buf_ok(&mended))
        buf_take(request, &mended);
    buf_release(&mended);
}
