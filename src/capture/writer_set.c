/*
 * Two lists under one lock: captures to write, and captures that are durable.  Between them is a
 * third list that only the thread uses: written, but not synced yet.  A sync happens when the
 * oldest of these has waited SYNC_EVERY_MS, when they have grown to SYNC_BYTES, or on
 * writer_set_flush().  So many captures share the cost of one sync.
 */
#include <config.h>

#include "capture/writer_set.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/system.h"
#include "capture/capture_records.h"
#include "warc/writer_stop.h"

enum {
    QUEUE_MOST = 64,
    WAKE_COUNT = 8, /* this many captures wake the thread at once, */
    WAKE_MS = 3,    /* fewer wait this long: each waking costs two thread switches */
    QUEUE_BYTES = 2 * 1024 * 1024,
    SYNC_EVERY_MS = 500,
    SYNC_BYTES = 32 * 1024 * 1024,
    POOL_MOST = 96,
};

struct list {
    struct capture *first, **last;
    int count;
};

/* What only the thread uses. */
struct writer_thread {
    struct warc_writer *warc;
    struct capture_scratch scratch;
    struct list unsynced;
    struct capture *unwritten; /* the one that ended the thread's work; it gets no receipt */
    int64_t unsynced_bytes, unsynced_since;
    char file[256]; /* the file of the last capture, and where that ends */
    int64_t file_end;
    enum crawl_compress compress;
};

/* Captures for later use.  Only the fetch loop uses them. */
struct capture_pool {
    struct capture *first;
    int count;
};

struct kept_counts {
    int64_t bytes;             /* written */
    uint64_t pages, responses; /* durable */
};

struct writer_set {
    struct writer_thread own;
    struct capture_pool pool;
    pthread_t thread;
    bool joined;
    void (*wake)(void *context);
    void *context;

    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t work;
    struct list todo, durable;
    int64_t todo_bytes;
    int pending; /* handed over, receipt not taken */
    struct kept_counts kept;
    bool flush, stopping, pressed;
    int unwoken; /* captures handed over since the thread was last woken */
    int64_t unwoken_since;
    struct trouble trouble; /* of the thread, which then writes no more */
};

static void list_init(struct list *list)
{
    *list = (struct list){.last = &list->first};
}

static void list_put(struct list *list, struct capture *capture)
{
    capture->next = NULL;
    *list->last = capture;
    list->last = &capture->next;
    list->count++;
}

static struct capture *list_take(struct list *list)
{
    struct capture *capture = list->first;
    if (capture) {
        list->first = capture->next;
        list->count--;
        if (!list->first)
            list->last = &list->first;
    }
    return capture;
}

/* ---- captures ---- */

/* A written capture waits for its sync without its bytes. */
static void forget_bytes(struct capture *capture)
{
    spool_release(&capture->exchange->response);
    buf_release(&capture->outlinks.last);
    spool_release(&capture->outlinks.spilled);
}

enum result captured_lines_spill(struct captured_lines *lines, struct trouble *trouble)
{
    struct buf *last = &lines->last;
    if (last->length <= CAPTURE_OUTLINKS_IN_MEMORY)
        return RESULT_OK;
    enum result result = spool_append(&lines->spilled, last->data, last->length, trouble);
    buf_clear(last);
    return result;
}

size_t captured_lines_length(const struct captured_lines *lines)
{
    return (size_t)lines->spilled.length + lines->last.length;
}

static void capture_free(struct capture *capture)
{
    if (!capture)
        return;
    exchange_free(capture->exchange);
    buf_release(&capture->via);
    buf_release(&capture->rules.host_name);
    buf_release(&capture->target);
    buf_release(&capture->outlinks.last);
    spool_release(&capture->outlinks.spilled);
    buf_release(&capture->written.line);
    buf_release(&capture->original_url);
    free(capture);
}

struct capture *capture_pool_get(struct writer_set *writer_set, const char *spool_directory)
{
    struct capture *capture = writer_set->pool.first;
    if (capture) {
        writer_set->pool.first = capture->next;
        writer_set->pool.count--;
        return capture;
    }
    capture = calloc(1, sizeof *capture);
    if (!capture)
        return NULL;
    buf_init(&capture->via, 1 << 17);
    buf_init(&capture->rules.host_name, 1 << 10);
    buf_init(&capture->target, 1 << 17);
    buf_init(&capture->outlinks.last, CAPTURE_OUTLINKS_MOST);
    spool_init(&capture->outlinks.spilled, 0, spool_directory);
    buf_init(&capture->written.line, 1 << 20);
    buf_init(&capture->original_url, 1 << 17);
    capture->exchange = exchange_new(spool_directory);
    if (!capture->exchange) {
        capture_free(capture);
        return NULL;
    }
    return capture;
}

void capture_pool_put(struct writer_set *writer_set, struct capture *capture)
{
    /* The memory of big captures is not worth keeping. */
    bool small = capture->outlinks.last.capacity < 128 * 1024 &&
                 capture->exchange->response.memory.capacity < 128 * 1024;
    if (!small || writer_set->pool.count >= POOL_MOST) {
        capture_free(capture);
        return;
    }
    exchange_clear(capture->exchange);
    buf_clear(&capture->via);
    buf_clear(&capture->rules.host_name);
    buf_clear(&capture->target);
    buf_clear(&capture->outlinks.last);
    spool_clear(&capture->outlinks.spilled);
    buf_clear(&capture->written.line);
    buf_clear(&capture->original_url);
    memset(&capture->before, 0, sizeof capture->before);
    memset(&capture->now, 0, sizeof capture->now);
    capture->conditional = capture->not_modified = capture->same = false;
    capture->change = CHANGE_NONE;
    capture->body.error = BODY_SOUND;
    capture->body.state = STATE_WAITING;
    capture->body.limit = LIMIT_NONE;
    capture->body.to_login = capture->body.to_itself = false;
    capture->body.walled = capture->body.taken_back = false;
    capture->body.identity.known = false;
    capture->failed = capture->not_http = capture->page = false;
    capture->written.given_up = false;
    capture->body.type[0] = '\0';
    capture->body.length = 0;
    capture->next = writer_set->pool.first;
    writer_set->pool.first = capture;
    writer_set->pool.count++;
}

/* ---- the thread ---- */

static int64_t weight(const struct capture *capture)
{
    return (int64_t)(capture->exchange->response.memory.length + capture->outlinks.last.length);
}

static void fail(struct writer_set *writer_set)
{
    pthread_mutex_lock(&writer_set->lock);
    if (writer_set->trouble.result == RESULT_OK) {
        trouble_say(&writer_set->trouble, RESULT_BROKEN, "%s",
                    warc_writer_words(writer_set->own.warc));
        writer_set->trouble.os_error = warc_writer_errno(writer_set->own.warc);
        if (writer_set->own.scratch.trouble.result != RESULT_OK)
            writer_set->trouble = writer_set->own.scratch.trouble;
        writer_set->trouble.result = RESULT_BROKEN;
    }
    pthread_mutex_unlock(&writer_set->lock);
    writer_set->wake(writer_set->context);
}

/* Makes everything written durable, and passes it to the fetch loop. */
static void sync_now(struct writer_set *writer_set)
{
    if (!writer_set->own.unsynced.count)
        return;
    if (warc_writer_sync(writer_set->own.warc) != WARC_OK) {
        fail(writer_set);
        return;
    }
    /* What a later revisit refers to is on disk now.  If this can't be kept, bodies are stored
     * twice, which does no harm. */
    struct trouble trouble;
    if (writer_set->own.scratch.dedup)
        result_ignore(dedup_commit(writer_set->own.scratch.dedup, &trouble));
    pthread_mutex_lock(&writer_set->lock);
    for (struct capture *capture; (capture = list_take(&writer_set->own.unsynced));) {
        writer_set->kept.responses += !capture->failed;
        writer_set->kept.pages += capture->page;
        list_put(&writer_set->durable, capture);
    }
    pthread_mutex_unlock(&writer_set->lock);
    writer_set->own.unsynced_bytes = 0;
    writer_set->wake(writer_set->context);
}

static void choose_effort(struct writer_set *writer_set, bool pressed, int waiting,
                          int64_t waiting_bytes)
{
    if (writer_set->own.compress != COMPRESS_AUTO)
        return;
    /* Small while there is time; fast when the processor is busy or the queue is half full, until
     * it is nearly empty again. */
    if (pressed || waiting > QUEUE_MOST / 2 || waiting_bytes > QUEUE_BYTES / 2)
        warc_writer_set_effort(writer_set->own.warc, WARC_EFFORT_FAST);
    else if (waiting < QUEUE_MOST / 16 && waiting_bytes < QUEUE_BYTES / 16)
        warc_writer_set_effort(writer_set->own.warc, WARC_EFFORT_SMALL);
}

/* Bytes that a capture takes in its file, including the start of the file if it is the first one
 * there. */
static int64_t stored(struct writer_set *writer_set, const struct capture *capture)
{
    bool first = strcmp(writer_set->own.file, capture->written.place.file) != 0;
    int64_t length = capture->written.file_end - (first ? 0 : writer_set->own.file_end);
    snprintf(writer_set->own.file, sizeof writer_set->own.file, "%s", capture->written.place.file);
    writer_set->own.file_end = capture->written.file_end;
    return length;
}

/* A capture that was not written whole, because the run is to end. */
static void give_back(struct writer_set *writer_set, struct capture *capture)
{
    writer_set->own.scratch.trouble = trouble_none();
    capture->written.given_up = true;
    pthread_mutex_lock(&writer_set->lock);
    list_put(&writer_set->durable, capture);
    pthread_mutex_unlock(&writer_set->lock);
    writer_set->wake(writer_set->context);
}

static void write_one(struct writer_set *writer_set, struct capture *capture)
{
    enum warc_result result =
        capture_write(&writer_set->own.scratch, writer_set->own.warc, capture);
    if (result != WARC_OK && give_up_asked(&writer_set->own.scratch.payload.give_up) &&
        warc_writer_drop_event(writer_set->own.warc) == WARC_OK) {
        forget_bytes(capture);
        give_back(writer_set, capture);
        return;
    }
    if (result != WARC_OK) {
        /* A refused draft is our own mistake, and must not pass unnoticed: both end the run.  What
         * was written of this capture goes; the captures before it can still be synced. */
        fail(writer_set);
        result_ignore(warc_writer_drop_event(writer_set->own.warc));
        writer_set->own.unwritten = capture;
        return;
    }
    forget_bytes(capture);
    if (!writer_set->own.unsynced.count)
        writer_set->own.unsynced_since = clock_steady_ms();
    list_put(&writer_set->own.unsynced, capture);
    int64_t length = stored(writer_set, capture);
    writer_set->own.unsynced_bytes += length;
    pthread_mutex_lock(&writer_set->lock);
    writer_set->kept.bytes += length;
    pthread_mutex_unlock(&writer_set->lock);
}

/* Waits for work, at most until the oldest unsynced capture is due.  NULL: no capture came. */
static struct capture *next_capture(struct writer_set *writer_set, bool *sync, bool *end)
{
    struct capture *capture;
    pthread_mutex_lock(&writer_set->lock);
    for (;;) {
        capture = writer_set->trouble.result == RESULT_OK ? list_take(&writer_set->todo) : NULL;
        int64_t due = writer_set->own.unsynced_since + SYNC_EVERY_MS - clock_steady_ms();
        *sync = writer_set->own.unsynced.count &&
                (due <= 0 || writer_set->own.unsynced_bytes > SYNC_BYTES ||
                 (!capture && (writer_set->flush || writer_set->stopping)));
        *end = !capture && writer_set->stopping;
        if (capture || *sync || *end || writer_set->trouble.result != RESULT_OK)
            break;
        if (!writer_set->own.unsynced.count)
            pthread_cond_wait(&writer_set->work, &writer_set->lock);
        else
            system_condition_wait(&writer_set->work, &writer_set->lock, due);
    }
    if (capture)
        writer_set->todo_bytes -= weight(capture);
    else
        writer_set->flush = false;
    int waiting = writer_set->todo.count;
    int64_t waiting_bytes = writer_set->todo_bytes;
    bool broken = writer_set->trouble.result != RESULT_OK, pressed = writer_set->pressed;
    pthread_mutex_unlock(&writer_set->lock);
    if (broken) {
        *end = true;
        *sync = false;
    } else
        choose_effort(writer_set, pressed, waiting, waiting_bytes);
    return capture;
}

static void *work(void *argument)
{
    struct writer_set *writer_set = argument;
    for (bool end = false; !end;) {
        bool sync;
        struct capture *capture = next_capture(writer_set, &sync, &end);
        if (capture)
            write_one(writer_set, capture);
        if (sync)
            sync_now(writer_set);
    }
    sync_now(writer_set);
    if (warc_writer_finish_file(writer_set->own.warc) != WARC_OK)
        fail(writer_set);
    return NULL;
}

/* ---- the other side ---- */

enum result writer_set_start(struct writer_set **out, const struct warc_writer_options *warc,
                             bool strip_chunks, struct dedup *dedup, enum crawl_compress compress,
                             void (*wake)(void *context), void *context, struct trouble *trouble)
{
    struct writer_set *writer_set = calloc(1, sizeof *writer_set);
    *out = NULL;
    if (!writer_set)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the writer");
    pthread_mutex_init(&writer_set->lock, NULL);
    system_condition_init(&writer_set->work);
    list_init(&writer_set->todo);
    list_init(&writer_set->durable);
    list_init(&writer_set->own.unsynced);
    writer_set->joined = true;
    writer_set->own.compress = compress;
    writer_set->wake = wake;
    writer_set->context = context;
    writer_set->trouble = trouble_none();
    writer_set->own.warc = warc_writer_new(warc);
    if (!writer_set->own.warc ||
        !capture_scratch_init(&writer_set->own.scratch, dedup, strip_chunks)) {
        writer_set_free(writer_set);
        return trouble_say(trouble, RESULT_BROKEN,
                           "no memory for the writer, or OpenSSL offers no SHA-1");
    }
    warc_writer_set_effort(writer_set->own.warc,
                           compress == COMPRESS_FAST ? WARC_EFFORT_FAST : WARC_EFFORT_SMALL);
    if (pthread_create(&writer_set->thread, NULL, work, writer_set) != 0) {
        writer_set_free(writer_set);
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot start the writer's thread");
    }
    writer_set->joined = false;
    *out = writer_set;
    return RESULT_OK;
}

void writer_set_give_up_when(struct writer_set *writer_set, struct give_up give_up)
{
    writer_set->own.scratch.payload.give_up = give_up;
    warc_writer_give_up_when(writer_set->own.warc, give_up);
}

/* Call with the lock held. */
static void wake(struct writer_set *writer_set)
{
    writer_set->unwoken = 0;
    pthread_cond_signal(&writer_set->work);
}

bool writer_set_have_room(struct writer_set *writer_set)
{
    pthread_mutex_lock(&writer_set->lock);
    bool room = writer_set->todo.count < QUEUE_MOST && writer_set->todo_bytes < QUEUE_BYTES;
    pthread_mutex_unlock(&writer_set->lock);
    return room;
}

void writer_set_put(struct writer_set *writer_set, struct capture *capture)
{
    pthread_mutex_lock(&writer_set->lock);
    list_put(&writer_set->todo, capture);
    writer_set->todo_bytes += weight(capture);
    writer_set->pending++;
    if (!writer_set->unwoken++)
        writer_set->unwoken_since = clock_steady_ms();
    if (writer_set->unwoken >= WAKE_COUNT)
        wake(writer_set);
    pthread_mutex_unlock(&writer_set->lock);
}

int writer_set_wake(struct writer_set *writer_set)
{
    int wait = -1;
    pthread_mutex_lock(&writer_set->lock);
    if (writer_set->unwoken) {
        int64_t waited = clock_steady_ms() - writer_set->unwoken_since;
        if (waited >= WAKE_MS)
            wake(writer_set);
        else
            wait = (int)(WAKE_MS - waited);
    }
    pthread_mutex_unlock(&writer_set->lock);
    return wait;
}

void writer_set_load(struct writer_set *writer_set, bool pressed)
{
    pthread_mutex_lock(&writer_set->lock);
    writer_set->pressed = pressed;
    pthread_mutex_unlock(&writer_set->lock);
}

void writer_set_flush(struct writer_set *writer_set)
{
    pthread_mutex_lock(&writer_set->lock);
    writer_set->flush = true;
    pthread_cond_signal(&writer_set->work);
    pthread_mutex_unlock(&writer_set->lock);
}

int writer_set_pending(struct writer_set *writer_set)
{
    pthread_mutex_lock(&writer_set->lock);
    int pending = writer_set->pending;
    pthread_mutex_unlock(&writer_set->lock);
    return pending;
}

struct capture *writer_set_receipt(struct writer_set *writer_set, enum result *result,
                                   struct trouble *trouble)
{
    pthread_mutex_lock(&writer_set->lock);
    struct capture *capture = list_take(&writer_set->durable);
    if (capture)
        writer_set->pending--;
    *result = writer_set->trouble.result;
    if (writer_set->trouble.result != RESULT_OK)
        *trouble = writer_set->trouble;
    pthread_mutex_unlock(&writer_set->lock);
    return capture;
}

int64_t writer_set_bytes(struct writer_set *writer_set)
{
    pthread_mutex_lock(&writer_set->lock);
    int64_t bytes = writer_set->kept.bytes;
    pthread_mutex_unlock(&writer_set->lock);
    return bytes;
}

void writer_set_kept(struct writer_set *writer_set, uint64_t *pages, uint64_t *responses)
{
    pthread_mutex_lock(&writer_set->lock);
    *pages = writer_set->kept.pages;
    *responses = writer_set->kept.responses;
    pthread_mutex_unlock(&writer_set->lock);
}

enum result writer_set_stop(struct writer_set *writer_set, struct trouble *trouble)
{
    if (!writer_set->joined) {
        pthread_mutex_lock(&writer_set->lock);
        writer_set->stopping = true;
        pthread_cond_signal(&writer_set->work);
        pthread_mutex_unlock(&writer_set->lock);
        pthread_join(writer_set->thread, NULL);
        writer_set->joined = true;
    }
    if (writer_set->trouble.result != RESULT_OK)
        *trouble = writer_set->trouble;
    return writer_set->trouble.result;
}

static void drop(struct list *list)
{
    for (struct capture *capture; (capture = list_take(list));)
        capture_free(capture);
}

void writer_set_free(struct writer_set *writer_set)
{
    if (!writer_set)
        return;
    /* A caller who wants to know whether all was written has called writer_set_stop() before. */
    struct trouble unused;
    result_ignore(writer_set_stop(writer_set, &unused));
    drop(&writer_set->todo);
    drop(&writer_set->own.unsynced);
    capture_free(writer_set->own.unwritten);
    drop(&writer_set->durable);
    while (writer_set->pool.first) {
        struct capture *next = writer_set->pool.first->next;
        capture_free(writer_set->pool.first);
        writer_set->pool.first = next;
    }
    if (writer_set->own.warc)
        result_ignore(warc_writer_close(writer_set->own.warc));
    capture_scratch_release(&writer_set->own.scratch);
    pthread_cond_destroy(&writer_set->work);
    pthread_mutex_destroy(&writer_set->lock);
    free(writer_set);
}
