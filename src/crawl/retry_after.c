/* Reads Retry-After: a number of seconds, or a date by the server's clock. */
#include <config.h>

#include "crawl/retry_after.h"

#include <curl/curl.h>
#include <string.h>

#include "base/clock.h"
#include "frontier/frontier.h"

/* The date in a header field, in milliseconds; 0: missing or not readable. */
static int64_t http_date_ms(const struct http_head *head, const char *name)
{
    struct text field = http_field(head, name);
    char date[64];
    if (!field.length || field.length >= sizeof date)
        return 0;
    memcpy(date, field.at, field.length);
    date[field.length] = '\0';
    time_t then = curl_getdate(date, NULL);
    return then > 0 ? (int64_t)then * 1000 : 0;
}

static bool is_number(struct text text)
{
    size_t digits = 0;
    while (digits < text.length && text.at[digits] >= '0' && text.at[digits] <= '9')
        digits++;
    return digits && digits == text.length;
}

int64_t retry_after_ms(const struct http_head *head)
{
    uint64_t seconds;
    int64_t now = http_date_ms(head, "Date"), then = http_date_ms(head, "Retry-After"), wait;
    struct text field = http_field(head, "Retry-After");
    if (is_number(field) && !text_to_number(field, &seconds))
        wait = RETRY_AFTER_MOST_MS;
    else if (is_number(field))
        wait = seconds < RETRY_AFTER_MOST_MS / 1000 ? (int64_t)seconds * 1000 : RETRY_AFTER_MOST_MS;
    else
        wait = then ? then - (now ? now : clock_wall_ms()) : 0;
    return wait < 0 ? 0 : wait < RETRY_AFTER_MOST_MS ? wait : RETRY_AFTER_MOST_MS;
}
