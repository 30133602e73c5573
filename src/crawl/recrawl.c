/*
 * Rounds: begins them, puts what is due back in the queue, and compares what lists name with what
 * they named before.
 */
#include <config.h>

#include "crawl/recrawl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"

enum {
    /* a round that was left open this long ago is dropped: the next night's begins */
    STALE_MS = 20 * 3600000,
    DATES_OFF_MS = 24 * 3600000, /* dates without a time of day, wrong clocks */
    DUE_BYTES = 1 << 30,
    DATES_TOGETHER = 128,
    NAMES_BYTES = 1 << 26,
    /* dates may be wrong this many times, plus four times as often as they are right */
    WRONG_DATES_MOST = 20,
};

struct recrawl {
    struct store *store;
    struct frontier *frontier; /* NULL while the round begins */
    struct recrawl_due schedule;
    bool first;     /* the archive was empty when the run began */
    bool lists;     /* pagination is followed to its end, although the round is not a walk */
    int64_t met;    /* the number of the first URL that is new in this round */
    struct buf due; /* keys to request again */
    struct list_date dates[DATES_TOGETHER]; /* of the current page, until recrawl_flush() */
    size_t date_count, date_at;
    struct trouble trouble; /* of a read in a function that returns only yes or no */
    struct buf before;      /* keys that a list named when it was last read */
};

/* ---- beginning ---- */

/* Puts the keys in recrawl->due back in the queue. */
static enum result request_gathered(struct recrawl *recrawl, struct trouble *trouble)
{
    const int64_t *keys = (const void *)recrawl->due.data;
    size_t count = recrawl->due.length / sizeof *keys;
    int64_t now_ms = recrawl->schedule.now_ms;
    enum result result = RESULT_OK;
    if (!buf_ok(&recrawl->due))
        result = trouble_say(trouble, RESULT_BROKEN, "no memory for the URLs to request again");
    else if (count)
        result = recrawl->frontier
                     ? frontier_ask_again(recrawl->frontier, keys, count, now_ms, trouble)
                     : queue_ask_again(recrawl->store->queue, keys, count, now_ms, NULL, trouble);
    buf_clear(&recrawl->due);
    return result;
}

static void gather(struct recrawl *recrawl, int64_t key)
{
    buf_append(&recrawl->due, &key, sizeof key);
}

static void note_newest(void *context, const struct url_history *history)
{
    struct recrawl_due *schedule = context;
    int period = history->kind == VISIT_ARCHIVE ? recrawl_due_period(history) : 0;
    int *newest = period % 10000 ? &schedule->newest_month : &schedule->newest_year;
    if (period > *newest)
        *newest = period;
}

static void note_due(void *context, const struct url_history *history)
{
    struct recrawl *recrawl = context;
    if (recrawl_due_why(&recrawl->schedule, history))
        gather(recrawl, history->key);
}

static enum result request_due(struct recrawl *recrawl, struct trouble *trouble)
{
    enum result result =
        recrawl_state_each_history(recrawl->store->recrawl, NULL, 0, note_due, recrawl, trouble);
    if (result == RESULT_OK)
        result = request_gathered(recrawl, trouble);
    buf_release(&recrawl->due); /* a page has fewer */
    return result;
}

/* Reads a number, unless an earlier read failed. */
static int64_t get(struct store *store, const char *name, enum result *result,
                   struct trouble *trouble)
{
    int64_t number = 0;
    if (*result == RESULT_OK)
        *result = progress_number(store->progress, name, &number, trouble);
    return number;
}

static void set(struct recrawl *recrawl, const char *name, int64_t number, enum result *result,
                struct trouble *trouble)
{
    if (*result == RESULT_OK)
        *result = progress_set_number(recrawl->store->progress, name, number, trouble);
}

enum result recrawl_schedule(struct store *store, enum crawl_recheck recheck, int64_t within_ms,
                             struct recrawl_due *schedule, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    *schedule =
        (struct recrawl_due){.recheck = recheck, .now_ms = clock_wall_ms(), .within_ms = within_ms};
    int64_t right = get(store, "dates_right", &result, trouble),
            wrong = get(store, "dates_wrong", &result, trouble);
    int64_t last_walk = get(store, "last_walk", &result, trouble);
    schedule->trust_dates = wrong <= WRONG_DATES_MOST + 4 * right;
    schedule->dates_proven = schedule->trust_dates && right > 0;
    schedule->walk =
        recheck == RECHECK_ALL || (recheck == RECHECK_AUTO &&
                                   recrawl_due_walk_is_due(schedule->now_ms, last_walk, within_ms));
    return result == RESULT_OK
               ? recrawl_state_each_history(store->recrawl, NULL, 0, note_newest, schedule, trouble)
               : result;
}

/* The first moment after `now_ms`: what an archive told in that very millisecond was captured
 * before the round begins.  A clock that stands still is not waited for. */
static int64_t next_moment(int64_t now_ms)
{
    const struct timespec wait = {.tv_nsec = 1000000};
    int64_t later = now_ms;
    for (int i = 0; later <= now_ms && i < 5; i++) {
        nanosleep(&wait, NULL);
        later = clock_wall_ms();
    }
    return later;
}

static enum result begin_round(struct recrawl *recrawl, bool first, struct trouble *trouble)
{
    struct recrawl_due *schedule = &recrawl->schedule;
    enum result result = RESULT_OK;
    int64_t now = schedule->now_ms = next_moment(schedule->now_ms);
    schedule->walk = schedule->walk || first;
    result = recrawl_state_begin_round(recrawl->store->recrawl, now, &recrawl->met, trouble);
    if (first)
        recrawl->met = 0;
    set(recrawl, "round_open", 1, &result, trouble);
    set(recrawl, "round_met", recrawl->met, &result, trouble);
    set(recrawl, "round_walk", schedule->walk, &result, trouble);
    set(recrawl, "round_lists", recrawl->lists, &result, trouble);
    if (schedule->walk)
        set(recrawl, "last_walk", now, &result, trouble);
    return result != RESULT_OK || first ? result : request_due(recrawl, trouble);
}

enum result recrawl_begin(struct recrawl **out, struct store *store,
                          const struct crawl_options *options, bool first, struct trouble *trouble)
{
    struct recrawl *recrawl = calloc(1, sizeof *recrawl);
    *out = recrawl;
    if (!recrawl)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for a round");
    recrawl->store = store;
    recrawl->first = first;
    recrawl->trouble = trouble_none();
    buf_init(&recrawl->due, DUE_BYTES);
    buf_init(&recrawl->before, NAMES_BYTES);
    struct recrawl_due *schedule = &recrawl->schedule;
    enum result result = recrawl_schedule(store, options->recrawl.recheck,
                                          options->recrawl.within_ms, schedule, trouble);
    bool open = get(store, "round_open", &result, trouble);
    bool walk = get(store, "round_walk", &result, trouble);
    recrawl->lists = open && get(store, "round_lists", &result, trouble);
    int64_t began = get(store, "round_began", &result, trouble);
    /* A round that began far in the future began under a wrong clock: its age is unknown. */
    int64_t age = schedule->now_ms - began;
    if (result == RESULT_OK && open && age < STALE_MS && age > -STALE_MS) {
        schedule->now_ms = began;
        recrawl->met = get(store, "round_met", &result, trouble);
        schedule->walk = walk;
    } else if (result == RESULT_OK) {
        bool walked = get(store, "last_walk", &result, trouble);
        /* what was not read is not known */
        recrawl->lists = recrawl->lists || (open && walk) || !walked;
        result = begin_round(recrawl, first, trouble);
    }
    int64_t retry_ms = options->recrawl.recheck == RECHECK_ALL ? QUEUE_RETRY_ALL : clock_wall_ms();
    return result == RESULT_OK ? queue_retry_failed(store->queue, retry_ms, trouble) : result;
}

int64_t recrawl_began_ms(const struct recrawl *recrawl)
{
    return recrawl->schedule.now_ms;
}

void recrawl_use(struct recrawl *recrawl, struct frontier *frontier)
{
    recrawl->frontier = frontier;
}

void recrawl_free(struct recrawl *recrawl)
{
    if (!recrawl)
        return;
    buf_release(&recrawl->due);
    buf_release(&recrawl->before);
    free(recrawl);
}

enum result recrawl_end(struct recrawl *recrawl, struct trouble *trouble)
{
    enum result result = RESULT_OK;
    set(recrawl, "round_open", 0, &result, trouble);
    return result;
}

bool recrawl_walks(const struct recrawl *recrawl)
{
    return recrawl->schedule.walk;
}

enum result recrawl_follow_lists(struct recrawl *recrawl, struct trouble *trouble)
{
    recrawl->lists = true;
    return progress_set_number(recrawl->store->progress, "round_lists", 1, trouble);
}

bool recrawl_follows_lists(const struct recrawl *recrawl)
{
    return recrawl->schedule.walk || recrawl->lists;
}

/* ---- what lists tell ---- */

/* The first date of a known page counts as a change only if it is later than our last visit. */
static void note_dated(void *context, const struct url_history *history)
{
    struct recrawl *recrawl = context;
    while (recrawl->dates[recrawl->date_at].key != history->key)
        recrawl->date_at++;
    const struct list_date *date = &recrawl->dates[recrawl->date_at++];
    if (date->dated_ms > date->known_ms &&
        (date->known_ms || date->dated_ms > history->done_ms - DATES_OFF_MS))
        gather(recrawl, history->key);
}

enum result recrawl_flush(struct recrawl *recrawl, struct trouble *trouble)
{
    int64_t keys[DATES_TOGETHER];
    size_t count = recrawl->date_count;
    recrawl->date_count = recrawl->date_at = 0;
    if (recrawl->trouble.result != RESULT_OK) {
        *trouble = recrawl->trouble;
        return trouble->result;
    }
    if (!count)
        return RESULT_OK;
    enum result result =
        recrawl_state_note_dates(recrawl->store->recrawl, recrawl->dates, count, trouble);
    if (result != RESULT_OK || recrawl->first || !recrawl->schedule.trust_dates ||
        recrawl->schedule.recheck == RECHECK_NEW)
        return result;
    for (size_t i = 0; i < count; i++)
        keys[i] = recrawl->dates[i].key;
    result = recrawl_state_each_history(recrawl->store->recrawl, keys, count, note_dated, recrawl,
                                        trouble);
    return result == RESULT_OK ? request_gathered(recrawl, trouble) : result;
}

enum result recrawl_date(struct recrawl *recrawl, int64_t key, int64_t dated_ms,
                         struct trouble *trouble)
{
    enum result result =
        recrawl->date_count < DATES_TOGETHER ? RESULT_OK : recrawl_flush(recrawl, trouble);
    if (result == RESULT_OK)
        recrawl->dates[recrawl->date_count++] =
            (struct list_date){.key = key, .dated_ms = dated_ms};
    return result;
}

bool recrawl_is_new(struct recrawl *recrawl, int64_t key)
{
    struct url_history history;
    struct trouble trouble;
    enum result result =
        recrawl_state_history(recrawl->store->recrawl, key, &history, NULL, &trouble);
    if (result != RESULT_OK && result != RESULT_END && recrawl->trouble.result == RESULT_OK)
        recrawl->trouble = trouble; /* recrawl_flush() returns it */
    return result != RESULT_OK || history.met >= recrawl->met;
}

/* What a list no longer names. */
struct vanishing {
    struct recrawl *recrawl;
    bool pagers; /* its pagination closes a gap: a page of it may be gone */
};

/* A page is no longer named: it may be gone, so it is requested. */
static void note_vanished(void *context, const struct url_history *history)
{
    const struct vanishing *vanishing = context;
    if (history->kind == VISIT_PAGE || (vanishing->pagers && history->kind == VISIT_PAGER))
        gather(vanishing->recrawl, history->key);
}

/* A list whose names are being checked. */
struct list_check {
    struct recrawl *recrawl;
    const struct list_read *list;
    bool restated;
};

/* Requests what a list names, if the list's own news or a walk calls for it. */
static void note_named(void *context, const struct url_history *history)
{
    const struct list_check *check = context;
    const struct recrawl_due *schedule = &check->recrawl->schedule;
    bool walk = schedule->walk, wanted = false;
    if (history->kind == VISIT_PAGER)
        wanted = walk || check->list->news;
    else if (history->kind == VISIT_ARCHIVE || history->kind == VISIT_FEED ||
             history->kind == VISIT_SITEMAP)
        wanted = walk;
    else if (history->kind == VISIT_PAGE)
        wanted = (check->restated || (check->list->changed && check->list->kind == VISIT_SEED)) &&
                 schedule->recheck != RECHECK_NEW;
    if (wanted)
        gather(check->recrawl, history->key);
}

static enum result request_named(struct list_check *check, const int64_t *keys, size_t count,
                                 struct trouble *trouble)
{
    enum result result = RESULT_OK;
    if (count)
        result = recrawl_state_each_history(check->recrawl->store->recrawl, keys, count, note_named,
                                            check, trouble);
    return result == RESULT_OK ? request_gathered(check->recrawl, trouble) : result;
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

/* Whether the list names nothing that is new.  Then a page of its pagination that it no longer
 * names was taken out, as a chapter is.  URLs of pagination that change with every post are
 * replaced by new ones. */
static bool names_nothing_new(struct recrawl *recrawl, const struct list_read *list,
                              struct text before)
{
    size_t count = before.length / sizeof(int64_t), at = 0;
    for (size_t i = 0; i < list->name_count; i++) {
        while (at < count && key_at(before, at) < list->names[i])
            at++;
        bool added = at == count || key_at(before, at) != list->names[i];
        if (added && recrawl_is_new(recrawl, list->names[i]))
            return false;
    }
    return true;
}

/* Requests the pages that only `before` names; their keys go into *vanished.  Both lists are
 * sorted. */
static enum result request_vanished(struct recrawl *recrawl, const struct list_read *list,
                                    struct text before, struct buf *vanished,
                                    struct trouble *trouble)
{
    size_t now = 0;
    for (size_t i = 0; i < before.length / sizeof(int64_t); i++) {
        int64_t key = key_at(before, i);
        while (now < list->name_count && list->names[now] < key)
            now++;
        if (now == list->name_count || list->names[now] != key)
            buf_append(vanished, &key, sizeof key);
    }
    if (!buf_ok(vanished))
        return trouble_say(trouble, RESULT_BROKEN, "no memory for what a list no longer names");
    if (!vanished->length)
        return RESULT_OK;
    struct vanishing vanishing = {recrawl, names_nothing_new(recrawl, list, before)};
    enum result result =
        recrawl_state_each_history(recrawl->store->recrawl, (const void *)vanished->data,
                                   vanished->length / sizeof(int64_t), note_vanished, &vanishing,
                                   trouble);
    return result == RESULT_OK ? request_gathered(recrawl, trouble) : result;
}

/* Whether the items of a feed without dates have changed since last time. */
static enum result is_restated(struct recrawl *recrawl, const struct list_read *list,
                               bool *restated, struct trouble *trouble)
{
    char name[32];
    int64_t before, now = store_key(recrawl->store, list->items);
    *restated = false;
    if (!list->items.length)
        return RESULT_OK;
    snprintf(name, sizeof name, "items %lld", (long long)list->key);
    enum result result = progress_number(recrawl->store->progress, name, &before, trouble);
    if (result != RESULT_OK || before == now)
        return result;
    *restated = before != 0;
    return progress_set_number(recrawl->store->progress, name, now, trouble);
}

/* Writes what the page has offered and dated so far, so that the store has it before it is read. */
static enum result flush_page(struct recrawl *recrawl, struct trouble *trouble)
{
    enum result result = recrawl_flush(recrawl, trouble);
    return result == RESULT_OK && recrawl->frontier ? frontier_flush(recrawl->frontier, trouble)
                                                    : result;
}

enum result recrawl_list(struct recrawl *recrawl, const struct list_read *read,
                         struct trouble *trouble)
{
    struct list_read list = *read;
    struct list_check check = {recrawl, &list, false};
    struct buf vanished;
    sort_names(&list);
    struct text names = {list.name_count ? (const char *)list.names : "",
                         list.name_count * sizeof *list.names};
    buf_init(&vanished, NAMES_BYTES);
    bool known = false, same = false;
    enum result result = flush_page(recrawl, trouble);
    if (result != RESULT_OK)
        goto out;
    result = recrawl_state_list_names(recrawl->store->recrawl, list.key, &recrawl->before, trouble);
    if (result != RESULT_OK && result != RESULT_END)
        goto out;
    known = result == RESULT_OK;
    same = known && text_equal(buf_text(&recrawl->before), names);
    result = is_restated(recrawl, &list, &check.restated, trouble);
    if (known && !same && result == RESULT_OK)
        result = request_vanished(recrawl, &list, buf_text(&recrawl->before), &vanished, trouble);
    if (known && result == RESULT_OK)
        result = request_named(&check, list.names, list.name_count, trouble);
    if (!same && result == RESULT_OK)
        result = recrawl_state_keep_list_names(recrawl->store->recrawl, list.key, names, trouble);
out:
    buf_release(&vanished);
    return result;
}

enum result recrawl_list_unchanged(struct recrawl *recrawl, int64_t key, struct trouble *trouble)
{
    const struct list_read list = {.key = key};
    struct list_check check = {recrawl, &list, false};
    enum result result =
        recrawl->schedule.walk
            ? recrawl_state_list_names(recrawl->store->recrawl, key, &recrawl->before, trouble)
            : RESULT_END;
    if (result != RESULT_OK)
        return result == RESULT_END ? RESULT_OK : result;
    return request_named(&check, (const void *)recrawl->before.data,
                         recrawl->before.length / sizeof(int64_t), trouble);
}

static void note_pager(void *context, const struct url_history *history)
{
    if (history->kind == VISIT_PAGER)
        gather(context, history->key);
}

enum result recrawl_pager_gone(struct recrawl *recrawl, int64_t key, struct trouble *trouble)
{
    enum result result =
        recrawl_state_list_names(recrawl->store->recrawl, key, &recrawl->before, trouble);
    if (result != RESULT_OK)
        return result == RESULT_END ? RESULT_OK : result;
    result = recrawl_state_each_history(recrawl->store->recrawl, (const void *)recrawl->before.data,
                                        recrawl->before.length / sizeof(int64_t), note_pager,
                                        recrawl, trouble);
    return result == RESULT_OK ? request_gathered(recrawl, trouble) : result;
}

enum result recrawl_note_response(struct recrawl *recrawl, const struct held_capture *before,
                                  bool changed, int64_t dated_ms, struct trouble *trouble)
{
    if (!dated_ms || !before->dated_ms || dated_ms == before->dated_ms)
        return RESULT_OK;
    return progress_add_number(recrawl->store->progress, changed ? "dates_right" : "dates_wrong", 1,
                               trouble);
}
