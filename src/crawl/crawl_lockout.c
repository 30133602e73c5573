/*
 * Responses of hosts that may shut us out.  What may be a refusal is kept back until it is clear
 * what it is: then it counts like any other, or its URL goes back into the queue.
 */
#include <config.h>

#include "crawl/crawl_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/wording.h"
#include "capture/keeping.h"
#include "crawl/crawl_signs.h"
#include "frontier/frontier_lockout.h"
#include "traps/challenge.h"
#include "web/location.h"
#include "web/url.h"

enum {
    KEPT_BACK_MOST = 256, /* more than that are taken as they are */
    WORDS_ENOUGH = 600,   /* then no further host is named */
};

enum kept_back_as {
    KEPT_BACK,     /* not clear yet */
    KEPT_RELEASED, /* it counts, and is taken next */
    KEPT_PROBE,    /* a probe that is running */
};

struct kept_back {
    struct capture *capture;
    enum fetch_end end;
    enum kept_back_as as;
    struct kept_back *next;
};

/* Guesses fail in rows on healthy sites, and robots.txt is a matter of its own. */
static bool is_noted(const struct capture *capture)
{
    return capture->kind != VISIT_ROBOTS && capture->kind != VISIT_SPECULATIVE &&
           !visit_hops_guessed(text_of(capture->hops));
}

/* ---- the list ---- */

static enum result keep(struct crawl *crawl, struct capture *capture, enum fetch_end end,
                        enum kept_back_as as)
{
    struct kept_back *entry = calloc(1, sizeof *entry), **last = &crawl->ending.kept_back;
    if (!entry)
        return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a response");
    *entry = (struct kept_back){.capture = capture, .end = end, .as = as};
    while (*last)
        last = &(*last)->next;
    *last = entry;
    return RESULT_OK;
}

/* Takes the capture's entry out of the list, if it is kept as that. */
static bool forget(struct crawl *crawl, const struct capture *capture, enum kept_back_as as)
{
    for (struct kept_back **entry = &crawl->ending.kept_back; *entry; entry = &(*entry)->next)
        if ((*entry)->capture == capture && (*entry)->as == as) {
            struct kept_back *gone = *entry;
            *entry = gone->next;
            free(gone);
            return true;
        }
    return false;
}

int crawl_lockout_count_kept(const struct crawl *crawl)
{
    int count = 0;
    for (const struct kept_back *entry = crawl->ending.kept_back; entry; entry = entry->next)
        count += entry->as == KEPT_BACK;
    return count;
}

/* What is still kept back after an error waits for the next run; the captures of probes that were
 * running have been given back. */
void crawl_lockout_free(struct crawl *crawl)
{
    while (crawl->ending.kept_back) {
        struct kept_back *entry = crawl->ending.kept_back;
        crawl->ending.kept_back = entry->next;
        if (entry->as != KEPT_PROBE)
            capture_pool_put(crawl->writer_set, entry->capture);
        free(entry);
    }
}

/* ---- verdicts ---- */

enum put_back_for {
    FOR_NOW,      /* asked for again in its turn */
    FOR_LATER,    /* ... after all others */
    FOR_NEXT_RUN, /* ... and the tries so far are forgotten */
};

/* Its URL waits again. */
static enum result put_back(struct crawl *crawl, struct capture *capture, enum put_back_for when,
                            const char *annotation)
{
    const struct finished_visit visit = {
        .host = capture->host,
        .outcome = {.key = capture->key,
                    .state = STATE_WAITING,
                    .status = capture->exchange->status,
                    .attempts = when == FOR_NEXT_RUN ? 0 : capture->attempts}};
    enum result result = when == FOR_NOW
                             ? RESULT_OK
                             : queue_put_last(crawl->store->queue, capture->key, &crawl->trouble);
    crawl_note_attempt(crawl, capture, annotation);
    fetch_forget(crawl->fetch, capture->exchange);
    if (result == RESULT_OK)
        result = frontier_finish(crawl->frontier, &visit, 1, &crawl->trouble);
    capture_pool_put(crawl->writer_set, capture);
    return result;
}

enum result crawl_take_back(struct crawl *crawl, int64_t key, const char *words, bool walled)
{
    struct visit visit;
    struct capture *capture;
    struct buf texts;
    buf_init(&texts, 1 << 18);
    enum result result = known_urls_find(crawl->store->known, key, &visit, &texts, &crawl->trouble);
    if (result == RESULT_OK)
        result = crawl_make_capture(crawl, &visit, &capture);
    buf_release(&texts);
    if (result != RESULT_OK)
        return result == RESULT_END ? RESULT_OK : result;
    capture->attempts = 0;
    capture->failed = capture->body.taken_back = true;
    capture->body.state = walled ? STATE_REFUSED : STATE_WAITING;
    capture->exchange->began_ms = clock_wall_ms();
    snprintf(capture->exchange->error, sizeof capture->exchange->error, "%s", words);
    writer_set_put(crawl->writer_set, capture);
    return RESULT_OK;
}

/* What was kept back of the host, and of parts only if `parts`, counts. */
static void release(struct crawl *crawl, int64_t host, bool parts, const char *wall)
{
    for (struct kept_back *entry = crawl->ending.kept_back; entry; entry = entry->next) {
        struct capture *capture = entry->capture;
        if (entry->as != KEPT_BACK || capture->host != host ||
            (parts && !crawl_signs_is_part(capture)))
            continue;
        entry->as = KEPT_RELEASED;
        frontier_lockout_hold(crawl->frontier, host, -1);
        capture->body.walled = wall || capture->body.challenge;
        if (wall)
            snprintf(capture->exchange->error, sizeof capture->exchange->error, "%s", wall);
    }
}

void crawl_lockout_release(struct crawl *crawl, int64_t host)
{
    release(crawl, host, false, NULL);
}

static enum result put_all_back(struct crawl *crawl, int64_t host, bool last)
{
    enum result result = RESULT_OK;
    for (struct kept_back *entry = crawl->ending.kept_back, *next; entry && result == RESULT_OK;
         entry = next) {
        struct capture *capture = entry->capture;
        next = entry->next;
        if (entry->as != KEPT_BACK || capture->host != host)
            continue;
        forget(crawl, capture, KEPT_BACK);
        frontier_lockout_hold(crawl->frontier, host, -1);
        result =
            put_back(crawl, capture, last ? FOR_NEXT_RUN : FOR_NOW, last ? "shutOut" : "retried");
    }
    return result;
}

static enum result take_all_back(struct crawl *crawl, const struct lockout_ruling *ruling,
                                 const char *words, bool walled)
{
    enum result result = RESULT_OK;
    int count = walled ? ruling->alike_count : ruling->first_count;
    for (int i = 0; i < count && result == RESULT_OK; i++)
        result = crawl_take_back(crawl, ruling->firsts[i], words, walled);
    return result;
}

static enum result apply(struct crawl *crawl, int64_t host, const struct lockout_ruling *ruling)
{
    enum result result = RESULT_OK;
    switch (ruling->verdict) {
    case LOCKOUT_UNDECIDED:
        return RESULT_OK;
    case LOCKOUT_THESE_ONLY:
        release(crawl, host, false, NULL);
        return RESULT_OK;
    case LOCKOUT_WALL:
        release(crawl, host, false, KEEPING_WALL);
        return take_all_back(crawl, ruling, KEEPING_WALL, true);
    case LOCKOUT_IS_OVER:
    case LOCKOUT_SHUT_OUT:
        result = put_all_back(crawl, host, ruling->verdict == LOCKOUT_SHUT_OUT);
        return result == RESULT_OK ? take_all_back(crawl, ruling, KEEPING_SHUT_OUT, false) : result;
    }
    return RESULT_OK;
}

/* ---- noting ---- */

static enum result look(struct crawl *crawl, int64_t host, bool idle)
{
    struct lockout_ruling ruling;
    enum result result =
        frontier_lockout_look(crawl->frontier, host, idle, &ruling, &crawl->trouble);
    return result == RESULT_OK ? apply(crawl, host, &ruling) : result;
}

enum result crawl_lockout_note(struct crawl *crawl, struct capture *capture,
                               const struct http_head *head, struct text body, enum fetch_end end,
                               bool *kept)
{
    if (kept)
        *kept = false;
    if (!is_noted(capture) || end == FETCH_REFUSED)
        return RESULT_OK;
    struct lockout_response response;
    struct lockout_advice advice;
    enum result noted =
        crawl_signs_of(crawl, capture, end == FETCH_RESPONSE ? head : NULL, body, &response);
    if (noted == RESULT_OK)
        noted = frontier_lockout_note(crawl->frontier, capture->host, &response, &advice,
                                      &crawl->trouble);
    if (noted != RESULT_OK)
        return noted;
    if (advice.release)
        release(crawl, capture->host, response.part, NULL);
    if (advice.hold && kept && crawl_lockout_count_kept(crawl) < KEPT_BACK_MOST) {
        enum result result = keep(crawl, capture, end, KEPT_BACK);
        if (result != RESULT_OK)
            return result;
        frontier_lockout_hold(crawl->frontier, capture->host, 1);
        *kept = true;
    }
    return look(crawl, capture->host, false);
}

/* ---- probes ---- */

bool crawl_lockout_is_probe(struct crawl *crawl, const struct capture *capture)
{
    return forget(crawl, capture, KEPT_PROBE);
}

enum result crawl_lockout_take_probe(struct crawl *crawl, struct capture *capture,
                                     const struct http_head *head, enum fetch_end end)
{
    struct text body = TEXT("");
    struct lockout_response response;
    struct lockout_ruling ruling;
    int64_t host = capture->host;
    enum result result =
        end == FETCH_RESPONSE ? crawl_read_body(crawl, capture, head, &body) : RESULT_OK;
    if (result == RESULT_OK)
        result = crawl_signs_of_probe(crawl, capture, end == FETCH_RESPONSE ? head : NULL, body,
                                      &response);
    response_body_leave(crawl->reading.body);
    crawl_note_attempt(crawl, capture, "probe");
    fetch_forget(crawl->fetch, capture->exchange);
    capture_pool_put(crawl->writer_set, capture);
    if (result != RESULT_OK || (crawl->ending.stopping && end != FETCH_RESPONSE))
        return result; /* or we gave it up */
    result = frontier_lockout_probed(crawl->frontier, host, &response, &ruling, &crawl->trouble);
    return result == RESULT_OK ? apply(crawl, host, &ruling) : result;
}

static enum result start_probe(struct crawl *crawl, int *wait_ms)
{
    struct visit visit;
    struct capture *capture;
    int due_ms = 0;
    if (!fetch_has_room(crawl->fetch))
        return RESULT_OK;
    enum result result = frontier_lockout_probe(crawl->frontier, &visit, &due_ms, &crawl->trouble);
    if (result == RESULT_AGAIN && due_ms < *wait_ms)
        *wait_ms = due_ms + 1;
    if (result != RESULT_OK)
        return result == RESULT_END || result == RESULT_AGAIN ? RESULT_OK : result;
    result = crawl_make_capture(crawl, &visit, &capture);
    if (result != RESULT_OK)
        return result;
    result = keep(crawl, capture, FETCH_FAILED, KEPT_PROBE);
    if (result == RESULT_OK)
        result = crawl_request(crawl, &visit, capture);
    if (result != RESULT_OK) {
        forget(crawl, capture, KEPT_PROBE);
        capture_pool_put(crawl->writer_set, capture);
    }
    return result;
}

/* ---- in the loop ---- */

/* Takes what counts.  "Too many requests" says nothing about the URL, and "unavailable" often
 * does not either: the host may have refused everything during all tries.  So it gets one more,
 * last of all. */
static enum result take_as_it_is(struct crawl *crawl, struct capture *capture, enum fetch_end end)
{
    int status = capture->exchange->status;
    if (status == 429)
        return put_back(crawl, capture, FOR_NEXT_RUN, "retried");
    if (status == 503 && capture->attempts == crawl->options->tries)
        return put_back(crawl, capture, FOR_LATER, "retried");
    return crawl_take_judged(crawl, capture, end);
}

/* Takes what counts now. */
static enum result take_released(struct crawl *crawl)
{
    enum result result = RESULT_OK;
    for (struct kept_back *entry = crawl->ending.kept_back; entry && result == RESULT_OK;) {
        struct capture *capture = entry->capture;
        enum fetch_end end = entry->end;
        if (entry->as != KEPT_RELEASED) {
            entry = entry->next;
            continue;
        }
        forget(crawl, capture, KEPT_RELEASED);
        result = take_as_it_is(crawl, capture, end);
        entry = crawl->ending.kept_back;
    }
    return result;
}

/* Judges hosts of which responses are kept back, and that have nothing else to be asked for.  What
 * runs on other hosts may lead to more of these.  But they may be slow, and the only link to the
 * next page may be in what is kept back. */
static enum result look_at_idle(struct crawl *crawl, bool soon)
{
    int64_t host;
    enum result result = take_released(crawl);
    while (result == RESULT_OK && frontier_lockout_idle(crawl->frontier, soon, &host)) {
        result = look(crawl, host, true);
        if (result == RESULT_OK)
            result = take_released(crawl);
    }
    return result;
}

/* Whether the pages that are kept back would reach the page limit if they counted.  Then it is time
 * to know, before more is asked for. */
static bool is_limit_near(const struct crawl *crawl)
{
    int64_t limit = crawl->options->limits.pages, pages = (int64_t)crawl->summary.pages;
    return limit && pages < limit && pages + crawl_lockout_count_kept(crawl) >= limit;
}

enum result crawl_lockout_turn(struct crawl *crawl, int *wait_ms, bool *pauses)
{
    *pauses = is_limit_near(crawl);
    enum result result = look_at_idle(crawl, *pauses);
    if (*pauses && !is_limit_near(crawl))
        *wait_ms = 0; /* it counts now, and the limit may be reached */
    return result == RESULT_OK ? start_probe(crawl, wait_ms) : result;
}

enum result crawl_lockout_before_limit(struct crawl *crawl, bool *waits)
{
    int64_t wait_ms;
    enum lockout_sign sign;
    int before = crawl_lockout_count_kept(crawl);
    enum result result = look_at_idle(crawl, true);
    *waits = crawl_lockout_count_kept(crawl) < before ||
             frontier_lockout_suspect(crawl->frontier, &sign, &wait_ms);
    return result;
}

/* ---- at the end of a run ---- */

/* Nobody knows what it is: the archive gets its bytes, and its URL waits. */
static enum result store_undecided(struct crawl *crawl, struct capture *capture, enum fetch_end end)
{
    if (end == FETCH_FAILED)
        return put_back(crawl, capture, FOR_NEXT_RUN, "undecided");
    enum result result = queue_put_last(crawl->store->queue, capture->key, &crawl->trouble);
    if (result != RESULT_OK) {
        capture_pool_put(crawl->writer_set, capture);
        return result;
    }
    capture->not_http = end == FETCH_NOT_HTTP;
    capture->body.state = STATE_WAITING;
    snprintf(capture->exchange->error, sizeof capture->exchange->error, "%s", KEEPING_UNDECIDED);
    crawl->summary.responses++;
    writer_set_put(crawl->writer_set, capture);
    return RESULT_OK;
}

static enum result settle(struct crawl *crawl, const struct kept_back *entry)
{
    struct capture *capture = entry->capture;
    enum fetch_end end = entry->end;
    enum kept_back_as as = entry->as;
    enum lockout_verdict verdict = LOCKOUT_THESE_ONLY;
    forget(crawl, capture, as);
    if (as == KEPT_PROBE) /* given up: its capture has been given back */
        return RESULT_OK;
    if (as == KEPT_BACK) {
        struct lockout_ruling ruling;
        verdict = frontier_lockout_at_end(crawl->frontier, capture->host, &ruling);
        frontier_lockout_hold(crawl->frontier, capture->host, -1);
    }
    if (verdict == LOCKOUT_SHUT_OUT)
        return put_back(crawl, capture, FOR_NEXT_RUN, "shutOut");
    if (verdict == LOCKOUT_UNDECIDED)
        return store_undecided(crawl, capture, end);
    return take_as_it_is(crawl, capture, end);
}

/* What is in doubt began with responses that were taken for sound. */
static enum result doubt_firsts(struct crawl *crawl, int64_t host)
{
    struct lockout_ruling ruling;
    if (frontier_lockout_at_end(crawl->frontier, host, &ruling) != LOCKOUT_UNDECIDED)
        return RESULT_OK;
    return take_all_back(crawl, &ruling, KEEPING_UNDECIDED, false);
}

enum result crawl_lockout_settle(struct crawl *crawl)
{
    enum result result = RESULT_OK;
    while (crawl->ending.kept_back && result == RESULT_OK) {
        int64_t host = crawl->ending.kept_back->capture->host;
        bool more = false;
        result = settle(crawl, crawl->ending.kept_back);
        for (const struct kept_back *entry = crawl->ending.kept_back; entry; entry = entry->next)
            more = more || entry->capture->host == host;
        if (result == RESULT_OK && !more)
            result = doubt_firsts(crawl, host);
    }
    return result;
}

/* ---- in words ---- */

enum { RESPONSE_WORDS = 48 };

/* What the host answered: "403", "the same page" ...  Returns `out`. */
static const char *response_of(const struct shut_out *shut_out, char out[RESPONSE_WORDS])
{
    if (shut_out->challenge)
        snprintf(out, RESPONSE_WORDS, "a challenge of %s", shut_out->challenge);
    else if (shut_out->sign == LOCKOUT_REDIRECTED)
        snprintf(out, RESPONSE_WORDS, "the same redirect");
    else if (shut_out->sign == LOCKOUT_SERVED)
        snprintf(out, RESPONSE_WORDS, "the same page");
    else if (shut_out->status / 100 == 2)
        snprintf(out, RESPONSE_WORDS, "responses cut short");
    else if (shut_out->status)
        snprintf(out, RESPONSE_WORDS, "%d", shut_out->status);
    else
        snprintf(out, RESPONSE_WORDS, "no response");
    return out;
}

/* "blog.test began to refuse after 12 responses: 403 for the last 6 URLs" */
static void add_words(void *context, const struct shut_out *shut_out)
{
    struct buf *out = context;
    char response[RESPONSE_WORDS];
    if (shut_out->over || out->length > WORDS_ENOUGH)
        return;
    buf_printf(out, "%s%s ", out->length ? "; " : "", shut_out->host);
    if (shut_out->served)
        buf_printf(out, "began to refuse after %d %s: ", shut_out->served,
                   wording_plural((uint64_t)shut_out->served, "response", "responses"));
    else
        buf_add(out, "refuses: ");
    buf_printf(out, "%s for ", response_of(shut_out, response));
    if (shut_out->urls == 1)
        buf_add(out, "the last URL");
    else
        buf_printf(out, "the last %d URLs", shut_out->urls);
    if (shut_out->challenge)
        buf_add(out, " (ask its owner to let the crawler in, or give the cookies of a browser that "
                     "has passed with --load-cookies)");
}

static void add_json(void *context, const struct shut_out *shut_out)
{
    struct buf *out = context;
    char response[RESPONSE_WORDS];
    buf_add(out, out->length ? ", {\"host\": " : "{\"host\": ");
    json_write_string(out, text_of(shut_out->host));
    buf_printf(out, ", \"served\": %d, \"urls\": %d, \"response\": \"%s\", \"over\": %s}",
               shut_out->served, shut_out->urls, response_of(shut_out, response),
               shut_out->over ? "true" : "false");
}

void crawl_lockout_json(const struct crawl *crawl, struct buf *out)
{
    frontier_lockout_each(crawl->frontier, add_json, out);
}

bool crawl_lockout_words(const struct crawl *crawl, struct buf *out)
{
    frontier_lockout_each(crawl->frontier, add_words, out);
    return out->length > 0;
}
