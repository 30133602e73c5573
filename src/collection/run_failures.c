/* Reads the lists "known_dead" and "failures" of a run's JSON. */
#include <config.h>

#include "collection/run_failures.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "collection/newest_run.h"
#include "collection/run_summary.h"

enum {
    TEXTS_BYTES = 1 << 20, /* of one failure */
    TEXTS = 4,
    NUMBER_MOST = 1000000,
};

static void read_number(struct text value, int *out)
{
    uint64_t number;
    if (text_to_number(value, &number) && number < NUMBER_MOST)
        *out = (int)number;
}

static void read_date(struct text value, int64_t *ms)
{
    if (!date_read_warc(value, ms))
        *ms = 0;
}

/* Reads one object.  The texts are copied, as the members' values don't live long. */
static bool read_failure(struct text object, struct run_failure *failure, struct buf texts[TEXTS],
                         struct buf *scratch)
{
    static const char *const names[TEXTS] = {"url", "kind", "way", "reason"};
    struct text name,
        value,
            *const copies[TEXTS] = {&failure->url, &failure->kind, &failure->way, &failure->reason};
    int got;
    for (int i = 0; i < TEXTS; i++)
        buf_clear(&texts[i]);
    while ((got = json_next_member(&object, &name, &value, scratch)) == 1) {
        for (int i = 0; i < TEXTS; i++)
            if (text_equal(name, text_of(names[i])))
                buf_add_text(&texts[i], value);
        if (text_equal(name, TEXT("status")))
            read_number(value, &failure->status);
        else if (text_equal(name, TEXT("rounds")))
            read_number(value, &failure->rounds);
        else if (text_equal(name, TEXT("same_rounds")))
            read_number(value, &failure->same_rounds);
        else if (text_equal(name, TEXT("since")))
            read_date(value, &failure->since_ms);
        else if (text_equal(name, TEXT("last")))
            read_date(value, &failure->last_ms);
        else if (text_equal(name, TEXT("not_until")))
            read_date(value, &failure->not_until_ms);
    }
    for (int i = 0; i < TEXTS; i++)
        *copies[i] = buf_text(&texts[i]);
    return got == 0 && failure->url.length > 0;
}

/* A quote within a string is escaped, so a member's name is found where it is one. */
static enum result read_list(struct text json, const char *name, bool known_dead,
                             run_failures_take *take, void *context, struct trouble *trouble)
{
    struct buf texts[TEXTS], scratch;
    enum result result = RESULT_OK;
    ptrdiff_t at = text_find(json, text_of(name));
    size_t length;
    if (at < 0)
        return RESULT_OK;
    json = text_skip(json, (size_t)at + strlen(name));
    buf_init(&scratch, TEXTS_BYTES);
    for (int i = 0; i < TEXTS; i++)
        buf_init(&texts[i], TEXTS_BYTES);
    while (result == RESULT_OK && text_starts(json, TEXT("{")) &&
           (length = run_summary_object_length(json))) {
        struct run_failure failure = {.known_dead = known_dead};
        if (read_failure(text_first(json, length), &failure, texts, &scratch))
            result = take(context, &failure, trouble);
        json = text_skip(json, length);
        if (text_starts(json, TEXT(", ")))
            json = text_skip(json, 2);
    }
    for (int i = 0; i < TEXTS; i++)
        buf_release(&texts[i]);
    buf_release(&scratch);
    return result;
}

enum result run_waiting_read(const char *runs, uint64_t *waiting, run_failures_take *take,
                             void *context, struct trouble *trouble)
{
    static const char member[] = "\"still_waiting\": ";
    char run[DATE_14_SIZE];
    struct buf json;
    *waiting = 0;
    enum result result = newest_run_read(runs, run, &json);
    if (result == RESULT_OK) {
        ptrdiff_t at = text_find(buf_text(&json), text_of(member));
        struct text rest =
            text_skip(buf_text(&json), at < 0 ? json.length : (size_t)at + sizeof member - 1);
        size_t digits = 0;
        while (digits < rest.length && rest.at[digits] >= '0' && rest.at[digits] <= '9')
            digits++;
        if (!text_to_number(text_first(rest, digits), waiting))
            *waiting = 0;
        result =
            read_list(buf_text(&json), "\"seeds_not_asked\": [", false, take, context, trouble);
    }
    buf_release(&json);
    return result;
}

enum result run_failures_read(const char *runs, run_failures_take *take, void *context,
                              char run[DATE_14_SIZE], struct trouble *trouble)
{
    struct buf json;
    enum result result = newest_run_read(runs, run, &json);
    if (result == RESULT_OK)
        result = read_list(buf_text(&json), "\"known_dead\": [", true, take, context, trouble);
    if (result == RESULT_OK)
        result = read_list(buf_text(&json), "\"failures\": [", false, take, context, trouble);
    buf_release(&json);
    return result;
}
