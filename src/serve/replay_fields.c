/* What is passed on is listed, not what is held back: browsers learn new fields. */
#include <config.h>

#include "serve/replay_fields.h"

#include <stdio.h>
#include <time.h>

#include "collection/cdxj_lookup.h"

static const struct text passed_on[] = {WORD("Content-Type"),        WORD("Content-Language"),
                                        WORD("Content-Disposition"), WORD("Last-Modified"),
                                        WORD("X-WP-Total"),          WORD("X-WP-TotalPages")};

void replay_fields_copy(const struct http_head *head, struct served_response *response)
{
    char name[256];
    for (size_t i = 0; head && i < head->field_count; i++) {
        const struct http_field *field = &head->fields[i];
        if (!field->name.length || field->name.length > 200 || !http_value_is_clean(field->name))
            continue;
        snprintf(name, sizeof name, "%s%.*s",
                 TEXT_IS_ANY(field->name, passed_on) ? "" : "X-Archive-Orig-",
                 TEXT_ARGS(field->name));
        served_response_add(response, name, field->value);
    }
}

/* Pages of archived hosts may read what other archived hosts have; no other page may. */
static void add_permission(const struct served_request *request, struct served_response *response)
{
    struct archived_host host;
    struct text origin = served_request_field(request, "Origin"), scheme = TEXT("http://");
    served_response_add(response, "Vary", TEXT("Accept-Datetime, Origin, Sec-Fetch-Mode"));
    if (!text_starts(origin, scheme) ||
        archived_host_read(&host, text_skip(origin, scheme.length)) != HOST_ARCHIVED)
        return;
    served_response_add(response, "Access-Control-Allow-Origin", origin);
    served_response_add(response, "Access-Control-Allow-Credentials", TEXT("true"));
    served_response_add(response, "Access-Control-Expose-Headers", TEXT("*"));
}

static void add_policy(const struct replay_policy *policy, struct served_response *response)
{
    char words[1024], hosts[64];
    const char *local = policy->host->local;
    snprintf(hosts, sizeof hosts, "'self' http://*.%s", local);
    const char *all = policy->worker ? "http: https:" : hosts;
    if (!policy->document)
        snprintf(words, sizeof words, "default-src 'none'; sandbox");
    else
        snprintf(words, sizeof words,
                 "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: %s; "
                 "frame-src %s blob:; object-src %s; form-action %s; worker-src 'self' blob:; "
                 "manifest-src %s; frame-ancestors %s",
                 all, hosts, hosts, hosts, hosts, hosts);
    served_response_add(response, "Content-Security-Policy", text_of(words));
}

void replay_fields_add(const struct served_request *request, const struct replay_policy *policy,
                       struct served_response *response)
{
    add_permission(request, response);
    if (!policy->proxied)
        add_policy(policy, response);
    served_response_add(response, "Cache-Control", TEXT("no-cache"));
    served_response_add(response, "X-DNS-Prefetch-Control", TEXT("off"));
    served_response_add(response, "Referrer-Policy", TEXT("same-origin"));
}

bool replay_date_write(struct text date, char out[HTTP_DATE_SIZE])
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const struct cdxj_entry entry = {.timestamp = date};
    struct tm parts;
    int64_t ms;
    time_t seconds;
    if (!cdxj_entry_time(&entry, &ms))
        return false;
    seconds = (time_t)(ms / 1000);
    if (!gmtime_r(&seconds, &parts))
        return false;
    snprintf(out, HTTP_DATE_SIZE, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[parts.tm_wday],
             parts.tm_mday, months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min,
             parts.tm_sec);
    return true;
}

/* Appends the address of the capture. */
static bool write_memento(const struct replay_memento *memento, struct buf *out)
{
    struct url url;
    url_init(&url);
    bool good = archived_date_is(memento->date) &&
                url_parse(&url, memento->url, NULL, TEXT("")) == URL_OK &&
                archived_host_write(&url, memento->date, text_of(memento->local), out);
    if (good)
        buf_add_text(out, text_skip(url_resource(&url), url.path));
    url_release(&url);
    return good && buf_ok(out);
}

void replay_fields_add_links(const struct replay_memento *memento, struct served_response *response)
{
    char date[HTTP_DATE_SIZE];
    struct buf words, address;
    buf_init(&words, 1 << 18);
    buf_init(&address, 2 * URL_LONGEST);
    buf_add(&words, "<");
    buf_add_text(&words, memento->url);
    buf_printf(&words, ">; rel=\"original\", <http://%s/timegate/", memento->local);
    buf_add_text(&words, memento->url);
    buf_printf(&words, ">; rel=\"timegate\", <http://%s/timemap/link/", memento->local);
    buf_add_text(&words, memento->url);
    buf_add(&words, ">; rel=\"timemap\"; type=\"application/link-format\"");
    if (replay_date_write(memento->date, date) && write_memento(memento, &address)) {
        buf_add(&words, ", <");
        buf_add_text(&words, buf_text(&address));
        buf_printf(&words, ">; rel=\"memento\"; datetime=\"%s\"", date);
    }
    if (buf_ok(&words) && text_find_char(memento->url, '>') < 0)
        served_response_add(response, "Link", buf_text(&words));
    buf_release(&words);
    buf_release(&address);
}

void replay_fields_add_memento(const struct replay_memento *memento,
                               struct served_response *response)
{
    char date[HTTP_DATE_SIZE];
    if (replay_date_write(memento->date, date))
        served_response_add(response, "Memento-Datetime", text_of(date));
    replay_fields_add_links(memento, response);
}
