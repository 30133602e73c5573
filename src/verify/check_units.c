/* Divides files into units, checks these on threads, and puts the results together in order. */
#include <config.h>

#include "verify/check_units.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "verify/unit_events.h"
#include "warc/member.h"
#include "warc/source.h"

enum {
    UNIT_BYTES = 2 << 20,
    UNITS_EACH = 3, /* for each thread: checked, waiting to be told, waiting to be checked */
    EVENTS_MOST = 1 << 30,
    SCRATCH_MOST = 64 << 20,
    THREADS_MOST = 64,
};

/* A place in the ring of units. */
struct unit_slot {
    struct check_unit unit;
    struct unit_events events;
    bool done;
    bool skipped; /* no record begins where it does */
};

struct unit_work {
    struct verification *v;
    struct unit_slot *slots;
    size_t slot_count;
    uint64_t begun, taken, told; /* units so far, of which each has the slot of its number */
    bool ends;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t threads[THREADS_MOST];
    int thread_count;
    /* dividing */
    struct member_file *member; /* of the file that is divided; NULL: none */
    uint32_t file;
    int64_t at;            /* where the next unit begins; INT64_MAX: the file is divided */
    struct unit_slot rest; /* of a file that could not be divided further */
};

/* ---- dividing files ---- */

static void ignore_flaw(void *context, enum rule rule, const char *words)
{
    (void)context;
    (void)rule;
    (void)words;
}

static struct member_file *open_members(const char *path)
{
    const struct warc_source description = source_of_path(path);
    return description.context
               ? member_open(source_new(&description), (struct rule_listener){.tell = ignore_flaw})
               : NULL;
}

/* Where the unit that begins at work->at ends. */
static int64_t find_end(struct unit_work *work)
{
    struct trouble trouble;
    int64_t size = work->member ? member_file_size(work->member) : -1;
    if (!work->member || !member_is_gzip(work->member) || size - work->at <= UNIT_BYTES ||
        member_resync(work->member, work->at + UNIT_BYTES, &trouble) != RESULT_OK)
        return INT64_MAX;
    return member_position(work->member);
}

/* The next unit of all files.  False: there is none. */
static bool next_unit(struct unit_work *work, struct check_unit *unit)
{
    if (work->at == INT64_MAX) {
        work->file++;
        work->at = 0;
        member_close(work->member);
        work->member = NULL;
    }
    if (work->file >= work->v->file_count)
        return false;
    if (!work->member)
        work->member = open_members(work->v->files[work->file]);
    unit->file = work->file;
    unit->from = work->at;
    unit->to = work->at = find_end(work);
    return true;
}

/* ---- a unit ---- */

static void begin_unit(const struct unit_work *work, struct unit_slot *slot)
{
    const struct verification *v = work->v;
    struct verification *own = &slot->unit.v;
    struct aside aside = {.check = own->aside.check, /* is used again */
                          .events = &slot->events};
    *own = (struct verification){.options = v->options,
                                 .summary = &slot->unit.summary,
                                 .hash_key = v->hash_key,
                                 .files = v->files,
                                 .file_count = v->file_count,
                                 .alone = v->alone,
                                 .aside = aside};
    slot->unit.summary = (struct verify_summary){.files = 0};
    slot->done = slot->skipped = false;
    buf_init(&own->scratch, SCRATCH_MOST);
    buf_init(&slot->events.bytes, EVENTS_MOST);
}

static void end_unit(struct unit_slot *slot)
{
    struct verification *own = &slot->unit.v;
    free(own->records);
    free(own->aside.more);
    free(own->aside.segments);
    own->records = NULL;
    own->aside.more = NULL;
    own->aside.segments = NULL;
    buf_release(&own->scratch);
    buf_release(&slot->events.bytes);
}

/* ---- telling ---- */

static void append_records(struct verification *v, const struct verification *own)
{
    size_t base = v->record_count;
    verification_add_records(v, own->records, own->record_count);
    for (size_t i = 0; i < own->aside.more_count; i++) {
        struct more_concurrent *more = verification_grow(v, &v->aside.more, &v->aside.more_count,
                                                         &v->aside.more_room, sizeof *more);
        if (!more)
            return;
        *more = own->aside.more[i];
        more->record += base;
    }
    for (size_t i = 0; i < own->aside.segment_count; i++) {
        struct seen_segment *segment =
            verification_grow(v, &v->aside.segments, &v->aside.segment_count,
                              &v->aside.segment_room, sizeof *segment);
        if (!segment)
            return;
        *segment = own->aside.segments[i];
        segment->record += base;
    }
}

static void tell_progress(struct verification *v, const struct check_unit *unit)
{
    int64_t end = unit->to == INT64_MAX ? disk_file_size(v->files[unit->file]) : unit->to;
    v->done_bytes += end > unit->from ? (uint64_t)(end - unit->from) : 0;
    if (v->observer.progressed)
        v->observer.progressed(v->observer.context, v->done_bytes, v->all_bytes);
}

/* Puts what a unit has found behind what was found before. */
static void tell_unit(struct verification *v, const struct unit_slot *slot)
{
    const struct verification *own = &slot->unit.v;
    struct text rest = buf_text(&slot->events.bytes);
    struct unit_event event;
    v->out_of_memory = v->out_of_memory || own->out_of_memory || !buf_ok(&slot->events.bytes);
    if (!buf_ok(&slot->events.bytes)) /* the last event may be cut */
        rest = TEXT("");
    while (unit_events_next(&rest, &event))
        if (event.kind == EVENT_FINDING)
            verification_tell(v, &event);
        else
            check_unit_learn(v, &event);
    append_records(v, own);
    v->summary->records += own->summary->records;
    v->aside.collection.responses += own->aside.collection.responses;
    v->aside.collection.failed += own->aside.collection.failed;
    v->results[slot->unit.file].records += own->summary->records;
    v->out_of_memory = v->out_of_memory || !crawl_claims_ok(v->claims);
    tell_progress(v, &slot->unit);
}

/* ---- threads ---- */

static void *run_thread(void *context)
{
    struct unit_work *work = context;
    pthread_mutex_lock(&work->lock);
    for (;;) {
        while (!work->ends && work->taken == work->begun)
            pthread_cond_wait(&work->changed, &work->lock);
        if (work->ends)
            break;
        struct unit_slot *slot = &work->slots[work->taken++ % work->slot_count];
        pthread_mutex_unlock(&work->lock);
        check_unit_records(&slot->unit);
        pthread_mutex_lock(&work->lock);
        slot->done = true;
        pthread_cond_broadcast(&work->changed);
    }
    pthread_mutex_unlock(&work->lock);
    return NULL;
}

/* ---- the main thread ---- */

/* Units wait until all their slots are used. */
static void begin_units(struct unit_work *work)
{
    while (work->begun - work->told < work->slot_count) {
        struct unit_slot *slot = &work->slots[work->begun % work->slot_count];
        if (!next_unit(work, &slot->unit))
            return;
        begin_unit(work, slot);
        pthread_mutex_lock(&work->lock);
        work->begun++;
        pthread_cond_broadcast(&work->changed);
        pthread_mutex_unlock(&work->lock);
    }
}

static void finish_unit(struct unit_work *work, struct unit_slot *slot)
{
    if (!work->thread_count) {
        check_unit_records(&slot->unit);
        return;
    }
    pthread_mutex_lock(&work->lock);
    while (!slot->done)
        pthread_cond_wait(&work->changed, &work->lock);
    pthread_mutex_unlock(&work->lock);
}

/* No record begins where the unit ends, so the next units of its file are wrong. */
static void check_rest(struct unit_work *work, const struct check_unit *unit)
{
    struct unit_slot *rest = &work->rest;
    for (uint64_t i = work->told; i < work->begun; i++)
        if (work->slots[i % work->slot_count].unit.file == unit->file)
            work->slots[i % work->slot_count].skipped = true;
    if (work->file == unit->file)
        work->at = INT64_MAX;
    if (unit->stopped < 0)
        return;
    rest->unit.file = unit->file;
    rest->unit.from = unit->stopped;
    rest->unit.to = INT64_MAX;
    begin_unit(work, rest);
    check_unit_records(&rest->unit);
    tell_unit(work->v, rest);
    end_unit(rest);
}

static void tell_next(struct unit_work *work)
{
    struct unit_slot *slot = &work->slots[work->told % work->slot_count];
    finish_unit(work, slot);
    work->told++;
    if (!slot->skipped) {
        tell_unit(work->v, slot);
        if (slot->unit.to != INT64_MAX && slot->unit.stopped != slot->unit.to)
            check_rest(work, &slot->unit);
    }
    end_unit(slot);
}

static void begin_threads(struct unit_work *work, int jobs)
{
    pthread_mutex_init(&work->lock, NULL);
    pthread_cond_init(&work->changed, NULL);
    for (int i = 0; jobs > 1 && i < jobs && i < THREADS_MOST; i++)
        if (pthread_create(&work->threads[work->thread_count], NULL, run_thread, work) == 0)
            work->thread_count++;
}

static void end_threads(struct unit_work *work)
{
    pthread_mutex_lock(&work->lock);
    work->ends = true;
    pthread_cond_broadcast(&work->changed);
    pthread_mutex_unlock(&work->lock);
    for (int i = 0; i < work->thread_count; i++)
        pthread_join(work->threads[i], NULL);
    pthread_cond_destroy(&work->changed);
    pthread_mutex_destroy(&work->lock);
}

void check_units(struct verification *v)
{
    struct unit_work *work = calloc(1, sizeof *work);
    int jobs = v->options->jobs > 1 ? v->options->jobs : 1;
    size_t slots = jobs > 1 ? (size_t)(jobs < THREADS_MOST ? jobs : THREADS_MOST) * UNITS_EACH : 1;
    if (work) {
        *work =
            (struct unit_work){.v = v, .file = UINT32_MAX, .at = INT64_MAX, .slot_count = slots};
        work->slots = calloc(slots, sizeof *work->slots);
    }
    if (!work || !work->slots) {
        v->out_of_memory = true;
        free(work);
        return;
    }
    begin_threads(work, jobs);
    for (begin_units(work); work->told < work->begun && !v->out_of_memory; begin_units(work))
        tell_next(work);
    end_threads(work);
    for (; work->told < work->begun; work->told++) /* only without memory */
        end_unit(&work->slots[work->told % slots]);
    for (size_t i = 0; i < slots; i++)
        warc_check_free(work->slots[i].unit.v.aside.check);
    warc_check_free(work->rest.unit.v.aside.check);
    member_close(work->member);
    free(work->slots);
    free(work);
    for (size_t i = 0; i < v->file_count; i++) {
        v->results[i].path = v->files[i];
        v->file_errors[i] = v->results[i].errors;
    }
    v->summary->files = v->file_count;
}
