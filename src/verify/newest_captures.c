/*
 * Players show the newest capture of a URL.  If the site was down then, refused the crawler, or
 * sent half of the page, readers see that, although the archive has the page.  A page that the site
 * has taken away (404, 410) is no such case.
 */
#include <config.h>

#include "verify/newest_captures.h"

enum { URL_BYTES = 1 << 20 };

void newest_captures_begin(struct newest_captures *n, struct verification *v,
                           const char *index_path)
{
    *n = (struct newest_captures){.v = v, .index_path = index_path};
    buf_init(&n->key, URL_BYTES);
    buf_init(&n->url, URL_BYTES);
    buf_init(&n->good_url, URL_BYTES);
}

static void judge(struct newest_captures *n)
{
    if (n->bad && n->good_url.length && text_equal(buf_text(&n->url), buf_text(&n->good_url)))
        verification_find(n->v, CHECK_NEWEST_HIDES_GOOD,
                          &(struct finding_place){
                              .file = n->index_path, .offset = n->line_offset, .url = n->url.data},
                          "%s", "");
}

static void set(struct buf *buf, struct text text)
{
    buf_clear(buf);
    buf_add_text(buf, text);
}

static bool is_bad(const struct cdxj_entry *entry, const struct seen_record *record)
{
    static const char *const statuses[] = {"401", "403", "408", "425", "429", "451"};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (text_equal(entry->status, text_of(statuses[i])))
            return true;
    return (entry->status.length == 3 && entry->status.at[0] == '5') ||
           (record->truncated && record->type == WARC_RESPONSE);
}

void newest_captures_take(struct newest_captures *n, const struct cdxj_entry *entry,
                          const struct seen_record *record, int64_t line_offset)
{
    if (!text_equal(entry->key, buf_text(&n->key))) {
        judge(n);
        set(&n->key, entry->key);
        buf_clear(&n->good_url);
    }
    set(&n->url, entry->url);
    n->line_offset = line_offset;
    n->bad = is_bad(entry, record);
    if (!n->bad && entry->status.length && entry->status.at[0] == '2')
        set(&n->good_url, entry->url);
}

void newest_captures_end(struct newest_captures *n)
{
    judge(n);
    buf_release(&n->key);
    buf_release(&n->url);
    buf_release(&n->good_url);
}
