/* The table of changes, and a change as text and as JSON. */
#include <config.h>

#include "repair/repair_change.h"

#include "base/json.h"
#include "base/plain_text.h"

const struct change_row *change_row(enum change_kind kind)
{
    static const struct change_row rows[CHANGE_KINDS] = {
#define ROW(id, name, loses, words) [CHANGE_##id] = {name, loses, words},
        REPAIR_CHANGES(ROW)
#undef ROW
    };
    return &rows[kind];
}

static void add_string(struct buf *out, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    buf_printf(out, ", \"%s\": ", name);
    json_write_string(out, text_of(value));
}

void change_write_json(const struct repair_change *change, struct buf *out)
{
    const struct change_row *row = change_row(change->kind);
    buf_printf(out, "{\"change\": \"%s\", \"loses\": %s", row->name, row->loses ? "true" : "false");
    add_string(out, "file", change->file);
    if (change->offset >= 0)
        buf_printf(out, ", \"offset\": %lld", (long long)change->offset);
    if (change->length)
        buf_printf(out, ", \"length\": %lld", (long long)change->length);
    add_string(out, "record_id", change->record_id);
    add_string(out, "url", change->url);
    add_string(out, "detail", change->detail);
    buf_add_char(out, '}');
}

void change_write_text(const struct repair_change *change, struct buf *out)
{
    plain_text_add(out, text_of(change->file ? change->file : ""));
    if (change->offset >= 0 && change->length)
        buf_printf(out, " at %lld, %lld byte%s", (long long)change->offset,
                   (long long)change->length, change->length == 1 ? "" : "s");
    else if (change->offset >= 0)
        buf_printf(out, " at %lld", (long long)change->offset);
    if (change->record_id) {
        buf_add(out, ", ");
        plain_text_add(out, text_of(change->record_id));
    }
    if (change->url) {
        buf_add(out, ", ");
        plain_text_add(out, text_of(change->url));
    }
    if (change->detail && *change->detail) {
        buf_add(out, ": ");
        plain_text_add(out, text_of(change->detail));
    }
}
