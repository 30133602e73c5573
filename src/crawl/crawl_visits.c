/* Starts visits, and takes their responses. */
#include <config.h>

#include "crawl/crawl_internal.h"

#include <string.h>

#include "base/clock.h"
#include "capture/keeping.h"
#include "crawl/attempt_line.h"
#include "crawl/retry_after.h"
#include "frontier/frontier_referrer.h"
#include "web/media_type.h"
#include "web/robots.h"

enum {
    TURN_MS = 1000,     /* the loop runs at least this often: for signals, limits and progress */
    POSTPONED_MS = 250, /* until a request that is running has shown more */
    RETRY_FIRST_MS = 1000,
    RETRY_MOST_MS = 60000,
};

/* ---- giving out visits ---- */

enum result crawl_make_capture(struct crawl *crawl, const struct visit *visit, struct capture **out)
{
    struct capture *capture = capture_pool_get(crawl->writer_set, crawl->collection->state);
    *out = capture;
    if (!capture)
        return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a visit");
    capture->key = visit->key;
    capture->host = visit->host;
    capture->kind = visit->kind;
    capture->depth = visit->depth;
    capture->attempts = visit->attempts + 1;
    capture->rules.host = visit->robots_for;
    capture->period = visit->period;
    capture->robots_meta[0] = '\0';
    memcpy(capture->hops, visit->hops, sizeof capture->hops);
    capture->exchange->facts.by_redirect = text_ends(text_of(visit->hops), TEXT("R"));
    buf_add_text(&capture->via, visit->via);
    if (visit->robots_for && text_ends(text_of(visit->hops), TEXT("R")))
        buf_add_text(&capture->rules.host_name,
                     frontier_host_name(crawl->frontier, visit->robots_for));
    buf_add_text(&capture->exchange->url, visit->url);
    if (buf_ok(&capture->via) && buf_ok(&capture->rules.host_name) &&
        buf_ok(&capture->exchange->url))
        return RESULT_OK;
    capture_pool_put(crawl->writer_set, capture);
    return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a visit");
}

enum result crawl_request(struct crawl *crawl, const struct visit *visit, struct capture *capture)
{
    struct buf referer;
    buf_init(&referer, 2 * REFERRER_LONGEST);
    enum result result = frontier_write_referrer(crawl->frontier, visit, &referer, &crawl->trouble);
    if (result == RESULT_OK)
        result = fetch_start(crawl->fetch, capture->exchange, referer.length ? referer.data : NULL,
                             visit->kind == VISIT_ROBOTS ? ROBOTS_READ_BYTES : 0, capture,
                             &crawl->trouble);
    crawl->ending.maybe_pages += result == RESULT_OK && recrawl_compare_may_be_page(capture->kind);
    buf_release(&referer);
    return result;
}

static enum result start_visit(struct crawl *crawl, const struct visit *visit)
{
    struct capture *capture;
    enum result result = crawl_make_capture(crawl, visit, &capture);
    if (result != RESULT_OK)
        return result;
    result = recrawl_compare_load(crawl->compare, capture, &crawl->trouble);
    if (result == RESULT_OK)
        result = crawl_request(crawl, visit, capture);
    if (result != RESULT_OK)
        capture_pool_put(crawl->writer_set, capture);
    return result;
}

/* Starts the visit unless a rule leaves it out by now. */
static enum result judge_and_start(struct crawl *crawl, const struct visit *visit)
{
    struct trap_turn turn;
    enum result result = crawl_judge_turn(crawl, visit, &turn);
    if (result != RESULT_OK)
        return result;
    if (turn.rule)
        return frontier_withdraw(crawl->frontier, visit, turn.rule, turn.suspected,
                                 &crawl->trouble);
    return turn.waits ? frontier_postpone(crawl->frontier, visit, clock_wall_ms() + POSTPONED_MS,
                                          &crawl->trouble)
                      : start_visit(crawl, visit);
}

/* A limit was reached, and captured pages have what they need. */
static enum result stop_for_limit(struct crawl *crawl, int *wait_ms)
{
    bool waits;
    enum result result = crawl_lockout_before_limit(crawl, &waits);
    if (result == RESULT_OK && waits)
        *wait_ms = *wait_ms < POSTPONED_MS ? *wait_ms : POSTPONED_MS;
    else if (result == RESULT_OK)
        crawl_stop_for(crawl, crawl->ending.limit_end, "%s", crawl->ending.limit);
    return result;
}

enum result crawl_start_visits(struct crawl *crawl, int *wait_ms)
{
    struct visit visit;
    *wait_ms = TURN_MS;
    if (crawl->options->fetch.limit_rate) { /* then there is one transfer at a time */
        int64_t rest_ms = crawl->clock.rate_ready_ms - clock_steady_ms();
        if (rest_ms > 0 && rest_ms < *wait_ms)
            *wait_ms = (int)rest_ms + 1;
        if (rest_ms > 0 || crawl_running(crawl))
            return RESULT_OK;
    }
    bool pauses = crawl->ending.stopping;
    enum result turned =
        crawl->ending.stopping ? RESULT_OK : crawl_lockout_turn(crawl, wait_ms, &pauses);
    if (turned != RESULT_OK || pauses || (crawl->options->fetch.limit_rate && crawl_running(crawl)))
        return turned;
    while (!crawl->ending.stopping && !crawl_pages_are_enough(crawl) &&
           fetch_has_room(crawl->fetch) && writer_set_have_room(crawl->writer_set)) {
        int ready_ms;
        enum result result = frontier_next(crawl->frontier, &visit, &ready_ms, &crawl->trouble);
        if (result == RESULT_AGAIN || result == RESULT_END) {
            if (crawl->ending.limit && ready_ms < 0 && !crawl_running(crawl)) {
                result = stop_for_limit(crawl, wait_ms);
                if (result != RESULT_OK)
                    return result;
            }
            if (ready_ms >= 0 && ready_ms < *wait_ms)
                *wait_ms = ready_ms + 1;
            break;
        }
        if (result == RESULT_OK)
            result = judge_and_start(crawl, &visit);
        if (result != RESULT_OK || crawl->options->fetch.limit_rate)
            return result;
    }
    return RESULT_OK;
}

/* ---- responses ---- */

void crawl_note_attempt(struct crawl *crawl, const struct capture *capture, const char *annotation)
{
    attempt_line_write(crawl->files.log, capture, annotation);
    crawl->observer.attempt_made(crawl->observer.context, capture, annotation);
}

/* Whether a later try may get another status. */
static bool is_temporary(int status)
{
    return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 ||
           status == 504 || (status >= 520 && status <= 530) || status == 509 || status == 598 ||
           status == 599;
}

/* Whether a robots.txt names a coding that its body does not have, or that nobody knows.  A server
 * that is set up so most often sends plain text. */
static bool is_miscoded(const struct capture *capture, struct text body)
{
    enum body_error error = capture->body.error;
    return !body.length && (error == BODY_CODING_UNKNOWN || error == BODY_CODING_BROKEN);
}

/* Whether rules may be missing in a robots.txt.  What lies beyond its ceiling does not count, and
 * without success there are none. */
static bool is_incomplete(const struct capture *capture, int status)
{
    const struct exchange *exchange = capture->exchange;
    enum body_error error = capture->body.error;
    if (!status) /* nothing came of a request that was sent, or no HTTP */
        return exchange->request.length > 0;
    if (status >= 300)
        return false;
    return exchange->cut == CUT_DISCONNECT || exchange->cut == CUT_TIME ||
           (error != BODY_SOUND && error != BODY_TOO_LONG);
}

/* Of a robots.txt that is longer than what is read of it, rules may be missing. */
static void note_long_robots(struct crawl *crawl, struct capture *capture, struct text body)
{
    char words[400];
    struct exchange *exchange = capture->exchange;
    struct text host = text_first(exchange_host(exchange), 260);
    if (exchange->cut != CUT_LENGTH && body.length <= ROBOTS_READ_BYTES)
        return;
    capture->body.limit = LIMIT_ROBOTS;
    if (limit_of_words(text_of(exchange->error)) == LIMIT_URL_SIZE)
        snprintf(exchange->error, sizeof exchange->error, "%s", limit_words(LIMIT_ROBOTS));
    snprintf(words, sizeof words,
             "the robots.txt of %.*s is longer than %d KiB: only the rules in its beginning are "
             "obeyed",
             TEXT_ARGS(host), ROBOTS_READ_BYTES / 1024);
    crawl->observer.noted(crawl->observer.context, words);
}

static enum result finish_robots(struct crawl *crawl, struct capture *capture, int status,
                                 struct text body)
{
    struct exchange *exchange = capture->exchange;
    char why[128];
    bool miscoded = is_miscoded(capture, body), cut = !miscoded && is_incomplete(capture, status);
    if (miscoded)
        body = text_skip(spool_bytes(&exchange->response), exchange->head_length);
    if (cut)
        snprintf(why, sizeof why, "the body %s", body_error_words(capture->body.error));
    else
        snprintf(why, sizeof why, "the site answered %d", status);
    const struct robots_response response_facts = {.status = status,
                                                   .cut = cut,
                                                   .body = body,
                                                   .why =
                                                       exchange->error[0] ? exchange->error : why};
    note_long_robots(crawl, capture, body);
    return frontier_set_robots(crawl->frontier,
                               capture->rules.host ? capture->rules.host : capture->host,
                               &response_facts, &crawl->trouble);
}

/* Passes a capture to the writer, but only if its links are all known. Without them, the record
 * would still be taken for whole.  Otherwise it waits for the next run. */
static enum result write_if(enum result result, struct crawl *crawl, struct capture *capture)
{
    if (result == RESULT_OK)
        writer_set_put(crawl->writer_set, capture);
    else
        capture_pool_put(crawl->writer_set, capture);
    return result;
}

/* 304: everything about this URL is known already. */
static enum result take_unchanged(struct crawl *crawl, struct capture *capture)
{
    enum result result = recrawl_list_unchanged(crawl->recrawl, capture->key, &crawl->trouble);
    capture->same = true;
    capture->body.state = STATE_KEPT;
    /* after a time when it was gone, it is new */
    capture->change = capture->before.status == 200 ? CHANGE_NONE : CHANGE_NEW;
    crawl->summary.unchanged++;
    crawl->summary.responses++;
    return write_if(result, crawl, capture);
}

/* Whether a limit keeps the run from the end of the redirect. */
static bool is_cut_redirect(const struct capture *capture)
{
    enum limit limit = capture->body.limit;
    return (limit == LIMIT_REDIRECTS || limit == LIMIT_REDIRECTS_IN_ALL) &&
           capture->kind != VISIT_ROBOTS && capture->kind != VISIT_SPECULATIVE &&
           !visit_hops_guessed(text_of(capture->hops));
}

/* The body has ended the process that reads bodies: an accident, or an attack that got nowhere. */
static void tell_undecodable(struct crawl *crawl, const struct capture *capture)
{
    char words[600];
    struct text url = text_first(buf_text(&capture->exchange->url), 300);
    const char *how = page_reader_words(response_body_reader(crawl->reading.body));
    snprintf(
        words, sizeof words,
        "the body of %.*s cannot be decoded: the process that reads bodies %s. The response is "
        "stored, and its links are not known",
        TEXT_ARGS(url), how);
    crawl->observer.noted(crawl->observer.context, words);
}

/* A response that is stored may still not count as kept: the record and the store say why. */
static void note_keeping(struct crawl *crawl, struct capture *capture)
{
    struct exchange *exchange = capture->exchange;
    const struct keeping_facts facts = {.kind = capture->kind,
                                        .hops = capture->hops,
                                        .status = exchange->status,
                                        .not_modified = capture->not_modified,
                                        .leads_on = capture->target.length > 0,
                                        .to_login = capture->body.to_login,
                                        .to_itself = capture->body.to_itself,
                                        .cut = exchange->cut,
                                        .error = capture->body.error};
    char reason[KEEPING_REASON_SIZE];
    enum url_state state = keeping_of(&facts, reason);
    if (state == STATE_KEPT && is_cut_redirect(capture)) {
        state = STATE_BROKEN;
        snprintf(exchange->error, sizeof exchange->error, "%s", limit_words(capture->body.limit));
    }
    /* What only members may do (reply, vote) is a link on many pages, and not a page of the site.
     */
    if (facts.to_login && capture->kind == VISIT_PAGE)
        state = STATE_KEPT;
    capture->body.state = capture->body.walled ? STATE_REFUSED : state;
    if (url_state_failed(capture->body.state, capture->kind) && !exchange->error[0])
        snprintf(exchange->error, sizeof exchange->error, "%s", reason);
    if (capture->body.error == BODY_UNDECODABLE)
        tell_undecodable(crawl, capture);
}

/* The host that a robots.txt was requested for; empty: it is none. */
static struct text rules_of(const struct crawl *crawl, const struct capture *capture)
{
    return capture->kind != VISIT_ROBOTS     ? TEXT("")
           : capture->rules.host_name.length ? buf_text(&capture->rules.host_name)
                                             : frontier_host_name(crawl->frontier, capture->host);
}

/* Its links go to the frontier, and the capture goes to the writer. */
static enum result take_body(struct crawl *crawl, struct capture *capture,
                             const struct http_head *head, struct text body)
{
    enum result result = RESULT_OK;
    bool redirect = http_status_redirects(head->status);
    if (!recrawl_compare_response(crawl->compare, capture, head)) {
        response_body_leave(crawl->reading.body);
        capture_pool_put(crawl->writer_set, capture); /* it waits for the next run */
        return RESULT_OK;
    }
    crawl->summary.unchanged += capture->same;
    if (redirect) {
        result = follow_redirect(crawl->follow, capture, head, rules_of(crawl, capture),
                                 &crawl->trouble);
        if (result != RESULT_BROKEN) {
            enum result seen = crawl_cookies_see_redirect(crawl, capture);
            result = seen == RESULT_OK ? result : seen;
        }
        if (capture->kind == VISIT_ROBOTS && result == RESULT_END)
            result = finish_robots(crawl, capture, 404, TEXT("")); /* it leads nowhere */
        result = result == RESULT_END ? RESULT_OK : result;
    } else if (capture->kind == VISIT_ROBOTS)
        result = finish_robots(crawl, capture, head->status, body);
    if (result == RESULT_OK && !capture->body.challenge)
        result = follow_page(crawl->follow, capture, head, body, &crawl->trouble);
    if (result == RESULT_OK && capture->kind == VISIT_PAGER && capture->change == CHANGE_GONE)
        result = recrawl_pager_gone(crawl->recrawl, capture->key, &crawl->trouble);
    if (result == RESULT_OK)
        result = recrawl_flush(crawl->recrawl, &crawl->trouble);
    if (result == RESULT_OK)
        result = frontier_flush(crawl->frontier, &crawl->trouble);
    if (capture->kind == VISIT_SPECULATIVE && !redirect)
        visit_judge_note_part(crawl->begin.judge, buf_text(&capture->via),
                              buf_text(&capture->exchange->url), head->status < 400);
    note_keeping(crawl, capture);
    capture->body.read_bytes = (int64_t)body.length;
    crawl->summary.read_in_part += capture->body.error != BODY_SOUND;
    response_body_leave(crawl->reading.body);
    capture->page = !capture->body.challenge && recrawl_compare_is_page(capture, head);
    crawl->summary.pages += capture->page;
    crawl->summary.noindex += capture->robots_meta[0] != '\0';
    crawl->summary.responses++;
    crawl->summary.body_bytes += capture->body.length;
    return write_if(result, crawl, capture);
}

enum result crawl_read_body(struct crawl *crawl, struct capture *capture,
                            const struct http_head *head, struct text *body)
{
    enum result result = response_body_read(crawl->reading.body, capture->exchange, head,
                                            crawl_body_use(capture), body, &crawl->trouble);
    if (result == RESULT_OK)
        capture->body.error = response_body_error(crawl->reading.body);
    return result;
}

/* A complete response; `judged`: it was kept back, and counts now. */
static enum result take_response(struct crawl *crawl, struct capture *capture,
                                 const struct http_head *head, bool judged)
{
    enum result result = RESULT_OK;
    bool kept = false;
    capture->not_modified = head->status == 304 && capture->conditional;
    if (capture->not_modified && judged)
        return take_unchanged(crawl, capture);
    struct text body = TEXT("");
    if (!capture->not_modified)
        result = crawl_read_body(crawl, capture, head, &body);
    if (result == RESULT_OK && !judged)
        result = crawl_lockout_note(crawl, capture, head, body, FETCH_RESPONSE, &kept);
    if (kept || result != RESULT_OK) {
        response_body_leave(crawl->reading.body);
        if (!kept)
            capture_pool_put(crawl->writer_set, capture);
        return result;
    }
    return capture->not_modified ? take_unchanged(crawl, capture)
                                 : take_body(crawl, capture, head, body);
}

/* A response that is incomplete or is not HTTP: it is stored, but there are no links to follow. */
static enum result take_raw(struct crawl *crawl, struct capture *capture, enum fetch_end end)
{
    enum result result =
        capture->kind == VISIT_ROBOTS ? finish_robots(crawl, capture, 0, TEXT("")) : RESULT_OK;
    capture->failed = end != FETCH_NOT_HTTP;
    capture->body.state = capture->failed ? STATE_BROKEN : STATE_KEPT;
    capture->not_http = end == FETCH_NOT_HTTP;
    crawl->summary.responses += capture->not_http;
    return write_if(result, crawl, capture);
}

/* A response that is not asked for again. */
static enum result take_final(struct crawl *crawl, struct capture *capture,
                              const struct http_head *head, enum fetch_end end)
{
    bool kept = false;
    enum result result = RESULT_OK;
    if (end == FETCH_RESPONSE)
        return take_response(crawl, capture, head, false);
    if (end == FETCH_FAILED)
        result = crawl_lockout_note(crawl, capture, head, TEXT(""), end, &kept);
    if (result != RESULT_OK && !kept)
        capture_pool_put(crawl->writer_set, capture);
    return result != RESULT_OK || kept ? result : take_raw(crawl, capture, end);
}

enum result crawl_take_judged(struct crawl *crawl, struct capture *capture, enum fetch_end end)
{
    struct http_head head = {0};
    if (end != FETCH_RESPONSE)
        return take_raw(crawl, capture, end);
    result_ignore(http_response_read(&head, spool_bytes(&capture->exchange->response)));
    if (head.no_memory) {
        capture_pool_put(crawl->writer_set, capture); /* it waits for the next run */
        return trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a response");
    }
    enum result result = take_response(crawl, capture, &head, true);
    http_head_release(&head);
    return result;
}

/* Puts the visit back in the queue for `wait` milliseconds. */
static enum result put_back(struct crawl *crawl, struct capture *capture, int64_t wait)
{
    const struct finished_visit visit = {.host = capture->host,
                                         .outcome = {.key = capture->key,
                                                     .state = STATE_WAITING,
                                                     .status = capture->exchange->status,
                                                     .attempts = capture->attempts,
                                                     .not_before_ms = clock_wall_ms() + wait}};
    crawl_note_attempt(crawl, capture, "retried");
    fetch_forget(crawl->fetch, capture->exchange);
    enum result result = frontier_finish(crawl->frontier, &visit, 1, &crawl->trouble);
    capture_pool_put(crawl->writer_set, capture);
    return result;
}

static enum result retry_later(struct crawl *crawl, struct capture *capture, int64_t pause_ms)
{
    int64_t wait = (int64_t)RETRY_FIRST_MS << (capture->attempts < 1   ? 0
                                               : capture->attempts < 7 ? capture->attempts - 1
                                                                       : 6);
    if (wait > RETRY_MOST_MS)
        wait = RETRY_MOST_MS;
    return put_back(crawl, capture, pause_ms > wait ? pause_ms : wait);
}

/* No connection could be made, so no server has seen the request.  Try the other scheme: some sites
 * are linked by https but served by http only (a mirror, a copy, an expired certificate). */
static bool turns_scheme(struct crawl *crawl, const struct capture *capture)
{
    struct url url;
    url_init(&url);
    bool turns = !crawl->ending.stopping && capture->exchange->facts.unheard &&
                 url_parse(&url, buf_text(&capture->exchange->url), NULL, TEXT("")) == URL_OK &&
                 scope_may_turn_scheme(crawl->scope, &url) &&
                 frontier_turn_scheme(crawl->frontier, capture->host, &url, capture->hops);
    url_release(&url);
    return turns;
}

/* With --limit-rate: the next transfer waits until this one is within the rate, counted from its
 * start. */
static void pay_rate(struct crawl *crawl, const struct exchange *exchange)
{
    int64_t from = clock_steady_ms() - exchange->took_ms, rate = crawl->options->fetch.limit_rate;
    if (!rate)
        return;
    if (crawl->clock.rate_ready_ms > from)
        from = crawl->clock.rate_ready_ms;
    crawl->clock.rate_ready_ms = from + exchange->response.length * 1000 / rate;
}

/* Whether a failure that may be temporary is worth another try in this run. */
static bool may_try_again(const struct crawl *crawl, const struct capture *capture)
{
    return capture->attempts < crawl->options->tries &&
           !frontier_host_is_dead(crawl->frontier, capture->host) &&
           !(crawl->ending.stopping && capture->exchange->cut != CUT_NONE);
}

/* What the end of a request means for its host and its URL. */
struct request_end {
    enum fetch_end end;
    bool answered, temporary; /* temporary: another try may help */
    bool refused;             /* the host asks for a pause */
    int64_t pause_ms;         /* ... of so long; 0: it does not say */
};

/* Any error may say when to come again, but what does not exist will not exist then. */
static struct request_end weigh_end(const struct capture *capture, const struct http_head *head,
                                    enum fetch_end end)
{
    const struct exchange *exchange = capture->exchange;
    struct request_end weighed = {.end = end};
    bool response = end == FETCH_RESPONSE;
    weighed.answered = response || end == FETCH_NOT_HTTP;
    if (response && head->status >= 400 && head->status != 404 && head->status != 410)
        weighed.pause_ms = retry_after_ms(head);
    weighed.refused =
        response && (head->status == 429 || head->status == 503 || weighed.pause_ms > 0);
    bool cut = (exchange->cut == CUT_DISCONNECT || exchange->cut == CUT_TIME) &&
               !exchange->facts.cut_for_good;
    weighed.temporary =
        end == FETCH_FAILED ||
        (weighed.answered && (is_temporary(head->status) || weighed.pause_ms > 0 || cut));
    return weighed;
}

/* Whether it took too long, was too big, or never came although there was a connection. */
static bool is_cut(const struct exchange *exchange, const struct request_end *weighed)
{
    return exchange->cut == CUT_TIME || exchange->cut == CUT_LENGTH ||
           (!weighed->answered && exchange->facts.unreached == UNREACHED_NOT);
}

static enum result tell_host(struct crawl *crawl, const struct capture *capture,
                             const struct http_head *head, const struct request_end *weighed)
{
    bool is_list = capture->kind >= VISIT_SITEMAP && capture->kind <= VISIT_ARCHIVE;
    const struct exchange *exchange = capture->exchange;
    const struct host_feedback feedback = {.took_ms = exchange->took_ms,
                                           .answered = weighed->answered,
                                           .refused = weighed->refused,
                                           .cut = is_cut(exchange, weighed),
                                           .no_list = is_list && weighed->end == FETCH_RESPONSE &&
                                                      head->status >= 400,
                                           .unreached = exchange->facts.unreached,
                                           .words = exchange->error,
                                           .pause_ms = weighed->pause_ms};
    return frontier_rest(crawl->frontier, capture->host, &feedback, &crawl->trouble);
}

/* Another try, unless what had to be done before it failed: then the URL waits for the next run. */
static enum result retry_or_give_back(struct crawl *crawl, struct capture *capture,
                                      int64_t pause_ms, enum result before)
{
    if (before == RESULT_OK)
        return retry_later(crawl, capture, pause_ms);
    capture_pool_put(crawl->writer_set, capture);
    return before;
}

/* Tries again, or takes what came. */
static enum result take_weighed(struct crawl *crawl, struct capture *capture,
                                const struct http_head *head, const struct request_end *weighed)
{
    enum result result;
    if (crawl->ending.stopping && !weighed->answered) {
        /* we gave it up: it waits for the next run */
        capture_pool_put(crawl->writer_set, capture);
        return RESULT_OK;
    }
    if (crawl_spelling_drops(crawl, capture, head, weighed->end))
        return crawl_spelling_drop(crawl, capture);
    if (turns_scheme(crawl, capture)) {
        capture->attempts--;
        return retry_later(crawl, capture, 0);
    }
    if (weighed->end == FETCH_RESPONSE && !crawl->ending.stopping &&
        crawl_cookie_opens(capture, head))
        return put_back(crawl, capture, 0);
    if (weighed->refused && frontier_leaves_alone(crawl->frontier, capture->host)) {
        /* The URL goes last, and the next run starts afresh with the others: perhaps only this URL
         * is always refused. */
        result = queue_put_last(crawl->store->queue, capture->key, &crawl->trouble);
        capture->attempts--;
        return retry_or_give_back(crawl, capture, weighed->pause_ms, result);
    }
    if (weighed->temporary && may_try_again(crawl, capture)) {
        result = crawl_lockout_note(crawl, capture, head, TEXT(""), weighed->end, NULL);
        return retry_or_give_back(crawl, capture, weighed->pause_ms, result);
    }
    return take_final(crawl, capture, head, weighed->end);
}

static enum result take_ended(struct crawl *crawl, struct capture *capture,
                              const struct http_head *head, enum fetch_end end)
{
    struct exchange *exchange = capture->exchange;
    capture->body.length = exchange->response.length - (int64_t)exchange->head_length;
    snprintf(capture->body.type, sizeof capture->body.type, "%.*s",
             TEXT_ARGS(media_type_essence(http_field(head, "Content-Type"))));
    const struct request_end weighed = weigh_end(capture, head, end);
    pay_rate(crawl, exchange);
    enum result result = tell_host(crawl, capture, head, &weighed);
    if (result != RESULT_OK)
        capture_pool_put(crawl->writer_set, capture);
    else if (crawl_lockout_is_probe(crawl, capture))
        result = crawl_lockout_take_probe(crawl, capture, head, end);
    else
        result = take_weighed(crawl, capture, head, &weighed);
    return result;
}

struct ended {
    struct capture *capture;
    enum fetch_end end;
    struct http_head head; /* of a response */
};

static void read_head(struct ended *ended)
{
    memset(&ended->head, 0, sizeof ended->head);
    if (ended->end == FETCH_RESPONSE &&
        !http_response_read(&ended->head, spool_bytes(&ended->capture->exchange->response)))
        ended->end = FETCH_NOT_HTTP;
}

static enum result take(struct crawl *crawl, struct ended *ended)
{
    int64_t key = ended->capture->key;
    crawl->ending.maybe_pages -= recrawl_compare_may_be_page(ended->capture->kind);
    enum result result;
    if (ended->head.no_memory) {
        capture_pool_put(crawl->writer_set, ended->capture); /* it waits for the next run */
        result = trouble_say(&crawl->trouble, RESULT_BROKEN, "no memory for a response");
    } else
        result = take_ended(crawl, ended->capture, &ended->head, ended->end);
    http_head_release(&ended->head);
    follow_end_turn(crawl->follow, key);
    return result;
}

/* After an error: it waits for the next run. */
static void give_back(struct crawl *crawl, struct ended *ended)
{
    http_head_release(&ended->head);
    capture_pool_put(crawl->writer_set, ended->capture);
}

/* Takes some, in the order in which they ended.  *more: there may be others.  All their bodies are
 * given to the reader before the first is taken. */
static enum result take_some(struct crawl *crawl, bool *more)
{
    struct ended list[PAGES_AHEAD_MOST];
    struct exchange *exchange;
    void *context;
    int count = 0;
    enum result result = RESULT_OK;
    *more = true;
    while (count < PAGES_AHEAD_MOST && *more) {
        struct ended *ended = &list[count];
        *more = fetch_next(crawl->fetch, &exchange, &ended->end, &context);
        ended->capture = context;
        if (!*more || (ended->end == FETCH_RESPONSE &&
                       recrawl_compare_defers(crawl->compare, ended->capture)))
            continue;
        read_head(ended);
        if (ended->end == FETCH_RESPONSE && !ended->head.no_memory)
            crawl_expect_body(crawl, ended->capture, &ended->head);
        count++;
    }
    for (int i = 0; i < count; i++)
        if (result == RESULT_OK)
            result = take(crawl, &list[i]);
        else
            give_back(crawl, &list[i]);
    response_body_expect_none(crawl->reading.body);
    return result;
}

enum result crawl_take_responses(struct crawl *crawl)
{
    enum result result = RESULT_OK;
    for (bool more = true; more && result == RESULT_OK;)
        result = take_some(crawl, &more);
    if (result != RESULT_OK)
        return result;
    struct ended compared = {.capture = slow_compare_slice(recrawl_compare_slow(crawl->compare)),
                             .end = FETCH_RESPONSE};
    if (!compared.capture)
        return RESULT_OK;
    read_head(&compared);
    return take(crawl, &compared);
}

int crawl_running(const struct crawl *crawl)
{
    return fetch_running(crawl->fetch) + slow_compare_waiting(recrawl_compare_slow(crawl->compare));
}
