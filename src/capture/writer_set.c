/*
 * Two lists under one lock: captures to write, and captures that are durable.  Between them lies a
 * third that only the thread knows: written, but not synced yet.  A sync is made when the oldest of
 * these has waited SYNC_EVERY_MS, when they have grown to SYNC_BYTES, or when somebody is in a
 * hurry; so its price is spread over many captures.
 */
#include <config.h>

#include "capture/writer_set.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "capture/capture_records.h"

enum {
    QUEUE_MOST = 64,
    WAKE_COUNT = 8, /* captures for which the thread is woken at once, */
    WAKE_MS = 3,    /* and how long fewer wait: each waking costs two switches between threads */
    QUEUE_BYTES = 2 * 1024 * 1024,
    SYNC_EVERY_MS = 500,
    SYNC_BYTES = 32 * 1024 * 1024,
    OUTLINK_BYTES = 64 * 1024 * 1024,
    BLANKS_KEPT = 96,
};

struct list {
    struct capture *first, **last;
    int count;
};

struct writer_set {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct list todo, durable;
    int64_t todo_bytes;
    int pending; /* handed over, receipt not taken */
    int64_t bytes;
    uint64_t kept_pages, kept_answers;
    bool hurry, stopping, joined, pressed;
    int unwoken; /* captures handed over since the thread was woken last */
    int64_t unwoken_since;
    enum result result;
    struct trouble trouble;
    struct capture *blanks;
    int blank_count;
    /* The thread's own: */
    struct warc_writer *warc;
    struct capture_scratch desk;
    struct list unsynced;
    int64_t unsynced_bytes, unsynced_since;
    char file[256]; /* that the last capture is in, and where it ends */
    int64_t file_end;
    enum crawl_compress compress;
    void (*wake)(void *context);
    void *context;
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

/* ---- captures
 * ---------------------------------------------------------------------------------------------- */

/* What has been written need not wait for its sync with its bytes. */
static void forget_bytes(struct capture *capture)
{
    spool_release(&capture->exchange->response);
    buf_release(&capture->outlinks);
}

static void capture_free(struct capture *capture)
{
    if (!capture)
        return;
    exchange_free(capture->exchange);
    buf_release(&capture->via);
    buf_release(&capture->target);
    buf_release(&capture->outlinks);
    buf_release(&capture->line);
    buf_release(&capture->original_url);
    free(capture);
}

struct capture *capture_pool_get(struct writer_set *writers, const char *spool_directory)
{
    struct capture *capture = writers->blanks;
    if (capture) {
        writers->blanks = capture->next;
        writers->blank_count--;
        return capture;
    }
    capture = calloc(1, sizeof *capture);
    if (!capture)
        return NULL;
    buf_init(&capture->via, 1 << 17);
    buf_init(&capture->target, 1 << 17);
    buf_init(&capture->outlinks, OUTLINK_BYTES);
    buf_init(&capture->line, 1 << 20);
    buf_init(&capture->original_url, 1 << 17);
    capture->exchange = exchange_new(spool_directory);
    if (!capture->exchange) {
        capture_free(capture);
        return NULL;
    }
    return capture;
}

void capture_pool_put(struct writer_set *writers, struct capture *capture)
{
    /* The memory of big ones is not worth keeping. */
    bool small = capture->outlinks.capacity < 128 * 1024 &&
                 capture->exchange->response.memory.capacity < 128 * 1024;
    if (!small || writers->blank_count >= BLANKS_KEPT) {
        capture_free(capture);
        return;
    }
    exchange_clear(capture->exchange);
    buf_clear(&capture->via);
    buf_clear(&capture->target);
    buf_clear(&capture->outlinks);
    buf_clear(&capture->line);
    buf_clear(&capture->original_url);
    memset(&capture->before, 0, sizeof capture->before);
    memset(&capture->now, 0, sizeof capture->now);
    capture->conditional = capture->not_modified = capture->same = false;
    capture->change = CHANGE_NONE;
    capture->failed = capture->strange = capture->page = false;
    capture->type[0] = '\0';
    capture->body_length = 0;
    capture->next = writers->blanks;
    writers->blanks = capture;
    writers->blank_count++;
}

/* ---- the thread
 * -------------------------------------------------------------------------------------------- */

static int64_t weight(const struct capture *capture)
{
    return (int64_t)(capture->exchange->response.memory.length + capture->outlinks.length);
}

static void fail(struct writer_set *writers)
{
    pthread_mutex_lock(&writers->lock);
    if (writers->result == RESULT_OK) {
        writers->result =
            trouble_say(&writers->trouble, RESULT_BROKEN, "%s", warc_writer_words(writers->warc));
        writers->trouble.os_error = warc_writer_errno(writers->warc);
        if (writers->desk.trouble.result != RESULT_OK)
            writers->trouble = writers->desk.trouble;
    }
    pthread_mutex_unlock(&writers->lock);
    writers->wake(writers->context);
}

/* Everything written becomes durable, and goes over to the fetch loop. */
static void sync_now(struct writer_set *writers)
{
    if (!writers->unsynced.count)
        return;
    if (warc_writer_sync(writers->warc) != WARC_OK) {
        fail(writers);
        return;
    }
    /* What a later revisit refers to is on the disk now.  If this can't be kept, bodies are stored
     * once more, no harm. */
    struct trouble trouble;
    if (writers->desk.originals)
        dedup_commit(writers->desk.originals, &trouble);
    pthread_mutex_lock(&writers->lock);
    for (struct capture *capture; (capture = list_take(&writers->unsynced));) {
        writers->kept_answers += !capture->failed;
        writers->kept_pages += capture->page;
        list_put(&writers->durable, capture);
    }
    pthread_mutex_unlock(&writers->lock);
    writers->unsynced_bytes = 0;
    writers->wake(writers->context);
}

static void choose_effort(struct writer_set *writers, bool pressed, int waiting,
                          int64_t waiting_bytes)
{
    if (writers->compress != COMPRESS_AUTO)
        return;
    /* Small while there is time to spare; fast under pressure or once the queue is half full, until
     * it is nearly empty again. */
    if (pressed || waiting > QUEUE_MOST / 2 || waiting_bytes > QUEUE_BYTES / 2)
        warc_writer_set_effort(writers->warc, WARC_EFFORT_FAST);
    else if (waiting < QUEUE_MOST / 16 && waiting_bytes < QUEUE_BYTES / 16)
        warc_writer_set_effort(writers->warc, WARC_EFFORT_SMALL);
}

/* Octets that a capture takes in its file, and the begin of the file if it is the first there. */
static int64_t stored(struct writer_set *writers, const struct capture *capture)
{
    bool first = strcmp(writers->file, capture->place.file) != 0;
    int64_t length = capture->file_end - (first ? 0 : writers->file_end);
    snprintf(writers->file, sizeof writers->file, "%s", capture->place.file);
    writers->file_end = capture->file_end;
    return length;
}

static void write_one(struct writer_set *writers, struct capture *capture)
{
    enum warc_result result = capture_write(&writers->desk, writers->warc, capture);
    if (result != WARC_OK) {
        /* A refused draft is our own mistake, and never to be passed over in silence: both end the
         * run. */
        fail(writers);
        list_put(&writers->unsynced, capture);
        return;
    }
    forget_bytes(capture);
    if (!writers->unsynced.count)
        writers->unsynced_since = clock_steady_ms();
    list_put(&writers->unsynced, capture);
    int64_t length = stored(writers, capture);
    writers->unsynced_bytes += length;
    pthread_mutex_lock(&writers->lock);
    writers->bytes += length;
    pthread_mutex_unlock(&writers->lock);
}

/* Waits for work, at most until the oldest unsynced capture is due.  NULL: none came. */
static struct capture *next_capture(struct writer_set *writers, bool *sync, bool *end)
{
    struct capture *capture;
    pthread_mutex_lock(&writers->lock);
    for (;;) {
        capture = writers->result == RESULT_OK ? list_take(&writers->todo) : NULL;
        int64_t due = writers->unsynced_since + SYNC_EVERY_MS - clock_steady_ms();
        *sync = writers->unsynced.count && (due <= 0 || writers->unsynced_bytes > SYNC_BYTES ||
                                            (!capture && (writers->hurry || writers->stopping)));
        *end = !capture && writers->stopping;
        if (capture || *sync || *end || writers->result != RESULT_OK)
            break;
        if (!writers->unsynced.count)
            pthread_cond_wait(&writers->work, &writers->lock);
        else {
            struct timespec until;
            clock_gettime(CLOCK_MONOTONIC, &until);
            int64_t nanoseconds = until.tv_nsec + due * 1000000;
            until.tv_sec += nanoseconds / 1000000000;
            until.tv_nsec = nanoseconds % 1000000000;
            pthread_cond_timedwait(&writers->work, &writers->lock, &until);
        }
    }
    if (capture)
        writers->todo_bytes -= weight(capture);
    else
        writers->hurry = false;
    int waiting = writers->todo.count;
    int64_t waiting_bytes = writers->todo_bytes;
    bool broken = writers->result != RESULT_OK, pressed = writers->pressed;
    pthread_mutex_unlock(&writers->lock);
    if (broken) {
        *end = true;
        *sync = false;
    } else
        choose_effort(writers, pressed, waiting, waiting_bytes);
    return capture;
}

static void *work(void *argument)
{
    struct writer_set *writers = argument;
    for (bool end = false; !end;) {
        bool sync;
        struct capture *capture = next_capture(writers, &sync, &end);
        if (capture)
            write_one(writers, capture);
        if (sync)
            sync_now(writers);
    }
    sync_now(writers);
    if (warc_writer_finish_file(writers->warc) != WARC_OK)
        fail(writers);
    return NULL;
}

/* ---- the other side
 * ---------------------------------------------------------------------------------------- */

enum result writer_set_start(struct writer_set **out, const struct warc_writer_options *warc,
                             bool strip_chunks, struct dedup *originals,
                             enum crawl_compress compress, void (*wake)(void *context),
                             void *context, struct trouble *trouble)
{
    struct writer_set *writers = calloc(1, sizeof *writers);
    *out = NULL;
    if (!writers)
        return trouble_say(trouble, RESULT_BROKEN, "no memory for the writer");
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&writers->lock, NULL);
    pthread_cond_init(&writers->work, &attributes);
    pthread_condattr_destroy(&attributes);
    list_init(&writers->todo);
    list_init(&writers->durable);
    list_init(&writers->unsynced);
    writers->joined = true;
    writers->compress = compress;
    writers->wake = wake;
    writers->context = context;
    writers->trouble = trouble_none();
    writers->warc = warc_writer_new(warc);
    if (!writers->warc || !capture_scratch_init(&writers->desk, originals, strip_chunks)) {
        writer_set_free(writers);
        return trouble_say(trouble, RESULT_BROKEN,
                           "no memory for the writer, or OpenSSL offers no SHA-1");
    }
    warc_writer_set_effort(writers->warc,
                           compress == COMPRESS_FAST ? WARC_EFFORT_FAST : WARC_EFFORT_SMALL);
    if (pthread_create(&writers->thread, NULL, work, writers) != 0) {
        writer_set_free(writers);
        return trouble_say_os(trouble, RESULT_BROKEN, "cannot start the writer's thread");
    }
    writers->joined = false;
    *out = writers;
    return RESULT_OK;
}

/* With the lock held. */
static void wake(struct writer_set *writers)
{
    writers->unwoken = 0;
    pthread_cond_signal(&writers->work);
}

bool writer_set_have_room(struct writer_set *writers)
{
    pthread_mutex_lock(&writers->lock);
    bool room = writers->todo.count < QUEUE_MOST && writers->todo_bytes < QUEUE_BYTES;
    pthread_mutex_unlock(&writers->lock);
    return room;
}

void writer_set_put(struct writer_set *writers, struct capture *capture)
{
    pthread_mutex_lock(&writers->lock);
    list_put(&writers->todo, capture);
    writers->todo_bytes += weight(capture);
    writers->pending++;
    if (!writers->unwoken++)
        writers->unwoken_since = clock_steady_ms();
    if (writers->unwoken >= WAKE_COUNT)
        wake(writers);
    pthread_mutex_unlock(&writers->lock);
}

int writer_set_wake(struct writer_set *writers)
{
    int wait = -1;
    pthread_mutex_lock(&writers->lock);
    if (writers->unwoken) {
        int64_t waited = clock_steady_ms() - writers->unwoken_since;
        if (waited >= WAKE_MS)
            wake(writers);
        else
            wait = (int)(WAKE_MS - waited);
    }
    pthread_mutex_unlock(&writers->lock);
    return wait;
}

void writer_set_load(struct writer_set *writers, bool pressed)
{
    pthread_mutex_lock(&writers->lock);
    writers->pressed = pressed;
    pthread_mutex_unlock(&writers->lock);
}

void writer_set_flush(struct writer_set *writers)
{
    pthread_mutex_lock(&writers->lock);
    writers->hurry = true;
    pthread_cond_signal(&writers->work);
    pthread_mutex_unlock(&writers->lock);
}

int writer_set_pending(struct writer_set *writers)
{
    pthread_mutex_lock(&writers->lock);
    int pending = writers->pending;
    pthread_mutex_unlock(&writers->lock);
    return pending;
}

struct capture *writer_set_receipt(struct writer_set *writers, enum result *result,
                                   struct trouble *trouble)
{
    pthread_mutex_lock(&writers->lock);
    struct capture *capture = list_take(&writers->durable);
    if (capture)
        writers->pending--;
    *result = writers->result;
    if (writers->result != RESULT_OK)
        *trouble = writers->trouble;
    pthread_mutex_unlock(&writers->lock);
    return capture;
}

int64_t writer_set_bytes(struct writer_set *writers)
{
    pthread_mutex_lock(&writers->lock);
    int64_t bytes = writers->bytes;
    pthread_mutex_unlock(&writers->lock);
    return bytes;
}

void writer_set_kept(struct writer_set *writers, uint64_t *pages, uint64_t *answers)
{
    pthread_mutex_lock(&writers->lock);
    *pages = writers->kept_pages;
    *answers = writers->kept_answers;
    pthread_mutex_unlock(&writers->lock);
}

enum result writer_set_stop(struct writer_set *writers, struct trouble *trouble)
{
    if (!writers->joined) {
        pthread_mutex_lock(&writers->lock);
        writers->stopping = true;
        pthread_cond_signal(&writers->work);
        pthread_mutex_unlock(&writers->lock);
        pthread_join(writers->thread, NULL);
        writers->joined = true;
    }
    if (writers->result != RESULT_OK)
        *trouble = writers->trouble;
    return writers->result;
}

static void drop(struct list *list)
{
    for (struct capture *capture; (capture = list_take(list));)
        capture_free(capture);
}

void writer_set_free(struct writer_set *writers)
{
    if (!writers)
        return;
    struct trouble unused;
    writer_set_stop(writers, &unused);
    drop(&writers->todo);
    drop(&writers->unsynced);
    drop(&writers->durable);
    while (writers->blanks) {
        struct capture *next = writers->blanks->next;
        capture_free(writers->blanks);
        writers->blanks = next;
    }
    if (writers->warc)
        warc_writer_close(writers->warc);
    capture_scratch_release(&writers->desk);
    pthread_cond_destroy(&writers->work);
    pthread_mutex_destroy(&writers->lock);
    free(writers);
}
