/* Counts changes, and gathers their URLs as JSON. */
#include <config.h>

#include "crawl/changes.h"

#include "base/json.h"
#include "series/date_archive.h"
#include "web/url.h"

enum { NAMED_BYTES = 16 * 1024 * 1024 };

void changes_init(struct changes *changes)
{
    *changes = (struct changes){.lists = 0};
    for (int i = 0; i < CHANGE_COUNT; i++)
        buf_init(&changes->named[i], NAMED_BYTES);
    failing_init(&changes->failing);
    new_homes_init(&changes->homes);
}

void changes_release(struct changes *changes)
{
    for (int i = 0; i < CHANGE_COUNT; i++)
        buf_release(&changes->named[i]);
    failing_release(&changes->failing);
    new_homes_release(&changes->homes);
}

static bool is_topic(struct text href)
{
    struct url url;
    url_init(&url);
    bool topic = url_parse(&url, href, NULL, TEXT("")) == URL_OK && date_archive_is_topic(&url);
    url_release(&url);
    return topic;
}

static void name(struct buf *out, struct text url, struct text target)
{
    buf_add(out, out->length ? ", " : "");
    if (target.length)
        buf_add(out, "{\"from\": ");
    json_write_string(out, url);
    if (target.length) {
        buf_add(out, ", \"to\": ");
        json_write_string(out, target);
        buf_add(out, "}");
    }
}

void changes_note(struct changes *changes, enum change change, enum visit_kind kind,
                  struct text url, struct text target)
{
    bool part = kind == VISIT_REQUISITE || kind == VISIT_MEDIA || kind == VISIT_SPECULATIVE;
    bool page = kind == VISIT_PAGE && !is_topic(url);
    if (change == CHANGE_NONE)
        return;
    if (!part && !page) {
        changes->lists++;
        return;
    }
    if (page)
        changes->counts.pages[change]++;
    else
        changes->counts.parts[change]++;
    name(&changes->named[change], url, target);
}

void changes_json(const struct changes *changes, struct buf *out)
{
    change_counts_json(&changes->counts, out);
    buf_printf(out, ", \"lists_changed\": %llu, \"changes\": {",
               (unsigned long long)changes->lists);
    for (int i = CHANGE_NEW; i < CHANGE_COUNT; i++) {
        buf_printf(out, "%s\"%s\": [", i > CHANGE_NEW ? ", " : "", change_name((enum change)i));
        buf_add_text(out, buf_text(&changes->named[i]));
        buf_add(out, "]");
    }
    buf_add(out, "}");
    new_homes_json(&changes->homes, out);
}
