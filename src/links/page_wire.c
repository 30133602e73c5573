/* Links as records, and records as links. */
#include <config.h>

#include "links/page_wire.h"

#include <string.h>

#define DATE_MOST_MS INT64_C(400000000000000) /* the year 9999 is below it */

enum { FLAG_DOCUMENT = 1, FLAG_ANY_HOST = 2, FLAGS = 3 };

void link_wire_write(const struct link *link, struct buf *out)
{
    struct text where = text_first(link->where, WIRE_WHERE_MOST);
    const struct link_record record = {
        .dated_ms = link->dated_ms,
        .url_length = (uint32_t)link->url.length,
        .posts = link->posts,
        .where_length = (uint16_t)where.length,
        .rule = (uint16_t)link->rule,
        .suspect = (uint16_t)link->suspect,
        .class = (uint8_t)link->class,
        .certainty = (uint8_t)link->certainty,
        .referrer = (uint8_t)link->referrer,
        .flags =
            (uint8_t)((link->document ? FLAG_DOCUMENT : 0) | (link->any_host ? FLAG_ANY_HOST : 0)),
    };
    buf_append(out, &record, sizeof record);
    buf_add_text(out, link->url);
    buf_add_char(out, '\0');
    buf_add_text(out, where);
}

static bool is_sound(const struct link_record *record, size_t left)
{
    return record->class < LINK_CLASSES && record->certainty <= LINK_CERTAIN &&
           record->rule < URL_RULES && record->suspect < URL_RULES &&
           record->referrer <= REFERRER_UNSAFE_URL && record->dated_ms <= DATE_MOST_MS &&
           record->dated_ms >= -DATE_MOST_MS && !(record->flags & ~FLAGS) && record->posts >= 0 &&
           record->url_length && record->url_length <= URL_LONGEST &&
           record->where_length <= WIRE_WHERE_MOST &&
           left >= (size_t)record->url_length + 1 + record->where_length;
}

bool link_wire_read(struct text *rest, struct link *link, bool *sound)
{
    struct link_record record;
    *sound = true;
    if (!rest->length)
        return false;
    *sound = rest->length >= sizeof record;
    if (!*sound)
        return false;
    memcpy(&record, rest->at, sizeof record);
    const char *at = rest->at + sizeof record;
    *sound = is_sound(&record, rest->length - sizeof record) && at[record.url_length] == '\0' &&
             !memchr(at, '\0', record.url_length);
    if (!*sound)
        return false;
    *link = (struct link){.url = {at, record.url_length},
                          .class = (enum link_class)record.class,
                          .certainty = (enum link_certainty)record.certainty,
                          .where = {at + record.url_length + 1, record.where_length},
                          .rule = (enum url_rule)record.rule,
                          .suspect = (enum url_rule)record.suspect,
                          .referrer = (enum referrer_policy)record.referrer,
                          .posts = record.posts,
                          .dated_ms = record.dated_ms,
                          .document = record.flags & FLAG_DOCUMENT,
                          .any_host = record.flags & FLAG_ANY_HOST};
    *rest = text_skip(*rest, sizeof record + record.url_length + 1 + record.where_length);
    return true;
}
