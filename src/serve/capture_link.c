/* An archived host is an origin of its own, so these links are absolute. */
#include <config.h>

#include "serve/capture_link.h"

#include "serve/archived_host.h"
#include "serve/request.h"
#include "web/url.h"

void capture_link_add(struct buf *out, const char *local, struct text url, struct text date,
                      struct text words)
{
    struct url parsed;
    struct buf address;
    url_init(&parsed);
    buf_init(&address, 2 * URL_LONGEST);
    bool good = url_parse(&parsed, url, NULL, TEXT("")) == URL_OK &&
                archived_host_write(&parsed, archived_date_is(date) ? date : TEXT(""),
                                    text_of(local), &address);
    if (good) {
        buf_add_text(&address, url_target(&parsed));
        buf_add(out, "<a href=\"");
        served_add_escaped(out, buf_text(&address));
        buf_add(out, "\">");
    }
    served_add_escaped(out, words);
    if (good)
        buf_add(out, "</a>");
    url_release(&parsed);
    buf_release(&address);
}

void capture_link_add_date(struct buf *out, struct text date)
{
    if (archived_date_is(date))
        buf_printf(out, "%.4s-%.2s-%.2s %.2s:%.2s:%.2s", date.at, date.at + 4, date.at + 6,
                   date.at + 8, date.at + 10, date.at + 12);
}
