/* Reads the lists of "changes" of a run's JSON: URLs, and of what has moved {"from": URL, "to":
 * URL}.
 */
#include <config.h>

#include "collection/run_changes.h"

#include "base/buf.h"
#include "base/json.h"
#include "collection/newest_run.h"

enum { ITEM_BYTES = 1 << 20 };

struct changes_reading {
    struct text rest; /* of the lists */
    struct buf item, scratch;
    struct text url; /* of the last item */
};

/* The length of the string or object that the text begins with; 0: it does not end. */
static size_t item_length(struct text text)
{
    bool quoted = false, object = text_starts(text, TEXT("{"));
    for (size_t i = 0; i < text.length; i++) {
        if (quoted && text.at[i] == '\\')
            i++;
        else if (text.at[i] == '"')
            quoted = !quoted;
        if (i && i < text.length && !quoted && text.at[i] == (object ? '}' : '"'))
            return i + 1;
    }
    return 0;
}

/* Takes one item off the list.  False: it is none. */
static bool take_item(struct changes_reading *reading)
{
    bool object = text_starts(reading->rest, TEXT("{"));
    size_t length = item_length(reading->rest);
    struct text name;
    buf_clear(&reading->item);
    buf_add(&reading->item, object ? "" : "{\"from\": ");
    buf_add_text(&reading->item, text_first(reading->rest, length));
    buf_add(&reading->item, object ? "" : "}");
    struct text members = buf_text(&reading->item);
    reading->rest = text_skip(reading->rest, length);
    if (text_starts(reading->rest, TEXT(", ")))
        reading->rest = text_skip(reading->rest, 2);
    return length && buf_ok(&reading->item) &&
           json_next_member(&members, &name, &reading->url, &reading->scratch) == 1 &&
           text_equal(name, TEXT("from"));
}

/* Takes a text off the beginning.  False: it is not there. */
static bool take_text(struct changes_reading *reading, const char *expected)
{
    if (!text_starts(reading->rest, text_of(expected)))
        return false;
    reading->rest = text_skip(reading->rest, text_of(expected).length);
    return true;
}

static enum result take_list(struct changes_reading *reading, enum change change,
                             run_changes_take *take, void *context, struct trouble *trouble)
{
    bool first = change == CHANGE_NEW;
    enum result result = RESULT_OK;
    if (!take_text(reading, first ? "\"" : ", \"") || !take_text(reading, change_name(change)) ||
        !take_text(reading, "\": ["))
        return RESULT_LOST;
    while (result == RESULT_OK && !take_text(reading, "]"))
        result = take_item(reading) ? take(context, change, reading->url, trouble) : RESULT_LOST;
    return result;
}

/* 0: it does not say. */
static int64_t read_end(struct text json)
{
    static const char member[] = "\"ended\": \"";
    ptrdiff_t at = text_find(json, text_of(member));
    struct text rest = text_skip(json, at < 0 ? json.length : (size_t)at + sizeof member - 1);
    ptrdiff_t end = text_find_char(rest, '"');
    int64_t ms;
    return end >= 0 && date_read_warc(text_first(rest, (size_t)end), &ms) ? ms : 0;
}

enum result run_changes_in(struct text json, run_changes_take *take, void *context,
                           struct trouble *trouble)
{
    static const char member[] = "\"changes\": {";
    struct changes_reading reading;
    enum result result = RESULT_OK;
    ptrdiff_t at = text_find(json, text_of(member));
    if (at < 0)
        return RESULT_LOST;
    buf_init(&reading.item, ITEM_BYTES);
    buf_init(&reading.scratch, ITEM_BYTES);
    reading.rest = text_skip(json, (size_t)at + sizeof member - 1);
    for (int i = CHANGE_NEW; i < CHANGE_COUNT && result == RESULT_OK; i++)
        result = take_list(&reading, (enum change)i, take, context, trouble);
    buf_release(&reading.item);
    buf_release(&reading.scratch);
    return result;
}

enum result run_changes_read(const char *runs, run_changes_take *take, void *context,
                             struct told_run *run, struct trouble *trouble)
{
    struct buf json;
    enum result result = newest_run_read(runs, run->name, &json);
    run->ended_ms = result == RESULT_OK ? read_end(buf_text(&json)) : 0;
    if (result == RESULT_OK)
        result = run_changes_in(buf_text(&json), take, context, trouble);
    if (result == RESULT_LOST)
        result = trouble_say(trouble, RESULT_LOST, "%s/%s.json does not list what changed", runs,
                             run->name);
    buf_release(&json);
    return result;
}
