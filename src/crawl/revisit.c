#include <config.h>

#include "crawl/revisit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"

enum {
    STALE_MS = 20 * 3600000, /* a round that a run left open this long ago is overtaken by the next night's */
    DATES_OFF_MS = 24 * 3600000, /* dates without a time of day, clocks that are wrong */
    DUE_BYTES = 1 << 30,
    WRONG_DATES_MOST = 20,   /* dates may be wrong this often, and four times as often as they are right */
};

struct revisit {
    struct store *store;
    struct frontier *frontier; /* NULL until it counts */
    struct schedule schedule;
    bool first;                /* the archive held nothing when the run began */
    int64_t met;               /* the number of the first address that is new in this round */
    int64_t dates_right, dates_wrong;
    struct buf due;            /* keys */
};

/* ---- beginning --------------------------------------------------------------------------------------------- */

static enum answer ask(struct revisit *revisit, int64_t key, struct trouble *trouble)
{
    int64_t host;
    struct text name;
    if (revisit->frontier)
        return frontier_ask_again(revisit->frontier, key, revisit->schedule.now_ms, trouble);
    enum answer answer = store_ask_again(revisit->store, key, revisit->schedule.now_ms, &host, &name, trouble);
    return answer == ANSWER_END ? ANSWER_OK : answer;
}

static void note_newest(void *context, const struct past *past)
{
    struct schedule *schedule = context;
    int period = past->kind == VISIT_ARCHIVE ? schedule_period(past) : 0;
    int *newest = period % 10000 ? &schedule->newest_month : &schedule->newest_year;
    if (period > *newest)
        *newest = period;
}

static void note_due(void *context, const struct past *past)
{
    struct revisit *revisit = context;
    if (schedule_why(&revisit->schedule, past))
        buf_append(&revisit->due, &past->key, sizeof past->key);
}

static enum answer ask_due(struct revisit *revisit, struct trouble *trouble)
{
    enum answer answer = store_each_past(revisit->store, note_due, revisit, trouble);
    if (answer == ANSWER_OK && !buf_ok(&revisit->due))
        return trouble_say(trouble, ANSWER_BROKEN, "no memory for the addresses that are to be asked for again");
    for (size_t at = 0; answer == ANSWER_OK && at < revisit->due.length; at += sizeof(int64_t)) {
        int64_t key;
        memcpy(&key, revisit->due.data + at, sizeof key);
        answer = ask(revisit, key, trouble);
    }
    buf_release(&revisit->due);
    return answer;
}

/* Facts by name, until one can't be read. */
static int64_t get(struct store *store, const char *name, enum answer *answer, struct trouble *trouble)
{
    int64_t number = 0;
    if (*answer == ANSWER_OK)
        *answer = store_get_number(store, name, &number, trouble);
    return number;
}

static void set(struct revisit *revisit, const char *name, int64_t number, enum answer *answer, struct trouble *trouble)
{
    if (*answer == ANSWER_OK)
        *answer = store_set_number(revisit->store, name, number, trouble);
}

enum answer revisit_schedule(struct store *store, enum crawl_recheck recheck, int64_t within_ms, struct schedule *schedule,
                             struct trouble *trouble)
{
    enum answer answer = ANSWER_OK;
    *schedule = (struct schedule){.recheck = recheck, .now_ms = clock_wall_ms(), .within_ms = within_ms};
    int64_t right = get(store, "dates_right", &answer, trouble), wrong = get(store, "dates_wrong", &answer, trouble);
    int64_t last_walk = get(store, "last_walk", &answer, trouble);
    schedule->trust_dates = wrong <= WRONG_DATES_MOST + 4 * right;
    schedule->dates_proven = schedule->trust_dates && right > 0;
    schedule->walk = recheck == RECHECK_ALL ||
                     (recheck == RECHECK_AUTO && schedule_walk_is_due(schedule->now_ms, last_walk, within_ms));
    return answer == ANSWER_OK ? store_each_past(store, note_newest, schedule, trouble) : answer;
}

static enum answer begin_round(struct revisit *revisit, bool first, struct trouble *trouble)
{
    struct schedule *schedule = &revisit->schedule;
    enum answer answer = ANSWER_OK;
    int64_t now = schedule->now_ms;
    schedule->walk = schedule->walk || first;
    revisit->met = first ? 0 : store_met(revisit->store);
    answer = store_begin_round(revisit->store, now, trouble);
    set(revisit, "round_open", 1, &answer, trouble);
    set(revisit, "round_met", revisit->met, &answer, trouble);
    set(revisit, "round_walk", schedule->walk, &answer, trouble);
    if (schedule->walk)
        set(revisit, "last_walk", now, &answer, trouble);
    return answer != ANSWER_OK || first ? answer : ask_due(revisit, trouble);
}

enum answer revisit_begin(struct revisit **out, struct store *store, const struct crawl_options *options, bool first,
                          struct trouble *trouble)
{
    struct revisit *revisit = calloc(1, sizeof *revisit);
    *out = revisit;
    if (!revisit)
        return trouble_say(trouble, ANSWER_BROKEN, "no memory for a round");
    revisit->store = store;
    revisit->first = first;
    buf_init(&revisit->due, DUE_BYTES);
    struct schedule *schedule = &revisit->schedule;
    enum answer answer = revisit_schedule(store, options->recheck, options->recheck_within_ms, schedule, trouble);
    bool open = get(store, "round_open", &answer, trouble);
    int64_t began = get(store, "round_began", &answer, trouble);
    revisit->dates_right = get(store, "dates_right", &answer, trouble);
    revisit->dates_wrong = get(store, "dates_wrong", &answer, trouble);
    /* One that began far in the future began under a clock that was wrong: nobody knows how long ago. */
    int64_t age = schedule->now_ms - began;
    if (answer == ANSWER_OK && open && age < STALE_MS && age > -STALE_MS) {
        schedule->now_ms = began;
        revisit->met = get(store, "round_met", &answer, trouble);
        schedule->walk = get(store, "round_walk", &answer, trouble);
    } else if (answer == ANSWER_OK)
        answer = begin_round(revisit, first, trouble);
    return answer == ANSWER_OK ? store_retry_failed(store, trouble) : answer;
}

void revisit_use(struct revisit *revisit, struct frontier *frontier)
{
    revisit->frontier = frontier;
}

void revisit_free(struct revisit *revisit)
{
    if (!revisit)
        return;
    buf_release(&revisit->due);
    free(revisit);
}

enum answer revisit_end(struct revisit *revisit, struct trouble *trouble)
{
    enum answer answer = ANSWER_OK;
    set(revisit, "round_open", 0, &answer, trouble);
    return answer;
}

bool revisit_walks(const struct revisit *revisit)
{
    return revisit->schedule.walk;
}

/* ---- what lists tell --------------------------------------------------------------------------------------- */

enum answer revisit_date(struct revisit *revisit, int64_t key, int64_t dated_ms, struct trouble *trouble)
{
    int64_t known;
    enum answer answer = store_date(revisit->store, key, &known, trouble);
    /* Of two lists that disagree the later date stands. */
    if (answer != ANSWER_OK || dated_ms <= known)
        return answer;
    answer = store_keep_date(revisit->store, key, dated_ms, trouble);
    if (answer != ANSWER_OK || revisit->first || !revisit->schedule.trust_dates || revisit->schedule.recheck == RECHECK_NEW)
        return answer;
    /* The first date of a page that was there before tells of a change only when it is later than the last look. */
    struct past past;
    answer = store_past(revisit->store, key, &past, trouble);
    if (answer != ANSWER_OK)
        return answer == ANSWER_END ? ANSWER_OK : answer;
    return known || dated_ms > past.done_ms - DATES_OFF_MS ? ask(revisit, key, trouble) : ANSWER_OK;
}

bool revisit_is_new(struct revisit *revisit, int64_t key)
{
    struct past past;
    struct trouble trouble;
    return store_past(revisit->store, key, &past, &trouble) != ANSWER_OK || past.met >= revisit->met;
}

/* A page that was named and is no longer: asked, for it may be gone. */
static enum answer ask_whether_gone(struct revisit *revisit, int64_t key, struct trouble *trouble)
{
    struct past past;
    enum answer answer = store_past(revisit->store, key, &past, trouble);
    if (answer == ANSWER_OK && past.kind == VISIT_PAGE)
        return ask(revisit, key, trouble);
    return answer == ANSWER_END ? ANSWER_OK : answer;
}

/* Asks for what a list names, as far as its own news or a walk wants it. */
static enum answer ask_named(struct revisit *revisit, const struct list_read *list, bool restated, int64_t key,
                             struct trouble *trouble)
{
    struct past past;
    enum answer answer = store_past(revisit->store, key, &past, trouble);
    bool walk = revisit->schedule.walk, wanted = false;
    if (answer != ANSWER_OK)
        return answer == ANSWER_END ? ANSWER_OK : answer;
    if (past.kind == VISIT_PAGER)
        wanted = walk || list->news;
    else if (past.kind == VISIT_ARCHIVE || past.kind == VISIT_FEED || past.kind == VISIT_SITEMAP)
        wanted = walk;
    else if (past.kind == VISIT_PAGE)
        wanted = (restated || (list->changed && list->kind == VISIT_SEED)) && revisit->schedule.recheck != RECHECK_NEW;
    return wanted ? ask(revisit, key, trouble) : ANSWER_OK;
}

static int64_t key_at(struct text names, size_t index)
{
    int64_t key;
    memcpy(&key, names.at + index * sizeof key, sizeof key);
    return key;
}

static int by_number(const void *a, const void *b)
{
    const int64_t *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

static void sort_names(struct list_read *list)
{
    size_t kept = 0;
    if (list->name_count)
        qsort(list->names, list->name_count, sizeof *list->names, by_number);
    for (size_t i = 0; i < list->name_count; i++)
        if (!kept || list->names[kept - 1] != list->names[i])
            list->names[kept++] = list->names[i];
    list->name_count = kept;
}

/* Both are sorted. */
static enum answer ask_for_vanished(struct revisit *revisit, const struct list_read *list, struct text before,
                                    struct trouble *trouble)
{
    enum answer answer = ANSWER_OK;
    size_t now = 0;
    for (size_t i = 0; answer == ANSWER_OK && i < before.length / sizeof(int64_t); i++) {
        int64_t key = key_at(before, i);
        while (now < list->name_count && list->names[now] < key)
            now++;
        if (now == list->name_count || list->names[now] != key)
            answer = ask_whether_gone(revisit, key, trouble);
    }
    return answer;
}

/* Whether a feed without dates says something else of its posts than it said last time. */
static enum answer is_restated(struct revisit *revisit, const struct list_read *list, bool *restated, struct trouble *trouble)
{
    char name[32];
    int64_t before, now = store_key(revisit->store, list->items);
    *restated = false;
    if (!list->items.length)
        return ANSWER_OK;
    snprintf(name, sizeof name, "items %lld", (long long)list->key);
    enum answer answer = store_get_number(revisit->store, name, &before, trouble);
    if (answer != ANSWER_OK || before == now)
        return answer;
    *restated = before != 0;
    return store_set_number(revisit->store, name, now, trouble);
}

enum answer revisit_list(struct revisit *revisit, const struct list_read *read, struct trouble *trouble)
{
    struct list_read list = *read;
    struct text before;
    sort_names(&list);
    struct text names = {list.name_count ? (const char *)list.names : "", list.name_count * sizeof *list.names};
    enum answer answer = store_list_names(revisit->store, list.key, &before, trouble);
    bool known = answer == ANSWER_OK;
    if (answer == ANSWER_END)
        answer = ANSWER_OK;
    bool same = known && text_equal(before, names), restated = false;
    if (answer == ANSWER_OK)
        answer = is_restated(revisit, &list, &restated, trouble);
    if (known && !same && answer == ANSWER_OK)
        answer = ask_for_vanished(revisit, &list, before, trouble);
    for (size_t i = 0; known && answer == ANSWER_OK && i < list.name_count; i++)
        answer = ask_named(revisit, &list, restated, list.names[i], trouble);
    return answer != ANSWER_OK || same ? answer : store_keep_list_names(revisit->store, list.key, names, trouble);
}

enum answer revisit_list_unchanged(struct revisit *revisit, int64_t key, struct trouble *trouble)
{
    const struct list_read list = {.key = key};
    struct text kept, names;
    struct buf copy;
    enum answer answer = revisit->schedule.walk ? store_list_names(revisit->store, key, &kept, trouble) : ANSWER_END;
    if (answer != ANSWER_OK)
        return answer == ANSWER_END ? ANSWER_OK : answer;
    buf_init(&copy, kept.length + 1);
    buf_add_text(&copy, kept);
    names = buf_text(&copy);
    for (size_t i = 0; answer == ANSWER_OK && i < names.length / sizeof(int64_t); i++)
        answer = ask_named(revisit, &list, false, key_at(names, i), trouble);
    buf_release(&copy);
    return answer;
}

enum answer revisit_answered(struct revisit *revisit, const struct holding *before, bool changed, int64_t dated_ms,
                             struct trouble *trouble)
{
    enum answer answer = ANSWER_OK;
    if (!dated_ms || !before->dated_ms || dated_ms == before->dated_ms)
        return ANSWER_OK;
    if (changed)
        set(revisit, "dates_right", ++revisit->dates_right, &answer, trouble);
    else
        set(revisit, "dates_wrong", ++revisit->dates_wrong, &answer, trouble);
    return answer;
}
