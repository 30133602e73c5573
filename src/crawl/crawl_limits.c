/* What ends a run early, and what a run pays attention to while it goes. */
#include <config.h>

#include "crawl/crawl_internal.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/wording.h"
#include "collection/crawl_log.h"
#include "frontier/frontier_lockout.h"
#include "web/limit.h"

enum {
    FINISH_MS = 5000, /* running transfers and large records have this long after a stop */
    CHECK_DISK_MS = 200,
    LOAD_EVERY_MS = 100,
    KEEP_BYTES = 16 * 1024 * 1024, /* of a response for which there is no room */
    /* A site that sends hardly any page would never reach the page limit. */
    OTHERS_A_PAGE = 200,       /* that many other responses count as one page, */
    OTHERS_FREE = 10,          /* when there are more than ten times as many */
    SMALL_BYTES = 1024 * 1024, /* below this, no response is cut for its size */
};

void crawl_stop_for(struct crawl *crawl, enum crawl_end end, const char *format, ...)
{
    va_list arguments;
    if (crawl->ending.stopping)
        return;
    va_start(arguments, format);
    vsnprintf(crawl->ending.reason, sizeof crawl->ending.reason, format, arguments);
    va_end(arguments);
    crawl->ending.stopping = true;
    crawl->summary.end = end;
    crawl->summary.reason = crawl->ending.reason;
    crawl->clock.finish_by_ms = clock_steady_ms() + FINISH_MS;
}

bool crawl_is_hurried(void *context)
{
    struct hurry *hurry = context;
    int stop = hurry->calls->stop;
    int64_t now = stop ? clock_steady_ms() : 0;
    if (stop && !hurry->since_ms)
        hurry->since_ms = now;
    return stop > 1 || (stop && now - hurry->since_ms >= FINISH_MS);
}

/* What is closed because its robots.txt could not be read. */
struct closed {
    const struct scope *scope;
    char words[400]; /* of the first host of the site */
    int64_t waiting; /* URLs on hosts of the site */
    bool any, is_site;
};

static void note_closed(void *context, const struct closed_host *host)
{
    struct closed *closed = context;
    closed->any = true;
    if (!scope_has_seed_on(closed->scope, text_of(host->name), host->https))
        return;
    if (!closed->is_site)
        snprintf(closed->words, sizeof closed->words,
                 "%.120s is closed for this run, as the rules for robots.txt demand: %.200s",
                 host->name, host->why);
    closed->is_site = true;
    closed->waiting += host->waiting;
}

/* All waiting URLs are on hosts that are closed, shut us out, or want no requests for the rest
 * of this run. Stops, unless the closed hosts do not belong to the site.  Their URLs fail instead.
 * */
static void watch_hosts(struct crawl *crawl)
{
    const char *host;
    char date[DATE_WARC_SIZE];
    struct closed closed = {.scope = crawl->scope};
    if (crawl->ending.stopping || crawl_running(crawl) || writer_set_pending(crawl->writer_set) ||
        !frontier_waiting(crawl->frontier) ||
        !frontier_is_closed(crawl->frontier, note_closed, &closed))
        return;
    int64_t until = frontier_left_alone_until(crawl->frontier, &host);
    struct buf words;
    buf_init(&words, 2000);
    date_write_warc(until, date);
    if (closed.is_site)
        crawl_stop_for(crawl, CRAWL_LEFT_ALONE, "%s; %lld %s", closed.words,
                       (long long)closed.waiting,
                       wording_plural((uint64_t)closed.waiting, "URL waits", "URLs wait"));
    else if (crawl_lockout_words(crawl, &words))
        crawl_stop_for(crawl, CRAWL_LEFT_ALONE, "%s", words.data);
    else if (until)
        crawl_stop_for(crawl, CRAWL_LEFT_ALONE, "%.200s asked to be left alone until %.19sZ", host,
                       date);
    else if (closed.any)
        frontier_give_up_closed(crawl->frontier);
    buf_release(&words);
}

/* A limit is reached: captured pages still get their requisites, and then the run ends. */
static void finish_for(struct crawl *crawl, enum crawl_end end, const char *reason)
{
    if (crawl->ending.limit)
        return;
    crawl->ending.limit = reason;
    crawl->ending.limit_end = end;
    frontier_take_requisites_only(crawl->frontier);
}

bool crawl_pages_are_enough(const struct crawl *crawl)
{
    int64_t limit = crawl->options->limits.pages;
    return limit && !crawl->ending.limit && crawl->ending.maybe_pages &&
           (int64_t)crawl->summary.pages + crawl->ending.maybe_pages +
                   crawl_lockout_count_kept(crawl) >=
               limit;
}

/* Handles the signals that do not end a run. */
static void handle_calls(struct crawl *crawl, const struct run_figures *figures)
{
    struct trouble trouble;
    if (crawl->calls->reopen) {
        crawl->calls->reopen = 0;
        if (crawl_log_reopen(&crawl->files.log, crawl->collection->log, &trouble) != RESULT_OK) {
            char words[TROUBLE_WORDS + 64];
            snprintf(words, sizeof words, "%s; the log stays where it is", trouble.words);
            crawl->observer.warned(crawl->observer.context, words);
        }
    }
    if (crawl->calls->tell) {
        char words[RUN_FIGURES_WORDS], date[DATE_WARC_SIZE];
        crawl->calls->tell = 0;
        run_figures_words(figures, words);
        date_write_warc(clock_wall_ms(), date);
        fprintf(crawl->files.log, "# %s %s\n", date, words);
        fflush(crawl->files.log);
        crawl->observer.progress_wanted(crawl->observer.context, figures);
    }
}

/* One response never takes more than a third of the disk's room: its record needs another third,
 * and the last is for all others. */
static void keep_room(struct crawl *crawl, int64_t left)
{
    const char *words = limit_words(LIMIT_DISK);
    int64_t whole = left - crawl->options->limits.disk_reserve + fetch_spooled(crawl->fetch);
    int64_t most = whole / 3, keep = whole / 16;
    if (keep > KEEP_BYTES)
        keep = KEEP_BYTES;
    if (whole <= SMALL_BYTES)
        return;
    fetch_cut_for_room(crawl->fetch, most, keep, words);
    while (fetch_spooled(crawl->fetch) > whole / 2 && (most /= 2) > SMALL_BYTES)
        fetch_cut_for_room(crawl->fetch, most, keep < most ? keep : most, words);
}

static void watch_disk(struct crawl *crawl)
{
    const char *where;
    int64_t now = clock_steady_ms(), reserve = crawl->options->limits.disk_reserve;
    if (crawl->ending.stopping || now < crawl->clock.disk_due_ms)
        return;
    crawl->clock.disk_due_ms = now + CHECK_DISK_MS;
    int64_t left = collection_free_bytes(crawl->collection, &where);
    if (left >= 0)
        keep_room(crawl, left);
    if (left < 0 || !reserve || left >= reserve)
        return;
    crawl_stop_for(crawl, CRAWL_DISK_LIMIT,
                   "only %lld MB are left on the disk of %s (--disk-reserve)",
                   (long long)left / 1000000, where);
}

static void watch_limits(struct crawl *crawl)
{
    const struct crawl_options *options = crawl->options;
    struct run_summary *summary = &crawl->summary;
    int64_t now = clock_steady_ms();
    summary->stored_bytes = writer_set_bytes(crawl->writer_set);
    if (crawl->calls->stop)
        crawl_stop_for(crawl, CRAWL_STOPPED, "stopped by a signal");
    if (options->limits.time_ms && now - crawl->clock.began_ms >= options->limits.time_ms)
        crawl_stop_for(crawl, CRAWL_TIME_LIMIT, "the time limit was reached (--time-limit)");
    if (options->limits.bytes) {
        /* One response may always take half of it.  Otherwise the last ones before the limit would
         * all be cut.  What is longer keeps little, so that it does not cost the others theirs. */
        int64_t left = options->limits.bytes - summary->stored_bytes,
                half = options->limits.bytes / 2, keep = options->limits.bytes / 8;
        fetch_cut_for_room(crawl->fetch, left > half ? left : half,
                           keep < KEEP_BYTES ? keep : KEEP_BYTES, limit_words(LIMIT_RUN_SIZE));
        if (left <= 0)
            finish_for(crawl, CRAWL_SIZE_LIMIT, "the size limit was reached (--size-limit)");
    }
    if (options->limits.pages && (int64_t)summary->pages >= options->limits.pages)
        finish_for(crawl, CRAWL_PAGE_LIMIT, "the page limit was reached (--page-limit)");
    else if (options->limits.pages &&
             (int64_t)summary->responses / OTHERS_A_PAGE - OTHERS_FREE >= options->limits.pages)
        finish_for(crawl, CRAWL_PAGE_LIMIT,
                   "the page limit was reached by responses that are not pages (--page-limit)");
    watch_disk(crawl);
    if (crawl->ending.stopping && (crawl->calls->stop > 1 || now > crawl->clock.finish_by_ms)) {
        if (summary->end == CRAWL_TIME_LIMIT)
            fetch_cut(crawl->fetch, -1, CUT_TIME, limit_words(LIMIT_RUN_TIME));
        fetch_abandon(crawl->fetch);
    }
}

/* Tells the observer, and whoever sent a signal, how far the run is. */
static void tell_figures(struct crawl *crawl)
{
    struct run_figures figures = {.pages = crawl->summary.pages,
                                  .responses = crawl->summary.responses,
                                  .bytes = crawl->summary.stored_bytes,
                                  .waiting = frontier_waiting(crawl->frontier),
                                  .waits_for = "",
                                  .stopping = crawl->ending.stopping,
                                  .by_signal = crawl->calls->stop > 0,
                                  .known = crawl->store->known};
    if (!crawl_running(crawl))
        figures.waits_for = frontier_waits_for(crawl->frontier, &figures.waits_ms);
    enum lockout_sign sign = LOCKOUT_REFUSED;
    const char *suspect = crawl_running(crawl)
                              ? NULL
                              : frontier_lockout_suspect(crawl->frontier, &sign, &figures.waits_ms);
    figures.suspicion = suspect ? lockout_sign_words(sign) : NULL;
    figures.waits_for = suspect ? suspect : figures.waits_for;
    crawl->observer.progressed(crawl->observer.context, &figures);
    handle_calls(crawl, &figures);
}

/* A crawl that waits for servers has time to compress well; a busy one has not. */
static void watch_load(struct crawl *crawl)
{
    int64_t now = clock_steady_ms(), passed = now - crawl->clock.load_since_ms;
    if (passed < LOAD_EVERY_MS)
        return;
    int64_t thread = clock_thread_ms(), used = thread - crawl->clock.load_thread_ms;
    if (used > passed / 3 || used < passed / 6)
        writer_set_load(crawl->writer_set, used > passed / 3);
    crawl->clock.load_since_ms = now;
    crawl->clock.load_thread_ms = thread;
}

void crawl_watch(struct crawl *crawl)
{
    watch_limits(crawl);
    crawl_watch_box(crawl);
    tell_figures(crawl);
    watch_hosts(crawl);
    watch_load(crawl);
}
